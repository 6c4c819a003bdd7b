"""Values over years and regions: what a planner wrote about one number, as an array."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from pydantic_core.core_schema import is_instance_schema

from backlog_model.errors import Problem, ScenarioError
from backlog_model.scenario.compound_laws import dirichlet_shares
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.units import NUMBER, Unit
from backlog_model.translation import Text

Array = NDArray[np.float64]
Kind = Literal["sourced", "derived", "assumption", "unstated"]
Drawn = Literal["draw", "region", "region_year", "year"]


class Uniform(Protocol):
    """Numbers in (0, 1) of a named value."""

    def __call__(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """Numbers (year or 1, draw, region or 1): a year axis where drawn for each year, a region axis likewise."""


@dataclass(frozen=True)
class Points:
    """Numbers written for years; each holds until the next one, the last one grows by `growth` a year.

    Examples
    --------
    >>> Points((2026, 2028), (10.0, 20.0), growth=0.5).at((2026, 2027, 2028, 2029))
    array([10., 10., 20., 30.])
    """

    years: tuple[int, ...]
    numbers: tuple[float, ...]
    growth: float = 0.0

    def at(self, years: tuple[int, ...]) -> Array:
        """Number of each year, none of them before the first one written."""
        wanted = np.asarray(years)
        numbers = np.asarray(self.numbers)[np.searchsorted(self.years, wanted, side="right") - 1]
        later = np.maximum(wanted - self.years[-1], 0)
        return np.asarray(numbers * (1 + self.growth) ** later, dtype=np.float64)

    def listed(self, years: tuple[int, ...]) -> Array:
        """Number of each year that is written, NaN in the others."""
        known = dict(zip(self.years, self.numbers, strict=True))
        return np.array([known.get(year, math.nan) for year in years])


Part = float | Points | Distribution


@dataclass(frozen=True)
class Everywhere:
    """One path for all regions, or for the province as a whole."""

    part: Part

    def parts(self) -> tuple[Part, ...]:
        """All paths written."""
        return (self.part,)


@dataclass(frozen=True)
class Regional:
    """One path for each region."""

    codes: tuple[str, ...]
    columns: tuple[Part, ...]

    def parts(self) -> tuple[Part, ...]:
        """All paths written."""
        return self.columns


@dataclass(frozen=True)
class Split:
    """A total, shared over regions by weights; with a concentration the shares are drawn around the weights."""

    total: "Value"
    weights: "Value"
    concentration: float | None = None

    def parts(self) -> tuple[Part, ...]:
        """All paths written."""
        return (*self.total.form.parts(), *self.weights.form.parts())


Form = Everywhere | Regional | Split


@dataclass(frozen=True)
class Changes:
    """Numbers for some years (a bare number: for all), everywhere or in some regions."""

    codes: tuple[str, ...] | None
    columns: tuple[float | Points, ...]

    def array(self, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """The numbers as (year, 1, region or 1), NaN where none is written."""
        paths = [part.listed(years) if isinstance(part, Points) else np.full(len(years), part) for part in self.columns]
        if self.codes is None:
            return paths[0][:, None, None]
        by_code = dict(zip(self.codes, paths, strict=True))
        nowhere = np.full(len(years), math.nan)
        return np.stack([by_code.get(code, nowhere) for code in regions], axis=1)[:, None, :]


@dataclass(frozen=True)
class Recovery:
    """Return to the level of an earlier year: the distance shrinks by `share` a year after `after`."""

    level_of: int
    after: int
    share: float

    def applied(self, path: Array, years: tuple[int, ...]) -> Array:
        """Path with the years after `after` replaced; both years must be among `years`."""
        level, start = path[years.index(self.level_of)], path[years.index(self.after)]
        top = np.maximum(level, start)
        recovered = path.copy()
        for row, year in enumerate(years):
            if year > self.after:
                recovered[row] = top - (top - start) * (1 - self.share) ** (year - self.after)
        return recovered


@dataclass(frozen=True, eq=False)
class Value:
    """A number that may vary over years and regions, be uncertain, and has a source."""

    form: Form
    path: str = ""
    unit: Unit = NUMBER
    source: str | None = None
    kind: Kind = "unstated"
    note: str | None = None
    definition: str | None = None
    drawn: Drawn = "draw"
    weight: float | None = None
    instead: Changes | None = None
    multiply: Changes | None = None
    recover: Recovery | None = None
    spread: Distribution | None = None
    written: object = field(default=None, repr=False)

    @classmethod
    def constant(cls, number: float, *, source: str | None = None, kind: Kind = "assumption") -> "Value":
        """One number for all years and regions."""
        return cls(Everywhere(float(number)), source=source, kind=kind, written=number)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Records take a value as it is."""
        return is_instance_schema(cls)

    @property
    def by_region(self) -> bool:
        """Whether it was written region by region (or split over them)."""
        return not isinstance(self.form, Everywhere)

    @property
    def is_uncertain(self) -> bool:
        """Whether draws differ."""
        return self.is_drawn or self.has_drawn_split

    @property
    def is_drawn(self) -> bool:
        """Whether its own number differs from draw to draw."""
        return self.spread is not None or any(isinstance(part, Distribution) for part in self.form.parts())

    @property
    def has_drawn_split(self) -> bool:
        """Whether its split over regions is drawn."""
        return isinstance(self.form, Split) and self.form.concentration is not None

    def known_years(self) -> tuple[int, ...]:
        """Years for which a number is written; none when one number holds for every year."""
        changes = self.instead.columns if self.instead else ()
        written = [part.years for part in (*self.form.parts(), *changes) if isinstance(part, Points)]
        return tuple(sorted(set().union(*written)))

    def first_year(self) -> int | None:
        """First year with a number in every region; None when one number holds for every year."""
        return max((part.years[0] for part in self.form.parts() if isinstance(part, Points)), default=None)

    def covered(self, regions: tuple[str, ...]) -> tuple[bool, ...]:
        """Whether each region has a number; one that has none stands as 0 in the array."""
        form = self.form.weights.form if isinstance(self.form, Split) else self.form
        return tuple(not isinstance(form, Regional) or code in form.codes for code in regions)

    def array(self, years: tuple[int, ...], regions: tuple[str, ...], uniform: Uniform | None = None) -> Array:
        """Numbers as (year or 1, draw or 1, region or 1).

        Parameters
        ----------
        years : years wanted, none before the first one written
        regions : region codes, in the order wanted
        uniform : numbers in (0, 1) by name; without it, the central run: medians, and means of chance events

        Raises
        ------
        ScenarioError : when nothing is written for one of the years

        Examples
        --------
        >>> budget = Value(Everywhere(Points((2026,), (100.0,), growth=0.1)))
        >>> budget.array((2026, 2027), ("63.01",))[:, 0, 0]
        array([100., 110.])
        """
        span = years
        if self.recover is not None:
            span = tuple(sorted({*years, self.recover.level_of, self.recover.after}))
        self._check_start(span)
        drawn = uniform(self.path, self.drawn, span, regions) if uniform is not None and self.is_drawn else None
        path = _form_array(self.form, span, regions, drawn)
        if uniform is not None and isinstance(self.form, Split) and self.form.concentration is not None:
            numbers = uniform(f"{self.path}.split", "region", span, regions)
            path = path.sum(axis=2, keepdims=True) * _drawn_split(self.form, span, regions, numbers)
        path = self._changed(path, span, regions)
        if self.spread is not None:
            path = np.clip(path * _part_array(self.spread, span, drawn), *self.unit.natural_limits)
        return path[[span.index(year) for year in years]] if len(path) > 1 and span != years else path

    def _check_start(self, years: tuple[int, ...]) -> None:
        first = self.first_year()
        if first is not None and min(years) < first:
            message = Text("no number for {year}; the first year written is {first}", year=min(years), first=first)
            raise ScenarioError([Problem(self.path, message)])

    def _changed(self, path: Array, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        if self.instead is not None:
            numbers = self.instead.array(years, regions)
            path = np.where(np.isnan(numbers), path, numbers)
        if self.multiply is not None:
            factors = self.multiply.array(years, regions)
            path = path * np.where(np.isnan(factors), 1.0, factors)
        if self.recover is not None:
            path = self.recover.applied(np.broadcast_to(path, (len(years), *path.shape[1:])), years)
        return path


def numbers_in(form: Form) -> Iterator[float]:
    """Every number written in a path (a distribution by its central value)."""
    for part in form.parts():
        if isinstance(part, Points):
            yield from part.numbers
        else:
            yield part.central() if isinstance(part, Distribution) else part


def year_without_weights(total: Value, weights: Value) -> int | None:
    """First written year in which there is something to split, and no weight above 0 to split it by."""
    start = max(value.first_year() or 0 for value in (total, weights))
    years = tuple(sorted(year for year in {*total.known_years(), *weights.known_years()} if year >= start))
    if not years or not isinstance(weights.form, Regional):
        return None
    sums = [value.array(years, weights.form.codes).sum(axis=(1, 2)) for value in (total, weights)]
    lost = (sums[0] > 0) & (sums[1] == 0)
    return years[int(np.argmax(lost))] if lost.any() else None


def _form_array(form: Form, years: tuple[int, ...], regions: tuple[str, ...], drawn: Array | None) -> Array:
    if isinstance(form, Everywhere):
        return _part_array(form.part, years, drawn)
    if isinstance(form, Regional):
        return _regional_array(form, years, regions, drawn)
    same = None if drawn is None else _same(drawn)
    weights = form.weights.array(years, regions, same)
    whole: Array = np.maximum(weights.sum(axis=2, keepdims=True), 1e-300)
    return form.total.array(years, regions, same) * (weights / whole)


def _same(drawn: Array) -> Uniform:
    def uniform(*_: object) -> Array:
        return drawn

    return cast(Uniform, uniform)


def _drawn_split(form: Split, years: tuple[int, ...], regions: tuple[str, ...], numbers: Array) -> Array:
    """Share of each region in each draw, around the weights."""
    return dirichlet_shares(form.weights.array(years, regions), form.concentration or 1.0, numbers)


def _regional_array(form: Regional, years: tuple[int, ...], regions: tuple[str, ...], drawn: Array | None) -> Array:
    by_code = dict(zip(form.codes, form.columns, strict=True))
    parts: list[Part] = [by_code.get(code, 0.0) for code in regions]
    if all(isinstance(part, float) for part in parts):
        return np.array([[parts]], dtype=np.float64)
    columns = []
    for position, part in enumerate(parts):
        own = drawn if drawn is None or drawn.shape[2] == 1 else drawn[:, :, position : position + 1]
        columns.append(_part_array(part, years, own))
    return np.concatenate(np.broadcast_arrays(*columns), axis=2)


def _part_array(part: Part, years: tuple[int, ...], drawn: Array | None) -> Array:
    if isinstance(part, Points):
        return part.at(years)[:, None, None]
    if isinstance(part, Distribution):
        return np.full((1, 1, 1), part.central()) if drawn is None else part.quantile(drawn)
    return np.full((1, 1, 1), part)
