"""The answer in one sentence, and the table of indicators of the province."""

import math
from collections.abc import Iterator, Sequence

from backlog_model.inputs import AUTHORITIES
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.figures.scales import DECIMALS
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.notes import split_of
from backlog_model.report.view import BILLION, View

HOUSES = (
    "rtlh_houses",
    "break_even_houses",
    "effective_handled_houses",
    "reported_handled_houses",
    "net_clearance_houses",
    "years_to_clear",
)
_BACKLOGS = ("ownership_backlog_households", "occupancy_backlog_households")
ESTATES = ("psu_gap_estates", "psu_share")
"""Indicators of houses and of estates, in the order they are read."""


def figure(view: View, value: float, unit: str) -> str:
    """A value in the unit people read it in, without the unit."""
    scale = {"share": 100.0, "idr": 1 / BILLION}.get(unit, 1.0)
    return view.number(scale * value, decimals=DECIMALS.get(unit, 0))


def heading(view: View) -> list[str]:
    """Title of the run, and what kind of run it is."""
    scenario = view.scenario
    title = view.say(
        "title",
        province=view.region(view.projection.axes.province),
        title=view.named(scenario.title),
        name=view.projection.scenario,
        first=scenario.years.first,
        last=scenario.years.last,
    )
    assumed = paragraph(view.say("split_assumed")) if split_of("rtlh_houses", scenario) else []
    return [*paragraph(title), *paragraph(_kind_of_run(view)), *assumed]


def _kind_of_run(view: View) -> str:
    sampling = view.ensemble.sampling if view.ensemble else None
    if sampling is None:
        return view.say("central")
    design = words.design(sampling.design, view.language)
    return view.say("central_beside", draws=view.number(sampling.draws), design=design, seed=sampling.seed)


def sentence(view: View) -> list[str]:
    """Where the stock goes, where break-even lies and how long it takes; a change of definition is never a trend."""
    stock = view.values("rtlh_houses", view.years)
    points = zip(view.ahead, stock[1:], strict=True)
    path = listing(view, [view.say("in_year", number=view.number(value), year=year) for year, value in points])
    last = view.scenario.years.last
    coming = tuple(range(view.now + 1, last + 1))
    change = view.added("revision_houses", coming) if coming else 0.0
    net = stock[-1] - stock[0] - change
    fields = {
        "verb": view.say(_direction(net)),
        "now": view.number(stock[0]),
        "year": view.now,
        "path": path,
        "standing": _standing(view),
        "clearing": _clearing(view),
    }
    revised = view.revised(coming)
    if not revised:
        text = view.say("answer" if view.ahead else "answer_at_end", **fields)
        return ["", *paragraph(text), *_range_of_stock(view)]
    mistaken = view.say("worsening" if change > 0 else "improving")
    fields |= {"change": view.signed(change), "revised": view.span(revised), "mistaken": mistaken}
    text = view.say("answer_revised", **fields, net=view.number(abs(net)), last=last)
    return ["", *paragraph(text), *_range_of_stock(view)]


def _range_of_stock(view: View) -> list[str]:
    """Where the stock lies in nine of ten draws."""
    if view.ensemble is None:
        return []
    low, high = view.ensemble.statistics("rtlh_houses", by="province", points=(0.05, 0.95)).quantiles[:, :, 0]
    known = view.ensemble.years("rtlh_houses")
    places = [(known.index(year), year) for year in view.ahead or view.years]
    bounds = [(view.number(float(low[at])), view.number(float(high[at])), year) for at, year in places]
    texts = [view.say("between_in_year", low=low, high=high, year=year) for low, high, year in bounds]
    return paragraph(view.say("nine_of_ten", ranges=listing(view, texts)))


def _direction(change: float) -> str:
    if abs(change) < 0.5:
        return "stays"
    return "falls" if change < 0 else "rises"


def listing(view: View, texts: Sequence[str]) -> str:
    """Texts in a row, the last one after "and"."""
    if len(texts) < 2:
        return "".join(texts)
    return view.say("and", first=", ".join(texts[:-1]), last=texts[-1])


