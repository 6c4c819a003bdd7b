"""Two accounts: the official tally beside the simulation, and the money by source."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED, rounded_to_sum
from backlog_model.report.view import BILLION, View

MOVES = (
    ("deteriorated_houses", 1),
    ("relapsed_houses", 1),
    ("substandard_built_houses", 1),
    ("disaster_houses", 1),
    ("revision_houses", 1),
    ("self_improved_houses", -1),
    ("removed_rtlh_houses", -1),
)
"""What moves the stock of RTLH besides programmes, and which way."""


class Entry(NamedTuple):
    """One line of the ledger; what leaves the stock is negative, None is not recorded."""

    label: str
    official: float | None
    model: float


def tally(view: View) -> list[str]:
    """The official tally beside the stock, with the flows that explain the difference, up to now."""
    if not view.simulated:
        return []
    span = view.span(view.simulated)
    header = ["", view.say("tally_official"), view.say("tally_model")]
    first, *moves, last = ledger(view)
    stocks = [[entry.label, view.number(entry.official or 0.0), view.number(entry.model)] for entry in (first, last)]
    flows = [[entry.label, _move(view, entry.official), _move(view, entry.model)] for entry in moves]
    names = ("reported_handled_houses", "official_handled_houses", "effective_handled_houses")
    finished, official, effective = (view.number(view.added(name, view.simulated)) for name in names)
    said = view.say("tally_finished", years=span, finished=finished, official=official, effective=effective)
    lines = [*table(header, [stocks[0], *flows, stocks[1]]), *paragraph(said), *paragraph(view.say("tally_why"))]
    return section(view.say("tally", years=span), lines)


def ledger(view: View) -> list[Entry]:
    """From the opening to now: each flow of the simulation, whole houses that add up, and what the tally records."""
    opening_year = view.scenario.years.first - 1
    stock = view.value("rtlh_houses", opening_year)
    official = view.added("official_handled_houses", view.simulated)
    moved = [(name, sign * view.added(name, view.simulated)) for name, sign in MOVES]
    effective = -view.added("effective_handled_houses", view.simulated)
    whole = rounded_to_sum([stock, *(amount for _, amount in moved), effective])
    flows = [
        Entry(view.label(name), None, houses)
        for (name, _), houses in zip(MOVES, whole[1:-1], strict=True)
        if name != "revision_houses" or houses
    ]
    return [
        Entry(view.say("tally_opening", year=opening_year), stock, whole[0]),
        *flows,
        Entry(view.say("tally_handled"), -official, whole[-1]),
        Entry(
            view.say("tally_closing", year=view.now),
            view.value("registry_remaining_houses", view.now),
            math.fsum(whole),
        ),
    ]


def _move(view: View, houses: float | None) -> str:
    return UNDEFINED if houses is None else view.signed(houses)


def money(view: View) -> list[str]:
    """Budget, spending and what is left, by source, and what households add."""
    years = [year for year in view.years[:3] if year in view.projection.axes.years]
    sources = view.projection.axes.sources
    if not years or not sources:
        return []
    columns = [column for year in years for column in _columns(view, year)]
    totals = [math.fsum(column) for column in columns]
    rows = [
        [view.source(name), *_cells(view, row)] for name, row in zip(sources, zip(*columns, strict=True), strict=True)
    ]
    dates = [view.say("idr_billion"), *(text for year in years for text in ("", str(year), ""))]
    heads = ["", *[view.say(name) for name in ("budget", "spent", "unspent")] * len(years)]
    lines = table(dates, [heads, *rows, [view.say("sum"), *_cells(view, totals)]])
    top_up = zip(years, view.values("household_top_up_idr", years), strict=True)
    path = ", ".join(f"{view.number(amount / BILLION, decimals=1)} ({year})" for year, amount in top_up)
    return section(view.say("money"), [*lines, *paragraph(view.say("top_up", path=path))])


def _columns(view: View, year: int) -> tuple[list[float], list[float], list[float]]:
    """Budget, spending and the difference of the two as printed, by source."""
    budget, spent = (rounded_to_sum(_by_source(view, name, year), decimals=1) for name in ("budget_idr", "spent_idr"))
    return budget, spent, [ceiling - paid for ceiling, paid in zip(budget, spent, strict=True)]


def _by_source(view: View, variable: str, year: int) -> list[float]:
    """Rp billion of each source, all programmes together."""
    parts = view.projection.parts(variable)
    return [
        math.fsum(view.value(variable, year, part=part) for part in parts if part.partition(".")[2] == name) / BILLION
        for name in view.projection.axes.sources
    ]


def _cells(view: View, amounts: Sequence[float]) -> list[str]:
    return [view.number(amount, decimals=1) for amount in amounts]
