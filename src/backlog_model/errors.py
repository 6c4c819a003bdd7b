"""What can go wrong for a user, and how it is said.

BacklogModelError
├── ScenarioError     what a planner wrote in a scenario: YAML, its tables, a change made by `replace`
├── DataError         history and other data files, filled-in templates
├── InfeasibleError   a question that has no answer: no money reaches the target, the limits contradict each other
└── StoreError        a stored run that cannot be written, read, verified or replayed

Only these reach a user as a message; anything else is a bug and keeps its traceback.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from backlog_model.translation import Text, joined, translated

_FEW = 12
_MOST_TOLD = 200


class Problem(NamedTuple):
    """One thing that is wrong, and where.

    Examples
    --------
    >>> print(Problem("kalsel/baseline.yaml:41:7", "programmes.bsps.unit_cost: unknown key"))
    kalsel/baseline.yaml:41:7: programmes.bsps.unit_cost: unknown key
    """

    place: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    def said(self, language: str) -> str:
        """The same in a language."""
        return translated(joined([self.place, self.message], ": ") if self.place else self.message, language)


class BacklogModelError(Exception):
    """Anything that a user can put right."""

    def said(self, language: str) -> str:
        """The message in a language."""
        return "\n".join(translated(each, language) for each in self.args)


class _ProblemsError(BacklogModelError):
    """Everything wrong with what was read, one problem per line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def said(self, language: str) -> str:
        """The same in a language, cut where nobody reads on."""
        told = [problem.said(language) for problem in self.problems[:_MOST_TOLD]]
        if len(self.problems) > _MOST_TOLD:
            more = Text("and {count} more; `backlog check` tells them all", count=len(self.problems) - _MOST_TOLD)
            told.append(translated(more, language))
        return "\n".join(told)


class ScenarioError(_ProblemsError):
    """Everything wrong with a scenario, one problem per line."""


class DataError(_ProblemsError):
    """Everything wrong with a data file, one problem per line."""


class InfeasibleError(BacklogModelError):
    """A question without an answer, and the limit that stands in the way."""


class StoreError(BacklogModelError):
    """A stored run that cannot be written, read, verified or replayed."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Known name most like this one, if any is alike.

    Examples
    --------
    >>> nearest("unit_cost", ["unit_cost_idr", "budget_idr"])
    'unit_cost_idr'
    """
    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def close_hint(name: str, known: Iterable[str]) -> str:
    """Words that offer the nearest known name, if any is alike.

    Examples
    --------
    >>> close_hint("basline.yaml", ["baseline.yaml", "regions.csv"])
    '; did you mean baseline.yaml?'
    """
    close = nearest(name, known)
    return Text("; did you mean {close}?", close=close) if close is not None else ""


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """Words that offer the nearest known name, or all of them when they are few.

    Examples
    --------
    >>> nearest_hint("hevy", ["light", "medium", "heavy"])
    '; did you mean heavy?'
    >>> nearest_hint("roof", ["light", "medium", "heavy"])
    '; expected one of light, medium, heavy'
    """
    names = list(known)
    close = nearest(name, names)
    if close is not None:
        return Text("; did you mean {close}?", close=close)
    return Text("; expected one of {names}", names=", ".join(names)) if 0 < len(names) <= _FEW else ""