def _standing(view: View) -> str:
    """Break-even of each coming year shown, beside the effective handling of those years."""
    years = view.ahead or view.years
    evens = zip(view.values("break_even_houses", years), years, strict=True)
    effective = [view.number(value) for value in view.values("effective_handled_houses", years)]
    even = listing(view, [view.say("in_year", number=view.number(value), year=year) for value, year in evens])
    return view.say("standing", even=even, effective=" / ".join(effective))


def _clearing(view: View) -> str:
    years = view.value("years_to_clear", view.focus)
    if math.isnan(years):
        return view.say("never_clear", year=view.focus)
    return view.say("years_to_clear", year=view.focus, years=view.number(years, decimals=1))


def indicators(view: View) -> list[str]:
    """Table of the indicators of the province in the years shown, with what has to be said beside it."""
    header = ["", view.say("unit"), *(str(year) for year in view.years)]
    rows = [*_houses(view), *_backlogs(view), *_slums(view), *_estates(view)]
    said = [view.say("break_even_is"), *_beside_backlogs(view), *_beside_slums(view)]
    lines = [*table(header, rows, left=2), *(line for text in said for line in paragraph(text))]
    return section(view.say("indicators"), lines)


def _beside_backlogs(view: View) -> Iterator[str]:
    """Why the backlogs are not added, and the bounds of those in any need."""
    if view.projection.inputs.coverage.ownership:
        lower, upper = (bound[:, 0, 0] for bound in view.projection.backlog_union(by="province"))
        at = view.projection.years("rtlh_houses").index(view.focus)
        yield view.say("union", year=view.focus, lower=view.number(lower[at]), upper=view.number(upper[at]))


def _beside_slums(view: View) -> Iterator[str]:
    """How hectares are counted, and whose hectares they are."""
    if not view.slum_authorities:
        return
    rule = view.scenario.assumptions.slum_counting_rule
    yield view.say("slum_rule", rule=rule, words=words.counting_rule(rule, view.language))
    if len(view.slum_authorities) < len(AUTHORITIES):
        names = [words.part(name, view.language) for name in view.slum_authorities]
        yield view.say("slum_covered", authorities=listing(view, names))


def _row(view: View, variable: str, *, part: str = "total", label: str = "") -> list[str]:
    unit = QUANTITIES[variable].unit
    values = view.values(variable, view.years, part=part)
    shown = [figure(view, value, unit) for value in values]
    return [label or view.label(variable), words.unit(unit, view.language), *shown]


def _houses(view: View) -> Iterator[list[str]]:
    for variable in HOUSES:
        yield _row(view, variable)
    yield _row(view, "decent_share", label=view.say("decent"))


def _backlogs(view: View) -> Iterator[list[str]]:
    if view.projection.inputs.coverage.ownership:
        yield _row(view, _BACKLOGS[0])
    yield _row(view, _BACKLOGS[1])
    if view.projection.axes.finance_programmes:
        yield _row(view, "financed_households")


def _slums(view: View) -> Iterator[list[str]]:
    if not view.slum_authorities:
        return
    for name in view.slum_authorities:
        label = view.say("slum_of", authority=words.part(name, view.language))
        yield _row(view, "slum_ha", part=name, label=label)
    entering = [
        sum(pair)
        for pair in zip(
            view.values("new_slum_ha", view.years), view.values("relapsed_slum_ha", view.years), strict=True
        )
    ]
    unit = words.unit("ha", view.language)
    yield [view.say("slum_inflow"), unit, *(figure(view, value, "ha") for value in entering)]
    yield _row(view, "slum_exit_ha")
    rule = view.scenario.assumptions.slum_counting_rule
    for part in ("gross", "net"):
        yield _row(view, "slum_handled_share", part=part, label=view.say(f"slum_{part}", rule=rule))


def _estates(view: View) -> Iterator[list[str]]:
    if view.projection.inputs.coverage.psu.any():
        for variable in ESTATES:
            yield _row(view, variable)
