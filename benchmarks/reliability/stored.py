"""Runs on disk under attack: every system call of a run broken, writers killed, bits flipped.

    python benchmarks/reliability/stored.py faults             every file operation of a run, broken four ways
    python benchmarks/reliability/stored.py kills --loops 500  four writers, killed again and again
    python benchmarks/reliability/stored.py flips --count 10000

`faults` needs strace, which breaks the operations from outside; the suite breaks those of Python from inside.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from backlog_model import ensemble, store
from backlog_model.report import stored as stored_runs
from backlog_model.scenario.loading import load_scenario
from stored_runs import HURT, NAME, OTHER, REFUSED, filled, killed_writers

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("one_run.py")
WAYS = {
    "killed": "signal=SIGKILL",
    "no space": "error=ENOSPC",
    "i/o error": "error=EIO",
    "read-only": "error=EROFS",
}
CALLS = (
    *("mkdir", "openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat2", "unlink", "unlinkat"),
    *("rmdir", "ftruncate", "getdents64", "lseek", "close", "newfstatat", "read", "pread64", "fcntl"),
)


class Break(NamedTuple):
    """One operation, broken in one way."""

    call: str
    number: int
    way: str


def operations(folder: Path, name: str) -> list[tuple[str, int]]:
    """System calls of keeping a run: the name of each and its number among those of that name."""
    log = folder.with_suffix(".log")
    command = ["strace", "-f", "-o", str(log), "-e", f"trace={','.join((*CALLS, 'access'))}"]
    subprocess.run([*command, sys.executable, str(CHILD), str(folder), name], check=True, env=_environment())
    counts: Counter[str] = Counter()
    found, begun = [], False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call is None:
            continue
        counts[call[1]] += 1
        if begun and call[1] != "access":
            found.append((call[1], counts[call[1]]))
        begun = begun or "/from-here-on" in line
    return found


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}


def outcome(before: Path, name: str, fault: Break, scratch: Path) -> str:
    """What breaking one operation led to: empty where nothing was lost and nothing half a run is seen."""
    folder = scratch / f"{name}-{fault.call}-{fault.number}-{fault.way.replace('/', '')}"
    shutil.copytree(before, folder)
    inject = f"inject={fault.call}:{WAYS[fault.way]}:when={fault.number}"
    command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={fault.call}", "-e", inject, sys.executable, str(CHILD)]
    code = subprocess.run(
        [*command, str(folder), name], env=_environment(), capture_output=True, check=False
    ).returncode
    said = [] if code in (0, REFUSED, -9, 137) else [f"exit {code}"]
    damaged = {found.folder.name for found in store.damaged_in(folder)}
    sound = {row.run_id for row in store.runs_in(folder)} - damaged
    said += [f"half a run is seen: {damaged - {HURT}}"] if damaged - {HURT} else []
    said += ["a finished run is lost"] if OTHER not in sound or (code == 0 and name not in sound) else []
    shutil.rmtree(folder, ignore_errors=True)
    return "; ".join(said)


def faults(workers: int) -> None:
    """Break every operation of keeping a new run, one that is there, and one whose damaged folder makes way."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        before = filled(scratch / "before")
        tried, wrong = 0, 0
        for name in (NAME, OTHER, HURT):
            rehearsal = scratch / f"rehearsal-{name}"
            shutil.copytree(before, rehearsal)
            every = [Break(call, number, way) for call, number in operations(rehearsal, name) for way in WAYS]
            with ThreadPoolExecutor(workers) as pool:
                told = pool.map(lambda fault, name=name: outcome(before, name, fault, scratch), every)
                for fault, said in zip(every, told, strict=True):
                    tried += 1
                    wrong += bool(said)
                    if said:
                        print(f"{name} {fault}: {said}", flush=True)
        print(f"{tried} operations broken (four ways each): {wrong} with a lost or half-visible run or a traceback")


def kills(loops: int) -> None:
    """Kill four writers again and again; every run that one of them called finished must be there and sound."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, start = Path(temporary) / "runs", time.monotonic()
        finished = killed_writers(folder, loops=loops, writers=4, seed=1)
        damaged = store.damaged_in(folder)
        sound = {row.run_id for row in store.runs_in(folder)} - {each.folder.name for each in damaged}
        left = sum(1 for each in folder.iterdir() if each.name.startswith(".new-"))
        took = time.monotonic() - start
        print(
            f"{loops} loops, 4 writers, {len(finished)} runs said to be finished: {len(finished - sound)} lost, "
            f"{len(damaged)} half visible; {left} unfinished folders under hidden names; {took:.0f} s"
        )


def _places(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "index" not in path.name)
    chance = random.Random(seed)
    for number in range(count):
        path = files[number % len(files)] if number < 20 * len(files) else chance.choice(files)
        yield path, chance.randrange(8 * path.stat().st_size)


def flips(count: int) -> None:
    """Flip one bit at a time in real stored runs; each must be found, and be gone once the bit is put back."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        scenario = load_scenario(ROOT / "scenarios" / "template" / "scenario.yaml")
        run = store.described(scenario, draws=100, seed=1, design="random")
        stored_runs.keep(run, ensemble.run(scenario, draws=100, seed=1, design="random"), folder)
        final, found = folder / run.run_id, 0
        for path, at in _places(final, count, seed=1):
            _flip(path, at)
            found += store.damage(final) is not None
            _flip(path, at)
        size = sum(path.stat().st_size for path in final.rglob("*") if path.is_file())
        after = "sound again" if store.is_sound(final) else "NOT sound"
        print(f"{count} bits flipped one at a time in a run of {size:_} bytes: {found} found; {after}")


def _flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at // 8)
        byte = file.read(1)[0]
        file.seek(at // 8)
        file.write(bytes([byte ^ (1 << (at % 8))]))


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["faults", "kills", "flips"])
    parser.add_argument("--loops", type=int, default=500)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.what == "faults":
        faults(asked.workers)
    elif asked.what == "kills":
        kills(asked.loops)
    else:
        flips(asked.count)


if __name__ == "__main__":
    main()
