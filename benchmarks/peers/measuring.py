"""Agreement first, then times: every tool on the same case, in one process on one core."""

import os
import platform
import statistics
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from case import REGIONS, YEARS, Array, Prepared, Tool, checked_parameters, disagreement
from plain_python import prepare as plain_python

# Where each tool is, slowest last: what is missing is told by the import.
TOOLS = {
    "ours": ("COMPILED", "ARRAYS"),
    "numba_lanes": ("NUMBA",),
    "numpy_arrays": ("NUMPY",),
    "pandas_frames": ("PANDAS",),
    "plain_python": ("PLAIN_PYTHON",),
    "bptk": ("BPTK_ENGINE", "BPTK_CALL"),
    "ema": ("EMA",),
    "pysd_models": ("PYSD_SUBSCRIPTED", "PYSD_PER_REGION", "PYSD_PER_DRAW"),
}
UNTIMED_RUNS = 3


class Clock(NamedTuple):
    """How long a run took; the two are equal where nothing else wants the core."""

    wall_seconds: float
    processor_seconds: float


def comparison(only: str, repeats: int) -> dict[str, Any]:
    """Everything measured: the machine, its limits, and every tool that is installed."""
    load_before = _load()
    tools, missing = _tools(only)
    expected = expected_houses()
    distances = [disagreement(tool, expected) for tool in tools]
    clocks = _measured(tools, repeats)
    rows = zip(tools, distances, clocks, strict=True)
    return {
        "machine": _machine(),
        "load_before": load_before,
        "load_after": _load(),
        "missing": missing,
        "tools": [_row(tool, distance, clock) for tool, distance, clock in rows],
        **_limits(only),
    }


def expected_houses() -> Array:
    """Houses of the numbers on which all must agree, as plain Python computes them."""
    prepared = plain_python(1)
    return prepared.array(prepared.run(prepared.given(checked_parameters())))


def _tools(only: str) -> tuple[list[Tool], list[str]]:
    tools, missing = [], []
    for module, names in TOOLS.items():
        try:
            found = [getattr(import_module(module), name) for name in names]
        except ModuleNotFoundError as error:
            missing.append(f"{module}: {error.name}")
            continue
        tools += [tool for tool in found if only.lower() in tool.name.lower()]
    return [tool for tool in tools if _prepares(tool, missing)], missing


def _prepares(tool: Tool, missing: list[str]) -> bool:
    try:
        tool.prepare(2)
    except ImportError as error:
        missing.append(f"{tool.name}: {error}")
        return False
    return True


def _measured(tools: list[Tool], repeats: int) -> list[list[Clock]]:
    """Times of every tool, one round of all tools after another: what disturbs the machine disturbs them alike."""
    prepared = [(tool.prepare(tool.draws), tool.runs) for tool in tools]
    for each, runs in prepared:
        _clock(each, min(runs, UNTIMED_RUNS), 0)  # fresh memory and first calls are not what is compared
    rounds = [[_clock(each, runs, 1_000 * number) for each, runs in prepared] for number in range(1, repeats + 1)]
    return [list(clocks) for clocks in zip(*rounds, strict=True)]


def _clock(prepared: Prepared, runs: int, first_seed: int) -> Clock:
    wall, processor = time.perf_counter(), time.process_time()
    for seed in range(first_seed, first_seed + runs):
        prepared.run(prepared.drawn(seed))
    return Clock(time.perf_counter() - wall, time.process_time() - processor)


def _row(tool: Tool, distance: float, clocks: list[Clock]) -> dict[str, Any]:
    region_years = tool.draws * tool.runs * REGIONS * YEARS
    processor = [clock.processor_seconds for clock in clocks]
    return {
        "name": tool.name,
        "versions": dict(_versions(tool.packages)),
        "draws": tool.draws,
        "runs": tool.runs,
        "disagreement": distance,
        "best": region_years / min(processor) / 1e6,
        "median": region_years / statistics.median(processor) / 1e6,
        "processor_seconds": processor,
        "wall_seconds": [clock.wall_seconds for clock in clocks],
    }


def _versions(packages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for package in packages:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "not installed as a package"


def _limits(only: str) -> dict[str, Any]:
    if only:
        return {}
    from limits import measured_limits, operations_of_the_equations, operations_of_the_model

    return {
        "limits": [limit._asdict() for limit in measured_limits()],
        "operations_of_the_equations": operations_of_the_equations(),
        "operations_of_the_model": operations_of_the_model(),
    }


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "date": time.strftime("%Y-%m-%d %H:%M"),
    }


def _load() -> float | None:
    """Processes that wanted a core over the last minute, where the system tells."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if not information.exists():
        return platform.processor()
    lines = information.read_text(encoding="utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
