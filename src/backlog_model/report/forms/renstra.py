"""Tables of the five-year plans: T-C.27, and the programme table of the RPJMD."""

import math
from collections.abc import Sequence

from backlog_model.report.forms import official
from backlog_model.report.forms.form import Cell, Form, Line, money, text
from backlog_model.report.forms.mapping import Entry
from backlog_model.report.forms.plan import Plan


def renstra(plan: Plan) -> Form:
    """T-C.27: programmes, activities and money of the five-year plan."""
    years, say = plan.years, plan.dossier.say
    lines = [_renstra_line(entry, plan) for entry in plan.own]
    lines.append(_renstra_total(plan))
    notes = [
        say("form_gloss_27"),
        say("form_marks"),
        say("form_aimed"),
        say("form_money"),
        say("form_27_end", base=years.first - 1),
        say("form_five_years"),
        say("form_codes"),
    ]
    return plan.form("T-C.27", official.t_c_27(years.five), lines, notes, wide=True, frozen=0)


def _renstra_line(entry: Entry, plan: Plan) -> Line:
    numbers, five = plan.numbers, plan.years.five
    words = {name: text(said) for name, said in entry.words.items()}
    budgets = [plan.budget(entry, year) for year in five]
    name = text(entry.name) if entry.level != "sasaran" else Cell()
    cells = [words["tujuan"], words["sasaran"], text(entry.code), name, text(entry.indicator)]
    cells.append(numbers.reached(entry.measure, five[0] - 1))
    for year, budget in zip(five, budgets, strict=True):
        cells += [numbers.aimed(entry.measure, year), budget]
    cells += [numbers.aimed_over(entry.measure, five), added(budgets)]
    return Line(entry.level, (*cells, words["penanggung_jawab"], words["lokasi"]))


def _renstra_total(plan: Plan) -> Line:
    budgets = [total(plan, plan.own, year) for year in plan.years.five]
    cells = [Cell()] * 3 + [text(plan.dossier.say("form_total_own")), Cell(), Cell()]
    for budget in (*budgets, added(budgets)):
        cells += [Cell(), budget]
    return Line("total", (*cells, Cell(), Cell()))


def rpjmd(plan: Plan) -> Form:
    """Programme table of the RPJMD: outcome, target and money by year."""
    years, say = plan.years, plan.dossier.say
    programs = [entry for entry in plan.own if entry.level == "program"]
    lines = [_rpjmd_line(entry, plan) for entry in programs]
    budgets = [total(plan, programs, year, level="program") for year in years.five]
    cells = [Cell(), text(say("form_total_own")), *[Cell()] * 4]
    for budget in budgets:
        cells += [Cell(), budget]
    lines.append(Line("total", (*cells, Cell())))
    notes = [
        say("form_gloss_rpjmd"),
        say("form_marks"),
        say("form_aimed"),
        say("form_money"),
        say("form_rpjmd_how", base=years.first - 1),
        say("form_five_years"),
        say("form_codes"),
    ]
    return plan.form("Program RPJMD", official.rpjmd(years.five), lines, notes, wide=True)


def _rpjmd_line(entry: Entry, plan: Plan) -> Line:
    numbers, five = plan.numbers, plan.years.five
    names = ("program_code", "program", "outcome", "indikator", "unit")
    cells = [text(entry.words[name]) for name in names]
    cells.append(numbers.reached(entry.measure, five[0] - 1))
    for year in five:
        cells += [numbers.aimed(entry.measure, year), plan.budget(entry, year)]
    return Line(entry.level, (*cells, text(entry.words["penanggung_jawab"])))


def added(cells: Sequence[Cell]) -> Cell:
    """Sum of money; a dash where one number is missing."""
    numbers = [cell.value for cell in cells if not isinstance(cell.value, str)]
    return money(math.fsum(numbers)) if numbers and len(numbers) == len(cells) else Cell()


def total(plan: Plan, entries: Sequence[Entry], year: int, *, level: str = "kegiatan") -> Cell:
    """Money of some rows in a year, counted once: that of one level."""
    rows = [entry for entry in entries if entry.level == level and plan.is_first(entry)]
    alone = [entry for entry in entries if level == "kegiatan" and _stands_alone(entry, entries)]
    cells = [plan.budget(entry, year) for entry in (*rows, *(each for each in alone if plan.is_first(each)))]
    return added(cells)


def _stands_alone(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether a programme has no activity below it, so that its money stands nowhere else."""
    code = entry.words["program_code"], entry.words["program"]
    below = (each for each in entries if each.level == "kegiatan")
    return entry.level == "program" and all(
        (each.words["program_code"], each.words["program"]) != code for each in below
    )
