"""What is wrong with a record, in the words and at the places of the file, and what stands in for it meanwhile."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from backlog_model.scenario.entries import entries
from backlog_model.scenario.paths import Value
from backlog_model.scenario.records import NOTHING, Label, Record
from backlog_model.scenario.shapes import Shape
from backlog_model.scenario.validation import validated
from small_readings import entry, reading, told


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Part(Record):
    """A part with one entry of each kind."""

    word: str
    note: str | None = None
    count: Annotated[int, Field(ge=1, lt=10)] = 5
    share: Annotated[float, Field(gt=0, le=1)] = 0.5
    kind: Literal["heavy", "light"] = "light"
    is_new: bool = False
    words: tuple[str, ...] = ("a", "b")
    pair: Annotated[tuple[str, ...], Field(min_length=2)] = ("a", "b")
    named: Mapping[str, int] = NOTHING
    label: Label | None = None
    parts: "tuple[Part, ...]" = ()


class Plan(Record):
    """A plan of parts."""

    title: str
    houses: Value | None = None
    first: Part | None = None
    programmes: Mapping[str, Part] = NOTHING
    others: Mapping[str, Part] = NOTHING
    items: tuple[Part, ...] = ()
    either: float | Mapping[str, int] = 0.0


class Needed(Record):
    """A record with a number that it needs."""

    houses: Value
    part: Part


def read(text: str) -> tuple[Plan | None, list[str]]:
    """Record of a text, and what was found wrong, without the name of the file."""
    state, tree = reading(), entry(text)
    plan = validated(entries(tree, Shape(record=Plan), "", state), tree, state, Plan)
    return plan, [problem.removeprefix("a.yaml:") for problem in told(state)]


def first(text: str) -> tuple[Part | None, list[str]]:
    """Record of the first part of a plan, and what was found wrong after `first.`."""
    plan, problems = read(f"{{title: t, first: {{word: w, {text}}}}}")
    assert plan is not None
    return plan.first, [problem.partition(": first.")[2] for problem in problems]


SUCH_AS = "expected a number such as 0.05 or 20_000_000"


@pytest.mark.parametrize(
    ("text", "problem", "part"),
    [
        ("note: 5", 'note: 5 is not text; write "5" in quotes', Part(word="w", note="5")),
        ("note: true", 'note: true is not text; write "true" in quotes', Part(word="w", note="true")),
        ("note: [5]", "note: a list stands where text is expected", Part(word="w")),
        ("note: {a: 5}", "note: a mapping stands where text is expected", Part(word="w")),
        ("count: 0", "count: 0; expected at least 1", Part(word="w")),
        ("count: 10", "count: 10; expected less than 10", Part(word="w")),
        ("count: x", f"count: 'x' is not a whole number; {SUCH_AS}", Part(word="w")),
        ('count: "5"', "count: '5' is not a whole number; write 5 without quotes", Part(word="w")),
        ("count: 5.5", "count: '5.5' is not a whole number; expected a number", Part(word="w")),
        ("count: true", "count: 'true' is not a whole number; expected a number", Part(word="w")),
        ("share: 0", "share: 0; expected more than 0", Part(word="w")),
        ("share: 1.5", "share: 1.5; expected at most 1", Part(word="w")),
        ("share: 5%", "share: '5%' is not a number; write 0.05", Part(word="w")),
        ("share: true", "share: 'true' is not a number; expected a number", Part(word="w")),
        ("kind: hevy", "kind: hevy; did you mean heavy?", Part(word="w", kind="heavy")),
        ("kind: x", "kind: x; expected one of heavy, light", Part(word="w", kind="heavy")),
        ("kind: 5", "kind: 5; expected one of heavy, light", Part(word="w", kind="heavy")),
        ("kind: [5]", "kind: a list; ", Part(word="w", kind="heavy")),
        ("is_new: 1", "is_new: 1; write true or false", Part(word="w")),
        ("is_new: ja", "is_new: ja; write true or false", Part(word="w")),
        ("is_new: {}", "is_new: a mapping; write true or false", Part(word="w")),
        ("words: a", "words: a; expected a list", Part(word="w")),
        ("words: {a: b}", "words: a mapping; expected a list", Part(word="w")),
        ("words: [c, 5]", 'words.1: 5 is not text; write "5" in quotes', Part(word="w")),
        ("pair: [c]", "pair: a list; expected a list of at least two", Part(word="w")),
        ("pair: 5", "pair: 5; expected a list", Part(word="w")),
        ("named: 5", "named: 5 stands where a mapping of keys is expected", Part(word="w")),
        ("named: [5]", "named: a list stands where a mapping of keys is expected", Part(word="w")),
        ("named: {a: 1, b: x}", f"named.b: 'x' is not a whole number; {SUCH_AS}", Part(word="w", named={"a": 1})),
        ("label: 5", "label: 5 stands where a mapping of keys is expected", Part(word="w")),
        ("label: [5]", "label: a list stands where a mapping of keys is expected", Part(word="w")),
        ("label: {id: a}", "label.en: missing; write it here", Part(word="w")),
        ("label: {id: a, en: 5}", 'label.en: 5 is not text; write "5" in quotes', None),
        (f"kind: {'x' * 41}", f"kind: {'x' * 40}…; expected one of heavy, light", Part(word="w", kind="heavy")),
    ],
)
def test_one_thing_wrong(text: str, problem: str, part: Part | None) -> None:
    found, (told_first, *more) = first(text)
    assert (told_first if not problem.endswith("; ") else told_first[: len(problem)]) == problem
    assert more == []
    if part is None:
        part = Part(word="w", label=Label(id="a", en="5"))
    assert found == part


def test_nothing_wrong() -> None:
    text = "note: n, count: 1, share: 1, kind: heavy, is_new: true, words: [], pair: [c, d, e], named: {a: 9}, label: x"
    found, problems = first(text)
    assert problems == []
    assert found == Part(
        word="w",
        note="n",
        count=1,
        share=1.0,
        kind="heavy",
        is_new=True,
        words=(),
        pair=("c", "d", "e"),
        named={"a": 9},
        label=Label(id="x", en="x"),
    )


def test_what_was_refused_when_it_was_read_is_not_told_again() -> None:
    found, problems = first("count: 012, kind: NO")
    assert problems == []
    assert found == Part(word="w", kind="heavy")


def test_an_entry_without_a_value() -> None:
    plan, (problem,) = read("{title: t, programmes: {a: {word: }}}")
    assert plan == Plan(title="t")
    assert problem.endswith(": programmes.a.word: no value given; write one")


def test_several_things_wrong_are_told_at_once() -> None:
    plan, problems = read("{title: 5, first: {word: 6, count: 0, named: {a: x, b: 2}}, programmes: {a: {word: 7}}}")
    assert problems == [
        '1:12: title: 5 is not text; write "5" in quotes',
        '1:29: first.word: 6 is not text; write "6" in quotes',
        "1:39: first.count: 0; expected at least 1",
        f"1:53: first.named.a: 'x' is not a whole number; {SUCH_AS}",
        '1:87: programmes.a.word: 7 is not text; write "7" in quotes',
    ]
    assert plan == Plan(title="5", first=Part(word="6", named={"b": 2}), programmes={"a": Part(word="7")})


# what is left out


def test_nothing_is_left_without_what_a_plan_needs() -> None:
    assert read("{}") == (None, ["1:1: title: missing; write it here"])
    assert read("{title: [5]}") == (None, ["1:12: title: a list stands where text is expected"])
    # one that can be put right beside one that cannot
    plan, problems = read("{title: [5], first: {word: w, count: 0}}")
    assert (plan, len(problems)) == (None, 2)


def test_an_entry_that_lacks_something_is_left_out_alone() -> None:
    plan, problems = read("{title: t, programmes: {a: {count: 2}, b: {word: w}}, others: {c: {word: w, wrds: 1}}}")
    assert plan == Plan(title="t", programmes={"b": Part(word="w")}, others={"c": Part(word="w")})
    assert problems == [
        "1:28: programmes.a.word: missing; write it here",
        "1:80: others.c.wrds: unknown key; did you mean words?",
    ]


def test_a_list_with_a_wrong_entry_is_left_out_whole() -> None:
    plan, problems = read("{title: t, items: [{word: w}, {count: 2}, 5, {count: 3}]}")
    assert plan == Plan(title="t")
    assert problems == [
        "1:34: items.1.word: missing; write it here",
        "1:46: items.2: 5 stands where a mapping of keys is expected",
        "1:49: items.3.word: missing; write it here",
    ]


def test_what_is_wrong_further_down_in_a_list_that_is_left_out_is_told_too() -> None:
    plan, problems = read("{title: t, items: [{count: 2}, {word: 5, parts: [{count: 3}]}]}")
    assert plan == Plan(title="t")
    assert problems == [
        "1:23: items.0.word: missing; write it here",
        '1:42: items.1.word: 5 is not text; write "5" in quotes',
        "1:53: items.1.parts.0.word: missing; write it here",
    ]


def test_what_can_be_put_right_in_a_list_keeps_the_list() -> None:
    plan, problems = read("{title: t, items: [{word: v}, {word: 5, count: 0, parts: [{word: 6}]}]}")
    assert plan == Plan(title="t", items=(Part(word="v"), Part(word="5", parts=(Part(word="6"),))))
    assert problems == [
        '1:41: items.1.word: 5 is not text; write "5" in quotes',
        "1:51: items.1.count: 0; expected at least 1",
        '1:69: items.1.parts.0.word: 6 is not text; write "6" in quotes',
    ]


def test_a_key_that_nobody_knows_is_left_out() -> None:
    state, tree = reading(), entry("{title: t, strange: 5}")
    assert validated({"title": "t", "strange": 5}, tree, state, Plan) == Plan(title="t")
    (problem,) = told(state)
    assert problem.startswith("a.yaml:1:24: strange: 5: ")


def test_one_of_two_kinds_is_told_with_its_own_key() -> None:
    _, problems = read("{title: t, either: {a: 1, b: x}}")
    assert f"1:33: either.b: 'x' is not a whole number; {SUCH_AS}" in problems


def test_a_number_that_is_missing_is_stood_in_for() -> None:
    state, tree = reading(), entry("{part: {word: w}}")
    found = validated({"part": {"word": "w"}}, tree, state, Needed)
    assert found is not None
    assert found.part == Part(word="w")
    assert (found.houses.path, found.houses.unit.words) == ("houses", "houses")
    assert math.isnan(next(iter(found.houses.form.parts())))  # type: ignore[arg-type]
    assert told(state) == ["a.yaml:1:1: houses: missing; write it here"]


# names that are almost alike


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "programmes: {bsps: {word: w}, bspss: {count: 2}}",
            ["programmes.bspss.word: missing; write it here, or did you mean bsps for bspss?"],
        ),
        ("programmes: {bsps: {word: w}, other: {count: 2}}", ["programmes.other.word: missing; write it here"]),
        ("programmes: {wodr: {count: 2}}", ["programmes.wodr.word: missing; write it here"]),
        ("programmes: {cuont: {count: 2}, x: {word: w}}", ["programmes.cuont.word: missing; write it here"]),
        ("others: {bsps: {word: w}, bspss: {count: 2}}", ["others.bspss.word: missing; write it here"]),
        (
            "programmes: {bsps: {word: w, parts: [{count: 2}]}, bspss: {word: w}}",
            ["programmes.bsps.parts.0.word: missing; write it here, or did you mean bspss for bsps?"],
        ),
    ],
)
def test_a_name_almost_like_another(text: str, problems: list[str]) -> None:
    plan, found = read(f"{{title: t, {text}}}")
    assert plan is not None
    assert [problem.partition(": ")[2] for problem in found] == problems
