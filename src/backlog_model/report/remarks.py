"""What a check has to say about one place, so that it can be told in either language."""

import re
from collections.abc import Callable
from typing import NamedTuple

from backlog_model.errors import Problem
from backlog_model.history.tables.findings import Finding, Said
from backlog_model.report.numbers import Language

__all__ = ["Remark", "of_finding", "of_problem", "told"]

_GROUPED = re.compile(r"(?<![\d'.,])\d{1,3}(,\d{3})+(?!\d|,\d|')")  # not what is quoted as it was seen


class Remark(NamedTuple):
    """A problem of a scenario or a finding in the data.

    Attributes
    ----------
    place : where to look, the file as people should see it
    code : what kind of finding; empty for a problem of a scenario
    """

    place: str
    message: Said
    warning: bool
    code: str = ""


def of_problem(problem: Problem) -> Remark:
    """A problem of a scenario, which is said in English only."""
    return Remark(problem.place, Said.same(problem.message), problem.warning)


def of_finding(finding: Finding, place: Callable[[str], str]) -> Remark:
    """A finding with its likely reading and the rows beside it.

    Parameters
    ----------
    place : turns a place into the one that people should see
    """
    others = ", ".join(place(other) for other in finding.others)
    message = Said(
        f"{finding.message.id}; {finding.reading.id}{f' (bandingkan {others})' if others else ''}",
        f"{finding.message.en}; {finding.reading.en}{f' (beside {others})' if others else ''}",
    )
    return Remark(place(finding.place), message, finding.severity != "error", finding.code)


def told(said: Said, language: Language) -> str:
    """A sentence of a check in the language asked for; Indonesian figures stand without marks, which would mislead.

    Examples
    --------
    >>> told(Said("pakai 2,804 rumah", "use 2,804 houses"), "id")
    'pakai 2804 rumah'
    """
    return _GROUPED.sub(lambda found: found[0].replace(",", ""), said.id) if language == "id" else said.en
