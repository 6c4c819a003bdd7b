"""The same `year_step` that runs on arrays can be compiled and run on the numbers of one draw and region."""

from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics import year as year_module
from backlog_model.dynamics.funding import funded
from backlog_model.dynamics.simulation import trace
from backlog_model.inputs import Axes, Inputs
from strategies import ALL, build

numba = pytest.importorskip("numba")
AXES = Axes(
    years=(2025, 2026, 2027),
    province="63",
    regions=("63.01", "63.02"),
    house_programmes=("first", "second"),
    slum_programmes=("partial", "renewal"),
    new_house_programmes=("new",),
    estate_programmes=("estates",),
    finance_programmes=("finance",),
    sources=("one", "two"),
    draws=2,
)


class Compiler:
    """Compiled copies of a function and of every function of the package that it reaches."""

    def __init__(self) -> None:
        self.done: dict[Any, Any] = {}

    def function(self, function: FunctionType) -> Any:
        if function not in self.done:
            names = _names(function.__code__)
            found = {n: self.value(v, names) for n, v in function.__globals__.items() if n in names}
            found["__builtins__"] = function.__globals__["__builtins__"]
            copy = FunctionType(function.__code__, found, function.__name__, function.__defaults__)
            copy.__kwdefaults__ = function.__kwdefaults__
            self.done[function] = numba.njit(copy)
        return self.done[function]

    def value(self, value: Any, names: set[str]) -> Any:
        if isinstance(value, FunctionType):
            return self.function(value)
        if isinstance(value, ModuleType) and value.__name__.startswith("backlog_model"):
            module = ModuleType(value.__name__)
            vars(module).update({n: self.value(v, names) for n, v in vars(value).items() if n in names})
            return module
        return value


def _names(code: CodeType) -> set[str]:
    """Names of globals and attributes that a function or one written inside it uses."""
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*(_names(one) for one in inner))


@pytest.fixture(scope="module")
def compiled_step() -> Any:
    return Compiler().function(year_module.year_step)


def _of_one(record: Any, draw: int, region: int) -> Any:
    """Numbers and small arrays of one draw and region, without the axes of draws and regions."""
    return record._make(
        _scalar(array[..., min(draw, array.shape[-2] - 1), min(region, array.shape[-1] - 1)]) for array in record
    )


def _scalar(array: Any) -> Any:
    """A float or a fresh array: views would differ in layout, and every layout compiles anew."""
    return float(array) if np.ndim(array) == 0 else np.array(array, order="C")


def _record_at(record: Any, position: int) -> Any:
    return record._make(array[position] for array in record)


def _assert_equal(actual: Any, expected: Any, draw: int, region: int) -> None:
    for name, array in expected._asdict().items():
        np.testing.assert_allclose(getattr(actual, name), array[..., draw, region], rtol=1e-12, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("seed", range(8))
def test_compiled_on_scalars_gives_what_arrays_give(compiled_step: Any, seed: int) -> None:
    case: Inputs = build(AXES, ALL, seed)
    traced, rules = trace(case), case.rules._make(np.array(array, order="C") for array in case.rules)
    for position in range(len(AXES.years)):
        year, before = case.at_year(position), _record_at(traced.states, position)
        full = case.yearly._make(array[min(position, len(array) - 1)] for array in case.yearly)
        reach = funded(before, year, case.rules, AXES).reach
        for draw, region in np.ndindex(AXES.draws, len(AXES.regions)):
            state, flows = compiled_step(
                _of_one(before, draw, region),
                _of_one(full, draw, region),
                rules,
                np.array(reach[:, draw, region]),
            )
            _assert_equal(state, _record_at(traced.states, position + 1), draw, region)
            _assert_equal(flows, _record_at(traced.flows, position), draw, region)
