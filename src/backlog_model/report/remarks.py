"""What a check has to say about one place, so that it can be told in either language."""

import re
from collections.abc import Callable
from typing import NamedTuple

from backlog_model.errors import Problem
from backlog_model.history.tables.findings import Finding
from backlog_model.report.numbers import Language
from backlog_model.translation import Text, joined, translated

__all__ = ["Remark", "of_finding", "of_problem", "told"]

_GROUPED = re.compile(r"(?<![\d'.,])[1-9]\d{0,2}(,\d{3})+(?!\d|,\d|')")  # not what is quoted as it was seen


class Remark(NamedTuple):
    """A problem of a scenario or a finding in the data.

    Attributes
    ----------
    place : where to look, the file as people should see it
    code : what kind of finding; empty for a problem of a scenario
    """

    place: str
    message: str
    warning: bool
    code: str = ""


def of_problem(problem: Problem) -> Remark:
    """A problem of a scenario."""
    return Remark(problem.place, problem.message, problem.warning)


def of_finding(finding: Finding, place: Callable[[str], str]) -> Remark:
    """A finding with its likely reading and the rows beside it.

    Parameters
    ----------
    place : turns a place into the one that people should see
    """
    others = ", ".join(place(other) for other in finding.others)
    beside = Text(" (beside {others})", others=others) if others else ""
    message = joined([joined([finding.message, finding.reading], "; "), beside])
    return Remark(place(finding.place), message, finding.severity != "error", finding.code)


def told(message: str, language: Language) -> str:
    """A sentence of a check in a language; only English figures keep their marks, which would mislead elsewhere.

    Examples
    --------
    >>> told(Text("likely {likely}", likely="2,804 houses"), "id")
    'kemungkinan 2804 houses'
    """
    said = translated(message, language)
    return said if language == "en" else _GROUPED.sub(lambda found: found[0].replace(",", ""), said)
