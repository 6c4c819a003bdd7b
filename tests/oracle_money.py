"""Money in the second implementation: shared over regions, turned into reach, accounted for (docs/model.md, step 0)."""

import math
from typing import Any

from oracle_houses import ratio

Cell = dict[str, Any]


def money_step(places: Any, rules: Any, stocks: list[Cell], assumed: list[Cell], codes: tuple[str, ...]) -> list[Cell]:
    """Pots, all-in cost, share and reach of every programme, region by region."""
    regions = range(len(codes))
    programmes = range(sum(len(block) for block in places.values()))
    sources = range(len(assumed[0]["budget_idr"]))
    found: list[Cell] = [{"share": [], "allin": [], "reach": [], "pots": [[] for _ in sources]} for _ in regions]
    for p in programmes:
        weights = [weight(places, rules, stocks[r], assumed[r], p) for r in regions]
        shares = regional_shares(
            weights, [assumed[r]["floor_share"][p] for r in regions], [assumed[r]["cap_share"][p] for r in regions]
        )
        fundable = [units_funded(places, rules, found[r], assumed[r], assumed[0], p, shares[r]) for r in regions]
        if rules["whole_houses"][p]:
            fundable = whole_houses(fundable, codes)
        for r in regions:
            found[r]["reach"].append(fundable[r] * (1 - assumed[r]["drop_out_share"][p]))
    for r in regions:
        first = assumed[0]
        for p in places["finance"]:
            quota = found[r]["share"][p] * first["provincial_quota_households"]
            found[r]["reach"][p] = assumed[r]["quota_households"] + quota
        for p in programmes:
            if assumed[r]["known"][p]:
                realised = found[r]["share"][p] * first["provincial_realised"][p]
                found[r]["reach"][p] = assumed[r]["realised"][p] + realised
    return found


def units_funded(places: Any, rules: Any, found: Cell, assumed: Cell, first: Cell, p: int, share: float) -> float:
    """Houses (hectares, estates) the pots of one region pay for, before drop-out; fills in share, pots, all-in cost."""
    allin = assumed["grant_idr"][p] / ((1 - assumed["overhead_share"][p]) * (1 - assumed["leakage_share"][p]))
    allin *= houses_per_unit(places, assumed, p)
    found["share"].append(share)
    found["allin"].append(allin)
    usable, split = [], []
    for s, pots in enumerate(found["pots"]):
        pots.append(assumed["budget_idr"][s][p] + share * first["provincial_budget_idr"][s][p])
        usable.append(assumed["absorption_share"][s][p] * pots[p])
        split.append(assumed["cofunding_share"][s][p])
    if rules["cofunded"][p]:
        return min((money / (part * allin) for money, part in zip(usable, split, strict=True) if part > 0), default=0.0)
    return sum(usable) / allin


def houses_per_unit(places: Any, assumed: Cell, p: int) -> float:
    """Cost of estates is per house; they are counted as estates."""
    return assumed["houses_per_estate"][p - places["estate"].start] if p in places["estate"] else 1.0


def weight(places: Any, rules: Any, stocks: Cell, assumed: Cell, p: int) -> float:
    if not rules["share_by_need"][p]:
        return assumed["share_weight"][p]
    return assumed["share_weight"][p] * need(places, rules, stocks, p)


def need(places: Any, rules: Any, stocks: Cell, p: int) -> float:
    """The stock a programme treats, all its classes, before cover."""
    if p in places["house"]:
        return sum(u for u, on in zip(stocks["rtlh_houses"], rules["treats"][p], strict=True) if on)
    if p in places["slum"]:
        i = p - places["slum"].start
        own = stocks["slum_ha"][3 * rules["slum_authority"][i] :][:3]
        return sum(w for w, on in zip(own, rules["slum_treats"][i], strict=True) if on)
    if p in places["estate"]:
        return max(0.0, stocks["psu_estates"] - stocks["psu_complete_estates"])
    return stocks["ownership_backlog_households"]


