"""How many values fall into each bin of a histogram, row by row: what running quantiles are read from."""

from functools import cache

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.compiled.machine_code import function_of
from backlog_model.dynamics.compiled.text import Text
from backlog_model.inputs import Array

_ARGUMENTS = (
    "ptr noalias %values, i64 %stride, i64 %rows, i64 %columns, "
    "ptr noalias %lows, ptr noalias %scales, ptr noalias %counts, i64 %bins"
)
_AT_ONCE = 8
"""Values whose bins are found together; those that do not fill a vector are counted one by one."""


def tally(values: Array, low: Array, scale: Array, counts: npt.NDArray[np.uint32]) -> None:
    """Count values in bins, in place; other threads run meanwhile.

    The bin of a value is the whole part of (value - low) * scale, at least 0 and at most the last bin; NaN has none.

    Parameters
    ----------
    values : (row, draw), best with draws side by side in memory
    low, scale : (row,)
    counts : (row, bin), contiguous, added to
    """
    if counts.dtype != np.uint32 or not counts.flags.c_contiguous or len(counts) != len(values):
        raise ValueError("counts: expected contiguous uint32 with a row for each row of values")
    if values.dtype != np.float64 or values.strides[1] != values.itemsize:
        values = np.ascontiguousarray(values, dtype=np.float64)
    low, scale = (np.ascontiguousarray(array, dtype=np.float64) for array in (low, scale))
    rows, columns = values.shape
    if rows and columns:
        function = function_of(_code(), "tally", len(_ARGUMENTS.split(",")))
        sizes = values.strides[0] // values.itemsize, rows, columns
        function(_at(values), *sizes, _at(low), _at(scale), _at(counts), counts.shape[1])


def _at(array: npt.NDArray[np.generic]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


@cache
def _code() -> str:
    """A loop over rows; in each, one over whole vectors and one over the values that are left."""
    text = Text(1)
    last = text.set(f"uitofp i64 {text.set('sub i64 %bins, 1')} to double")
    rows = text.begin_loop("%rows")
    row = text.address("double", "%values", text.set(f"mul i64 {rows.round}, %stride"))
    bins = text.address("i32", "%counts", text.set(f"mul i64 {rows.round}, %bins"))
    limits = [text.entry("double", "%lows", rows.round), text.entry("double", "%scales", rows.round), last]
    vectors = text.set(f"udiv i64 %columns, {_AT_ONCE}")
    first = text.set(f"mul i64 {vectors}, {_AT_ONCE}")
    text.use(_AT_ONCE)
    _counted(text, row, vectors, bins, limits)
    text.use(1)
    _counted(text, text.address("double", row, first), text.set(f"sub i64 %columns, {first}"), bins, limits)
    text.end_loop(rows, [], [])
    return "\n".join([f"define void @tally({_ARGUMENTS}) {{", "entry:", *text.lines, "  ret void", "}"])


def _counted(text: Text, start: str, rounds: str, bins: str, limits: list[str]) -> None:
    """A loop over vectors, or over single values, that counts them; perhaps over none."""
    low, scale, last = (text.spread(limit) for limit in limits)
    some, past = text.new_block(), text.new_block()
    text.line(f"br i1 {text.set(f'icmp ugt i64 {rounds}, 0')}, label %{some}, label %{past}")
    text.begin(some)
    loop = text.begin_loop(rounds)
    value = text.load(text.address("double", start, text.set(f"mul i64 {loop.round}, {text.lanes}")))
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
