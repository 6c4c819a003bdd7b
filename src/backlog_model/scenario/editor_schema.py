"""JSON Schema of scenario files, for editors that complete and underline while a planner types."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from backlog_model.scenario.descriptions import DESCRIPTIONS
from backlog_model.scenario.distributions import DISTRIBUTIONS
from backlog_model.scenario.paths import Value
from backlog_model.scenario.records import Record
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.shapes import Shape, fields_of
from backlog_model.scenario.values import COMPANIONS, META, MODIFIERS

Json = dict[str, Any]

_NUMBER = {"$ref": "#/$defs/Number"}
_VALUE = {"$ref": "#/$defs/Value"}
_MARK = {"const": "a value"}  # stands for _VALUE while pydantic, which knows only its own references, is at work
_YEARS = "^[12][0-9]{3}( ?- ?[12][0-9]{3})?$"
_FILLED_IN = ("now", "price_year", "label", "region")  # follow from other entries when left out


class _Generator(GenerateJsonSchema):
    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        return dict(_MARK) if schema["cls"] is Value else super().is_instance_schema(schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schema_json() -> Json:
    """JSON Schema of a scenario file; every entry says what it means and in which unit."""
    schema: Json = _linked(Scenario.model_json_schema(schema_generator=_Generator))
    definitions = schema["$defs"]
    for record in _records(Scenario):
        _describe(definitions.get(record.__name__, schema), record)
    needed = [name for name in schema.pop("required") if name not in _FILLED_IN]
    schema |= {"if": {"required": ["extends"]}, "else": {"required": needed}}
    definitions["Label"] = {"anyOf": [{"type": "string"}, definitions["Label"]]}
    definitions["Number"] = _number()
    definitions["Value"] = _value()
    treats = definitions["Programme"]["properties"]["treats"]
    treats["anyOf"] = [{"type": "string"}, {"type": "array", "items": treats.pop("items"), "minItems": 1}]
    del treats["type"]
    targets = schema["properties"]["targets"]
    targets["anyOf"] = [_object({"csv": {"type": "string"}}, ["csv"]), {"type": targets.pop("type"), **_rest(targets)}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _linked(schema: Any) -> Any:
    """The same schema, with a reference in place of each mark."""
    if isinstance(schema, dict):
        linked = {key: _linked(entry) for key, entry in schema.items()}
        return linked if schema.get("const") != _MARK["const"] else _VALUE | {"description": ""}
    return [_linked(entry) for entry in schema] if isinstance(schema, list) else schema


def _rest(targets: Json) -> Json:
    return {"additionalProperties": targets.pop("additionalProperties")}


def _records(record: type[Record]) -> list[type[Record]]:
    """A record and all records below it."""
    found = [record]
    for shape in fields_of(record).values():
        below = shape.record or _inner(shape)
        if below is not None:
            found += [each for each in _records(below) if each not in found]
    return found


def _inner(shape: Shape) -> type[Record] | None:
    inner = shape.entries or shape.items
    return inner.record if inner is not None else None


def _describe(schema: Json, record: type[Record]) -> None:
    """Say what each entry means, and drop what only complete records need (a child scenario writes parts)."""
    for name, shape in fields_of(record).items():
        entry = schema["properties"][name]
        unit = shape.value or (shape.entries.value if shape.entries is not None else None)
        entry["description"] = DESCRIPTIONS[name] + (f" [{unit.words}]" if unit is not None else "")
        entry.pop("title", None)
        if shape.entries is not None and shape.entries.value is not None:
            _allow_shared_source(entry)
    if record.__name__ not in ("Correlation", "Label", "Scenario"):
        schema.pop("required", None)


def _allow_shared_source(entry: Json) -> None:
    """Let what is said about the source stand once, beside all entries by class or source."""
    for each in (entry, *entry.get("anyOf", ())):
        if "additionalProperties" in each:
            each["properties"] = {name: meta for name, meta in _meta().items() if name != "drawn"}


def _number() -> Json:
    grouped = {"type": "string", "pattern": "^[+-]?[0-9]+(_[0-9]+)+(\\.[0-9]+)?$"}
    return {"description": "a number: dot decimal, underscores allowed", "anyOf": [{"type": "number"}, grouped]}


def _value() -> Json:
    forms = [_NUMBER, *(_form(kind, content) for kind, content in _main_kinds().items())]
    change = _object({**_modifiers(), **_companions(tuple(COMPANIONS)), **_meta()}, [])
    change["description"] = "only in a file that extends another: changes the value written there"
    words = "a number that may vary over years and regions, be uncertain, and has a source"
    return {"description": words, "oneOf": [*forms, change]}


def _form(kind: str, content: Json) -> Json:
    beside = tuple(name for name, kinds in COMPANIONS.items() if kind in kinds)
    return _object({kind: content, **_companions(beside), **_modifiers(), **_meta(), "weight": _NUMBER}, [kind])


def _main_kinds() -> Json:
    part = {"anyOf": [_NUMBER, {"type": "object"}]}
    return {
        "value": _NUMBER,
        **{kind: _distribution(kind) for kind in DISTRIBUTIONS},
        "table": _by_year(),
        "by_region": {"type": "object", "additionalProperties": part},
        "csv": {"type": "string", "description": "file of a long table; its rows have this dotted path as key"},
        "estimated": {"type": "string", "description": "long table of what the past says; drawn from low, value, high"},
        "total": _VALUE,
    }


def _distribution(kind: str) -> Json:
    lists = {"range": 3, "uniform": 2, "triangular": 3, "pert": 3}
    if kind in lists:
        return {"type": "array", "items": _NUMBER, "minItems": lists[kind], "maxItems": lists[kind]}
    if kind == "samples":
        return {"type": "array", "items": _NUMBER, "minItems": 1}
    return {"type": "array", "items": {"type": "object"}} if kind == "mixture" else {"type": "object"}


def _by_year() -> Json:
    return {"type": "object", "patternProperties": {_YEARS: _NUMBER}, "additionalProperties": False}


def _modifiers() -> Json:
    rows = _object({"csv": {"type": "string"}}, ["csv"])
    recover: Json = {"level_of": {"type": "integer"}, "after": {"type": "integer"}, "share": _NUMBER}
    forms: Json = {
        "instead": {"anyOf": [_by_year(), rows]},
        "multiply": {"anyOf": [_NUMBER, _by_year(), rows]},
        "recover": _object(recover, list(recover)),
    }
    return {name: forms[name] for name in MODIFIERS}


def _companions(names: tuple[str, ...]) -> Json:
    pair = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
    forms: Json = {
        "growth": _NUMBER,
        "split": _VALUE,
        "concentration": _NUMBER,
        "truncate": pair,
        "spread": {"type": "object"},
    }
    return {name: forms[name] for name in names}


def _meta() -> Json:
    forms: Json = {"assumption": {"type": "boolean"}, "drawn": {"enum": ["draw", "region", "region_year", "year"]}}
    return {name: forms.get(name, {"type": "string"}) for name in META}


def _object(properties: Json, required: list[str]) -> Json:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
