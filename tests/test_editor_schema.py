"""Exact fragments of the JSON Schema that `backlog schema` gives to editors."""

from typing import Any

import pytest

from backlog_model.scenario.editor_schema import schema_json

NUMBER = {"$ref": "#/$defs/Number"}
VALUE = {"$ref": "#/$defs/Value"}
PLAIN_VALUE = {**VALUE, "description": ""}
TEXT = {"type": "string"}
CLOSED = {"type": "object", "additionalProperties": False}
SHARED = {"source": TEXT, "assumption": {"type": "boolean"}, "note": TEXT, "definition": TEXT}
DRAWN = {"drawn": {"enum": ["draw", "region", "region_year", "year"]}}
BY_YEAR = {**CLOSED, "patternProperties": {"^[12][0-9]{3}( ?- ?[12][0-9]{3})?$": NUMBER}}
ROWS = {**CLOSED, "properties": {"csv": TEXT}, "required": ["csv"]}
RECOVER = {"level_of": {"type": "integer"}, "after": {"type": "integer"}, "share": NUMBER}
CHANGES = {
    "instead": {"anyOf": [BY_YEAR, ROWS]},
    "multiply": {"anyOf": [NUMBER, BY_YEAR, ROWS]},
    "recover": {**CLOSED, "properties": RECOVER, "required": ["level_of", "after", "share"]},
}
PAIR = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
THREE = {"type": "array", "items": NUMBER, "minItems": 3, "maxItems": 3}
SPREAD = {"type": "object"}
EVERY_CLASS = {"additionalProperties": PLAIN_VALUE, "type": "object", "properties": SHARED}
A_YEAR = {"maximum": 2200, "minimum": 1900, "type": "integer"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return schema_json()


@pytest.fixture(scope="module")
def forms(schema: dict[str, Any]) -> list[Any]:
    """What may stand where a value is expected."""
    found: list[Any] = schema["$defs"]["Value"]["oneOf"]
    return found


def entry(schema: dict[str, Any], record: str, name: str) -> dict[str, Any]:
    """What may stand under a key, without its description."""
    holder = schema if record == "Scenario" else schema["$defs"][record]
    return {key: each for key, each in holder["properties"][name].items() if key != "description"}


def test_what_a_scenario_needs(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["if"] == {"required": ["extends"]}
    assert schema["else"] == {"required": ["title", "years", "regions", "opening"]}
    assert "required" not in schema
    assert schema["additionalProperties"] is False


def test_only_what_is_always_whole_is_required_below(schema: dict[str, Any]) -> None:
    required = {name: each["required"] for name, each in schema["$defs"].items() if "required" in each}
    assert required == {"Correlation": ["between", "correlation"]}
    label = schema["$defs"]["Label"]["anyOf"]
    assert label[0] == TEXT
    assert label[1]["required"] == ["id", "en"]


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        ("Scenario", "title", {"$ref": "#/$defs/Label"}),
        ("Scenario", "now", A_YEAR),
        ("Scenario", "regions", TEXT),
        ("Scenario", "extends", {"anyOf": [TEXT, {"type": "null"}]}),
        ("Scenario", "severity_classes", {"items": TEXT, "type": "array"}),
        ("Scenario", "correlations", {"items": {"$ref": "#/$defs/Correlation"}, "type": "array"}),
        ("Scenario", "programmes", {"additionalProperties": {"$ref": "#/$defs/Programme"}, "type": "object"}),
        (
            "Scenario",
            "targets",
            {"anyOf": [ROWS, {"type": "object", "additionalProperties": {"$ref": "#/$defs/Target"}}]},
        ),
        ("Scenario", "realised_houses", EVERY_CLASS),
        ("Opening", "households", VALUE),
        ("Opening", "psu_estates", {"anyOf": [PLAIN_VALUE, {"type": "null"}]}),
        ("Opening", "slum_ha", EVERY_CLASS),
        ("Assumptions", "rtlh_loss_rate", {"anyOf": [PLAIN_VALUE, EVERY_CLASS]}),
        ("Assumptions", "severity_mix", {"anyOf": [EVERY_CLASS, {"type": "null"}]}),
        (
            "Assumptions",
            "slum_counting_rule",
            {"enum": ["exit", "step", "proportional", "touched"], "type": "string"},
        ),
        ("Programme", "effectiveness_share", {"anyOf": [PLAIN_VALUE, EVERY_CLASS, {"type": "null"}]}),
        ("Programme", "treats", {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}),
        ("Programme", "sharing", {"$ref": "#/$defs/Sharing"}),
        ("Revision", "houses", {"anyOf": [PLAIN_VALUE, {"type": "null"}]}),
        ("Target", "year", A_YEAR),
        ("Target", "operator", {"enum": ["<=", ">="], "type": "string"}),
        ("Target", "probability", {"exclusiveMaximum": 1, "exclusiveMinimum": 0, "type": "number"}),
        ("Correlation", "correlation", {"maximum": 1, "minimum": -1, "type": "number"}),
        ("Correlation", "between", {"items": TEXT, "minItems": 2, "type": "array"}),
        ("Output", "language", {"enum": ["id", "en"], "type": "string"}),
    ],
)
def test_what_may_stand_under_a_key(schema: dict[str, Any], record: str, name: str, expected: dict[str, Any]) -> None:
    assert entry(schema, record, name) == expected


