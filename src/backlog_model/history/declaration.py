"""What the past of a province is asked: `history/history.yaml`, read into frozen records; every problem at once."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from backlog_model.errors import DataError, Problem, nearest_hint
from backlog_model.scenario import entries, validation
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.nodes import Node, read_tree
from backlog_model.scenario.paths import Value
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import NOTHING, Label, Record
from backlog_model.scenario.regions import read_regions
from backlog_model.scenario.schema import Scenario, Year
from backlog_model.scenario.shapes import Shape
from backlog_model.translation import Text, joined

NAME = "history/history.yaml"
"""Where it stands in the folder of a province; files that it names are looked for from that folder."""

DETERIORATION = "assumptions.deterioration_rate"

_WRONG_SUM = Text("expected parts, each once, and a total that is none of them")
_DAY = re.compile(r"(19|20)\d{2}(-\d{2}(-\d{2})?)?")
Bounds = Literal["none", "non_negative", "share", "percent"]


class Selection(Record):
    """One figure of the history tables; what is not said may be anything.

    Days are written as a day, a month or a year ("2020-06-30", "2020-06", "2020"); the last two stand for their end.
    """

    indicator: str
    year: Year
    region: str | None = None
    program: str | None = None
    funding_source: str | None = None
    status: str | None = None
    source_date: str | None = None


class Stock(Selection):
    """A count of the ledger, and when it was true (default: the end of its year)."""

    as_of: str | None = None


class Flow(Selection):
    """Houses that came or went over a span (default: the year of the figure)."""

    since: str | None = None
    until: str | None = None


class Ledger(Record):
    """Counts of one source and definition, with what was done in between; never chained with another definition."""

    label: Label
    region: str
    definition: Label
    stock: tuple[Stock, ...]
    handled: tuple[Flow, ...] = ()
    inflows: tuple[Flow, ...] = ()
    outflows: tuple[Flow, ...] = ()
    houses_at_risk: Value | None = None
    effectiveness_share: Value | None = None
    completeness_share: Value | None = None
    note: Label | None = None


class Event(Record):
    """A new registry, decree or definition: a dated break between two counts, never a trend."""

    label: Label
    region: str
    date: str
    before: Selection
    after: Selection
    bridge: Label


class Series(Record):
    """Figures of one source and definition, to be forecast: as they are, or as growth a year from one to the next."""

    label: Label
    indicator: str
    region: str
    program: str | None = None
    funding_source: str | None = None
    first: Year | None = None
    source: str | None = None
    figures: Literal["values", "growth"] = "values"
    bounds: Bounds = "none"
    horizon: int = Field(default=5, ge=1, le=30)
    note: Label | None = None


class Statement(Selection):
    """What a source says of a quantity of an agreement, and how far it may be off (default: as it is rounded)."""

    of: str
    sd: float | None = Field(default=None, ge=0, le=1e15)


class Constraint(Record):
    """Quantities that add up to another one, exactly."""

    parts: tuple[str, ...]
    total: str


class Agreement(Record):
    """Quantities on which sources differ, to be brought together."""

    label: Label
    unit: str
    quantities: Mapping[str, Label]
    statements: tuple[Statement, ...]
    constraints: tuple[Constraint, ...] = ()
    smallest: float | None = 0.0
    note: Label | None = None


class Estimate(Record):
    """A number that scenarios take over from the past, with its range.

    `level`: mean level of the forecast of a series, times `scale`. `pooled_growth`: mean growth a year of several
    series. `deterioration`: the rate of decay after what ledgers show.
    """

    method: Literal["level", "pooled_growth", "deterioration"]
    of: tuple[str, ...]
    scale: float = Field(default=1.0, gt=0)
    region_offsets: Value | None = None
    prior: Value | None = None
    discrepancy: float = Field(default=0.5, ge=0, le=3)
    note: str


class History(Record):
    """Everything that is asked of the history of one province."""

    title: Label
    regions: str
    scenario: str
    tables: str = "history"
    ledgers: Mapping[str, Ledger] = NOTHING
    events: Mapping[str, Event] = NOTHING
    series: Mapping[str, Series] = NOTHING
    agreements: Mapping[str, Agreement] = NOTHING
    hindcasts: tuple[Year, ...] = ()
    estimates: Mapping[str, Estimate] = NOTHING


_WHOLE = Shape(record=History)


def read_declaration(folder: Path) -> History:
    """What is asked of the past of a province.

    Raises
    ------
    DataError : with every problem of the file, each with line and column
    """
    findings = Findings()
    history = _read(folder, findings)
    if history is None or findings.problems():
        raise DataError(findings.problems())
    return history


def check_declaration(folder: Path) -> list[Problem]:
    """Everything wrong with what is asked of the past of a province."""
    findings = Findings()
    _read(folder, findings)
    return findings.all()


def _read(folder: Path, findings: Findings) -> History | None:
    tree = read_tree(folder / NAME, findings)
    return _validated(tree, Reading(folder, findings)) if tree is not None else None


def _validated(tree: Node, reading: Reading) -> History | None:
    if "regions" in tree.entries:
        table = reading.file(tree.entries["regions"], "regions")
        reading.regions = read_regions(table, reading.findings) if table is not None else None
    data: dict[str, Any] = entries.entries(tree, _WHOLE, "", reading)
    history = validation.validated(data, tree, reading, History)
    if history is not None:
        _check_names(history, tree, reading)
        _check_days(history, tree, reading)
    return history


def _check_names(history: History, tree: Node, reading: Reading) -> None:
    """Regions, series and quantities that are named are there."""
    regions = () if reading.regions is None else (reading.regions.province_code, *reading.regions.codes, "ID")
    for section in ("ledgers", "events") if regions else ():
        for name, entry in getattr(history, section).items():
            _check_known(entry.region, regions, (section, name, "region"), tree, reading)
    for name, agreement in history.agreements.items():
        for place, statement in enumerate(agreement.statements):
            of = ("agreements", name, "statements", place, "of")
            _check_known(statement.of, tuple(agreement.quantities), of, tree, reading)
        for place, constraint in enumerate(agreement.constraints):
            if not constraint.parts or len({*constraint.parts, constraint.total}) <= len(constraint.parts):
                at = tree.below(("agreements", name, "constraints", place)).place
                reading.findings.add(at, f"agreements.{name}.constraints.{place}", _WRONG_SUM)
            for each in (*constraint.parts, constraint.total):
                _check_known(
                    each, tuple(agreement.quantities), ("agreements", name, "constraints", place), tree, reading
                )
    for name, estimate in history.estimates.items():
        known = tuple(history.ledgers if estimate.method == "deterioration" else history.series)
        for place, each in enumerate(estimate.of):
            _check_known(each, known, ("estimates", name, "of", place), tree, reading)
        message = _wrong_estimate(name, estimate)
        if message is not None:
            reading.findings.add(tree.below(("estimates", name)).start, f"estimates.{name}", message)


def _wrong_estimate(name: str, estimate: Estimate) -> str | None:
    """What is wrong with the key of an estimate, or with what it is made of, if anything."""
    shape: Shape | None = Shape(record=Scenario)
    for step in name.split("."):
        known = shape.known if shape is not None else ()
        shape = shape.below(step) if shape is not None else None
        if shape is None:
            return Text("a scenario has no {step}{hint}", step=step, hint=nearest_hint(step, known))
    if not estimate.of or len(set(estimate.of)) < len(estimate.of):
        return Text("of: expected one name or more, each once")
    if estimate.method == "level" and len(estimate.of) > 1:
        return Text("of: {of}; a level is that of one series", of=", ".join(estimate.of))
    if estimate.method == "deterioration" and name != DETERIORATION:
        return Text("deterioration is found for {deterioration} only", deterioration=DETERIORATION)
    if estimate.method == "deterioration" and estimate.prior is None:
        return Text("prior: missing; write what is believed of the rate before the ledgers are heard")
    return None


def _check_days(history: History, tree: Node, reading: Reading) -> None:
    """Days are days, and a ledger has two counts."""
    for name, event in history.events.items():
        _check_day(event.date, ("events", name, "date"), tree, reading)
    for name, ledger in history.ledgers.items():
        if len(ledger.stock) < 2:
            message = Text("{count} counts; expected at least two, from first to last", count=len(ledger.stock))
            reading.findings.add(tree.below(("ledgers", name, "stock")).start, f"ledgers.{name}.stock", message)
        for kind in ("stock", "handled", "inflows", "outflows"):
            for place, entry in enumerate(getattr(ledger, kind)):
                for key in ("as_of", "since", "until"):
                    _check_day(getattr(entry, key, None), ("ledgers", name, kind, place, key), tree, reading)


def _check_day(day: str | None, path: tuple[str | int, ...], tree: Node, reading: Reading) -> None:
    if day is not None and not is_day(day):
        message = Text('{day!r} is not a day; write "2020-06-30", "2020-06" or "2020"', day=day)
        reading.findings.add(tree.below(path).place, ".".join(map(str, path)), message)


def is_day(text: str) -> bool:
    """Whether a text is a day, a month or a year.

    Examples
    --------
    >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("2024"), is_day("06/2020")
    (True, False, True, False)
    """
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _check_known(name: str, known: tuple[str, ...], path: tuple[str | int, ...], tree: Node, reading: Reading) -> None:
    if name not in known:
        reading.findings.add(
            tree.below(path).place, ".".join(map(str, path)), joined([name, nearest_hint(name, known)])
        )


def problem(place: str, message: str) -> DataError:
    """One thing that is wrong with the data, as an error."""
    return DataError([Problem(place, message)])
