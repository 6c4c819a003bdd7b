"""What one core of this machine can do at most: arithmetic in the cache, copying memory, random numbers.

And what is asked of it: arithmetic operations of one region-year, counted while they are done.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtri

from backlog_model.dynamics.simulation import years
from backlog_model.streams import Streams
from case import REGIONS, YEARS, Array, Parameters, checked_parameters
from numpy_arrays import fill
from ours import houses_inputs

CACHED = 1_024
"""Numbers of a loop that stays in the first-level cache: two arrays of 8 KiB."""
REPEATS = 200_000
PER_NUMBER = 16
"""Multiplications and additions for each number read, so that arithmetic is what is measured."""
LARGE = 32_000_000


class Limit(NamedTuple):
    """A rate of the machine, per second."""

    name: str
    unit: str
    rate: float


def measured_limits() -> list[Limit]:
    """Rates of this machine by processor time, best of five."""
    large = np.ones(LARGE)
    target = np.empty_like(large)
    limits = [
        Limit("memory, copying 256 MB (read and written bytes)", "GB/s", _copied(target, large)),
        Limit("random numbers: Philox to uniforms", "million/s", _drawn(lambda uniform: uniform)),
        Limit("random numbers: Philox to normals (`ndtri`)", "million/s", _drawn(ndtri)),
    ]
    try:
        return [Limit("arithmetic in the first-level cache", "billion operations/s", _arithmetic()), *limits]
    except ModuleNotFoundError:
        return limits


def operations_of_the_model() -> float:
    """Arithmetic operations of the array path on arrays of every draw and region, for each of its region-years."""
    inputs = houses_inputs(checked_parameters())
    opening = type(inputs.opening)._make(array.view(_Counted) for array in inputs.opening)
    return _counted(lambda: list(years(replace(inputs, opening=opening))))


def operations_of_the_equations() -> float:
    """The same for the equations of this case alone, as written in NumPy."""
    counted = Parameters(*(values[:, None].view(_Counted) for values in checked_parameters()))
    draws = len(counted.deterioration_rate)
    return _counted(lambda: fill(np.empty((YEARS, draws, REGIONS)), counted))


def _counted(function: Callable[[], object]) -> float:
    _Counted.operations = 0
    function()
    return _Counted.operations / (len(checked_parameters().deterioration_rate) * REGIONS * YEARS)


class _Counted(np.ndarray):
    """An array that counts the numbers that operations on it compute."""

    operations = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *values: Any, out: Any = None, **options: Any) -> Any:
        plain = [value.view(np.ndarray) if isinstance(value, _Counted) else value for value in values]
        if out is not None:
            options["out"] = tuple(each.view(np.ndarray) if isinstance(each, _Counted) else each for each in out)
        result = getattr(ufunc, method)(*plain, **options)
        _Counted.operations += max(np.size(value) for value in plain)
        return result.view(_Counted) if isinstance(result, np.ndarray) else result


def _best(function: Callable[[], object], repeats: int = 5) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _copied(target: Array, source: Array) -> float:
    return 2 * source.nbytes / _best(lambda: np.copyto(target, source)) / 1e9


def _drawn(transform: Callable[[Array], Array]) -> float:
    streams, numbers, block = Streams(1, 4_000_000, "random"), 4_000_000, 8_192

    def draw() -> None:
        for first in range(0, numbers, block):
            transform(streams.uniforms("deterioration_rate", slice(first, first + block)))

    return numbers / _best(draw) / 1e6


def _arithmetic() -> float:
    from numba import njit

    @njit
    def multiply_add(numbers, factors, repeats):
        for _ in range(repeats):
            for i in range(CACHED):
                number, factor = numbers[i], factors[i]
                for _ in range(PER_NUMBER):
                    number = number * factor + factor
                numbers[i] = number

    numbers, factors = np.ones(CACHED), np.full(CACHED, 0.5)
    multiply_add(numbers, factors, 1)
    repeats = REPEATS // PER_NUMBER
    return 2 * CACHED * PER_NUMBER * repeats / _best(lambda: multiply_add(numbers, factors, repeats)) / 1e9
