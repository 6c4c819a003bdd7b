"""Funding found in random plans full of uncertainty holds in futures that it was not looked for in."""

import json

import numpy as np

import backlog_model as bm
from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.targets import funding_required
from drawn_scenarios import written

CODES = ("63.01", "63.02", "63.10")
TREATED = (["light", "medium", "heavy"], ["medium", "heavy"], ["light", "medium"])
VARIABLES = ("rtlh_houses", "rtlh_houses", "decent_share", "treated_houses")
LATE_PAPERS = {
    "mixture": [{"weight": 0.9, "beta": {"a": 22, "b": 2.5}}, {"weight": 0.1, "beta": {"a": 2, "b": 8}}],
    "drawn": "year",
}
SCENARIOS, DRAWS = 20, 2000


def drawn_data(rng):
    """A scenario at random, as plain data: one to three regions and programmes, nearly everything uncertain."""
    codes = CODES[: rng.integers(1, 4)]
    need = {code: round(rng.uniform(500, 4000)) for code in codes}
    houses = {code: round(rng.uniform(3000, 20000)) for code in codes}
    late = bool(rng.random() < 0.5)
    assumptions = {
        "deterioration_rate": {"lognormal": {"median": rng.uniform(0.002, 0.008), "sigma": rng.uniform(0.2, 0.6)}},
        "self_improvement_rate": {"uniform": [0, rng.uniform(0.02, 0.06)], "drawn": "region"},
        "relapse_rate": {"range": [0.002, 0.01, 0.03]},
        "severity_share": {"light": 0.6, "medium": 0.3, "heavy": 0.1},
        "absorption_share": LATE_PAPERS if rng.random() < 0.6 else {"beta": {"a": 20, "b": 4}},
        "effectiveness_share": {"beta": {"a": 16, "b": 4}},
        "drop_out_share": {"range": [0.01, 0.03, 0.06]},
        "unit_cost_growth_rate": {"range": [0, 0.05, 0.1], "drawn": "year"},
        "finished_same_year_share": 0.85 if late else 1.0,
        "finished_next_year_share": 0.1 if late else 0.0,
    }
    if rng.random() < 0.6:
        crews = {code: need[code] * rng.uniform(0.15, 0.6) / 7 for code in codes}
        assumptions["crews"] = {"by_region": crews, "spread": {"range": [0.7, 1, 1.3]}, "drawn": "region"}
    return {
        "title": "Drawn at random",
        "years": {"first": 2026, "last": 2030},
        "regions": "regions.csv",
        "opening": {
            "households": {"by_region": {code: 1.2 * count for code, count in houses.items()}},
            "decent_houses": {"by_region": houses},
            "rtlh_houses": {"by_region": need},
            "severity_share": {"light": 0.45, "medium": 0.35, "heavy": 0.2},
        },
        "assumptions": assumptions,
        "programmes": {f"p{p}": drawn_programme(rng, codes) for p in range(rng.integers(1, 4))},
    }


def drawn_programme(rng, codes):
    budget = {}
    for source in ("apbn", "apbd")[: rng.integers(1, 3)]:
        money = rng.uniform(0.3e9, 3e9)
        parts = {code: money / len(codes) * rng.uniform(0.5, 1.5) for code in codes}
        budget[source] = money if rng.random() < 0.6 else {"by_region": parts}
    return {
        "treats": TREATED[rng.integers(3)],
        "unit_cost_idr": rng.uniform(15e6, 30e6),
        "eligible_share": rng.uniform(0.3, 1.0),
        "overhead_share": rng.uniform(0, 0.15),
        "sharing": {"rule": "equal" if rng.random() < 0.3 else "proportional_need"},
        "budget_idr": budget,
    }


def load(data, folder):
    codes = data["opening"]["rtlh_houses"]["by_region"]
    regions = "code,name\n63,Kalimantan Selatan\n" + "".join(f"{code},Region {code}\n" for code in codes)
    return written(folder, json.dumps(data, default=float), regions=regions)


