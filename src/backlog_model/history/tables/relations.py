"""Which indicators belong together: the facts about housing data that the checks of a history table rest on.

Add a line here to have a new sum, percent or stock checked. Names are those of the `indicator` column.
"""

import re
from typing import NamedTuple

from backlog_model.translation import Text

COUNT_UNITS = frozenset({"units", "houses", "households", "persons", "people", "families", "areas", "estates"})
ADDITIVE_UNITS = COUNT_UNITS | {"ha", "m2", "housing units"}

TARGET = re.compile(r"target|planned|proposed|budgeted")
ROUNDED = re.compile(r"\b(round\w*|lower bound|more than|about|approx\w*)", re.IGNORECASE)
LOWER_BOUND = re.compile(r"(?<!not a )\blower bound\b|\(\W*(more than|lebih dari)\W*\)", re.IGNORECASE)
REGISTRIES = re.compile(
    r"regsosek|dtsen|dtks|pbdt|e-rtlh|susenas|bps\b|census|sensus|survey|\bdecree\b|\bSK\b", re.IGNORECASE
)

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
    "population": re.compile(r"population(_census)?"),
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
    Within(re.compile(r"slum_area_(provincial|kabkota|centre)"), re.compile(r"slum_area_all_authorities")),
    Within(
        re.compile(r"units_(handled|completed|finished)|rtlh_handled_cumulative"),
        re.compile(r"rtlh_(stock|remaining|baseline_listed|houses)"),
    ),
    Within(re.compile(r"rtlh_(stock|remaining|houses|local_list|baseline_listed)"), re.compile(r"houses(_total)?")),
    Within(
        re.compile(r"(backlog_(ownership|occupancy|adequacy)|(ownership|occupancy)_backlog)(_households)?"),
        re.compile(r"households(_total)?"),
    ),
    Within(re.compile(r"psu_.*estates"), re.compile(r"psu_estates")),
)

# Words that say how far a quantity has come, or when it was counted, and what remains of its name without them.
SAME_QUANTITY = (
    (r"^units_(planned|budgeted|proposed|handled|completed|finished)$", "units"),
    (r"_(target|planned|proposed|budgeted|realised|completed|finished|revised)(?=_|$)", ""),
)


# Flows and prices that do not multiply from one year to the next, any more than a stock does.
SLOW = re.compile(r"apbd_.*|(general_)?transfer_(?!change).*|own_revenue.*|price_ceiling.*|income_cap.*|minimum_wage.*")
# Changes can be next to nothing in one year, and what is done of a list begins there.
NEAR_ZERO = re.compile(r".*(change|growth|inflation).*|.*(cumulative|handled_share|completion_share).*|psu_share")
# Counts of an event, which is a hundred times another one without any slip.
EVENTS = re.compile(r"houses_(affected|damaged|flood|lost).*|flood_.*|disaster_.*")


class Quotient(NamedTuple):
    """Two quantities of one region, year and programme, and what their quotient can be in plain units.

    Attributes
    ----------
    name : what the quotient is counted for
    over, under : forms of the indicators above and below the line
    dimensions : what they measure, in plain units
    lowest, highest : smallest and largest quotient that can be true
    prices : form of the indicator that prints the quotient
    """

    name: str
    over: re.Pattern[str]
    under: re.Pattern[str]
    dimensions: tuple[str, str]
    lowest: float
    highest: float
    prices: re.Pattern[str]


# Bounds are wide on purpose: a grant of Rp 7.5 million (2013) and a new house of Rp 55 million lie well inside, a
# thousand too much or too little outside. Hectares cost Rp 0.16 billion (paths and drains) to 10.8 billion (renewal).
QUOTIENTS = (
    *(
        Quotient(
            Text("a house"),
            re.compile(rf"{prefix}budget"),
            re.compile(rf"{prefix}units(_planned|_handled|_completed|_finished|_budgeted)?"),
            ("Rp", "houses"),
            *(1.5e6, 250e6),
            re.compile(rf"(program_)?{prefix}cost_per_unit"),
        )
        for prefix in ("", "bsps_", "psu_")
    ),
    Quotient(
        Text("a financed house"),
        re.compile(r"flpp_(value(_jan_oct)?|quota_budget)"),
        re.compile(r"flpp_(units(_jan_oct)?|quota)"),
        ("Rp", "houses"),
        *(30e6, 500e6),
        re.compile(r"flpp_value_per_unit"),
    ),
    Quotient(
        Text("a hectare"),
        re.compile(r"slum_budget(_provincial|_of_kabkota|_ministry)?"),
        re.compile(r"slum_area_(handled(_provincial|_by_kabkota)?(_target)?|target_ministry)"),
        ("Rp", "ha"),
        *(20e6, 30e9),
        re.compile(r"slum_cost_per_ha.*"),
    ),
    Quotient(
        Text("a household"),
        re.compile(r"population(_registered)?"),
        re.compile(r"households(_total)?"),
        ("persons", "households"),
        *(2.0, 8.0),
        re.compile(r"persons_per_household"),
    ),
    Quotient(
        Text("a house"),
        re.compile(r"households(_total)?"),
        re.compile(r"houses(_total)?"),
        ("households", "houses"),
        *(0.5, 2.0),
        re.compile(r"households_per_house"),
    ),
)

