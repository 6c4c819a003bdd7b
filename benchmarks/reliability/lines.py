"""Branch coverage of the model, the loaders and the store, and which tests run which of their lines.

    python benchmarks/reliability/lines.py            runs the whole suite once, on all cores (a quarter of an hour)

Needs the dependency group `reliability` (pytest-cov). The table is printed, with the branches never taken; the lines
and how long each test took are left for `mutants.py`. Programs that the tests start are not counted.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MAP = Path(tempfile.gettempdir()) / "backlog_model_lines.json"
ROOMS = {
    "engine": ("dynamics", "ensemble", "assembly", "projection.py", "levels.py", "linear.py", "tallies.py"),
    "loaders": ("scenario", "history"),
    "store": ("store", "report/stored.py"),
}


class Durations:
    """A plugin of pytest: how long each test took."""

    def __init__(self, file: Path) -> None:
        self.file, self.seconds = file, dict[str, float]()

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.seconds), encoding="utf-8")


def pytest_configure(config: Any) -> None:
    """Only the process that hears of every test keeps the times, not those it shares the work with."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations(Path(os.environ["DURATIONS"])))


def main() -> None:
    """Run the suite, print the coverage, keep the map."""
    folder = Path(tempfile.mkdtemp())
    settings = folder / "settings"
    settings.write_text(
        "[run]\nbranch = True\nsource = backlog_model\n"
        "[report]\nexclude_also =\n    if TYPE_CHECKING:\n    @overload\n    class .*\\(Protocol\\)\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "tests", "-q", "-n", "auto", "--dist", "loadfile", "-p", "no:benchmark"]
    command += ["-p", Path(__file__).stem, "--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    environment = {
        **os.environ,
        "COVERAGE_FILE": str(folder / "coverage"),
        "DURATIONS": str(folder / "durations"),
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(ROOT / "src")]),
    }
    tested = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    report = [sys.executable, "-m", "coverage", "json", f"--rcfile={settings}", "-o", str(folder / "report.json"), "-q"]
    subprocess.run(report, cwd=ROOT, env=environment, check=True)
    print_coverage(json.loads((folder / "report.json").read_text(encoding="utf-8"))["files"])
    keep_map(folder / "coverage", json.loads((folder / "durations").read_text(encoding="utf-8")))
    print(f"the suite ended with {tested.returncode}")


def print_coverage(files: dict[str, Any]) -> None:
    """Branches and lines of each room; then those never run, file by file."""
    inside = {name.replace("\\", "/").partition("backlog_model/")[2]: found for name, found in files.items()}
    for room, parts in ROOMS.items():
        totals = [found["summary"] for name, found in inside.items() if name.startswith(parts)]
        print(f"{room}: {_share(totals, 'branches')} of branches, {_share(totals, 'lines')} of lines")
    for name, found in sorted(inside.items()):
        if name.startswith(tuple(part for parts in ROOMS.values() for part in parts)) and found["missing_branches"]:
            print(f"  {name}: {', '.join(f'{start}->{end}' for start, end in found['missing_branches'])}")


def _share(totals: Iterable[dict[str, int]], what: str) -> str:
    covered = sum(one[f"covered_{what}"] for one in totals)
    possible = sum(one["num_branches" if what == "branches" else "num_statements"] for one in totals)
    return f"{100 * covered / possible:.1f} % ({covered} of {possible})"


def keep_map(data: Path, seconds: dict[str, float]) -> None:
    """Write down which tests run each line, and their times."""
    from coverage import CoverageData

    found = CoverageData(str(data))
    found.read()
    lines: dict[str, dict[int, list[str]]] = {}
    for file in found.measured_files():
        by_line = found.contexts_by_lineno(file)
        name = Path(file).as_posix().partition("/src/")[2]
        lines[name] = {line: sorted({each.partition("|")[0] for each in by_line[line] if each}) for line in by_line}
    MAP.write_text(json.dumps({"lines": lines, "seconds": seconds}), encoding="utf-8")
    print(f"{len(lines)} files, {len(seconds)} tests: {MAP}")


if __name__ == "__main__":
    main()
