"""Tables of the yearly plan: T-C.29, T-C.30, T-C.31 and T-C.33."""

import math
from collections.abc import Sequence

from backlog_model.analysis.promises import years_counted_again
from backlog_model.quantities import QUANTITIES
from backlog_model.report.forms import official
from backlog_model.report.forms.form import DASH, PROJECTED, Cell, Form, Line, money, text
from backlog_model.report.forms.mapping import Entry, Measure
from backlog_model.report.forms.plan import Plan
from backlog_model.report.forms.renstra import total
from backlog_model.report.forms.values import kind_of
from backlog_model.report.numbers import number, percent

_BAND = (0.05, 0.95)


def evaluation(plan: Plan) -> Form:
    """T-C.29: what the yearly plans reached, against the five-year plan."""
    years, say = plan.years, plan.dossier.say
    lines = [_evaluated(entry, plan) for entry in plan.own if entry.level != "sasaran"]
    notes = [
        say("form_gloss_29"),
        say("form_marks"),
        say("form_29_how", first=years.first, now=years.planned - 1),
        say("form_codes"),
    ]
    return plan.form("T-C.29", official.t_c_29(years.planned, years.last), lines, notes)


def _evaluated(entry: Entry, plan: Plan) -> Line:
    numbers, measure, year, five = plan.numbers, entry.measure, plan.years.planned, plan.years.five
    flow = measure is not None and QUANTITIES[measure.variable].kind == "flow"

    def until(last: int) -> list[int]:
        return [each for each in five if each <= last] if flow else [last]

    promised = numbers.target_over(measure, five)
    target, reached = numbers.target(measure, year - 2), numbers.reached(measure, year - 2)
    expected = numbers.reached_over(measure, until(year - 1))
    cells = (
        text(entry.code),
        text(entry.name),
        text(entry.indicator),
        promised,
        numbers.reached_over(measure, until(year - 3)),
        target,
        reached,
        _ratio(reached, target, measure),
        numbers.target(measure, year - 1),
        expected,
        _ratio(expected, promised, measure),
    )
    return Line(entry.level, cells)


def _ratio(reached: Cell, target: Cell, measure: Measure | None) -> Cell:
    """What was reached over a target; a dash where less is better, or something is missing."""
    if measure is None or QUANTITIES[measure.variable].direction != "up":
        return Cell()
    if isinstance(reached.value, str) or isinstance(target.value, str) or target.value == 0.0:
        return Cell()
    return Cell(reached.value / target.value, "percent", reached.mark or target.mark)


def services(plan: Plan) -> Form:
    """T-C.30: targets, what was reached, and the projection."""
    years, say = plan.years, plan.dossier.say
    rows = [entry for entry in plan.own if entry.level != "kegiatan"]
    lines = [_service(position, entry, plan) for position, entry in enumerate(rows, start=1)]
    notes = [say("form_gloss_30"), say("form_marks"), say("form_30_how")]
    return plan.form("T-C.30", official.t_c_30(years.planned), lines, notes)


def _service(position: int, entry: Entry, plan: Plan) -> Line:
    numbers, measure, year = plan.numbers, entry.measure, plan.years.planned
    cells = (
        text(str(position)),
        text(entry.indicator),
        text(entry.words["spm"]),
        text(entry.words["ikk"]),
        *(numbers.target(measure, year + step) for step in (-2, -1, 0, 1)),
        *(numbers.reached(measure, year + step) for step in (-2, -1)),
        *(numbers.projected(measure, year + step) for step in (0, 1)),
        text(_analysis(entry, plan)),
    )
    return Line(entry.level, cells)


def _analysis(entry: Entry, plan: Plan) -> str:
    """What is said of a projection: the band, the target of the year, and what the mapping notes."""
    measure, year = entry.measure, plan.years.planned
    said = []
    if measure is not None and year in plan.numbers.central.years(measure.variable):
        said = [*_recount(measure, plan), *_band(measure, year, plan), *_prospect(measure, year, plan)]
    return " ".join([*said, *_noted(entry)])


def _recount(measure: Measure, plan: Plan) -> list[str]:
    """What is said where the record is counted again up to the year after the one being planned."""
    again = years_counted_again(measure.variable, measure.part, plan.case.scenario)
    years = [str(year) for year in again if year <= plan.years.planned + 1]
    return [plan.dossier.say("form_30_recount", years=", ".join(years))] if years else []


