"""Checks of boundaries that somebody drew: what is no shape, and which region each shape is."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from backlog_model.errors import Problem, nearest_hint
from backlog_model.translation import Text

Ring = list[tuple[float, float]]
"""Closed line of longitudes and latitudes."""

_NAMES = ("code", "kode", "id")  # of the property with the code, before any other that holds codes
_SHAPES = ("Polygon", "MultiPolygon")


class Outline(NamedTuple):
    """Shape of one region: polygons, each an outer ring and its holes."""

    code: str
    polygons: list[list[Ring]]


def outlines(features: Sequence[Any], codes: Sequence[str], file: str) -> tuple[list[Outline], list[Problem]]:
    """Shapes of all regions, and everything that is wrong with them.

    Parameters
    ----------
    features : of the collection, as read
    codes : of the regions that are wanted, each once
    file : where they come from, for messages
    """
    named = _property_of_codes(features, codes)
    matched = {code_in(_properties(feature).get(named), codes) for feature in features} if named else set()
    free = [code for code in codes if code not in matched]
    found: dict[str, Outline] = {}
    problems: list[Problem] = []
    for place, feature in ((f"{file}: features[{position}]", each) for position, each in enumerate(features)):
        code, wrong = _code(feature, named, codes, free)
        polygons: list[list[Ring]] = []
        if wrong is None and code in found:
            wrong = Text("region {code} stands twice; expected one feature for each region", code=code)
        if wrong is None:
            polygons, wrong = _polygons(feature)
        if wrong is None:
            found[code] = Outline(code, polygons)
        else:
            problems.append(Problem(place, wrong))
    missing = [code for code in codes if code not in found]
    if missing and not problems:
        message = Text("no feature for {codes}; expected every region once", codes=", ".join(missing))
        problems.append(Problem(file, message))
    return [found[code] for code in codes if code in found], problems


def code_in(value: object, codes: Sequence[str]) -> str | None:
    """The region code that a value of a property means: as written here, or without its dots as BPS writes it.

    Examples
    --------
    >>> code_in("63.10", ["63.10"]), code_in(6310, ["63.10"]), code_in(63.1, ["63.10"])
    ('63.10', '63.10', None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    return next((code for code in codes if text in (code, code.replace(".", ""))), None)


def _properties(feature: object) -> Mapping[str, Any]:
    """Properties of a feature, with its own id among them."""
    if not isinstance(feature, dict):
        return {}
    own = feature.get("properties")
    return {**({"id": feature["id"]} if "id" in feature else {}), **(own if isinstance(own, dict) else {})}


def _property_of_codes(features: Sequence[Any], codes: Sequence[str]) -> str | None:
    """Name of the property that holds the codes: the one that matches most regions, the usual names first."""
    matches: dict[str, set[str]] = {}
    for feature in features:
        for name, value in _properties(feature).items():
            code = code_in(value, codes)
            if code is not None:
                matches.setdefault(name, set()).add(code)
    if matches:
        return max(matches, key=lambda name: (len(matches[name]), name.lower() in _NAMES))
    usual = [name for feature in features for name in _properties(feature) if name.lower() in _NAMES]
    return usual[0] if usual else None


def _code(feature: object, named: str | None, codes: Sequence[str], free: Sequence[str]) -> tuple[str, Text | None]:
    """Code of the region that a feature is, or what is wrong; those that no feature has are offered."""
    properties = _properties(feature)
    if named is None or named not in properties:
        return "", Text("no property with a region code; expected one such as {names}", names='"code": "63.10"')
    value = properties[named]
    code = code_in(value, codes)
    if code is not None:
        return code, None
    if isinstance(value, float):
        message = (
            'code {value} is a number, which has lost its last zero if it had one; write it as text, such as "63.10"'
        )
        return "", Text(message, value=value)
    return "", Text(
        "code {value} is not a region of the scenario{hint}", value=value, hint=nearest_hint(str(value), codes)
    )


def _polygons(feature: Mapping[str, Any]) -> tuple[list[list[Ring]], Text | None]:
    """Polygons of a feature, or what is wrong with them."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in _SHAPES:
        return [], Text("geometry {kind} is no area; expected Polygon or MultiPolygon", kind=kind)
    written = geometry.get("coordinates")
    polygons = [written] if kind == "Polygon" else written
    if not isinstance(polygons, list) or not polygons or not all(isinstance(each, list) and each for each in polygons):
        return [], Text("geometry without coordinates; expected rings of longitude and latitude")
    read: list[list[Ring]] = []
    for polygon in polygons:
        rings: list[Ring] = []
        for ring in polygon:
            positions, wrong = _ring(ring)
            if wrong is not None:
                return [], wrong
            rings.append(positions)
        read.append(rings)
    return read, None


def _ring(ring: object) -> tuple[Ring, Text | None]:
    if not isinstance(ring, list):
        return [], Text("geometry without coordinates; expected rings of longitude and latitude")
    for position in ring:
        if not _is_position(position):
            seen = str(position)[:40]
            return [], Text("position {seen}; expected longitude from -180 to 180, latitude from -90 to 90", seen=seen)
    positions = [(float(position[0]), float(position[1])) for position in ring]
    if len(positions) < 4 or positions[0] != positions[-1]:
        return [], Text("a ring of {count} positions; expected four or more, the last like the first", count=len(ring))
    return positions, None


def _is_position(position: object) -> bool:
    if not isinstance(position, list) or len(position) < 2:
        return False
    pairs = zip(position[:2], (180.0, 90.0), strict=True)
    return all(
        isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each) and abs(each) <= most
        for each, most in pairs
    )


def every_position(shapes: Sequence[Outline]) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of every corner."""
    for shape in shapes:
        for polygon in shape.polygons:
            for ring in polygon:
                yield from ring
