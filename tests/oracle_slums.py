"""Slum hectares in the second implementation (docs/model.md, slum area)."""

from typing import Any

from oracle_houses import programme_turn, ratio, starts

Cell = dict[str, Any]
AUTHORITIES, CLASSES = range(3), range(3)


def slum_year(rules: Any, block: range, stocks: Cell, assumed: Cell, funded: Cell, moved: Cell) -> Cell:
    """Slum, credit and handled hectares at 31 December, authority by authority."""
    for name in ("slum_revision_ha", "clipped_slum_revision_ha", "new_slum_ha", "relapsed_slum_ha", "slum_exit_ha"):
        moved[name] = []
    for name in ("waiting_slum_ha", "worsened_slum_ha", "slum_handled_ha"):
        moved[name] = []
    areas = [before_works(a, stocks, assumed, moved) for a in AUTHORITIES]
    finished, carried = works(rules, block, stocks, areas, assumed, funded, moved)
    for a, area in enumerate(areas):
        mine = [i for i in range(len(block)) if rules["slum_authority"][i] == a]
        upgrade(rules, area, [(finished[i], rules["slum_lift"][i]) for i in mine], moved)
    moved["slum_treated_ha"] = [sum(done) for done in finished]
    return {
        "slum_ha": [w for area in areas for w in area["slum"]],
        "slum_credit_ha": [c for area in areas for c in area["credit"]],
        "slum_handled_ha": [area["handled"] for area in areas],
        "carried_slum_ha": carried,
    }


def before_works(a: int, stocks: Cell, assumed: Cell, moved: Cell) -> Cell:
    """Steps 1 and 4 of one authority: revision, then relapse, new slum and worsening of the stocks after it."""
    slum, credit = stocks["slum_ha"][3 * a :][:3], stocks["slum_credit_ha"][3 * a :][:3]
    wanted = assumed["slum_revision_ha"][a]
    total = sum(slum)
    split = [w / total for w in slum] if total > 0 else assumed["slum_class_share"]
    added = [max(wanted * part, -w) for part, w in zip(split, slum, strict=True)]
    if wanted > 0:
        credit = [c + x for c, x in zip(credit, added, strict=True)]
    else:
        credit = [c * ratio(w + x, w) for c, w, x in zip(credit, slum, added, strict=True)]
    slum = [max(0.0, w + x) for w, x in zip(slum, added, strict=True)]
    relapse = assumed["slum_relapse_rate"] * stocks["slum_handled_ha"][a]
    new = assumed["new_slum_rate"] * assumed["slum_base_ha"][a]
    worse = [assumed["slum_worsening_rate"][v] * slum[v] if v < 2 else 0.0 for v in CLASSES]
    worse_credit = [credit[v] * ratio(worse[v], slum[v]) for v in CLASSES]
    slum = [slum[v] - worse[v] + (worse[v - 1] if v else relapse + new) for v in CLASSES]
    credit = [credit[v] - worse_credit[v] + (worse_credit[v - 1] if v else relapse + new) for v in CLASSES]
    moved["slum_revision_ha"].append(sum(added))
    moved["clipped_slum_revision_ha"].append(wanted - sum(added))
    moved["new_slum_ha"].append(new)
    moved["relapsed_slum_ha"].append(relapse)
    moved["worsened_slum_ha"] += worse
    moved["waiting_slum_ha"] += slum
    return {"slum": slum, "credit": credit, "handled": stocks["slum_handled_ha"][a] - relapse}


def works(
    rules: Any, block: range, stocks: Cell, areas: Any, assumed: Cell, funded: Cell, moved: Cell
) -> tuple[list[list[float]], list[list[float]]]:
    """Hectares of each class that each programme finishes, and those under way; each only of its own authority."""
    left = [list(area["slum"]) for area in areas]
    arrived = []
    for i, p in enumerate(block):
        a = rules["slum_authority"][i]
        carried = [0.0] * 3 if assumed["known"][p] else stocks["carried_slum_ha"][i]
        arrived.append([min(c, w) for c, w in zip(carried, left[a], strict=True)])
        left[a] = [max(0.0, w - c) for w, c in zip(left[a], arrived[i], strict=True)]
    eligible = [list(area) for area in left]
    capacity = list(assumed["slum_capacity_ha"])
    finished, carried_on = [], []
    for i, p in enumerate(block):
        a = rules["slum_authority"][i]
        limit = min(capacity[a], assumed["capacity_share"][p] * assumed["slum_capacity_ha"][a])
        mix = assumed["slum_mix"][i] if rules["slum_mix_given"][i] else None
        turn = programme_turn(p, rules["slum_treats"][i], eligible[a], left[a], limit)
        started = starts(turn, mix, stocks, assumed, funded, moved)
        left[a] = [max(0.0, w - s) for w, s in zip(left[a], started, strict=True)]
        capacity[a] = max(0.0, capacity[a] - moved["started"][p])
        now, later = assumed["finished_same_year_share"][p], assumed["finished_next_year_share"][p]
        now, later = (1.0, 0.0) if assumed["known"][p] else (now, later)
        finished.append([x + now * s for x, s in zip(arrived[i], started, strict=True)])
        carried_on.append([later * s for s in started])
    name_authority(rules, block, left, moved)
    return finished, carried_on


def name_authority(rules: Any, block: range, left: list[list[float]], moved: Cell) -> None:
    """Eligibility is `authority` where hectares of another authority are left when all works have started."""
    moved["other_authority_ha"] = []
    for i, p in enumerate(block):
        others = sum(sum(area) for a, area in enumerate(left) if a != rules["slum_authority"][i])
        moved["other_authority_ha"].append(others)
        if moved["binding"][p] == "eligibility" and others > 0:
            moved["binding"][p] = "authority"


def upgrade(rules: Any, area: Cell, treated: list[tuple[list[float], int]], moved: Cell) -> None:
    """Treated hectares climb `lift` classes, out of slum at best; credit is counted by the rule; all at once."""
    slum, credit = list(area["slum"]), list(area["credit"])
    exits = counted = 0.0
    for hectares, lift in treated:
        for v in CLASSES:
            q, to = hectares[v], v - lift
            m = area["credit"][v] * ratio(q, area["slum"][v])
            kept = rules["credit_kept"][v][max(to, -1) + 1]
            slum[v] -= q
            credit[v] -= m
            counted += m * (1 - kept)
            if to < 0:
                exits += q
            else:
                slum[to] += q
                credit[to] += m * kept
    area["slum"] = [max(0.0, w) for w in slum]
    area["credit"] = [max(0.0, c) for c in credit]
    area["handled"] += exits
    moved["slum_exit_ha"].append(exits)
    moved["slum_handled_ha"].append(counted)
