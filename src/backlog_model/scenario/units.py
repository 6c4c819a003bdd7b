"""What a number measures, from the ending of its field's name, and how large it can be."""

import math
from typing import NamedTuple

LARGEST = 1e15


class Unit(NamedTuple):
    """Unit of a field: in words, with its natural limits."""

    words: str
    lower: float = 0.0
    upper: float = LARGEST
    whole: bool = False  # counted in large whole numbers, so that 2.804 can only be a slip for 2804
    positive: bool = False  # 0 is refused as well

    @property
    def limits(self) -> tuple[float, float]:
        """Smallest and largest number that can be written."""
        return self.lower, self.upper

    @property
    def natural_limits(self) -> tuple[float, float]:
        """Smallest and largest possible value; infinite where only a slip of the pen could be larger."""
        return self.lower if self.lower > -LARGEST else -math.inf, self.upper if self.upper < LARGEST else math.inf


FACTOR = Unit("factor", 0.0, 1e6)
GROWTH = Unit("share per year, -1 to 1", -1.0, 1.0)
NUMBER = Unit("number", -LARGEST)
SIGNED_HA = Unit("hectares, negative for a fall", -LARGEST)
SIGNED_HOUSES = Unit("houses, negative for a fall", -LARGEST, whole=True)

_FIELDS = {
    "built_per_new_household": Unit("houses per additional household", 0.0, 10.0),
    "capacity_index": Unit("number, any scale", 0.0, positive=True),
    "capacity_share": Unit("share of the region's crews, 0 to 1", 0.0, 1.0),
    "crews": Unit("crews of artisans", whole=True),
    "grant_idr": Unit("rupiah per house, hectare or household", 0.0, 1e12, whole=True, positive=True),
    "household_growth_rate": Unit("share per year, -0.2 to 0.2", -0.2, 0.2),
    "houses_per_crew_year": Unit("houses per crew and year", 0.0, 1000.0),
    "houses_per_estate": Unit("houses per estate", 0.0, 1e6, positive=True),
    "index": Unit("number, any scale"),
    "persons_per_household": Unit("persons per household", 0.0, 30.0, positive=True),
    "population": Unit("persons", whole=True),
    "population_by_age": Unit("persons", whole=True),
    "ramp_rate": Unit("largest growth per year, 1 for doubling", 0.0, 100.0),
    "ramp_start": Unit("houses, hectares or estates a year"),
    "ratio": Unit("new stock over old stock", 0.0, 1000.0),
    "table": Unit("share, 0 to 1", 0.0, 1.0),
    "unit_cost_idr": Unit("rupiah per house or hectare", 0.0, 1e12, whole=True, positive=True),
}
_ENDINGS = {
    "growth_rate": GROWTH,
    "rate": Unit("share of a stock per year, 0 to 1", 0.0, 1.0),
    "share": Unit("share, 0 to 1", 0.0, 1.0),
    "mix": Unit("share, 0 to 1", 0.0, 1.0),
    "houses": Unit("houses", whole=True),
    "households": Unit("households", whole=True),
    "estates": Unit("estates", whole=True),
    "ha": Unit("hectares"),
    "idr": Unit("rupiah", whole=True),
}


def unit_of(field: str) -> Unit:
    """Unit of a field, from the ending of its name.

    Examples
    --------
    >>> unit_of("deterioration_rate").words
    'share of a stock per year, 0 to 1'
    >>> unit_of("budget_idr").whole
    True
    """
    if field in _FIELDS:
        return _FIELDS[field]
    return next((unit for ending, unit in _ENDINGS.items() if f"_{field}".endswith(f"_{ending}")), NUMBER)
