"""What may stand at each place of a scenario, read off the records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from backlog_model.scenario.paths import Value
from backlog_model.scenario.records import Record
from backlog_model.scenario.units import Unit, unit_of


@dataclass(frozen=True)
class Shape:
    """What may stand at a place: a value of a unit, a record, or entries by name or in a list."""

    value: Unit | None = None
    record: type[Record] | None = None
    entries: "Shape | None" = None
    items: "Shape | None" = None
    required: bool = False

    def below(self, key: str) -> "Shape | None":
        """What may stand under a key, or at a place of a list; None for an unknown one."""
        if self.record is not None:
            return fields_of(self.record).get(key)
        return self.entries or self.items

    @property
    def known(self) -> tuple[str, ...]:
        """Known keys of a record."""
        return tuple(fields_of(self.record)) if self.record is not None else ()


@cache
def fields_of(record: type[Record]) -> Mapping[str, Shape]:
    """What may stand under each key of a record."""
    return {
        name: replace(_shape(field.annotation, unit_of(name)), required=field.is_required())
        for name, field in record.model_fields.items()
    }


def _shape(annotation: Any, unit: Unit) -> Shape:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(inner[0], next((each for each in inner[1:] if isinstance(each, Unit)), unit))
    if origin in (Union, UnionType):
        return _joined([_shape(each, unit) for each in inner])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return Shape(entries=_shape(inner[1], unit))
    if origin is tuple:
        return Shape(items=_shape(inner[0], unit))
    if annotation is Value:
        return Shape(value=unit)
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape(record=annotation)
    return Shape()


def _joined(shapes: list[Shape]) -> Shape:
    value = next((shape.value for shape in shapes if shape.value), None)
    record = next((shape.record for shape in shapes if shape.record), None)
    entries = next((shape.entries for shape in shapes if shape.entries), None)
    items = next((shape.items for shape in shapes if shape.items), None)
    return Shape(value, record, entries, items)
