"""Targets that apply, each with its chance, and the table of them."""

import math
from collections.abc import Iterator, Sequence

from backlog_model.analysis.promises import Promise
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import DECIMALS as DECIMALS_COLUMN
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import DECIMALS, percent, read_as
from backlog_model.report.numbers import UNDEFINED, number
from backlog_model.report.standing import subject
from backlog_model.report.view import View

_TEXTS = ("target", "subject", "unit")


def targets(dossier: Dossier) -> Iterator[Figure]:
    """Targets that apply, in the order written; without draws a table alone, with the verdict of the central line.

    Columns: target, subject, unit, year, wanted (text with its sense), value, central; with draws chance, error,
    wanted_chance in percent and first_year (text); met and kind (text); decimals.
    """
    case = dossier.lead
    held = case.promises
    if not held:
        return
    years = [each.target.year for each in held]
    first, last = min(years), max(years)
    title = "figure_targets_title" if dossier.draws else "figure_targets_title_central"
    title = "figure_targets_title_one" if dossier.draws and first == last else title
    yield Figure(
        name="targets",
        chart="targets" if dossier.draws else "",
        title=dossier.say(title, first=first, last=last),
        description=_description(dossier, held),
        columns=tuple(_columns(dossier)),
        rows=tuple(_row(case, each) for each in held),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier, held)),
    )


def _columns(dossier: Dossier) -> Iterator[Column]:
    percent = words.unit("share", dossier.language)
    yield from (Column(name, dossier.say(f"figure_targets_{name}"), "text") for name in _TEXTS)
    yield Column("year", dossier.say("figure_year"), "year")
    yield Column("wanted", dossier.say("figure_targets_wanted"), "text")
    yield Column("value", dossier.say("figure_targets_value"))
    yield Column("central", dossier.say("figure_central"))
    if dossier.draws:
        chances = ("chance", "error", "wanted_chance")
        yield from (Column(name, dossier.say(f"figure_targets_{name}"), decimals=1, unit=percent) for name in chances)
        yield Column("first_year", dossier.say("figure_targets_first_year"), "text")
    yield Column("met", dossier.say("figure_targets_met"), "text")
    yield Column("kind", dossier.say("figure_targets_kind"), "text")
    yield Column(DECIMALS_COLUMN, DECIMALS_COLUMN)


def _row(case: Case, promise: Promise) -> tuple[Cell, ...]:
    target, view = promise.target, case.view
    unit = QUANTITIES[target.variable].unit
    decimals = DECIMALS.get(unit, 0)
    value = read_as(promise.wanted, target.variable)
    sense = "≤" if target.operator == "<=" else "≥"
    shown = number(float(value or 0.0), case.language, decimals=decimals)
    met = {True: view.say("yes"), False: view.say("no"), None: UNDEFINED}[promise.met]
    return (
        *(promise.name, _promised(view, promise), words.unit(unit, case.language), target.year),
        *(f"{sense} {shown}", value, read_as(promise.central, target.variable)),
        *(_chances(view, promise) if case.projection.draws else ()),
        *(met, view.say(f"figure_targets_{target.kind}"), decimals),
    )


def _promised(view: View, promise: Promise) -> str:
    """What a target counts; a part of a variable is named behind it, as in titles."""
    target = promise.target
    if target.part == "total" or target.part in view.scenario.programmes:
        return subject(view, promise)
    message = "figure_authority" if QUANTITIES[target.variable].parts == "authority" else "figure_part"
    name = view.say(message, name=view.label(target.variable), part=words.part(target.part, view.language))
    return name if target.region == view.projection.axes.province else f"{view.region(target.region)}: {name}"


def _chances(view: View, promise: Promise) -> list[Cell]:
    """Chance, error and wanted chance in percent; first year in which it is reached, as text."""
    wanted = percent(promise.target.probability)
    if promise.chance is None:
        return [None, None, wanted, UNDEFINED]
    return [percent(promise.chance.probability), percent(promise.chance.mc_error), wanted, _first_year(view, promise)]


def _first_year(view: View, promise: Promise) -> str:
    """First year with the chance wanted, as far as twice the Monte Carlo error tells."""
    early, late = promise.first_year_range
    if early is None or early == late:
        return UNDEFINED if early is None else str(early)
    if late is None:
        return view.say("figure_targets_or_later", year=early)
    return f"{early}–{late}"


def _description(dossier: Dossier, held: Sequence[Promise]) -> str:
    if not dossier.draws:
        sure = sum(each.met is True for each in held)
        return dossier.say("figure_targets_description_central", sure=sure, count=len(held))
    sure = sum(each.chance is not None and each.chance.probability >= each.target.probability for each in held)
    return dossier.say("figure_targets_description", sure=sure, count=len(held))


def _notes(dossier: Dossier, held: Sequence[Promise]) -> Iterator[str]:
    view = dossier.lead.view
    if any(each.target.kind == "illustrative" for each in held):
        yield dossier.say("figure_illustrative_note")
    if any(math.isnan(each.central) or each.redefined for each in held):
        yield dossier.say("figure_targets_unknown")
    if len(view.scenario.targets) > len(held):
        yield dossier.say("figure_targets_others")
