"""Breaks of definition: dated events between two counts that no trend may cross."""

import math
from dataclasses import dataclass

from backlog_model.history import declaration
from backlog_model.history.published import Published
from backlog_model.history.tables import Row


@dataclass(frozen=True)
class Break:
    """Two counts on either side of a new registry, decree or definition.

    Attributes
    ----------
    before, after : the last count of the old definition, the first of the new one
    """

    name: str
    declared: declaration.Event
    before: Row
    after: Row

    @property
    def difference(self) -> float:
        """What the record moved by; neither inflow nor progress."""
        return self.after.value - self.before.value

    @property
    def ratio(self) -> float | None:
        """New record over old one; None where the old one is 0."""
        return self.after.value / self.before.value if self.before.value else None

    @property
    def log_ratio(self) -> float | None:
        """The same as a logarithm, as a revision of a scenario states it; None where it is undefined."""
        return math.log(self.ratio) if self.ratio is not None and self.ratio > 0 else None


def breaks(declared: declaration.History, published: Published) -> dict[str, Break]:
    """Every declared break, with its two counts."""
    return {
        name: Break(
            name,
            event,
            published.one(event.before, event.region, by=f"events.{name}.before"),
            published.one(event.after, event.region, by=f"events.{name}.after"),
        )
        for name, event in declared.events.items()
    }
