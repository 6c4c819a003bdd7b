"""Problems found while a scenario is read, kept in the order of the file."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from backlog_model.errors import Problem
from backlog_model.translation import joined


class Place(NamedTuple):
    """Where something is written: file as shown to people, line and column from 1 (0: not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        known = (self.file, self.line, self.column) if self.line else (self.file,)
        return ":".join(str(each) for each in known if each)


class Findings:
    """All problems of one reading; each is reported once."""

    def __init__(self) -> None:
        self._found: dict[tuple[Place, str], bool] = {}

    def add(self, place: Place, path: str, message: str) -> None:
        """Note a problem with what stands at a dotted path."""
        self._found.setdefault((place, _at(path, message)), False)

    def warn(self, place: Place, path: str, message: str) -> None:
        """Note something that does not stop the scenario from being used."""
        self._found.setdefault((place, _at(path, message)), True)

    def problems(self) -> tuple[Problem, ...]:
        """What stops the scenario from being used, file by file, from top to bottom."""
        return tuple(problem for problem in self._in_order() if not problem.warning)

    def all(self) -> list[Problem]:
        """Problems and warnings, file by file, from top to bottom."""
        return list(self._in_order())

    def _in_order(self) -> Iterator[Problem]:
        files: dict[str, int] = {}
        for place, _ in self._found:
            files.setdefault(place.file, len(files))
        for place, message in sorted(self._found, key=lambda found: (files[found[0].file], found[0][1:], found[1])):
            yield Problem(str(place), message, self._found[place, message])


def _at(path: str, message: str) -> str:
    return joined([path, message], ": ") if path else message


def shown(path: Path) -> str:
    """Path as people should see it: relative to the working folder when inside it.

    Examples
    --------
    >>> shown(Path.cwd() / "kalsel" / "baseline.yaml")
    'kalsel/baseline.yaml'
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  (unlike resolve, keeps the name that a link has)
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
