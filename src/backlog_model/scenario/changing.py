"""A scenario's tree with other entries at some dotted paths."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backlog_model.errors import nearest_hint
from backlog_model.scenario.findings import Place
from backlog_model.scenario.merging import merged
from backlog_model.scenario.nodes import Node, leaves, made
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.shapes import Shape
from backlog_model.translation import Text

_HERE = Place("replace")


def changed(tree: Node, shape: Shape, changes: Mapping[str, Any], reading: Reading) -> Node:
    """The same tree with other entries; paths that do not exist, and entries that cannot be, are noted.

    An entry replaces what is there, but a value with only modifiers changes the value that is there.
    """
    for path, entry in changes.items():
        node = made(entry, _HERE)
        for steps, leaf in leaves(node):
            if leaf.is_refused:
                here = ".".join([path, *(str(step) for step in steps)])
                reading.refuse(leaf, here, Text("{text} cannot be written in a scenario", text=leaf.text))
        tree = _with_entry(tree, shape, path, path.split("."), node, reading)
    return tree


def _with_entry(node: Node, shape: Shape | None, path: str, steps: list[str], entry: Node, reading: Reading) -> Node:
    key, *further = steps
    below = shape.below(key) if shape is not None else None
    if shape is None or below is None or (shape.record is None and key not in node.entries):
        known = shape.known if shape is not None and shape.known else tuple(node.entries)
        reading.findings.add(_HERE, path, Text("unknown key {key}{hint}", key=key, hint=nearest_hint(key, known)))
        return node
    present = node.entries.get(key)
    if further:
        entry = _with_entry(present or Node(_HERE, {}), below, path, further, entry, reading)
    elif present is not None and below.value is not None:
        entry = merged(entry, present, below, path, reading)
    return replace(node, content={**node.entries, key: entry})
