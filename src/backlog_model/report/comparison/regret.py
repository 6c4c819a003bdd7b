"""How much one would regret each scenario, as lines of text and for programs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from backlog_model.analysis.comparison import Comparison
from backlog_model.analysis.regret import RegretTable, regret_table
from backlog_model.report.comparison.view import PairView
from backlog_model.report.layout import paragraph, section, table

VARIABLE = "rtlh_houses"


class YearlyRegret(NamedTuple):
    """Regret in one year of the scenarios whose numbers compare, and those whose numbers do not."""

    year: int
    names: tuple[str, ...]
    table: RegretTable
    left_out: tuple[str, ...]


def regrets(comparison: Comparison, years: Sequence[int]) -> list[YearlyRegret]:
    """Regret in RTLH of the province; none without draws, or where only one scenario is left."""
    if any(pair.sampling is None for pair in comparison.pairs):
        return []
    found = []
    for year in years:
        own = [pair for pair in comparison.pairs if year < pair.counted_again.get(VARIABLE, year + 1)]
        if own and all(year in pair.years(VARIABLE) for pair in own):
            losses = np.stack([own[0].draws_of(VARIABLE, year)[0], *(pair.draws_of(VARIABLE, year)[1] for pair in own)])
            names = (comparison.names[0], *(pair.second_name for pair in own))
            left_out = tuple(name for name in comparison.names if name not in names)
            found.append(YearlyRegret(year, names, regret_table(losses, sampling=own[0].sampling), left_out))
    return found


def regret_lines(view: PairView, found: Sequence[YearlyRegret], letters: dict[str, str]) -> list[str]:
    """A row for each scenario and year."""
    number = view.reference.number
    columns = ("year", "compare_largest", "compare_p90", "compare_average", "compare_best")
    header = ["", *(view.say(name) for name in columns)]
    rows = [
        [
            f"{letters[name]} = {name}",
            str(each.year),
            number(each.table.maximum[place]),
            number(each.table.percentile_90[place]),
            f"{number(each.table.mean[place])} ({number(each.table.mean_error[place], decimals=1)})",
            f"{number(100 * each.table.best_chance[place], decimals=1)} "
            f"({number(100 * each.table.best_error[place], decimals=1)})",
        ]
        for each in found
        for place, name in enumerate(each.names)
    ]
    if not rows:
        return []
    lines = [*table(header, rows), *paragraph(view.say("compare_regret_how"))]
    left_out = dict.fromkeys(name for each in found for name in each.left_out)
    lines += paragraph(view.say("compare_regret_without", names=", ".join(left_out))) if left_out else []
    return section(view.say("compare_regret"), lines)


def regret_document(found: Sequence[YearlyRegret]) -> list[dict[str, object]]:
    """The same for programs."""
    return [
        {
            "variable": VARIABLE,
            "year": each.year,
            "scenario": name,
            "maximum": float(each.table.maximum[place]),
            "p90": float(each.table.percentile_90[place]),
            "mean": float(each.table.mean[place]),
            "mc_error": _plain(float(each.table.mean_error[place])),
            "best": float(each.table.best_chance[place]),
            "best_error": _plain(float(each.table.best_error[place])),
        }
        for each in found
        for place, name in enumerate(each.names)
    ]


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None
