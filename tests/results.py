"""Results of the model in the form of the second implementation, so that the two compare name by name."""

import numpy as np

from backlog_model.dynamics.simulation import trace
from backlog_model.inputs import Array, Inputs, funded_pairs
from backlog_model.projection import BINDINGS

Parts = dict[str, dict[str, Array]]  # states, flows, money -> name -> array (year, ..., draw, region)


def parts(inputs: Inputs) -> Parts:
    """States, flows and money by name; `binding` by word among the flows."""
    traced = trace(inputs)
    return {
        "states": traced.states._asdict(),
        "flows": {**traced.flows._asdict(), "binding": np.asarray(BINDINGS)[traced.binding]},
        "money": _by_source(inputs, {**traced.funding._asdict(), **traced.spending._asdict()}),
    }


def _by_source(inputs: Inputs, money: dict[str, Array]) -> dict[str, Array]:
    """The same money with axes (year, source, programme, ...) in place of the pot axis."""
    for name in ("budget_idr", "absorbed_idr", "unallocated_idr", "spent_idr"):
        pots = money[name]
        size = (len(pots), len(inputs.axes.sources), len(inputs.axes.programmes), *pots.shape[2:])
        money[name] = np.zeros(size)
        for position, (p, s) in enumerate(funded_pairs(inputs.rules)):
            money[name][:, s, p] = pots[:, position]
    money["unspent_idr"] = money["budget_idr"] - money["spent_idr"]
    return money