@pytest.mark.parametrize(
    ("record", "name", "words"),
    [
        ("Scenario", "regions", "file of the region table"),
        ("Scenario", "realised_houses", "known finished houses of past years, by programme [houses]"),
        ("Assumptions", "new_estates", "estates added in a year [estates]"),
        ("Assumptions", "slum_capacity_ha", "hectares that can be treated in a year, by authority [hectares]"),
        ("Programme", "houses_per_estate", "houses of one estate [houses per estate]"),
        ("Revision", "ha", "hectares that a revision adds or takes away [hectares, negative for a fall]"),
        ("Shock", "label", "name for people, in two languages"),
        ("Target", "part", "total, a class, an authority, a programme, programme.source, gross or net"),
    ],
)
def test_every_key_says_what_it_means_and_in_which_unit(
    schema: dict[str, Any], record: str, name: str, words: str
) -> None:
    holder = schema if record == "Scenario" else schema["$defs"][record]
    assert holder["properties"][name]["description"] == words


def test_every_key_of_every_record_is_described(schema: dict[str, Any]) -> None:
    records = {name: each for name, each in schema["$defs"].items() if name not in ("Number", "Value", "Label")}
    assert set(records) == {
        *("Assumptions", "Correlation", "Opening", "Output", "Programme"),
        *("Revision", "Sharing", "Shock", "Target", "Years"),
    }
    for record in (schema, *records.values(), schema["$defs"]["Label"]["anyOf"][1]):
        for each in record["properties"].values():
            assert each["description"]
            assert "title" not in each
            assert "default" not in each


def test_a_number_may_have_underscores(schema: dict[str, Any]) -> None:
    grouped = {"type": "string", "pattern": "^[+-]?[0-9]+(_[0-9]+)+(\\.[0-9]+)?$"}
    assert schema["$defs"]["Number"]["anyOf"] == [{"type": "number"}, grouped]


def test_a_value_is_a_number_or_one_of_many_forms(schema: dict[str, Any], forms: list[Any]) -> None:
    assert schema["$defs"]["Value"]["description"] == (
        "a number that may vary over years and regions, be uncertain, and has a source"
    )
    assert forms[0] == NUMBER
    first = [each["required"] for each in forms[1:]]
    kinds = [each[0] for each in first[:-1]]
    assert all(len(each) == 1 for each in first[:-1])
    assert first[-1] == []  # a change of what another file says
    assert kinds[0] == "value"
    assert kinds[1:5] == ["range", "uniform", "triangular", "pert"]
    assert kinds[-5:] == ["table", "by_region", "csv", "estimated", "total"]


def form(forms: list[Any], kind: str) -> dict[str, Any]:
    """The form of one kind."""
    found: dict[str, Any] = next(each for each in forms[1:] if each["required"] == [kind])
    return found


@pytest.mark.parametrize(
    ("kind", "content", "beside"),
    [
        ("value", NUMBER, {"spread": SPREAD}),
        ("range", THREE, {"truncate": PAIR}),
        ("uniform", PAIR, {"truncate": PAIR}),
        ("triangular", THREE, {"truncate": PAIR}),
        ("pert", THREE, {"truncate": PAIR}),
        ("samples", {"type": "array", "items": NUMBER, "minItems": 1}, {"truncate": PAIR}),
        ("mixture", {"type": "array", "items": {"type": "object"}}, {"truncate": PAIR}),
        ("lognormal", {"type": "object"}, {"truncate": PAIR}),
        ("table", BY_YEAR, {"growth": NUMBER, "spread": SPREAD}),
        (
            "by_region",
            {"type": "object", "additionalProperties": {"anyOf": [NUMBER, {"type": "object"}]}},
            {"spread": SPREAD},
        ),
        (
            "csv",
            {**TEXT, "description": "file of a long table; its rows have this dotted path as key"},
            {"growth": NUMBER, "spread": SPREAD},
        ),
        (
            "estimated",
            {**TEXT, "description": "long table of what the past says; drawn from low, value, high"},
            {},
        ),
        ("total", VALUE, {"split": VALUE, "concentration": NUMBER, "spread": SPREAD}),
    ],
)
def test_what_may_stand_in_a_value(
    forms: list[Any], kind: str, content: dict[str, Any], beside: dict[str, Any]
) -> None:
    inside = {kind: content, **beside, **CHANGES, **SHARED, **DRAWN, "weight": NUMBER}
    assert form(forms, kind) == {**CLOSED, "properties": inside, "required": [kind]}


def test_a_change_of_what_another_file_says(forms: list[Any]) -> None:
    beside = {"growth": NUMBER, "split": VALUE, "concentration": NUMBER, "truncate": PAIR, "spread": SPREAD}
    assert forms[-1] == {
        **CLOSED,
        "properties": {**CHANGES, **beside, **SHARED, **DRAWN},
        "required": [],
        "description": "only in a file that extends another: changes the value written there",
    }
