"""What is known while one scenario is read: its folder, regions, years, tables, and the problems so far."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from backlog_model.errors import nearest, nearest_hint
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.numbers import brief, grouping, instead_of_text
from backlog_model.scenario.regions import RegionTable
from backlog_model.scenario.tables import FIRST_YEAR, LAST_YEAR, Entry, LongTable, read_long_table
from backlog_model.scenario.text_files import inside, is_file
from backlog_model.scenario.units import LARGEST, Unit


@dataclass
class Reading:
    """The state of one reading."""

    folder: Path
    findings: Findings
    regions: RegionTable | None = None
    first: int | None = None
    last: int | None = None
    tables: dict[Path, LongTable | None] = field(default_factory=dict)
    used: set[tuple[Path, str]] = field(default_factory=set)
    named_by: dict[Path, Node] = field(default_factory=dict)  # for each table, the entry that names it

    @property
    def codes(self) -> tuple[str, ...] | None:
        """Region codes, when they are known."""
        return self.regions.codes if self.regions is not None else None

    def refuse(self, node: Node, path: str, message: str) -> None:
        """Note a problem with an entry."""
        self.findings.add(node.place, path, message)

    def unknown_key(self, node: Node, path: str, known: tuple[str, ...]) -> None:
        """Note an entry whose key is not known."""
        name = path.rpartition(".")[2]
        hint = f"; is it a decimal comma? write 0.{name} for 0,{name}" if name.isdigit() else nearest_hint(name, known)
        self.findings.add(node.start, path, f"unknown key{hint}")

    def number(self, node: Node, path: str, unit: Unit) -> float:
        """Number of an entry; NaN, with a problem noted, when it is none or cannot be right."""
        content = node.content
        if node.is_refused:
            return math.nan
        if isinstance(content, str):
            self.refuse(node, path, f"{brief(content)!r} is not a number; {instead_of_text(content)}")
            return math.nan
        if content is None:
            self.refuse(node, path, "no value given; write a number, or leave the key out")
            return math.nan
        if isinstance(content, bool | dict | list):
            seen = "a list" if isinstance(content, list) else "a mapping" if node.is_mapping else node.text
            self.refuse(node, path, f"{seen} stands where a number is expected")
            return math.nan
        return self.checked(float(content), node, path, unit)

    def checked(self, number: float, node: Node, path: str, unit: Unit) -> float:
        """The same number; NaN, with a problem noted, when it cannot be right."""
        problem = wrong_number(number, node.text, unit)
        if problem is None:
            return number
        self.refuse(node, path, problem)
        return math.nan

    def year(self, node: Node, path: str, text: str) -> int | None:
        """Year written as a key or a value."""
        if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
            return int(text)
        self.findings.add(node.start, path, f"{text!r} is not a year; expected {FIRST_YEAR} to {LAST_YEAR}")
        return None

    def rows(self, node: Node, path: str, *, key: str = "csv") -> tuple[Entry, ...]:
        """Rows of the table named by an entry whose key is this dotted path; none, with a problem noted, if missing."""
        table = self.table(node, f"{path}.{key}")
        if table is None:
            return ()
        self.used.add((table.path, path))
        rows = table.by_key.get(path, ())
        if not rows:
            close = nearest(path, [key for key in table.by_key if (table.path, key) not in self.used])
            hint = f"; did you mean {close}?" if close else ""
            self.refuse(node, f"{path}.{key}", f"{node.content} has no row with the key {path}{hint}")
        return rows

    def table(self, node: Node, path: str) -> LongTable | None:
        """Table named by an entry; each file is read once, and not at all where its rows were given."""
        given = inside(self.folder, node.content) if isinstance(node.content, str) else None
        file = given if given in self.tables else self.file(node, path)
        if file is None:
            return None
        if file not in self.tables:
            codes = frozenset((*self.regions.codes, self.regions.province_code)) if self.regions else None
            self.tables[file] = read_long_table(file, codes, self.findings)
        self.named_by.setdefault(file, node)
        return self.tables[file]

    def file(self, node: Node, path: str) -> Path | None:
        """File named by an entry, in the folder of the scenario or below."""
        if node.is_refused:
            return None
        if not isinstance(node.content, str):
            self.refuse(node, path, "expected the name of a file")
            return None
        file = inside(self.folder, node.content)
        if file is None:
            self.refuse(node, path, f"{node.content!r} lies outside the scenario's folder; expected a file in it")
        elif not is_file(file):
            near = nearest(file.name, [each.name for each in file.parent.iterdir()]) if file.parent.is_dir() else None
            self.refuse(node, path, f"there is no file {node.content}{f'; did you mean {near}?' if near else ''}")
            return None
        return file


def wrong_number(number: float, text: str, unit: Unit) -> str | None:
    """What is wrong with a number written for a unit, if anything."""
    grouped = grouping(text) if unit.whole else None
    if grouped is not None:
        return f"{text} is read as {number:g} {unit.words}; {grouped}"
    if unit.positive and number == 0:
        return f"0 {unit.words}; expected more than 0"
    if not unit.lower <= number <= unit.upper:
        return f"{text or number} {_outside(number, unit)}"
    return None


def _outside(number: float, unit: Unit) -> str:
    if unit.lower == 0 and number < 0:
        return f"is negative; expected {unit.words}"
    if unit.upper >= LARGEST:
        return f"is larger than anything to be counted; expected {unit.words} up to {LARGEST:g}"
    percent = f"; write {number / 100:g} for {number:g} percent" if unit.upper == 1 and 1 < number <= 100 else ""
    return f"lies outside {unit.lower:g} to {unit.upper:g} ({unit.words}){percent}"
