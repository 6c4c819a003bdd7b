"""Houses in the second implementation: revision, disaster, decay, repair (docs/model.md, steps 1, 2, 4 and 5)."""

from typing import Any

from backlog_model.inputs import NO_LIMIT

Cell = dict[str, Any]
TINY = 1e-300


def ratio(part: float, whole: float) -> float:
    return part / max(whole, TINY)


def strike(stocks: Cell, assumed: Cell, moved: Cell) -> Cell:
    """Decent, treated and RTLH houses after re-registration and disaster."""
    decent, waiting = revise(stocks["decent_houses"], stocks["rtlh_houses"], assumed, moved)
    treated = stocks["treated_houses"]
    damaged, destroyed = assumed["disaster_damaged_houses"], assumed["disaster_destroyed_houses"]
    reported = sum(damaged) + destroyed
    found = ratio(min(reported, decent + treated), reported)
    decent_part, treated_part = ratio(decent, decent + treated), ratio(treated, decent + treated)
    moved["disaster_houses"] = found * sum(damaged)
    moved["lost_houses"] = found * destroyed
    moved["not_struck_houses"] = (1 - found) * reported
    return {
        "decent": max(0.0, decent - found * reported * decent_part),
        "treated": max(0.0, treated - found * reported * treated_part),
        "rtlh": [u + found * x for u, x in zip(waiting, damaged, strict=True)],
    }


def revise(decent: float, rtlh: list[float], assumed: Cell, moved: Cell) -> tuple[float, list[float]]:
    """Decent houses and RTLH after re-registration, clipped at the stocks that are there."""
    total = sum(rtlh)
    split = [u / total for u in rtlh] if total > 0 else assumed["severity_share"]
    wanted = [
        given + assumed["revision_houses"] * part + (assumed["revision_ratio"] - 1) * u
        for given, part, u in zip(assumed["revision_class_houses"], split, rtlh, strict=True)
    ]
    added = [max(a, -u) for a, u in zip(wanted, rtlh, strict=True)]
    moves = assumed["revision_reclassified_share"] * sum(added)
    if moves > decent:
        added = [a * decent / moves for a in added]
        moves = decent
    moved["revision_houses"] = sum(added)
    moved["decent_revision_houses"] = -moves
    moved["clipped_revision_houses"] = sum(wanted) - sum(added)
    return max(0.0, decent - moves), [max(0.0, u + a) for u, a in zip(rtlh, added, strict=True)]


def transitions(after: Cell, assumed: Cell, moved: Cell, new_decent: float) -> Cell:
    """Step 4: everything that decays, improves, relapses and goes, all from the stocks after disaster."""
    decent, treated, rtlh = after["decent"], after["treated"], after["rtlh"]
    classes = range(len(rtlh))
    built = assumed["self_built_houses"] + assumed["built_per_new_household"] * moved["new_households"]
    decays, relapses = assumed["deterioration_rate"] * decent, assumed["relapse_rate"] * treated
    waiting, improved, removed = [], 0.0, 0.0
    for k in classes:
        worse, better = assumed["worsening_rate"][k], assumed["self_improvement_rate"][k]
        loss = assumed["rtlh_loss_rate"][k]
        from_lighter = assumed["worsening_rate"][k - 1] * rtlh[k - 1] if k > 0 else 0.0
        arrived = assumed["severity_share"][k] * decays + assumed["relapse_severity_share"][k] * relapses
        arrived += assumed["substandard_share"][k] * built + from_lighter
        waiting.append(rtlh[k] * (1 - (worse + better + loss)) + arrived)
        improved += better * rtlh[k]
        removed += loss * rtlh[k]
    substandard = sum(assumed["substandard_share"])
    gone = assumed["decent_loss_rate"] * decent, assumed["treated_loss_rate"] * treated
    moved.update(deteriorated_houses=decays, relapsed_houses=relapses, self_improved_houses=improved)
    moved.update(removed_rtlh_houses=removed, removed_houses=removed + sum(gone), self_built_houses=built)
    moved.update(substandard_built_houses=substandard * built, built_houses=built + new_decent)
    return {
        "decent": decent * (1 - (assumed["deterioration_rate"] + assumed["decent_loss_rate"]))
        + improved
        + built * max(0.0, 1 - substandard)
        + new_decent,
        "treated": treated * (1 - (assumed["relapse_rate"] + assumed["treated_loss_rate"])),
        "rtlh": waiting,
    }


