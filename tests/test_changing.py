"""A scenario's tree with other entries at some dotted paths, and what may stand at each place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import pytest

from backlog_model.scenario.changing import changed
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.nodes import made, plain
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Programme
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import NOTHING, ByName, Classed, Label, Record
from backlog_model.scenario.schema import Correlation, Opening, Scenario
from backlog_model.scenario.shapes import Shape, fields_of
from backlog_model.scenario.units import SIGNED_HOUSES, unit_of

WRITTEN: dict[str, Any] = {
    "years": {"first": 2026, "last": 2028},
    "assumptions": {"relapse_rate": 0.1, "mbr_share": {"value": 0.5, "source": "Susenas"}},
    "programmes": {"bsps": {"treats": "all", "budget_idr": {"apbn": 5, "apbd": {"table": {"2026": 7}}}}},
    "severity_classes": ["light"],
}


def change(changes: dict[str, Any]) -> tuple[Any, list[str]]:
    """The changed tree as plain data, and what is said of it."""
    reading = Reading(Path(), Findings())
    tree = changed(made(WRITTEN, Place("plan.yaml")), Shape(record=Scenario), changes, reading)
    return plain(tree), [str(problem) for problem in reading.findings.all()]


def other(section: str, entry: object) -> dict[str, Any]:
    """What was written, with another section."""
    return {**WRITTEN, "severity_classes": ("light",), section: entry}


@pytest.mark.parametrize(
    ("path", "entry", "expected"),
    [
        ("now", 2026, other("now", 2026)),
        ("years.last", 2030, other("years", {"first": 2026, "last": 2030})),
        ("years", {"first": 2027}, other("years", {"first": 2027})),
        ("severity_classes", ["all"], other("severity_classes", ("all",))),
        ("assumptions.vacancy_share", 0.1, other("assumptions", {**WRITTEN["assumptions"], "vacancy_share": 0.1})),
        ("assumptions.relapse_rate", 0.2, other("assumptions", {**WRITTEN["assumptions"], "relapse_rate": 0.2})),
        ("opening.households", 5, other("opening", {"households": 5})),  # a section that was not there
        (
            "assumptions.mbr_share",
            {"multiply": 2},  # changes the value that is there
            other(
                "assumptions", {"relapse_rate": 0.1, "mbr_share": {"value": 0.5, "source": "Susenas", "multiply": 2}}
            ),
        ),
        (
            "assumptions.relapse_rate",
            {"multiply": 2},
            other("assumptions", {**WRITTEN["assumptions"], "relapse_rate": {"value": 0.1, "multiply": 2}}),
        ),
        (
            "assumptions.mbr_share",
            {"value": 0.6},  # replaces it
            other("assumptions", {"relapse_rate": 0.1, "mbr_share": {"value": 0.6}}),
        ),
        (
            "programmes.bsps.budget_idr.apbn",
            9,
            other("programmes", {"bsps": {"treats": "all", "budget_idr": {"apbn": 9, "apbd": {"table": {"2026": 7}}}}}),
        ),
        (
            "programmes.bsps.budget_idr",
            {"csr": 9},
            other("programmes", {"bsps": {"treats": "all", "budget_idr": {"csr": 9}}}),
        ),
        ("programmes.bsps", {"treats": "slum"}, other("programmes", {"bsps": {"treats": "slum"}})),
    ],
)
def test_another_entry(path: str, entry: object, expected: dict[str, Any]) -> None:
    assert change({path: entry}) == (expected, [])


def test_several_changes_one_after_another() -> None:
    data, said = change({"years": {"first": 2030, "last": 2031}, "years.last": 2035})
    assert (data["years"], said) == ({"first": 2030, "last": 2035}, [])


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("yeers", "replace: yeers: unknown key yeers; did you mean years?"),
        ("years.frist", "replace: years.frist: unknown key frist; did you mean first?"),
        (
            "assumptions.vacancy_shar",  # known, though not written
            "replace: assumptions.vacancy_shar: unknown key vacancy_shar; did you mean vacancy_share?",
        ),
        ("years.first.more", "replace: years.first.more: unknown key more"),
        ("programmes.bspss", "replace: programmes.bspss: unknown key bspss; did you mean bsps?"),
        ("programmes.other.label", "replace: programmes.other.label: unknown key other; expected one of bsps"),
        (
            "programmes.bsps.budget_idr.csr",
            "replace: programmes.bsps.budget_idr.csr: unknown key csr; expected one of apbn, apbd",
        ),
        ("shocks.flood", "replace: shocks.flood: unknown key flood"),
        ("assumptions.relapse_rate.value", "replace: assumptions.relapse_rate.value: unknown key value"),
    ],
)
def test_paths_that_do_not_exist(path: str, problem: str) -> None:
    assert change({path: 1})[1] == [problem]


def test_nothing_changes_at_a_path_that_does_not_exist() -> None:
    assert change({"yeers": 1})[0] == {**WRITTEN, "severity_classes": ("light",)}
    assert change({"programmes.bspss": 1})[0] == {**WRITTEN, "severity_classes": ("light",)}


def test_what_cannot_be_written_in_a_scenario() -> None:
    _, said = change({"programmes.bsps": {"treats": ["all", float("nan")], "label": "x"}, "now": complex(1, 2)})
    assert said == [
        "replace: now: (1+2j) cannot be written in a scenario",
        "replace: programmes.bsps.treats.1: nan cannot be written in a scenario",
    ]


class Example(Record):
    """A record with every kind of field."""

    needed: Value
    rate: Value | None = None
    mix: ByName = NOTHING
    households: Classed
    label: Label
    records: Mapping[str, Label] = NOTHING
    many: tuple[Label, ...] = ()
    year: Annotated[int, "a year"] = 5
    houses: Annotated[Value, "first", SIGNED_HOUSES] | None = None
    estates: Annotated[Value, "no unit"] | None = None
    words: str = ""


EXAMPLE = {
    "needed": Shape(value=unit_of("needed"), required=True),
    "rate": Shape(value=unit_of("rate")),
    "mix": Shape(entries=Shape(value=unit_of("mix"))),
    "households": Shape(value=unit_of("households"), entries=Shape(value=unit_of("households")), required=True),
    "label": Shape(record=Label, required=True),
    "records": Shape(entries=Shape(record=Label)),
    "many": Shape(items=Shape(record=Label)),
    "year": Shape(),
    "houses": Shape(value=SIGNED_HOUSES),
    "estates": Shape(value=unit_of("estates")),
    "words": Shape(),
}


@pytest.mark.parametrize(("name", "shape"), EXAMPLE.items())
def test_what_may_stand_under_a_key_of_a_record(name: str, shape: Shape) -> None:
    assert fields_of(Example)[name] == shape


def test_keys_of_a_record() -> None:
    shape = Shape(record=Example)
    assert shape.known == tuple(EXAMPLE)
    assert shape.below("label") == EXAMPLE["label"]
    assert shape.below("nothing") is None
    assert Shape().known == ()
    assert (Shape().required, Shape().below("nothing")) == (False, None)


def test_entries_by_name_and_in_a_list() -> None:
    one = Shape(record=Label)
    assert Shape(entries=one).below("anything") == one
    assert Shape(items=one).below("3") == one
    assert Shape(entries=one).known == ()
    scenario = fields_of(Scenario)
    assert scenario["programmes"].below("bsps") == Shape(record=Programme)
    assert scenario["correlations"].below("0") == Shape(record=Correlation)
    assert scenario["opening"] == Shape(record=Opening, required=True)
