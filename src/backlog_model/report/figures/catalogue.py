"""Figures of a report: the tidy tables from which charts are drawn, sentences are written and sheets are filled."""

from collections.abc import Callable, Iterator

from backlog_model.errors import BacklogModelError, nearest, nearest_hint
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.answer import answer
from backlog_model.report.figures.chances import chance_map
from backlog_model.report.figures.comparisons import comparisons
from backlog_model.report.figures.fans import fans
from backlog_model.report.figures.figure import Figure
from backlog_model.report.figures.findings import findings
from backlog_model.report.figures.fingerprint import files, runs
from backlog_model.report.figures.flows import flows
from backlog_model.report.figures.indicators import indicators
from backlog_model.report.figures.ledger import ledger, regions_by_year
from backlog_model.report.figures.limits import limits
from backlog_model.report.figures.maps import maps
from backlog_model.report.figures.money import funding
from backlog_model.report.figures.panels import panels
from backlog_model.report.figures.paths import tournament
from backlog_model.report.figures.regions import regions
from backlog_model.report.figures.register import register
from backlog_model.report.figures.slums import slums
from backlog_model.report.figures.targets import targets
from backlog_model.report.figures.tornado import tornado
from backlog_model.translation import Text


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
    targets,
    fans,
    flows,
    comparisons,
    panels,
    maps,
    slums,
    funding,
    limits,
    chance_map,
    tournament,
    tornado,
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


def figure(dossier: Dossier, name: str) -> Figure:
    """One figure by its name; kinds of figures that come after it are not made.

    Raises
    ------
    BacklogModelError
        For a name that no figure of this report has, with all that there are.
    """
    known: list[str] = []
    for maker in MAKERS:
        for each in maker(dossier):
            if each.name == name:
                return each
            known.append(each.name)
    raise BacklogModelError(
        Text(
            "{name}: no figure of this report has this name{hint}; there are {known}",
            name=name,
            hint=nearest_hint(name, known) if nearest(name, known) else "",
            known=", ".join(known),
        )
    )
