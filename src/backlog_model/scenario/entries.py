"""The tree of a scenario as plain data with its values read, ready to become records."""

from dataclasses import replace
from typing import Any

from backlog_model.scenario import values
from backlog_model.scenario.nodes import Node, plain
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.shapes import Shape, fields_of
from backlog_model.translation import Text

# Opening stocks that no source may cover in some regions; what is left out there is unknown, not 0.
_PARTLY_COVERED = ("opening.slum_", "opening.psu_")
_SHARED_META = ("source", "assumption", "note", "definition")


def entries(node: Node, shape: Shape | None, path: str, reading: Reading) -> Any:
    """Plain data of a node; wherever a value may stand, the value."""
    if shape is None:
        return plain(node)
    if shape.value is not None and (shape.entries is None or not node.is_mapping or values.is_value(node)):
        whole = not path.startswith(_PARTLY_COVERED)
        return values.read_value(node, path, shape.value, reading, whole=whole)
    if shape.record is not None and node.is_mapping:
        return _record(node, shape, path, reading)
    if shape.entries is not None and node.is_mapping:
        return _by_name(node, shape.entries, path, reading)
    if shape.items is not None and isinstance(node.content, list):
        places = enumerate(node.content)
        return tuple(entries(each, shape.items, f"{path}.{place}", reading) for place, each in places)
    return plain(node)


def _record(node: Node, shape: Shape, path: str, reading: Reading) -> dict[str, Any]:
    known = {}
    for key, entry in node.entries.items():
        below = shape.below(key)
        here = f"{path}.{key}" if path else key
        if below is None:
            reading.unknown_key(entry, here, shape.known)
        elif entry.content is not None or below.required:
            known[key] = entries(entry, below, here, reading)
    return known


def _by_name(node: Node, shape: Shape, path: str, reading: Reading) -> dict[str, Any]:
    shared = {key: node.entries[key] for key in _SHARED_META if key in node.entries and shape.value is not None}
    named = {key: entry for key, entry in node.entries.items() if key not in shared}
    read = {}
    for key, entry in named.items():
        if entry.content is None:
            reading.refuse(entry, f"{path}.{key}", Text("nothing is written here; write it, or delete the key"))
        else:
            read[key] = entries(_sourced(entry, shared), shape, f"{path}.{key}", reading)
    return read


def _sourced(entry: Node, shared: dict[str, Node]) -> Node:
    """An entry that says nothing about its source, with what is said for all its neighbours."""
    if not shared or any(key in entry.entries for key in _SHARED_META):
        return entry
    own = entry.entries if entry.is_mapping else {"value": entry}
    return replace(entry, content={**own, **shared})


def stand_in(shape: Shape, path: str) -> Any:
    """Entry in place of a missing one, so that the rest can be checked; None when there is none."""
    if shape.value is not None:
        return values.unknown(path, shape.value)
    if shape.record is None:
        return {} if shape.entries is not None else None
    needed = {name: each for name, each in fields_of(shape.record).items() if each.required}
    inner = {name: stand_in(each, f"{path}.{name}") for name, each in needed.items()}
    return None if None in inner.values() else inner
