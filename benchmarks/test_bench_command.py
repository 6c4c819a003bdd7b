"""What a planner waits for: the command as a fresh process, start-up included."""

import subprocess
import sys

import pytest

from cases import KALSEL, SCENARIOS

BACKLOG = [sys.executable, "-m", "backlog_model"]


def carry_out(command: list[str], folder) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_bare_python(benchmark, tmp_path):
    """The yardstick: an interpreter that does nothing."""
    benchmark(carry_out, [sys.executable, "-c", ""], tmp_path)


def test_help(benchmark, tmp_path):
    assert "run" in benchmark(carry_out, [*BACKLOG, "--help"], tmp_path)


@pytest.mark.parametrize("path", SCENARIOS)
def test_check(benchmark, tmp_path, path):
    benchmark(carry_out, [*BACKLOG, "check", str(path)], tmp_path)


@pytest.mark.parametrize("path", SCENARIOS)
def test_run(benchmark, tmp_path, path):
    assert benchmark.pedantic(carry_out, ([*BACKLOG, "run", str(path)], tmp_path), rounds=3)


def test_history(benchmark, tmp_path):
    assert benchmark.pedantic(carry_out, ([*BACKLOG, "history", str(KALSEL.parent)], tmp_path), rounds=3)