def regional_shares(weights: list[float], floors: list[float], caps: list[float]) -> list[float]:
    """Every region gets its floor, the rest goes by weight, what exceeds a cap is shared again below the caps."""
    shares, rest = list(floors), 1 - sum(floors)
    open_regions = [r for r in range(len(weights)) if shares[r] < caps[r] and weights[r] > 0]
    while rest > 1e-15 and open_regions:
        largest = max(weights[r] for r in open_regions)
        total = sum(weights[r] / largest for r in open_regions)
        for r in open_regions:
            shares[r] += rest * (weights[r] / largest) / total
        rest = sum(max(0.0, shares[r] - caps[r]) for r in open_regions)
        shares = [
            min(share, cap) if r in open_regions else share
            for r, (share, cap) in enumerate(zip(shares, caps, strict=True))
        ]
        open_regions = [r for r in open_regions if shares[r] < caps[r]]
    return shares


def whole_houses(houses: list[float], codes: tuple[str, ...]) -> list[float]:
    """Largest remainder: floors first, the houses left over to the largest fractions, ties by region code.

    Nine decimals decide, so that 2.9999999999 houses are three and equal fractions are equal.
    """
    floors = [float(math.floor(n + 1e-9)) for n in houses]
    left = math.floor(math.fsum(houses) + 1e-9) - int(sum(floors))
    order = sorted(range(len(houses)), key=lambda r: (round(floors[r] - houses[r], 9), codes[r]))
    return [floors[r] + (r in order[:left]) for r in range(len(houses))]


def left_over(pots: list[list[float]], shares: list[list[float]]) -> list[list[float]]:
    """Provincial money by source and programme that no region was given."""
    return [[pot * (1 - math.fsum(share[p] for share in shares)) for p, pot in enumerate(row)] for row in pots]


def accounts(places: Any, rules: Any, assumed: Cell, funded: Cell, moved: Cell) -> Cell:
    """Money of one region: pots, spent, unspent, by source and programme; and what households add."""
    sources, programmes = range(len(funded["pots"])), range(len(funded["allin"]))
    spent: list[list[float]] = [[] for _ in sources]
    top_up = []
    for p in programmes:
        for s, part in enumerate(source_parts(rules, assumed, funded, p)):
            spent[s].append(part * total_spent(assumed, funded, moved, p))
        own = max(0.0, assumed["unit_cost_idr"][p] - assumed["grant_idr"][p]) * houses_per_unit(places, assumed, p)
        top_up.append(moved["started"][p] * own)
    return {
        "budget_idr": funded["pots"],
        "spent_idr": spent,
        "unspent_idr": [[funded["pots"][s][p] - spent[s][p] for p in programmes] for s in sources],
        "household_top_up_idr": top_up,
        "allin_idr": funded["allin"],
        "reach": funded["reach"],
        "share": funded["share"],
    }


def total_spent(assumed: Cell, funded: Cell, moved: Cell, p: int) -> float:
    """Starts x all-in cost; in a year of known output the known output x all-in cost, or known spending."""
    if not assumed["known"][p]:
        return moved["started"][p] * funded["allin"][p]
    if assumed["spending_known"][p]:
        return assumed["realised_spent_idr"][p]
    return funded["reach"][p] * funded["allin"][p]


def source_parts(rules: Any, assumed: Cell, funded: Cell, p: int) -> list[float]:
    """Share of each source in the spending; equal over the named sources when known output had no budget."""
    sources = range(len(funded["pots"]))
    if rules["cofunded"][p]:
        return [assumed["cofunding_share"][s][p] for s in sources]
    usable = [assumed["absorption_share"][s][p] * funded["pots"][s][p] for s in sources]
    named = [rules["funded"][s][p] for s in sources]
    return [ratio(usable[s], sum(usable)) if sum(usable) > 0 else ratio(named[s], sum(named)) for s in sources]
