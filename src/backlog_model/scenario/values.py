"""The grammar of a value: one main kind, what may stand beside it, and where the number is from."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast, get_args

from backlog_model.errors import nearest_hint
from backlog_model.scenario import parts
from backlog_model.scenario.distributions import DISTRIBUTIONS, Distribution
from backlog_model.scenario.nodes import Node, plain
from backlog_model.scenario.paths import (
    Drawn,
    Everywhere,
    Form,
    Kind,
    Recovery,
    Regional,
    Split,
    Value,
    numbers_in,
    year_without_weights,
)
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.tables import KINDS
from backlog_model.scenario.units import FACTOR, NUMBER, Unit, unit_of
from backlog_model.translation import Text, joined

MAIN = ("value", *DISTRIBUTIONS, "table", "by_region", "csv", "estimated", "total")
MODIFIERS = ("instead", "multiply", "recover")
COMPANIONS = {  # what may stand beside which main kinds
    "growth": ("table", "csv"),
    "split": ("total",),
    "concentration": ("total",),
    "truncate": tuple(DISTRIBUTIONS),
    "spread": ("value", "table", "by_region", "csv", "total"),
}
META = ("source", "assumption", "note", "definition", "drawn")
KEYS = (*MAIN, *MODIFIERS, *COMPANIONS, *META)

_TRUSTED = ("sourced", "derived", "unstated", "assumption")  # a value made of several is as weak as its weakest part
_SHARE = unit_of("share")
_DRAWN_SPLIT = "opening.rtlh_houses"


def is_value(node: Node) -> bool:
    """Whether a mapping is written as a value, rather than as entries by class or source."""
    return any(key in node.entries for key in (*MAIN, *MODIFIERS, *COMPANIONS))


def unknown(path: str = "", unit: Unit = NUMBER) -> Value:
    """Stand-in for a value that could not be read, so that the rest can be checked."""
    return Value(Everywhere(math.nan), path=path, unit=unit)


def read_value(node: Node, path: str, unit: Unit, reading: Reading, *, whole: bool = True) -> Value:
    """Value written at a place; what is wrong with it is noted.

    Parameters
    ----------
    node, path, unit : what is written, its dotted path, and what it measures
    reading : regions, years, tables, and the problems so far
    whole : whether numbers by region must cover every region
    """
    if not node.is_mapping:
        number = reading.number(node, path, unit)
        return Value(Everywhere(number), path=path, unit=unit, written=node.content)
    if not _keys_are_known(node, path, reading):
        return unknown(path, unit)
    kind = _main_kind(node, path, reading)
    if kind is None:
        return unknown(path, unit)
    value = Value(_form(kind, node, path, unit, reading, whole), path=path, unit=unit, written=plain(node))
    return _with_modifiers(_with_meta(value, kind, node, path, reading), node, path, reading)


def _keys_are_known(node: Node, path: str, reading: Reading) -> bool:
    """Whether all keys of a value are known; a weight may stand beside an index."""
    keys = (*KEYS, "weight") if ".index." in path else KEYS
    strange = [key for key in node.entries if key not in keys]
    for key in strange:
        reading.unknown_key(node.entries[key], f"{path}.{key}", keys)
    return not strange


def _main_kind(node: Node, path: str, reading: Reading) -> str | None:
    kinds = [key for key in node.entries if key in MAIN]
    if len(kinds) > 1:
        reading.findings.add(
            node.start, path, Text("{kinds} stand together; keep one of them", kinds=joined(kinds, Text(" and ")))
        )
        return None
    if not kinds:
        seen = ", ".join(node.entries) or Text("nothing")
        reading.findings.add(
            node.start, path, Text("no number among {seen}{expected}", seen=seen, expected=_expected(node))
        )
        return None
    for key, beside in COMPANIONS.items():
        if key in node.entries and kinds[0] not in beside:
            message = Text(
                "{key} cannot stand beside {kind}; it goes with {short}", key=key, kind=kinds[0], short=_short(beside)
            )
            reading.findings.add(node.entries[key].start, f"{path}.{key}", message)
    return kinds[0]


def _expected(node: Node) -> str:
    if any(key in node.entries for key in (*MODIFIERS, *COMPANIONS)):
        return Text("; a change needs a number to change, here or in the scenario that this one extends")
    return Text("; expected value, a distribution such as range, table, by_region, csv, estimated or total")


def _short(kinds: tuple[str, ...]) -> str:
    return Text("a distribution") if kinds == tuple(DISTRIBUTIONS) else ", ".join(kinds)


def _form(kind: str, node: Node, path: str, unit: Unit, reading: Reading, whole: bool) -> Form:
    entry = node.entries[kind]
    if kind in DISTRIBUTIONS:
        return Everywhere(parts.distribution(node, path, unit, reading))
    if kind == "value":
        return Everywhere(reading.number(entry, f"{path}.value", unit))
    if kind == "total":
        return _split(node, path, unit, reading)
    if kind == "estimated":
        return parts.estimated(entry, path, unit, reading, whole=whole)
    rate = parts.growth(node.entries.get("growth"), path, reading)
    if kind == "by_region":
        return parts.regional(entry, f"{path}.by_region", unit, reading, whole=whole)
    if kind == "table":
        return Everywhere(parts.growing(parts.points(entry, f"{path}.table", unit, reading), rate))
    form = parts.from_rows(entry, path, unit, reading, whole=whole)
    if isinstance(form, Regional):
        return replace(form, columns=tuple(parts.growing(column, rate) for column in form.columns))
    return Everywhere(parts.growing(form.part, rate)) if isinstance(form, Everywhere) else form


def _split(node: Node, path: str, unit: Unit, reading: Reading) -> Form:
    total = read_value(node.entries["total"], f"{path}.total", unit, reading)
    if "split" not in node.entries:
        message = Text("total without split; write how it is split over regions, such as split: {{by_region: {{…}}}}")
        reading.findings.add(node.start, path, message)
        return Everywhere(math.nan)
    weights = read_value(node.entries["split"], f"{path}.split", NUMBER._replace(lower=0.0), reading)
    problem = _split_problem(total, weights)
    if problem is not None:
        reading.findings.add(node.entries["split"].start, f"{path}.split", problem)
        return Everywhere(math.nan)
    if not isinstance(weights.form, Regional):
        return Everywhere(math.nan)
    return Split(total, weights, _concentration(node.entries.get("concentration"), path, reading))


def _concentration(node: Node | None, path: str, reading: Reading) -> float | None:
    """How closely drawn shares of regions keep to the weights; only of a stock whose houses are known by region."""
    if node is None:
        return None
    if path != _DRAWN_SPLIT:
        message = Text(
            "a split can be drawn at {path} only, where the houses of each region bound it",
            path=_DRAWN_SPLIT,
        )
        reading.refuse(node, f"{path}.concentration", message)
        return None
    number = reading.number(node, f"{path}.concentration", NUMBER)
    if number < 1:
        reading.refuse(
            node, f"{path}.concentration", Text("{number:g}; expected 1 or more, such as 200", number=number)
        )
        return None
    return None if math.isnan(number) else number


def _split_problem(total: Value, weights: Value) -> str | None:
    if isinstance(weights.form, Everywhere):
        nothing = isinstance(weights.form.part, float) and math.isnan(weights.form.part)
        return None if nothing else Text("one number for all regions; expected weights by region (by_region or csv)")
    if total.by_region or total.drawn in ("region", "region_year"):
        return Text("total is given by region already; write by_region or csv instead of total and split")
    inside = [each for each in (total, weights) if each.spread is not None or each.drawn != "draw"]
    if inside:
        name = "spread" if inside[0].spread is not None else "drawn"
        return Text(
            "{name} stands inside {part}; write it beside total", name=name, part=inside[0].path.rpartition(".")[2]
        )
    if total.is_uncertain and weights.is_uncertain:
        return Text("total and split are both uncertain; keep one of them certain")
    if not any(numbers_in(weights.form)):
        return Text("all weights are 0; expected at least one above 0")
    year = year_without_weights(total, weights)
    return Text("all weights are 0 in {year}; expected at least one above 0", year=year) if year is not None else None


def _with_meta(value: Value, kind: str, node: Node, path: str, reading: Reading) -> Value:
    said = {key: node.entries[key] for key in META if key in node.entries}
    texts: dict[str, Any] = {
        key: text(said[key], f"{path}.{key}", reading) for key in ("source", "note", "definition") if key in said
    }
    drawn = _drawn(said["drawn"], f"{path}.drawn", reading) if "drawn" in said else "draw"
    weight = reading.number(node.entries["weight"], f"{path}.weight", FACTOR) if "weight" in node.entries else None
    return replace(value, **{**_origin(value, kind, said, path, reading), **texts}, drawn=drawn, weight=weight)


def text(node: Node, path: str, reading: Reading) -> str | None:
    """Text of an entry; None, with a problem noted, when it is none."""
    if isinstance(node.content, str):
        return node.content
    if not node.is_refused and node.content is not None:
        seen = Text('write "{text}" in quotes', text=node.text) if node.text else Text("expected text")
        reading.refuse(
            node, path, Text("{text} is not text; {seen}", text=node.text or Text("a list or mapping"), seen=seen)
        )
    return None


def _drawn(node: Node, path: str, reading: Reading) -> Drawn:
    if node.content in get_args(Drawn):
        return cast(Drawn, node.content)
    reading.refuse(node, path, joined([node.text or Text("nothing"), nearest_hint(node.text, get_args(Drawn))]))
    return "draw"


def _origin(value: Value, kind: str, said: dict[str, Node], path: str, reading: Reading) -> dict[str, Any]:
    """Source and kind of a number: what is said beside it, or else what its rows or its parts say."""
    assumed = said.get("assumption")
    if assumed is not None and not isinstance(assumed.content, bool) and not assumed.is_refused:
        reading.refuse(
            assumed, f"{path}.assumption", Text("{text}; expected true or false", text=assumed.text or Text("nothing"))
        )
    is_assumed = assumed is not None and assumed.content is True
    stated: Kind | None = "assumption" if is_assumed else "sourced" if "source" in said else None
    if kind in ("csv", "estimated"):
        return _origin_of_rows(value, path, stated, reading)
    if isinstance(value.form, Split) and stated is None:
        both = (value.form.total, value.form.weights)
        sources = "; ".join(dict.fromkeys(each.source for each in both if each.source))
        return {"kind": max((each.kind for each in both), key=_TRUSTED.index), "source": sources or None}
    return {"kind": stated or "unstated"}


def _origin_of_rows(value: Value, path: str, stated: Kind | None, reading: Reading) -> dict[str, Any]:
    rows = [row for table in reading.tables.values() if table is not None for row in table.by_key.get(path, ())]
    kinds = {row.kind for row in rows}
    weakest = next((kind for kind in reversed(KINDS) if kind in kinds), "unstated")
    sources = list(dict.fromkeys(row.source for row in rows))
    more = [Text("and {count} more", count=len(sources) - 3)] if len(sources) > 3 else []
    listed = joined([*sources[:3], *more], "; ")
    return {"kind": stated or weakest, "source": listed or None}


def _with_modifiers(value: Value, node: Node, path: str, reading: Reading) -> Value:
    entries = node.entries
    changed: dict[str, Any] = {}
    if "instead" in entries:
        changed["instead"] = parts.changes(entries["instead"], f"{path}.instead", value.unit, reading)
    if "multiply" in entries:
        changed["multiply"] = parts.factors(entries["multiply"], f"{path}.multiply", reading)
    if "recover" in entries:
        changed["recover"] = _recovery(value, entries["recover"], f"{path}.recover", reading)
    if "spread" in entries:
        changed["spread"] = _spread(entries["spread"], f"{path}.spread", reading)
    return replace(value, **changed) if changed else value


def _spread(node: Node, path: str, reading: Reading) -> Distribution | None:
    if not node.is_mapping:
        reading.refuse(
            node, path, Text("expected a distribution of a factor, such as {{lognormal: {{median: 1, sigma: 0.2}}}}")
        )
        return None
    spread = parts.distribution(node, path, FACTOR, reading)
    return spread if isinstance(spread, Distribution) else None


def _recovery(value: Value, node: Node, path: str, reading: Reading) -> Recovery | None:
    expected = ("level_of", "after", "share")
    _check_keys(node, path, expected, reading)
    if value.drawn in ("year", "region_year") and value.is_uncertain:
        reading.findings.add(node.start, path, Text("a value drawn for each year has no level to recover to"))
        return None
    if not all(key in node.entries for key in expected):
        return None
    years = [reading.year(node.entries[key], f"{path}.{key}", node.entries[key].text) for key in expected[:2]]
    share = reading.number(node.entries["share"], f"{path}.share", _SHARE)
    start = value.first_year()
    for key, year in zip(expected[:2], years, strict=True):
        if year is not None and start is not None and year < start:
            message = Text("{year} lies before {start}, the first year with a number", year=year, start=start)
            reading.refuse(node.entries[key], f"{path}.{key}", message)
            return None
    level, after = years
    return Recovery(level, after, share) if level is not None and after is not None else None


def _check_keys(node: Node, path: str, expected: tuple[str, ...], reading: Reading) -> None:
    if not node.is_mapping:
        reading.refuse(node, path, Text("expected {expected}", expected=", ".join(expected)))
        return
    for key, entry in node.entries.items():
        if key not in expected:
            reading.unknown_key(entry, f"{path}.{key}", expected)
    _missing(node, path, [key for key in expected if key not in node.entries], reading)


def _missing(node: Node, path: str, keys: Iterable[str], reading: Reading) -> None:
    for key in keys:
        reading.findings.add(node.start, f"{path}.{key}", Text("missing; write it here"))
