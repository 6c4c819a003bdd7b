"""Plain data to records; what pydantic finds is told in the words and at the places of the file."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backlog_model.errors import nearest, nearest_hint
from backlog_model.scenario.defaults import FOLLOWING
from backlog_model.scenario.entries import stand_in
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.numbers import brief, instead_of_text
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import Record
from backlog_model.scenario.shapes import Shape
from backlog_model.translation import Text, joined

_ROUNDS = 6
Location = tuple[str | int, ...]
Whole = TypeVar("Whole", bound=Record)


def validated(data: dict[str, Any], tree: Node, reading: Reading, record: type[Whole]) -> Whole | None:
    """Record of plain data; what is wrong is noted and replaced by something neutral, so that more can be checked.

    None when too much is missing.
    """
    for _ in range(_ROUNDS):
        try:
            return record.model_validate(data)
        except ValidationError as error:
            found = [(detail, _known_part(detail["loc"], data)) for detail in error.errors(include_url=False)]
        for detail, location in found:
            _note(detail, location, tree, reading)
        mended = [_mended(data, detail, location, tree, record) for detail, location in found]
        if not all(mended):
            return None
    return None


def _known_part(location: Location, data: Any) -> Location:
    """Location without the steps that pydantic adds for unions, and with the missing or strange key at its end."""
    known: list[str | int] = []
    for place, step in enumerate(location):
        if isinstance(data, dict) and (step in data or place == len(location) - 1):
            known.append(step)
            data = data.get(step)
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            known.append(step)
            data = data[step]
    return tuple(known)


def _note(detail: ErrorDetails, location: Location, tree: Node, reading: Reading) -> None:
    node, path = tree.below(location), ".".join(str(step) for step in location)
    if node.is_refused or _is_told(detail, location, tree):
        return
    if detail["type"] == "missing":
        reading.findings.add(
            node.start, path, Text("missing; write it here{misspelt}", misspelt=_misspelt(location, tree))
        )
    elif node.content is None:
        reading.refuse(node, path, Text("no value given; write one"))
    else:
        reading.refuse(node, path, _message(detail, node))


def _is_told(detail: ErrorDetails, location: Location, tree: Node) -> bool:
    """Whether the fault lies elsewhere: inside this place, which was taken out for it, or in what it follows from."""
    if location in FOLLOWING and location[0] not in tree.entries:
        return True
    holder, node = tree.below(location[:-1]), tree.below(location)
    if detail["type"] == "missing":
        return holder.is_mapping and location[-1] in holder.entries and holder.entries[str(location[-1])] is node
    return detail["type"] == "too_short" and isinstance(node.content, list) and len(node.content) > 1


def _misspelt(location: Location, tree: Node) -> str:
    """A question after an entry of a mapping by name that lacks something, when another entry is named almost alike."""
    if len(location) < 3 or location[0] not in ("programmes", "shocks", "revisions"):
        return ""
    others = [name for name in tree.below(location[:1]).entries if name != location[1]]
    close = nearest(str(location[1]), others)
    return Text(", or did you mean {close} for {name}?", close=close, name=location[1]) if close else ""


def _message(detail: ErrorDetails, node: Node) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    seen = brief(node.text) or (
        Text("a list") if isinstance(node.content, list) else Text("a mapping") if node.is_mapping else Text("nothing")
    )
    quoted = repr(seen) if node.text else seen
    if kind == "literal_error":
        return joined([seen, nearest_hint(seen, _options(detail))])
    if kind == "string_type":
        return (
            Text('{seen} is not text; write "{seen}" in quotes', seen=seen)
            if node.text
            else Text("{seen} stands where text is expected", seen=seen)
        )
    if kind in ("int_type", "float_type", "int_from_float"):
        advice = instead_of_text(node.text) if isinstance(node.content, str) else Text("expected a number")
        if kind.startswith("int"):
            return Text("{seen} is not a whole number; {advice}", seen=quoted, advice=advice)
        return Text("{seen} is not a number; {advice}", seen=quoted, advice=advice)
    if kind == "bool_type":
        return Text("{seen}; write true or false", seen=seen)
    if kind in ("model_type", "model_attributes_type", "dict_type", "mapping_type"):
        return Text("{seen} stands where a mapping of keys is expected", seen=seen)
    if kind in ("tuple_type", "too_short"):
        if kind == "too_short":
            return Text("{seen}; expected a list of at least two", seen=seen)
        return Text("{seen}; expected a list", seen=seen)
    limits = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}
    if kind in limits:
        words = {"ge": Text("at least"), "le": Text("at most"), "gt": Text("more than"), "lt": Text("less than")}[
            limits[kind]
        ]
        return Text("{seen}; expected {words} {limit:g}", seen=seen, words=words, limit=context[limits[kind]])
    return Text("{seen}: {message}", seen=seen, message=detail["msg"])


def _options(detail: ErrorDetails) -> list[str]:
    """Words that may stand where another one was found."""
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return [name.strip("' ") for name in expected.replace(" or ", ", ").split(", ")]


def _mended(data: dict[str, Any], detail: ErrorDetails, location: Location, tree: Node, record: type[Record]) -> bool:
    """Put something neutral at a location, or take out what holds it; whether something is left."""
    shape: Shape | None = Shape(record=record)
    for step in location:
        shape = shape.below(str(step)) if shape is not None else None
    neutral = stand_in(shape, ".".join(str(step) for step in location)) if shape is not None else None
    if detail["type"] == "string_type":
        neutral = tree.below(location).text or None
    elif detail["type"] == "literal_error":
        neutral = _options(detail)[0]
    if neutral is None and shape is not None and shape.required:
        return _without(data, location[:-1])
    if neutral is None:
        return _without(data, location)
    holder = _holder(data, location)
    if isinstance(holder, dict):
        holder[location[-1]] = neutral
    return isinstance(holder, dict) or _without(data, location[:-1])


def _without(data: dict[str, Any], location: Location) -> bool:
    """Take out the entry at a location, or the list that holds it; whether something is left."""
    if not location:
        return False
    holder = _holder(data, location)
    if isinstance(holder, dict):
        holder.pop(location[-1], None)
        return True
    return holder is None or _without(data, location[:-1])


def _holder(data: Any, location: Location) -> Any:
    """What holds the entry at a location; None when it was taken out already."""
    for step in location[:-1]:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
