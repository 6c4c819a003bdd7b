"""Mutation score: one small wrong change at a time in the model or the loaders, and whether any test notices.

    python benchmarks/reliability/mutants.py --map            once: which tests run which lines (all cores, minutes)
    python benchmarks/reliability/mutants.py --count 300      that many changes, drawn with --seed; survivors are listed

Needs the dependency group `reliability` (coverage, pytest-cov). A change is drawn evenly over all that can be made:
operators of comparison, arithmetic and logic, numbers, minimum and maximum, conditions. Words of messages are left
alone. The tests that run the line are tried, the fewest-lines ones first; a change they all pass is a survivor.
"""

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("dynamics", "scenario")
MAP = Path(tempfile.gettempdir()) / "backlog_model_lines.json"
FEW_TESTS, MOST_TESTS, PATIENCE = 8, 60, 300
ELSEWHERE = (  # tests of other rooms: they run the model too, but are slow and not about it
    *(
        "journeys",
        "test_page.py",
        "test_sheets.py",
        "test_forms.py",
        "test_charts.py",
        "test_figures*.py",
        "test_brief.py",
    ),
    *("test_calibration*.py", "test_forecasting*.py", "test_reconciliation.py", "test_synchronisation.py"),
    *("test_targets*.py", "test_verdict.py", "test_funding_*.py", "test_gaming.py", "test_tournament.py"),
    *("test_store*.py", "test_resume.py", "test_same_bits.py", "test_hostile.py", "test_long_table.py"),
)

SWAPS = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult},
}
NAMES = {"minimum": "maximum", "maximum": "minimum", "min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One wrong change: the file, the line it stands on, what is changed, and the whole file as it then is."""

    file: str
    line: int
    what: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change that can be made in a file."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT / "src").as_posix()
    number = 0
    while True:
        tree = ast.parse(text)
        found = _change(tree, number)
        if found is None:
            return
        yield Mutant(name, *found, ast.unparse(tree))
        number += 1


def _change(tree: ast.Module, wanted: int) -> tuple[int, str] | None:
    """Make the change of this number in a tree; its line and what it is."""
    for number, (node, attribute, place, new) in enumerate(_sites(tree)):
        if number == wanted:
            old = getattr(node, attribute)
            said = f"{_told(old[place] if place is not None else old)} -> {_told(new)}"
            if place is None:
                setattr(node, attribute, new)
            else:
                old[place] = new
            return node.lineno, said
    return None


def _told(value: object) -> str:
    return (
        ast.unparse(value)
        if isinstance(value, ast.expr)
        else getattr(type(value), "__name__", "") + (f" {value!r}" if not isinstance(value, ast.AST) else "")
    )


def _sites(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None, object]]:
    for node in _in_code(tree):
        if isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                if type(operator) in SWAPS:
                    yield node, "ops", place, SWAPS[type(operator)]()
        elif isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS and not _is_type(node):
            yield node, "op", None, SWAPS[type(node.op)]()
        elif isinstance(node, ast.Constant) and isinstance(node.value, int | float) and type(node.value) is not bool:
            yield node, "value", None, node.value + 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node, "value", None, not node.value
        elif isinstance(node, ast.Attribute) and node.attr in NAMES:
            yield node, "attr", None, NAMES[node.attr]
        elif isinstance(node, ast.Name) and node.id in NAMES:
            yield node, "id", None, NAMES[node.id]
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield node, "test", None, ast.UnaryOp(ast.Not(), node.test)


def _is_type(node: ast.AST) -> bool:
    """Whether `|` and the like stand in a type: they are not among the swaps anyway, but text joined by + may be."""
    return isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _in_code(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes of code that does something: not words of messages, annotations, or code for type checkers."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in ("Text", "joined"):
            continue
        if isinstance(child, ast.AnnAssign):
            if child.value is not None:
                yield from _in_code(ast.Expr(child.value))
            continue
        if isinstance(child, ast.arguments):
            for default in (*child.defaults, *(each for each in child.kw_defaults if each)):
                yield from _in_code(ast.Expr(default))
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from _in_code(child)


def draw_map() -> None:
    """Write down which tests run each line."""
    data = Path(tempfile.mkdtemp()) / "coverage"
    command = [sys.executable, "-m", "pytest", "tests", "-q", "-n", "auto", "-p", "no:benchmark"]
    command += [f"--ignore-glob=tests/{name}" for name in ELSEWHERE]
    command += [*(f"--cov=backlog_model.{part}" for part in PARTS), "--cov-context=test", "--cov-report="]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(data)}, check=False)
    from coverage import CoverageData

    found = CoverageData(str(data))
    found.read()
    lines: dict[str, dict[str, list[str]]] = {}
    for file in found.measured_files():
        name = Path(file).as_posix().partition("/src/")[2]
        by_line = found.contexts_by_lineno(file)
        lines[name] = {
            str(line): sorted({each.partition("|")[0] for each in by_line[line] if each}) for line in by_line
        }
    MAP.write_text(json.dumps(lines), encoding="utf-8")
    print(f"{len(lines)} files; {MAP}")


def outcome(mutant: Mutant, tests: list[str]) -> str:
    """`killed`, `survived`, or `uncovered` where no test runs the line."""
    if not tests:
        return "uncovered"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "src", Path(folder) / "src", ignore=shutil.ignore_patterns("__pycache__"))
        (Path(folder) / "src" / mutant.file).write_text(mutant.source, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(Path(folder) / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        noticed = any(_noticed(some, environment) for some in (tests[:FEW_TESTS], tests[FEW_TESTS:]) if some)
    return "killed" if noticed else "survived"


def _noticed(tests: list[str], environment: dict[str, str]) -> bool:
    """Whether some tests fail, or never end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:benchmark", *tests]
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=PATIENCE).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def tests_of(mutant: Mutant, lines: dict[str, dict[str, list[str]]], counts: dict[str, int]) -> list[str]:
    """Tests that run the line of a mutant, those that run the fewest lines first: they are quick and to the point."""
    named = lines.get(mutant.file, {}).get(str(mutant.line), [])
    return sorted(named, key=lambda test: counts.get(test, 0))[:MOST_TESTS]


def main() -> None:
    """Draw mutants and print the score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--map", action="store_true")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.map:
        draw_map()
        return
    lines = json.loads(MAP.read_text(encoding="utf-8"))
    counts: dict[str, int] = {}
    for by_line in lines.values():
        for tests in by_line.values():
            for test in tests:
                counts[test] = counts.get(test, 0) + 1
    every = [
        one
        for part in PARTS
        for path in sorted((ROOT / "src/backlog_model" / part).rglob("*.py"))
        for one in mutants(path)
    ]
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    score: dict[str, dict[str, int]] = {part: {"killed": 0, "survived": 0, "uncovered": 0} for part in PARTS}
    with ThreadPoolExecutor(asked.workers) as pool:
        found = pool.map(lambda mutant: (mutant, outcome(mutant, tests_of(mutant, lines, counts))), drawn)
        for mutant, what in found:
            part = mutant.file.split("/")[1]
            score[part][what] += 1
            if what != "killed":
                print(f"{what}: {mutant.file}:{mutant.line}: {mutant.what}", flush=True)
    for part, counted in score.items():
        tried = sum(counted.values())
        print(f"{part}: {counted}, {100 * counted['killed'] / max(tried, 1):.1f} % killed")
    print(f"{len(drawn)} of {len(every)} possible changes, seed {asked.seed}")


if __name__ == "__main__":
    main()