def _band(measure: Measure, year: int, plan: Plan) -> list[str]:
    projection, say = plan.case.projection, plan.dossier.say
    if not projection.draws:
        return []
    whole = measure.region == projection.axes.province
    by = "province" if whole else "region"
    found = projection.statistics(measure.variable, part=measure.part, by=by, points=_BAND)
    row = projection.years(measure.variable).index(year)
    column = 0 if whole else projection.axes.regions.index(measure.region)
    low, high = (float(found.at(point)[row, column]) for point in _BAND)
    if not (math.isfinite(low) and math.isfinite(high)):
        return []
    cells = [Cell(value, kind_of(measure)).shown(plan.dossier.language) for value in (low, high)]
    return [say("form_30_band", year=year, low=cells[0], high=cells[1])]


def _prospect(measure: Measure, year: int, plan: Plan) -> list[str]:
    promise, say, language = plan.numbers.promise(measure, year), plan.dossier.say, plan.dossier.language
    if promise is None or promise.met is None:
        return []
    said = [say("form_30_met" if promise.met else "form_30_missed", year=year)]
    if promise.chance is not None:
        chance, wanted = (
            percent(each, language, decimals=0) for each in (promise.chance.probability, promise.target.probability)
        )
        said.append(say("form_30_chance", year=year, chance=chance, wanted=wanted))
    return said


def _noted(entry: Entry) -> list[str]:
    note = entry.words["catatan"]
    return [] if note == DASH else [note if note.endswith(".") else f"{note}."]


def review(plan: Plan) -> Form:
    """T-C.31: the indicative ceiling beside what the targets need."""
    years, say = plan.years, plan.dossier.say
    lines = _numbered([_reviewed(entry, plan) for entry in plan.own if entry.level != "sasaran"], 1)
    lines.append(_review_total("form_total_own", plan.own, plan))
    if plan.others:
        lines += _numbered([_reviewed(entry, plan) for entry in plan.others], len(lines))
        lines.append(_review_total("form_total_others", plan.others, plan))
    notes = [
        say("form_gloss_31"),
        say("form_marks"),
        say("form_money"),
        say("form_aimed"),
        say("form_31_how", year=years.planned, last=years.last),
        unmapped(plan),
    ]
    return plan.form("T-C.31", official.t_c_31(), lines, notes)


def _numbered(lines: Sequence[Line], first: int) -> list[Line]:
    return [
        line._replace(cells=(text(str(position)), *line.cells[1:])) for position, line in enumerate(lines, start=first)
    ]


def _reviewed(entry: Entry, plan: Plan) -> Line:
    numbers, year = plan.numbers, plan.years.planned
    name, place, indicator = text(entry.name), text(entry.words["lokasi"]), text(entry.indicator)
    budget, need = plan.budget(entry, year), _need(entry, plan)
    left = (Cell(), name, place, indicator, numbers.aimed(entry.measure, year), budget)
    right = (name, place, indicator, _needed(entry, need, plan), need)
    return Line(entry.level, (*left, *right, text(_gap(entry, budget, need, plan))))


def _need(entry: Entry, plan: Plan) -> Cell:
    return (
        money(plan.needs.of(plan.pots(entry))) if plan.region(entry) == plan.numbers.central.axes.province else Cell()
    )


def _needed(entry: Entry, need: Cell, plan: Plan) -> Cell:
    """Target of the year; for outputs what the money needed buys; a dash where no need is known."""
    target = plan.numbers.target(entry.measure, plan.years.planned)
    if not isinstance(target.value, str) or isinstance(need.value, str) or entry.level != "kegiatan":
        return target
    return plan.numbers.projected(entry.measure, plan.years.planned, run=plan.needs.run)._replace(mark=PROJECTED)


