"""A scenario and the one it extends, entry by entry, and what a place of a scenario may hold."""

import math
from pathlib import Path
from typing import Any

import pytest

from backlog_model.scenario.entries import entries, stand_in
from backlog_model.scenario.merging import merged
from backlog_model.scenario.nodes import Node, plain
from backlog_model.scenario.paths import Everywhere, Value
from backlog_model.scenario.records import NOTHING, ByName, Record
from backlog_model.scenario.shapes import Shape
from backlog_model.scenario.units import unit_of
from backlog_model.scenario.values import COMPANIONS, META, MODIFIERS
from small_readings import entry, reading, told

HOUSES = unit_of("houses")


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Small(Record):
    """A record with a little of everything."""

    houses: Value
    rate: Value | None = None
    label: str = ""
    by_class: Value | ByName | None = None
    named: ByName = NOTHING


class Texts(Record):
    """A record that cannot be made up."""

    houses: Value
    label: str


class Whole(Record):
    """A record with others in it."""

    small: Small
    texts: Texts | None = None
    smalls: tuple[Small, ...] = ()
    by_name: dict[str, Small] = {}  # noqa: RUF012  (a record copies it)


VALUE, CLASSED, BY_NAME = (
    Shape(value=HOUSES),
    Shape(value=HOUSES, entries=Shape(value=HOUSES)),
    Shape(entries=Shape(value=HOUSES)),
)


# a child and its parent


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ("5", "6", 5),
        ("~", "6", None),
        ("[5]", "{a: 1}", (5,)),
        ("{a: 1}", "6", {"a": 1}),
        ("{a: 1}", "{a: 2, b: 3}", {"a": 1, "b": 3}),
        ("{a: {x: 1}}", "{a: {x: 2, y: 3}, b: 4}", {"a": {"x": 1, "y": 3}, "b": 4}),
        ("{a: {x: {p: 1}}, c: 5}", "{a: {x: {q: 2}, y: 3}}", {"a": {"x": {"p": 1, "q": 2}, "y": 3}, "c": 5}),
        ("{a: [1]}", "{a: [2, 3]}", {"a": (1,)}),
        ("{}", "{a: 1}", {"a": 1}),
    ],
)
@pytest.mark.parametrize("shape", [None, Shape()])
def test_keys_one_by_one(child: str, parent: str, expected: Any, shape: Shape | None) -> None:
    read = reading()
    assert plain(merged(entry(child), entry(parent), shape, "", read)) == expected
    assert told(read) == []


@pytest.mark.parametrize("shape", [VALUE, CLASSED])
@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ("5", "{table: {2026: 1}, source: x}", 5),
        ("{value: 5}", "{table: {2026: 1}, source: x}", {"value": 5}),  # a number of its own replaces all
        ("{value: 5, multiply: 2}", "{value: 6, note: n}", {"value": 5, "multiply": 2}),
        ("{multiply: 2}", "6", {"value": 6, "multiply": 2}),
        ("{multiply: 2}", "{value: 6, source: x}", {"value": 6, "source": "x", "multiply": 2}),
        ("{multiply: 2}", "{value: 6, multiply: 3}", {"value": 6, "multiply": 2}),
        ("{growth: 0.1}", "{table: {2026: 1}}", {"table": {"2026": 1}, "growth": 0.1}),
        ("{}", "{value: 6, source: x}", {"value": 6, "source": "x"}),
        # where it is from is said anew as a whole
        ("{multiply: 2, source: y}", "{value: 6, source: x, note: n}", {"value": 6, "multiply": 2, "source": "y"}),
        (
            "{assumption: true}",
            "{value: 6, source: x, definition: d}",
            {"value": 6, "assumption": True, "definition": "d"},
        ),
        ("{note: m}", "{value: 6, source: x, drawn: year}", {"value": 6, "note": "m", "drawn": "year"}),
        ("{definition: e}", "{value: 6, source: x}", {"value": 6, "source": "x", "definition": "e"}),
    ],
)
def test_values(child: str, parent: str, expected: Any, shape: Shape) -> None:
    read = reading()
    assert plain(merged(entry(child), entry(parent), shape, "p", read)) == expected
    assert told(read) == []


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        ("{light: 5}", "6", {"light": 5}),
        ("{light: 5}", "{value: 6}", {"light": 5}),
        ("{light: 5}", "{light: 6, heavy: 7}", {"light": 5, "heavy": 7}),
        ("{light: {multiply: 2}}", "{light: 6, heavy: 7}", {"light": {"value": 6, "multiply": 2}, "heavy": 7}),
        ("{light: 5, source: y}", "{light: 6, heavy: 7, source: x}", {"light": 5, "heavy": 7, "source": "y"}),
    ],
)
def test_entries_by_class(child: str, parent: str, expected: Any) -> None:
    read = reading()
    assert plain(merged(entry(child), entry(parent), CLASSED, "p", read)) == expected
    assert told(read) == []


