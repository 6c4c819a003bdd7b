"""Imports point down only: every import in src is read and held against the order of the parts."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = "backlog_model"
SOURCE = Path(__file__).resolve().parents[1] / "src" / PACKAGE

GROUND = {"errors", "quantities", "streams", "progress", "translation"}
NUMERIC_LEG = (  # each sees those before it
    *("inputs", "neutral", "indicators", "levels", "summary", "tallies", "projection", "linear", "dynamics"),
)
ABOVE = (  # each row sees the rows before it, both legs and the ground; neighbours do not see each other
    {"assembly"},
    {"ensemble"},
    {"history", "cluster", "store"},
    {"analysis"},
    {"report"},
    {"web", "cli"},
    {"__main__", "__init__"},
)

# Libraries that are slow to load or belong to one side, and the parts that may import them when they are loaded
# themselves. Everyone else imports them inside the function that needs them.
READS_HISTORY = {"history", "analysis", "report"}
AT_THE_TOP = {
    "click": {"cli"},
    "dask": {"cluster"},
    "distributed": {"cluster"},
    "docx": {"report"},
    "jinja2": {"report"},
    "matplotlib": set(),
    "llvmlite": set(),
    "numba": set(),
    "openpyxl": {"report"},
    "pandas": READS_HISTORY,
    "pyarrow": set(),
    "scipy": READS_HISTORY,
    "starlette": {"web"},
    "statsmodels": {"history"},
    "uvicorn": set(),
    "vl_convert": {"report"},
    "xlsxwriter": {"report"},
}
# What reads and checks a scenario does without arrays; these compute with the values in it.
ARRAYS_IN_SCENARIO = {
    *("compound_laws", "correlation", "distributions", "mixture_law", "paths", "probability_laws"),
}
WITHOUT_ARRAYS = {"errors", "progress", "cli", "__main__", "__init__"}
PLANNERS_LIBRARIES = {"pydantic", "yaml"}


class Import(NamedTuple):
    place: str
    module: str
    target: str
    level: int
    names: tuple[str, ...]
    when_loaded: bool


def allowed_below() -> dict[str, set[str]]:
    """For each part, the parts it may import."""
    below = {part: {"errors", "translation"} - {part} for part in GROUND}
    below |= {"translation": set(), "scenario": set(GROUND)}
    for position, part in enumerate(NUMERIC_LEG):
        below[part] = GROUND | set(NUMERIC_LEG[:position])
    seen = GROUND | set(NUMERIC_LEG) | {"scenario"}
    for row in ABOVE:
        below |= {part: set(seen) for part in row}
        seen |= row
    return below


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def statements(tree: ast.AST, *, when_loaded: bool = True) -> Iterator[tuple[ast.stmt, bool]]:
    """Import statements, and whether each runs when its module is loaded."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, when_loaded
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or is_for_types_only(node)
        yield from statements(node, when_loaded=when_loaded and not later)


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports_in(path: Path) -> Iterator[Import]:
    module = module_name(path)
    for node, when_loaded in statements(ast.parse(path.read_text(encoding="utf-8"))):
        place = f"{path.relative_to(SOURCE.parent)}:{node.lineno}"
        names = tuple(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield Import(place, module, node.module or "", node.level, names, when_loaded)
        else:
            yield from (Import(place, module, name, 0, (), when_loaded) for name in names)


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def parts_imported(found: Import) -> set[str]:
    if found.target == PACKAGE:
        return {part_named(name) for name in found.names if name != "__version__"}  # a fact, not a public function
    return {part_of(found.target)}


def part_named(name: str) -> str:
    return name if (SOURCE / name).exists() or (SOURCE / f"{name}.py").exists() else "__init__"


@pytest.fixture(scope="module")
def imports() -> list[Import]:
    return [found for path in sorted(SOURCE.rglob("*.py")) for found in imports_in(path)]


@pytest.fixture(scope="module")
def own(imports: list[Import]) -> list[Import]:
    return [found for found in imports if found.target.split(".")[0] == PACKAGE]


def test_every_part_has_its_place_in_the_order():
    parts = {part_of(module_name(path)) for path in SOURCE.rglob("*.py")}
    assert parts <= set(allowed_below())


def test_imports_point_down(own):
    below = allowed_below()
    wrong = [
        f"{found.place}: {part_of(found.module)} must not import {part}"
        for found in own
        for part in parts_imported(found) - {part_of(found.module)}
        if part not in below.get(part_of(found.module), set())
    ]
    assert wrong == []


def test_the_two_legs_do_not_know_each_other():
    below = allowed_below()
    assert below["scenario"] == GROUND
    assert "scenario" not in set.union(*(below[part] for part in NUMERIC_LEG))


def test_no_module_imports_itself_through_others(own):
    modules = {module_name(path) for path in SOURCE.rglob("*.py")}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for found in own:
        inner = {f"{found.target}.{name}" for name in found.names} & modules
        graph[found.module] |= (inner or {found.target}) - {found.module}
    TopologicalSorter(graph).prepare()  # raises CycleError with the modules of the circle


def test_no_relative_and_no_star_imports(imports):
    assert [found.place for found in imports if found.level or "*" in found.names] == []


def test_one_look_upward_is_by_name():
    """A projection shows itself in a notebook: the one place below the report that loads it, when somebody looks."""
    below = set(NUMERIC_LEG) | GROUND | {"scenario", "assembly", "ensemble", "history", "cluster", "store", "analysis"}
    found = [
        (part_of(module_name(path)), ast.unparse(node.args[0]))
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("import_module", "importlib.import_module")
    ]
    assert [each for each in found if each[0] in below] == [("projection", "'backlog_model.report.notebook'")]


def test_slow_libraries_load_only_where_they_are_needed(imports):
    wrong = [
        f"{found.place}: import {found.target} inside the function that needs it"
        for found in imports
        if found.when_loaded and part_of(found.module) not in AT_THE_TOP.get(library(found), {part_of(found.module)})
    ]
    assert wrong == []


def test_arrays_and_yaml_stay_on_their_sides(imports):
    wrong = [
        f"{found.place}: {found.target}"
        for found in imports
        if (library(found) == "numpy" and not may_use_arrays(found))
        or (library(found) in PLANNERS_LIBRARIES and part_of(found.module) in GROUND | set(NUMERIC_LEG))
    ]
    assert wrong == []


def library(found: Import) -> str:
    return found.target.split(".")[0]


def may_use_arrays(found: Import) -> bool:
    if part_of(found.module) == "scenario":
        return found.module.split(".")[-1] in ARRAYS_IN_SCENARIO
    return part_of(found.module) not in WITHOUT_ARRAYS or not found.when_loaded


def test_the_reader_sees_imports_inside_functions_and_for_types(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "SOURCE", tmp_path / PACKAGE)
    path = tmp_path / PACKAGE / "errors.py"
    path.parent.mkdir()
    path.write_text(
        "import numpy.linalg\nif TYPE_CHECKING:\n    import pandas\ndef f():\n    from scipy import stats\n",
        encoding="utf-8",
    )
    found = [(entry.target, entry.when_loaded) for entry in imports_in(path)]
    assert found == [("numpy.linalg", True), ("pandas", False), ("scipy", False)]
