"""What binds each programme, where the regions stand, and which targets the central line meets."""

from collections import Counter
from collections.abc import Sequence

from backlog_model.analysis.limits import bindings
from backlog_model.analysis.promises import Promise, promises
from backlog_model.projection import BINDINGS
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.headline import figure
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.notes import split_of
from backlog_model.report.numbers import UNDEFINED, rounded_to_sum
from backlog_model.report.view import View


def limits(view: View) -> list[str]:
    """The limit of each programme in the province, and how many regions each limit binds."""
    axes = view.projection.axes
    years = [year for year in view.ahead if year in axes.years]
    if not years or not axes.programmes:
        return []
    found = {(each.programme, each.region, each.year): each.binding for each in bindings(view.projection)}
    rows = []
    for programme in view.scenario.programmes:
        whole = [_limit(view, programme, found[programme, axes.province, year], year) for year in years]
        regional = Counter(found[programme, region, view.focus] for region in axes.regions)
        counted = "–" if set(whole) == {view.say("no_budget")} else _counted(view, regional)
        rows.append([view.programme(programme), *whole, counted])
    header = [view.say("programme"), *(str(year) for year in years), view.say("regions_by_limit", year=view.focus)]
    lines = table(header, rows, left=len(header))
    return section(view.say("limits"), [*lines, *paragraph(view.say("limits_how"))])


def limit_names(view: View, year: int) -> list[tuple[str, str]]:
    """Each programme and what limits it in the province in a year, in words."""
    province = view.projection.axes.province
    found = {
        each.programme: each.binding
        for each in bindings(view.projection)
        if (each.region, each.year) == (province, year)
    }
    return [(view.programme(name), _limit(view, name, limit, year)) for name, limit in found.items()]


def _limit(view: View, programme: str, name: str, year: int) -> str:
    """Name of a limit, or that there is no money at all."""
    parts = [part for part in view.projection.parts("budget_idr") if part.partition(".")[0] == programme]
    unfunded = name == "funds" and not any(view.value("budget_idr", year, part=part) for part in parts)
    return view.say("no_budget") if unfunded else view.say(name)


def _counted(view: View, regional: Counter[str]) -> str:
    return ", ".join(f"{view.say(name)} {regional[name]}" for name in BINDINGS if regional[name])


def regions(view: View) -> list[str]:
    """RTLH and break-even of each region, and what holds its largest programme; marked when the split is assumed."""
    axes = view.projection.axes
    if len(axes.regions) < 2:
        return []
    years = view.years[:3]
    columns = [rounded_to_sum(view.by_region("rtlh_houses", year)) for year in years]
    columns.append(rounded_to_sum(view.by_region("break_even_houses", view.focus)))
    rows = [
        [code, view.region(code), *(view.number(column[r]) for column in columns), held]
        for r, (code, held) in enumerate(zip(axes.regions, largest_held(view), strict=True))
    ]
    rows.append(["", view.say("sum"), *(view.number(sum(column)) for column in columns), ""])
    names = [view.say("code"), view.say("region"), *(str(year) for year in years)]
    header = [*names, view.say("even_in", year=view.focus), view.say("largest", year=view.focus)]
    title = "regions_assumed" if split_of("rtlh_houses", view.scenario) else "regions"
    return section(view.say(title), table(header, rows, left=2, wide=len(header) - 1))


def largest_held(view: View) -> list[str]:
    """For each region, what holds the programme that starts most houses there."""
    projection = view.projection
    programmes = projection.axes.house_programmes
    started = [view.by_region("started_houses", view.focus, part=name) for name in programmes]
    held = []
    for region, houses in zip(projection.axes.regions, zip(*started, strict=True), strict=False):
        most, programme = max(zip(houses, programmes, strict=True))
        short = view.programme(programme).partition(" (")[0]
        limit = projection.binding_name(programme, view.focus, region=region) if most > 0 else ""
        held.append(view.say("limit_of", limit=view.say(limit), programme=short) if limit else UNDEFINED)
    return held or [UNDEFINED] * len(projection.axes.regions)


def targets(view: View) -> list[str]:
    """Targets that apply, with the central line beside them; how many cannot be compared."""
    held = promises(view.scenario, view.ensemble or view.projection)
    others = len(view.scenario.targets) - len(held)
    lines = []
    if held:
        last = ("chance", "sure_from") if view.ensemble else ("met",)
        names = [view.say(name) for name in ("target", "variable", "year", "wanted", "line", *last)]
        lines = table(names, [_promise(view, each) for each in held], left=2)
        lines += paragraph(_wanted_chances(view, held)) if view.ensemble else []
        if any(each.target.kind == "illustrative" for each in held):
            lines += paragraph(view.say("illustrative"))
    if any(each.redefined for each in held):
        lines += paragraph(view.say("redefined", years=view.span(view.revised(view.projection.axes.years))))
    if others:
        lines += paragraph(view.say("not_compared", count=view.number(others)))
    return section(view.say("targets_and_chances" if view.ensemble else "targets"), lines)


def _wanted_chances(view: View, held: Sequence[Promise]) -> str:
    wanted = sorted({each.target.probability for each in held})
    return view.say("wanted_chance", wanted=" / ".join(f"{view.number(100 * each)} %" for each in wanted))


def _promise(view: View, promise: Promise) -> list[str]:
    target, unit = promise.target, QUANTITIES[promise.target.variable].unit
    mark = "*" if target.kind == "illustrative" else ""
    percent = " %" if unit == "share" else ""
    wanted = f"{target.operator} {figure(view, promise.wanted, unit)}{percent}"
    line = figure(view, promise.central, unit)
    last = _chance(view, promise) if view.ensemble else [_met(view, promise)]
    return [f"{promise.name}{mark}", subject(view, promise), str(target.year), wanted, line, *last]


def _met(view: View, promise: Promise) -> str:
    return {True: view.say("yes"), False: view.say("no"), None: UNDEFINED}[promise.met]


def _chance(view: View, promise: Promise) -> list[str]:
    if promise.chance is None:
        return [UNDEFINED, UNDEFINED]
    chance, error = (view.number(100 * each, decimals=1) for each in promise.chance)
    early, late = (UNDEFINED if year is None else str(year) for year in promise.first_year_range)
    return [view.say("chance_of", chance=chance, error=error), early if early == late else f"{early}-{late[-2:]}"]


def subject(view: View, promise: Promise) -> str:
    """What a target counts: the region when it is not the whole province, the part, the variable."""
    target = promise.target
    before = [view.region(target.region)] if target.region != view.projection.axes.province else []
    if target.part in view.scenario.programmes:
        before.append(view.programme(target.part).partition(" (")[0])
    elif target.part != "total":
        before.append(words.part(target.part, view.language))
    name = view.label(target.variable)
    return f"{', '.join(before)}: {name}" if before else name
