"""Figures of a report: the tidy tables from which charts are drawn, sentences are written and sheets are filled."""

from collections.abc import Callable, Iterator

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.fans import FANS, fan
from backlog_model.report.figures.figure import Figure


def _fans(dossier: Dossier) -> Iterator[Figure]:
    for variable in FANS:
        yield fan(dossier, dossier.lead, variable)


MAKERS: tuple[Callable[[Dossier], Iterator[Figure]], ...] = (_fans,)
"""Each makes the figures of one kind that this report can have."""


def figures(dossier: Dossier) -> dict[str, Figure]:
    """Every figure of a report by its name, in the order they are read."""
    return {figure.name: figure for maker in MAKERS for figure in maker(dossier)}
