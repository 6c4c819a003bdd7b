"""How the executors scale, and what whole runs take: python benchmarks/scaling.py [LARGEST_RUN]

Prints three tables: years on prepared arrays (one core, processor time, both executors in turn), threads, and whole
runs as fresh processes (wall time and memory). Needs Linux and the extra `fast`; takes some minutes.
"""

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from backlog_model.dynamics import compiled, simulation
from backlog_model.inputs import Coverage, Inputs, Opening, YearInputs
from backlog_model.scenario.loading import load_scenario
from cases import KALSEL, SINGLE_CLASS, inputs_of

ROUNDS = 5
CHUNK = 512
FEW = frozenset(("rtlh_houses", "slum_ha", "ownership_backlog_households"))
IN_PROCESS = """
import json, sys, time
from pathlib import Path
if sys.argv[4] == "arrays": sys.modules["llvmlite"] = None
import backlog_model as bm
start = time.perf_counter()
projection = bm.run(bm.load_scenario(sys.argv[1]), draws=int(sys.argv[2]), workers=int(sys.argv[3]))
seconds = time.perf_counter() - start
found = projection.statistics("rtlh_houses", by="province")
lines = Path("/proc/self/status").read_text().splitlines()  # what getrusage says begins with the parent's memory
print(json.dumps([seconds, next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))]))
"""


def widened(inputs: Inputs, regions: int) -> Inputs:
    """The same model with its regions repeated."""
    count = len(inputs.axes.regions)
    chosen = np.arange(regions) % count

    def wide(array):
        return array if array.shape[-1] == 1 else np.ascontiguousarray(array[..., chosen])

    axes = replace(inputs.axes, regions=tuple(f"63.{number:04}" for number in range(regions)))
    covered = Coverage(inputs.coverage.slum[:, chosen], inputs.coverage.psu[chosen], inputs.coverage.ownership)
    opening, yearly = Opening._make(map(wide, inputs.opening)), YearInputs._make(map(wide, inputs.yearly))
    return replace(inputs, axes=axes, coverage=covered, opening=opening, yearly=yearly)


def best_seconds(function, rounds=ROUNDS):
    """Least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times)


def speeds(inputs, variables):
    """Million region-years a second of either executor, on one core."""
    axes, workspace = inputs.axes, compiled.Workspace()
    work = axes.draws * len(axes.regions) * len(axes.years) / 1e6
    compiled.records(inputs, variables=variables, workspace=workspace)
    by_arrays = best_seconds(lambda: simulation.records(inputs, variables=variables))
    by_code = best_seconds(lambda: compiled.records(inputs, variables=variables, workspace=workspace))
    return work / by_arrays, work / by_code


def print_executors():
    """Table of prepared arrays."""
    print(
        "| Model | Regions | Draws | Recorded | Arrays | Compiled | Compiled / arrays |\n|---|--:|--:|---|--:|--:|--:|"
    )
    for name, path in (("kalsel", KALSEL), ("single_class", SINGLE_CLASS)):
        inputs = inputs_of(load_scenario(path), CHUNK)
        for regions in (13, 100, 514, 5000):
            draws = max(8, CHUNK * 13 // regions // 8 * 8)
            some = simulation.draws_of(inputs, slice(0, draws))
            wide = some if regions == 13 else widened(some, regions)
            for said, variables in (("all", None), ("few", FEW)):
                arrays, code = speeds(wide, variables)
                row = (name, regions, draws, said, f"{arrays:.2f}", f"{code:.1f}", f"{code / arrays:.1f}")
                print("| " + " | ".join(map(str, row)) + " |", flush=True)


def print_threads():
    """What a second thread adds: the same work done twice, one after the other and side by side."""
    inputs = inputs_of(load_scenario(KALSEL), CHUNK)
    spaces = compiled.Workspace(), compiled.Workspace()

    def work(space):
        for _ in range(20):
            compiled.records(inputs, workspace=space)

    for space in spaces:
        work(space)
    gains = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for space in spaces:
            work(space)
        middle = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, spaces))
        gains.append((middle - start) / (time.perf_counter() - middle))
    print(f"two threads over one, compiled, kalsel: {np.median(gains):.2f} (best {max(gains):.2f})")


def print_runs(largest):
    """Table of whole runs as fresh processes."""
    print("| Draws | Executor | Workers | bm.run, s | us a region-year | Peak memory, MiB |\n|--:|---|--:|--:|--:|--:|")
    sizes = [draws for draws in (1000, 2000, 10_000, 100_000, 1_000_000) if draws <= largest]
    for draws in sizes:
        for executor, workers in (("arrays", 1), ("compiled", 1), ("compiled", 2)):
            if draws > 10_000 if executor == "arrays" else draws < 10_000:
                continue
            if draws > 100_000 and workers == 1:
                continue
            command = [sys.executable, "-c", IN_PROCESS, str(KALSEL), str(draws), str(workers), executor]
            seconds, memory = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            each = 1e6 * seconds / (draws * 13 * 11)
            print(f"| {draws:,} | {executor} | {workers} | {seconds:.2f} | {each:.2f} | {memory:.0f} |", flush=True)


def print_commands(rounds=3):
    """Whole commands with 10,000 draws, start-up included."""
    without = "import sys; sys.modules['llvmlite'] = None; from backlog_model.cli import main; main()"
    with_code = "from backlog_model.cli import main; main()"
    for name, program in (("arrays", without), ("compiled, warm", with_code)):
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            arguments = ["run", str(KALSEL), "--draws", "10000", "--quiet", "--out", tempfile.mkdtemp()]
            subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        print(
            f"backlog run, 10,000 draws, {name}: best {min(times):.2f} s, median {np.median(times):.2f} s", flush=True
        )


if __name__ == "__main__":
    print_executors()
    print_threads()
    print_runs(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print_commands()
