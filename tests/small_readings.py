"""One entry of a scenario file, and rows of a table, to be read by themselves."""

import math
from pathlib import Path

from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.nodes import Node, read_tree
from backlog_model.scenario.paths import Everywhere, Form, Part, Regional
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.regions import RegionTable
from backlog_model.scenario.tables import Entry, LongTable

TWO = ("63.01", "63.10")


def reading(*codes: str, province: str = "63", known: bool = True) -> Reading:
    """State of a reading in the working folder, two regions unless others are named."""
    return Reading(Path.cwd(), Findings(), RegionTable(codes or TWO, province, {}) if known else None)


def entry(text: str) -> Node:
    """What stands after `x: ` in the file a.yaml, from its column 4 on."""
    Path("a.yaml").write_text(f"x: {text}\n", encoding="utf-8")
    tree = read_tree(Path("a.yaml"), Findings())
    assert tree is not None
    return tree.entries["x"]


def row(
    region: str,
    year: int | None,
    value: float,
    low: float | None = None,
    high: float | None = None,
    *,
    text: str = "",
    line: int = 2,
) -> Entry:
    """Row of a table for the place p; its number stands in field 4."""
    start, place = Place("t.csv", line, 1), Place("t.csv", line, 4)
    return Entry("p", region, year, value, text or str(value), "sourced", "BPS", start, place, low, high)


def with_rows(read: Reading, *rows: Entry, key: str = "p") -> Reading:
    """The same reading, with a table t.csv of these rows."""
    file = read.folder / "t.csv"
    read.tables[file] = LongTable(file, {key: rows} if rows else {})
    return read


def told(read: Reading) -> list[str]:
    """What was found wrong so far."""
    return [str(problem) for problem in read.findings.problems()]


def simple(part: Part | None) -> object:
    """A part as it can be compared: its kind for a distribution, a word for what could not be read."""
    if isinstance(part, Distribution):
        return part.kind, part.support
    return "unread" if isinstance(part, float) and math.isnan(part) else part


def simple_form(form: Form) -> object:
    """A form as it can be compared, regions by code."""
    if isinstance(form, Everywhere):
        return simple(form.part)
    return (
        {code: simple(column) for code, column in zip(form.codes, form.columns, strict=True)}
        if isinstance(form, Regional)
        else form
    )
