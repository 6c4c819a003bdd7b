"""Which indicators belong together: the facts about housing data that the checks of a history table rest on.

Add a line here to have a new sum, percent or stock checked. Names are those of the `indicator` column.
"""

import re
from typing import NamedTuple

HOUSE_UNITS = frozenset({"units", "houses"})
COUNT_UNITS = frozenset({"units", "houses", "households", "persons", "people", "families", "areas", "estates"})
ADDITIVE_UNITS = COUNT_UNITS | {"ha", "m2", "housing units"}

TARGET = re.compile(r"target|planned|proposed|budgeted")
ROUNDED = re.compile(r"\b(round\w*|lower bound|more than|about|approx\w*)", re.IGNORECASE)
LOWER_BOUND = re.compile(r"lower bound|more than", re.IGNORECASE)
REGISTRIES = re.compile(r"regsosek|dtsen|dtks|pbdt|e-rtlh|susenas|bps\b|census|sensus|survey", re.IGNORECASE)

# Stocks, which cannot multiply from one year to the next; the same stock may go by several names.
STOCKS = {
    "rtlh": re.compile(r"rtlh_(stock|remaining|houses)"),
    "slum area of the province": re.compile(r"slum_area_provincial"),
    "slum area": re.compile(r"slum_(area|ha)"),
    "slum area left": re.compile(r"slum_area_remaining"),
    "slum area of all authorities": re.compile(r"slum_area_all_authorities"),
    "ownership backlog": re.compile(r"backlog_ownership|ownership_backlog(_households)?"),
    "occupancy backlog": re.compile(r"backlog_occupancy|occupancy_backlog(_households)?"),
    "quality backlog": re.compile(r"backlog_adequacy"),
    "households": re.compile(r"households(_total)?"),
    "houses": re.compile(r"houses(_total)?|decent_houses"),
    "registered population": re.compile(r"population_registered"),
    "population": re.compile(r"population"),
    "estates": re.compile(r"psu_estates|estates"),
}


class Within(NamedTuple):
    """A quantity that cannot exceed a stock of the same region and unit."""

    part: re.Pattern[str]
    stock: re.Pattern[str]


# The first stock that the table holds is the one compared with.
WITHIN = (
    Within(re.compile(r"slum_.*(handled|target|planned|proposed)_provincial.*"), re.compile(r"slum_area_provincial")),
    Within(
        re.compile(r"slum_.*(handled|treated|target|planned|proposed).*"),
        re.compile(r"slum_(area|ha)(_provincial|_all_authorities)?"),
    ),
    Within(
        re.compile(r"units_(handled|completed|finished)|rtlh_handled_cumulative"),
        re.compile(r"rtlh_(stock|remaining|baseline_listed|houses)"),
    ),
)


class Parts(NamedTuple):
    """A total and the parts that make it up."""

    total: str
    parts: tuple[str, ...]


PARTS = (
    Parts("rtlh_baseline_listed", ("rtlh_handled_cumulative", "rtlh_remaining")),
    Parts("slum_area_provincial", ("slum_area_handled_cumulative", "slum_area_remaining")),
)
# Words that divide any indicator into parts: psu_estates = psu_handed_over_estates + psu_not_handed_over_estates.
DIVISIONS = (
    ("handed_over", "not_handed_over"),
    ("light", "medium", "heavy"),
    ("inside_slum", "outside_slum"),
    ("kabkota", "province", "centre"),
    ("coastal", "rural", "urban"),
)


class Ratio(NamedTuple):
    """A printed percent and the figures it comes from: part / whole, or 1 - rest / whole."""

    share: str
    parts: tuple[str, ...]
    rests: tuple[str, ...]
    wholes: tuple[str, ...]


RATIOS = (
    Ratio(
        "slum_handled_share",
        ("slum_area_handled_cumulative", "slum_handled_ha"),
        ("slum_area_remaining",),
        ("slum_area_provincial", "slum_area", "slum_ha"),
    ),
    Ratio(
        "slum_reduction_target",
        ("slum_area_handled_target",),
        (),
        ("slum_area_identified_new_decree", "slum_area_provincial"),
    ),
    Ratio(
        "rtlh_handled_share",
        ("rtlh_handled_cumulative",),
        ("rtlh_remaining",),
        ("rtlh_baseline_listed", "rtlh_stock"),
    ),
    Ratio("rtlh_share_of_houses", ("rtlh_stock",), (), ("houses_total", "houses_surveyed")),
    Ratio("psu_share", ("psu_handed_over_estates",), ("psu_not_handed_over_estates",), ("psu_estates",)),
)
CHANGE_SUFFIX = "_change"  # a percent against the year before of the indicator without the suffix

# Concepts that overlap: a household can be in several, so that their sum counts it more than once.
OVERLAPPING = {
    "ownership": re.compile(r"backlog_ownership|ownership_backlog(_households)?"),
    "occupancy": re.compile(r"backlog_occupancy|occupancy_backlog(_households)?"),
    "quality": re.compile(r"backlog_adequacy|rtlh_(stock|houses)"),
}
BACKLOG_TOTAL = re.compile(r"(total_backlog|backlog_(total|all|sum)).*")

# Two names of one quantity.
SAME = (("apbd_balanced_total", "apbd_expenditure"),)
# One national price: a programme that pays the same in every region of a year.
ONE_PRICE = {"cost_per_unit": "BSPS"}

# Houses finished, by programme and source. A reported plan counts as done: nothing else is said of it.
DONE = frozenset({"units_handled", "units_completed", "units_planned"})
DONE_TOTAL = "units_handled"
# Counts that grow during the year: a later report replaces an earlier one.
RUNNING = re.compile(r".*completed.*")
CLAIM_PER_YEAR = re.compile(r"(units|rtlh)_handled_per_year")
CLAIM_STOCK = "rtlh"
