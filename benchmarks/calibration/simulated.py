"""How often intervals of a calibration hold the truth: python benchmarks/calibration/simulated.py [HISTORIES]

Prints Markdown: coverage of nominal 90 % intervals and evenness of the ranks of the truth among the draws
(simulation-based calibration), for truths drawn from the prior and for truths that are not; the same for regions; and
times. Some minutes on one core.
"""

import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from scipy import stats

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))

from backlog_model.history.calibration import RegionHistory, calibrate, calibrate_regions
from simulated_stocks import PRIOR, WITH_ERROR, posteriors_of, simulated, truths

LEVEL, DRAWS, BINS, AT_A_TIME = 0.9, 999, 20, 10
PLANNED = 4000.0  # houses reported in the year after the last date, as simulated
NAMES = ("inflow", "effectiveness", "completeness", "ratio", "noise_sd", "measurement_sd")
SHIFTED = replace(PRIOR, inflow=(PRIOR.inflow[0] + PRIOR.inflow[1], PRIOR.inflow[1]))
NARROW = replace(PRIOR, noise_sd=(PRIOR.noise_sd[0] / np.exp(PRIOR.noise_sd[1]), PRIOR.noise_sd[1]))
REGIONS = replace(PRIOR, inflow=(0.05, 0.02), noise_sd=(0.004, 0.4))
REGION_SETS, REGIONS_EACH, REGION_POINTS, BETWEEN = 100, 8, 6, 0.01


def heavy_tails(rng):
    """Shocks with four degrees of freedom and variance 1."""
    return lambda size: rng.standard_t(4, size=size) / np.sqrt(2.0)


def no_shock_differs(rng):
    """Normal shocks."""
    return rng.normal


CASES = (  # what is printed; law of the truths; law that is believed; points; exit rate; shocks
    *((f"{points} points", PRIOR, PRIOR, points, 0.0, no_shock_differs) for points in (4, 8, 12, 20)),
    *((f"{points} points, published with error", WITH_ERROR, WITH_ERROR, points, 0.0, no_shock_differs)
      for points in (8, 12, 20)),
    ("12 points, exit rate 3 %, with error", WITH_ERROR, WITH_ERROR, 12, 0.03, no_shock_differs),
    *((f"{points} points, prior mean of the inflow 1 sd too high", PRIOR, SHIFTED, points, 0.0, no_shock_differs)
      for points in (4, 8, 20)),
    ("12 points, prior of the noise 1 sd too low", PRIOR, NARROW, 12, 0.0, no_shock_differs),
    *((f"{points} points, shocks with heavy tails", PRIOR, PRIOR, points, 0.0, heavy_tails) for points in (8, 20)),
    ("12 points, error that the prior does not know", WITH_ERROR, PRIOR, 12, 0.0, no_shock_differs),
)  # fmt: skip


def compared(case, histories):
    """Truth and draws of simulated histories; blocks of histories have random numbers of their own."""
    _, law_of_truth, prior, points, exit_rate, shocks = case
    rng = np.random.default_rng(points)
    drawn = truths(law_of_truth, histories, rng)
    history, truth = simulated(drawn, points, rng, exit_rate=exit_rate, deviations=shocks(rng))
    return truth, posteriors_of(history, prior, exit_rate=exit_rate, draws=DRAWS, at_a_time=AT_A_TIME)


def next_stocks(found, exit_rate):
    """(history, draw) stocks to be published a year after the last date."""
    rng = np.random.default_rng(1)
    coming = found.inflow - found.ratio * PLANNED
    noise, error = rng.standard_normal((2, *found.inflow.shape))
    return (1 - exit_rate) * found.stock + coming + found.noise_sd * noise + found.measurement_sd * error


def cell(draws, truth):
    """Coverage in percent, and p of the chi-square test that ranks are even."""
    lower, upper = np.quantile(draws, (0.5 - LEVEL / 2, 0.5 + LEVEL / 2), axis=1)
    covered = 100 * ((lower <= truth) & (truth <= upper)).mean()
    ranks = (draws < truth[:, None]).sum(axis=1)
    p = stats.chisquare(np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)).pvalue
    return f"{covered:.1f} ({p:.2f})" if p >= 0.005 else f"{covered:.1f} (<0.01)"


