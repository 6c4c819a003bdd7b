"""The net-clearance ledger of one source and definition: opening + inflow - outflow = closing, and what is missing.

Counts are known as well as they are printed; what was reported handled leaves the list only in part, and not all that
was handled is reported. The flow that nobody publishes is what makes the ledger close:

    missing = closing - opening - known inflow + known outflow + handled * effectiveness / completeness

It is net: new and decayed houses less what owners repaired and what fell out of the list without a programme. At the
same number of houses handled a year, effectively, the list stands still: its break-even.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.history import declaration
from backlog_model.history.declaration import problem
from backlog_model.history.declared_numbers import number_of
from backlog_model.history.published import Published, moment
from backlog_model.history.tables import Row, relations
from backlog_model.scenario.distributions import Distribution, sample
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

LEVEL = 0.9
_DRAWS = 4000
_SEED = 1
_CLOSES = 1e-9
_WORKED_OUT = 0.5  # houses, of a count that is worked out from a printed share
_YEARS_APART = 1e-6
_HOUSES = {"houses", "units"}  # two names of one unit
_LEAST_COVERED = 0.8  # of a span: below it the pace of what is reported says too little about the rest
_WHOLLY_COVERED = 0.99


@dataclass(frozen=True)
class Interval:
    """A number that is not known exactly: its middle, and the limits between which it lies with probability `LEVEL`."""

    middle: float
    lower: float
    upper: float

    @classmethod
    def of(cls, draws: Array) -> "Interval":
        """Median and limits of draws (draw,)."""
        tail = (1 - LEVEL) / 2
        lower, middle, upper = np.quantile(draws, (tail, 0.5, 1 - tail))
        return cls(float(middle), float(lower), float(upper))

    def divided(self, number: float) -> "Interval":
        """The same a unit."""
        return Interval(self.middle / number, self.lower / number, self.upper / number)

    @property
    def is_exact(self) -> bool:
        """Whether both limits are the middle."""
        return self.lower == self.middle == self.upper


@dataclass(frozen=True)
class Point:
    """A count and when it was true."""

    at: float
    row: Row

    @property
    def value(self) -> float:
        """The count as printed."""
        return self.row.value


@dataclass(frozen=True)
class Span:
    """What happened between two counts of a ledger.

    Attributes
    ----------
    opening, closing : the counts
    handled : houses reported handled in between; None where no source covers the span
    inflow, outflow : other known flows
    missing : the flow that closes the ledger, in houses over the span, net
    per_year : the same a year, which is the break-even in effectively handled houses a year
    codes : `handled_unknown`; `handled_spread`, part of a longer report, spread evenly; `handled_extended`, part of
        the span not reported, taken at the pace of the rest; `closed`
    """

    opening: Point
    closing: Point
    handled: float | None
    inflow: float
    outflow: float
    missing: Interval
    per_year: Interval
    codes: tuple[str, ...]

    @property
    def years(self) -> float:
        """Length in years."""
        return self.closing.at - self.opening.at


@dataclass(frozen=True)
class Ledger:
    """A closed ledger: each span between two counts, and the whole time.

    Attributes
    ----------
    spans : from count to count
    whole : from the first count to the last
    codes : `closed` where the list only ever falls by what is handled, so that it cannot show any inflow
    """

    name: str
    declared: declaration.Ledger
    spans: tuple[Span, ...]
    whole: Span

    @property
    def codes(self) -> tuple[str, ...]:
        """What must be said beside the numbers, each once."""
        return tuple(dict.fromkeys(code for span in (self.whole, *self.spans) for code in span.codes))

    @property
    def shows_inflow(self) -> bool:
        """Whether the missing flow is evidence: handling is known, and the closing was counted, not subtracted."""
        return not {"closed", "handled_unknown"} & set(self.whole.codes)


def close_ledger(name: str, declared: declaration.Ledger, published: Published) -> Ledger:
    """Ledger of the counts and flows that were published.

    Raises
    ------
    DataError : a count or flow that is not in the tables, counts out of order, or fewer than two of them
    """
    place = f"ledgers.{name}"
    points = [_point(each, declared.region, published, f"{place}.stock") for each in declared.stock]
    for before, after in pairwise(points):
        if after.at - before.at < _YEARS_APART:
            raise problem(
                f"{place}.stock",
                Text(
                    "{after} is not later than {before}; write them in order",
                    after=after.row.place,
                    before=before.row.place,
                ),
            )
    _check_units(place, points)
    flows = {
        kind: [_flow(each, declared.region, published, f"{place}.{kind}") for each in getattr(declared, kind)]
        for kind in ("handled", "inflows", "outflows")
    }
    spans = tuple(_span(before, after, flows, declared) for before, after in pairwise(points))
    return Ledger(name, declared, spans, _span(points[0], points[-1], flows, declared))


def _point(declared: declaration.Stock, region: str, published: Published, by: str) -> Point:
    row = _counted(published.one(declared, region, by=by))
    return Point(moment(declared.as_of or str(declared.year)), row)


def _check_units(place: str, points: Sequence[Point]) -> None:
    first = points[0].row
    for point in points:
        if point.row.unit != first.unit and not {point.row.unit, first.unit} <= _HOUSES:
            first_said, said = (f"{row.text} {row.unit} ({row.place})" for row in (first, point.row))
            raise problem(
                f"{place}.stock", Text("{first} and {other}; expected one unit", first=first_said, other=said)
            )


def _counted(row: Row) -> Row:
    if row.value < 0:
        raise problem(row.place, Text("{text} {unit}; a count is not below 0", text=row.text, unit=row.unit))
    return row


@dataclass(frozen=True)
class _Flow:
    since: float
    until: float
    row: Row


def _flow(declared: declaration.Flow, region: str, published: Published, by: str) -> _Flow:
    row = _counted(published.one(declared, region, by=by))
    since, until = moment(declared.since or str(declared.year - 1)), moment(declared.until or str(declared.year))
    if until <= since:
        raise problem(by, Text("{place}: until is not later than since", place=row.place))
    return _Flow(since, until, row)


def _span(opening: Point, closing: Point, flows: dict[str, list[_Flow]], declared: declaration.Ledger) -> Span:
    handled = _handled(flows["handled"], opening.at, closing.at)
    inflow, outflow = (_inside(_steps(flows[kind]), opening.at, closing.at) for kind in ("inflows", "outflows"))
    missing = Interval.of(_missing(opening, closing, handled.houses, declared) - inflow + outflow)
    codes = handled.codes
    if handled.is_known and _is_closed(opening, closing, handled.houses, inflow - outflow):
        codes = (*codes, "closed")
    known = handled.houses if handled.is_known else None
    return Span(opening, closing, known, inflow, outflow, missing, missing.divided(closing.at - opening.at), codes)


@dataclass(frozen=True)
class _Within:
    """Houses of some flows inside a span; 0 where they cover too little of it."""

    houses: float
    codes: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return "handled_unknown" not in self.codes


def _handled(flows: Sequence[_Flow], since: float, until: float) -> _Within:
    """Houses handled inside a span, where reports cover most of it; the rest is taken at the same pace."""
    steps = _steps(flows)
    share = _covered(steps, since, until) / (until - since)
    if share < _LEAST_COVERED:
        return _Within(0.0, ("handled_unknown",))
    parts = [_share(step, since, until) for step in steps]
    codes = ["handled_spread"] if any(_YEARS_APART < part < 1 - _YEARS_APART for part in parts) else []
    codes += ["handled_extended"] if share < _WHOLLY_COVERED else []
    return _Within(_inside(steps, since, until) / min(share, 1.0), tuple(codes))


def _inside(steps: Sequence["_Step"], since: float, until: float) -> float:
    """Houses of all steps inside a span, each spread evenly over its time."""
    return sum(step.houses * _share(step, since, until) for step in steps)


def _covered(steps: Sequence["_Step"], since: float, until: float) -> float:
    """Years of a span that some report covers."""
    covered, reached = 0.0, since
    for step in sorted(steps, key=lambda each: each.since):
        start, end = max(step.since, reached), min(step.until, until)
        covered, reached = covered + max(0.0, end - start), max(reached, end)
    return covered


class _Step(NamedTuple):
    since: float
    until: float
    houses: float


def _steps(flows: Sequence[_Flow]) -> list[_Step]:
    """Houses from one report to the next: reports of one programme that begin on one day are cumulative."""
    groups: dict[tuple[object, ...], list[_Flow]] = {}
    for flow in flows:
        row = flow.row
        groups.setdefault((flow.since, row.indicator, row.code, row.program, row.funding), []).append(flow)
    steps = []
    for group in groups.values():
        before, start = 0.0, group[0].since
        for flow in sorted(group, key=lambda each: each.until):
            if flow.until <= start or flow.row.value < before:
                raise problem(
                    flow.row.place, Text("a cumulative report that ends no later or falls; expected it to go on")
                )
            steps.append(_Step(start, flow.until, flow.row.value - before))
            before, start = flow.row.value, flow.until
    return steps


def _share(step: _Step, since: float, until: float) -> float:
    return max(0.0, min(step.until, until) - max(step.since, since)) / (step.until - step.since)


def _missing(opening: Point, closing: Point, handled: float, declared: declaration.Ledger) -> Array:
    """Draws of closing - opening + what left the list by handling."""
    kinds: dict[str, Distribution | dict[str, object]] = {}
    column: dict[str, Array | float] = {}
    for name, point in (("opening", opening), ("closing", closing)):
        low, high = printed_limits(point.row)
        if low == high:
            column[name] = low
        else:
            kinds[name] = {"uniform": [low, high]}
    for name in ("effectiveness_share", "completeness_share"):
        part = number_of(
            getattr(declared, name),
            declared.region,
            Text("ledger of {region}: {name}", region=declared.region, name=name),
        )
        if isinstance(part, Distribution):
            kinds[name] = part
        else:
            column[name] = part
    if kinds:
        column |= zip(kinds, sample(kinds, None, draws=_DRAWS, seed=_SEED).T, strict=True)
    left = handled * column["effectiveness_share"] / np.maximum(column["completeness_share"], 1e-9)
    return np.atleast_1d(np.asarray(column["closing"] - column["opening"] + left, dtype=np.float64))


def printed_limits(row: Row) -> tuple[float, float]:
    """Lowest and highest true value behind a printed one."""
    if relations.LOWER_BOUND.search(row.note):
        return row.value, row.value + row.rounding
    return row.value - row.rounding, row.value + row.rounding


def _is_closed(opening: Point, closing: Point, handled: float, other: float) -> bool:
    """Whether the closing count is the opening less what was handled: arithmetic, not a new count."""
    left = abs(closing.value - opening.value + handled - other)
    return left <= (_WORKED_OUT if closing.row.status == "derived" else _CLOSES * opening.value)
