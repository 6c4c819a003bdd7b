"""Paths towards one target, as programs read them."""

from typing import Any

from backlog_model.analysis.paths import PathChoice
from backlog_model.analysis.paths.flips import Choice, Winner
from backlog_model.analysis.paths.tournament import HONEST
from backlog_model.analysis.regret import RegretTable


def paths(choice: PathChoice) -> dict[str, Any]:
    """The part `paths` of the document; its arrays and its numbers that are not finite are made plain there.

    Keys
    ----
    target, years, start, unit : the target, years of the paths, central value before them, unit of `money`
    present : money written by year
    families : `family` (`honest` is no family: it ends where the plan leads), `ends_on_target`, `values`, `steps`,
        `cumulative`, `units`, `percent`, `scale`, `own_end` (null where they say nothing), `money` (by year; null where
        nothing can move the target; null in a year in which none is enough), `regret`, `scenarios`
    families[].regret : over all futures `mean`, `mc_error`, `percentile_90`, `maximum`, `best_chance`, `best_error`,
        `kept` (share of futures that keep the promise of every year), `kept_low`, `kept_high`, `kept_interval`, `ranks`
    families[].scenarios : `scenario`, `regret`, `mc_error`, `every_kept`, `every_kept_error`, `last_kept`,
        `last_kept_error`, `gaps` (by year: promised less mean of the draws, above 0 where it is missing)
    scenarios : `scenario`, and `first_year` with the wanted chance
    among_families, among_all : without and with `honest`: `by_mean` and `by_maximum` (names, second, lead, mc_error,
        clear), `scenarios` (scenario, best, loss, mc_error, flips), `flips` (assumption, lower, upper, half, loss,
        mc_error)
    undefined, left_out : families and scenarios that are not in it, with the code of the reason
    """
    found = choice.tournament
    first = next(iter(found.paths.values()))
    return {
        "target": choice.aim.name,
        "years": first.years,
        "start": choice.start,
        "unit": choice.unit or None,
        "present": choice.present,
        "families": [_family(choice, place, name) for place, name in enumerate(found.paths)],
        "scenarios": [{"scenario": name, "first_year": found.first_years[name]} for name in found.scenarios],
        "among_families": _choice(found.among_families),
        "among_all": _choice(found.among_all),
        "undefined": [{"family": name, "reason": code} for name, code in found.undefined.items()],
        "left_out": [{"scenario": name, "reason": code} for name, code in choice.left_out.items()],
    }


def _family(choice: PathChoice, place: int, name: str) -> dict[str, Any]:
    path = choice.tournament.paths[name]
    kept = ("values", "steps", "cumulative", "units", "percent", "scale", "own_end")
    return {
        "family": name,
        "ends_on_target": name != HONEST,
        **{key: getattr(path, key) for key in kept},
        "money": choice.money.get(name),
        "regret": _regret(choice.tournament.table, place),
        "scenarios": [_fared(choice, place, column) for column in range(len(choice.tournament.scenarios))],
    }


def _regret(table: RegretTable, place: int) -> dict[str, Any]:
    held = table.satisficing
    return {
        "mean": table.mean[place],
        "mc_error": table.mean_error[place],
        "percentile_90": table.percentile_90[place],
        "maximum": table.maximum[place],
        "best_chance": table.best_chance[place],
        "best_error": table.best_error[place],
        "kept": None if held is None else held.share[place],
        "kept_low": None if held is None else held.low[place],
        "kept_high": None if held is None else held.high[place],
        "kept_interval": None if held is None else held.interval,
        "ranks": {criterion: ranks[place] for criterion, ranks in table.ranks.items()},
    }


def _fared(choice: PathChoice, place: int, column: int) -> dict[str, Any]:
    """How a path fares in one scenario."""
    found = choice.tournament
    return {
        "scenario": found.scenarios[column],
        "regret": found.regrets[place, column],
        "mc_error": found.regret_errors[place, column],
        "every_kept": found.every_kept.probability[place, column],
        "every_kept_error": found.every_kept.mc_error[place, column],
        "last_kept": found.last_kept.probability[place, column],
        "last_kept_error": found.last_kept.mc_error[place, column],
        "gaps": found.gaps[place, column],
    }


def _choice(found: Choice) -> dict[str, Any]:
    return {
        "by_mean": _winner(found.by_mean),
        "by_maximum": _winner(found.by_maximum),
        "scenarios": [{**each._asdict(), "flips": each.flips} for each in found.scenarios],
        "flips": [
            {("assumption" if key == "name" else key): value for key, value in each._asdict().items()}
            for each in found.flips
        ],
    }


def _winner(winner: Winner) -> dict[str, Any]:
    return {**winner._asdict(), "clear": winner.is_clear}
