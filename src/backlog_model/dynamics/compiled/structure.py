"""What of inputs decides the machine code: which programmes there are, what varies with what, and what is 0 or 1.

Inputs of the same structure run the same code. Years fall into groups by the numbers that are the same everywhere and
drop out of the equations (0, 1 and "no limit"): years of known output, say, against years of money.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.compiled.tracing import DRAW, REGION
from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs, Rules, YearInputs

MOST_GROUPS = 3
"""Groups of years at most, since each has code of its own; more are merged where least is lost."""

DROPPING_OUT = (0.0, 1.0, NO_LIMIT)
NUMBER_OF_FIELDS = len(YearInputs._fields)


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
    variables: tuple[str, ...] | None


def structure_of(inputs: Inputs, variables: frozenset[str] | None) -> tuple[Structure, npt.NDArray[np.int64]]:
    """The structure of inputs, and the group of each year."""
    codes = np.concatenate([_codes(array, len(inputs.axes.years)) for array in inputs.yearly], axis=1)
    distinct, group_of_year = np.unique(codes, axis=0, return_inverse=True)
    groups, merged = _merged(distinct)
    structure = Structure(
        counts=_counts(inputs.axes),
        rules=tuple(np.ascontiguousarray(rule).tobytes() for rule in inputs.rules),
        fields=tuple(_field(array, array.shape[1:-2]) for array in inputs.yearly),
        opening=tuple(_field(array, array.shape[:-2]) for array in inputs.opening),
        groups=tuple(group.tobytes() for group in groups),
        variables=None if variables is None else tuple(sorted(variables)),
    )
    return structure, merged[group_of_year.reshape(-1)]


def sharing_across_regions_compiles(rules: Rules) -> bool:
    """Whether every rule that looks across regions can be compiled: all but whole houses."""
    return not rules.whole_houses.any()


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


def _codes(array: Array, years: int) -> npt.NDArray[np.int8]:
    """(year, element) which of the numbers that drop out an element is everywhere in a year.

    What varies by draw is not looked at: any part of the draws must run the same code.
    """
    size = int(np.prod(array.shape[1:-2]))
    codes = np.zeros((len(array), size), dtype=np.int8)
    if array.size and array.shape[-2] == 1:
        values = array.reshape(len(array), size, array.shape[-1])
        first = values[..., 0]
        for code, number in enumerate(DROPPING_OUT):
            codes[first == number] = code + 1
        if values.shape[-1] > 1:
            codes[(values != first[..., None]).any(axis=-1)] = 0
    return np.broadcast_to(codes, (years, size))


def _merged(groups: npt.NDArray[np.int8]) -> tuple[list[npt.NDArray[np.int8]], npt.NDArray[np.int64]]:
    """At most `MOST_GROUPS` groups, and the one each of the given groups became part of."""
    kept = list(groups)
    into = np.arange(len(kept))
    while len(kept) > MOST_GROUPS:
        lost = {
            (i, j): np.count_nonzero(kept[i] != kept[j]) for i in range(len(kept)) for j in range(i + 1, len(kept))
        }
        i, j = min(lost, key=lambda pair: lost[pair])
        kept[i] = np.where(kept[i] == kept[j], kept[i], np.int8(0))
        del kept[j]
        into[into == j] = i
        into[into > j] -= 1
    return kept, into
