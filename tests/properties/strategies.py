"""Hypothesis builds `Inputs` directly: any sizes, any programmes, any valid numbers, edge values included.

An example is its sizes, the features that are switched on, and a seed for the numbers. A failure shrinks to few
features, so what is left names the part of the model at fault.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from backlog_model.inputs import OPENING_SHAPES, YEAR_SHAPES, Array, Axes, Inputs, YearInputs, axis_lengths
from backlog_model.neutral import credit_kept, empty_opening, full_coverage, neutral_years, plain_rules

COUNTING_RULES = ("exit", "step", "proportional", "touched")


class Numbers:
    """Random numbers of the right shape; each axis that may have length 1 sometimes has it."""

    def __init__(self, axes: Axes, seed: int) -> None:
        self.axes, self.lengths, self.rng = axes, axis_lengths(axes), np.random.default_rng(seed)

    def any(self, name: str, low: float, high: float, *, years: bool = True, regions: bool = True) -> Array:
        """Numbers from low to high, the ends among them, in the shape of a field of `YearInputs`."""
        shape = self.shape(name, years=years, regions=regions)
        kind, values = self.rng.random(shape), self.rng.uniform(low, high, shape)
        return np.where(kind < 0.15, low, np.where(kind > 0.93, high, values))

    def large(self, name: str, low: float, high: float, *, regions: bool = True) -> Array:
        """Numbers evenly spread over orders of magnitude."""
        return np.exp(self.rng.uniform(np.log(low), np.log(high), self.shape(name, years=True, regions=regions)))

    def split(self, name: str, axis: int) -> Array:
        """Shares that add to 1 over an axis, some of them 0."""
        weights = self.any(name, 0.0, 1.0)
        weights[(slice(None),) * axis + (0,)] += 0.05
        return weights / weights.sum(axis, keepdims=True)

    def flags(self, shape: tuple[int, ...], chance: float = 0.5) -> Array:
        return (self.rng.random(shape) < chance).astype(float)

    def shape(self, name: str, *, years: bool, regions: bool) -> tuple[int, ...]:
        full = (len(self.axes.years), self.axes.draws, len(self.axes.regions))
        length = [n if self.rng.random() < 0.7 else 1 for n in full]
        inner = (self.lengths[axis] for axis in YEAR_SHAPES.get(name, ()))
        return (length[0] if years else 1, *inner, length[1], length[2] if regions else 1)


@st.composite
def axes_of(
    draw: st.DrawFn,
    *,
    house: tuple[int, int] = (0, 4),
    others: bool = True,
    regions: tuple[int, int] = (1, 4),
    classes: tuple[int, ...] = (1, 3),
) -> Axes:
    """Labels of any sizes; `others` allows programmes beside those for houses."""

    def some(name: str, low: int, high: int) -> tuple[str, ...]:
        return tuple(f"{name}_{i}" for i in range(draw(st.integers(low, high))))

    codes = [f"63.{i:02d}" for i in range(1, draw(st.integers(*regions)) + 1)]
    top = 1 if others else 0
    return Axes(
        years=tuple(range(2025, 2025 + draw(st.integers(1, 4)))),
        province="63",
        regions=tuple(draw(st.permutations(codes))),
        severities=("light", "medium", "heavy") if draw(st.sampled_from(classes)) == 3 else ("all",),
        house_programmes=some("house", *house),
        slum_programmes=some("slum", 0, 3 * top),
        new_house_programmes=some("new", 0, 2 * top),
        estate_programmes=some("estate", 0, top),
        finance_programmes=some("finance", 0, top),
        sources=some("source", 1, 2),
        draws=draw(st.integers(1, 3)),
    )


def opening_of(numbers: Numbers, *, works: bool) -> Any:
    """Opening stocks, zeros among them; `works` puts works of last year under way."""
    axes, rng = numbers.axes, numbers.rng
    opening = empty_opening(axes)
    scale = {"decent_houses": 2e5, "treated_houses": 1e4, "rtlh_houses": 3e4, "households": 2e5, "slum_ha": 50.0}
    scale |= {"slum_handled_ha": 80.0, "psu_estates": 200.0}
    if works:
        scale |= {"previous_start": 300.0, "carried_houses": 200.0, "carried_slum_ha": 5.0, "carried_new_houses": 50.0}
    for name, size in scale.items():
        shape = (*(numbers.lengths[axis] for axis in OPENING_SHAPES.get(name, ())), axes.draws, len(axes.regions))
        values = size * rng.random(shape) * (rng.random(shape) > 0.12)
        opening = opening._replace(**{name: values})
    complete = opening.psu_estates * rng.random(opening.psu_estates.shape)
    backlog = 0.9 * opening.households * rng.random(opening.households.shape)
    return opening._replace(
        ownership_backlog_households=backlog,
        psu_complete_estates=complete,
        psu_handed_over_estates=complete * rng.random(complete.shape),
    )


def _revision(n: Numbers) -> dict[str, Array]:
    sign = -1.0 if n.rng.random() < 0.5 else 1.0
    shares = n.any("revision_reclassified_share", 0.0, 1.0)
    return {
        "revision_class_houses": sign * n.any("revision_class_houses", 0.0, 3e3),
        "revision_houses": sign * n.any("revision_houses", 0.0, 4e4),
        "revision_ratio": 1.0 + sign * n.any("revision_ratio", 0.0, 0.7),
        "revision_reclassified_share": np.where(n.rng.random() < 0.3, shares, shares.round()),
    }


def _disaster(n: Numbers) -> dict[str, Array]:
    size = 10.0 ** n.rng.integers(2, 6)
    return {
        "disaster_damaged_houses": n.any("disaster_damaged_houses", 0.0, size),
        "disaster_destroyed_houses": n.any("disaster_destroyed_houses", 0.0, size),
    }


def _decay(n: Numbers) -> dict[str, Array]:
    worsening = n.any("worsening_rate", 0.0, 0.3)
    worsening[:, -1] = 0.0
    rates = ("deterioration_rate", "decent_loss_rate", "relapse_rate", "treated_loss_rate")
    return {
        **{name: n.any(name, 0.0, 0.5) * (0.05 if n.rng.random() < 0.7 else 1.0) for name in rates},
        **{name: n.any(name, 0.0, 0.33) for name in ("self_improvement_rate", "rtlh_loss_rate")},
        "worsening_rate": worsening,
        "severity_share": n.split("severity_share", 1),
        "relapse_severity_share": n.split("relapse_severity_share", 1),
    }


def _households(n: Numbers) -> dict[str, Array]:
    shares = ("new_non_owner_share", "ownership_loss_rate", "self_acquired_rate", "mbr_share", "take_up_rate")
    shares += ("first_time_share", "new_house_share", "vacancy_share", "habitable_share")
    return {
        **{name: n.any(name, 0.0, 1.0) for name in shares},
        "households": n.any("households", 0.0, 3e5),
        "other_home_share": n.any("other_home_share", 0.0, 0.1, years=False),
        "built_per_new_household": n.any("built_per_new_household", 0.0, 1.5),
        "self_built_houses": n.any("self_built_houses", 0.0, 5e3),
        "substandard_share": n.split("substandard_share", 1) * n.any("self_built_houses", 0.0, 1.0)[:, None],
    }


def _finance(n: Numbers) -> dict[str, Array]:
    names = ("quota_households", "developer_capacity_households", "bank_capacity_households")
    return {
        **{name: n.any(name, 0.0, 2e4) for name in names},
        "provincial_quota_households": n.any("provincial_quota_households", 0.0, 3e4, regions=False),
    }


def _slums(n: Numbers) -> dict[str, Array]:
    worsening = n.any("slum_worsening_rate", 0.0, 0.5)
    worsening[:, 2] = 0.0
    return {
        "slum_revision_ha": n.any("slum_revision_ha", -60.0, 60.0) * n.flags((1, 3, 1, 1)),
        "slum_class_share": n.split("slum_class_share", 1),
        "new_slum_rate": n.any("new_slum_rate", 0.0, 0.2),
        "slum_relapse_rate": n.any("slum_relapse_rate", 0.0, 0.5),
        "slum_worsening_rate": worsening,
        "slum_base_ha": n.any("slum_base_ha", 0.0, 200.0),
        "slum_capacity_ha": n.any("slum_capacity_ha", 0.0, 60.0),
    }


def _estates(n: Numbers) -> dict[str, Array]:
    return {
        "new_estates": n.any("new_estates", 0.0, 30.0),
        "new_compliant_share": n.any("new_compliant_share", 0.0, 1.0),
        "psu_handover_rate": n.any("psu_handover_rate", 0.0, 1.0),
        "houses_per_estate": n.any("houses_per_estate", 20.0, 200.0),
    }


def _chain(n: Numbers) -> dict[str, Array]:
    names = ("absorption_share", "drop_out_share", "overlap_share", "official_tally_share")
    return {
        **{name: n.any(name, 0.0, 1.0) for name in names},
        **{name: n.any(name, 0.0, 0.6) for name in ("overhead_share", "leakage_share")},
        "effectiveness_share": n.any("effectiveness_share", 0.0, 1.0),
        "grant_idr": n.large("grant_idr", 1e6, 1e9),
    }


def _lag(n: Numbers) -> dict[str, Array]:
    return {
        "finished_same_year_share": n.any("finished_same_year_share", 0.0, 0.6),
        "finished_next_year_share": n.any("finished_next_year_share", 0.0, 0.4),
    }


def _limits(n: Numbers) -> dict[str, Array]:
    return {
        "crews": n.any("crews", 0.0, 500.0),
        "houses_per_crew_year": n.any("houses_per_crew_year", 2.0, 8.0),
        "capacity_share": n.any("capacity_share", 0.0, 1.0),
        "eligible_share": n.any("eligible_share", 0.0, 1.0),
    }


def _ramp(n: Numbers) -> dict[str, Array]:
    return {"ramp_rate": n.any("ramp_rate", 0.0, 2.0), "ramp_start": n.any("ramp_start", 0.0, 1e3)}


def _bounds(n: Numbers) -> dict[str, Array]:
    """Floors that leave something to share, caps above them."""
    regions = len(n.axes.regions)
    floor = n.rng.random((1, len(n.axes.programmes), 1, regions)) * n.flags((1, len(n.axes.programmes), 1, 1), 0.7)
    floor *= 0.9 / regions
    above = np.minimum(1.0, 1.5 * n.rng.random(floor.shape))
    return {"floor_share": floor, "cap_share": floor + (1.0 - floor) * above}


def _known(n: Numbers) -> dict[str, Array]:
    known = n.flags((len(n.axes.years), len(n.axes.programmes), 1, 1), 0.4)
    return {
        "known": known,
        "realised": n.any("realised", 0.0, 4e3),
        "provincial_realised": n.any("provincial_realised", 0.0, 5e3, regions=False),
        "spending_known": known * n.flags(known.shape),
        "realised_spent_idr": n.any("realised_spent_idr", 0.0, 1e11),
    }


FEATURES: dict[str, Callable[[Numbers], dict[str, Array]]] = {
    "revision": _revision,
    "disaster": _disaster,
    "decay": _decay,
    "households": _households,
    "finance": _finance,
    "slums": _slums,
    "estates": _estates,
    "chain": _chain,
    "lag": _lag,
    "limits": _limits,
    "ramp": _ramp,
    "bounds": _bounds,
    "known": _known,
}
EXTRA = ("works under way", "need", "weights", "co-funded", "whole houses", "mixes", "part of the classes")
ALL = frozenset([*FEATURES, *EXTRA])


def features(*without: str) -> st.SearchStrategy[frozenset[str]]:
    """Any features, often all of them, never those named."""
    allowed = sorted(ALL - set(without))
    return st.one_of(st.just(frozenset(allowed)), st.sets(st.sampled_from(allowed)).map(frozenset))


@st.composite
def inputs(draw: st.DrawFn, axes: st.SearchStrategy[Axes] | None = None, without: tuple[str, ...] = ()) -> Inputs:
    """Everything one simulation reads."""
    chosen = draw(features(*without))
    return build(draw(axes_of() if axes is None else axes), chosen, draw(st.integers(0, 2**32 - 1)))


class Case(Inputs):
    """Inputs that print as the call that makes them, not as hundreds of numbers."""

    origin = "a variation of a case"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        del cycle
        printer.text(self.origin)


def build(axes: Axes, chosen: frozenset[str], seed: int) -> Inputs:
    """Inputs with the chosen features; the numbers follow from the seed."""
    numbers = Numbers(axes, seed)
    yearly: YearInputs = neutral_years(axes)
    for name, feature in FEATURES.items():
        if name in chosen:
            yearly = yearly._replace(**feature(numbers))
    yearly, rules = _money(numbers, chosen, yearly)
    if "mixes" in chosen:
        yearly = yearly._replace(severity_mix=numbers.split("severity_mix", 2), slum_mix=numbers.split("slum_mix", 2))
        rules = rules._replace(
            mix_given=numbers.flags(rules.mix_given.shape), slum_mix_given=numbers.flags(rules.slum_mix_given.shape)
        )
    if "part of the classes" in chosen:
        rules = rules._replace(
            treats=_some(numbers, rules.treats.shape), slum_treats=_some(numbers, rules.slum_treats.shape)
        )
    rules = rules._replace(
        slum_authority=numbers.rng.integers(0, 3, rules.slum_authority.shape),
        slum_lift=numbers.rng.integers(1, 4, rules.slum_lift.shape),
        credit_kept=credit_kept(COUNTING_RULES[seed % 4]),
    )
    case = Case(axes, opening_of(numbers, works="works under way" in chosen), yearly, rules, full_coverage(axes))
    object.__setattr__(case, "origin", f"build({axes}, {sorted(chosen)}, {seed})")
    return case


def _some(n: Numbers, shape: tuple[int, ...]) -> Array:
    """Flags, at least one in each row."""
    flags = n.flags(shape)
    flags[np.arange(len(flags)), n.rng.integers(0, shape[1], len(flags))] = 1.0
    return flags


def _money(n: Numbers, chosen: frozenset[str], yearly: YearInputs) -> tuple[YearInputs, Any]:
    """Budgets of all sizes from named sources, shared by some rule; housing finance has a quota and no budget."""
    rules, programmes = plain_rules(n.axes), len(n.axes.programmes)
    funded = _some(n, rules.funded.T.shape).T
    funded[:, programmes - len(n.axes.finance_programmes) :] = 0.0
    named = funded[None, :, :, None, None]
    whole = "whole houses" in chosen
    largest = 1e12 if whole else 1e16
    on = "need" in chosen, "co-funded" in chosen, whole
    rules = rules._replace(
        funded=funded,
        **{name: n.flags((programmes,)) * flag for name, flag in zip(SHARING, on, strict=True)},
    )
    split = n.any("cofunding_share", 0.0, 1.0) * named + 1e-3 * named
    weight = n.any("share_weight", 0.0, 5.0) if "weights" in chosen else yearly.share_weight
    return yearly._replace(
        budget_idr=_budget(n, "budget_idr", largest) * named,
        provincial_budget_idr=_budget(n, "provincial_budget_idr", largest) * named,
        cofunding_share=split / np.maximum(split.sum(1, keepdims=True), 1e-300),
        unit_cost_idr=n.large("unit_cost_idr", 1e6, 1e9),
        grant_idr=yearly.grant_idr if "chain" in chosen else np.full_like(yearly.grant_idr, 2e7),
        effectiveness_share=yearly.effectiveness_share * (1.0 if "chain" in chosen else 0.9),
        share_weight=weight,
    ), rules


SHARING = ("share_by_need", "cofunded", "whole_houses")


def _budget(n: Numbers, name: str, largest: float) -> Array:
    """Nothing, some, or more than could ever be used."""
    values = n.large(name, 1e8, 1e11, regions=not name.startswith("provincial"))
    kind = n.rng.random(values.shape)
    return np.where(kind < 0.2, 0.0, np.where(kind > 0.9, largest, values))
