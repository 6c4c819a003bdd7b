"""Levers that can move a target: money of programmes, quota of housing finance, artisan crews, absorption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import changed
from backlog_model.analysis.limits import programmes_of
from backlog_model.dynamics.simulation import records
from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs, funded_pairs
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Scenario

PLANNED_AHEAD = 2
"""Years after the last known one from which money is still to be decided: the year being planned."""

AMPLE = 16.0
"""How many times the money for everything that waits, in every pot and region, is more than can be of any use."""

_SMALLEST = 1e-4  # part of a further rupiah from which a pot or region counts in what is ample

_FIELDS = {
    "idr": ("budget_idr", "provincial_budget_idr"),
    "households": ("quota_households", "provincial_quota_households"),
}


@dataclass(frozen=True)
class Lever:
    """Money, or finance quota, that can move a target, and how each further rupiah is spread.

    Attributes
    ----------
    unit : `idr`, or `households` of a finance quota
    programmes : those that can move the target
    sources : where their money comes from
    years : those in which it is still to be decided, up to the last year asked for
    patterns : field of the years -> part of each further unit of a year, summing to 1 in years that can be decided and
        to 0 in the others; the shape of the field, draw axis 1
    ample : (year,) more than can be of use
    present : (year,) what is written there already, mean over the draws
    before : what is written in the year before the first, or in the first where that is more
    pots : by `programme.source` (of a quota by programme), (year,) what is written there, and the part of each further
        unit that goes there
    region : code of the region that it is spent in; the province's for all of them
    """

    unit: Literal["idr", "households"]
    programmes: tuple[str, ...]
    sources: tuple[str, ...]
    years: tuple[int, ...]
    patterns: Mapping[str, Array]
    ample: Array
    present: Array
    before: float
    pots: Mapping[str, tuple[Array, Array]]
    region: str

    def budgets(self, extra: Array) -> dict[str, Array]:
        """(year,) whole budget of every pot, further units (year,) included."""
        return {name: written + part * extra for name, (written, part) in self.pots.items()}

    def applied(self, inputs: Inputs, extra: Array) -> Inputs:
        """Inputs with more of it.

        Parameters
        ----------
        extra : (year of the lever,) or (year of the lever, draw)
        """
        axes = inputs.axes
        added = np.zeros((len(axes.years), *extra.shape[1:]))
        added[[axes.years.index(year) for year in self.years]] = extra
        fields = {}
        for name, pattern in self.patterns.items():
            if pattern.any():
                between = (1,) * (pattern.ndim - 3)
                more = added.reshape(len(added), *between, *(extra.shape[1:] or (1,)), 1)
                fields[name] = getattr(inputs.yearly, name) + more * pattern[: len(added)]
        return changed(inputs, fields)


def first_year(scenario: Scenario, year: int) -> int:
    """First year whose money is still to be decided when a target of some year is planned for."""
    return min(scenario.now + PLANNED_AHEAD, year)


def lever_of(
    scenario: Scenario,
    inputs: Inputs,
    aims: Sequence[Aim],
    *,
    first: int | None = None,
    last: int | None = None,
    sources: Sequence[str] | None = None,
    programmes: Sequence[str] | None = None,
) -> Lever | None:
    """What can move every one of some aims; None where nothing that the scenario names can.

    Each further rupiah is spread over programmes and sources as the money written for the year is; where nothing is
    written, alike. Money for a region's target is spent in that region.

    Parameters
    ----------
    aims : targets that the same programmes can move
    first, last : first and last year to be decided; by default the year being planned and the last one of the aims
    sources, programmes : only these
    """
    axes = inputs.axes
    names = [name for name in _programmes(aims, inputs) if programmes is None or name in programmes]
    latest = max(aim.year for aim in aims)
    start = first_year(scenario, latest) if first is None else first
    years = tuple(year for year in axes.years if start <= year <= (last or latest))
    region = aims[0].goal.region if len({aim.goal.region for aim in aims}) == 1 else axes.province
    column = None if region == axes.province else axes.regions.index(region)
    if not years or not names:
        return None
    if set(names) <= set(axes.finance_programmes):
        return _quota(scenario, inputs, names, years, column)
    names = [name for name in names if name not in axes.finance_programmes]
    pots = _pots(inputs, names, aims, sources)
    return _money(scenario, inputs, pots, years, column) if pots else None


def _programmes(aims: Sequence[Aim], inputs: Inputs) -> list[str]:
    """Programmes that can move all of some aims."""
    axes = inputs.axes
    able = [set(_able(aim, inputs)) for aim in aims]
    return [name for name in axes.programmes if all(name in each for each in able)]


def _able(aim: Aim, inputs: Inputs) -> list[str]:
    """Programmes that can move a target: of its kind, and for the class or authority that it counts."""
    axes, rules, part = inputs.axes, inputs.rules, aim.goal.part
    found = list(programmes_of(aim.goal.variable, part, axes))
    if part in axes.severities and QUANTITIES[aim.goal.variable].parts == "severity":
        column = axes.severities.index(part)
        found = [name for name in found if rules.treats[axes.house_programmes.index(name), column]]
    if part in axes.authorities and QUANTITIES[aim.goal.variable].parts == "authority":
        place = axes.authorities.index(part)
        found = [name for name in found if rules.slum_authority[axes.slum_programmes.index(name)] == place]
    return found


def _pots(
    inputs: Inputs, names: Sequence[str], aims: Sequence[Aim], sources: Sequence[str] | None
) -> list[tuple[int, int]]:
    """(programme, source) of the pots of some programmes, of some sources."""
    axes = inputs.axes
    parts = {aim.goal.part.partition(".")[2] for aim in aims} - {""}
    wanted = set(axes.sources if sources is None else sources) & (parts or set(axes.sources))
    mine = [axes.programmes.index(name) for name in names]
    return [(p, s) for p, s in funded_pairs(inputs.rules) if p in mine and axes.sources[s] in wanted]


def _money(
    scenario: Scenario, inputs: Inputs, pots: list[tuple[int, int]], years: tuple[int, ...], column: int | None
) -> Lever:
    axes = inputs.axes
    chosen = [axes.years.index(year) for year in years]
    rows = [max(0, chosen[0] - 1), *chosen]
    written = _written(scenario, inputs, pots, rows, column)
    before = float(max(written[:, row].sum() for row in rows[:2]))
    if rows[0] < chosen[0]:
        written[:, rows[0]] = 0.0
    whole = written.sum(axis=(0, 4))[chosen]  # (year, source, programme), before equal weights are filled in
    present = written.sum(axis=(0, 2, 3, 4))
    for row in chosen:
        if present[row] <= 0.0:
            _spread_alike(written[:, row], pots, scenario, axes, column)
        _share_by_cofunding(written[:, row], pots, inputs, row)
    parts = written / np.maximum(written.sum(axis=(0, 2, 3, 4), keepdims=True)[:1], 1e-300)
    smallest = np.array([max(float(parts[:, row][parts[:, row] > 0.0].min()), _SMALLEST) for row in chosen])
    part = parts.sum(axis=(0, 4))[chosen]
    return Lever(
        unit="idr",
        programmes=tuple(dict.fromkeys(axes.programmes[p] for p, _ in pots)),
        sources=tuple(dict.fromkeys(axes.sources[s] for _, s in pots)),
        years=years,
        patterns={"budget_idr": parts[0][:, :, :, None], "provincial_budget_idr": parts[1][:, :, :, None, :1]},
        ample=AMPLE * np.maximum(_everything(inputs, pots), present)[chosen] / smallest,
        present=present[chosen],
        before=before,
        pots={f"{axes.programmes[p]}.{axes.sources[s]}": (whole[:, s, p], part[:, s, p]) for p, s in pots},
        region=axes.province if column is None else axes.regions[column],
    )


def _written(
    scenario: Scenario, inputs: Inputs, pots: list[tuple[int, int]], rows: Sequence[int], column: int | None
) -> Array:
    """(regional or provincial, year, source, programme, region) money written in some years, mean over the draws."""
    axes = inputs.axes
    regional, provincial = (_whole(inputs, name) for name in _FIELDS["idr"])
    reaching = Projection(inputs, records(inputs, variables=frozenset(("budget_idr",)))) if column is not None else None
    written = np.zeros((2, len(axes.years), len(axes.sources), len(axes.programmes), len(axes.regions)))
    for p, s in pots:
        pot = scenario.programmes[axes.programmes[p]].budget_idr[axes.sources[s]]
        if reaching is not None:
            part = f"{axes.programmes[p]}.{axes.sources[s]}"
            written[0, rows, s, p, column] = reaching.array("budget_idr", part=part)[rows, :, column].mean(axis=1)
        elif pot.by_region:
            written[0, rows, s, p] = regional[rows, s, p]
        else:
            written[1, rows, s, p, 0] = provincial[rows, s, p, 0]
    return written


def _share_by_cofunding(written: Array, pots: list[tuple[int, int]], inputs: Inputs, row: int) -> None:
    """Weights of co-funded programmes over their sources as they pay, whatever is written.

    Parameters
    ----------
    written : (regional or provincial, source, programme, region) of one year, changed in place
    """
    shares = _whole(inputs, "cofunding_share")[row].mean(axis=-1)  # (source, programme)
    for p in {p for p, _ in pots if inputs.rules.cofunded[p]}:
        mine = [s for programme, s in pots if programme == p]
        money = written[:, :, p].sum()
        pattern = written[:, mine, p].sum(axis=1)  # over the regions, as all of its sources together
        for s in mine:
            own = written[:, s, p] if written[:, s, p].any() else pattern
            written[:, s, p] = money * shares[s, p] * own / max(float(own.sum()), 1e-300)


def _whole(inputs: Inputs, name: str) -> Array:
    """(year, ..., region or 1) of a field, every year, mean over the draws."""
    array = getattr(inputs.yearly, name).mean(axis=-2)
    return np.array(np.broadcast_to(array, (len(inputs.axes.years), *array.shape[1:])))


def _spread_alike(
    written: Array, pots: list[tuple[int, int]], scenario: Scenario, axes: Axes, column: int | None
) -> None:
    """Fill in equal weights for pots without money in a year, (regional or provincial, source, programme, region)."""
    for p, s in pots:
        if column is not None:
            written[0, s, p, column] = 1.0
        elif scenario.programmes[axes.programmes[p]].budget_idr[axes.sources[s]].by_region:
            written[0, s, p] = 1.0 / len(axes.regions)
        else:
            written[1, s, p, 0] = 1.0


def _everything(inputs: Inputs, pots: list[tuple[int, int]]) -> Array:
    """(year,) money that would treat everything that waits at the opening, at the dearest programme's cost."""
    axes, yearly = inputs.axes, inputs.yearly
    first_slum = len(axes.house_programmes)
    first_new = first_slum + len(axes.slum_programmes)
    first_estate = first_new + len(axes.new_house_programmes)
    opening = inputs.opening
    waiting = (opening.rtlh_houses.sum(axis=0), opening.slum_ha.sum(axis=0), opening.households, opening.psu_estates)
    cost = np.zeros(len(axes.years))
    for p, s in pots:
        kind = sum(p >= first for first in (first_slum, first_new, first_estate))
        units = float(waiting[kind].sum(axis=-1).max())
        grant = yearly.grant_idr[:, p].max(axis=(-2, -1))
        if kind == len(waiting) - 1:
            grant = grant * yearly.houses_per_estate[:, p - first_estate].max(axis=(-2, -1))
        lost = (1.0 - yearly.overhead_share[:, p].max(axis=(-2, -1))) * (
            1.0 - yearly.leakage_share[:, p].max(axis=(-2, -1))
        )
        absorbed = np.maximum(yearly.absorption_share[:, s, p].min(axis=(-2, -1)), 0.05)
        cost = np.maximum(cost, units * grant / (lost * absorbed))
    return cost