# What an indicator measures by its name; the first form that fits decides, other names may measure anything.
DIMENSIONS = (
    (re.compile(r".*(_cost_per_unit|_value_per_unit)|cost_per_unit"), frozenset({"Rp/houses"})),
    (re.compile(r".*cost_per_ha.*"), frozenset({"Rp/ha"})),
    (
        re.compile(r".*_handled_share(_target)?|rtlh_share_of_houses|poverty_rate|.*_change|transfer_change_.*"),
        frozenset({"percent"}),
    ),
    (re.compile(r"(.*_)?(budget|expenditure|revenue)(_(?!cut|share|change)\w+)?|transfer_tkd"), frozenset({"Rp"})),
    (re.compile(r"slum_(area|ha)(_.*)?"), frozenset({"ha"})),
    (re.compile(r"population(_registered)?"), frozenset({"persons"})),
    (re.compile(r"households(_total)?"), frozenset({"households"})),
    (re.compile(r"backlog_\w+|(ownership|occupancy)_backlog(_households)?"), frozenset({"households", "houses"})),
    (
        re.compile(
            r"units_(planned|budgeted|proposed|handled|completed|finished)|rtlh_(stock|remaining|houses|local_list)"
        ),
        frozenset({"houses"}),
    ),
    (re.compile(r"rtlh_(baseline_listed|handled_cumulative)|houses_(total|affected|damaged).*"), frozenset({"houses"})),
    (re.compile(r"psu_.*estates"), frozenset({"estates"})),
)


class Authority(NamedTuple):
    """Who is in charge of a slum area, by its size (Law 23/2014)."""

    name: str
    words: re.Pattern[str]
    lowest_ha: float
    below_ha: float


AUTHORITIES = (
    Authority(
        Text("the kabupaten/kota"),
        re.compile(r"kab_?kota|kabupaten|\bkota\b|district|city"),
        0.0,
        10.0,
    ),
    Authority(Text("the province"), re.compile(r"provin(ce|cial|si)"), 10.0, 15.0),
    Authority(Text("the centre"), re.compile(r"centre|central|pusat|national"), 15.0, float("inf")),
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
CHANGES = {"transfer_change": "transfer_tkd"}  # where the name does not say of what
ADDS_UP = re.compile(r"\badds? up to the (stated|published|printed)", re.IGNORECASE)

# Concepts that overlap: a household can be in several, so that their sum counts it more than once.
OVERLAPPING = {
    "ownership": re.compile(r"backlog_ownership|ownership_backlog(_households)?"),
    "occupancy": re.compile(r"backlog_occupancy|occupancy_backlog(_households)?"),
    "quality": re.compile(r"backlog_adequacy|rtlh_(stock|houses)"),
}
BACKLOG_TOTAL = re.compile(r"(total_backlog|backlog_(total|all|sum)).*")


class ClosedLedger(NamedTuple):
    """Names of a stock, of what was handled of it, and of what is said to be left."""

    left: tuple[str, ...]
    stock: tuple[str, ...]
    handled: tuple[str, ...]


CLOSED_LEDGER = ClosedLedger(
    ("rtlh_remaining", "rtlh_remaining_official"), ("rtlh_stock",), ("units_handled", "units_handled_official")
)

# Two names of one quantity.
SAME = (
    ("apbd_balanced_total", "apbd_expenditure"),
    ("units_handled_official", "units_finished_named_reports"),
    ("units_handled_official", "units_finished_all_sources"),
)
# One national price: a programme that pays the same in every region of a year.
ONE_PRICE = {"cost_per_unit": "BSPS"}

# Houses finished, by programme and source. A reported plan counts as done: nothing else is said of it.
DONE = frozenset({"units_handled", "units_completed", "units_planned"})
DONE_TOTAL = "units_handled"
# Counts and shares that cannot go down while base and definition stay.
CUMULATIVE = re.compile(r".*cumulative.*|.*_handled_share|psu_share")
# Counts that grow during the year: a later report replaces an earlier one.
RUNNING = re.compile(r".*completed.*")
CLAIM_PER_YEAR = re.compile(r"(units|rtlh)_handled_per_year")
CLAIM_STOCK = "rtlh"

# What a year brought, which nobody can know before the year is over.
RESULT = re.compile(r"(^|_)(handled|completed|finished|built|repaired|realised|spent)(_|$)")
PART_OF_YEAR = re.compile(
    r"_(q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(_|$)|_to_\d{6}|_(19|20)\d{6}|per_year"
)
SAYS_UNTIL = re.compile(
    r"\b(by|until|up to|to|as of|hingga|sampai) (the )?(end of |mid-|early |day |akhir )*"
    r"(january|february|march|april|may|june|july|august|september|october|november|\d)",
    re.IGNORECASE,
)
