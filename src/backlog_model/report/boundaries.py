"""Boundaries of the regions from a GeoJSON file of the user's own, checked and made ready to draw; none is fetched."""

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from backlog_model.errors import DataError, Problem
from backlog_model.report.outline_checks import Outline, Ring, every_position, outlines
from backlog_model.translation import Text

LARGEST = 20_000_000
"""Bytes of a file that is read; boundaries for a printed page need far fewer."""

_FINE = 800.0  # corners nearer to each other than this part of the whole map are not told apart on a page
_FEW = 12  # problems that are told; the rest are counted


def read_boundaries(path: Path, codes: Sequence[str]) -> dict[str, Any]:
    """Boundaries of all regions, ready to draw: `features` with the region of each, and a point inside it in `points`.

    Longitudes are shortened by the cosine of the middle latitude, so that a square on the ground is a square on paper.
    Corners that a page cannot show are left out.

    Parameters
    ----------
    path : GeoJSON, a FeatureCollection of areas in degrees; a property of each feature holds the code of its region
    codes : of the regions; each has to be there once

    Raises
    ------
    DataError : with everything that is wrong
    """
    shapes, problems = outlines(_features(path), codes, path.name)
    if problems:
        told = problems[:_FEW]
        if len(problems) > _FEW:
            told.append(Problem(path.name, Text("and {count} more", count=len(problems) - _FEW)))
        raise DataError(told)
    return drawn(shapes)


def _features(path: Path) -> list[Any]:
    """Features of a file that is a collection of them."""
    content = _document(path)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise _problem(path, Text("this is no FeatureCollection; expected GeoJSON with a feature for each region"))
    return features


def _document(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _problem(path, Text("this is not a file"))
        if size > LARGEST:
            raise _problem(
                path,
                Text(
                    "{seen} MB; expected at most {largest} MB: simplify the boundaries first",
                    seen=math.ceil(size / 1e6),
                    largest=LARGEST // 1_000_000,
                ),
            )
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _problem(path, Text("cannot be read: {reason}", reason=error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise _problem(path, Text("this is not UTF-8 text; expected GeoJSON")) from error
    except json.JSONDecodeError as error:
        message = Text("this is no valid JSON (line {line}, column {column})", line=error.lineno, column=error.colno)
        raise _problem(path, message) from error
    except RecursionError as error:
        raise _problem(path, Text("brackets within brackets too deep; expected GeoJSON")) from error


def _problem(path: Path, message: Text) -> DataError:
    return DataError([Problem(path.as_posix(), message)])


def drawn(shapes: Sequence[Outline]) -> dict[str, Any]:
    """Shapes as a collection on a plane, thinned out, with a point inside each."""
    corners = list(every_position(shapes))
    latitudes = [latitude for _, latitude in corners]
    shrink = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    across = [longitude * shrink for longitude, _ in corners]
    step = max(max(across) - min(across), max(latitudes) - min(latitudes)) / _FINE
    features, points = [], {}
    for shape in shapes:
        polygons = [[[(x * shrink, y) for x, y in ring] for ring in polygon] for polygon in shape.polygons]
        thinned = [[_thinned(ring, step) for ring in polygon if _is_seen(ring, step)] for polygon in polygons]
        kept = [polygon for polygon in thinned if polygon] or [[max((each[0] for each in polygons), key=_area)]]
        points[shape.code] = _inside(max((polygon[0] for polygon in kept), key=_area))
        geometry = {"type": "MultiPolygon", "coordinates": [[_rounded(ring) for ring in polygon] for polygon in kept]}
        features.append({"type": "Feature", "properties": {"region": shape.code}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features, "points": points}


def _rounded(ring: Ring) -> list[list[float]]:
    return [[round(x, 5), round(y, 5)] for x, y in ring]


def _is_seen(ring: Ring, step: float) -> bool:
    """Whether a ring is larger than what a page shows."""
    return _area(ring) > step * step


def _thinned(ring: Ring, step: float) -> Ring:
    """A ring without corners that lie closer to the one before than a step; a ring all the same."""
    kept = [ring[0]]
    for corner in ring[1:-1]:
        if math.dist(corner, kept[-1]) >= step:
            kept.append(corner)
    return [*kept, ring[0]] if len(kept) >= 3 else ring


def _area(ring: Ring) -> float:
    """Area within a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _inside(ring: Ring) -> list[float]:
    """A point well within a ring: the middle of its widest stretch at half its height.

    Examples
    --------
    >>> _inside([(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0), (0.0, 0.0)])
    [2.0, 1.0]
    """
    heights = sorted({y for _, y in ring})
    middle = (heights[0] + heights[-1]) / 2
    if middle in heights and len(heights) > 2:  # a line through a corner meets two sides at once
        middle = (middle + heights[heights.index(middle) + 1]) / 2
    crossed = sorted(
        a[0] + (middle - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise(ring)
        if (a[1] > middle) != (b[1] > middle)
    )
    stretches = list(zip(crossed[::2], crossed[1::2], strict=False)) or [(ring[0][0], ring[0][0])]
    west, east = max(stretches, key=lambda each: each[1] - each[0])
    return [round((west + east) / 2, 5), round(middle, 5)]