def repair(rules: Any, block: range, stocks: Cell, houses: Cell, assumed: Cell, funded: Cell, moved: Cell) -> Cell:
    """Step 5: programmes in order of priority; then houses change class, after all programmes."""
    left, classes = list(houses["rtlh"]), range(len(houses["rtlh"]))
    arrived = []
    for p in block:
        carried = [0.0] * len(left) if assumed["known"][p] else stocks["carried_houses"][p]
        arrived.append([min(c, u) for c, u in zip(carried, left, strict=True)])
        left = [max(0.0, u - c) for u, c in zip(left, arrived[p], strict=True)]
    eligible = list(left)
    capacity = assumed["crews"] * assumed["houses_per_crew_year"]
    crews, started = capacity, []
    for p in block:
        mix = assumed["severity_mix"][p] if rules["mix_given"][p] else None
        turn = programme_turn(
            p, rules["treats"][p], eligible, left, min(crews, assumed["capacity_share"][p] * capacity)
        )
        started.append(starts(turn, mix, stocks, assumed, funded, moved))
        left = [max(0.0, u - s) for u, s in zip(left, started[p], strict=True)]
        crews = max(0.0, crews - moved["started"][p])
    finished = [finish(p, arrived[p], started[p], assumed) for p in block]
    moved["waiting_houses"] = houses["rtlh"]
    moved["finished_class_houses"] = [sum(done[k] for done in finished) for k in classes]
    moved["started_houses"] = [sum(s) for s in started]
    moved["reported_handled_houses"] = [sum(done) for done in finished]
    moved["lapsed_houses"] = [lapsed(p, stocks["carried_houses"][p], arrived[p], started[p], assumed) for p in block]
    return close(block, houses, started, finished, assumed, moved)


def programme_turn(p: int, treats: list[float], eligible: list[float], left: list[float], capacity: float) -> Cell:
    return {"programme": p, "treats": treats, "eligible": eligible, "left": left, "capacity": capacity}


def starts(turn: Cell, mix: list[float] | None, stocks: Cell, assumed: Cell, funded: Cell, moved: Cell) -> list[float]:
    """Houses (or hectares) of each class a programme starts; notes its limits, which one binds and what is paid."""
    p, cover = turn["programme"], assumed["eligible_share"][turn["programme"]]
    open_units = [
        min(cover * e, u) if on else 0.0
        for e, u, on in zip(turn["eligible"], turn["left"], turn["treats"], strict=True)
    ]
    ramp = max(assumed["ramp_start"][p], stocks["previous_start"][p] * (1 + assumed["ramp_rate"][p]))
    known = bool(assumed["known"][p])
    limits = [funded["reach"][p], turn["capacity"], sum(open_units), ramp]
    if known:
        limits[1] = limits[3] = NO_LIMIT
    total = min(limits)
    moved["capacity_limit"][p], moved["eligibility_limit"][p], moved["ramp_limit"][p] = limits[1:]
    moved["binding"][p] = "none" if known else ("funds", "capacity", "eligibility", "ramp")[limits.index(min(limits))]
    moved["started"][p] = total
    if mix is None:
        mix = [ratio(e, sum(open_units)) for e in open_units]
    first = [min(share * total, e) for share, e in zip(mix, open_units, strict=True)]
    spare = [e - a for e, a in zip(open_units, first, strict=True)]
    return [a + (total - sum(first)) * ratio(s, sum(spare)) for a, s in zip(first, spare, strict=True)]


def finish(p: int, arrived: list[float], started: list[float], assumed: Cell) -> list[float]:
    now = 1.0 if assumed["known"][p] else assumed["finished_same_year_share"][p]
    return [a + now * s for a, s in zip(arrived, started, strict=True)]


def lapsed(p: int, carried: list[float], arrived: list[float], started: list[float], assumed: Cell) -> float:
    """Paid and never finished: the rest of this year's starts, and last year's starts that found no house any more."""
    now, later = assumed["finished_same_year_share"][p], assumed["finished_next_year_share"][p]
    rest = 0.0 if assumed["known"][p] else (1 - now - later) * sum(started)
    return rest + sum(carried) - sum(arrived)


def close(block: range, houses: Cell, started: Any, finished: Any, assumed: Cell, moved: Cell) -> Cell:
    """Stocks at 31 December: effective repairs leave RTLH, failed ones end one class lighter (light stays light)."""
    rtlh, treated = list(houses["rtlh"]), houses["treated"]
    moved["effective_handled_houses"], carried = [], []
    for i, p in enumerate(block):
        effective = 0.0
        for k, done in enumerate(finished[i]):
            felt = (1 - assumed["overlap_share"][i]) * done
            works = assumed["effectiveness_share"][i][k]
            effective += works * felt
            rtlh[k] -= felt
            rtlh[max(k - 1, 0)] += (1 - works) * felt
        treated += effective
        later = 0.0 if assumed["known"][p] else assumed["finished_next_year_share"][p]
        moved["effective_handled_houses"].append(effective)
        carried.append([later * s for s in started[i]])
    return {
        "decent_houses": houses["decent"],
        "treated_houses": treated,
        "rtlh_houses": [max(0.0, u) for u in rtlh],
        "carried_houses": carried,
    }
