"""The sheet of targets: what is promised, where the central line is, and how likely each target is."""

from collections.abc import Mapping, Sequence

from backlog_model.report.charts.theme import BETTER_RAMP, BLUE, GREY
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.sheets import graphs
from backlog_model.report.sheets.book import Block, Book, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Number
from backlog_model.report.sheets.graphs import down, dress
from backlog_model.report.sheets.tables import as_it_is, pivoted

_WIDTHS = {"target": 24.0, "subject": 42.0, "unit": 12.0, "year": 8.0, "first_year": 13.0, "kind": 12.0}
_WIDTH = 9.5
_SURE = {"bg_color": "#D6E6F4", "font_color": "#08306B"}
_UNSURE = {"bg_color": "#FDE3C8", "font_color": "#7F2704"}


def add_targets(book: Book, dossier: Dossier, figures: Mapping[str, Figure]) -> None:
    """Sheet with the targets of the first scenario and their chances."""
    figure = figures.get("targets")
    names = [column.name for column in figure.read] if figure else []
    sheet = book.sheet(dossier.say("book_targets"), [_WIDTHS.get(name, _WIDTH) for name in names] or [60.0, 20.0])
    sheet.title(dossier.say("book_targets_title", scenario=dossier.lead.title))
    sheet.paragraph(dossier.foot(dossier.lead))
    if figure is None or not figure.rows:
        sheet.paragraph(dossier.say("book_no_targets"), loud=True)
    else:
        block = as_it_is(sheet, figure)
        if dossier.draws:
            _mark(book, sheet, block, names)
            sheet.paragraph(dossier.say("book_marked"))
            _chances(book, sheet, figure, block, names)
    _money(sheet, dossier, figures.get("chance_map"))
    paths = figures.get("tournament")
    if paths is not None and paths.rows:
        as_it_is(sheet, paths, [column.name for column in paths.read if column.name != "path"], left=1)
    sheet.finish()


def _mark(book: Book, sheet: Sheet, block: Block, names: Sequence[str]) -> None:
    """Colour a chance by whether it reaches the one that is wanted; blue and orange differ for every eye."""
    if not {"chance", "wanted_chance"} <= set(names):
        return
    at, wanted = names.index("chance"), names.index("wanted_chance")
    first, second = (graphs.cell(block.top, block.left + each) for each in (at, wanted))
    for sign, looks in ((">=", _SURE), ("<", _UNSURE)):
        criteria = f"=AND(ISNUMBER({first}),{first}{sign}{second})"
        rule = {"type": "formula", "criteria": criteria, "format": book.file.add_format(looks)}
        sheet.paper.conditional_format(block.top, at, block.bottom, at, rule)


def _chances(book: Book, sheet: Sheet, figure: Figure, block: Block, names: Sequence[str]) -> None:
    """Chance of each target beside the one that is wanted."""
    if not {"chance", "wanted_chance"} <= set(names):
        return
    categories = down(sheet, block, names.index("target"))
    series = [down(sheet, block, names.index(name)) for name in ("wanted_chance", "chance")]
    chart = graphs.bars(book, categories, series, colours=(GREY, BLUE))
    dress(chart, figure.title, unit="%", percent=True, lowest=0, highest=1, lying=True)
    sheet.chart(chart, rows=min(36, 8 + 2 * (block.bottom - block.top + 1)))


def _money(sheet: Sheet, dossier: Dossier, figure: Figure | None) -> None:
    """Chance of the main target by year and by how much money there is; the darker, the likelier."""
    if figure is None or not figure.rows:
        return
    sheet.heading(figure.title, rows=len({record["funding"] for record in figure.records}) + 3)
    chances = pivoted(figure, "funding", "year", "chance")
    budgets = pivoted(figure, "funding", "year", "budget")
    heads = [Head(dossier.say("book_money"), right=False), *(Head(year) for year in chances.columns)]
    rows: list[list[Cell]] = []
    for times, own, line in zip(chances.rows, budgets.cells, chances.cells, strict=True):
        first = own[0].value if isinstance(own[0], Number) else None
        fields = {"times": times, "budget": figure.text("budget", first), "year": chances.columns[0]}
        rows.append([dossier.say("book_times", **fields), *line])
    block = sheet.table(heads, rows, left=1)
    scale = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
    colours = {"min_color": "#FFFFFF", "max_color": BETTER_RAMP[2]}
    sheet.paper.conditional_format(block.top, block.left + 1, block.bottom, block.right, {**scale, **colours})
    sheet.paragraphs(figure.notes)
