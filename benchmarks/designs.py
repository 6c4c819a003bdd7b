"""Which design of draws gives the smallest error on the headlines: python benchmarks/designs.py [SEEDS]

Runs the baseline with many seeds under each design and prints how much its headlines differ from seed to seed: the real
Monte Carlo error, and the variance of independent random draws over that of each design.
"""

import sys
import time
from pathlib import Path

import numpy as np

import backlog_model as bm
from backlog_model.ensemble.goals import goals_of
from backlog_model.streams import DESIGNS

SCENARIO = Path(__file__).parents[1] / "scenarios" / "kalsel" / "baseline.yaml"
DRAWS = 2000
YEARS = (2027, 2030)
TARGETS = ("ill-rtlh-2027", "ill-rtlh-2030", "ill-decent-2030")


def headlines(scenario, design, seed):
    """Every headline of one run, by name."""
    projection = bm.run(scenario, draws=DRAWS, seed=seed, design=design, memory_limit=2**33)
    found = projection.statistics("rtlh_houses", by="province", points=(0.05, 0.5, 0.95))
    places = {year: projection.years("rtlh_houses").index(year) for year in YEARS}
    named = {f"RTLH {year}, mean": found.mean[at, 0] for year, at in places.items()}
    for position, name in enumerate(("5 %", "median", "95 %")):
        named |= {f"RTLH {year}, {name}": found.quantiles[position, at, 0] for year, at in places.items()}
    for name, goal in goals_of(scenario, projection).items():
        if name in TARGETS:
            year = scenario.targets[name].year
            chances = dict(zip(projection.years(goal.variable), projection.chance(goal).probability, strict=True))
            named[f"chance of {name}"] = chances[year]
    return named


def main(seeds):
    """Print the table."""
    scenario = bm.load_scenario(SCENARIO)
    errors, seconds = {}, {}
    for design in DESIGNS:
        start = time.perf_counter()
        runs = [headlines(scenario, design, seed) for seed in range(1, seeds + 1)]
        seconds[design] = (time.perf_counter() - start) / seeds
        errors[design] = {name: np.std([run[name] for run in runs], ddof=1) for name in runs[0]}
    print(f"{DRAWS} draws, {seeds} seeds; seconds a run: " + ", ".join(f"{d} {s:.2f}" for d, s in seconds.items()))
    columns = [*(f"{design}: error" for design in DESIGNS), "variance, random / LHS", "random / Sobol"]
    print("| Headline | " + " | ".join(columns) + " |")
    print("|---|" + "--:|" * 5)
    for name in errors["random"]:
        row = [errors[design][name] for design in DESIGNS]
        ratios = [(row[0] / max(each, 1e-300)) ** 2 for each in row[1:]]
        print(f"| {name} | " + " | ".join(f"{each:.4g}" for each in row) + f" | {ratios[0]:.1f} | {ratios[1]:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
