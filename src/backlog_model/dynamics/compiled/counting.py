"""Sums, and how many values fall into each bin of a histogram, row by row: what running quantiles are read from."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.compiled.machine_code import function_of
from backlog_model.dynamics.compiled.text import Text
from backlog_model.inputs import Array
from backlog_model.linear import Sums

_ARGUMENTS = (
    "ptr noalias %starts, ptr noalias %weights, ptr noalias %firsts, ptr noalias %places, ptr noalias %lows, "
    "ptr noalias %scales, ptr noalias %counts, ptr noalias %totals, i64 %rows, i64 %columns, i64 %bins"
)
_AT_ONCE = 8
"""Values whose bins are found together; those that do not fill a vector are counted one by one."""


def tally(
    arrays: Sequence[Array], sums: Sums, low: Array, scale: Array, counts: npt.NDArray[np.uint32], totals: Array
) -> None:
    """Count values in bins and add them up, in place; other threads run meanwhile.

    The bin of a value is the whole part of (value - low) * scale, at least 0 and at most the last bin; NaN has none.

    Parameters
    ----------
    arrays : each (..., draw, region), best with draws side by side in memory: the source rows, in the order of their
        axes, one array after another
    sums : the rows counted, and the source rows they are sums of
    low, scale : (row,)
    counts : (row, bin), contiguous, added to
    totals : (row,), added to
    """
    _check(arrays, sums, len(low), low=low, scale=scale, counts=counts, totals=totals)
    if not (len(sums.rows) and arrays[0].shape[-2]):
        return
    side_by_side = [_side_by_side(array) for array in arrays]  # alive until the call is over
    starts = np.concatenate([_starts(array) for array in side_by_side])[sums.sources]
    tables = starts, sums.weights, sums.firsts, sums.rows, low, scale, counts, totals
    _function()(*(_at(table) for table in tables), len(sums.rows), arrays[0].shape[-2], counts.shape[1])


def _check(arrays: Sequence[Array], sums: Sums, rows: int, **tables: npt.NDArray[Any]) -> None:
    """Refuse what would be read or written where nothing is."""
    for name, given in tables.items():
        kind = np.uint32 if name == "counts" else np.float64
        if len(given) != rows or given.dtype != kind or not given.flags.c_contiguous:
            raise ValueError(f"{name}: expected {rows} contiguous rows of {np.dtype(kind)}")
    if len({array.shape[-2] for array in arrays}) > 1:
        raise ValueError("arrays: expected as many draws in each")
    if len(sums.rows) and not 0 <= sums.rows.min() <= sums.rows.max() < rows:
        raise ValueError(f"sums: expected rows below {rows}")
    if np.diff(sums.firsts).min(initial=1) < 1:
        raise ValueError("sums: expected a term in each")


def _side_by_side(array: Array) -> Array:
    """The array, or a copy of it, with draws side by side in memory."""
    if array.dtype == np.float64 and array.strides[-2] == array.itemsize:
        return array
    return np.ascontiguousarray(array.swapaxes(-1, -2), dtype=np.float64).swapaxes(-1, -2)


def _starts(array: Array) -> npt.NDArray[np.int64]:
    """Addresses of the first draw of every row."""
    first = array[..., 0, :]
    places = sum(
        np.arange(size).reshape(-1, *(1,) * (first.ndim - axis - 1)) * stride
        for axis, (size, stride) in enumerate(zip(first.shape, first.strides, strict=True))
    )
    return np.asarray(_at(array) + places).ravel()


def _at(array: npt.NDArray[np.generic]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


@cache
def _function() -> Callable[..., None]:
    return function_of(_code(), "tally", len(_ARGUMENTS.split(",")))


def _code() -> str:
    """A loop over rows; in each, one over whole vectors and one over the values that are left."""
    text = Text(1)
    kinds = {lanes: f"<{lanes} x double>" if lanes > 1 else "double" for lanes in (_AT_ONCE, 1)}
    sums = {lanes: text.set(f"alloca {kind}, align 64") for lanes, kind in kinds.items()}
    last = text.set(f"uitofp i64 {text.set('sub i64 %bins, 1')} to double")
    vectors = text.set(f"udiv i64 %columns, {_AT_ONCE}")
    first = text.set(f"mul i64 {vectors}, {_AT_ONCE}")
    left = text.set(f"sub i64 %columns, {first}")
    rows = text.begin_loop("%rows")
    row = text.entry("i64", "%places", rows.round)
    terms = _terms(text, rows.round)
    bins = text.address("i32", "%counts", text.set(f"mul i64 {row}, %bins"))
    limits = [text.entry("double", "%lows", row), text.entry("double", "%scales", row), last]
    for lanes, start, rounds in ((_AT_ONCE, "0", vectors), (1, first, left)):
        text.use(lanes)
        text.store(text.constant(0.0), sums[lanes])
        _counted(text, terms, start, rounds, bins, limits, sums[lanes])
    _add(text, sums, text.address("double", "%totals", row))
    text.end_loop(rows, [], [])
    return "\n".join([f"define void @tally({_ARGUMENTS}) {{", "entry:", *text.lines, "  ret void", "}"])


class Terms(NamedTuple):
    """Names of the terms of a row."""

    starts: str
    weights: str
    number: str


def _terms(text: Text, position: str) -> Terms:
    first = text.entry("i64", "%firsts", position)
    end = text.entry("i64", "%firsts", text.set(f"add i64 {position}, 1"))
    starts, weights = text.address("i64", "%starts", first), text.address("double", "%weights", first)
    return Terms(starts, weights, text.set(f"sub i64 {end}, {first}"))


def _summed(text: Text, terms: Terms, column: str) -> str:
    """A loop over the terms of a row that adds them up."""
    loop = text.begin_loop(terms.number)
    start = text.set(f"inttoptr i64 {text.entry('i64', terms.starts, loop.round)} to ptr")
    weight = text.spread(text.entry("double", terms.weights, loop.round))
    term = text.computed("multiply", [text.load(text.address("double", start, column)), weight])
    value = text.computed("add", [text.carried(loop, 0), term])
    text.end_loop(loop, [text.constant(0.0)], [value])
    return value


def _add(text: Text, sums: dict[int, str], address: str) -> None:
    """Add the sums of all lanes, in order, to the sum of the row."""
    text.use(_AT_ONCE)
    vector = text.load(sums[_AT_ONCE])
    lanes = [text.set(f"extractelement {text.kind} {vector}, i64 {lane}") for lane in range(_AT_ONCE)]
    text.use(1)
    total = text.load(address)
    for part in (*lanes, text.load(sums[1])):
        total = text.computed("add", [total, part])
    text.store(total, address)


def _counted(text: Text, terms: Terms, first: str, rounds: str, bins: str, limits: list[str], added: str) -> None:
    """A loop over vectors, or over single values, that counts them and adds them up; perhaps over none."""
    low, scale, last = (text.spread(limit) for limit in limits)
    some, past = text.new_block(), text.new_block()
    text.line(f"br i1 {text.set(f'icmp ugt i64 {rounds}, 0')}, label %{some}, label %{past}")
    text.begin(some)
    loop = text.begin_loop(rounds)
    column = text.set(f"add i64 {first}, {text.set(f'mul i64 {loop.round}, {text.lanes}')}")
    value = _summed(text, terms, column)
    text.store(text.computed("add", [text.load(added), value]), added)
    scaled = text.computed("multiply", [text.computed("subtract", [value, low]), scale])
    within = text.computed("minimum", [text.computed("maximum", [scaled, text.constant(0.0)]), last])
    whole = text.kind.replace("double", "i32")
    bin_of = text.set(f"fptosi {text.kind} {within} to {whole}")
    one = text.set(f"zext {text.mask} {text.set(f'fcmp ord {text.kind} {value}, {value}')} to {whole}")
    for lane in range(text.lanes):
        place, more = bin_of, one
        if text.lanes > 1:
            place, more = (text.set(f"extractelement {whole} {vector}, i64 {lane}") for vector in (bin_of, one))
        address = text.address("i32", bins, text.set(f"zext i32 {place} to i64"))
        before = text.set(f"load i32, ptr {address}")
        text.line(f"store i32 {text.set(f'add i32 {before}, {more}')}, ptr {address}")
    text.end_loop(loop, [], [])
    text.line(f"br label %{past}")
    text.begin(past)
