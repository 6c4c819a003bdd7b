"""Worked cases: every printed number, from the model and from the second implementation."""

from functools import cache

import numpy as np
import pytest

from backlog_model.inputs import Inputs
from golden_cases import Expectation, Parts, expectations, found
from oracle import stacked
from results import parts

ROWS = expectations()
MODELS = {"model": parts, "second implementation": stacked}


@cache
def _result(model: str, position: int) -> Parts:
    return MODELS[model](ROWS[position].inputs)


def _first_with(inputs: Inputs) -> int:
    return next(i for i, row in enumerate(ROWS) if row.inputs is inputs)


@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.parametrize("model", MODELS)
def test_printed_number(model: str, row: Expectation) -> None:
    actual = found(_result(model, _first_with(row.inputs)), row)
    if row.values.dtype.kind == "U":
        assert actual.tolist() == row.values.tolist()
    else:
        np.testing.assert_allclose(actual, row.values, rtol=row.relative, atol=row.absolute)