def print_histories(histories):
    """Table of single histories."""
    print(f"Coverage of 90 % intervals in percent, p of even ranks in brackets; {histories} histories each.\n")
    print("| Truth and history | " + " | ".join((*NAMES, "next stock")) + " |\n|---|" + "--:|" * (len(NAMES) + 1))
    for case in CASES:
        truth, found = compared(case, histories)
        measured = case[2].measurement_sd is not None
        cells = [cell(getattr(found, name), getattr(truth, name)) for name in NAMES[: None if measured else -1]]
        cells += [*([] if measured else ["–"]), cell(next_stocks(found, case[4]), truth.next_stock)]
        print(f"| {case[0]} | " + " | ".join(cells) + " |", flush=True)


def drawn_regions(rng, prior, between):
    """Histories of regions of very different size, and the truth."""
    common, ratio = rng.normal(*prior.inflow), rng.beta(*prior.effectiveness) / rng.beta(*prior.completeness)
    rates, histories = common + between * rng.normal(size=REGIONS_EACH), []
    for place, rate in enumerate(rates):
        exposure = 10.0 ** rng.uniform(3, 5)
        noise = prior.noise_sd[0] * np.exp(prior.noise_sd[1] * rng.normal())
        handled = rng.uniform(0.0, 0.1, REGION_POINTS - 1)
        change = rate - ratio * handled + noise * rng.normal(size=REGION_POINTS - 1)
        stock = 2.0 + np.concatenate([[0.0], change.cumsum()])
        years = 2015 + np.arange(REGION_POINTS)
        histories.append(RegionHistory(f"{place}", years, exposure * stock, exposure * handled, exposure))
    return histories, common, ratio, rates


def print_regions():
    """Table of sets of regions: spread between them drawn from its prior."""
    rng, hits = np.random.default_rng(5), {"common_rate": [], "between_sd": [], "ratio": [], "rates": []}
    alone, pooled = [], []
    for seed in range(REGION_SETS):
        between = abs(rng.normal()) * BETWEEN
        histories, common, ratio, rates = drawn_regions(rng, REGIONS, between)
        found = calibrate_regions(histories, REGIONS, between_sd=BETWEEN, draws=1000, seed=seed)
        for name, truth in {"common_rate": common, "between_sd": between, "ratio": ratio}.items():
            estimate = getattr(found, name)
            hits[name].append(estimate.lower <= truth <= estimate.upper)
        own = [each.rate for each in found.regions.values()]
        hits["rates"] += [each.lower <= rate <= each.upper for each, rate in zip(own, rates, strict=True)]
        alone += [(by_itself(each) - rate) ** 2 for each, rate in zip(histories, rates, strict=True)]
        pooled += [(each.mean - rate) ** 2 for each, rate in zip(own, rates, strict=True)]
    print(f"\n{REGION_SETS} sets of {REGIONS_EACH} regions, {REGION_POINTS} points each.\n")
    print("| | " + " | ".join(hits) + " |\n|---|" + "--:|" * len(hits))
    print("| covered by 90 % intervals | " + " | ".join(f"{100 * np.mean(each):.1f}" for each in hits.values()) + " |")
    print(f"\nRoot mean square error of the rates: {np.sqrt(np.mean(pooled)):.5f} pooled,", end=" ")
    print(f"{np.sqrt(np.mean(alone)):.5f} each region by itself")


def by_itself(history):
    """Mean rate of a region that no other is known beside."""
    wider = replace(REGIONS, inflow=(REGIONS.inflow[0], np.hypot(REGIONS.inflow[1], BETWEEN)))
    by_exposure = history.stock / history.exposure, history.handled / history.exposure
    return calibrate(history.years, *by_exposure, wider, draws=500).inflow.mean


def print_times(rounds=5):
    """Processor time of one call."""
    rng = np.random.default_rng(1)
    regions = drawn_regions(rng, REGIONS, BETWEEN)[0]
    print("\n| Call | Processor time, s |\n|---|--:|")
    for name, prior in (("12 points", PRIOR), ("12 points, published with error", WITH_ERROR)):
        rows = [row[0] for row in simulated(truths(prior, 1, rng), 12, rng)[0]]
        print(f"| `calibrate`, {name} | {best(partial(calibrate, *rows, prior), rounds):.3f} |")
    seconds = best(partial(calibrate_regions, regions, REGIONS), rounds)
    print(f"| `calibrate_regions`, {REGIONS_EACH} regions of {REGION_POINTS} points | {seconds:.3f} |")


def best(function, rounds):
    """Least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    print_histories(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
    print_regions()
    print_times()
