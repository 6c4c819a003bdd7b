"""One run has the same bits whatever surrounds it: block sizes, threads, and the environment of the process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backlog_model import ensemble
from backlog_model.ensemble import memory
from backlog_model.report import stored
from backlog_model.scenario.loading import load_scenario
from backlog_model.store import described
from drawn_scenarios import FALLING, written

TEMPLATE = Path(__file__).parents[1] / "scenarios" / "template" / "scenario.yaml"
CODE = """
import hashlib, sys
from backlog_model import ensemble
from backlog_model.report import stored, values
from backlog_model.scenario.loading import load_scenario
from backlog_model.store import described
scenario = load_scenario(sys.argv[1])
projection = ensemble.run(scenario, draws=64, seed=7)
run = described(scenario, draws=64, seed=7, design="latin_hypercube")
files = stored.stored_files(run, projection, values.every_series(scenario, projection))
print(run.run_id, *(hashlib.sha256(files[name]).hexdigest() for name in (stored.TABLE, stored.DRAWS)))
"""
SURROUNDINGS = {
    "plain": {},
    "hash seed": {"PYTHONHASHSEED": "12345"},
    "one thread": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    "many threads": {"OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8", "MKL_NUM_THREADS": "8"},
    "another zone": {"TZ": "Asia/Makassar"},
    "another locale": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    "optimised": {"PYTHONOPTIMIZE": "1"},
}


def made_in(surroundings):
    plain = {name: value for name, value in os.environ.items() if name not in ("PYTHONHASHSEED", "TZ")}
    command = [sys.executable, "-c", CODE, str(TEMPLATE)]
    done = subprocess.run(command, env={**plain, **surroundings}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def plain():
    return made_in({})


@pytest.mark.parametrize("name", [name for name in SURROUNDINGS if name != "plain"])
def test_the_environment_changes_no_bit(plain, name):
    assert made_in(SURROUNDINGS[name]) == plain


def counted(scenario, **asked):
    whole = ensemble.run(scenario, draws=640, memory_limit=0, **asked).tallies.whole
    return hashlib.sha256(whole.counts.tobytes() + whole.sums.tobytes()).hexdigest()


def test_threads_change_no_bit(tmp_path):
    scenario = written(tmp_path, FALLING)
    assert {counted(scenario, workers=workers) for workers in (1, 2, 3, 7)} == {counted(scenario)}


def test_the_size_of_blocks_changes_counts_by_nothing_and_sums_by_round_off_alone(tmp_path, monkeypatch):
    scenario = written(tmp_path, FALLING)
    before = ensemble.run(scenario, draws=640, memory_limit=0).tallies.whole
    for chunk in (8, 40, 640):
        monkeypatch.setattr(memory.Demand, "chunk", property(lambda _, chunk=chunk: chunk))
        after = ensemble.run(scenario, draws=640, memory_limit=0).tallies.whole
        assert after.counts.tobytes() == before.counts.tobytes()
        assert after.sums == pytest.approx(before.sums, rel=1e-12, nan_ok=True)


def test_a_stored_run_replays_to_the_last_bit(tmp_path):
    scenario = load_scenario(TEMPLATE)
    run = described(scenario, draws=64, seed=7, design="sobol")
    stored.keep(run, ensemble.run(scenario, draws=64, seed=7, design="sobol"), tmp_path)
    found = stored.replayed(stored.store.stored(run.run_id, tmp_path))
    assert found.is_equal
    assert found.made.run_id == run.run_id
    assert len(found.arrays) > 10
