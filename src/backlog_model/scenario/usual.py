"""Between which bounds numbers usually lie, once they are turned into what they mean.

Bounds are orders of magnitude, wide enough for any province: a slip of a thousand or a million, or percent written for
a share, falls out of them; judgments of what is much or little have no place here. All are assumptions of this package.
"""

from collections.abc import Mapping
from typing import NamedTuple

from backlog_model.translation import Text

MILLION, BILLION = 1e6, 1e9


class Usual(NamedTuple):
    """What a number means, and between which bounds that usually lies."""

    meaning: Text
    low: float
    high: float


PRICES: Mapping[str, Usual] = {
    "houses": Usual(Text("rupiah a house"), 2 * MILLION, 400 * MILLION),
    "slum": Usual(Text("rupiah a hectare"), 10 * MILLION, 60 * BILLION),
    "new_houses": Usual(Text("rupiah a new house"), 10 * MILLION, BILLION),
    "estates": Usual(Text("rupiah a house of an estate"), MILLION, 400 * MILLION),
    "finance": Usual(Text("rupiah a household"), MILLION, BILLION),
}
A_YEAR = Text("of what is there, a year")
ASSUMPTIONS: Mapping[str, Usual] = {
    **{
        name: Usual(A_YEAR, low, high)
        for name, low, high in (
            ("deterioration_rate", 1e-5, 0.08),
            ("relapse_rate", 1e-4, 0.3),
            ("self_improvement_rate", 1e-4, 0.3),
            ("worsening_rate", 1e-4, 0.3),
            ("rtlh_loss_rate", 1e-5, 0.1),
            ("decent_loss_rate", 1e-5, 0.05),
            ("treated_loss_rate", 1e-5, 0.05),
            ("household_growth_rate", 1e-4, 0.1),
            ("ownership_loss_rate", 1e-5, 0.05),
            ("self_acquired_rate", 1e-4, 0.3),
            ("take_up_rate", 1e-3, 0.6),
            ("new_slum_rate", 1e-5, 0.2),
            ("slum_relapse_rate", 1e-4, 0.4),
            ("psu_handover_rate", 1e-4, 0.8),
            ("unit_cost_growth_rate", 1e-4, 0.5),
            ("grant_growth_rate", 1e-4, 0.5),
        )
    },
    "persons_per_household": Usual(Text("persons a household"), 1.5, 9.0),
    "houses_per_crew_year": Usual(Text("houses a crew and year"), 0.5, 60.0),
    "built_per_new_household": Usual(Text("houses a new household"), 0.01, 5.0),
}
ESTATE = Usual(Text("houses an estate"), 4.0, 20_000.0)

HOUSES_A_HOUSEHOLD = Usual(Text("houses a household"), 0.2, 2.0)
HOUSEHOLDS_A_HOUSE = Usual(Text("households a house"), 0.5, 5.0)
OF_HOUSEHOLDS = Usual(Text("of all households"), 0.002, 0.95)
OF_HOUSES = Usual(Text("of all houses"), 0.002, 0.95)
PERSONS = Usual(Text("persons a household"), 1.5, 9.0)
ESTATES = Usual(Text("estates for a thousand households"), 0.02, 60.0)
OF_ESTATES = Usual(Text("of all estates"), 0.002, 1.0)
OF_SLUM = Usual(Text("of the slum area on record"), 0.01, 20.0)
NEW_ESTATES = Usual(Text("new estates a year, of all estates"), 1e-4, 0.5)
QUOTA = Usual(Text("of all households a year"), 2e-4, 0.1)
CREWS = Usual(Text("of all RTLH that crews could repair in a year"), 1e-3, 5.0)
BOUGHT = Usual(Text("of what there is to treat that the budget buys in a year"), 1e-4, 0.9)
UNITS = Usual(Text("units that the budget buys in a year"), 2.5, 1e7)
DONE = Usual(Text("of what there is to treat, done in a year"), 2e-6, 0.9)
SPENT = Usual(Text("of the budget written"), 0.01, 50.0)
DAMAGED = Usual(Text("of all houses"), 5e-6, 0.5)
REVISED = Usual(Text("of the stock on record"), 1e-3, 20.0)
PROMISED = Usual(Text("of what is there at the opening"), 1e-9, 20.0)  # a target may be to clear nearly all
STEP = Usual(Text("times the number of the year before"), 1e-2, 1e2)
BESIDE = Usual(Text("times what other regions have for each household"), 1 / 150, 150.0)
WIDTH = Usual(Text("times the lowest number of its range"), 1.0, 300.0)
RANGES = ("range", "uniform", "triangular", "pert")
