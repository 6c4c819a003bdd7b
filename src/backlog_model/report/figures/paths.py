"""Tournament: target paths held against the scenarios of the report, as tables for charts."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.paths import PathChoice, path_choice
from backlog_model.analysis.paths.tournament import HONEST
from backlog_model.report import words
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.main_target import main_target
from backlog_model.report.figures.scales import percent
from backlog_model.report.view import BILLION

_YEARS = 2  # that a path needs


def tournament(dossier: Dossier) -> Iterator[Figure]:
    """Regret of each path to the main target in the futures of all scenarios; the least regretted first.

    None without a target on RTLH two or more years beyond the last known one, or where draws were not kept.

    Columns: path, label, regret and error (houses a year), largest, kept (percent of futures), money (Rp billion of
    all its years, on the central line; a dash where none is enough or nothing can move the target), end (houses
    promised in its last year).
    """
    choice = _choice(dossier)
    if choice is None:
        return
    view, found = dossier.lead.view, choice.tournament
    years = next(iter(found.paths.values())).years
    rows = _rows(dossier, choice)
    houses, texts = dossier.say("ledger_houses"), ("path", "label")
    yield Figure(
        name="tournament",
        chart="tournament",
        title=dossier.say(
            "figure_tournament_title", level=view.number(choice.aim.goal.value), first=years[0], last=years[-1]
        ),
        description=dossier.say(
            f"figure_tournament_description{'' if len(found.scenarios) > 1 else '_alone'}",
            path=rows[0][1],
            regret=view.number(float(rows[0][2] or 0.0)),
            scenarios=len(found.scenarios),
        ),
        columns=(
            *(Column(name, dossier.say(f"figure_tournament_{name}"), "text") for name in texts),
            *(
                Column(name, dossier.say(f"figure_tournament_{name}"), unit=houses)
                for name in ("regret", "error", "largest")
            ),
            Column("kept", dossier.say("figure_tournament_kept"), decimals=1, unit=words.unit("share", view.language)),
            Column("money", dossier.say("figure_tournament_money"), decimals=1, unit=dossier.say("idr_billion")),
            Column("end", dossier.say("figure_tournament_end", year=years[-1]), unit=houses),
        ),
        rows=rows,
        foot=dossier.foot(),
        language=dossier.language,
        notes=tuple(_notes(dossier, choice)),
        settings={"target": choice.aim.name, "year": choice.aim.year},
    )


def _choice(dossier: Dossier) -> PathChoice | None:
    """Paths to the main target, judged in the runs that the report has already."""
    case, target = dossier.lead, main_target(dossier.lead)
    counted = any(each.projection.tallies is not None for each in dossier.cases)
    if not dossier.draws or counted or target is None or target.target.year < case.view.focus + _YEARS - 1:
        return None
    aim = aims_of(case.scenario, case.projection)[target.name]
    others = [(each.scenario, each.projection) for each in dossier.others]
    return path_choice(case.scenario, aim, case.projection, (), beside=others)


def _rows(dossier: Dossier, choice: PathChoice) -> tuple[tuple[Cell, ...], ...]:
    table = choice.tournament.table
    kept = np.full(len(table.mean), np.nan) if table.satisficing is None else table.satisficing.share
    places = {name: place for place, name in enumerate(choice.tournament.paths)}
    rows = [
        (
            name,
            label,
            float(table.mean[places[name]]),
            float(table.mean_error[places[name]]),
            float(table.maximum[places[name]]),
            percent(float(kept[places[name]])),
            _money(choice, name),
            float(choice.tournament.paths[name].values[-1]),
        )
        for name, label in _labels(dossier, choice).items()
    ]
    return tuple(sorted(rows, key=lambda row: row[2]))


def _labels(dossier: Dossier, choice: PathChoice) -> dict[str, str]:
    """Names of the paths; those that promise the same in every year stand together under the first."""
    found: dict[str, str] = {}
    for name, path in choice.tournament.paths.items():
        label = dossier.say(f"paths_family_{name}")
        same = (each for each in found if np.allclose(choice.tournament.paths[each].values, path.values, rtol=1e-9))
        first = next(same, name)
        joined = dossier.say("figure_tournament_same", one=found[first], other=label) if first in found else label
        found[first] = joined
    return found


def _money(choice: PathChoice, path: str) -> Cell:
    if choice.unit != "idr" or path not in choice.money:
        return None
    whole = float(choice.money[path].sum())
    return whole / BILLION if math.isfinite(whole) else None


def _notes(dossier: Dossier, choice: PathChoice) -> Iterator[str]:
    view, probability = dossier.lead.view, choice.aim.probability
    ratio = view.number(probability / (1.0 - probability), decimals=1).removesuffix(",0").removesuffix(".0")
    wanted = view.number(100.0 * probability)
    yield dossier.say("figure_tournament_how", ratio=ratio, wanted=wanted)
    end = view.number(float(choice.tournament.paths[HONEST].values[-1]))
    yield dossier.say("figure_tournament_honest", wanted=wanted, end=end)
    if len(choice.tournament.scenarios) > 1:
        yield dossier.say("figure_tournament_scenarios", names=_listed(choice.tournament.scenarios))
    left_out = [
        dossier.say("paths_because", name=name, reason=dossier.say(f"paths_{code}"))
        for name, code in choice.left_out.items()
    ]
    if left_out:
        yield dossier.say("paths_left_out", names=_listed(left_out))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
