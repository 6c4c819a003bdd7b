"""An official planning table as plain data: heads, cells, notes. Writers only draw it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from backlog_model.report.numbers import Language, number, percent

DASH = "-"
"""What stands in a cell that does not apply; no cell is ever empty."""

PROJECTED = "(p)"
"""Behind a number of the model that no target and no record stands for."""

ILLUSTRATIVE = "*"
"""Behind a target that nobody has adopted."""

Kind = Literal["text", "count", "area", "percent", "money"]
DECIMALS = {"count": 0, "area": 2, "percent": 2, "money": 0}

Level = Literal["sasaran", "program", "kegiatan", "total"]


class Cell(NamedTuple):
    """What stands in one place of a form.

    Attributes
    ----------
    value : text, or a number (a share for `percent`, whole rupiah for `money`)
    kind : how it is written
    mark : behind a number, `PROJECTED` or `ILLUSTRATIVE`
    """

    value: str | float = DASH
    kind: Kind = "text"
    mark: str = ""

    def shown(self, language: Language) -> str:
        """The cell as people read it.

        Examples
        --------
        >>> Cell(0.4362, "percent", PROJECTED).shown("id"), Cell(3100000000.0, "money").shown("id"), Cell().shown("id")
        ('43,62 % (p)', '3.100.000.000', '-')
        """
        if isinstance(self.value, str):
            return self.value
        decimals = DECIMALS[self.kind]
        written = percent if self.kind == "percent" else number
        return f"{written(self.value, language, decimals=decimals)} {self.mark}".rstrip()


class Head(NamedTuple):
    """Title of a column, or of several that stand below it; width in characters of a narrow print."""

    label: str
    width: float = 0.0
    below: tuple["Head", ...] = ()

    @property
    def leaves(self) -> tuple["Head", ...]:
        """The columns that it spans."""
        return tuple(leaf for head in self.below for leaf in head.leaves) or (self,)

    @property
    def depth(self) -> int:
        """Rows that it takes with those below."""
        return 1 + max((head.depth for head in self.below), default=0)


class Line(NamedTuple):
    """A row of a form, and what it is about."""

    level: Level
    cells: tuple[Cell, ...]


class Span(NamedTuple):
    """Where a title of a form stands: first and last row and column, from 0."""

    label: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Form:
    """One official planning table.

    Attributes
    ----------
    name : short and official, such as `T-C.27`; the name of its sheet
    title : official title, in Indonesian
    about : lines under the title: whose it is, stage of the plan, years
    heads : titles of the columns, official and in Indonesian
    lines : rows; each has one cell for every column
    notes : what must be said beside it, each a sentence
    foot : whose numbers these are, and how to make them again
    language : of numbers, notes and foot
    wide : whether it takes the longer paper
    frozen : columns that stay in sight on a screen
    """

    name: str
    title: str
    about: tuple[str, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    foot: str
    language: Language
    wide: bool = False
    frozen: int = 2

    @property
    def label(self) -> str:
        """How the table is called on paper."""
        return f"Tabel {self.name}"

    @property
    def columns(self) -> tuple[Head, ...]:
        """Titles of single columns, from left to right."""
        return tuple(leaf for head in self.heads for leaf in head.leaves)

    @property
    def depth(self) -> int:
        """Rows of titles, without that of the column numbers."""
        return max(head.depth for head in self.heads)

    def spans(self) -> Iterator[Span]:
        """Where titles stand, then the numbers of the columns in the last row."""
        yield from _placed(self.heads, 0, 0, self.depth)
        for column in range(len(self.columns)):
            yield Span(f"({column + 1})", self.depth, column, self.depth, column)


def _placed(heads: tuple[Head, ...], top: int, left: int, bottom: int) -> Iterator[Span]:
    for head in heads:
        right = left + len(head.leaves) - 1
        yield Span(head.label, top, left, top if head.below else bottom - 1, right)
        yield from _placed(head.below, top + 1, left, bottom)
        left = right + 1


def text(said: str) -> Cell:
    """A cell of text; a dash where there is none."""
    return Cell(said.strip() or DASH)


def money(rupiah: float | None) -> Cell:
    """A cell of whole rupiah; a dash where there is no number."""
    return Cell() if rupiah is None or not math.isfinite(rupiah) else Cell(float(round(rupiah)), "money")
