"""A scenario and the one it extends, merged entry by entry."""

from backlog_model.scenario.nodes import Node
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.shapes import Shape
from backlog_model.scenario.values import COMPANIONS, MAIN, META, MODIFIERS, is_value
from backlog_model.translation import Text

_CHANGES = {*MODIFIERS, *COMPANIONS, *META}
_ORIGIN = {"source", "assumption", "note"}


def merged(child: Node, parent: Node, shape: Shape | None, path: str, reading: Reading) -> Node:
    """What is written in the child, and in the parent where the child says nothing.

    A value with a main kind replaces the parent's; one with only modifiers changes it.
    """
    if not child.is_mapping:
        return child
    if shape is not None and shape.value is not None:
        changed = _changed_value(child, parent, path, reading)
        if changed is not None:
            return changed
    if not parent.is_mapping:
        return child
    entries = dict(parent.entries)
    for key, entry in child.entries.items():
        below = shape.below(key) if shape is not None else None
        here = f"{path}.{key}" if path else key
        entries[key] = merged(entry, entries[key], below, here, reading) if key in entries else entry
    return Node(child.place, entries, key_place=child.key_place)


def _changed_value(child: Node, parent: Node, path: str, reading: Reading) -> Node | None:
    """The parent's value with the child's changes; None when both give entries by class or source."""
    keys = set(child.entries)
    if keys & set(MAIN):
        return child
    if not keys <= _CHANGES:
        return child if is_value(parent) or not parent.is_mapping else None
    if parent.is_mapping and not is_value(parent):
        names = ", ".join(parent.entries)
        reading.findings.add(
            child.start, path, Text("the parent gives {names} one by one; change each of them", names=names)
        )
        return parent
    base = parent.entries if parent.is_mapping else {"value": parent}
    said_anew = bool(keys & _ORIGIN)
    kept = {key: entry for key, entry in base.items() if not (said_anew and key in _ORIGIN)}
    return Node(child.place, {**kept, **child.entries}, key_place=child.key_place)
