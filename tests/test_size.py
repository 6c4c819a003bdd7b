"""Rooms stay small: a file at most 400 lines, a function at most 50 without its docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1]
FILES = [
    FOLDER / "go.py",
    *(path for name in ("src", "tests", "benchmarks", "examples") for path in sorted((FOLDER / name).rglob("*.py"))),
]
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Name and length of each function, from its first statement after the docstring to its last line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_file_and_its_functions_are_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES_OF_A_FILE
    assert [(name, lines) for name, lines in functions(ast.parse(text)) if lines > LINES_OF_A_FUNCTION] == []


def test_docstring_does_not_count():
    tree = ast.parse('def short():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n')
    assert list(functions(tree)) == [("short", 2)]
