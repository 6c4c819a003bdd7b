"""What of inputs decides the machine code: which programmes there are, what varies with what, and what is 0 or 1.

Inputs of the same structure run the same code. Years fall into groups by the numbers that are the same everywhere and
drop out of the equations (0, 1 and "no limit"): years of known output, say, against years of money.
"""

import math
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.compiled.tracing import DRAW, REGION
from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs, YearInputs

MOST_GROUPS = 3
"""Groups of years at most, since each has code of its own; more are merged where least is lost."""

DROPPING_OUT = (0.0, 1.0, NO_LIMIT)


class Field(NamedTuple):
    """How one field varies."""

    inner: tuple[int, ...]  # lengths of its axes before draw, but for the year
    level: int
    side_by_side: bool  # values of neighbouring draws lie side by side in memory


class Structure(NamedTuple):
    """Everything machine code is written for; equal structures share it."""

    counts: tuple[int, ...]
    rules: tuple[bytes, ...]
    fields: tuple[Field, ...]  # of `YearInputs`
    opening: tuple[Field, ...]
    groups: tuple[bytes, ...]  # by element of all fields: 1 + its position in `DROPPING_OUT`, 0 if it is neither
    first: int  # group of the first year, whose inputs the opening reads
    variables: tuple[str, ...] | None


def structure_of(inputs: Inputs, variables: frozenset[str] | None) -> tuple[Structure, npt.NDArray[np.int64]]:
    """The structure of inputs, and the group of each year."""
    of_year = [codes.tobytes() for codes in _codes(inputs.yearly, len(inputs.axes.years))]
    distinct = sorted(set(of_year))
    groups, merged = _merged([np.frombuffer(codes, dtype=np.int8) for codes in distinct])
    group_of_year = [merged[distinct.index(codes)] for codes in of_year]
    structure = Structure(
        counts=_counts(inputs.axes),
        rules=tuple(rule.tobytes() for rule in inputs.rules),
        fields=tuple(_field(array, array.shape[1:-2]) for array in inputs.yearly),
        opening=tuple(_field(array, array.shape[:-2]) for array in inputs.opening),
        groups=tuple(group.tobytes() for group in groups),
        first=group_of_year[0],
        variables=None if variables is None else tuple(sorted(variables)),
    )
    return structure, np.array(group_of_year, dtype=np.int64)


def supports(inputs: Inputs) -> bool:
    """Whether a simulation can be compiled: all but whole houses, which rank regions by what is left over."""
    return not inputs.rules.whole_houses.any()


def _counts(axes: Axes) -> tuple[int, ...]:
    labels = (
        axes.severities,
        axes.authorities,
        axes.house_programmes,
        axes.slum_programmes,
        axes.new_house_programmes,
        axes.estate_programmes,
        axes.finance_programmes,
        axes.sources,
    )
    return tuple(len(names) for names in labels)


def _field(array: Array, inner: tuple[int, ...]) -> Field:
    draws, regions = array.shape[-2:]
    level = (DRAW if draws > 1 else 0) | (REGION if regions > 1 else 0)
    return Field(inner, level, array.strides[-2] == array.itemsize)


def _codes(yearly: YearInputs, years: int) -> npt.NDArray[np.int8]:
    """(year, element of all fields) which of the numbers that drop out an element is everywhere in a year.

    What varies by draw is not looked at: any part of the draws must run the same code.
    """
    ends = np.cumsum([0, *(math.prod(array.shape[1:-2]) for array in yearly)])
    codes = np.zeros((years, ends[-1]), dtype=np.int8)
    alike: dict[tuple[int, int], list[int]] = {}  # fields by numbers of years and regions: one pass for each
    for position, array in enumerate(yearly):
        if array.shape[-2] == 1 and array.size:
            alike.setdefault((len(array), array.shape[-1]), []).append(position)
    for (length, regions), positions in alike.items():
        values = np.concatenate([yearly[position].reshape(length, -1, regions) for position in positions], axis=1)
        columns = np.concatenate([np.arange(ends[position], ends[position + 1]) for position in positions])
        codes[:, columns] = _codes_of(values)
    return codes


def _codes_of(values: Array) -> npt.NDArray[np.int8]:
    first = values[..., 0]
    codes = np.zeros(first.shape, dtype=np.int8)
    for code, number in enumerate(DROPPING_OUT):
        codes[first == number] = code + 1
    if values.shape[-1] > 1:
        codes[(values != first[..., None]).any(axis=-1)] = 0
    return codes


def _merged(groups: list[npt.NDArray[np.int8]]) -> tuple[list[npt.NDArray[np.int8]], list[int]]:
    """At most `MOST_GROUPS` groups, and the one each of the given groups became part of."""
    kept, into = list(groups), list(range(len(groups)))
    while len(kept) > MOST_GROUPS:
        pairs = combinations(range(len(kept)), 2)
        i, j = min(pairs, key=lambda pair: np.count_nonzero(kept[pair[0]] != kept[pair[1]]))
        kept[i] = np.where(kept[i] == kept[j], kept[i], np.int8(0))
        del kept[j]
        into = [i if place == j else place - (place > j) for place in into]
    return kept, into
