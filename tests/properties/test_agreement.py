"""The model and the second implementation give the same numbers, whatever the inputs."""

import numpy as np
from hypothesis import given

from backlog_model.inputs import Inputs
from comparison import bindings_differ, differences
from oracle import stacked
from results import parts
from strategies import inputs


@given(inputs())
def test_every_stock_flow_and_rupiah_agrees(case: Inputs) -> None:
    assert differences(parts(case), stacked(case)) == []


@given(inputs())
def test_the_same_limit_binds(case: Inputs) -> None:
    assert bindings_differ(parts(case), stacked(case)) == []
