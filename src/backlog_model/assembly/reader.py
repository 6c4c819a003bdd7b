"""Values of a scenario as arrays of its axes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from backlog_model.assembly.drawing import Drawing, Moved
from backlog_model.inputs import Array, Axes
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Scenario

Key = tuple[int, tuple[int, ...]]  # identity of a value, and years


@dataclass(frozen=True)
class Reader:
    """Values of one scenario as arrays (year or 1, draw or 1, region or 1).

    Without a drawing every assumption is at its median, and chance events are at their mean.

    Attributes
    ----------
    read : values read so far and their numbers; at first, those known from before
    """

    scenario: Scenario
    axes: Axes
    drawing: Drawing | Moved | None = None
    read: dict[Key, tuple[Value, Array]] = field(default_factory=dict, repr=False)

    @property
    def base_year(self) -> int:
        """Year of the opening."""
        return self.axes.years[0] - 1

    def at(self, value: Value | None, *, default: float = 0.0, years: tuple[int, ...] | None = None) -> Array:
        """Numbers of a value in the simulated years, or in others; the default where nothing is written."""
        if value is None:
            return np.full((1, 1, 1), default)
        wanted = years or self.axes.years
        key = id(value), wanted  # programmes share assumptions: each is drawn once
        if key not in self.read:
            uniform = self.drawing.uniform if self.drawing else None
            self.read[key] = value, value.array(wanted, self.axes.regions, uniform)
        return self.read[key][1]

    @property
    def has_read_uncertain(self) -> bool:
        """Whether any of the values read is uncertain."""
        return any(value.is_uncertain for value, _ in self.read.values())

    def certain(self) -> dict[Key, tuple[Value, Array]]:
        """Values read in which nothing is drawn, and their numbers: the same in every draw."""
        return {key: read for key, read in self.read.items() if not read[0].is_uncertain}

    def classed(self, written: Any, labels: Sequence[str], *, default: float = 0.0) -> Array:
        """(year, class, draw, region) of one value for all classes, or of one for each."""
        if isinstance(written, Mapping):
            return stacked([self.at(written.get(label), default=default) for label in labels])
        return stacked([self.at(written, default=default)] * len(labels))

    def split(self, written: Any, labels: Sequence[str]) -> Array:
        """The same for shares that add to one; equal shares where nothing is written.

        Shares that are drawn one by one are scaled to add to one in each draw.
        """
        shares = self.classed(written or None, labels, default=0.0 if written else 1.0 / len(labels))
        drawn = self.drawing is not None and any(value.is_uncertain for value in (written or {}).values())
        return shares / shares.sum(axis=1, keepdims=True) if drawn else shares

    def term(self, programme: str, name: str) -> Array:
        """Numbers of a programme's own term, or else of the assumption of that name."""
        return self.at(self.scenario.of_programme(programme, name))

    def opening(self, value: Value | None) -> Array:
        """Stock at the opening, full size."""
        array = self.at(value, years=(self.base_year,)) if value is not None else np.zeros((1, 1, 1))
        return np.array(np.broadcast_to(array[0], (self.axes.draws, len(self.axes.regions))), order="C")


Fields = dict[str, Array]  # of `YearInputs`, by name
Part = Callable[[Reader], Fields]


def stacked(arrays: Sequence[Array]) -> Array:
    """Arrays (year, draw, region) as one (year, class, draw, region); or those with more axes before the draws."""
    years, *others = np.broadcast_shapes(*(array.shape for array in arrays)) if arrays else (1, 1, 1)
    whole = np.empty((years, len(arrays), *others))
    for place, array in enumerate(arrays):
        whole[:, place] = array
    return whole


def nested(arrays: Sequence[Array], classes: int) -> Array:
    """Arrays (year, class, draw, region) as one (year, programme, class, draw, region)."""
    return stacked(arrays) if arrays else np.zeros((1, 0, classes, 1, 1))
