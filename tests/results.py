"""Results of the model in the form of the second implementation, so that the two compare name by name."""

import numpy as np

from backlog_model.dynamics.simulation import trace
from backlog_model.inputs import Array, Inputs
from backlog_model.projection import BINDINGS

Parts = dict[str, dict[str, Array]]  # states, flows, money -> name -> array (year, ..., draw, region)


def parts(inputs: Inputs) -> Parts:
    """States, flows and money by name; `binding` by word among the flows."""
    traced = trace(inputs)
    return {
        "states": traced.states._asdict(),
        "flows": {**traced.flows._asdict(), "binding": np.asarray(BINDINGS)[traced.binding]},
        "money": {**traced.funding._asdict(), **traced.spending._asdict()},
    }
