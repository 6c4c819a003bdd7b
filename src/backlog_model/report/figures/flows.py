"""Flows: from the stock of RTLH at the end of one year to that of a later one, step by step."""

from collections.abc import Iterator, Sequence

from backlog_model.report.accounts import MOVES
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.ledger import whole
from backlog_model.report.view import View

_STOCK = "rtlh_houses"
_CUT = 0.5  # where every level is above this part of the highest, an axis from zero would hide the flows
_MOVES = (*MOVES, ("effective_handled_houses", -1))


def flows(dossier: Dossier) -> Iterator[Figure]:
    """Why RTLH of the province change from the last known year to the year being planned; whole houses that add up.

    Columns: step (a plain word), label, change (none for a stock), start and end of the running sum, kind (`stock`,
    `in`, `out`, or `record` for a re-registration).
    """
    case, view = dossier.lead, dossier.lead.view
    years = tuple(range(view.now + 1, view.focus + 1)) or view.simulated
    rows = _rows(view, years)
    said = {"first": years[0] - 1, "last": years[-1]}
    changes = [row[2] for row in rows if isinstance(row[2], int) and row[5] != "record"]
    levels = [float(row[at] or 0) for row in rows for at in (3, 4)]
    low, high = min(levels), max(levels)
    words = ("step", "label", "change", "start", "end", "kind")
    step, label, change, start, end, kind = (dossier.say(f"figure_flows_{word}") for word in words)
    houses = dossier.say("ledger_houses")
    yield Figure(
        name="flows",
        chart="waterfall",
        title=dossier.say("figure_flows_title", **said),
        description=dossier.say(
            "figure_flows_description",
            scenario=case.title,
            start=view.number(float(rows[0][4] or 0)),
            end=view.number(float(rows[-1][4] or 0)),
            inflow=view.number(sum(each for each in changes if each > 0)),
            outflow=view.number(-sum(each for each in changes if each < 0)),
            **said,
        )
        + _counted_again(dossier, rows),
        columns=(
            *(Column("step", step, "text"), Column("label", label, "text"), Column("change", change, unit=houses)),
            *(Column("start", start, unit=houses), Column("end", end, unit=houses), Column("kind", kind, "text")),
        ),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(dossier.say("figure_flows_whole"), *([dossier.say("figure_flows_cut")] if low > _CUT * high else [])),
        settings={"low": low, "high": high, "cut": low > _CUT * high},
    )


def _counted_again(dossier: Dossier, rows: Sequence[Sequence[Cell]]) -> str:
    """How far a re-registration moves the record, if there is one."""
    moved = [float(row[2] or 0) for row in rows if row[5] == "record"]
    change = "".join(f"{'+' if each > 0 else ''}{dossier.lead.view.number(each)}" for each in moved)
    return dossier.say("figure_flows_record", change=change) if moved else ""


def _rows(view: View, years: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Stock, flows with their running sum, stock; flows of no house are left out."""
    stocks = [round(each) for each in view.values(_STOCK, (years[0] - 1, *years))]
    found = [[sign * value for value in view.values(name, years)] for name, sign in _MOVES]
    yearly = [whole([flow[at] for flow in found], stocks[at + 1] - stocks[at]) for at in range(len(years))]
    changes = [sum(year[place] for year in yearly) for place in range(len(_MOVES))]
    level = stocks[0]
    rows = [_stock("opening", view, years[0] - 1, level)]
    for (name, sign), change in zip(_MOVES, changes, strict=True):
        if change:
            kind = "record" if name == "revision_houses" else "in" if sign > 0 else "out"
            label = view.say("figure_flows_handled") if name == _MOVES[-1][0] else view.label(name)
            rows.append((name, label, change, level, level + change, kind))
            level += change
    return [*rows, _stock("closing", view, years[-1], level)]


def _stock(step: str, view: View, year: int, houses: int) -> tuple[Cell, ...]:
    return step, view.say("figure_flows_stock", year=year), None, houses, houses, "stock"