def from_2027(data, new):
    """Changes that write other money from 2027 on.

    Parameters
    ----------
    new : of a pot (`programme.source`) and its whole money -> the factor on it in every year from 2027 on
    """
    changes = {}
    for name, programme in data["programmes"].items():
        for source, pot in programme["budget_idr"].items():
            parts = pot["by_region"] if isinstance(pot, dict) else {"": pot}
            factors = new(f"{name}.{source}", sum(parts.values()))
            tables = {
                code: {"table": {2026: money, **{2027 + y: money * factor for y, factor in enumerate(factors)}}}
                for code, money in parts.items()
            }
            entry = {"by_region": tables} if isinstance(pot, dict) else tables[""]
            changes[f"programmes.{name}.budget_idr.{source}"] = entry
    return changes


def drawn_targets(rng, base, rich):
    """Two to four targets, each between what is reached as written and what ample money reaches."""
    targets = {}
    runs = [bm.run(scenario, draws=400, seed=5) for scenario in (base, rich)]
    for k in range(rng.integers(2, 5)):
        variable, year = VARIABLES[rng.integers(4)], int(rng.integers(2027, 2031))
        probability, up = float(rng.choice([0.5, 0.7, 0.8, 0.9])), variable != "rtlh_houses"
        here, there = (
            np.quantile(
                each.array(variable, by="province")[each.years(variable).index(year), :, 0],
                1 - probability if up else probability,
            )
            for each in runs
        )
        value = here + rng.uniform(0.2, 0.7) * (there - here)
        targets[f"t{k}"] = {
            "variable": variable,
            "region": "63",
            "year": year,
            "operator": ">=" if up else "<=",
            "value": round(value, 4 if variable == "decent_share" else 1),
            "probability": probability,
        }
    return targets


def valid_scenarios(folder):
    """Scenarios whose targets are all as sure as wanted with three hundred times the money."""
    number = valid = 0
    while valid < SCENARIOS:
        rng, number = np.random.default_rng([77, number]), number + 1
        data = drawn_data(rng)
        base = load(data, folder / f"base{number}")
        changes = from_2027(data, lambda *_: [300.0])
        data["targets"] = drawn_targets(rng, base, base.replace(changes))
        scenario = load(data, folder / f"plan{number}")
        rich = bm.run(scenario.replace(changes), draws=DRAWS, seed=number)
        aims = aims_of(scenario, rich).values()
        if all(aim.margin(aim.values(rich)) >= 0.0 for aim in aims):
            valid += 1
            yield number, data, scenario


def test_money_found_holds_in_fresh_futures(tmp_path):
    outside = []
    for number, data, scenario in valid_scenarios(tmp_path):
        plan = funding_required(scenario, target=[*data["targets"]], draws=DRAWS, seed=number)
        assert plan.years[0] == 2027
        changes = from_2027(data, lambda pot, money, plan=plan: plan.programmes[pot] / money)
        fresh = bm.run(scenario.replace(changes), draws=DRAWS, seed=1000 + number)
        for aim in plan.aims:
            inside, found = plan.chances[aim.name], aim.chance(aim.values(fresh), fresh.sampling)
            assert inside.probability >= aim.probability - 1e-12, (number, aim.name)
            # The money was found in draws that have an error of their own, and is checked in others that have one too.
            errors = np.hypot(inside.mc_error, found.mc_error)
            away = float((found.probability - aim.probability) / errors)
            binds = inside.probability < aim.probability + 1.5 / DRAWS
            if away < -2.0 or (binds and away > 2.0):
                outside.append((number, aim.name, round(away, 2)))
        assert any(plan.chances[aim.name].probability < aim.probability + 1.5 / DRAWS for aim in plan.aims), number
    # About 30 targets bind, in scenarios with seeds of their own: 1 in 20 lies outside two errors where all is right.
    assert len(outside) <= 3, outside