def test_every_change_at_once() -> None:
    keys = (*MODIFIERS, *COMPANIONS, *META)
    child = "{" + ", ".join(f"{key}: 1" for key in keys) + "}"
    assert plain(merged(entry(child), entry("{total: 6, source: x}"), CLASSED, "p", reading())) == {
        "total": 6,
        **dict.fromkeys(keys, 1),
    }


def test_one_change_for_all_classes_is_refused() -> None:
    read = reading()
    assert plain(merged(entry("{multiply: 2}"), entry("{light: 6, heavy: 7}"), CLASSED, "p", read)) == {
        "light": 6,
        "heavy": 7,
    }
    assert told(read) == ["a.yaml:1:1: p: the parent gives light, heavy one by one; change each of them"]


def test_problems_have_the_whole_path() -> None:
    read = reading()
    child, parent = entry("{small: {by_class: {multiply: 2}}}"), entry("{small: {by_class: {light: 6}}}")
    merged(child, parent, Shape(record=Whole), "", read)
    assert told(read) == ["a.yaml:1:13: small.by_class: the parent gives light one by one; change each of them"]


@pytest.mark.parametrize(("child", "parent"), [("{a: 1}", "{b: 2}"), ("{multiply: 2}", "{value: 6}")])
def test_a_merged_entry_stands_where_the_child_is(child: str, parent: str) -> None:
    node = Node(entry(child).place, entry(child).content, key_place=entry(child).key_place)
    both = merged(node, entry(parent), VALUE, "p", reading())
    assert (both.place, both.key_place) == (("a.yaml", 1, 4), ("a.yaml", 1, 1))


# plain data of entries


def simple(data: Any) -> Any:
    """Values by their number, path and source."""
    if isinstance(data, Value):
        number = data.form.part if isinstance(data.form, Everywhere) else data.form
        return number, data.path, data.source
    if isinstance(data, dict):
        return {key: simple(each) for key, each in data.items()}
    return tuple(simple(each) for each in data) if isinstance(data, tuple) else data


@pytest.mark.parametrize(
    ("text", "shape", "expected"),
    [
        ("{a: [1, {b: 2}]}", None, {"a": (1, {"b": 2})}),
        ("{a: [1]}", Shape(), {"a": (1,)}),
        ("[1, 2]", Shape(), (1, 2)),
        ("5", Shape(), 5),
        ("5", VALUE, (5.0, "p", None)),
        ("{value: 5, source: x}", VALUE, (5.0, "p", "x")),
        ("5", CLASSED, (5.0, "p", None)),
        ("{value: 5}", CLASSED, (5.0, "p", None)),
        ("{light: 5}", CLASSED, {"light": (5.0, "p.light", None)}),
        ("{light: 5}", BY_NAME, {"light": (5.0, "p.light", None)}),
        ("[5]", BY_NAME, (5,)),
        ("5", BY_NAME, 5),
        ("[5, 6]", Shape(items=VALUE), ((5.0, "p.0", None), (6.0, "p.1", None))),
        ("{a: 5}", Shape(items=VALUE), {"a": 5}),
        ("5", Shape(items=VALUE), 5),
        ("{houses: 5, label: x}", Shape(record=Small), {"houses": (5.0, "p.houses", None), "label": "x"}),
        ("[5]", Shape(record=Small), (5,)),
    ],
)
def test_what_a_place_may_hold(text: str, shape: Shape | None, expected: Any) -> None:
    read = reading()
    assert simple(entries(entry(text), shape, "p", read)) == expected
    assert told(read) == []


