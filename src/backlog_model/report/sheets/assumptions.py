"""The sheets of assumptions and of findings: long tables with one head."""

from collections.abc import Mapping

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.sheets.book import Book, Sheet
from backlog_model.report.sheets.cells import rows_of
from backlog_model.report.sheets.tables import heads_of

_REGISTER = {
    "label": 30.0,
    "value": 10.0,
    "low": 9.0,
    "high": 9.0,
    "unit": 14.0,
    "grade": 11.0,
    "basis": 22.0,
    "source": 34.0,
    "note": 40.0,
    "path": 46.0,
}
_FINDINGS = {"place": 27.0, "severity": 11.0, "kind": 30.0, "message": 90.0}


def add_assumptions(book: Book, dossier: Dossier, figures: Mapping[str, Figure]) -> None:
    """Sheet with the register of assumptions."""
    sheet = book.sheet(dossier.say("book_assumptions"), tuple(_REGISTER.values()))
    sheet.aside = 1  # keys are for those who edit scenarios
    _long_table(sheet, figures["assumptions"], tuple(_REGISTER))


def add_findings(book: Book, dossier: Dossier, figures: Mapping[str, Figure]) -> None:
    """Sheet with what is to be said about the data and the run."""
    sheet = book.sheet(dossier.say("book_findings"), tuple(_FINDINGS.values()))
    _long_table(sheet, figures["findings"], tuple(_FINDINGS))


def _long_table(sheet: Sheet, figure: Figure, names: tuple[str, ...]) -> None:
    """A table whose head stays in sight and is repeated on every page."""
    sheet.title(figure.title)
    sheet.paragraph(figure.description)
    sheet.paragraphs(figure.notes)
    block = sheet.table(heads_of(figure, names), rows_of(figure, names))
    sheet.hold(block)
    sheet.paragraph(figure.foot)
    sheet.finish()
