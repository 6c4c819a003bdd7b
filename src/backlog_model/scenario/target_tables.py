"""Targets kept in a table beside the scenario, one row for each, turned into entries."""

from dataclasses import replace

from backlog_model.errors import nearest_hint
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.numbers import scalar
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.schema import Target
from backlog_model.scenario.shapes import fields_of
from backlog_model.scenario.text_tables import Cell, Row, read_cells

_NUMBERS = {"year", "value", "percent_of_base", "base", "base_year", "base_value", "probability"}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def unfolded(tree: Node, reading: Reading) -> Node:
    """The same tree, with the rows of a table of targets as entries."""
    targets = tree.entries.get("targets")
    if targets is None or "csv" not in targets.entries:
        return tree
    for key, entry in targets.entries.items():
        if key != "csv":
            message = "targets stand in a table and beside it; keep them in one place"
            reading.findings.add(entry.start, f"targets.{key}", message)
    file = reading.file(targets.entries["csv"], "targets.csv")
    rows = read_cells(file, reading.findings) if file is not None else None
    entries = _entries(rows, reading) if rows is not None else {}
    if file is not None:
        reading.tables.setdefault(file, None)
    return replace(tree, content={**tree.entries, "targets": replace(targets, content=entries)})


def _entries(rows: list[Row], reading: Reading) -> dict[str, Node]:
    known = ("id", *fields_of(Target))
    header = rows[0]
    for cell in header:
        if cell.text not in known:
            reading.findings.add(cell.place, "", f"unknown column {cell.text!r}{nearest_hint(cell.text, known)}")
    if "id" not in [cell.text for cell in header]:
        reading.findings.add(header[0].place, "", "column id is missing; expected a short name for each target")
        return {}
    entries: dict[str, Node] = {}
    for row in rows[1:]:
        cells = {name.text: cell for name, cell in zip(header, row, strict=True) if name.text in known}
        name = cells.pop("id")
        if not name.text or name.text in entries:
            said = f"id {name.text} stands twice; first at {entries[name.text].place}" if name.text else "empty id"
            reading.findings.add(name.place, "column id", said)
            continue
        content = {key: _node(key, cell) for key, cell in cells.items() if cell.text}
        entries[name.text] = Node(name.place, content, key_place=name.place)
    return entries


def _node(column: str, cell: Cell) -> Node:
    if column in _NUMBERS:
        number, problem = scalar(cell.text)
        return Node(cell.place, number if problem is None else cell.text, cell.text)
    if column == "applies":
        return Node(cell.place, _TRUTH.get(cell.text.lower(), cell.text), cell.text)
    return Node(cell.place, cell.text, cell.text, quoted=True)
