"""What a number measures, from the ending of its field's name, and how large it can be."""

import math
from typing import NamedTuple

from backlog_model.translation import Text

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


FACTOR = Unit(Text("factor"), 0.0, 1e6)
GROWTH = Unit(Text("share per year, -1 to 1"), -1.0, 1.0)
NUMBER = Unit(Text("number"), -LARGEST)
SIGNED_HA = Unit(Text("hectares, negative for a fall"), -LARGEST)
SIGNED_HOUSES = Unit(Text("houses, negative for a fall"), -LARGEST, whole=True)

_FIELDS = {
    "built_per_new_household": Unit(Text("houses per additional household"), 0.0, 10.0),
    "capacity_index": Unit(Text("number, any scale"), 0.0, positive=True),
    "capacity_share": Unit(Text("share of the region's crews, 0 to 1"), 0.0, 1.0),
    "crews": Unit(Text("crews of artisans"), whole=True),
    "grant_idr": Unit(Text("rupiah per house, hectare or household"), 0.0, 1e12, whole=True, positive=True),
    "household_growth_rate": Unit(Text("share per year, -0.2 to 0.2"), -0.2, 0.2),
    "houses_per_crew_year": Unit(Text("houses per crew and year"), 0.0, 1000.0),
    "houses_per_estate": Unit(Text("houses per estate"), 0.0, 1e6, positive=True),
    "index": Unit(Text("number, any scale")),
    "persons_per_household": Unit(Text("persons per household"), 0.0, 30.0, positive=True),
    "population": Unit(Text("persons"), whole=True),
    "population_by_age": Unit(Text("persons"), whole=True),
    "ramp_rate": Unit(Text("largest growth per year, 1 for doubling"), 0.0, 100.0),
    "ramp_start": Unit(Text("houses, hectares or estates a year")),
    "ratio": Unit(Text("new stock over old stock"), 0.0, 1000.0),
    "table": Unit(Text("share, 0 to 1"), 0.0, 1.0),
    "unit_cost_idr": Unit(Text("rupiah per house or hectare"), 0.0, 1e12, whole=True, positive=True),
}
_ENDINGS = {
    "growth_rate": GROWTH,
    "rate": Unit(Text("share of a stock per year, 0 to 1"), 0.0, 1.0),
    "share": Unit(Text("share, 0 to 1"), 0.0, 1.0),
    "mix": Unit(Text("share, 0 to 1"), 0.0, 1.0),
    "houses": Unit(Text("houses"), whole=True),
    "households": Unit(Text("households"), whole=True),
    "estates": Unit(Text("estates"), whole=True),
    "ha": Unit(Text("hectares")),
    "idr": Unit(Text("rupiah"), whole=True),
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
