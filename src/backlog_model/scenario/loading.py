"""A scenario file, its parent and its tables, read into a frozen record; every problem at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from backlog_model.errors import Problem, ScenarioError
from backlog_model.scenario import checks, entries, target_tables, validation
from backlog_model.scenario.changing import changed
from backlog_model.scenario.defaults import with_defaults
from backlog_model.scenario.findings import Findings, Place, shown
from backlog_model.scenario.merging import merged
from backlog_model.scenario.nodes import Node, plain, read_tree
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.regions import RegionTable, read_regions
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.shapes import Shape
from backlog_model.scenario.tables import Entry, LongTable
from backlog_model.translation import Text

_WHOLE = Shape(record=Scenario)
_TABLES = (".csv", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Source:
    """Where a scenario comes from: its merged tree and the tables it names."""

    path: Path
    tree: Node
    region_table: RegionTable
    tables: Mapping[Path, LongTable | None] = field(repr=False)
    files: tuple[Path, ...]

    def as_written(self) -> dict[str, Any]:
        """The scenario in plain data, with its parent merged in."""
        written: dict[str, Any] = plain(self.tree)
        return {key: entry for key, entry in written.items() if key != "extends"}

    def rows(self, path: str) -> tuple[Entry, ...]:
        """Rows of the tables beside it that stand for what is at a dotted path."""
        return tuple(row for table in self.tables.values() if table is not None for row in table.by_key.get(path, ()))

    def replaced(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario with other entries at some dotted paths."""
        reading = Reading(self.path.parent, Findings(), self.region_table, tables=dict(self.tables))
        tree = changed(self.tree, _WHOLE, changes, reading)
        scenario = _usable(_records(tree, reading), reading)
        scenario._origin = replace(self, tree=tree)
        return scenario


def load_scenario(path: str | Path, *, tables: Mapping[str, LongTable] | None = None) -> Scenario:
    """Scenario of a YAML file.

    Parameters
    ----------
    path : the file
    tables : long tables that stand in for files of these names beside it

    Raises
    ------
    ScenarioError : with every problem of the file, its parent and its tables, each with line and column
    """
    findings = Findings()
    tree, reading, files = _read(Path(path), findings, tables or {})
    if tree is None:
        raise ScenarioError(findings.problems())
    scenario = _records(tree, reading)
    checks.check_rows(tree, shown(Path(path)), reading)
    scenario = _usable(scenario, reading)
    given = {reading.folder / name for name in tables or {}}
    every = tuple(each for each in dict.fromkeys((*files, *reading.tables)) if each not in given)
    scenario._origin = Source(Path(path), tree, cast(RegionTable, reading.regions), reading.tables, every)
    return scenario


def check(path: str | Path) -> list[Problem]:
    """Everything wrong with a scenario file, and warnings about what is usable but should be put right."""
    findings = Findings()
    tree, reading, _ = _read(Path(path), findings, {})
    scenario = _records(tree, reading) if tree is not None else None
    if tree is not None and scenario is not None:
        checks.check_rows(tree, shown(Path(path)), reading)
        checks.warn(scenario, tree, reading)
    return findings.all()


def _read(
    path: Path, findings: Findings, tables: Mapping[str, LongTable]
) -> tuple[Node | None, Reading, tuple[Path, ...]]:
    """Tree of a scenario merged with its parent's, what is known about it, and the files read."""
    reading = Reading(path.parent, findings, tables={path.parent / name: table for name, table in tables.items()})
    if path.suffix.lower() in _TABLES:
        findings.add(Place(shown(path)), "", Text("this is a table; expected a scenario, a .yaml file"))
        return None, reading, (path,)
    tree = read_tree(path, findings)
    if tree is None:
        return None, reading, (path,)
    files = [path]
    parent_path = _parent(tree, path, reading)
    parent = read_tree(parent_path, findings) if parent_path is not None else None
    if parent_path is not None and parent is not None:
        files.append(parent_path)
        if "extends" in parent.entries:
            message = Text("{name} extends another scenario itself; expected one that does not", name=parent_path.name)
            reading.refuse(tree.entries["extends"], "extends", message)
        tree = merged(tree, parent, _WHOLE, "", reading)
    if "regions" in tree.entries:
        table = reading.file(tree.entries["regions"], "regions")
        reading.regions = read_regions(table, findings) if table is not None else None
        files += [table] if table is not None else []
    return tree, reading, tuple(files)


def _parent(tree: Node, path: Path, reading: Reading) -> Path | None:
    """File that a scenario extends, beside it."""
    node = tree.entries.get("extends")
    if node is None or node.content is None:
        return None
    if isinstance(node.content, str) and "/" in node.content:
        reading.refuse(
            node, "extends", Text("{content}; expected the name of a file in the same folder", content=node.content)
        )
        return None
    file = reading.file(node, "extends")
    if file is not None and file.resolve() == path.resolve():
        reading.refuse(node, "extends", Text("a scenario cannot extend itself"))
        return None
    return file


def _usable(scenario: Scenario | None, reading: Reading) -> Scenario:
    """The scenario, if nothing is wrong with it."""
    problems = reading.findings.problems()
    if problems or scenario is None:
        raise ScenarioError(problems)
    return scenario


def _records(tree: Node, reading: Reading) -> Scenario | None:
    """Records of a tree, with everything wrong noted; None when too little of it is right."""
    _note_years(tree, reading)
    tree = target_tables.unfolded(tree, reading)
    data = with_defaults(entries.entries(tree, _WHOLE, "", reading), reading)
    scenario = validation.validated(data, tree, reading, Scenario)
    if scenario is not None:
        checks.check(scenario, tree, reading)
    return scenario


def _note_years(tree: Node, reading: Reading) -> None:
    years = tree.entries.get("years")
    first, last = (years.entries.get(key) if years is not None else None for key in ("first", "last"))
    reading.first, reading.last = (
        each.content if each is not None and type(each.content) is int else None for each in (first, last)
    )
