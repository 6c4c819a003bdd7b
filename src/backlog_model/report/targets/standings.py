"""The head of the answer, the table of targets, and their chances and gaps by year, as lines of text."""

from collections.abc import Sequence
from itertools import groupby

from backlog_model.analysis.money.levers import PLANNED_AHEAD
from backlog_model.analysis.targets import Standing
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED
from backlog_model.report.targets.paths import least_regretted
from backlog_model.report.targets.view import TargetView, some_years

VERDICTS = ("feasible", "feasible_if", "infeasible")


def heading(view: TargetView) -> list[str]:
    """Which scenario it is, and how it was drawn."""
    scenario, run = view.report.scenario, view.run
    title = view.say(
        "title",
        province=run.region(run.projection.axes.province),
        title=run.named(scenario.title),
        name=scenario.name,
        first=scenario.years.first,
        last=scenario.years.last,
    )
    sampling = view.report.projection.sampling
    if sampling is None:
        return paragraph(title)
    drawn = view.say(
        "targets_drawn",
        draws=run.number(sampling.draws),
        design=words.design(sampling.design, view.language),
        seed=sampling.seed,
        plan=scenario.now + PLANNED_AHEAD,
    )
    return [*paragraph(title), *paragraph(drawn)]


def sentence(view: TargetView) -> list[str]:
    """How many targets are as sure as wanted, the dearest, what all of them take at once, and which path to take."""
    said = [*_dearest(view), *_together(view)]
    choice = view.report.choice
    if choice is not None:
        said.append(view.say("paths_answer", target=choice.aim.name, path=least_regretted(view, choice)))
    items = [line for text in said for line in paragraph(f"- {text}", indent="  ")]
    return ["", *paragraph(_counted(view)), *items]


def _counted(view: TargetView) -> str:
    verdicts = [standing.verdict for standing in view.report.standings]
    sure, conditional, never = (
        view.run.number(sum(each is not None and each.status == status for each in verdicts)) for status in VERDICTS
    )
    count = view.run.number(len(verdicts))
    text = view.say("targets_answer", sure=sure, count=count, conditional=conditional, never=never)
    unjudged = sum(each is None for each in verdicts)
    return f"{text} {view.say('targets_unjudged', count=view.run.number(unjudged))}" if unjudged else text


def _dearest(view: TargetView) -> list[str]:
    """The target that takes most money in all, if each is funded on its own."""
    asked = []
    for standing in view.report.standings:
        aim, relaxations = standing.aim, standing.verdict.relaxations if standing.verdict else ()
        money = next((each.amount for each in relaxations if each.kind == "more_money"), None)
        lever = view.lever(aim) if aim is not None and money is not None else None
        if aim is not None and money is not None and lever is not None and lever.unit == "idr":
            said = {"name": view.name(standing), "money": view.money(money), "years": view.years_of(aim)}
            asked.append((money * len(lever.years), said))
    if not asked:
        return []
    return [view.say("targets_dearest", **max(asked, key=lambda each: each[0])[1])]


def _together(view: TargetView) -> list[str]:
    return [
        view.say(
            "targets_together",
            count=view.run.number(len(group.aims)),
            letter=letter,
            extra=view.amount(float(group.extra.sum()), group.unit),
            present=view.amount(float(group.present.sum()), group.unit),
            years=view.run.span(group.years),
        )
        for letter, group in view.groups.items()
    ]


def standings(view: TargetView) -> list[str]:
    """A row for each target, under what it counts."""
    columns = view.columns("targets_columns")
    found = view.report.standings
    header, *rows = table(columns, [_row(view, each) for each in found])
    lines = [header]
    for subject, group in groupby(zip(found, rows, strict=True), key=lambda pair: _subject(view, pair[0])):
        lines += [*paragraph(subject, indent="  "), *(row for _, row in group)]
    wanted = sorted({each.promise.target.probability for each in found})
    text = " / ".join(f"{view.run.number(100 * each)} %" for each in wanted)
    lines += paragraph(view.say("targets_how", wanted=text))
    if any(each.promise.redefined for each in found):
        years = view.run.span(view.run.revised(view.run.projection.axes.years))
        lines += paragraph(view.say("redefined", years=years))
    return section(view.say("targets_table"), lines)


def _subject(view: TargetView, standing: Standing) -> str:
    target = standing.promise.target
    return view.say("targets_indicator", subject=view.subject(target), unit=view.unit(target.variable))


def _row(view: TargetView, standing: Standing) -> list[str]:
    promise, verdict = standing.promise, standing.verdict
    target = promise.target
    gap = standing.gaps.get(target.year)
    return [
        f"  {view.name(standing)}",
        str(target.year),
        view.wanted(target),
        view.value(promise.central, target.variable),
        UNDEFINED if promise.chance is None else view.chance(*map(float, promise.chance)),
        UNDEFINED if gap is None else view.value(gap.shortfall, target.variable),
        _between(*promise.first_year_range),
        UNDEFINED if verdict is None else view.say(f"targets_{verdict.status}"),
    ]


def _between(early: int | None, late: int | None) -> str:
    """A year, or the two that it lies between; the second is open where it may never come."""
    if early is None:
        return UNDEFINED
    return str(early) if early == late else f"{early}-{'...' if late is None else str(late)[-2:]}"


def by_year(view: TargetView) -> list[str]:
    """Chance and gap of each target from the year being planned to its own, where there are years between."""
    plan = view.run.now + PLANNED_AHEAD
    found = [each for each in view.report.standings if each.promise.chances and each.promise.target.year > plan]
    if not found:
        return []
    years = some_years(range(plan, max(each.promise.target.year for each in found) + 1))
    header = ["", *map(str, years)]
    rows = [row for standing in found for row in _yearly_rows(view, standing, years)]
    first, *lines = table(header, rows)
    shown = [first]
    for place, standing in enumerate(found):
        shown += [view.name(standing), *lines[2 * place : 2 * place + 2]]
    return section(view.say("targets_by_year"), [*shown, *paragraph(view.say("targets_gap_how"))])


def _yearly_rows(view: TargetView, standing: Standing, years: Sequence[int]) -> list[list[str]]:
    """Cells of a target's chances and gaps; empty after its own year."""
    target, chances = standing.promise.target, standing.promise.chances or {}
    known = [year for year in years if year in chances and year in standing.gaps]
    ahead = {year: year <= target.year and year in known for year in years}
    chance_cells = [view.chance(*map(float, chances[year])) if ahead[year] else "" for year in years]
    gap_cells = [view.change(standing.gaps[year].central, target.variable) if ahead[year] else "" for year in years]
    unit = view.steps(target.variable)
    return [
        [f"  {view.say('targets_chance_row')}", *chance_cells],
        [f"  {view.say('targets_gap_row', unit=unit)}", *gap_cells],
    ]
