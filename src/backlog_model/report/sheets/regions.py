"""The sheet of regions: where each stands, how it changes, and how they add up to the province."""

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from backlog_model.report.charts.theme import BLUE, GREY
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.sheets import graphs
from backlog_model.report.sheets.book import Block, Book, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Formula, rows_of
from backlog_model.report.sheets.graphs import down, dress
from backlog_model.report.sheets.tables import heads_of, sums

_FALLS, _RISES = "#08519C", "#A63603"


def add_regions(book: Book, dossier: Dossier, figures: Mapping[str, Figure]) -> None:
    """Sheet with every region of the first scenario."""
    by_year = figures.get("regions_by_year")
    columns = max(11, len(by_year.columns) if by_year else 0)
    widths = [7.0, 28.0, *[9.5] * (columns - 2), 9.5]
    sheet = book.sheet(dossier.say("book_regions"), widths)
    sheet.title(dossier.say("book_regions_title", scenario=dossier.lead.title))
    sheet.paper.freeze_panes(1, 2)
    sheet.paragraph(dossier.foot(dossier.lead))
    if by_year is None or "regions" not in figures:
        sheet.paragraph(dossier.say("book_one_region"), loud=True)
        sheet.finish()
        return
    block = _now_and_ahead(book, sheet, dossier, figures["regions"])
    _bars(book, sheet, dossier, figures["regions"], block)
    _by_year(sheet, dossier, by_year)
    sheet.finish()


def _now_and_ahead(book: Book, sheet: Sheet, dossier: Dossier, figure: Figure) -> Block:
    """Regions with their change, and the province below as their sum."""
    names = [column.name for column in figure.read]
    years = [name for name in names if name.startswith("y")]
    added = [*years, "break_even"]
    sheet.heading(figure.title, rows=len(figure.rows) + 3)
    top, last = sheet.row + 1, len(figure.rows) - 1
    rows = rows_of(figure)
    change = 2 + len(years)
    letters = [xl_col_to_name(at + (at >= change)) for at in range(len(names))]
    at_added = [names.index(name) for name in added]
    columns = [[row[at] for at in at_added] for row in rows[:-1]]
    for at, total in zip(at_added, sums(columns, [letters[at] for at in at_added], top=top), strict=True):
        rows[-1][at] = total
    if "limit" in names:
        rows[-1][names.index("limit")] = ""
    start, end = years[0], years[min(1, len(years) - 1)]
    for position, (row, record) in enumerate(zip(rows, figure.records, strict=True)):
        after, before = (f"{letters[names.index(name)]}{top + position + 1}" for name in (end, start))
        text = f"={after}-{before}"
        row.insert(change, Formula(text, float(record[end] or 0) - float(record[start] or 0)))
    heads = [head._replace(loose=name == "limit") for head, name in zip(heads_of(figure), names, strict=True)]
    heads.insert(change, Head(dossier.say("book_change", first=start[1:], last=end[1:])))
    block = sheet.table(heads, rows, totals=(last,))
    again = dossier.lead.view.revised(range(int(start[1:]) + 1, int(end[1:]) + 1))
    if again:  # the record changes, and nothing is better or worse for it
        said = dossier.say("figure_counted_again", years=dossier.lead.view.span(again))
    else:
        _change(book, sheet, block, change)
        said = dossier.say("book_change_how")
    sheet.paragraphs((*figure.notes, said))
    return block


def _change(book: Book, sheet: Sheet, block: Block, column: int) -> None:
    """Mark falls and rises by a sign and a colour: of RTLH, a fall is good."""
    for criteria, colour, shown in (("<", _FALLS, '"▼ "#,##0;"▼ "#,##0'), (">", _RISES, '"▲ "#,##0')):
        looks = book.file.add_format({"font_color": colour, "num_format": shown})
        rule = {"type": "cell", "criteria": criteria, "value": 0, "format": looks}
        sheet.paper.conditional_format(block.top, column, block.bottom, column, rule)


def _bars(book: Book, sheet: Sheet, dossier: Dossier, figure: Figure, block: Block) -> None:
    names = [column.name for column in figure.read]
    years = [name for name in names if name.startswith("y")]
    categories = down(sheet, block, 1, skip=1)
    ends = (years[0], years[min(1, len(years) - 1)])
    series = [down(sheet, block, names.index(name), skip=1) for name in dict.fromkeys(ends)]
    chart = graphs.bars(book, categories, series, colours=(GREY, BLUE))
    title = dossier.say("book_regions_chart", years=" / ".join(each[1:] for each in dict.fromkeys(ends)))
    dress(chart, title, unit=dossier.say("ledger_houses"), lowest=0, lying=True)
    sheet.chart(chart, rows=6 + 2 * len(figure.rows))


def _by_year(sheet: Sheet, dossier: Dossier, figure: Figure) -> None:
    """Every year of every region; their sum, the province by the model, and the difference of the two."""
    sheet.heading(figure.title, rows=len(figure.rows) + 4)
    rows = rows_of(figure)
    top, count = sheet.row + 1, len(rows) - 1
    letters = [xl_col_to_name(at) for at in range(2, len(figure.columns))]
    total = sums([row[2:] for row in rows[:-1]], letters, top=top)
    code, name, *model = rows[-1]
    checks: list[Cell] = [Formula(f"={letter}{top + count + 1}-{letter}{top + count + 2}", 0.0) for letter in letters]
    lines: list[list[Cell]] = [
        *rows[:-1],
        [code, dossier.say("book_sum_of", name=name), *total],
        ["", dossier.say("book_by_model"), *model],
        ["", dossier.say("book_difference"), *checks],
    ]
    block = sheet.table(heads_of_years(figure), lines, totals=(count,))
    scale = {"type": "data_bar", "bar_color": "#9ECAE1"}
    sheet.paper.conditional_format(block.top, block.right, block.top + count - 1, block.right, scale)
    sheet.paragraphs((*figure.notes, dossier.say("ledger_whole")))


def heads_of_years(figure: Figure) -> list[Head]:
    """Heads of a table with a column for each year."""
    return [Head(column.label, right=column.kind == "number") for column in figure.columns]
