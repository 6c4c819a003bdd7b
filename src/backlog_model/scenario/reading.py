"""What is known while one scenario is read: its folder, regions, years, tables, and the problems so far."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from backlog_model.errors import close_hint, nearest_hint
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.numbers import brief, grouping, instead_of_text
from backlog_model.scenario.regions import RegionTable
from backlog_model.scenario.tables import FIRST_YEAR, LAST_YEAR, Entry, LongTable, read_long_table
from backlog_model.scenario.text_files import inside, is_file
from backlog_model.scenario.units import LARGEST, Unit
from backlog_model.translation import Text


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
        hint = (
            Text("; is it a decimal comma? write 0.{name} for 0,{name}", name=name)
            if name.isdigit()
            else nearest_hint(name, known)
        )
        self.findings.add(node.start, path, Text("unknown key{hint}", hint=hint))

    def number(self, node: Node, path: str, unit: Unit) -> float:
        """Number of an entry; NaN, with a problem noted, when it is none or cannot be right."""
        content = node.content
        if node.is_refused:
            return math.nan
        if isinstance(content, str):
            self.refuse(
                node,
                path,
                Text("{content!r} is not a number; {advice}", content=brief(content), advice=instead_of_text(content)),
            )
            return math.nan
        if content is None:
            self.refuse(node, path, Text("no value given; write a number, or leave the key out"))
            return math.nan
        if isinstance(content, bool | dict | list):
            seen = Text("a list") if isinstance(content, list) else Text("a mapping") if node.is_mapping else node.text
            self.refuse(node, path, Text("{seen} stands where a number is expected", seen=seen))
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
        self.findings.add(
            node.start,
            path,
            Text(
                "{text!r} is not a year; expected {first} to {last}",
                text=text,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            ),
        )
        return None

    def rows(self, node: Node, path: str, *, key: str = "csv") -> tuple[Entry, ...]:
        """Rows of the table named by an entry whose key is this dotted path; none, with a problem noted, if missing."""
        table = self.table(node, f"{path}.{key}")
        if table is None:
            return ()
        self.used.add((table.path, path))
        rows = table.by_key.get(path, ())
        if not rows:
            hint = close_hint(path, [key for key in table.by_key if (table.path, key) not in self.used])
            self.refuse(
                node,
                f"{path}.{key}",
                Text("{content} has no row with the key {path}{hint}", content=node.content, path=path, hint=hint),
            )
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
            self.refuse(node, path, Text("expected the name of a file"))
            return None
        file = inside(self.folder, node.content)
        if file is None:
            self.refuse(
                node,
                path,
                Text("{content!r} lies outside the scenario's folder; expected a file in it", content=node.content),
            )
        elif not is_file(file):
            beside = [each.name for each in file.parent.iterdir()] if file.parent.is_dir() else []
            self.refuse(
                node,
                path,
                Text("there is no file {content}{hint}", content=node.content, hint=close_hint(file.name, beside)),
            )
            return None
        return file


def wrong_number(number: float, text: str, unit: Unit) -> str | None:
    """What is wrong with a number written for a unit, if anything."""
    grouped = grouping(text) if unit.whole else None
    if grouped is not None:
        return Text(
            "{text} is read as {number:g} {words}; {grouped}",
            text=text,
            number=number,
            words=unit.words,
            grouped=grouped,
        )
    if unit.positive and number == 0:
        return Text("0 {words}; expected more than 0", words=unit.words)
    if not unit.lower <= number <= unit.upper:
        return _outside(text or str(number), number, unit)
    return None


def _outside(seen: str, number: float, unit: Unit) -> str:
    if unit.lower == 0 and number < 0:
        return Text("{seen} is negative; expected {words}", seen=seen, words=unit.words)
    if unit.upper >= LARGEST:
        return Text(
            "{seen} is larger than anything to be counted; expected {words} up to {largest:g}",
            seen=seen,
            words=unit.words,
            largest=LARGEST,
        )
    percent = (
        Text("; write {share:g} for {percent:g} percent", share=number / 100, percent=number)
        if unit.upper == 1 and 1 < number <= 100
        else ""
    )
    return Text(
        "{seen} lies outside {lower:g} to {upper:g} ({words}){percent}",
        seen=seen,
        lower=unit.lower,
        upper=unit.upper,
        words=unit.words,
        percent=percent,
    )
