"""The workbook of a report: what planners read, compute on and print."""

from collections.abc import Mapping

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.catalogue import figures
from backlog_model.report.figures.figure import Figure
from backlog_model.report.forms.sheets import add_forms
from backlog_model.report.sheets.assumptions import add_assumptions, add_findings
from backlog_model.report.sheets.book import Book
from backlog_model.report.sheets.data import add_data
from backlog_model.report.sheets.funding import add_funding
from backlog_model.report.sheets.regions import add_regions
from backlog_model.report.sheets.summary import add_summary
from backlog_model.report.sheets.targets import add_targets


def workbook(dossier: Dossier) -> bytes:
    """Workbook of a report: a sheet for each of its parts, and the official planning tables behind them.

    Raises
    ------
    DataError
        When something is wrong with the mapping of programme codes.
    """
    book = sheets(dossier, figures(dossier))
    add_forms(book.file, dossier)
    return book.as_bytes()


def sheets(dossier: Dossier, found: Mapping[str, Figure]) -> Book:
    """Workbook with the sheets of these figures, still to be finished."""
    book = _started(dossier)
    add_summary(book, dossier, found)
    add_targets(book, dossier, found)
    add_regions(book, dossier, found)
    add_funding(book, dossier, found)
    add_assumptions(book, dossier, found)
    add_findings(book, dossier, found)
    add_data(book, dossier)
    return book


def _started(dossier: Dossier) -> Book:
    """An empty workbook with the head and the foot of this report."""
    return Book(
        title=dossier.lead.title,
        left=dossier.foot(dossier.lead),
        right=dossier.lead.run.run_id,
        page=dossier.say("book_page", page="{page}", pages="{pages}"),
    )
