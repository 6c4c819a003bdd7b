"""What a report page is made of: sections with blocks, each ready to be written as markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from backlog_model.report.charts.theme import Spec
from backlog_model.report.figures.figure import Figure

Figures = Mapping[str, Figure]
"""Figures of a report by their name."""

Tone = Literal["good", "bad", "plain"]
"""Whether a number is good news."""

Origin = Literal["figures", "words", "run"]
"""Where the numbers in a text come from: a table of the report, the wording itself, or what names the run."""


class Head(NamedTuple):
    """Head of a column: its name for programs and for people, and its unit where it has one."""

    name: str
    label: str
    unit: str
    numeric: bool


class Field(NamedTuple):
    """A cell as people read it, in pieces between which a line may break; `head` where it names its row."""

    pieces: tuple[str, ...]
    numeric: bool
    head: bool


@dataclass(frozen=True)
class Table:
    """A table of a figure.

    Attributes
    ----------
    long : whether it scrolls on the screen and runs over several printed pages
    summed : whether its last row is the sum of the others
    """

    name: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Field, ...], ...]
    long: bool
    summed: bool


class Download(NamedTuple):
    """A file that the page holds inside itself."""

    label: str
    file: str
    address: str


@dataclass(frozen=True)
class Shown:
    """A figure on the page: its chart, if it has one, its table, and what is said around them.

    Attributes
    ----------
    spec, narrow : of its chart, and of its chart on a phone where that differs
    filtered : whether the rows of its table can be searched
    folded : whether its table is behind its heading
    printed : whether its table goes to paper
    """

    kind: ClassVar[str] = "shown"
    name: str
    title: str
    description: str
    spec: Spec | None
    narrow: Spec | None
    table: Table
    notes: tuple[str, ...]
    foot: str
    downloads: tuple[Download, ...]
    filtered: bool = False
    folded: bool = False
    printed: bool = True


@dataclass(frozen=True)
class Prose:
    """Sentences; `lead` sets them larger."""

    kind: ClassVar[str] = "prose"
    texts: tuple[str, ...]
    origin: Origin = "figures"
    lead: bool = False


@dataclass(frozen=True)
class Tile:
    """One number to take away, with its unit and what it has to be read beside."""

    label: str
    number: str
    unit: str
    notes: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True)
class Tiles:
    """Tiles in a row."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Choice:
    """Figures of which one is shown at a time, chosen by its label."""

    kind: ClassVar[str] = "choice"
    name: str
    legend: str
    options: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True)
class Terms:
    """Terms with what they mean; `other` is the term in the other language."""

    kind: ClassVar[str] = "terms"
    entries: tuple[tuple[str, str, str], ...]
    other: str


@dataclass(frozen=True)
class Passages:
    """Paragraphs, each with a heading, whose numbers are part of the wording."""

    kind: ClassVar[str] = "passages"
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Command:
    """A command to type, under a heading."""

    kind: ClassVar[str] = "command"
    heading: str
    text: str
    command: str


@dataclass(frozen=True)
class Fold:
    """A long text in another language behind a heading."""

    kind: ClassVar[str] = "fold"
    heading: str
    text: str
    content: str
    language: str


Block = Shown | Prose | Tiles | Choice | Terms | Passages | Command | Fold


@dataclass(frozen=True)
class Section:
    """A section of the report; a wide one is printed on pages on their side."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False
