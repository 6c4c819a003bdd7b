"""Which series are weighted sums of recorded rows, and of which: found by asking for them in symbols.

No formula is written here: a projection is given rows that write down what is added and multiplied instead of numbers.
A series that does anything else with them, such as a ratio, is not linear. A row is a year of a part of a variable in a
region, with a value for each draw.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.inputs import Array, Inputs
from backlog_model.projection import Projection
from backlog_model.tallies import Series, Tallies

Positions = npt.NDArray[np.int64]


class Sums(NamedTuple):
    """Rows that are weighted sums of source rows."""

    rows: Positions  # (sum,) which row each sum is
    firsts: Positions  # (sum + 1,) its first term, and behind the last sum the number of terms
    sources: Positions  # (term,) position among the source rows
    weights: Array  # (term,)

    @classmethod
    def alone(cls, rows: Positions) -> "Sums":
        """Rows that are one source row each, in their order."""
        each = np.arange(len(rows) + 1)
        return cls(rows, each, each[:-1], np.ones(len(rows)))


class LinearSeries(NamedTuple):
    """How the rows of all series follow from what is recorded."""

    sources: tuple[str, ...]  # recorded variables; source rows are by year, part and region, variable by variable
    sums: Sums
    constant_rows: Positions  # (row,) those in which nothing recorded enters
    constants: Array  # (row,) their values, NaN where no source covers them
    others: tuple[Series, ...]  # series that are not linear
    other_rows: Positions


class Tape(NamedTuple):
    """What every form is: recorded rows come first, each other form is a weight times a form, plus one if there is."""

    scaled: list[int]
    weights: list[float]
    others: list[int]  # -1 where there is none

    def form(self, scaled: int, weight: float, other: int) -> "Form":
        """A new form, written down."""
        self.scaled.append(scaled)
        self.weights.append(weight)
        self.others.append(other)
        return Form(self, len(self.scaled) - 1)


class Form:
    """A number that is only known as a weighted sum of recorded ones."""

    __slots__ = ("place", "tape")

    def __init__(self, tape: Tape, place: int) -> None:
        self.tape, self.place = tape, place

    def __add__(self, more: Any) -> "Form":
        if isinstance(more, Form):
            return self.tape.form(more.place, 1.0, self.place)
        return self if more == 0 else NotImplemented  # sums begin at 0

    __radd__ = __add__

    def __sub__(self, less: Any) -> "Form":
        return self.tape.form(less.place, -1.0, self.place) if isinstance(less, Form) else NotImplemented

    def __mul__(self, weight: Any) -> "Form":
        return NotImplemented if isinstance(weight, Form) else self.tape.form(self.place, float(weight), -1)

    __rmul__ = __mul__


def linear_series(inputs: Inputs, values: Mapping[str, Array], tallies: Tallies) -> LinearSeries:
    """How the rows of tallies follow from recorded values.

    Parameters
    ----------
    inputs : of two draws or more, if the run has as many: what is drawn is no constant weight
    values : recorded values by variable, (year, part, draw, region); only their shapes matter
    tallies : of the series wanted
    """
    tape = Tape([], [], [])
    projection = Projection(inputs, _symbols(values, tape))
    forms, places, others = [], [], []
    recorded = len(tape.scaled)
    found = {series: _form_of(projection, series) for series in tallies.series}
    sizes = [len(tally.low) for tally in tallies.series.values()]
    is_other = np.repeat([forms is None for forms in found.values()], sizes)
    rows = np.flatnonzero(~is_other)
    each = [one for forms in found.values() if forms is not None for one in forms.ravel().tolist()]
    places = np.array([one.place if isinstance(one, Form) else -1 for one in each])
    sums = _flattened(tape, recorded, rows[places >= 0], places[places >= 0])
    constants = np.array([0.0 if isinstance(one, Form) else one for one in each])
    constant = ~np.isin(rows, sums.rows)
    return LinearSeries(
        sources=tuple(values),
        sums=sums,
        constant_rows=rows[constant],
        constants=constants[constant],
        others=tuple(series for series, forms in found.items() if forms is None),
        other_rows=np.flatnonzero(is_other),
    )


def _symbols(values, tape):
    symbols = {}
    for name, array in values.items():
        years, parts, _, regions = array.shape
        some = np.empty(years * parts * regions, dtype=object)
        some[:] = [tape.form(-1, 1.0, -1) for _ in range(some.size)]
        symbols[name] = some.reshape(years, parts, 1, regions)
    return symbols


def _form_of(projection, series):
    try:
        found = projection.array(series.variable, part=series.part, by=series.by)
    except TypeError:
        return None
    return found if found.shape[1] == 1 else None


def _flattened(tape, recorded, rows, places):
    """Sums of recorded rows, in the order in which their last sources lie in memory: what is read together is still in the caches."""
    scaled, weight, other = np.array(tape.scaled), np.array(tape.weights), np.array(tape.others)
    weights = np.ones(len(rows))
    keys, amounts = [], []
    while len(rows):
        leaf = places < recorded
        keys.append(rows[leaf] * recorded + places[leaf]); amounts.append(weights[leaf])
        rows, places, weights = rows[~leaf], places[~leaf], weights[~leaf]
        rows, places, weights = np.concatenate([rows, rows]), np.concatenate([scaled[places], other[places]]), np.concatenate([weights * weight[places], weights])
        keep = (places >= 0) & (weights != 0)
        rows, places, weights = rows[keep], places[keep], weights[keep]
    found, term = np.unique(np.concatenate(keys), return_inverse=True)
    weights = np.bincount(term, np.concatenate(amounts), len(found))
    row, source = np.divmod(found, recorded)
    ends = np.flatnonzero(np.diff(row, append=-1))  # terms are ordered by row and source
    order = np.argsort(source[ends], kind="stable")
    numbers = np.diff(ends, prepend=-1)
    starts = ends - numbers + 1
    firsts = np.concatenate([[0], np.cumsum(numbers[order])])
    terms = np.repeat(starts[order] - firsts[:-1], numbers[order]) + np.arange(len(found))
    return Sums(row[ends][order], firsts, source[terms], weights[terms])