def _quota(
    scenario: Scenario, inputs: Inputs, names: Sequence[str], years: tuple[int, ...], column: int | None
) -> Lever | None:
    """The quota of housing finance, in households."""
    axes = inputs.axes
    quota = scenario.programmes[names[0]].quota_households
    if quota is None:
        return None
    regional, provincial = (_whole(inputs, name) for name in _FIELDS["households"])
    chosen = [axes.years.index(year) for year in years]
    share = np.ones((len(axes.years), len(axes.regions))) if quota.by_region else _weights(inputs, names[0])
    written = np.broadcast_to(regional if quota.by_region else provincial, (len(axes.years), len(axes.regions))) * share
    if column is not None:
        written = written * (np.arange(len(axes.regions)) == column)
    totals = written.sum(axis=1)
    decided = np.isin(np.arange(len(axes.years)), chosen)[:, None]
    if quota.by_region or column is not None:
        alike = np.ones(len(axes.regions)) if column is None else np.arange(len(axes.regions)) == column
        parts = np.where(totals[:, None] > 0.0, written / np.maximum(totals, 1e-300)[:, None], alike / alike.sum())
        patterns = {"quota_households": (parts * decided)[:, None]}
    else:
        patterns = {"provincial_quota_households": decided[:, :, None] * 1.0}
    before = float(totals[[max(0, chosen[0] - 1), chosen[0]]].max())
    ample = np.full(len(chosen), AMPLE * float(inputs.opening.households.sum(axis=-1).max()))
    region = axes.province if column is None else axes.regions[column]
    pots = {names[0]: (totals[chosen], np.ones(len(chosen)))}
    return Lever("households", tuple(names[:1]), (), years, patterns, ample, totals[chosen], before, pots, region)


