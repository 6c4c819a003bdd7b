"""Hostile files by the hundred thousand: every loader refuses or accepts each, quickly and in little memory.

    python benchmarks/reliability/hostile.py yaml --count 100000
    python benchmarks/reliability/hostile.py csv --count 100000
    python benchmarks/reliability/hostile.py xlsx --count 100000

Printed: what was accepted and refused, refusals that name the key, line or cell, crashes (anything that is no refusal),
the slowest file and the highest memory of a process. A file is made of its number, so that each can be made again.
"""

import argparse
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import hostile
from backlog_model.errors import BacklogModelError, ScenarioError
from backlog_model.history.checks import check_tables
from backlog_model.history.workbook import read_workbook
from backlog_model.scenario.loading import load_scenario

SLOW = {"yaml": 1.0, "csv": 1.0, "xlsx": 5.0}
BATCH = 500


def made(kind: str, number: int) -> dict[str, bytes]:
    """The files of a number."""
    if kind == "xlsx":
        return {"input.xlsx": hostile.hostile_workbook(number)}
    return hostile.hostile_scenario(number) if kind == "yaml" else hostile.hostile_table(number)


def refused(kind: str, folder: Path) -> tuple[bool, bool]:
    """Whether the files in a folder are refused, and whether the refusal names the key, the line or the cell."""
    if kind == "xlsx":
        errors = [each for each in read_workbook(folder / "input.xlsx")[1] if each.severity == "error"]
        return bool(errors), any("!" in each.place or each.code in WHOLE for each in errors)
    said = [each.place for each in check_tables([folder / "history.csv"])] if kind == "csv" else []
    try:
        load_scenario(folder / "plan.yaml")
    except ScenarioError as error:
        places = [problem.place.removeprefix(str(folder)) for problem in error.problems]
        return True, bool(places) and all(":" in place for place in places)
    return bool(said), all(":" in place.removeprefix(str(folder)) for place in said)


WHOLE = ("broken_file", "not_a_workbook", "encrypted_file", "too_large", "no_table", "no_file")
"""Codes of refusals that are about the file as a whole: there is no cell to name."""


def batch(task: tuple[str, int, int]) -> Counter[str]:
    """Outcomes of some files."""
    kind, first, last = task
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(first, last):
            for name, content in made(kind, number).items():
                (Path(temporary) / name).write_bytes(content)
            start = time.perf_counter()
            try:
                is_refused, is_named = refused(kind, Path(temporary))
                counts["refused" if is_refused else "accepted"] += 1
                counts["named"] += is_refused and is_named
            except BacklogModelError:
                counts["refused"] += 1
            except BaseException as error:
                counts["crashes"] += 1
                last_line = traceback.extract_tb(error.__traceback__)[-1]
                print(
                    f"{kind} {number}: {type(error).__name__} at {last_line.filename}:{last_line.lineno}: {error}"[:300]
                )
            took = time.perf_counter() - start
            counts["slow"] += took > SLOW[kind]
            counts["slowest ms"] = max(counts["slowest ms"], round(1000 * took))
    counts["peak MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return counts


def main() -> None:
    """Try as many files as asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=list(SLOW))
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    end = asked.first + asked.count
    tasks = [(asked.kind, first, min(first + BATCH, end)) for first in range(asked.first, end, BATCH)]
    whole: Counter[str] = Counter()
    with ProcessPoolExecutor(asked.workers) as pool:
        for counts in pool.map(batch, tasks):
            peaks = {name: max(whole[name], counts.pop(name)) for name in ("slowest ms", "peak MB")}
            whole.update(counts)
            whole.update({name: peak - whole[name] for name, peak in peaks.items()})
    share = 100 * whole["named"] / max(whole["refused"], 1)
    print(f"{asked.kind}: {asked.count} files, {dict(whole)}; {share:.1f} % of refusals name their place")


if __name__ == "__main__":
    main()
