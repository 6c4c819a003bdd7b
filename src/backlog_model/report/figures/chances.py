"""Chance by year and money: how likely a level of RTLH is reached, under multiples of the money still to be decided."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backlog_model.analysis.chance_by_funding import ChanceByFunding, chance_by_funding
from backlog_model.analysis.promises import Promise, years_counted_again
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.main_target import main_target
from backlog_model.report.figures.scales import percent
from backlog_model.report.view import BILLION
from backlog_model.summary import Goal

_STOCK = "rtlh_houses"
_FALL = 0.9  # of the last known stock, where no target says what is wanted


class _Level(NamedTuple):
    """What is to be reached, and who says so."""

    goal: Goal
    target: Promise | None


def chance_map(dossier: Dossier) -> Iterator[Figure]:
    """Chance that RTLH of the province reach the main target's level, by year and multiple of the money written.

    Without a target the level is a tenth below the last known stock. Years in which RTLH are counted again, and those
    after, are left out. None without draws, or where no money is written for houses.

    Columns: year, funding (times the money written), budget in Rp billion, chance and error in percent.
    """
    case = dossier.lead
    if not dossier.draws:
        return
    level = _level(case)
    found = chance_by_funding(case.scenario, case.projection, level.goal)
    known = () if found is None else _of_one_record(case, found.years)
    if found is None or not known:
        return
    rows = _rows(found, known)
    share, billion = words.unit("share", dossier.language), dossier.say("idr_billion")
    said = {"operator": "≤" if level.goal.operator == "<=" else "≥", "first": known[0], "last": known[-1]}
    yield Figure(
        name="chance_map",
        chart="heat",
        title=dossier.say("figure_chance_title", level=case.view.number(level.goal.value), **said),
        description=_description(dossier, rows, known[-1]),
        columns=(
            Column("year", dossier.say("figure_year"), "year"),
            Column("funding", dossier.say("figure_chance_funding"), decimals=1),
            Column("budget", dossier.say("figure_chance_budget"), decimals=1, unit=billion),
            Column("chance", dossier.say("figure_chance_chance"), decimals=1, unit=share),
            Column("error", dossier.say("figure_chance_error"), decimals=1, unit=share),
        ),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(case, level, found, rows)),
    )


def _level(case: Case) -> _Level:
    target = main_target(case)
    if target is not None:
        return _Level(case.projection.goal(_STOCK, target.target.operator, target.wanted), target)
    return _Level(case.projection.goal(_STOCK, "<=", round(_FALL * case.view.value(_STOCK, case.view.now))), None)


def _of_one_record(case: Case, years: Sequence[int]) -> tuple[int, ...]:
    """Those of some years in which RTLH are counted as they are now."""
    again = [year for year in years_counted_again(_STOCK, "total", case.scenario) if year > case.scenario.now]
    return tuple(year for year in years if year < min(again, default=year + 1))


def _rows(found: ChanceByFunding, known: Sequence[int]) -> list[tuple[Cell, ...]]:
    return [
        (
            year,
            multiple,
            round(float(found.budgets[row, column]) / BILLION, 9),
            percent(float(found.chance.probability[row, column])),
            percent(float(found.chance.mc_error[row, column])),
        )
        for row, multiple in enumerate(found.multiples)
        for column, year in enumerate(found.years)
        if year in known
    ]


def _description(dossier: Dossier, rows: list[tuple[Cell, ...]], last: int) -> str:
    chances = {funding: chance for year, funding, _, chance, _ in rows if year == last}
    most = max(float(funding or 0.0) for funding in chances)
    now, best = (dossier.lead.view.number(float(chances[each] or 0.0), decimals=1) for each in (1.0, most))
    shown = dossier.lead.view.number(most, decimals=0)
    return dossier.say("figure_chance_description", now=now, best=best, most=shown, last=last)


def _notes(case: Case, level: _Level, found: ChanceByFunding, rows: list[tuple[Cell, ...]]) -> Iterator[str]:
    view = case.view
    shown = view.number(level.goal.value)
    if level.target is None:
        yield view.say("figure_chance_of_stock", level=shown, year=view.now)
    else:
        target = level.target.target
        message = f"figure_chance_of_target{'_illustrative' if target.kind == 'illustrative' else ''}"
        yield view.say(message, level=shown, target=level.target.name, year=target.year)
    error = max(float(row[4] or 0.0) for row in rows)
    yield view.say("figure_chance_how", first=found.years[0], error=view.number(error, decimals=1))
