"""The random numbers of a scenario: which stream a value reads, and how correlated values share theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from backlog_model.inputs import Array
from backlog_model.scenario.correlation import Copula, normal
from backlog_model.scenario.paths import Drawn
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams

Key = tuple[str, Drawn, tuple[int, ...], tuple[str, ...]]

_copula = lru_cache(maxsize=16)(Copula.of)  # chunks of a run ask for the same one
_BY_REGION = ("region", "region_year")
_BY_YEAR = ("year", "region_year")


@dataclass(frozen=True)
class Drawing:
    """Numbers of every uncertain value of a scenario in some draws of a run.

    Attributes
    ----------
    knowledge : streams of what is one number for all years, only nobody knows it well
    chance : streams of what is drawn anew in each year; usually the same streams
    copula : which values move together
    draws : the draws wanted, of all draws of the run
    """

    knowledge: Streams
    chance: Streams
    copula: Copula
    draws: range
    _independent: dict[Key, Array] = field(default_factory=dict, repr=False, compare=False)
    _normal: dict[Key, Array] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, scenario: Scenario, streams: Streams, draws: range, *, chance: Streams | None = None) -> "Drawing":
        """Numbers of a scenario."""
        return cls(streams, chance or streams, _copula(scenario.correlations), draws)

    def uniform(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """Numbers in (0, 1) of a value, (year or 1, draw, region or 1); correlated ones from those of its group."""
        members = self.copula.members(name)
        if len(members) == 1:
            return self._independent_uniform(name, drawn, years, regions)
        return self.copula.mixed(
            name, {each: self._independent_normal(each, drawn, years, regions) for each in members}
        )

    def _independent_normal(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """The same numbers as normal ones; those of a group are turned once for all its members."""
        key = name, drawn, years, regions
        if key not in self._normal:
            self._normal[key] = normal(self._independent_uniform(*key))
        return self._normal[key]

    def _independent_uniform(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """Numbers of a value before correlation; those of a group are read once for all its members."""
        key = name, drawn, years, regions
        if key not in self._independent:
            streams = self.chance if drawn in _BY_YEAR else self.knowledge
            self._independent[key] = streams.uniforms(
                name,
                slice(self.draws.start, self.draws.stop),
                codes=regions if drawn in _BY_REGION else ("",),
                years=years if drawn in _BY_YEAR else (0,),
            )
        return self._independent[key]


@dataclass(frozen=True)
class Moved:
    """Futures in which some values stand at chosen points of their range; nothing else is read from it.

    Attributes
    ----------
    points : by dotted path, (draw,) probabilities of the values wanted
    draws : the futures
    """

    points: Mapping[str, Array]
    draws: range

    def uniform(self, name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
        """Probabilities of a value, (1, draw, 1): the same in every year and region; the middle of a drawn split."""
        if name in self.points:
            return self.points[name][None, :, None]
        return np.full((1, len(self.draws), len(regions)), 0.5)
