"""Targets as written, in the scenario or in a table beside it with one row for each, turned into entries."""

import math
from dataclasses import replace

from backlog_model.errors import nearest_hint
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.numbers import scalar
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.schema import Target, better_sense
from backlog_model.scenario.shapes import fields_of
from backlog_model.scenario.text_tables import Cell, Row, read_cells
from backlog_model.translation import Text

_NUMBERS = {"year", "value", "percent_of_base", "base", "base_year", "base_value", "probability"}
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def unfolded(tree: Node, reading: Reading) -> Node:
    """The same tree, with the rows of a table of targets as entries; operators and probabilities are looked at."""
    targets = tree.entries.get("targets")
    if targets is None or not targets.is_mapping:
        return tree
    written = _rows_of(targets, reading) if "csv" in targets.entries else targets.entries
    content = {name: _understood(name, entry, reading) for name, entry in written.items()}
    return replace(tree, content={**tree.entries, "targets": replace(targets, content=content)})


def _rows_of(targets: Node, reading: Reading) -> dict[str, Node]:
    for key, entry in targets.entries.items():
        if key != "csv":
            message = Text("targets stand in a table and beside it; keep them in one place")
            reading.findings.add(entry.start, f"targets.{key}", message)
    file = reading.file(targets.entries["csv"], "targets.csv")
    rows = read_cells(file, reading.findings) if file is not None else None
    if file is not None:
        reading.tables.setdefault(file, None)
    return _entries(rows, reading) if rows is not None else {}


def _understood(name: str, entry: Node, reading: Reading) -> Node:
    """The entry of a target, its operator and probability marked as refused where they cannot be."""
    if not entry.is_mapping:
        return entry
    content = dict(entry.entries)
    variable, operator = content.get("variable"), content.get("operator")
    said = variable.content if variable is not None and isinstance(variable.content, str) else ""
    if (operator is None or operator.content is None) and better_sense(said) is None:
        if said in QUANTITIES:
            message = Text(
                "missing, and neither more nor less of {said} is better by itself; write <= or >=", said=said
            )
            reading.findings.add(entry.start, f"targets.{name}.operator", message)
        content["operator"] = Node(entry.place, math.nan)
    problem = _improbable(content["probability"]) if "probability" in content else None
    if problem is not None:
        reading.refuse(content["probability"], f"targets.{name}.probability", problem)
        content["probability"] = replace(content["probability"], content=math.nan)
    return replace(entry, content=content)


def _improbable(node: Node) -> str | None:
    """What is wrong with a number that should be a probability, if anything."""
    number = node.content
    if isinstance(number, bool) or not isinstance(number, int | float) or math.isnan(number) or 0 < number < 1:
        return None
    if 1 < number < 100:
        return Text(
            "{text} is not a probability; write {share:g} for {percent:g} percent",
            text=node.text,
            share=number / 100,
            percent=number,
        )
    return Text("{text} is not a probability; expected more than 0 and less than 1, such as 0.8", text=node.text)


def _entries(rows: list[Row], reading: Reading) -> dict[str, Node]:
    known = ("id", *fields_of(Target))
    header = rows[0]
    for cell in header:
        if cell.text not in known:
            reading.findings.add(
                cell.place,
                "",
                Text("unknown column {text!r}{hint}", text=cell.text, hint=nearest_hint(cell.text, known)),
            )
    if "id" not in [cell.text for cell in header]:
        reading.findings.add(header[0].place, "", Text("column id is missing; expected a short name for each target"))
        return {}
    entries: dict[str, Node] = {}
    for row in rows[1:]:
        cells = {name.text: cell for name, cell in zip(header, row, strict=True) if name.text in known}
        name = cells.pop("id")
        if not name.text or name.text in entries:
            said = (
                Text("id {text} stands twice; first at {place}", text=name.text, place=entries[name.text].place)
                if name.text
                else Text("empty id")
            )
            reading.findings.add(name.place, Text("column id"), said)
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
