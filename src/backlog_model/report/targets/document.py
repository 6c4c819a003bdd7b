"""What `backlog targets` hands to programs: one document."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from backlog_model.analysis.central_ledger import Line
from backlog_model.analysis.gaming import Flag
from backlog_model.analysis.money import FundingRequired
from backlog_model.analysis.money.levers import PLANNED_AHEAD
from backlog_model.analysis.targets import Standing, TargetReport
from backlog_model.quantities import QUANTITIES
from backlog_model.report.targets.path_document import paths
from backlog_model.report.values import SCHEMA_VERSION
from backlog_model.scenario.schema import Target


def document(report: TargetReport) -> dict[str, Any]:
    """What `--json` prints. Money is in rupiah; a chance or share is from 0 to 1; what is undefined is null.

    Keys
    ----
    schema_version, scenario, draws, seed, design : as of `run`
    title : of the scenario (id, en)
    now, plan_year : last known year, and the first one whose money is still to be decided
    search_draws, model_runs : draws in which relaxations were looked for; runs of the model in all
    summary : targets that apply, and how many are feasible, feasible_if, infeasible, unjudged
    targets : of each that applies `id`, `kind` (published, illustrative), `variable`, `unit`, `region`, `part`, `year`,
        `operator`, `value`, `wanted_probability`; `central`, `met` (by the central line), `probability`, `mc_error`;
        `shortfall` (mean over the draws that miss it), `shortfall_error`; `first_year`, `first_year_range`; `binding`;
        `redefined` (its record is counted again before its year); `by_year` (year, probability, mc_error, gap of the
        central line, above 0 where it misses, shortfall, shortfall_error); `verdict`; `flags`
    targets[].verdict : null, or `status` (feasible, feasible_if, infeasible), `tried`, `relaxations` (kind, amount,
        unit, mc_error of money and quota, source or null; money and quota are further amounts in every year to be
        decided), `sure` (value as sure as wanted, as written), `binding_beyond_money`
        (the limit that binds whatever the money; null where money is enough or cannot move the target)
    targets[].flags : `kind`, `names`, `met`, `met_without` (or null), `line` and `beside` (variable, part, unit, first
        and last year, amount)
    not_applicable : `id`, `kind`, `variable`, `region`, `year`, `base_value`, `reason`, `source` of the others
    funding : of each group of targets `targets`, `criterion`, `unit` (idr or households), `by_year` (year, present,
        extra, budget, one_by_one, which is null where that cannot be), `total` (the same, and extra_error), `sources`,
        `programmes` and `regions` (their name, budget by year, total), `chances` (id, wanted_probability, probability,
        mc_error, fresh_probability, fresh_mc_error), `together` (probability, mc_error, in the fresh draws), `rises`
        (more money never made a target less sure), `fresh_draws`, `fresh_seed`, `model_runs`
    out_of_reach : targets that no amount of money makes as sure as wanted
    apart : targets that money makes sure one by one, but not together
    paths : null, or as of `path_document.paths`
    """
    scenario, sampling = report.scenario, report.projection.sampling
    found = {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "title": {"id": scenario.title.id, "en": scenario.title.en},
        "draws": report.projection.draws,
        "seed": sampling.seed if sampling else None,
        "design": sampling.design if sampling else None,
        "now": scenario.now,
        "plan_year": scenario.now + PLANNED_AHEAD,
        "search_draws": report.search_draws,
        "model_runs": report.runs,
        "summary": _summary(report.standings),
        "targets": [_target(standing) for standing in report.standings],
        "not_applicable": [_other(name, each) for name, each in scenario.targets.items() if not each.applies],
        "funding": [_funding(group) for group in report.funding],
        "out_of_reach": list(report.out_of_reach),
        "apart": list(report.apart),
        "paths": paths(report.choice) if report.choice is not None else None,
    }
    return {key: plain(value) for key, value in found.items()}


def plain(value: Any) -> Any:
    """The same, with every number that is not finite as null and every number of an array as one of Python.

    Examples
    --------
    >>> plain({"money": np.array([1.0, np.inf]), "year": 2030})
    {'money': [1.0, None], 'year': 2030}
    """
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _summary(standings: Iterable[Standing]) -> dict[str, int]:
    verdicts = ["unjudged" if each.verdict is None else each.verdict.status for each in standings]
    counted = {status: verdicts.count(status) for status in ("feasible", "feasible_if", "infeasible", "unjudged")}
    return {"targets": len(verdicts), **counted}


def _target(standing: Standing) -> dict[str, Any]:
    promise, gap = standing.promise, standing.gaps.get(standing.promise.target.year)
    target = promise.target
    probability, error = promise.chance or (math.nan, math.nan)
    return {
        "id": promise.name,
        "kind": target.kind,
        "variable": target.variable,
        "unit": QUANTITIES[target.variable].unit,
        "region": target.region,
        "part": target.part,
        "year": target.year,
        "operator": target.operator,
        "value": promise.wanted,
        "wanted_probability": target.probability,
        "central": promise.central,
        "met": promise.met,
        "probability": probability,
        "mc_error": error,
        "shortfall": gap.shortfall if gap else None,
        "shortfall_error": gap.mc_error if gap else None,
        "first_year": promise.first_year,
        "first_year_range": promise.first_year_range,
        "binding": promise.binding,
        "redefined": promise.redefined,
        "by_year": _by_year(standing),
        "verdict": _verdict(standing),
        "flags": [_flag(each) for each in standing.flags],
    }


def _by_year(standing: Standing) -> list[dict[str, Any]]:
    chances = standing.promise.chances or {}
    return [
        {
            "year": year,
            "probability": chances[year].probability if year in chances else None,
            "mc_error": chances[year].mc_error if year in chances else None,
            "gap": gap.central,
            "shortfall": gap.shortfall,
            "shortfall_error": gap.mc_error,
        }
        for year, gap in standing.gaps.items()
    ]


def _verdict(standing: Standing) -> dict[str, Any] | None:
    verdict, aim = standing.verdict, standing.aim
    if verdict is None or aim is None:
        return None
    relaxations = [
        {
            "kind": each.kind,
            "amount": each.amount,
            "unit": each.unit,
            "mc_error": each.mc_error,
            "source": each.source or None,
        }
        for each in verdict.relaxations
    ]
    return {
        "status": verdict.status,
        "tried": verdict.tried,
        "relaxations": relaxations,
        "sure": verdict.sure,
        "binding_beyond_money": verdict.beyond or None,
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "kind": flag.kind,
        "names": flag.names,
        "met": flag.met,
        "met_without": flag.met_without,
        "line": _line(flag.line),
        "beside": [_line(each) for each in flag.beside],
    }


def _line(line: Line) -> dict[str, Any]:
    return {**line._asdict(), "unit": line.unit}


def _other(name: str, target: Target) -> dict[str, Any]:
    kept = ("kind", "variable", "region", "year", "base_value", "reason", "source")
    return {"id": name, **{key: getattr(target, key) for key in kept}}


def _funding(group: FundingRequired) -> dict[str, Any]:
    amounts = {"present": group.present, "extra": group.extra, "budget": group.budget, "one_by_one": group.one_by_one}
    return {
        "targets": [aim.name for aim in group.aims],
        "criterion": group.criterion,
        "unit": group.unit,
        "by_year": [
            {"year": year, **{name: None if each is None else each[row] for name, each in amounts.items()}}
            for row, year in enumerate(group.years)
        ],
        "total": {
            **{name: None if each is None else each.sum() for name, each in amounts.items()},
            "extra_error": group.error,
        },
        "sources": [_budget({"source": name}, money) for name, money in group.sources.items()],
        "programmes": [
            _budget(dict(zip(("programme", "source"), (*pot.split(".", 1), None), strict=False)), money)
            for pot, money in group.programmes.items()
        ],
        "regions": [_budget({"region": code}, money) for code, money in group.regions.items()],
        "chances": _chances(group),
        "together": group.together._asdict(),
        "rises": group.rises,
        "fresh_draws": group.fresh.draws,
        "fresh_seed": group.fresh.seed,
        "model_runs": group.runs,
    }


def _budget(named: Mapping[str, str | None], money: Any) -> dict[str, Any]:
    return {**named, "by_year": money, "total": money.sum()}


def _chances(group: FundingRequired) -> list[dict[str, Any]]:
    return [
        {
            "id": aim.name,
            "wanted_probability": aim.probability,
            **group.chances[aim.name]._asdict(),
            **{f"fresh_{key}": value for key, value in group.checked[aim.name]._asdict().items()},
        }
        for aim in group.aims
    ]
