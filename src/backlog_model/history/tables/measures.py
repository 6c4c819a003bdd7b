"""Units of history tables: what they measure, and in what multiple."""

from functools import lru_cache
from math import isclose, prod
from typing import NamedTuple

__all__ = ["AREA", "HOUSEHOLDS", "HOUSES", "MONEY", "PERCENT", "PERSONS", "Measure", "measure", "neighbour"]

HOUSES = "houses"
HOUSEHOLDS = "households"
PERSONS = "persons"
AREA = "ha"
MONEY = "Rp"
PERCENT = "percent"

_MULTIPLES = {
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    **{"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12},
}
_NAMES = {
    **dict.fromkeys(("units", "unit", "house", "housing units", "rumah"), (HOUSES, 1.0)),
    **dict.fromkeys(("household", "families", "family", "KK", "rumah tangga"), (HOUSEHOLDS, 1.0)),
    **dict.fromkeys(("people", "person", "jiwa"), (PERSONS, 1.0)),
    **{"m2": (AREA, 1e-4), "km2": (AREA, 100.0), "hectares": (AREA, 1.0), "hektare": (AREA, 1.0)},
    **{"share": (PERCENT, 100.0), "%": (PERCENT, 1.0), "persen": (PERCENT, 1.0)},
}
_WRITTEN = {
    MONEY: {"Rp": 1.0, "Rp thousand": 1e3, "Rp million": 1e6, "Rp billion": 1e9, "Rp trillion": 1e12},
    AREA: {"m2": 1e-4, "ha": 1.0},
    PERCENT: {"share": 100.0, "percent": 1.0},
}
_RATIOS = frozenset({PERCENT, "ratio", "index", "years"})


class Measure(NamedTuple):
    """What a unit measures, how many of the plain unit one of it is, and whether it is a ratio.

    Attributes
    ----------
    dimension : the plain unit: houses, households, persons, ha, Rp, Rp/houses, percent, ...
    scale : plain units in one of the unit: 1e9 for Rp billion, 0.0001 (ha) for m2
    """

    dimension: str
    scale: float

    @property
    def intensive(self) -> bool:
        """Whether the value does not grow with the region: a percent, a price, a ratio, an index."""
        plain = self.dimension.removesuffix("/year")
        return "/" in plain or plain in _RATIOS


@lru_cache(maxsize=1024)
def measure(unit: str) -> Measure:
    """What a unit measures, and in what multiple.

    Examples
    --------
    >>> measure("Rp billion/ha")
    Measure(dimension='Rp/ha', scale=1000000000.0)
    >>> measure("m2"), measure("million households")
    (Measure(dimension='ha', scale=0.0001), Measure(dimension='households', scale=1000000.0))
    """
    whole, *pers = [_plain(part) for part in unit.split("/")]
    dimension = "/".join(name for name, _ in (whole, *pers))
    return Measure(dimension, whole[1] / prod(factor for _, factor in pers))


def _plain(part: str) -> tuple[str, float]:
    """Plain unit and how many of it, for one side of a quotient such as Rp billion/ha."""
    words = part.split()
    name = " ".join(word for word in words if word not in _MULTIPLES)
    plain, factor = _NAMES.get(name, (name, 1.0))
    return plain, factor * prod(_MULTIPLES.get(word, 1.0) for word in words)


def neighbour(unit: str, power: float) -> str | None:
    """Unit that a figure is in if it is too large by a power of ten for its own, where there is one.

    Examples
    --------
    >>> neighbour("Rp billion", 1e3), neighbour("Rp million/unit", 1e-3), neighbour("ha", 1e4), neighbour("ha", 1e3)
    ('Rp million', 'Rp billion/unit', 'm2', None)
    """
    whole, per, rest = unit.partition("/")
    dimension, scale = measure(whole)
    for name, each in _WRITTEN.get(dimension, {}).items():
        if isclose(each * power, scale):
            return name + per + rest
    return None