def test_a_key_without_an_entry_is_kept_only_where_it_is_needed() -> None:
    read = reading()
    found = entries(entry("{houses: , label: , rate: }"), Shape(record=Small), "p", read)
    assert list(found) == ["houses"]
    (problem,) = told(read)
    assert problem.endswith(": p.houses: no value given; write a number, or leave the key out")
    assert entries(entry("{label: }"), Shape(record=Texts), "p", read) == {"label": None}


def test_keys_of_a_record() -> None:
    read = reading()
    found = simple(entries(entry("{houses: 5, labl: x, rate: ~}"), Shape(record=Small), "", read))
    assert found == {"houses": (5.0, "houses", None)}
    assert told(read) == ["a.yaml:1:16: labl: unknown key; did you mean label?"]


def test_records_in_records() -> None:
    read = reading()
    text = "{small: {houses: 1}, smalls: [{houses: 2}], by_name: {source: {houses: 3}, b: {houses: 4}}}"
    assert simple(entries(entry(text), Shape(record=Whole), "", read)) == {
        "small": {"houses": (1.0, "small.houses", None)},
        "smalls": ({"houses": (2.0, "smalls.0.houses", None)},),
        # names of records may be any word
        "by_name": {
            "source": {"houses": (3.0, "by_name.source.houses", None)},
            "b": {"houses": (4.0, "by_name.b.houses", None)},
        },
    }
    assert told(read) == []


def test_one_source_for_all_names() -> None:
    read = reading()
    text = "{light: 1, medium: {value: 2}, heavy: {value: 3, source: own}, old: {value: 4, note: n}, source: shared}"
    assert simple(entries(entry(text), BY_NAME, "p", read)) == {
        "light": (1.0, "p.light", "shared"),
        "medium": (2.0, "p.medium", "shared"),
        "heavy": (3.0, "p.heavy", "own"),
        "old": (4.0, "p.old", None),
    }
    assert told(read) == []


def test_a_name_without_an_entry() -> None:
    read = reading()
    assert simple(entries(entry("{light: , heavy: -5}"), BY_NAME, "p", read)).keys() == {"heavy"}
    nothing, negative = told(read)
    assert nothing.endswith(": p.light: nothing is written here; write it, or delete the key")
    assert negative == "a.yaml:1:21: p.heavy: -5 is negative; expected houses"


@pytest.mark.parametrize(("path", "is_partly_known"), [("opening.slum_ha", True), ("opening.households", False)])
def test_what_no_source_covers_may_be_left_out(path: str, is_partly_known: bool) -> None:
    read = reading()
    entries(entry('{by_region: {"63.01": 5}}'), VALUE, path, read)
    assert (told(read) == []) is is_partly_known


def test_what_stands_in_for_a_missing_entry() -> None:
    value = stand_in(VALUE, "a.b")
    assert (value.path, value.unit, math.isnan(value.form.part)) == ("a.b", HOUSES, True)
    small = stand_in(Shape(record=Small), "a")
    assert (list(small), small["houses"].path) == (["houses"], "a.houses")
    assert stand_in(Shape(entries=VALUE), "a") == {}
    assert stand_in(Shape(), "a") is None
    assert stand_in(Shape(items=VALUE), "a") is None
    assert stand_in(Shape(record=Texts), "a") is None  # there is no text to make up
