"""The sheet of money: budget, spending and what is left, by source and year, and what holds each programme back."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Column, Figure
from backlog_model.report.sheets import graphs
from backlog_model.report.sheets.book import Block, Book, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Formula, Number
from backlog_model.report.sheets.graphs import across, dress
from backlog_model.report.sheets.tables import as_it_is, pivoted, sums
from backlog_model.report.view import BILLION

_CHART = 18  # rows that a chart takes


def add_funding(book: Book, dossier: Dossier, figures: Mapping[str, Figure]) -> None:
    """Sheet with the money of the first scenario."""
    figure = figures.get("funding")
    years = len({record["year"] for record in figure.records}) if figure else 0
    limits = figures.get("limits")
    columns = max(years + 1, len(limits.read) if limits else 0, 6)
    sheet = book.sheet(dossier.say("book_funding"), (36.0, *[11.0] * (columns - 1)))
    sheet.title(dossier.say("book_funding_title", scenario=dossier.lead.title))
    sheet.paragraph(dossier.foot(dossier.lead))
    if figure is None or not figure.rows:
        sheet.paragraph(dossier.say("book_no_money"), loud=True)
    else:
        budget, spent = (_by_source(book, sheet, dossier, figure, name) for name in ("budget", "spent"))
        _left_over(sheet, dossier, figure, budget, spent)
        sheet.paragraphs((*figure.notes, dossier.say("book_overspent")))
    if limits is not None and limits.rows:
        as_it_is(sheet, limits, [column.name for column in limits.read if column.name != "programme"])
    sheet.finish()


def _by_source(book: Book, sheet: Sheet, dossier: Dossier, figure: Figure, name: str) -> Block:
    """One kind of money: a row for each source, their sum, and the whole of the model."""
    column = next(each for each in figure.columns if each.name == name)
    pivot = pivoted(figure, "name", "year", name)
    sheet.heading(_title(dossier, column, pivot.columns), rows=len(pivot.rows) + 4 + _CHART)
    known = [[_dashed(each) for each in line] for line in pivot.cells]
    rows, count = [[source, *line] for source, line in zip(pivot.rows, known, strict=True)], len(known)
    top, letters = sheet.row + 1, [xl_col_to_name(1 + at) for at in range(len(pivot.columns))]
    whole = dossier.lead.view.values(f"{name}_idr", [int(year) for year in pivot.columns])
    model = [Number(round(value / BILLION, column.decimals), column.decimals) for value in whole]
    sum_row, model_row = top + count + 1, top + count + 2
    checks = [f"=ROUND({letter}{sum_row}-{letter}{model_row},{column.decimals})" for letter in letters]
    rows.append([dossier.say("sum"), *sums(known, letters, top=top)])
    rows.append([dossier.say("book_by_model"), *model])
    rows.append([dossier.say("book_difference"), *(Formula(text, 0.0, column.decimals) for text in checks)])
    block = sheet.table(_heads(pivot.columns), rows, totals=(count,))
    _drawn(book, sheet, _title(dossier, column, pivot.columns), column, block, count)
    return block._replace(bottom=block.top + count - 1)


def _title(dossier: Dossier, column: Column, years: Sequence[str]) -> str:
    name = column.label[:1].upper() + column.label[1:]
    return dossier.say("book_money_of", name=name, unit=column.unit, first=years[0], last=years[-1])


def _heads(years: Sequence[str]) -> list[Head]:
    return [Head("", right=False), *(Head(year) for year in years)]


def _dashed(cell: Cell) -> Cell:
    return cell._replace(blank=False) if isinstance(cell, Number) else cell


def _drawn(book: Book, sheet: Sheet, title: str, column: Column, block: Block, count: int) -> None:
    """Columns of a kind of money, its sources on each other."""
    categories = graphs.Row(sheet.name, (block.top - 1, 0), (block.top - 1, 1), (block.top - 1, block.right))
    parts = [across(sheet, block, at, first=1) for at in range(count)]
    total = across(sheet, block, count, first=1)
    chart = graphs.columns(book, categories, parts, total=total, decimals=column.decimals)
    dress(chart, title, unit=column.unit, lowest=0, unnamed=[count])
    sheet.chart(chart, rows=_CHART)


def _left_over(sheet: Sheet, dossier: Dossier, figure: Figure, budget: Block, spent: Block) -> None:
    """What is left of each source: budget less spending, as formulas."""
    column = next(each for each in figure.columns if each.name == "unspent")
    pivot = pivoted(figure, "name", "year", "unspent")
    sheet.heading(_title(dossier, column, pivot.columns), rows=len(pivot.rows) + 4)
    top, letters = sheet.row + 1, [xl_col_to_name(1 + at) for at in range(len(pivot.columns))]
    rows: list[list[Cell]] = []
    for position, (source, line) in enumerate(zip(pivot.rows, pivot.cells, strict=True)):
        texts = [f"={letter}{budget.top + position + 1}-{letter}{spent.top + position + 1}" for letter in letters]
        values = [each.value or 0.0 if isinstance(each, Number) else 0.0 for each in line]
        rows.append([source, *(Formula(*each, column.decimals) for each in zip(texts, values, strict=True))])
    total = sums([row[1:] for row in rows], letters, top=top)
    sheet.table(_heads(pivot.columns), [*rows, [dossier.say("sum"), *total]], totals=(len(rows),))
