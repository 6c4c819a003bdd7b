"""What comes out of two scenarios, side by side, as lines of text."""

from collections.abc import Sequence

import numpy as np

from backlog_model.analysis.pairs import Differences
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.comparison.view import PairView
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED

INDICATORS = (
    "rtlh_houses",
    "decent_share",
    "effective_handled_houses",
    "break_even_houses",
    "net_clearance_houses",
    "years_to_clear",
    "ownership_backlog_households",
    "occupancy_backlog_households",
    "slum_ha",
    "psu_gap_estates",
    "budget_idr",
    "spent_idr",
    "cost_per_net_house_idr",
)
"""Those shown for the province, in this order; all others are in the table and the document."""

_MEANS = ("budget_idr", "spent_idr")  # more of them is no merit by itself: no chance is shown
_COST = "cost_per_net_house_idr"
_TIE = 1e-9
_ROUND_OFF = 1e-9


def outputs(view: PairView) -> list[str]:
    """The answer in a sentence, indicators of the province, RTLH of the regions."""
    found = {
        name: view.pair.differences(name, by="province", years=view.years, points=(0.05, 0.95)) for name in INDICATORS
    }
    known = [each for each in found.values() if not (np.isnan(each.first) & np.isnan(each.second)).all()]
    return [*_answer(view, found["rtlh_houses"]), *_indicators(view, known), *_regions(view)]


def _answer(view: PairView, found: Differences) -> list[str]:
    year = view.focus
    row = found.years.index(year)
    number = view.reference.number
    text = view.say(
        "compare_answer",
        year=year,
        first=number(found.first[row, 0]),
        second=number(found.second[row, 0]),
        difference=view.change(found.difference[row, 0], "houses"),
        percent=view.percent(found.percent[row, 0]),
    )
    again = min((view.pair.counted_again[each] for each in INDICATORS if each in view.pair.counted_again), default=None)
    said = [text, *_answer_of_draws(view, found, row)]
    if again is not None:
        said.append(view.say("compare_counted_again", year=again))
    return ["", *paragraph(" ".join(said))]


def _answer_of_draws(view: PairView, found: Differences, row: int) -> list[str]:
    draws = found.paired
    if draws is None:
        return []
    low, high = (view.change(each[row, 0], "houses") for each in draws.quantiles)
    mean = view.say(
        "compare_answer_draws",
        mean=view.change(draws.mean[row, 0], "houses"),
        error=view.reference.number(draws.mc_error[row, 0], decimals=1),
        unpaired=view.reference.number(_unpaired_error(view, found.years[row]), decimals=1),
        low=low,
        high=high,
    )
    second = float(draws.second_better.probability[row, 0])
    if np.isnan(second):
        return [mean]
    if 1.0 in (second, float(draws.first_better.probability[row, 0])):
        return [mean, view.say("compare_answer_all" if second == 1.0 else "compare_answer_never")]
    chances = {
        "first": view.chance(found, row, of_second=False),
        "second": view.chance(found, row, of_second=True),
        "error": view.chance_error(float(draws.second_better.mc_error[row, 0])),
    }
    return [mean, view.say("compare_answer_chance", **chances)]


def _unpaired_error(view: PairView, year: int) -> float:
    """Monte Carlo error that the difference of two means would have if their draws were independent."""
    errors = [
        each.statistics("rtlh_houses", by="province", points=()).mc_error[each.years("rtlh_houses").index(year), 0]
        for each in (view.pair.first, view.pair.second)
    ]
    return float(np.hypot(*errors))


def _indicators(view: PairView, found: Sequence[Differences]) -> list[str]:
    moved = [each for each in found if not _is_unchanged(each)]
    header = ["", "A", view.letter, view.say("compare_difference"), "%"]
    if view.has_chances:
        header += [view.say("compare_paired"), view.say("compare_better", letter="A"), view.say("compare_better")]
    head, *rows = table(header, [_row(view, each, row) for each in moved for row in range(len(each.years))])
    lines = [head]
    for each in moved:
        own, rows = rows[: len(each.years)], rows[len(each.years) :]
        lines += [_label(view, each.variable), *own]
    still = ", ".join(view.reference.label(each.variable) for each in found if _is_unchanged(each))
    lines += paragraph(view.say("compare_unchanged", names=still)) if still else []
    lines += paragraph(view.say("compare_how" if view.has_chances else "compare_how_central"))
    return section(view.say("compare_indicators"), lines)


def _is_unchanged(found: Differences) -> bool:
    """Whether neither the central lines nor any draws differ, up to round-off."""
    still = np.allclose(found.first, found.second, rtol=_ROUND_OFF, atol=_ROUND_OFF, equal_nan=True)
    tied = found.paired is None or bool((np.nan_to_num(found.paired.same, nan=1.0) >= 1.0 - _TIE).all())
    return bool(still and tied)


def _label(view: PairView, variable: str) -> str:
    unit = view.say("compare_million") if variable == _COST else words.unit(QUANTITIES[variable].unit, view.language)
    return f"{view.reference.label(variable)}, {unit}"


def _row(view: PairView, found: Differences, row: int) -> list[str]:
    unit = QUANTITIES[found.variable].unit
    scale = 1000.0 if found.variable == _COST else 1.0  # millions, not billions
    cells = [
        f"  {found.years[row]}",
        view.figure(scale * found.first[row, 0], unit),
        view.figure(scale * found.second[row, 0], unit),
        view.change(scale * found.difference[row, 0], unit),
        view.percent(found.percent[row, 0]),
    ]
    draws = found.paired
    if draws is None:
        return cells
    mean = view.change(scale * draws.mean[row, 0], unit)
    mean += f" ({view.error(scale * draws.mc_error[row, 0], unit)})" if mean != UNDEFINED else ""
    chances = [UNDEFINED, UNDEFINED]
    if found.variable not in _MEANS and QUANTITIES[found.variable].direction is not None:
        chances = [view.chance(found, row, of_second=False), view.chance_and_error(found, row)]
    return [*cells, mean, *chances]


def _regions(view: PairView) -> list[str]:
    """RTLH of each region in the year the plan ends, its rank, and who improves most."""
    if len(view.pair.regions) < 2:
        return []
    found = view.pair.differences("rtlh_houses", by="region", years=(view.focus,), points=())
    columns = found.columns()
    names = ["compare_difference", "", "compare_rank", "compare_change_rank"]
    header = [view.say("code"), view.say("region"), "A", view.letter]
    header += [view.say(name) if name else "%" for name in names]
    header += [view.say("compare_better")] if view.has_chances else []
    rows = []
    for column, code in enumerate(found.regions):
        value = {name: float(values[0, column]) for name, values in columns.items()}
        before, after = (view.reference.number(value[name]) for name in ("first_rank", "second_rank"))
        cells = [
            code,
            view.reference.region(code),
            view.reference.number(value["first"]),
            view.reference.number(value["second"]),
            view.change(value["difference"], "houses"),
            view.percent(value["percent"]),
            before if before == after else f"{before} -> {after}",
            view.reference.number(value["difference_rank"]),
        ]
        if view.has_chances:
            cells.append(view.chance_and_error(found, 0, column=column))
        rows.append(cells)
    lines = [*table(header, rows, left=2), *paragraph(view.say("compare_rank_how"))]
    return section(view.say("compare_by_region", year=view.focus), lines)
