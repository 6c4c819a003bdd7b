"""What go.py decides: refusals, when to install again, what it runs."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[1]


@pytest.fixture
def go() -> ModuleType:
    spec = importlib.util.spec_from_file_location("go", FOLDER / "go.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def in_folder(go: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[list[str]]]:
    """go.py in an empty project whose environment works; gives the pip commands that were called."""
    calls: list[list[str]] = []

    def pip(command: list[str]) -> int:
        calls.append(command)
        return 0

    environment = tmp_path / ".venv"
    environment.mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    names = {"FOLDER": tmp_path, "ENVIRONMENT": environment, "WHEELS": tmp_path / "wheels"}
    names |= {"STAMP": environment / "installed.txt", "LOG": environment / "install.log"}
    for name, path in names.items():
        monkeypatch.setattr(go, name, str(path))
    monkeypatch.setattr(go, "works", lambda python: True)
    monkeypatch.setattr(go, "logged", pip)
    return lambda: calls


def test_old_python_is_refused_in_one_sentence(go):
    problem = go.age_problem((3, 10))
    assert problem == "Python 3.11 or newer is needed and this is 3.10: install a newer one, then run go.py with it."
    assert go.age_problem((3, 11)) is None
    assert go.age_problem((4, 0)) is None


def test_missing_venv_names_the_package_to_install(go):
    assert "python3.12-venv" in go.module_problem((3, 12), False)
    assert go.module_problem((3, 12), True) is None


def test_old_python_can_read_the_file():
    source = (FOLDER / "go.py").read_bytes()
    assert source.isascii()
    for word in (b'f"', b"f'", b":=", b" -> int:", b"nonlocal", b"import pathlib"):
        assert word not in source


@pytest.mark.parametrize(("system", "end"), [("nt", ("Scripts", "python.exe")), ("posix", ("bin", "python"))])
def test_interpreter_of_the_environment(go, system, end):
    assert go.python_in("somewhere", system) == os.path.join("somewhere", *end)  # noqa: PTH118 as go.py does


def test_stamp_changes_with_all_that_an_installation_depends_on(go):
    stamps = {
        go.stamp(extras, project, place)
        for extras in ("", "[dev]")
        for project in (b"a", b"b")
        for place in ("/here", "/there")
    }
    assert len(stamps) == 8


def test_test_tools_cover_a_plain_run_but_not_the_other_way_round(go):
    plain, full = (go.stamp(extras, b"project", "place") for extras in (go.PLAIN, go.WITH_TEST_TOOLS))
    assert go.is_installed(go.PLAIN, full + "\n", b"project", "place")
    assert go.is_installed(go.PLAIN, plain, b"project", "place")
    assert not go.is_installed(go.WITH_TEST_TOOLS, plain, b"project", "place")
    assert not go.is_installed(go.PLAIN, "", b"project", "place")


def test_wheels_folder_keeps_pip_off_the_network(go):
    online = go.install_command("python", "[dev]", None)
    offline = go.install_command("python", "[dev]", "wheels")
    assert "--no-index" not in online
    assert offline[-4:-2] == ["--find-links", "wheels"]
    assert "--no-index" in offline
    assert online[-1] == offline[-1] == go.FOLDER + "[dev]"


@pytest.mark.parametrize(
    ("log", "line"),
    [
        ("Looking\n  ERROR: No matching distribution found for numpy\nnote: x\n", "No matching distribution"),
        ("one\ntwo\n\n", "two"),
        ("", "no message"),
    ],
)
def test_last_error_of_a_log(go, log, line):
    assert line in go.last_error(log)


def test_installs_once_and_again_when_the_project_file_changes(go, in_folder, tmp_path):
    go.ready_python(go.PLAIN)
    go.ready_python(go.PLAIN)
    assert len(in_folder()) == 1
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    go.ready_python(go.PLAIN)
    assert len(in_folder()) == 2


def test_interrupted_or_failed_installation_is_done_again(go, in_folder, tmp_path, monkeypatch):
    go.ready_python(go.PLAIN)
    (tmp_path / ".venv" / "install.log").write_text("ERROR: no route to host\n", encoding="utf-8")

    def fail(command):
        (tmp_path / ".venv" / "install.log").write_text("ERROR: no route to host\n", encoding="utf-8")
        return 1

    with monkeypatch.context() as offline:
        offline.setattr(go, "logged", fail)
        with pytest.raises(go.SetUpError, match=r"no route to host.*connect to the internet"):
            go.ready_python(go.WITH_TEST_TOOLS)
    go.ready_python(go.PLAIN)
    assert len(in_folder()) == 2


def test_where_a_package_cannot_be_had_less_is_installed(go, in_folder, monkeypatch):
    tried = []

    def only_plain(command):
        tried.append(command[-1].removeprefix(go.FOLDER))
        return int("[" in command[-1])

    monkeypatch.setattr(go, "logged", only_plain)
    go.ready_python(go.WHOLE)
    go.ready_python(go.WHOLE)
    assert tried == ["[fast,report]", "[report]", ""]


def test_no_report_is_asked_for_where_its_packages_could_not_be_had(go, monkeypatch):
    ran = []
    monkeypatch.setattr(go, "ready_python", lambda extras: sys.executable)
    monkeypatch.setattr(go, "run", lambda command, folder=None: ran.append(command[3]) or 0)
    monkeypatch.setattr(go, "makes_reports", lambda python: False)
    assert go.main([]) == 0
    assert ran == ["run"]


def test_half_made_environment_is_made_again(go, in_folder, monkeypatch):
    made = []
    monkeypatch.setattr(go, "works", lambda python: False)
    monkeypatch.setattr(go, "make_environment", lambda: made.append(True))
    go.ready_python(go.PLAIN)
    assert made == [True]


def test_interpreter_that_is_missing_or_fails_does_not_work(go, tmp_path):
    assert not go.works(str(tmp_path / "python"))
    assert go.works(sys.executable)


def test_words_after_go_py(go, monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(go, "ready_python", lambda extras: "python" + extras)
    monkeypatch.setattr(go, "run", lambda command, folder=None: ran.append(command) or 7)
    assert go.main([]) == 7
    assert ran.pop()[2:] == ["backlog_model", "run", go.BASELINE]
    monkeypatch.setattr(go, "run", lambda command, folder=None: ran.append(command) or 0)
    monkeypatch.setattr(go, "makes_reports", lambda python: len(ran) < 2)
    assert go.main([]) == 0
    monkeypatch.setattr(go, "run", lambda command, folder=None: ran.append(command) or 7)
    assert go.main(["test", "-k", "slum"]) == 7
    assert go.main(["backlog", "check", "x.yaml"]) == 7
    assert go.main(["tset"]) == 2
    assert "python go.py test" in capsys.readouterr().err
    assert ran == [
        ["python[fast,report]", "-m", "backlog_model", "run", go.BASELINE],
        ["python[fast,report]", "-m", "backlog_model", "report", go.BASELINE, "--out", go.REPORT],
        ["python[dev]", "-m", "pytest", "-k", "slum"],
        ["python[fast,report]", "-m", "backlog_model", "check", "x.yaml"],
    ]


@pytest.mark.parametrize(("error", "code"), [("interrupt", 130), ("set-up", 1)])
def test_exit_code_when_stopped(go, monkeypatch, capsys, error, code):
    def stop(extras):
        raise KeyboardInterrupt if error == "interrupt" else go.SetUpError("No network.")

    monkeypatch.setattr(go, "ready_python", stop)
    assert go.main([]) == code
    assert capsys.readouterr().err.count("\n") == 1
