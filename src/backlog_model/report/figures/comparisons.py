"""Scenarios side by side: their lines over the years, and a row of numbers for each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backlog_model.analysis.promises import Promise
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.fans import part_shown
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.records import counted_again
from backlog_model.report.figures.scales import all_read_as, numbers, read_as

VARIABLE = "rtlh_houses"
SLUM = "slum_ha"


def comparisons(dossier: Dossier) -> Iterator[Figure]:
    """Lines and a table of all scenarios; nothing where there is one alone."""
    if dossier.others:
        yield _lines(dossier)
        yield _table(dossier)


def comparable(dossier: Dossier) -> tuple[Case, ...]:
    """The scenarios that count RTLH in the same way: as most do, or as the leading one where there is a tie."""
    counts = [_again(case) for case in dossier.cases]
    most = Counter(counts).most_common(1)[0][0]  # of those that are as common, the one seen first
    return tuple(case for case, count in zip(dossier.cases, counts, strict=True) if count == most)


def _again(case: Case) -> tuple[int, ...]:
    return counted_again(case, VARIABLE, case.projection.years(VARIABLE))


def _lines(dossier: Dossier) -> Figure:
    shown = comparable(dossier)
    columns = (
        Column("scenario", dossier.say("figure_scenario"), "text"),
        Column("title", dossier.say("figure_scenario_title"), "text"),
        Column("year", dossier.say("figure_year"), "year"),
        numbers("central", dossier.say("figure_central"), VARIABLE, dossier.language),
    )
    rows = [row for case in shown for row in _path(case)]
    lead, drawn, again = dossier.lead, {case.name for case in shown}, _again(shown[0])
    years = sorted({row[2] for row in rows if isinstance(row[2], int)})
    unit = words.unit(QUANTITIES[VARIABLE].unit, dossier.language)
    said = {"name": lead.view.label(VARIABLE), "unit": unit, "first": years[0], "last": years[-1]}
    figure = Figure(
        name="comparison",
        chart="comparison",
        title=dossier.say("figure_comparison_title", **said),
        description="",
        columns=columns,
        rows=tuple(rows),
        foot=dossier.foot(),
        language=dossier.language,
        notes=(
            *([dossier.say("figure_counted_again", years=lead.view.span(again))] if again else []),
            *(_left_off(dossier, case, unit) for case in dossier.cases if case.name not in drawn),
        ),
        settings={"unit": unit, "now": lead.view.now, "lead": shown[0].name, "again": again},
    )
    if len(shown) == 1:
        return figure.described(dossier.say("figure_comparison_alone", title=shown[0].title))
    return figure.described(dossier.say("figure_comparison_description", last=years[-1], **_extremes(figure, years)))


def _path(case: Case) -> Iterator[tuple[Cell, ...]]:
    years = case.projection.years(VARIABLE)
    values = all_read_as(case.view.values(VARIABLE, years), VARIABLE)
    for year, value in zip(years, values, strict=True):
        yield case.name, case.title, year, value


def _left_off(dossier: Dossier, case: Case, unit: str) -> str:
    last = case.projection.axes.years[-1]
    value = case.view.number(case.view.value(VARIABLE, last))
    return dossier.say("figure_left_off", title=case.title, value=value, unit=unit, last=last)


def _extremes(figure: Figure, years: Sequence[int]) -> dict[str, object]:
    last = [record for record in figure.records if record["year"] == years[-1]]
    ordered = sorted(last, key=lambda record: float(record["central"] or 0.0))
    low, high = ordered[0], ordered[-1]
    return {
        **{"count": len({record["scenario"] for record in figure.records})},
        **{"least": low["title"], "most": high["title"]},
        **{"low": figure.text("central", low["central"]), "high": figure.text("central", high["central"])},
    }


def _table(dossier: Dossier) -> Figure:
    """A row for each scenario: RTLH and slums in the years shown, money spent, chances of the targets on RTLH."""
    view = dossier.lead.view
    years = [year for year in view.ahead if all(year in case.projection.axes.years for case in dossier.cases)]
    goals = _goals(dossier)
    said = {"first": view.now + 1, "last": max(years)}
    figure = Figure(
        name="scenarios",
        chart="",
        title=dossier.say("figure_scenarios_title", **said),
        description=dossier.say("figure_scenarios_description", count=len(dossier.cases)),
        columns=tuple(_columns(dossier, years, goals)),
        rows=tuple(tuple(_row(dossier, case, years, goals)) for case in dossier.cases),
        foot=dossier.foot(),
        language=dossier.language,
    )
    others = [case for case in dossier.cases if case.name not in {each.name for each in comparable(dossier)}]
    notes = [dossier.say("figure_other_count", title=case.title) for case in others]
    if any(goal.target.kind == "illustrative" for goal in goals):
        notes.append(dossier.say("figure_scenarios_illustrative"))
    return replace(figure, notes=tuple(notes))


def _goals(dossier: Dossier) -> list[Promise]:
    """Targets of the leading scenario on RTLH of the province, which all scenarios are asked for."""
    if not dossier.draws:
        return []
    place = (VARIABLE, dossier.lead.projection.axes.province, "total")
    held = [each for case in comparable(dossier)[:1] for each in case.promises]
    return [each for each in held if (each.target.variable, each.target.region, each.target.part) == place]


def _columns(dossier: Dossier, years: Sequence[int], goals: Sequence[Promise]) -> Iterator[Column]:
    view, language = dossier.lead.view, dossier.language
    yield Column("scenario", dossier.say("figure_scenario"), "text")
    yield Column("title", dossier.say("figure_scenario_title"), "text")
    for year in years:
        label = dossier.say("figure_in_year", name="RTLH", year=year)
        yield numbers(f"rtlh_{year}", label, VARIABLE, language)
    if _slummed(dossier):
        label = dossier.say("figure_in_year", name=view.label(SLUM), year=view.focus)
        yield numbers("slum_ha", label, SLUM, language)
    spent = dossier.say("figure_spent", first=view.now + 1, last=max(years))
    yield numbers("spent", spent, "spent_idr", language)
    for position, goal in enumerate(goals, 1):
        sign, value = {"<=": "≤", ">=": "≥"}[goal.target.operator], view.number(goal.wanted)
        label = dossier.say("figure_chance_of", sign=sign, value=value, year=goal.target.year)
        yield Column(f"chance_{position}", label, decimals=1, unit="%")
    if goals:
        yield Column("error", dossier.say("figure_scenarios_error"), decimals=1, unit="%")


def _slummed(dossier: Dossier) -> bool:
    return any(case.view.slum_authorities for case in dossier.cases)


def _row(dossier: Dossier, case: Case, years: Sequence[int], goals: Sequence[Promise]) -> Iterator[Cell]:
    view, focus = case.view, dossier.lead.view.focus
    yield from (case.name, case.title)
    for year in years:
        yield read_as(view.value(VARIABLE, year), VARIABLE)
    if _slummed(dossier):
        yield read_as(view.value(SLUM, focus, part=part_shown(case, SLUM)), SLUM)
    yield read_as(view.added("spent_idr", range(dossier.lead.view.now + 1, max(years) + 1)), "spent_idr")
    chances = {each.name: each.chance for each in case.promises}
    found = [chances.get(goal.name) for goal in goals]
    yield from (None if chance is None else 100.0 * chance.probability for chance in found)
    if goals:
        yield max((100.0 * chance.mc_error for chance in found if chance is not None), default=None)
