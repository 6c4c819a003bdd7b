"""The register of assumptions: every number of a scenario with its range, unit, grade and source."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backlog_model.report.assumption_words import ReadAs, assumption_label, assumption_unit
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import number
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.paths import Array, Drawn, Split, Uniform, Value
from backlog_model.scenario.tables import Entry
from backlog_model.translation import translated

_ADDED = ("houses", "households", "hectares", "estates", "rupiah", "crews of artisans", "persons")
"""Units, up to the first comma, of numbers that add up over regions."""

_BOUNDS = (0.05, 0.95)
_VALUES = ("value", "low", "high")


class Reading(NamedTuple):
    """What the register says of one entry, in the numbers as they are written.

    Attributes
    ----------
    year : the year it is about; None where one number holds for all of them
    value, low, high : central, and the ends of nine in ten; NaN where there is no range
    span : smallest and largest central number over the years; None where they are all the same
    regions : how many regions have a number of their own; 0 where one number holds for all
    added : whether `value` is the sum of the regions rather than the middle one
    recorded : whether the range is told by a table and not drawn
    """

    year: int | None
    value: float
    low: float
    high: float
    span: tuple[float, float] | None
    regions: int
    added: bool
    recorded: bool


def register(dossier: Dossier) -> Iterator[Figure]:
    """Table of every assumption of the first scenario.

    Columns: path, label, value, low, high, unit, grade, source, note, basis (which year and regions the numbers are
    about), decimals (digits behind the decimal mark, which differ from row to row).
    """
    case, say = dossier.lead, dossier.say
    written = {value.path: value for value in values_in(case.scenario) if value.path}
    texts = ("unit", "grade", "source", "note", "basis")
    columns = (
        *(Column(name, say(f"register_{name}"), "text") for name in ("path", "label")),
        *(Column(name, say(f"register_{name}"), decimals=2) for name in _VALUES),
        *(Column(name, say(f"register_{name}"), "text") for name in texts),
        Column("decimals", say("register_decimals")),
    )
    yield Figure(
        name="assumptions",
        chart="",
        title=say("register_title", scenario=case.title),
        description=say("register_description", count=number(len(written), dossier.language)),
        columns=columns,
        rows=tuple(_row(dossier, value) for value in written.values()),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(say("register_range"), say("register_regions")),
    )


def _row(dossier: Dossier, value: Value) -> tuple[Cell, ...]:
    scenario, language = dossier.lead.scenario, dossier.language
    unit = assumption_unit(value.unit, language)
    found = reading(dossier, value)
    numbers = (_plain(unit.factor * each) for each in (found.value, found.low, found.high))
    source = translated(value.source or "", language)
    said = (unit.unit, dossier.say(f"register_{value.kind}"), source, value.note or "")
    label = assumption_label(value.path, scenario, language)
    return (value.path, label, *numbers, *said, _basis(dossier, found, unit), unit.decimals)


def _plain(number: float) -> float | None:
    return float(f"{number:.12g}") if math.isfinite(number) else None


def reading(dossier: Dossier, value: Value) -> Reading:
    """One entry in a few numbers: those of the year being planned, all regions together."""
    case = dossier.lead
    regions = case.projection.axes.regions
    years = _years(value, case.scenario.years.all, case.scenario.now)
    if not years:
        return Reading(None, math.nan, math.nan, math.nan, None, 0, added=False, recorded=False)
    central = _path(value, years, regions, None)
    known = np.asarray(value.covered(regions)) if central.shape[1] > 1 else np.ones(1, dtype=bool)
    added = value.unit.words.partition(",")[0] in _ADDED and (value.by_region or central.shape[1] == 1)
    middle = central[:, known].sum(axis=1) if added else np.median(central[:, known], axis=1)
    at = years.index(case.view.focus) if case.view.focus in years else len(years) - 1
    row = min(at, len(middle) - 1)
    low, high = _range(value, years, regions, known, row=row, added=added)
    recorded = not value.is_drawn and math.isnan(low)
    if recorded:
        low, high = _recorded(case.scenario.rows(value.path), years[at], added=added)
    varies = len(middle) > 1 and float(np.ptp(middle)) > 1e-12 * float(np.abs(middle).max())
    year = years[at] if varies or len(years) == 1 else None
    span = (float(middle.min()), float(middle.max())) if varies else None
    apart = int(known.sum()) if central.shape[1] > 1 and not isinstance(value.form, Split) else 0
    return Reading(year, float(middle[row]), low, high, span, apart, added, recorded and math.isfinite(low))


def _years(value: Value, simulated: tuple[int, ...], now: int) -> tuple[int, ...]:
    """Years an entry is about: the opening, those known of a result, or all simulated ones that it reaches."""
    section = value.path.partition(".")[0]
    if section == "opening":
        return (simulated[0] - 1,)
    if section.startswith("realised"):
        return tuple(year for year in value.known_years() if year <= now)[-1:]
    first = value.first_year()
    return tuple(year for year in simulated if first is None or year >= first)


def _path(value: Value, years: tuple[int, ...], regions: tuple[str, ...], at: float | None) -> Array:
    """Numbers (year or 1, region or 1): the central ones, or all of them at the same probability."""
    return value.array(years, regions, None if at is None else _always(at))[:, 0]


def _always(at: float) -> Uniform:
    """The same probability for every name, year and region."""

    def uniform(name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        return np.full((1, 1, 1), at)

    return uniform


def _range(
    value: Value, years: tuple[int, ...], regions: tuple[str, ...], known: Array, *, row: int, added: bool
) -> tuple[float, float]:
    """Ends of nine in ten of the number itself, whatever its split; of several regions the widest; NaN for none."""
    if not value.is_drawn and (added or len(known) == 1):
        return math.nan, math.nan
    if isinstance(value.form, Split):
        value = replace(value, form=replace(value.form, concentration=None))
    ends = []
    for bound, widest in zip(_BOUNDS, (np.min, np.max), strict=True):
        path = _path(value, years, regions, bound)
        own = path[min(row, len(path) - 1)]
        own = own[known] if len(own) == len(known) else own
        ends.append(float(own.sum() if added else widest(own)))
    return min(ends), max(ends)


def _recorded(rows: Sequence[Entry], year: int, *, added: bool) -> tuple[float, float]:
    """Range that the rows of a table tell for a year; NaN where not all of them do."""
    latest: dict[str, Entry] = {}
    for each in sorted(rows, key=lambda entry: entry.year or 0):
        if each.year is None or each.year <= year:
            latest[each.region] = each
    lows = [each.low for each in latest.values() if each.low is not None]
    highs = [each.high for each in latest.values() if each.high is not None]
    if not lows or len(lows) < len(latest) or len(highs) < len(latest):
        return math.nan, math.nan
    return (math.fsum(lows), math.fsum(highs)) if added else (min(lows), max(highs))


def _basis(dossier: Dossier, found: Reading, unit: ReadAs) -> str:
    """Which year and which regions the numbers are about, and where the range is from."""
    said = []
    if found.year is not None:
        said.append(str(found.year))
    if found.span is not None:
        last = dossier.lead.scenario.years.last
        low, high = (number(unit.factor * each, dossier.language, decimals=unit.decimals) for each in found.span)
        said.append(dossier.say("register_span", last=last, low=low, high=high))
    if found.regions:
        said.append(dossier.say("register_sum" if found.added else "register_middle", count=found.regions))
    if found.recorded:
        said.append(dossier.say("register_recorded"))
    return "; ".join(said)
