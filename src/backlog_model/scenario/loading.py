"""A scenario file, its parent and its tables, read into a frozen record; every problem at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from backlog_model.errors import Problem, ScenarioError, nearest_hint
from backlog_model.scenario import checks, entries, target_tables, validation
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.merging import merged
from backlog_model.scenario.nodes import Node, made, plain, read_tree
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.regions import RegionTable, read_regions
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.shapes import Shape
from backlog_model.scenario.tables import LongTable

_WHOLE = Shape(record=Scenario)


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

    def replaced(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario with other entries at some dotted paths."""
        findings = Findings()
        tree = self.tree
        for path, entry in changes.items():
            tree = _with_entry(tree, _WHOLE, path, tuple(path.split(".")), made(entry, Place("replace")), findings)
        reading = Reading(self.path.parent, findings, self.region_table, tables=dict(self.tables))
        return _finished(self.path, tree, reading, self.files)


def load_scenario(path: str | Path) -> Scenario:
    """Scenario of a YAML file.

    Raises
    ------
    ScenarioError : with every problem of the file, its parent and its tables, each with line and column
    """
    findings = Findings()
    tree, reading, files = _read(Path(path), findings)
    if tree is None:
        raise ScenarioError(findings.problems())
    return _finished(Path(path), tree, reading, files)


def check(path: str | Path) -> list[Problem]:
    """Everything wrong with a scenario file, and warnings about what is usable but should be put right."""
    findings = Findings()
    tree, reading, _ = _read(Path(path), findings)
    if tree is not None:
        scenario = _records(tree, reading)
        checks.warn(scenario, tree, reading) if scenario is not None else None
    return findings.all()


def _read(path: Path, findings: Findings) -> tuple[Node | None, Reading, tuple[Path, ...]]:
    """Tree of a scenario merged with its parent's, what is known about it, and the files read."""
    reading = Reading(path.parent, findings)
    tree = read_tree(path, findings)
    if tree is None:
        return None, reading, (path,)
    files = [path]
    parent_path = _parent(tree, path, reading)
    parent = read_tree(parent_path, findings) if parent_path is not None else None
    if parent_path is not None and parent is not None:
        files.append(parent_path)
        if "extends" in parent.entries:
            message = f"{parent_path.name} extends another scenario itself; expected one that does not"
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
        reading.refuse(node, "extends", f"{node.content}; expected the name of a file in the same folder")
        return None
    file = reading.file(node, "extends")
    if file is not None and file.resolve() == path.resolve():
        reading.refuse(node, "extends", "a scenario cannot extend itself")
        return None
    return file


def _finished(path: Path, tree: Node, reading: Reading, files: tuple[Path, ...]) -> Scenario:
    scenario = _records(tree, reading)
    problems = reading.findings.problems()
    if problems or scenario is None or reading.regions is None:
        raise ScenarioError(problems)
    every = tuple(dict.fromkeys((*files, *reading.tables)))
    scenario._origin = Source(path, tree, reading.regions, reading.tables, every)
    return scenario


def _records(tree: Node, reading: Reading) -> Scenario | None:
    """Records of a tree, with everything wrong noted; None when too little of it is right."""
    _note_years(tree, reading)
    tree = target_tables.unfolded(tree, reading)
    data = _with_names(entries.entries(tree, _WHOLE, "", reading), reading)
    scenario = validation.validated(data, tree, reading)
    if scenario is not None:
        checks.check(scenario, tree, reading)
    return scenario


def _note_years(tree: Node, reading: Reading) -> None:
    years = tree.entries.get("years")
    first, last = (years.entries.get(key) if years is not None else None for key in ("first", "last"))
    reading.first = first.content if first is not None and isinstance(first.content, int) else None
    reading.last = last.content if last is not None and isinstance(last.content, int) else None


def _with_names(data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Data with what follows from other entries: labels from names, dates from the first year."""
    for section in ("programmes", "shocks", "revisions"):
        if isinstance(data.get(section), dict):
            for name, entry in data[section].items():
                if isinstance(entry, dict):
                    entry.setdefault("label", name)
    for target in data.get("targets", {}).values() if isinstance(data.get("targets"), dict) else ():
        if isinstance(target, dict) and reading.regions is not None:
            target.setdefault("region", reading.regions.province_code)
    if reading.first is not None:
        data.setdefault("now", reading.first - 1)
        data.setdefault("price_year", reading.first - 1)
    return data


def _with_entry(
    node: Node, shape: Shape | None, path: str, steps: tuple[str, ...], entry: Node, findings: Findings
) -> Node:
    """The same tree with another entry at a path; a path that cannot exist is noted."""
    key = steps[0]
    below = shape.below(key) if shape is not None else None
    if shape is not None and below is None:
        known = shape.known or tuple(node.entries)
        findings.add(Place("replace"), path, f"unknown key {key}{nearest_hint(key, known)}")
        return node
    if shape is not None and shape.record is None and len(steps) > 1 and key not in node.entries:
        findings.add(Place("replace"), path, f"there is no {key}{nearest_hint(key, tuple(node.entries))}")
        return node
    if len(steps) > 1:
        inner = node.entries.get(key, Node(entry.place, {}))
        entry = _with_entry(inner, below, path, steps[1:], entry, findings)
    return replace(node, content={**node.entries, key: entry})
