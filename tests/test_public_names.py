"""The names users may rely on, and how little loads before they are used."""

import json
import subprocess
import sys

import pytest

import backlog_model

PUBLIC = [
    "BacklogModelError",
    "DataError",
    "InfeasibleError",
    "Projection",
    "Scenario",
    "ScenarioError",
    "StoreError",
    "compare",
    "funding_required",
    "load_scenario",
    "run",
]
SLOW = {"numpy", "pandas", "scipy", "statsmodels", "pydantic", "yaml"}


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running this code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_public_names_are_pinned():
    assert backlog_model.__all__ == PUBLIC
    assert len(PUBLIC) <= 15


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_loads_and_is_documented(name):
    assert getattr(backlog_model, name).__name__ == name
    assert getattr(backlog_model, name).__doc__
    assert name in dir(backlog_model)


def test_unknown_name_is_an_ordinary_attribute_error():
    with pytest.raises(AttributeError, match="'backlog_model' has no attribute 'ran'"):
        _ = backlog_model.ran


@pytest.mark.parametrize("name", [name for name in PUBLIC if name.endswith("Error")])
def test_errors_share_one_root(name):
    assert issubclass(getattr(backlog_model, name), backlog_model.BacklogModelError)


def test_importing_the_package_loads_nothing_slow():
    assert modules_after("import backlog_model") & SLOW == set()


def test_help_loads_nothing_slow():
    code = (
        "import contextlib, io, sys\n"
        "from backlog_model.cli import main\n"
        "sys.argv = ['backlog', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main()"
    )
    assert modules_after(code) & SLOW == set()


def test_module_runs_as_the_command():
    answer = subprocess.run(
        [sys.executable, "-m", "backlog_model", "--help"], capture_output=True, text=True, check=True
    )
    assert "run" in answer.stdout
