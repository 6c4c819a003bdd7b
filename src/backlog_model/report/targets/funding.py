"""Funding that groups of targets require together, by source, year and region, as lines of text."""

from collections.abc import Sequence

import numpy as np

from backlog_model.analysis.money import FundingRequired
from backlog_model.analysis.money.levers import PLANNED_AHEAD
from backlog_model.inputs import Array
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import rounded_to_sum
from backlog_model.report.targets.view import TargetView, decimals_of
from backlog_model.report.view import BILLION

_SAME = 1e-3  # of a total: two ways of funding that cost the same


def funding(view: TargetView) -> list[str]:
    """Each group of targets, then the regions of all groups, then what no money reaches."""
    lines = [line for letter, group in view.groups.items() for line in _group(view, letter, group)]
    return [*lines, *_how(view), *_regions(view), *_beyond(view)]


def _group(view: TargetView, letter: str, group: FundingRequired) -> list[str]:
    unit = view.say("idr_billion") if group.unit == "idr" else words.unit(group.unit, view.language)
    title = view.say(
        "targets_funding",
        letter=letter,
        count=view.run.number(len(group.aims)),
        criterion=view.say(f"targets_{group.criterion}"),
        unit=unit,
    )
    names = view.names([aim.name for aim in group.aims])
    lines = paragraph(view.say("targets_funding_of", names=names), indent="  ")
    lines += _money(view, group)
    lines += paragraph(" ".join([*_exactness(view, group), *_one_by_one(view, group), *_falls(view, group)]))
    return section(title, [*lines, *_check(view, group)])


def _money(view: TargetView, group: FundingRequired) -> list[str]:
    """What is written, what comes on top, the whole, and its sources, year by year and in all."""
    header = ["", *map(str, group.years), view.say("targets_years_total")]
    parts = {"targets_present": group.present, "targets_extra": group.extra, "targets_budget": group.budget}
    rows = [_amounts(view, group, view.say(name), amounts) for name, amounts in parts.items()]
    if group.unit == "idr":
        rows += [
            _amounts(view, group, view.say("targets_source", source=words.source(name, view.language)), amounts)
            for name, amounts in group.sources.items()
        ]
    return table(header, rows)


def _amounts(view: TargetView, group: FundingRequired, label: str, amounts: Array) -> list[str]:
    largest = float(group.budget.sum())
    return [label, *view.cells([*amounts.tolist(), float(amounts.sum())], group.unit, largest=largest)]


def _exactness(view: TargetView, group: FundingRequired) -> list[str]:
    return [view.say("targets_error", error=view.amount(group.error, group.unit))] if group.extra.any() else []


def _one_by_one(view: TargetView, group: FundingRequired) -> list[str]:
    """The money of funding one target after another, where there are several years."""
    if len({aim.year for aim in group.aims}) < 2:
        return []
    if group.one_by_one is None:
        return [view.say("targets_one_by_one_never")]
    total = float(group.one_by_one.sum())
    difference = total - float(group.extra.sum())
    if abs(difference) <= _SAME * max(total, 1.0):
        return [view.say("targets_one_by_one_same")]
    said = "targets_one_by_one" if difference > 0 else "targets_one_by_one_less"
    amounts = {"total": total, "difference": abs(difference)}
    return [view.say(said, **{name: view.amount(each, group.unit) for name, each in amounts.items()})]


def _falls(view: TargetView, group: FundingRequired) -> list[str]:
    return [] if group.rises else [view.say("targets_may_fall")]


def _check(view: TargetView, group: FundingRequired) -> list[str]:
    """Chances with this money, where it was found and in fresh draws."""
    rows = []
    for aim in group.aims:
        found, fresh = group.chances[aim.name], group.checked[aim.name]
        cells = (view.chance(float(each.probability), float(each.mc_error)) for each in (found, fresh))
        rows.append([aim.name, view.run.number(100 * aim.probability), *cells])
    if len(group.aims) > 1:
        together = view.chance(float(group.together.probability), float(group.together.mc_error))
        rows.append([view.say("targets_all_at_once"), "", "", together])
    return table(view.columns("targets_check_columns"), rows)


def _how(view: TargetView) -> list[str]:
    """How the tables of chances are to be read."""
    groups = view.report.funding
    if not groups:
        return []
    said = [view.say("targets_check_how", draws=view.run.number(groups[0].fresh.draws))]
    if any(len(group.aims) > 1 for group in groups):
        said.append(view.say("targets_all_how"))
    return ["", *paragraph(" ".join(said))]


def _regions(view: TargetView) -> list[str]:
    """Whole budgets of all years that reach each region, a column for each group of the same money."""
    groups = {letter: group for letter, group in view.groups.items() if group.regions}
    codes = view.run.projection.axes.regions
    if not groups or len(codes) < 2:
        return []
    columns = [_column(view, group, codes) for group in groups.values()]
    places = [*zip(codes, map(view.run.region, codes), strict=True), ("", view.say("sum"))]
    rows = [[*place, *cells] for place, *cells in zip(places, *columns, strict=True)]
    years = sorted({year for group in groups.values() for year in group.years})
    header = [view.say("code"), view.say("region"), *groups]
    return section(view.say("targets_by_region", years=view.run.span(years)), table(header, rows, left=2))


def _column(view: TargetView, group: FundingRequired, codes: Sequence[str]) -> list[str]:
    """Budget of all years that reaches each region, and their sum, rounded so that they add up."""
    money = [float(np.sum(group.regions.get(code, 0.0))) for code in codes]  # a region's own money stays there
    decimals = decimals_of(sum(money))
    rounded = rounded_to_sum([each / BILLION for each in money], decimals=decimals)
    return [view.run.number(each, decimals=decimals) for each in (*rounded, sum(rounded))]


def _beyond(view: TargetView) -> list[str]:
    """Targets that no money reaches, or not together, and those whose money is already decided."""
    plan = view.run.now + PLANNED_AHEAD
    aims = [each.aim for each in view.report.standings if each.aim is not None]
    decided = [aim.name for aim in aims if aim.year < plan]
    said = {
        "targets_out_of_reach": view.report.out_of_reach,
        "targets_not_together": view.report.apart,
        "targets_decided_before": decided,
    }
    lines = [
        line
        for key, names in said.items()
        if names
        for line in paragraph(view.say(key, names=view.names(names)), indent="  ")
    ]
    return ["", *lines] if lines else []
