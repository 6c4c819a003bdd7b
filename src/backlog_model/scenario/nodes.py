"""YAML as plain data with positions, and everything in YAML that would be read otherwise than it looks.

Scalars are resolved from the text as written, not by YAML's own rules; what is ambiguous is refused with the right
way to write it. The parser's events are read in one loop, so that neither depth nor aliases can make a file grow.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from backlog_model.scenario.findings import Findings, Place, shown
from backlog_model.scenario.numbers import Scalar, is_region_code, scalar
from backlog_model.scenario.text_files import CONTROL, decoded
from backlog_model.translation import Text

DEEPEST = 20
MOST_ENTRIES = 5000
"""Entries of one mapping or list: more than any province has regions."""

_TAB = re.compile(r"^ *\t(?=[^\S\n]*\S)", re.MULTILINE)  # the parsers differ on it
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A scalar, mapping or list, where it stands, and (for a scalar) the text as written."""

    place: Place
    content: "Scalar | dict[str, Node] | list[Node]" = None
    text: str = ""
    key_place: Place | None = None
    quoted: bool = False

    @property
    def entries(self) -> "dict[str, Node]":
        """Entries of a mapping; none for anything else."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return isinstance(self.content, dict)

    @property
    def is_refused(self) -> bool:
        """Whether this is a scalar that was refused, which has been said already."""
        return isinstance(self.content, float) and math.isnan(self.content)

    @property
    def start(self) -> Place:
        """Where its key stands, or else the entry itself."""
        return self.key_place or self.place

    def below(self, path: tuple[str | int, ...]) -> "Node":
        """Deepest entry along a path."""
        node = self
        for step in path:
            content = node.content
            if isinstance(content, dict) and str(step) in content:
                node = content[str(step)]
            elif isinstance(content, list) and isinstance(step, int) and step < len(content):
                node = content[step]
        return node


class _Stopped(Exception):
    """Nothing more can be read from the file."""


def read_tree(path: Path, findings: Findings) -> Node | None:
    """Tree of a YAML file; None when it cannot be read, which is then among the findings."""
    text = decoded(path, findings)
    if text is None:
        return None
    tab = _TAB.search(text)
    if tab is not None:
        line = text.count("\n", 0, tab.end()) + 1
        findings.add(Place(shown(path), line, len(tab[0])), "", Text("a tab is used for indentation; write spaces"))
        return None
    builder = _Builder(shown(path), findings)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stopped:
        return None
    except yaml.MarkedYAMLError as error:
        findings.add(*_syntax(error, shown(path)))
        return None
    if builder.root is None or builder.root.content is None:
        findings.add(Place(shown(path)), "", Text("the file is empty; expected keys such as title, years and opening"))
        return None
    if not builder.root.is_mapping:
        findings.add(
            builder.root.place, "", Text("expected keys such as title, years and opening at the top of the file")
        )
        return None
    return builder.root


def _syntax(error: yaml.MarkedYAMLError, name: str) -> tuple[Place, str, str]:
    mark = error.problem_mark or error.context_mark
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
    problem = (error.problem or Text("unreadable")).strip()
    context = f" {error.context}" if error.context else ""
    inside_brackets = "flow" in context or "quoted" in context
    advice = (
        Text("check brackets, commas and quotes")
        if inside_brackets
        else Text("check how far this line is indented, and colons")
    )
    return (
        place,
        "",
        Text("not valid YAML{context}: {problem}; {advice}", context=context, problem=problem, advice=advice),
    )


class _Builder:
    """Makes nodes of parser events."""

    def __init__(self, name: str, findings: Findings) -> None:
        self.root: Node | None = None
        self._name = name
        self._findings = findings
        self._open: list[Node] = []
        self._keys: list[tuple[str, Place] | None] = []  # for each open node, the key that waits for its entry
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, Text("a second document starts here; expected one scenario in a file"))
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_decoration(event)
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_decoration(event)
            self._open_collection(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
            self._forget_key()

    def _at(self, event: yaml.Event) -> Place:
        mark = cast(yaml.Mark, event.start_mark)
        return Place(self._name, mark.line + 1, mark.column + 1)

    def _path(self) -> str:
        return ".".join(key[0] for key in self._keys if key)

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self._findings.add(self._at(event), self._path(), message)

    def _stop(self, event: yaml.Event, message: str) -> None:
        self._refuse(event, message)
        raise _Stopped

    def _alias(self, event: yaml.AliasEvent) -> None:
        if self._waits_for_key():
            self._stop(event, Text("alias *{anchor} stands where a key is expected; write a word", anchor=event.anchor))
        self._refuse(event, Text("alias *{anchor}; write the entry out again", anchor=event.anchor))
        self._place_entry(Node(self._at(event), math.nan))
        self._forget_key()

    def _check_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(
                event, Text("anchor &{anchor}; delete it, and write repeated entries out", anchor=event.anchor)
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, Text("tag {tag}; delete it (text goes in quotes)", tag=tag))

    def _waits_for_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._keys[-1] is None

    def _open_collection(self, event: yaml.CollectionStartEvent) -> None:
        if self._waits_for_key():
            self._stop(event, Text("a list or mapping stands where a key is expected; write a word"))
        if len(self._open) == DEEPEST:
            self._stop(event, Text("nested deeper than {deepest} levels", deepest=DEEPEST))
        node = Node(self._at(event), {} if isinstance(event, yaml.MappingStartEvent) else [])
        self._place_entry(node)
        self._open.append(node)
        self._keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._waits_for_key():
            self._take_key(event)
            return
        text, quoted = str(event.value), bool(event.style)
        content, problem = (text, None) if quoted else scalar(text)
        problem = problem or _control_problem(text)
        if problem is not None:
            self._refuse(event, problem)
            content = math.nan
        self._place_entry(Node(self._at(event), content, text, quoted=quoted))
        self._forget_key()

    def _take_key(self, event: yaml.ScalarEvent) -> None:
        text, at = str(event.value), self._at(event)
        problem = _control_problem(text) or (None if event.style else _key_problem(text))
        if problem is not None:
            self._refuse(event, problem)
        elif text in self._open[-1].entries:
            first = self._open[-1].entries[text].start
            self._refuse(event, Text("key {text} stands twice; first at line {line}", text=text, line=first.line))
        self._keys[-1] = (text, at)

    def _place_entry(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent, key = self._open[-1], self._keys[-1]
        if isinstance(parent.content, list | dict) and len(parent.content) >= MOST_ENTRIES:
            message = Text("more than {most:_} entries in one place", most=MOST_ENTRIES)
            self._findings.add(node.place, self._path(), message)
            raise _Stopped
        if isinstance(parent.content, list):
            parent.content.append(node)
        elif key is not None:
            node.key_place = key[1]
            parent.entries.setdefault(key[0], node)

    def _forget_key(self) -> None:
        if self._keys:
            self._keys[-1] = None


def _control_problem(text: str) -> str | None:
    control = CONTROL.search(text)
    return control and Text("control character U+{character:04X}; delete it", character=ord(control[0]))


def _key_problem(text: str) -> str | None:
    if text == "<<":
        return Text("merge key <<; write the entries out")
    if not text:
        return Text("an empty key; write a word before the colon")
    if is_region_code(text):
        return Text('{text} without quotes is read as a number; write "{text}"', text=text)
    return scalar(text)[1]


def plain(node: Node) -> Any:
    """Plain data of a node, lists as tuples."""
    if isinstance(node.content, dict):
        return {key: plain(entry) for key, entry in node.content.items()}
    if isinstance(node.content, list):
        return tuple(plain(entry) for entry in node.content)
    return node.content


def leaves(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every scalar below a node, with its path."""
    if isinstance(node.content, dict):
        for key, entry in node.content.items():
            yield from leaves(entry, (*path, key))
    elif isinstance(node.content, list):
        for position, entry in enumerate(node.content):
            yield from leaves(entry, (*path, position))
    else:
        yield path, node


def made(value: Any, place: Place) -> Node:
    """Node of plain data that was not read from a file."""
    if isinstance(value, dict):
        return Node(place, {str(key): made(entry, place) for key, entry in value.items()})
    if isinstance(value, list | tuple):
        return Node(place, [made(entry, place) for entry in value])
    if hasattr(value, "item"):  # a number of an array
        value = value.item()
    writable = value is None or isinstance(value, str | int | float)
    return Node(place, value if writable else math.nan, str(value), quoted=isinstance(value, str))
