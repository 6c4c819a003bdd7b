"""Tables of whole houses that add up: the ledger of RTLH year by year, and the regions beside their province."""

import math
from collections.abc import Iterator, Sequence

from backlog_model.report.accounts import MOVES
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import read_as
from backlog_model.report.notes import split_of
from backlog_model.report.numbers import rounded_to_sum

_STOCK = "rtlh_houses"
_HANDLED = ("effective_handled_houses", -1)


def ledger(dossier: Dossier) -> Iterator[Figure]:
    """RTLH from the opening to the closing of every simulated year; whole houses that add up, down and across.

    Columns: line (a plain word), label, kind (`opening`, `in`, `out` or `closing`), and one for each year, such as
    y2027. What leaves the stock is negative.
    """
    case, view = dossier.lead, dossier.lead.view
    years = view.scenario.years.all
    stocks = [round(each) for each in view.values(_STOCK, (years[0] - 1, *years))]
    moves = [(name, sign, view.values(name, years)) for name, sign in (*MOVES, _HANDLED)]
    moves = [each for each in moves if each[0] != "revision_houses" or any(each[2])]
    flows = [
        whole([sign * values[at] for _, sign, values in moves], stocks[at + 1] - stocks[at]) for at in range(len(years))
    ]
    rows: list[tuple[Cell, ...]] = [("opening", dossier.say("ledger_opening"), "opening", *stocks[:-1])]
    for position, (name, sign, _) in enumerate(moves):
        label = dossier.say("ledger_handled") if name == _HANDLED[0] else view.label(name)
        rows.append((name, label, "in" if sign > 0 else "out", *(flow[position] for flow in flows)))
    rows.append(("closing", dossier.say("ledger_closing"), "closing", *stocks[1:]))
    texts = (Column(name, dossier.say(f"ledger_{name}"), "text") for name in ("line", "label", "kind"))
    yield Figure(
        name="ledger",
        chart="",
        title=dossier.say("ledger_title", first=years[0], last=years[-1]),
        description=dossier.say("ledger_description"),
        columns=(*texts, *_years(dossier, years)),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(dossier.say("ledger_whole"),),
    )


def regions_by_year(dossier: Dossier) -> Iterator[Figure]:
    """RTLH of every region and year; whole houses that add up to those of the province.

    Columns: region, name, and one for each year, such as y2027. The last row is the province.
    """
    case, view = dossier.lead, dossier.lead.view
    axes = case.projection.axes
    years = view.projection.years(_STOCK)
    if len(axes.regions) < 2:
        return
    columns = [rounded_to_sum(view.by_region(_STOCK, year)) for year in years]
    rows: list[tuple[Cell, ...]] = [
        (code, view.region(code), *(read_as(column[at], _STOCK) for column in columns))
        for at, code in enumerate(axes.regions)
    ]
    rows.append((axes.province, view.region(axes.province), *(round(each) for each in view.values(_STOCK, years))))
    texts = (Column(name, dossier.say(f"ledger_{name}"), "text") for name in ("region", "name"))
    assumed = split_of(_STOCK, case.scenario)
    yield Figure(
        name="regions_by_year",
        chart="",
        title=dossier.say("ledger_regions_title", first=years[0], last=years[-1]),
        description=dossier.say("ledger_regions_description", count=len(axes.regions)),
        columns=(*texts, *_years(dossier, years)),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(dossier.say("split_assumed"),) if assumed else (),
    )


def _years(dossier: Dossier, years: Sequence[int]) -> list[Column]:
    unit = dossier.say("ledger_houses")
    return [Column(f"y{year}", str(year), unit=unit) for year in years]


def whole(flows: Sequence[float], total: int) -> list[int]:
    """Flows as whole numbers that add up to their total, which lies less than one from their sum.

    Examples
    --------
    >>> whole([1.4, -0.7, 2.6], 4), whole([1.4, -0.7, 2.6], 3)
    ([2, -1, 3], [1, -1, 3])
    """
    found = [math.floor(each) for each in flows]
    order = sorted(range(len(flows)), key=lambda at: found[at] - flows[at])
    for at in order[: total - sum(found)]:
        found[at] += 1
    return found