def _gap(entry: Entry, budget: Cell, need: Cell, plan: Plan) -> str:
    """The difference of need and ceiling in words, and what is noted."""
    say, pots = plan.dossier.say, plan.pots(entry)
    said = [] if entry.own else [say("form_not_own")]
    if not isinstance(need.value, str) and not isinstance(budget.value, str):
        said.append(_difference(need.value - budget.value, _years(plan.needs.targets_of(pots), plan), plan))
    elif plan.needs.beyond_of(pots):
        said.append(say("form_31_beyond", years=_years(plan.needs.beyond_of(pots), plan)))
    elif plan.is_first(entry):
        part = any(pot in plan.needs.money for pot in pots)
        said.append(say("form_31_part" if part else "form_31_none" if pots else "form_31_unfunded"))
    return " ".join([*said, *_noted(entry)])


def _difference(gap: float, years: str, plan: Plan) -> str:
    """Need less ceiling, in a sentence."""
    if gap <= 0.0:
        return plan.dossier.say("form_31_enough", years=years)
    return plan.dossier.say("form_31_gap", gap=number(gap, plan.dossier.language), years=years)


def _years(names: Sequence[str], plan: Plan) -> str:
    years = sorted({plan.case.scenario.targets[name].year for name in names})
    return ", ".join(map(str, years))


def _review_total(message: str, entries: Sequence[Entry], plan: Plan) -> Line:
    budget = total(plan, entries, plan.years.planned)
    pots = [pot for entry in entries if entry.level == "kegiatan" for pot in plan.pots(entry)]
    solved = [pot for pot in pots if pot in plan.needs.money]
    unsolved = [pot for pot in pots if pot not in solved and plan.numbers.budget([pot], *_here(plan)) > 0.0]
    need = Cell() if unsolved else money(plan.needs.of(solved))
    said = Cell()
    if solved and unsolved:
        said = text(plan.dossier.say("form_31_part"))
    elif not isinstance(need.value, str):
        gap = need.value - math.fsum(plan.numbers.budget([pot], *_here(plan)) for pot in solved)
        said = text(_difference(gap, _years(plan.needs.targets_of(solved), plan), plan))
    name = text(plan.dossier.say(message))
    return Line("total", (Cell(), name, *[Cell()] * 3, budget, name, *[Cell()] * 3, need, said))


def _here(plan: Plan) -> tuple[str, int]:
    return plan.numbers.central.axes.province, plan.years.planned


def programme_plan(plan: Plan) -> Form:
    """T-C.33: target, ceiling and source of the year being planned, and the forward estimate."""
    years, say = plan.years, plan.dossier.say
    lines = [_planned(entry, plan) for entry in plan.own if entry.level != "sasaran"]
    lines.append(_planned_total("form_total_own", plan.own, plan))
    if plan.others:
        lines += [_planned(entry, plan) for entry in plan.others]
        lines.append(_planned_total("form_total_others", plan.others, plan))
    notes = [
        say("form_gloss_33"),
        say("form_marks"),
        say("form_money"),
        say("form_aimed"),
        say("form_33_how", next=years.planned + 1),
        say("form_codes"),
        unmapped(plan),
    ]
    return plan.form("T-C.33", official.t_c_33(years.planned), lines, notes)


def _planned(entry: Entry, plan: Plan) -> Line:
    numbers, year = plan.numbers, plan.years.planned
    said = [*([] if entry.own else [plan.dossier.say("form_not_own")]), *_noted(entry)]
    cells = (
        text(entry.code),
        text(entry.name),
        text(entry.indicator),
        text(entry.words["lokasi"]),
        numbers.aimed(entry.measure, year),
        plan.budget(entry, year),
        plan.source(entry),
        text(" ".join(said)),
        numbers.aimed(entry.measure, year + 1),
        plan.budget(entry, year + 1),
    )
    return Line(entry.level, cells)


def _planned_total(message: str, entries: Sequence[Entry], plan: Plan) -> Line:
    now, ahead = (total(plan, entries, plan.years.planned + step) for step in (0, 1))
    name = text(plan.dossier.say(message))
    return Line("total", (Cell(), name, *[Cell()] * 3, now, *[Cell()] * 3, ahead))


def unmapped(plan: Plan) -> str:
    """Programmes with money that no row of the mapping spends, in a sentence; nothing where there is none."""
    mapped = {pot for entry in plan.entries for pot in entry.pots}
    every = plan.numbers.central.parts("budget_idr")
    names = dict.fromkeys(plan.case.view.programme(pot.partition(".")[0]) for pot in every if pot not in mapped)
    return plan.dossier.say("form_unmapped", names="; ".join(names)) if names else ""
