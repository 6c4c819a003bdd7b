"""What every check of a scenario needs: its records, the tree they came from, and central values."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backlog_model.scenario.findings import Place
from backlog_model.scenario.nodes import Node
from backlog_model.scenario.paths import Array, Value, numbers_in
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import Record
from backlog_model.scenario.schema import Scenario

TOLERANCE = 1e-6
_ALONE = ("region",)


@dataclass(frozen=True)
class Checking:
    """One scenario being checked."""

    scenario: Scenario
    tree: Node
    reading: Reading

    @property
    def codes(self) -> tuple[str, ...]:
        """Region codes; a single nameless one when the region table could not be read."""
        return self.reading.codes or _ALONE

    @property
    def years(self) -> tuple[int, ...]:
        """Simulated years."""
        return self.scenario.years.all

    @property
    def base_year(self) -> int:
        """Year of the opening stocks."""
        return self.scenario.years.first - 1

    def refuse(self, path: str, message: str) -> None:
        """Note a problem with what stands at a dotted path."""
        self.reading.findings.add(self._node(path).start, path, message)

    def refuse_at(self, path: str, message: str) -> None:
        """Note a problem with the entry itself, where its key is not the culprit."""
        self.reading.findings.add(self.place(path), path, message)

    def warn(self, path: str, message: str) -> None:
        """Note something usable that should be put right."""
        self.reading.findings.warn(self._node(path).start, path, message)

    def place(self, path: str) -> Place:
        """Where the entry at a dotted path stands."""
        return self._node(path).place

    def _node(self, path: str) -> Node:
        return self.tree.below(tuple(int(step) if step.isdigit() else step for step in path.split(".")))

    def written(self, path: str) -> bool:
        """Whether something is written at a dotted path."""
        node = self.tree
        for step in path.split("."):
            if step not in node.entries:
                return False
            node = node.entries[step]
        return True

    def central(self, value: Value) -> Array | None:
        """Central path over the simulated years; None when it does not reach over them, which is said elsewhere."""
        return _central(value, self.years, self.codes)

    def opening(self, value: Value) -> Array | None:
        """Central opening stock by region."""
        return _central(value, (self.base_year,), self.codes)


def _central(value: Value, years: tuple[int, ...], codes: tuple[str, ...]) -> Array | None:
    first = value.first_year()
    if not years or (first is not None and first > years[0]):
        return None
    return value.array(years, codes)


def values_in(entry: object) -> Iterator[Value]:
    """Every value in a record, mapping or list."""
    if isinstance(entry, Value):
        yield entry
    elif isinstance(entry, Record):
        for name in type(entry).model_fields:
            yield from values_in(getattr(entry, name))
    elif isinstance(entry, Mapping):
        yield from _each(entry.values())
    elif isinstance(entry, tuple):
        yield from _each(entry)


def _each(entries: Iterable[object]) -> Iterator[Value]:
    for entry in entries:
        yield from values_in(entry)


def unread(value: Value) -> bool:
    """Whether a value could not be read, which has been said already."""
    return any(math.isnan(number) for number in numbers_in(value.form))


def by_class(value: "Value | Mapping[str, Value]", classes: tuple[str, ...]) -> dict[str, Value]:
    """A value for each class."""
    return dict.fromkeys(classes, value) if isinstance(value, Value) else dict(value)
