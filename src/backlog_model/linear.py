"""Which series are weighted sums of recorded rows, and of which: found by asking for them in symbols.

No formula is written here: a projection is given forms, which write down how they are added and multiplied, in place of
numbers. A series that does anything else with them, such as a ratio, is not linear. A row is a year of a part of a
variable in a region, with a value for each draw.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.inputs import Array, Inputs
from backlog_model.projection import Projection
from backlog_model.tallies import Series, Tallies

Positions = npt.NDArray[np.int64]
Forms = npt.NDArray[Any]


class Sums(NamedTuple):
    """Rows that are weighted sums of source rows, each of one term or more."""

    rows: Positions  # (sum,) which row each sum is
    firsts: Positions  # (sum + 1,) its first term; behind the last sum, the number of terms
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
    """What forms are: recorded rows come first, any other form is a weight times a form, plus one more if there is."""

    scaled: list[int]
    weights: list[float]
    others: list[int]  # -1 where there is none

    def written(self, scaled: int, weight: float, other: int) -> "Form":
        """A new form."""
        self.scaled.append(scaled)
        self.weights.append(weight)
        self.others.append(other)
        return Form(self, len(self.scaled) - 1)


class Form:
    """A number of which no more is known than how it is made of recorded ones."""

    __slots__ = ("place", "tape")

    def __init__(self, tape: Tape, place: int) -> None:
        self.tape, self.place = tape, place

    def __add__(self, more: Any) -> "Form":
        if isinstance(more, Form):
            return self.tape.written(more.place, 1.0, self.place)
        return self if more == 0 else NotImplemented  # sums begin at 0

    __radd__ = __add__

    def __sub__(self, less: Any) -> "Form":
        return self.tape.written(less.place, -1.0, self.place) if isinstance(less, Form) else NotImplemented

    def __mul__(self, weight: Any) -> "Form":
        return NotImplemented if isinstance(weight, Form) else self.tape.written(self.place, float(weight), -1)

    __rmul__ = __mul__


def linear_series(inputs: Inputs, values: Mapping[str, Array], tallies: Tallies) -> LinearSeries:
    """How the rows of tallies follow from recorded values.

    Parameters
    ----------
    inputs : of two draws or more, if the run has as many: what is drawn is no weight
    values : recorded values by variable, (year, part, draw, region); only their shapes matter
    tallies : of the series wanted
    """
    tape = Tape([], [], [])
    projection = Projection(inputs, _symbols(values, tape))
    recorded = len(tape.scaled)
    found = {series: _forms(projection, series) for series in tallies.series}
    each = [form for forms in found.values() if forms is not None for form in forms.ravel().tolist()]
    places = np.array([form.place if isinstance(form, Form) else -1 for form in each], dtype=np.int64)
    is_linear = np.repeat(
        [forms is not None for forms in found.values()], [len(t.low) for t in tallies.series.values()]
    )
    rows = np.flatnonzero(is_linear)
    sums = _sums(tape, recorded, rows[places >= 0], places[places >= 0])
    is_constant = ~np.isin(rows, sums.rows)
    constants = np.array([0.0 if isinstance(form, Form) else form for form in each], dtype=np.float64)
    return LinearSeries(
        sources=tuple(values),
        sums=sums,
        constant_rows=rows[is_constant],
        constants=constants[is_constant],
        others=tuple(series for series, forms in found.items() if forms is None),
        other_rows=np.flatnonzero(~is_linear),
    )


def _symbols(values: Mapping[str, Array], tape: Tape) -> dict[str, Forms]:
    """A form for every recorded row, (year, part, 1, region)."""
    symbols = {}
    for name, array in values.items():
        years, parts, _, regions = array.shape
        forms = np.empty(years * parts * regions, dtype=object)
        forms[:] = [tape.written(-1, 1.0, -1) for _ in range(forms.size)]
        symbols[name] = forms.reshape(years, parts, 1, regions)
    return symbols


def _forms(projection: Projection, series: Series) -> Forms | None:
    """(year, 1, region) forms, or numbers, of a series; None where it is not linear or a drawn number is a weight."""
    try:
        found = projection.array(series.variable, part=series.part, by=series.by)
    except (TypeError, ValueError):  # forms can only be added and weighted; forms of every draw and of one do not join
        return None
    return found if found.shape[1] == 1 else None


def _sums(tape: Tape, recorded: int, rows: Positions, places: Positions) -> Sums:
    """What rows are that have a form: all forms are followed at once, step by step, to what is recorded."""
    scaled, others = np.array(tape.scaled, dtype=np.int64), np.array(tape.others, dtype=np.int64)
    weight_of, weights = np.array(tape.weights), np.ones(len(rows))
    keys, amounts = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    while len(rows):
        ends = places < recorded
        keys.append(rows[ends] * recorded + places[ends])
        amounts.append(weights[ends])
        rows, places, weights = rows[~ends], places[~ends], weights[~ends]
        weights = np.concatenate([weights * weight_of[places], weights])
        rows, places = np.tile(rows, 2), np.concatenate([scaled[places], others[places]])
        matter = (places >= 0) & (weights != 0)
        rows, places, weights = rows[matter], places[matter], weights[matter]
    terms, term = np.unique(np.concatenate(keys), return_inverse=True)
    found_rows, sources = np.divmod(terms, max(1, recorded))
    return _by_memory(found_rows, sources, np.asarray(np.bincount(term, np.concatenate(amounts)), dtype=np.float64))


def _by_memory(rows: Positions, sources: Positions, weights: Array) -> Sums:
    """Sums of terms that stand row by row, in the order of their last sources: what is read again is still at hand."""
    lasts = np.flatnonzero(np.diff(rows, append=-1))
    numbers = np.diff(lasts, prepend=-1)
    order = np.argsort(sources[lasts], kind="stable")
    firsts = np.append(0, np.cumsum(numbers[order]))
    terms = np.repeat((lasts - numbers + 1)[order] - firsts[:-1], numbers[order]) + np.arange(len(rows))
    return Sums(rows[lasts][order], firsts, sources[terms], weights[terms])
