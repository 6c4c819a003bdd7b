"""Figures of a report: the tidy tables from which charts are drawn, sentences are written and sheets are filled."""

from collections.abc import Callable, Iterator

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.answer import answer
from backlog_model.report.figures.fans import fans
from backlog_model.report.figures.figure import Figure
from backlog_model.report.figures.findings import findings
from backlog_model.report.figures.fingerprint import files, runs
from backlog_model.report.figures.indicators import indicators
from backlog_model.report.figures.ledger import ledger, regions_by_year
from backlog_model.report.figures.regions import regions
from backlog_model.report.figures.register import register


def _province(dossier: Dossier) -> Iterator[Figure]:
    yield answer(dossier)
    yield indicators(dossier)
    if len(dossier.lead.projection.axes.regions) > 1:
        yield regions(dossier)


def _fingerprint(dossier: Dossier) -> Iterator[Figure]:
    yield runs(dossier)
    yield files(dossier)


MAKERS: tuple[Callable[[Dossier], Iterator[Figure]], ...] = (
    _province,
    fans,
    ledger,
    regions_by_year,
    register,
    findings,
    _fingerprint,
)
"""Each makes the figures of one kind that this report can have."""


def figures(dossier: Dossier) -> dict[str, Figure]:
    """Every figure of a report by its name, in the order they are read."""
    return {figure.name: figure for maker in MAKERS for figure in maker(dossier)}
