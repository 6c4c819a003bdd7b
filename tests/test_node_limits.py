"""What a scenario file may hold: how deep, how many entries, and the line and column of everything refused."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from backlog_model.scenario import nodes
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.nodes import Node, leaves, made, plain, read_tree

READERS = [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]
HERE = Place("a.yaml", 1, 1)
REFUSED = "refused"


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=READERS)
def _each_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_LOADER", getattr(yaml, request.param))


def tree_of(text: str) -> tuple[Node | None, list[str]]:
    """Tree of a text, and what was found wrong with it."""
    path, findings = Path("a.yaml"), Findings()
    path.write_text(text, encoding="utf-8")
    return read_tree(path, findings), [str(problem) for problem in findings.problems()]


def read(text: str) -> tuple[Any, list[str]]:
    """Plain data of a text, with a word for what was refused, and what was found wrong."""
    tree, problems = tree_of(text)
    return None if tree is None else with_word(plain(tree)), problems


def with_word(data: Any) -> Any:
    """The same data with a word in place of what was refused, to compare with."""
    if isinstance(data, dict):
        return {key: with_word(entry) for key, entry in data.items()}
    if isinstance(data, tuple):
        return tuple(with_word(entry) for entry in data)
    return REFUSED if isinstance(data, float) and math.isnan(data) else data


# limits


def nested(lists: int) -> str:
    """A mapping with lists inside each other."""
    return "a: " + "[" * lists + "]" * lists + "\n"


def test_the_deepest_file() -> None:
    data, problems = read(nested(19))  # with the mapping around them, 20 levels
    assert problems == []
    for _ in range(18):
        (data,) = data["a"] if isinstance(data, dict) else data
    assert data == ()
    assert read(nested(20)) == (None, ["a.yaml:1:23: a: nested deeper than 20 levels"])


def test_levels_that_are_closed_again_do_not_count() -> None:
    text = "a:\n" + "  - [[1], {b: [2]}]\n" * 30
    data, problems = read(text)
    assert (data, problems) == ({"a": (((1,), {"b": (2,)}),) * 30}, [])


def test_the_longest_list() -> None:
    data, problems = read(f"a: [{'0,' * 5000}]\n")
    assert (len(data["a"]), problems) == (5000, [])
    # each entry takes two letters, the first stands at column 5
    assert read(f"a: [{'0,' * 5001}]\n") == (None, ["a.yaml:1:10005: a: more than 5_000 entries in one place"])


def test_the_largest_mapping() -> None:
    lines = "".join(f"k{number}: 0\n" for number in range(5000))
    data, problems = read(lines)
    assert (len(data), problems) == (5000, [])
    assert read(f"{lines}last: 5\n") == (None, ["a.yaml:5001:7: last: more than 5_000 entries in one place"])


# places and words of what is refused

NO = 'NO is read differently by different programs; write false, or "NO" in quotes for text'
CODE = '012 begins with 0; write 12, or "012" in quotes when it is a code; for 0,012 write 0.012'
TABS = "a tab is used for indentation; write spaces"
AT_TOP = "expected keys such as title, years and opening at the top of the file"


@pytest.mark.parametrize(
    ("text", "data", "problems"),
    [
        ("a: {b: {c: NO}}\n", {"a": {"b": {"c": REFUSED}}}, [f"1:12: a.b.c: {NO}"]),
        (
            "a: [1, [NO], {b: 012}]\n",
            {"a": (1, (REFUSED,), {"b": REFUSED})},
            [f"1:9: a: {NO}", f"1:18: a.b: {CODE}"],
        ),
        (
            "a:\n  - b: NO\n  - c: [012]\nd: 1\n",
            {"a": ({"b": REFUSED}, {"c": (REFUSED,)}), "d": 1},
            [f"2:8: a.b: {NO}", f"3:9: a.c: {CODE}"],
        ),
        (
            "a: &x [1]\nb: &y {c: !!int 5}\n",
            {"a": (1,), "b": {"c": 5}},
            [
                "1:4: a: anchor &x; delete it, and write repeated entries out",
                "2:4: b: anchor &y; delete it, and write repeated entries out",
                "2:11: b.c: tag !!int; delete it (text goes in quotes)",
            ],
        ),
        ("a: !x 5\n", {"a": 5}, ["1:4: a: tag !x; delete it (text goes in quotes)"]),
        ("!!map {a: 1}\n", {"a": 1}, ["1:1: tag !!map; delete it (text goes in quotes)"]),
        (
            "a: *b\nc: [*d, NO]\n",
            {"a": REFUSED, "c": (REFUSED, REFUSED)},
            [
                "1:4: a: alias *b; write the entry out again",
                "2:5: c: alias *d; write the entry out again",
                f"2:9: c: {NO}",
            ],
        ),
        ("*a : 1\n", None, ["1:1: alias *a stands where a key is expected; write a word"]),
        ("a: {? [b] : c}\n", None, ["1:7: a: a list or mapping stands where a key is expected; write a word"]),
        ("a: 1\n---\nb: 2\n", None, ["2:1: a second document starts here; expected one scenario in a file"]),
        (
            "x: 0\na: {b: 1, b: {y: NO}, z: 2}\n",
            {"x": 0, "a": {"b": 1, "z": 2}},
            ["2:11: a: key b stands twice; first at line 2", f"2:18: a.b.y: {NO}"],
        ),
        ("a:\n  b: 1\n\n  b: 2\n", {"a": {"b": 1}}, ["4:3: a: key b stands twice; first at line 2"]),
        ("a: {a: {a: 1}, b: 2}\nb: 3\n", {"a": {"a": {"a": 1}, "b": 2}, "b": 3}, []),
        ("<<: 1\n", {"<<": 1}, ["1:1: merge key <<; write the entries out"]),
        ("a:\n  ? \n  : 1\n", {"a": {"": 1}}, ["2:4: a: an empty key; write a word before the colon"]),
        ("63.10: 1\n", {"63.10": 1}, ['1:1: 63.10 without quotes is read as a number; write "63.10"']),
        ("a: {012: 1}\n", {"a": {"012": 1}}, [f"1:5: a: {CODE}"]),
        ("NO: 1\n", {"NO": 1}, [f"1:1: {NO}"]),
        ('a: "x\\0"\n', {"a": REFUSED}, ["1:4: a: control character U+0000; delete it"]),
        ('"a\\0": NO\n', {"a\0": REFUSED}, ["1:1: control character U+0000; delete it", "1:8: a\\x00: " + NO]),
    ],
)
@pytest.mark.usefixtures("_each_reader")
def test_everything_is_told_with_its_place(text: str, data: Any, problems: list[str]) -> None:
    seen, told = read(text)
    assert seen == data
    assert [problem.replace("\0", "\\x00") for problem in told] == [f"a.yaml:{problem}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 'NO'\nb: \"012\"\nc: |\n  NO\n", {"a": "NO", "b": "012", "c": "NO\n"}),
        ("'': 1\n'<<': 2\n'63.10': 3\n'NO': 4\n", {"": 1, "<<": 2, "63.10": 3, "NO": 4}),
        ("2026: 1\n0.05: 2\n~: 3\n", {"2026": 1, "0.05": 2, "~": 3}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("{}\n", {}),
        ("a: []\nb: {}\nc:\nd: ''\n", {"a": (), "b": {}, "c": None, "d": ""}),
    ],
)
def test_what_is_taken_without_a_word(text: str, data: Any) -> None:
    assert read(text) == (data, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.yaml: the file is empty; expected keys such as title, years and opening"),
        ("~\n", "a.yaml: the file is empty; expected keys such as title, years and opening"),
        ("\n# 1\n\n5\n", f"a.yaml:4:1: {AT_TOP}"),
        ("[]\n", f"a.yaml:1:1: {AT_TOP}"),
        ("  - a\n", f"a.yaml:1:3: {AT_TOP}"),
        ("\tb: 1\n", f"a.yaml:1:1: {TABS}"),
        ("\n\tb: 1\n", f"a.yaml:2:1: {TABS}"),
        ("a:\n  c: 1\n \tb: 1\n", f"a.yaml:3:2: {TABS}"),
    ],
)
def test_files_without_keys(text: str, problem: str) -> None:
    assert read(text) == (None, [problem])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a: [1, 2\nb: 3\n", "2:2: not valid YAML while parsing a flow sequence: ", "brackets, commas and quotes"),
        ("x: 1\na: 'open\n", "3:1: not valid YAML while scanning a quoted scalar: ", "brackets, commas and quotes"),
        ("a: b: c\n", "1:5: not valid YAML: mapping values are not allowed ", "line is indented, and colons"),
        ("a:\n  b: 1\n c: 2\n", "3:2: not valid YAML while parsing a block mapping: ", "indented, and colons"),
        ("a: @x\n", "1:4: not valid YAML while scanning for the next token: found char", "indented, and colons"),
    ],
)
@pytest.mark.usefixtures("_each_reader")
def test_text_that_is_not_yaml(text: str, start: str, end: str) -> None:
    data, (problem,) = read(text)
    assert data is None
    assert problem.startswith(f"a.yaml:{start}")
    assert "; check " in problem
    assert problem.endswith(end)


# nodes


def test_each_entry_knows_where_it_stands() -> None:
    tree, _ = tree_of("a:\n  b: [5, 'x']\n")
    assert tree is not None
    assert (tree.place, tree.key_place, tree.start) == (HERE, None, HERE)
    entry = tree.entries["a"].entries["b"]
    assert (entry.place, entry.key_place, entry.start) == (("a.yaml", 2, 6), ("a.yaml", 2, 3), ("a.yaml", 2, 3))
    number, text = entry.content if isinstance(entry.content, list) else (tree, tree)
    assert (number.content, number.text, number.quoted, number.start) == (5, "5", False, ("a.yaml", 2, 7))
    assert (text.content, text.text, text.quoted, text.start) == ("x", "x", True, ("a.yaml", 2, 10))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("a", "b"), "5"),
        (("c", 0), "x"),
        (("c", 1), "y"),
        (("2026",), "7"),
        ((2026,), "7"),
        (("d", "x"), "xyz"),  # no further than the text itself
        (("a", "b", "c", 0), "5"),
    ],
)
def test_the_deepest_entry_along_a_path(path: tuple[str | int, ...], text: str) -> None:
    tree, _ = tree_of("a: {b: 5}\nc: [x, y]\n2026: 7\nd: xyz\n")
    assert tree is not None
    assert tree.below(path).text == text


def test_a_path_ends_where_nothing_is_written() -> None:
    tree, _ = tree_of("a: {b: 5}\nc: [x, y]\n")
    assert tree is not None
    assert tree.below(("z",)) is tree
    assert tree.below(()) is tree
    assert tree.below(("a", "z")) is tree.entries["a"]
    for step in (2, 5, "x", "0"):
        assert tree.below(("c", step)) is tree.entries["c"]


@pytest.mark.parametrize(
    ("content", "is_mapping", "is_refused"),
    [
        (math.nan, False, True),
        (0.5, False, False),
        (5, False, False),
        ("nan", False, False),
        (None, False, False),
        ({}, True, False),
        ([], False, False),
    ],
)
def test_kinds_of_node(content: Any, is_mapping: bool, is_refused: bool) -> None:
    node = Node(HERE, content)
    assert (node.is_mapping, node.is_refused, node.entries, node.quoted) == (is_mapping, is_refused, {}, False)


def test_every_leaf_with_its_path() -> None:
    tree, _ = tree_of("a: {b: [5, {c: x}]}\nd: ~\n")
    assert tree is not None
    assert [(path, leaf.content) for path, leaf in leaves(tree)] == [
        (("a", "b", 0), 5),
        (("a", "b", 1, "c"), "x"),
        (("d",), None),
    ]
    assert plain(tree) == {"a": {"b": (5, {"c": "x"})}, "d": None}


@pytest.mark.parametrize(
    ("value", "data", "text", "quoted"),
    [
        (5, 5, "5", False),
        (0.5, 0.5, "0.5", False),
        (True, True, "True", False),
        (None, None, "None", False),
        ("x", "x", "x", True),
        (np.float64(2.5), 2.5, "2.5", False),
        (np.int64(7), 7, "7", False),
        (frozenset(), REFUSED, "frozenset()", False),
        ([1, (2, "x")], (1, (2, "x")), "", False),
        ({2026: {"a": [1]}}, {"2026": {"a": (1,)}}, "", False),
    ],
)
def test_nodes_of_plain_data(value: Any, data: Any, text: str, quoted: bool) -> None:
    node = made(value, HERE)
    assert with_word(plain(node)) == data
    assert (node.text, node.quoted, node.place) == (text, quoted, HERE)
    assert all(leaf.place == HERE for _, leaf in leaves(node))
