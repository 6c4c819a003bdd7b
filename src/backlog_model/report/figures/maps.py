"""Maps of the regions: value, change and chance of a fall, on tiles or on boundaries of the user's own."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.panels import VARIABLE, split_note
from backlog_model.report.figures.records import counted_again
from backlog_model.report.figures.scales import numbers, read_as
from backlog_model.report.figures.tiles import Tile, in_order, tiles
from backlog_model.report.numbers import rounded_to_sum
from backlog_model.summary import Chance, chance


class _Map(NamedTuple):
    """One map: what it shows of each region."""

    kind: str
    column: Column
    values: Sequence[Cell]
    errors: Sequence[float] = ()  # of chances, in percentage points


def maps(dossier: Dossier) -> Iterator[Figure]:
    """RTLH of each region in the year being planned, its change from now, and with draws the chance of a fall."""
    case = dossier.lead
    if len(case.projection.axes.regions) < 2:
        return
    view, now, focus = case.view, case.view.now, case.view.focus
    then = rounded_to_sum(view.by_region(VARIABLE, focus))
    value = numbers("value", dossier.say("figure_value"), VARIABLE, dossier.language)
    yield _map(dossier, _Map("value", value, [read_as(each, VARIABLE) for each in then]))
    if now == focus or counted_again(case, VARIABLE, range(now + 1, focus + 1)):
        return  # no change of houses follows from two counts
    pairs = zip(rounded_to_sum(view.by_region(VARIABLE, now)), then, strict=True)
    changes = [read_as(after - before, VARIABLE) for before, after in pairs]
    yield _map(dossier, _Map("change", value._replace(label=dossier.say("figure_change")), changes))
    found = chance_of_fall(case, now, focus)
    if found:
        column = Column("value", dossier.say("figure_chance"), unit="%")
        chances, errors = ([100.0 * each for each in values.tolist()] for values in found)
        yield _map(dossier, _Map("chance", column, chances, errors))


def chance_of_fall(case: Case, start: int, end: int) -> Chance | None:
    """Chance that RTLH of each region are fewer at the end, (region,); none where draws were not kept."""
    projection = case.projection
    if projection.sampling is None or projection.tallies is not None:
        return None
    years, values = projection.years(VARIABLE), projection.array(VARIABLE)
    falls = values[years.index(end)] < values[years.index(start)]
    return chance(falls.T, projection.sampling)


def placed(case: Case) -> tuple[dict[str, Tile], bool]:
    """Tile of each region, and whether they stand by their centres; in the order of codes where a centre is missing."""
    columns, codes = case.scenario.region_table.columns, case.projection.axes.regions
    centres = {code: (_degrees(columns, "lon", code), _degrees(columns, "lat", code)) for code in codes}
    if all(math.isfinite(x) and math.isfinite(y) for x, y in centres.values()):
        return tiles(centres), True
    return in_order(codes), False


def _degrees(columns: Mapping[str, Mapping[str, str]], name: str, code: str) -> float:
    """A coordinate of the region table; NaN where it has none."""
    try:
        return float(columns[name][code])
    except (KeyError, ValueError):
        return math.nan


def _map(dossier: Dossier, shown: _Map) -> Figure:
    case = dossier.lead
    cells, by_centre = placed(case)
    columns = (
        Column("region", dossier.say("figure_region"), "text"),
        Column("name", dossier.say("figure_region_name"), "text"),
        Column("column", dossier.say("figure_column")),
        Column("row", dossier.say("figure_row")),
        shown.column,
        *([Column("error", dossier.say("figure_error"), decimals=1, unit=shown.column.unit)] if shown.errors else []),
    )
    numeric = zip(*(held for held in (shown.values, shown.errors) if held), strict=True)
    rows = [
        (code, case.view.region(code), *cells[code], *values)
        for code, values in zip(case.projection.axes.regions, numeric, strict=True)
    ]
    unit = words.unit(QUANTITIES[VARIABLE].unit, dossier.language)
    said = {
        "name": dossier.say(f"figure_short_{VARIABLE}"),
        "unit": unit,
        "now": case.view.now,
        "year": case.view.focus,
    }
    figure = Figure(
        name=f"map_{shown.kind}",
        chart="map",
        title=dossier.say(f"figure_map_{shown.kind}", **said),
        description="",
        columns=columns,
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier, shown, by_centre)),
        settings={
            "kind": shown.kind,
            "direction": QUANTITIES[VARIABLE].direction,
            "unit": shown.column.unit,
            "boundaries": dossier.boundaries,
        },
    )
    message = "figure_map_change_description" if shown.kind == "change" else "figure_map_description"
    return figure.described(dossier.say(message, **_extremes(figure)))


def _notes(dossier: Dossier, shown: _Map, by_centre: bool) -> Iterator[str]:
    if shown.kind == "change":
        yield dossier.say("figure_arrows")
    if shown.errors:
        largest = dossier.lead.view.number(max(shown.errors), decimals=1)
        yield dossier.say("figure_map_error", error=largest)
    yield from split_note(dossier.lead, VARIABLE)
    if dossier.boundaries is not None:
        yield dossier.say("figure_own_boundaries")
    else:
        yield dossier.say("figure_tiles" if by_centre else "figure_tiles_by_code")


def _extremes(figure: Figure) -> dict[str, object]:
    known = [record for record in figure.records if record["value"] is not None]
    ordered = sorted(known, key=lambda record: float(record["value"] or 0.0))
    low, high = ordered[0], ordered[-1]
    return {
        **{"count": len(figure.rows), "most": high["name"], "least": low["name"]},
        **{"high": figure.text("value", high["value"]), "low": figure.text("value", low["value"])},
    }
