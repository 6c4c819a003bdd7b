"""Mutation score: one small wrong change at a time in the model or the loaders, and whether any test notices.

    python benchmarks/reliability/lines.py                    once: which tests run which lines
    python benchmarks/reliability/mutants.py --count 300      that many changes, drawn with --seed; survivors are listed

Needs a system that can fork. A change is drawn evenly over all that can be made: operators of comparison, arithmetic
and logic, numbers, minimum and maximum, conditions. Left alone are words of messages, and `strict=` of `zip` and the
like, which is there to stop a mistake that the code does not make. Tests are tried until one fails, the quickest first
and each kind for half a minute: those that run the line and import its file, others that run the line, others that
import the file (what they share may have been made of the line in another test). A change they all pass is a survivor.
For a line that runs only while its file is loaded (a constant, a field, a default), tests of the whole file and of
those that use it are tried.
"""

import argparse
import ast
import contextlib
import functools
import itertools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lines import MAP, ROOT

PARTS = ("dynamics", "scenario")
BATCHES = (8, 40, 400, 4000)  # tests tried at once: most changes are noticed by the first few
OPTIONS = ("-x", "-q", "-p", "no:benchmark", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SECONDS = 30.0  # of tests of each kind, as they took under coverage
PATIENCE = 240.0  # seconds of a batch that may never end
LOADED_ONCE = (  # what the tests load besides the package: once for all changes
    *("hypothesis", "numpy", "scipy.optimize", "scipy.stats", "scipy.special", "pandas", "pydantic", "yaml"),
    *("click", "click.testing", "babel.numbers", "openpyxl", "xlsxwriter", "statsmodels.api", "pytest"),
)

SWAPS = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult},
}
NAMES = {"minimum": "maximum", "maximum": "minimum", "min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One wrong change: the file, which of its changes, its line, whether that runs while loading, what is changed."""

    file: str
    number: int
    line: int
    at_import: bool
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} (no. {self.number})"

    def source(self) -> str:
        """The whole file as it then is."""
        tree = ast.parse(_source(self.file))
        node, attribute, place, new = next(itertools.islice(_sites(tree), self.number, None))
        if place is None:
            setattr(node, attribute, new)
        else:
            getattr(node, attribute)[place] = new
        return ast.unparse(tree)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change that can be made in a file."""
    name = path.relative_to(ROOT / "src").as_posix()
    tree = ast.parse(_source(name))
    inside = _inside_functions(tree)
    for number, (node, attribute, place, new) in enumerate(_sites(tree)):
        old = getattr(node, attribute)
        said = f"{_told(old[place] if place is not None else old)} -> {_told(new)}"
        yield Mutant(name, number, node.lineno, id(node) not in inside, said)


def _source(file: str) -> str:
    return (ROOT / "src" / file).read_text(encoding="utf-8")


def _inside_functions(tree: ast.Module) -> set[int]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    bodies = [body for one in functions for body in (one.body if isinstance(one, ast.FunctionDef) else [one.body])]
    return {id(node) for body in bodies for node in ast.walk(body)}


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
        if isinstance(child, ast.keyword) and child.arg == "strict":
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from _in_code(child)


class These:
    """The same test files for every change: quick, to see what the tests of one module notice by themselves."""

    def __init__(self, files: list[str]) -> None:
        self.files = files

    def of(self, mutant: Mutant) -> list[str]:
        """The files, whatever the change is."""
        del mutant
        return self.files


class Tests:
    """Which tests to try for a change, by the map of lines."""

    def __init__(self) -> None:
        found = json.loads(MAP.read_text(encoding="utf-8"))
        self.lines: dict[str, dict[str, list[str]]] = found["lines"]
        self.seconds: dict[str, float] = found["seconds"]
        self.texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")}

    def of(self, mutant: Mutant) -> list[str]:
        """Tests for a change, those about its file first."""
        named = set(self.lines.get(mutant.file, {}).get(str(mutant.line), [])) & self.seconds.keys()
        if mutant.at_import:
            named |= self._of_file(mutant.file)
            for user in self._users(mutant.file):
                named |= self._of_file(user)
        about = {test for test in self.seconds if _is_about(test, mutant.file)}
        kinds = (named & about, named - about, about - named)  # the last may use what a shared fixture made of the line
        return [test for kind in kinds for test in self._in_time(kind)]

    def _in_time(self, tests: set[str]) -> list[str]:
        """As many tests as can be run in the time, the quickest ones, in turns by file; always one."""
        ordered = sorted(tests, key=lambda test: (self.seconds[test], test))
        spent = itertools.accumulate(self.seconds[test] for test in ordered)
        by_file: dict[str, list[str]] = {}
        for test, seconds in zip(ordered, spent, strict=True):
            if seconds <= SECONDS or not by_file:
                by_file.setdefault(test.partition("::")[0], []).append(test)
        return [test for turn in itertools.zip_longest(*by_file.values()) for test in turn if test is not None]

    @functools.cache  # noqa: B019  (one object for the whole program)
    def _of_file(self, file: str) -> frozenset[str]:
        return frozenset(itertools.chain(*self.lines.get(file, {}).values())) & self.seconds.keys()

    @functools.cache  # noqa: B019
    def _users(self, file: str) -> list[str]:
        said = _imports(file)
        return [
            path.relative_to(ROOT / "src").as_posix()
            for path, text in self.texts.items()
            if any(one in text for one in said)
        ]


@functools.cache
def _is_about(test: str, file: str) -> bool:
    """Whether the file of a test imports the module of a file."""
    return any(name in _text(test.partition("::")[0]) for name in _imports(file))


def _imports(file: str) -> tuple[str, ...]:
    """How the module of a file is named where it is imported."""
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    parent, _, name = module.rpartition(".")
    return f"from {module} import", f"import {module}", f"from {parent} import {name}"


@functools.cache
def _text(test_file: str) -> str:
    return (ROOT / test_file).read_text(encoding="utf-8")


class Trial:
    """One change on trial: its own copy of the package, and a process that runs one batch of tests after another."""

    def __init__(self, mutant: Mutant, source: str, tests: list[str]) -> None:
        self.mutant = mutant
        self.batches = [
            tests[start:end] for start, end in itertools.pairwise((0, *itertools.accumulate(BATCHES))) if tests[start:]
        ]
        self.outcome = None if tests else "uncovered"
        self.folder = Path(tempfile.mkdtemp())
        if tests:
            for name in ("src", "scenarios"):  # where the package looks for its template
                shutil.copytree(ROOT / name, self.folder / name, copy_function=os.link)
            changed = self.folder / "src" / mutant.file
            changed.unlink()  # the link, not the file it shares
            changed.write_text(source, encoding="utf-8")
            self._start()

    def _start(self) -> None:
        self.process = os.fork()
        self.ends = time.monotonic() + PATIENCE
        if self.process == 0:
            os.setsid()
            _run(self.batches[0], self.folder / "src")

    def is_over(self) -> bool:
        """Whether it is known what became of the change; begins the next batch where it is not."""
        if self.outcome is None:
            ended, status = os.waitpid(self.process, os.WNOHANG)
            if not ended and time.monotonic() > self.ends:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                self.outcome = "killed"
            elif ended and status != 0:
                self.outcome = "killed"
            elif ended and len(self.batches) == 1:
                self.outcome = "survived"
            elif ended:
                del self.batches[0]
                self._start()
        if self.outcome is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        return self.outcome is not None


def _run(tests: list[str], package: Path) -> None:
    """Run tests in a process of their own against a copy of the package; never returns."""
    status = 1
    try:
        os.chdir(ROOT)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        sys.path.insert(0, str(package))
        os.environ["PYTHONPATH"] = str(package)
        import pytest

        status = int(pytest.main([*OPTIONS, *tests]))
    finally:
        os._exit(status)


def tried(drawn: list[Mutant], tests: Tests | These, workers: int, is_changed: bool) -> Iterator[tuple[Mutant, str]]:
    """Each change with what became of it, as they end."""
    waiting, running = list(reversed(drawn)), list[Trial]()
    while waiting or running:
        while waiting and len(running) < workers:
            mutant = waiting.pop()
            source = mutant.source() if is_changed else ast.unparse(ast.parse(_source(mutant.file)))
            running.append(Trial(mutant, source, tests.of(mutant)))
        for trial in [one for one in running if one.is_over()]:
            running.remove(trial)
            yield trial.mutant, trial.outcome or ""
        time.sleep(0.02)


def main() -> None:
    """Draw changes and print the score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--unchanged", action="store_true", help="make no change: then every one must survive")
    parser.add_argument("--again", type=Path, help="only the changes listed in what an earlier run printed")
    parser.add_argument("--only", default="", help="files whose path begins so, as in scenario/paths.py")
    parser.add_argument("--tests", nargs="+", default=[], help="try these test files only, without the map of lines")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not outlive a fork
    for name in LOADED_ONCE:
        __import__(name)
    paths = [path for part in PARTS for path in sorted((ROOT / "src/backlog_model" / part).rglob("*.py"))]
    every = [one for path in paths for one in mutants(path) if one.file.startswith(f"backlog_model/{asked.only}")]
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    if asked.again is not None:
        before = {line.partition(": ")[2] for line in asked.again.read_text(encoding="utf-8").splitlines()}
        drawn = [one for one in every if str(one) in before]
    score: dict[str, dict[str, int]] = {part: {"killed": 0, "survived": 0, "uncovered": 0} for part in PARTS}
    for mutant, outcome in tried(
        drawn, These(asked.tests) if asked.tests else Tests(), asked.workers, not asked.unchanged
    ):
        score[mutant.file.split("/")[1]][outcome] += 1
        if outcome != "killed":
            print(f"{outcome}: {mutant}", flush=True)
    for part, counted in score.items():
        total = sum(counted.values())
        print(f"{part}: {counted}, {100 * counted['killed'] / max(total, 1):.1f} % killed")
    print(f"{len(drawn)} of {len(every)} possible changes, seed {asked.seed}")


if __name__ == "__main__":
    main()
