"""Tables of the manual that are read from the package when it is built, so that nothing is written twice.

A page holds a comment such as `<!-- scenario keys -->` where the table is to stand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from backlog_model.cli import backlog
from backlog_model.cli.speaking import Speaker
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.editor_schema import schema_json

Json = Mapping[str, Any]

FOLDER = Path(__file__).resolve().parent

_LINK = re.compile(r"\[([^\]]+)\]\((\.\.[^)#]*\.md)(?:#[^)]*)?\)")
_ENTRY = re.compile(r"([*\w][^:]*?) : (.*)")
_SECTIONS = ("Parameters", "Attributes", "Returns", "Raises")
_WORDS = {"string": "text", "boolean": "`true` or `false`", "integer": "whole number", "number": "number"}
_KINDS = {"stock": "at 31 December", "flow": "in the year", "indicator": "indicator"}
_REFERENCES = {"Value": "[value](#a-value)", "Label": "text, or `id` and `en`"}
_VALUE = "#/$defs/Value"


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def scenario_keys() -> str:
    """A section for each place of a scenario file, with a row for each key that may stand there."""
    schema = schema_json()
    return "\n\n".join(_section(place, record) for place, record in _places("", schema, schema["$defs"]))


def _section(place: str, record: Json) -> str:
    title = f"`{place}`" if place else "The file itself"
    rows = ((f"`{key}`", _capital(entry["description"]), _form(entry)) for key, entry in record["properties"].items())
    return f"## {title}\n\n{record['description']}\n\n{_table(('Key', 'What it is [unit]', 'Written as'), rows)}"


def _places(place: str, record: Json, known: Json) -> Iterator[tuple[str, Json]]:
    """Each place that has keys of its own, from the top of the file down."""
    yield place, record
    for key, entry in record["properties"].items():
        for step, below in _records(entry, known):
            yield from _places(".".join(part for part in (place, f"{key}{step}") if part), below, known)


def _records(entry: Json, known: Json) -> Iterator[tuple[str, Json]]:
    """Records that an entry holds, each with what stands between: nothing, a name, or its place in a list."""
    for form in (entry, *entry.get("anyOf", ())):
        for step, inner in (("", form), (".NAME", form.get("additionalProperties")), ("[]", form.get("items"))):
            record = known.get(str(inner.get("$ref")).removeprefix("#/$defs/")) if isinstance(inner, Mapping) else None
            if record is not None and "description" in record and "properties" in record:
                yield step, record


def _form(entry: Json) -> str:
    """How an entry is written, in words."""
    forms = dict.fromkeys(_one_form(form) for form in entry.get("anyOf", [entry]) if form.get("type") != "null")
    return " or ".join(forms)


def _one_form(form: Json) -> str:
    if "enum" in form:
        return _listed(form["enum"])
    if "$ref" in form:
        return _REFERENCES.get(form["$ref"].removeprefix("#/$defs/"), "below")
    if form["type"] == "array":
        return "list"
    if form["type"] == "object":
        values = form.get("additionalProperties")
        return "[values](#a-value) by name" if values and values.get("$ref") == _VALUE else "by name, below"
    return _WORDS[form["type"]]


def value_forms() -> str:
    """What may stand beside every kind of value, and a row for each kind with what only some allow."""
    *forms, change = (form["properties"] for form in schema_json()["$defs"]["Value"]["oneOf"][1:])
    kinds = [next(name for name in form if name not in change and name != "weight") for form in forms]
    common = [name for name in forms[0] if all(name in form for form in forms) and name != "weight"]
    rows = (
        (f"`{kind}`", _listed(name for name in form if name not in (*common, kind, "weight")) or "–")
        for kind, form in zip(kinds, forms, strict=True)
    )
    return f"Beside every kind: {_listed(common)}.\n\n{_table(('Kind', 'Also beside it'), rows)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def variables() -> str:
    """A row for each variable."""
    rows = ((f"`{name}`", each.id, each.en, each.unit, _KINDS[each.kind]) for name, each in QUANTITIES.items())
    return _table(("Name", "Bahasa Indonesia", "English", "Unit", "Is"), rows)


def commands(language: str) -> str:
    """What each command says of itself under `--help`."""
    top = backlog.context_class(
        backlog, info_name="backlog", obj=Speaker(asked=language), terminal_width=96, **backlog.context_settings
    )
    helps = (
        (name, each.get_help(each.context_class(each, parent=top, info_name=name)))
        for name, each in sorted(backlog.commands.items())
    )
    return "\n\n".join(f"## backlog {name}\n\n```text\n{text}\n```" for name, text in helps)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


TABLES: Mapping[str, Callable[[], str]] = {
    "scenario keys": scenario_keys,
    "value forms": value_forms,
    "variables": variables,
    "commands in English": partial(commands, "en"),
    "perintah": partial(commands, "id"),
}


def outside_named(text: str, page: str) -> str:
    """The text with links to Markdown files that are no pages of the manual as their name: GitHub follows them."""

    def named(link: re.Match[str]) -> str:
        path = (FOLDER / page).parent.joinpath(link[2]).resolve()
        return link[0] if path.is_relative_to(FOLDER) else f"{link[1]} (`{path.relative_to(FOLDER.parent)}`)"

    return _LINK.sub(named, text)


def fill(app: object, page: str, source: list[str]) -> None:
    """Put each table in the place of its comment, and name what lies outside."""
    source[0] = outside_named(source[0], page)
    for name, table in TABLES.items():
        comment = f"<!-- {name} -->"
        if comment in source[0]:
            source[0] = source[0].replace(comment, table())


def entries_apart(app: object, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Put what is said of a parameter below its name: numpydoc reads what stands beside it as a type."""
    section, apart = "", []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        section = line.strip() if below.strip() and not below.strip("- ") else section
        entry = _ENTRY.fullmatch(line) if section in _SECTIONS else None
        apart += [entry[1], f"    {entry[2]}"] if entry else [line]
    lines[:] = apart


def language_said(app: object, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Tell browsers and screen readers that a page is in Indonesian."""
    if page.startswith("panduan/") or page == "reference/perintah":
        context["language"] = "id"


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", fill)
    app.connect("html-page-context", language_said)
    app.connect("autodoc-process-docstring", entries_apart, priority=100)  # before numpydoc
    return {"parallel_read_safe": True, "parallel_write_safe": True}
