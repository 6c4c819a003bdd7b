"""The first sheet: the answer, the indicators, the ledger of RTLH, and the scenarios side by side."""

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.page.answer import sentence
from backlog_model.report.sheets import fans, graphs
from backlog_model.report.sheets.book import Book, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Formula, Number, rows_of
from backlog_model.report.sheets.fans import heads
from backlog_model.report.sheets.graphs import across, dress
from backlog_model.report.sheets.tables import as_it_is, heads_of, pivoted

Figures = Mapping[str, Figure]

_LABEL, _UNIT, _YEAR = 38.0, 16.0, 9.5
_FANS = ("rtlh_houses", "slum_ha", "decent_share")
_LEAST_COLUMNS = 9  # of numbers, so that the indicators with their ranges fit


def add_summary(book: Book, dossier: Dossier, figures: Figures) -> None:
    """Sheet with what a reader must take away."""
    shown = [figures[name] for name in (f"fan_{each}" for each in _FANS) if name in figures]
    others = [figures[name] for name in ("scenarios", "comparison") if name in figures]
    years = max([_LEAST_COLUMNS, *(len(each.rows) for each in shown), *(len(each.read) - 2 for each in others)])
    sheet = book.sheet(dossier.say("book_summary"), (_LABEL, _UNIT, *[_YEAR] * years))
    view = dossier.lead.view
    sheet.title(dossier.say("book_title", province=view.region(view.projection.axes.province)))
    sheet.paragraph(dossier.say("book_subtitle", title=dossier.lead.title, run=dossier.lead.run.run_id))
    sheet.paragraph(sentence(dossier, figures["answer"]), loud=True)
    sheet.paragraphs(_about(dossier))
    as_it_is(
        sheet, figures["indicators"], [each.name for each in figures["indicators"].read if each.name != "indicator"]
    )
    fans.add_fans(book, sheet, dossier, shown[:1], rows=16)
    _ledger(sheet, dossier, figures["ledger"])
    if shown[1:]:
        fans.add_fans(book, sheet, dossier, shown[1:], rows=12)
    _scenarios(book, sheet, dossier, figures)
    _movers(book, sheet, dossier, figures)
    sheet.finish()


def _about(dossier: Dossier) -> list[str]:
    return [dossier.foot(), dossier.say("book_formulas")]


def _ledger(sheet: Sheet, dossier: Dossier, figure: Figure) -> None:
    """The ledger with live sums: every closing stock is worked out from what stands above it."""
    sheet.heading(figure.title, rows=len(figure.rows) + 3)
    years = [column for column in figure.columns if column.name.startswith("y")]
    top, last = sheet.row + 1, len(figure.rows) - 1
    model = [int(float(figure.rows[last][3 + at] or 0)) for at in range(len(years))]
    unit = dossier.say("ledger_houses")
    rows: list[list[Cell]] = []
    for position, record in enumerate(figure.records):
        cells: list[Cell] = [str(record["label"]), unit]
        for at, column in enumerate(years):
            letter, value = xl_col_to_name(2 + at), float(record[column.name] or 0)
            if position == last:
                cells.append(Formula(f"=SUM({letter}{top + 1}:{letter}{top + last})", value))
            elif position == 0 and at > 0:
                cells.append(Formula(f"={xl_col_to_name(1 + at)}{top + last + 1}", value))
            else:
                cells.append(Number(value))
        rows.append(cells)
    rows.append([dossier.say("book_by_model"), unit, *(Number(value) for value in model)])
    differences = [f"={letter}{top + last + 1}-{letter}{top + last + 2}" for letter in _letters(len(years))]
    rows.append([dossier.say("book_difference"), unit, *(Formula(text, 0.0) for text in differences)])
    sheet.table(heads(dossier, [column.label for column in years]), rows, totals=(0, last))
    sheet.paragraphs(figure.notes)


def _letters(count: int) -> list[str]:
    return [xl_col_to_name(2 + at) for at in range(count)]


def _scenarios(book: Book, sheet: Sheet, dossier: Dossier, figures: Figures) -> None:
    """Scenarios side by side, and RTLH of each over the years."""
    table, figure = figures.get("scenarios"), figures.get("comparison")
    if not dossier.others or table is None or figure is None:
        return
    sheet.page_break()
    as_it_is(sheet, table, ["title", *(each.name for each in table.read if each.name != "title")])
    sheet.heading(figure.title, rows=len(dossier.cases) + 1)
    pivot = pivoted(figure, "title", "year", "central")
    unit = next(each.unit for each in figure.columns if each.name == "central")
    rows = [[name, unit, *line] for name, line in zip(pivot.rows, pivot.cells, strict=True)]
    block = sheet.table(heads(dossier, pivot.columns), rows)
    categories = graphs.Row(sheet.name, (block.top - 1, 0), (block.top - 1, 2), (block.top - 1, block.right))
    chart = graphs.lines(book, categories, [across(sheet, block, at, first=2) for at in range(len(rows))])
    lowest = graphs.start(float(each) for each in _column(figure, "central") if isinstance(each, int | float))
    shown = dossier.say("figure_not_from_zero", unit=unit) if lowest else unit
    sheet.chart(dress(chart, figure.title, unit=shown, lowest=lowest), rows=16)
    sheet.paragraphs(figure.notes)


def _column(figure: Figure, name: str) -> list[object]:
    return [record[name] for record in figure.records]


def _movers(book: Book, sheet: Sheet, dossier: Dossier, figures: Figures) -> None:
    """Which assumptions move the result most: both ends of each, beside the central line."""
    figure = figures.get("tornado")
    if figure is None or not figure.rows:
        return
    sheet.heading(figure.title, rows=2 * len(figure.rows))
    names = ("label", "unit", "low_value", "high_value", "low", "high", "swing")
    column = next(each for each in figure.columns if each.name == "low")
    base = float(figure.settings["base"])
    beside: list[Cell] = ["", "", ""]
    top = sheet.row + 1
    rows: list[list[Cell]] = [[dossier.say("figure_central"), *beside, *[Number(base, column.decimals)] * 2, None]]
    rows += rows_of(figure, names)
    for position, row in enumerate(rows):
        ends = [each.value for each in row[4:6] if isinstance(each, Number) and each.value is not None]
        texts = [f"={letter}{top + position + 1}-${letter}${top + 1}" for letter in ("E", "F")]
        row += [Formula(text, end - base, column.decimals) for text, end in zip(texts, ends, strict=True)]
    said = [Head(dossier.say("book_from_central", end=end)) for end in ("5 %", "95 %")]
    block = sheet.table([*heads_of(figure, names), *said], rows, totals=(0,))
    below = block._replace(top=block.top + 1)
    low, high = (graphs.Row(sheet.name, (block.top - 1, at), (below.top, at), (below.bottom, at)) for at in (7, 8))
    categories = graphs.Row(sheet.name, (block.top - 1, 0), (below.top, 0), (below.bottom, 0))
    chart = graphs.tornado(book, categories, low, high)
    dress(chart, figure.title, unit=dossier.say("book_difference_unit", unit=column.unit), lying=True)
    sheet.chart(chart, rows=8 + len(figure.rows))
    sheet.paragraphs(figure.notes)