def _weights(inputs: Inputs, programme: str) -> Array:
    """(year or 1, region) share of each region in a quota of the province by its weights, need apart."""
    weight = inputs.yearly.share_weight[:, inputs.axes.programmes.index(programme)].mean(axis=-2)
    weight = weight * np.ones(len(inputs.axes.regions))
    return np.asarray(weight / np.maximum(weight.sum(axis=-1, keepdims=True), 1e-300))


def with_crews(inputs: Inputs, years: Sequence[int], more: float) -> Inputs:
    """Inputs with so many more artisan crews in each of some years, over regions and draws as those of the first."""
    axes = inputs.axes
    shape = (len(axes.years), inputs.yearly.crews.shape[1], len(axes.regions))
    crews = np.array(np.broadcast_to(inputs.yearly.crews, shape))
    first = crews[axes.years.index(years[0])].copy()
    crews[[axes.years.index(year) for year in years]] += more * first / first.mean(axis=0).sum()
    return changed(inputs, {"crews": np.minimum(crews, NO_LIMIT)})


def crews_of(inputs: Inputs, years: Sequence[int]) -> float:
    """Artisan crews of all regions in the first of some years, mean over the draws; infinite where not limited."""
    crews = inputs.yearly.crews
    row = crews[min(inputs.axes.years.index(years[0]), len(crews) - 1)].mean(axis=0)
    total = float(np.broadcast_to(row, (len(inputs.axes.regions),)).sum())
    return total if total < NO_LIMIT else float("inf")


def with_absorption(inputs: Inputs, lever: Lever, least: float) -> Inputs:
    """Inputs in which the lever's programmes spend at least some share of their money in its years."""
    axes = inputs.axes
    absorbed = inputs.yearly.absorption_share
    absorbed = np.array(np.broadcast_to(absorbed, (len(axes.years), *absorbed.shape[1:])))
    rows = [axes.years.index(year) for year in lever.years]
    for p in (axes.programmes.index(name) for name in lever.programmes):
        for row in rows:
            absorbed[row, :, p] = np.maximum(absorbed[row, :, p], least)
    return changed(inputs, {"absorption_share": absorbed})
