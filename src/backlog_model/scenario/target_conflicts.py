"""Targets that say the same twice, and targets that cannot hold together."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.checking import TOLERANCE, Checking
from backlog_model.scenario.schema import Target
from backlog_model.scenario.target_bases import in_words
from backlog_model.scenario.target_parts import parts_of
from backlog_model.translation import Text

SIGNED = (
    *("net_clearance_houses", "registry_remaining_houses", "break_even_houses", "funding_gap_idr", "new_households"),
    *("revision_houses", "clipped_revision_houses", "slum_revision_ha", "unspent_idr"),
)
"""Variables that can be negative."""

_SAME_AS_TOTAL = ("gross", "fixed_base")
Targets = Mapping[str, Target]
Cell = tuple[str, str]  # region and part


class Bound(NamedTuple):
    """A number that a variable must stay above or below, and the targets that ask for it."""

    number: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bounds:
    """What the targets of one variable and year ask for, region by region and part by part."""

    lower: Mapping[Cell, Bound]
    upper: Mapping[Cell, Bound]
    province: str
    codes: tuple[str, ...]
    parts: tuple[str, ...]
    floor: float  # least that a cell without targets can be

    def least(self, cell: Cell) -> Bound:
        """Least that a cell can be, by its own targets and those of what adds up to it."""
        sums = (_added(self.least(each) for each in group) for group in self._groups(cell))
        return max((self.lower.get(cell, Bound(self.floor)), *sums), key=lambda bound: bound.number)

    def most(self, cell: Cell) -> Bound:
        """Most that a cell can be, by its own targets and those of everything that adds up to it."""
        sums = (_added(self.most(each) for each in group) for group in self._groups(cell))
        return min((self.upper.get(cell, Bound(math.inf)), *sums), key=lambda bound: bound.number)

    def cells(self) -> list[Cell]:
        """Cells with targets, then the sums above them."""
        own = [*dict.fromkeys((*self.lower, *self.upper))]
        own.sort(key=lambda cell: (cell[0] == self.province) + (cell[1] == "total"))
        return [*dict.fromkeys((*own, (self.province, "total")))]

    def _groups(self, cell: Cell) -> list[list[Cell]]:
        """Cells that add up to one, in every way they do."""
        region, part = cell
        by_part = [(region, each) for each in self.parts] if part == "total" else []
        by_region = [(each, part) for each in self.codes] if region == self.province else []
        return [group for group in (by_part, by_region) if group]


def check_conflicts(targets: Targets, checking: Checking) -> None:
    """Note targets that stand twice, and those that no projection can meet together.

    Parameters
    ----------
    targets : those that apply and are right by themselves, in the order written
    checking : the scenario
    """
    kept = _once(targets, checking)
    groups: dict[tuple[str, int], dict[str, Target]] = {}
    for name, target in kept.items():
        groups.setdefault((target.variable, target.year), {})[name] = target
    for (variable, year), group in groups.items():
        if len({target.operator for target in group.values()}) > 1:
            _check_group(variable, year, group, checking)


def _once(targets: Targets, checking: Checking) -> dict[str, Target]:
    """Targets without those that repeat an earlier one."""
    first: dict[tuple[object, ...], str] = {}
    for name, target in targets.items():
        said = (target.variable, target.year, *_cell(target), target.operator, target.wanted, target.probability)
        if first.setdefault(said, name) != name:
            checking.refuse(f"targets.{name}", Text("says the same as {first}; keep one of the two", first=first[said]))
    return {name: targets[name] for name in first.values()}


def _check_group(variable: str, year: int, group: Targets, checking: Checking) -> None:
    bounds = _bounds(variable, group, checking)
    told: list[frozenset[str]] = []
    for cell in bounds.cells():
        least, most = bounds.least(cell), bounds.most(cell)
        names = frozenset((*least.names, *most.names))
        slack = TOLERANCE * max(1.0, abs(most.number))
        if least.number > most.number + slack and not any(earlier <= names for earlier in told):
            told.append(names)
            _refuse(variable, year, cell, least, most, checking)


def _bounds(variable: str, group: Targets, checking: Checking) -> Bounds:
    lower: dict[Cell, Bound] = {}
    upper: dict[Cell, Bound] = {}
    for name, target in group.items():
        side = lower if target.operator == ">=" else upper
        tightest = max if target.operator == ">=" else min
        bound, cell = Bound(target.wanted, (name,)), _cell(target)
        side[cell] = tightest(side.get(cell, bound), bound, key=lambda each: each.number)
    regions = checking.reading.regions
    adds = QUANTITIES[variable].kind != "indicator" and regions is not None
    parts = parts_of(variable, checking.scenario)[1:] if adds else ()
    province = regions.province_code if regions is not None else ""
    floor = -math.inf if variable in SIGNED else 0.0
    return Bounds(lower, upper, province, checking.codes if adds else (), parts, floor)


def _refuse(variable: str, year: int, cell: Cell, least: Bound, most: Bound, checking: Checking) -> None:
    written = [name for name in checking.scenario.targets if name in (*least.names, *most.names)]
    last, others = written[-1], ", ".join(written[:-1])
    where = " ".join(each for each in cell if each != "total")
    message = Text(
        "contradicts {others}: {variable} ({where}) in {year} would be at least {least} and at "
        "most {most}; change or drop one",
        others=others,
        variable=variable,
        where=where,
        year=year,
        least=in_words(least.number),
        most=in_words(most.number),
    )
    checking.refuse(f"targets.{last}", message)


def _cell(target: Target) -> Cell:
    return target.region, "total" if target.part in _SAME_AS_TOTAL else target.part


def _added(bounds: Iterable[Bound]) -> Bound:
    numbers = list(bounds)
    names = dict.fromkeys(name for bound in numbers for name in bound.names)
    return Bound(sum(bound.number for bound in numbers), tuple(names))
