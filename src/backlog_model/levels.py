"""A projection seen by region or for the province: what indicators are read from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from backlog_model import indicators
from backlog_model.inputs import AUTHORITIES, Array, Inputs, funded_pairs
from backlog_model.quantities import QUANTITIES

_SLUM = frozenset(name for name, quantity in QUANTITIES.items() if quantity.parts in ("authority", "gross_net"))
_OWNERSHIP = frozenset(
    ("ownership_backlog_households", "financed_households", "self_acquired_households", "excess_backlog_households")
)
_PSU = frozenset(("psu_estates", "psu_handed_over_estates", "psu_gap_estates", "psu_share", "aided_estates"))


def part_labels(variable: str, inputs: Inputs) -> tuple[str, ...]:
    """Labels of the parts of a variable; parts of a stock or flow add up to its total."""
    return _LABELS[QUANTITIES[variable].parts](inputs)


def _pots(inputs: Inputs) -> tuple[str, ...]:
    axes = inputs.axes
    programmes, sources = axes.programmes, axes.sources
    return tuple(f"{programmes[p]}.{sources[s]}" for p, s in funded_pairs(inputs.rules))


_LABELS: Mapping[str, Callable[[Inputs], tuple[str, ...]]] = {
    "total": lambda _: ("total",),
    "severity": lambda inputs: inputs.axes.severities,
    "authority": lambda _: AUTHORITIES,
    "programme": lambda inputs: inputs.axes.house_programmes,
    "slum_programme": lambda inputs: inputs.axes.slum_programmes,
    "new_house_programme": lambda inputs: inputs.axes.new_house_programmes,
    "estate_programme": lambda inputs: inputs.axes.estate_programmes,
    "money": _pots,
    "handled_base": lambda _: ("fixed_base", "moving_base"),
    "gross_net": lambda _: ("gross", "net"),
}


@dataclass(frozen=True)
class Level:
    """Recorded values and inputs, by region or summed over the province; 0 where nothing covers them.

    Attributes
    ----------
    inputs, values : of a projection
    regions : the level by region below the province; None when this is it
    """

    inputs: Inputs
    values: Mapping[str, Array]
    regions: "Level | None" = None
    _sums: dict[tuple[str, str], Array] = field(default_factory=dict, repr=False, compare=False)

    @property
    def province(self) -> bool:
        """Whether this is the province, not its regions."""
        return self.regions is not None

    @property
    def by_region(self) -> "Level":
        """The level by region."""
        return self.regions or self

    def raw(self, variable: str, part: str = "total") -> Array:
        """Values of a recorded or derived variable, (year, draw, region), 0 where nothing covers them."""
        key = variable, part
        if key not in self._sums:  # indicators ask for the same sums again and again
            found = DERIVED[variable](self, part) if variable in DERIVED else self._stored(variable, part)
            found.setflags(write=False)
            self._sums[key] = found
        return self._sums[key]

    def _stored(self, variable: str, part: str) -> Array:
        stored = self.values[variable]
        if part == "total":
            return self.summed(stored[:, 0] if stored.shape[1] == 1 else stored.sum(axis=1))
        recorded = part_labels(variable, self.inputs)
        if QUANTITIES[variable].parts == "authority":
            recorded = self.inputs.axes.authorities
        if part not in recorded:
            return self.summed(np.zeros((len(stored), *stored.shape[2:])))
        return self.summed(stored[:, recorded.index(part)])

    def yearly(self, name: str) -> Array:
        """An input (..., draw, region) spread over all years and regions, summed for the province."""
        values = getattr(self.inputs.yearly, name)
        axes = self.inputs.axes
        return self.summed(np.broadcast_to(values, (len(axes.years), *values.shape[1:-1], len(axes.regions))))

    def opening_handled(self) -> Array:
        """Hectares handled before the opening, all authorities, (1, draw, region)."""
        return self.summed(self.inputs.opening.slum_handled_ha.sum(axis=0)[None])

    def hidden(self, values: Array, variable: str, part: str = "total") -> Array:
        """Values with NaN where no source covers them; totals are those of the covered regions."""
        covered = self._covered(variable, part)
        if covered is None or covered.all():
            return values
        if self.province:
            return values if covered.any() else np.full_like(values, np.nan)
        return np.where(covered, values, np.nan)

    def _covered(self, variable: str, part: str) -> npt.NDArray[np.bool_] | None:
        coverage = self.inputs.coverage
        if variable in _SLUM:
            slum = coverage.slum[AUTHORITIES.index(part)] if part in AUTHORITIES else coverage.slum.any(axis=0)
            return np.asarray(slum, dtype=np.bool_)
        if variable in _PSU:
            return coverage.psu
        if variable in _OWNERSHIP:
            return np.full(len(self.inputs.axes.regions), coverage.ownership, dtype=np.bool_)
        return None

    def summed(self, values: Array) -> Array:
        """Values of the level: by region, or their sum."""
        return values.sum(axis=-1, keepdims=True) if self.province else values


def _cumulated(values: Array) -> Array:
    """Values added up from the first year on; `np.cumsum` is much slower where draws lie side by side."""
    found = values.copy(order="K")
    for year in range(1, len(found)):
        found[year] += found[year - 1]
    return found


def _net_clearance(level: Level, _part: str = "total") -> Array:
    stock = level.raw("rtlh_houses")
    return np.asarray(indicators.net_clearance(stock[:-1], level.raw("revision_houses"), stock[1:]))


def _new_rtlh(level: Level, _part: str) -> Array:
    inflows = ("deteriorated_houses", "relapsed_houses", "substandard_built_houses", "disaster_houses")
    return np.asarray(sum(level.raw(name) for name in inflows))


def _registry_remaining(level: Level, _part: str) -> Array:
    """The closed ledger of the official tally: opening less everything counted officially, no inflow."""
    counted = _cumulated(level.raw("official_handled_houses"))
    opening = level.raw("rtlh_houses")[:1]
    return np.concatenate([opening, opening - counted])


def _official_handled(level: Level, part: str) -> Array:
    """Finished houses that the official tally counts."""
    by_region = level.by_region
    shares = by_region.yearly("official_tally_share")
    programmes = level.inputs.axes.house_programmes
    counted = [
        by_region.raw("reported_handled_houses", name) * shares[:, position]
        for position, name in enumerate(programmes)
        if part in ("total", name)
    ]
    nothing = 0.0 * by_region.raw("reported_handled_houses")
    return level.summed(np.asarray(sum(counted, start=nothing)))


def _unspent(level: Level, part: str) -> Array:
    return level.raw("budget_idr", part) - level.raw("spent_idr", part)


DERIVED: Mapping[str, Callable[[Level, str], Array]] = {
    "official_handled_houses": _official_handled,
    "unspent_idr": _unspent,
    "net_clearance_houses": _net_clearance,
    "new_rtlh_houses": _new_rtlh,
    "registry_remaining_houses": _registry_remaining,
}
"""Variables that follow from recorded ones by addition or a known share."""


def _decent_share(level: Level, _part: str) -> Array:
    stocks = (level.raw(name) for name in ("decent_houses", "treated_houses", "rtlh_houses"))
    return np.asarray(indicators.decent_share(*stocks))


def _rtlh_handled_share(level: Level, part: str) -> Array:
    handled, stock = level.raw("reported_handled_houses"), level.raw("rtlh_houses")
    if part == "moving_base":
        return np.asarray(indicators.share_of(handled, stock[:-1]))
    return np.asarray(indicators.share_of(_cumulated(handled), stock[:1]))


def _slum_handled_share(level: Level, part: str) -> Array:
    """Hectares handled over the decree base since the decree; `net` takes relapse off (the total is `gross`)."""
    base = level.yearly("slum_base_ha").sum(axis=1)[:1]
    opening = level.opening_handled()
    counted = _cumulated(level.raw("slum_handled_ha"))
    if part == "net":
        counted = counted - _cumulated(level.raw("relapsed_slum_ha"))
    return np.asarray(indicators.share_of(np.concatenate([opening, opening + counted]), base))


def _break_even(level: Level, _part: str) -> Array:
    return np.asarray(indicators.break_even(level.raw("effective_handled_houses"), _net_clearance(level)))


def _years_to_clear(level: Level, _part: str) -> Array:
    return np.asarray(indicators.years_to_clear(level.raw("rtlh_houses")[1:], _net_clearance(level)))


def _programme_contribution(level: Level, _part: str) -> Array:
    flows = (level.raw(name) for name in ("effective_handled_houses", "self_improved_houses", "removed_rtlh_houses"))
    return np.asarray(indicators.programme_contribution(*flows))


def _house_budget(level: Level, variable: str) -> Array:
    houses = set(level.inputs.axes.house_programmes)
    labels = part_labels(variable, level.inputs)
    mine = [label for label in labels if label.partition(".")[0] in houses]
    return np.asarray(sum((level.raw(variable, label) for label in mine), start=0.0 * level.raw("revision_houses")))


def _cost_per_net_house(level: Level, _part: str) -> Array:
    return np.asarray(indicators.cost_per_net_house(_house_budget(level, "spent_idr"), _net_clearance(level)))


def _funding_gap(level: Level, _part: str) -> Array:
    by_region = level.by_region
    programmes = len(level.inputs.axes.house_programmes)
    cost = by_region.yearly("unit_cost_idr")[:, :programmes]
    waiting = by_region.raw("rtlh_houses")[:-1]
    need = waiting * (cost.mean(axis=1) if programmes else np.nan)
    need = need.sum(axis=-1, keepdims=True) if level.province else need
    return np.asarray(indicators.funding_gap(need, _house_budget(level, "budget_idr")))


def _psu_share(level: Level, _part: str) -> Array:
    return np.asarray(indicators.share_of(level.raw("psu_handed_over_estates"), level.raw("psu_estates")))


INDICATORS: Mapping[str, Callable[[Level, str], Array]] = {
    "decent_share": _decent_share,
    "rtlh_handled_share": _rtlh_handled_share,
    "slum_handled_share": _slum_handled_share,
    "break_even_houses": _break_even,
    "years_to_clear": _years_to_clear,
    "programme_contribution_share": _programme_contribution,
    "funding_gap_idr": _funding_gap,
    "cost_per_net_house_idr": _cost_per_net_house,
    "psu_share": _psu_share,
}
"""Ratios and solved quantities, from the sums of their level."""
