"""What is kept of a simulated year: one array (part, draw, region) per reported variable."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.funding import Funding, Spending
from backlog_model.dynamics.year import Flows, State
from backlog_model.inputs import Array, Axes, YearInputs
from backlog_model.projection import BINDINGS
from backlog_model.quantities import total


def stock_records(state: State) -> dict[str, Array]:
    """Stocks at 31 December by variable, each (part, draw, region)."""
    return {
        "rtlh_houses": state.rtlh_houses,
        "decent_houses": state.decent_houses[None],
        "treated_houses": state.treated_houses[None],
        "households": state.households[None],
        "ownership_backlog_households": state.ownership_backlog_households[None],
        "occupancy_backlog_households": state.occupancy_backlog_households[None],
        "slum_ha": _by_authority(state.slum_ha),
        "psu_estates": state.psu_estates[None],
        "psu_handed_over_estates": state.psu_handed_over_estates[None],
        "psu_gap_estates": (state.psu_estates - state.psu_handed_over_estates)[None],
    }


_ELIGIBILITY, _AUTHORITY, _NONE, _QUOTA = (
    BINDINGS.index(name) for name in ("eligibility", "authority", "none", "quota")
)
_SINGLE = (
    "revision_houses",
    "clipped_revision_houses",
    "disaster_houses",
    "lost_houses",
    "not_struck_houses",
    "deteriorated_houses",
    "relapsed_houses",
    "substandard_built_houses",
    "self_improved_houses",
    "removed_rtlh_houses",
    "removed_houses",
    "self_built_houses",
    "built_houses",
    "new_households",
    "financed_households",
    "self_acquired_households",
    "excess_backlog_households",
)
_BY_PART = (
    "started_houses",
    "reported_handled_houses",
    "effective_handled_houses",
    "programme_new_houses",
    "slum_revision_ha",
    "new_slum_ha",
    "relapsed_slum_ha",
    "slum_treated_ha",
    "slum_exit_ha",
    "slum_handled_ha",
    "aided_estates",
)


def flow_records(flows: Flows) -> dict[str, Array]:
    """Physical flows of the year by variable, each (part, draw, region)."""
    single = {name: getattr(flows, name)[None] for name in _SINGLE}
    lapsed = flows.lapsed_houses
    single["lapsed_houses"] = (total(lapsed) if len(lapsed) else lapsed.sum(axis=0))[None]
    return single | {name: getattr(flows, name) for name in _BY_PART}


MONEY_RECORDS = frozenset(("budget_idr", "spent_idr", "unallocated_idr", "household_top_up_idr"))
"""Names of what `money_records` gives."""


def money_records(funding: Funding, spending: Spending) -> dict[str, Array]:
    """Rupiah of the year by variable; parts are the pots."""
    top_up = spending.household_top_up_idr
    return {
        "budget_idr": funding.budget_idr,
        "spent_idr": spending.spent_idr,
        "unallocated_idr": funding.unallocated_idr[..., None],
        "household_top_up_idr": (total(top_up) if len(top_up) else top_up.sum(axis=0))[None],
    }


class Bindings(NamedTuple):
    """What bound each programme: positions in `projection.BINDINGS`."""

    region: npt.NDArray[np.int8]  # (programme, draw, region)
    province: npt.NDArray[np.int8]  # (programme, draw) the limit that holds back most units over all regions


def binding_codes(reach: Array, flows: Flows, year: YearInputs, axes: Axes) -> Bindings:
    """What bound each programme in each region, and over all of them.

    Ties are named in the order funds, capacity, eligibility, ramp; for finance quota, demand, developer, bank. Where
    output is known nothing binds. Hectares left that belong to another authority turn eligibility into authority.
    Over all regions the limit counts that holds back most: a region weighs by the eligible units that are not started
    there; where none is left, by number.
    """
    first_slum = len(axes.house_programmes)
    money = slice(0, len(axes.programmes) - len(axes.finance_programmes))
    finance = slice(money.stop, None)
    capacity, eligibility, ramp = flows.capacity_limit, flows.eligibility_limit, flows.ramp_limit
    limits = reach[money], capacity[money], eligibility[money], ramp[money]
    codes, province = _bound(limits, eligibility[money])
    for s in range(len(axes.slum_programmes)):
        elsewhere = (codes[first_slum + s] == _ELIGIBILITY) & (flows.other_authority_ha[s] > 0)
        codes[first_slum + s][elsewhere] = _AUTHORITY
        held_elsewhere = elsewhere.any(axis=-1) & (province[first_slum + s] == _ELIGIBILITY)
        province[first_slum + s][held_elsewhere] = _AUTHORITY
    if axes.finance_programmes:
        limits = reach[finance], eligibility[finance], capacity[finance], ramp[finance]
        found = _bound(limits, eligibility[finance])
        codes = np.concatenate([codes, found[0] + np.int8(_QUOTA)])
        province = np.concatenate([province, found[1] + np.int8(_QUOTA)])
    for p in range(len(codes)):
        if np.any(year.known[p]):
            known = np.broadcast_to(year.known[p] > 0, codes[p].shape)
            codes[p][known] = _NONE
            province[p][known.all(axis=-1)] = _NONE
    return Bindings(codes, province)


def _bound(limits: Sequence[Array], eligible: Array) -> tuple[Any, Any]:
    """Which of four limits is smallest by region, the first in a tie, and which holds back most over all regions."""
    codes = np.empty(eligible.shape, dtype=np.int8)
    province = np.empty(eligible.shape[:-1], dtype=np.int8)
    for p in range(len(codes)):  # one programme at a time: its arrays stay in the cache
        first, second, third, fourth = (limit[p] for limit in limits)
        smallest, other = np.minimum(first, second), np.minimum(third, fourth)
        codes[p] = np.where(other < smallest, (fourth < third) + np.int8(2), (second < first).astype(np.int8))
        province[p] = codes[p, :, 0]
        if codes[p].min() != codes[p].max():
            held = np.maximum(0.0, eligible[p] - np.minimum(smallest, other)) + 1e-9
            province[p] = np.argmax([(held * (codes[p] == code)).sum(axis=-1) for code in range(4)], axis=0)
    return codes, province


def _by_authority(slum_ha: Array) -> Array:
    """Hectares of each authority, all classes together."""
    return slum_ha[0::3] + slum_ha[1::3] + slum_ha[2::3]
