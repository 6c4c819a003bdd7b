"""What `backlog compare` hands to programs: one document, and a long table."""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from backlog_model.analysis.comparison import Comparison
from backlog_model.analysis.input_differences import InputDifference, Written, input_differences
from backlog_model.analysis.pairs import Differences, Pair, variables
from backlog_model.quantities import QUANTITIES
from backlog_model.report.comparison.regret import regret_document, regrets
from backlog_model.report.values import SCHEMA_VERSION, cell
from backlog_model.report.view import AHEAD
from backlog_model.scenario.schema import Scenario

NUMBERS = (
    *("first", "second", "difference", "percent", "first_rank", "second_rank", "difference_rank"),
    *("first_mean", "second_mean", "mean_difference", "mc_error", "p05", "p50", "p95"),
    *("first_better", "first_better_error", "second_better", "second_better_error", "same"),
)
PLACE = ("variable", "unit", "direction", "region", "year")
COLUMNS = ("first_scenario", "second_scenario", "region_name", *PLACE, *NUMBERS)
_LEVELS = ("province", "region")


def every_difference(pair: Pair, *, workers: int = 1) -> list[Differences]:
    """All variables, the province before its regions; sorting draws runs beside other Python, hence threads."""
    keys = [(name, by) for name in QUANTITIES for by in _LEVELS if name in variables(by)]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda key: pair.differences(key[0], by=key[1]), keys))


def document(scenarios: Sequence[Scenario], comparison: Comparison, *, seed: int, workers: int = 1) -> dict[str, Any]:
    """What `--json` prints.

    Keys
    ----
    schema_version, draws, seed, design : as of `run`; `design` is null without draws
    scenarios : name, title (id, en) and file of each, the reference first
    comparisons : for each other scenario `first`, `second`; `left_out` (years or regions of one alone);
        `same_outputs`; `counted_again` (by variable, the first year whose numbers do not compare); `inputs`; `results`
    inputs : path, kind, unit, first and second (text, origin, source; null where nothing is written), added (how
        regions are put together), years (year, first, second), regions (codes that differ)
    results : variable, unit, direction (which way is better, or null), region, year, then the columns of
        `Comparison.table`; null where undefined, by province for ranks, and without draws for what needs them
    regret : of RTLH of the province by year and scenario: maximum, p90, mean, mc_error, best, best_error
    """
    first = comparison.projections[0]
    now, last = scenarios[0].now, first.axes.years[-1]
    years = sorted({min(now + ahead, last) for ahead in AHEAD})
    return {
        "schema_version": SCHEMA_VERSION,
        "draws": first.draws,
        "seed": seed,
        "design": first.sampling.design if first.sampling else None,
        "scenarios": [
            {"name": name, "title": {"id": each.title.id, "en": each.title.en}, "file": each.path.as_posix()}
            for name, each in zip(comparison.names, scenarios, strict=True)
        ],
        "comparisons": [
            {
                "first": pair.first_name,
                "second": pair.second_name,
                "left_out": [
                    {"what": each.what, "scenario": each.scenario, "labels": list(each.labels)}
                    for each in pair.left_out
                ],
                "same_outputs": pair.has_same_outputs,
                "counted_again": dict(pair.counted_again),
                "inputs": [_input(each) for each in input_differences(scenarios[0], scenario)],
                "results": [row for found in every_difference(pair, workers=workers) for row in _results(found)],
            }
            for scenario, pair in zip(scenarios[1:], comparison.pairs, strict=True)
        ],
        "regret": regret_document(regrets(comparison, years)),
    }


def _input(found: InputDifference) -> dict[str, Any]:
    return {
        "path": found.path,
        "kind": found.kind,
        "unit": found.unit or None,
        "first": _written(found.first),
        "second": _written(found.second),
        "added": found.added,
        "years": [
            {"year": each.year, "first": _plain(each.first), "second": _plain(each.second)} for each in found.years
        ],
        "regions": list(found.regions),
    }


def _written(written: Written) -> dict[str, Any] | None:
    return written._asdict() if written.text or written.origin else None


def _results(found: Differences) -> Iterator[dict[str, Any]]:
    quantity = QUANTITIES[found.variable]
    columns = {name: values.tolist() for name, values in found.columns().items()}
    for column, code in enumerate(found.regions):
        for row, year in enumerate(found.years):
            numbers = [_plain(columns[name][row][column]) if name in columns else None for name in NUMBERS]
            place = (found.variable, quantity.unit, quantity.direction, code, year)
            yield dict(zip((*PLACE, *NUMBERS), (*place, *numbers), strict=True))


def _plain(value: float) -> float | None:
    """Shortest form of a number; None where undefined."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def table(scenarios: Sequence[Scenario], comparison: Comparison, *, workers: int = 1) -> str:
    """The long table of every difference as CSV; an undefined number is an empty cell."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for pair in comparison.pairs:
        names = {"first_scenario": cell(pair.first_name), "second_scenario": cell(pair.second_name)}
        for found in every_difference(pair, workers=workers):
            for result in _results(found):
                region = cell(scenarios[0].region_table.name(result["region"]))
                rows.writerow({**names, "region_name": region, **result})
    return text.getvalue()
