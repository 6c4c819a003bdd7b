"""What is kept of a simulated year: one array (part, draw, region) per reported variable."""

from typing import Any

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.funding import Funding, Spending
from backlog_model.dynamics.year import Flows, State
from backlog_model.inputs import Array, Axes, YearInputs
from backlog_model.projection import BINDINGS


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
    "lapsed_houses",
    "programme_new_houses",
    "slum_revision_ha",
    "new_slum_ha",
    "relapsed_slum_ha",
    "slum_treated_ha",
    "slum_exit_ha",
    "slum_handled_ha",
    "aided_estates",
)


def flow_records(flows: Flows, year: YearInputs) -> dict[str, Array]:
    """Physical flows of the year by variable, each (part, draw, region)."""
    single = {name: getattr(flows, name)[None] for name in _SINGLE}
    by_part = {name: getattr(flows, name) for name in _BY_PART}
    official = np.empty_like(flows.reported_handled_houses)
    for h in range(len(official)):
        official[h] = flows.reported_handled_houses[h] * year.official_tally_share[h]
    return {**single, **by_part, "official_handled_houses": official}


def money_records(funding: Funding, spending: Spending) -> dict[str, Array]:
    """Rupiah of the year by variable; parts are the pots, or programmes for the top-up."""
    return {
        "budget_idr": funding.budget_idr,
        "spent_idr": spending.spent_idr,
        "unspent_idr": spending.unspent_idr,
        "unallocated_idr": funding.unallocated_idr[..., None],
        "household_top_up_idr": spending.household_top_up_idr,
    }


def binding_codes(reach: Array, flows: Flows, year: YearInputs, axes: Axes) -> npt.NDArray[np.int8]:
    """Code of the limit that bound each programme in each region: position in `projection.BINDINGS`.

    Ties are named in the order funds, capacity, eligibility, ramp; for finance quota, demand, developer, bank. Where
    output is known nothing binds. Hectares left that belong to another authority turn eligibility into authority.
    """
    first_slum = len(axes.house_programmes)
    first_finance = len(axes.programmes) - len(axes.finance_programmes)
    codes = _first_smallest(reach, flows.capacity_limit, flows.eligibility_limit, flows.ramp_limit)
    for s in range(len(axes.slum_programmes)):
        elsewhere = (codes[first_slum + s] == BINDINGS.index("eligibility")) & (flows.other_authority_ha[s] > 0)
        codes[first_slum + s][elsewhere] = BINDINGS.index("authority")
    for p in range(first_finance, len(axes.programmes)):
        order = _first_smallest(reach[p], flows.eligibility_limit[p], flows.capacity_limit[p], flows.ramp_limit[p])
        codes[p] = order + BINDINGS.index("quota")
    for p in range(len(codes)):
        if np.any(year.known[p]):
            codes[p][np.broadcast_to(year.known[p] > 0, codes[p].shape)] = BINDINGS.index("none")
    return codes


def province_codes(codes: npt.NDArray[np.int8], reach: Array, flows: Flows) -> npt.NDArray[np.int8]:
    """Code of the limit that holds back most units over all regions, (programme, draw).

    A region is held back by the units it could start more if its binding limit alone were lifted: the next smallest
    limit less what is started. Regions held back by nothing else count by number.
    """
    limits = reach, flows.capacity_limit, flows.eligibility_limit, flows.ramp_limit
    low, high = np.minimum(limits[0], limits[1]), np.maximum(limits[0], limits[1])
    other_low, other_high = np.minimum(limits[2], limits[3]), np.maximum(limits[2], limits[3])
    second = np.minimum(np.maximum(low, other_low), np.minimum(high, other_high))
    held = np.maximum(0.0, second - np.minimum(low, other_low)) + 1e-9
    rows = np.arange(codes.shape[0] * codes.shape[1])[:, None] * len(BINDINGS)
    cells = (rows + codes.reshape(len(rows), codes.shape[-1])).ravel()
    by_limit = np.bincount(cells, weights=held.ravel(), minlength=len(rows) * len(BINDINGS))
    return by_limit.reshape(*codes.shape[:-1], len(BINDINGS)).argmax(axis=-1).astype(np.int8)


def _first_smallest(first: Array, second: Array, third: Array, fourth: Array) -> Any:
    codes = (second < first).astype(np.int8)
    smallest = np.minimum(first, second)
    codes[third < smallest] = 2
    smallest = np.minimum(smallest, third)
    codes[fourth < smallest] = 3
    return codes


def _by_authority(slum_ha: Array) -> Array:
    """Hectares of each authority, all classes together."""
    return slum_ha[0::3] + slum_ha[1::3] + slum_ha[2::3]
