"""Compiled code is kept on disk whole or not at all, and compiled only where it can be and has to be."""

import hashlib
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from backlog_model.dynamics.compiled import machine_code
from backlog_model.dynamics.compiled.machine_code import Machine

pytest.importorskip("llvmlite")

STORE = "define void @{name}(ptr %at, i64 %number) {{\n  store i64 %number, ptr %at\n  ret void\n}}"
CODE = b"some code"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where code is kept: in a folder that is not there yet, inside one that is not there yet."""
    start = tmp_path / "not" / "there"
    monkeypatch.setenv("XDG_CACHE_HOME", str(start))
    monkeypatch.setenv("LOCALAPPDATA", str(start))
    monkeypatch.setattr(machine_code, "_loaded", {})
    return start / "backlog_model"


@pytest.mark.parametrize(
    ("features", "lanes"), [("+avx2,+avx512f,+avx512bw", 8), ("+avx2,-avx512f", 4), ("", 4), ("+avx2", 4)]
)
def test_vectors_are_as_long_as_the_processor_works_on(features: str, lanes: int) -> None:
    assert Machine("any", features, "0.45.0").lanes == lanes


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("0.44.1", False),
        ("0.45.0", True),
        ("0.45.0rc1", True),
        ("0.46.0", True),
        ("0.9.0", False),
        ("0.100.2", True),
        ("1.0.0", True),
    ],
)
def test_releases_that_read_our_code(monkeypatch: pytest.MonkeyPatch, release: str, expected: bool) -> None:
    monkeypatch.setattr(machine_code, "find_spec", lambda name: name)
    monkeypatch.setattr(machine_code, "version", lambda _: release)
    assert machine_code.is_available() is expected


def test_nothing_is_compiled_where_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_code, "find_spec", lambda _: None)
    monkeypatch.setattr(machine_code, "version", lambda _: "1.0.0")
    assert machine_code.is_available() is False


@pytest.mark.parametrize(
    ("platform", "variable", "other"),
    [("linux", "XDG_CACHE_HOME", "LOCALAPPDATA"), ("win32", "LOCALAPPDATA", "XDG_CACHE_HOME")],
)
def test_the_user_may_say_where_code_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str, other: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path / "mine"))
    monkeypatch.setenv(other, str(tmp_path / "other"))
    assert machine_code.cache_folder() == tmp_path / "mine" / "backlog_model"


@pytest.mark.parametrize(
    ("platform", "expected"), [("linux", (".cache",)), ("darwin", (".cache",)), ("win32", ("AppData", "Local"))]
)
def test_code_is_kept_below_the_home_folder_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, expected: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("LOCALAPPDATA", "")
    assert machine_code.cache_folder() == tmp_path.joinpath(*expected, "backlog_model")


def test_kept_code_is_found_again(folder: Path) -> None:
    assert machine_code._kept("one") is None
    machine_code._keep("one", CODE)
    machine_code._keep("two", b"")
    assert sorted(path.name for path in folder.iterdir()) == ["one", "two"]
    assert (folder / "one").read_bytes() == hashlib.sha256(CODE).digest() + CODE
    assert machine_code._kept("one") == CODE
    assert machine_code._kept("two") == b""
    assert machine_code._kept("three") is None


def test_code_is_kept_again_over_what_was_there() -> None:
    machine_code._keep("one", b"older code")
    machine_code._keep("one", CODE)
    assert machine_code._kept("one") == CODE


@pytest.mark.parametrize("place", [0, 31, 32, -1], ids=["sum", "end of sum", "start of code", "end of code"])
def test_a_damaged_byte_is_noticed(folder: Path, place: int) -> None:
    machine_code._keep("one", CODE)
    held = bytearray((folder / "one").read_bytes())
    held[place] ^= 1
    (folder / "one").write_bytes(held)
    assert machine_code._kept("one") is None


@pytest.mark.parametrize("there", [199, 200, 203])
def test_the_oldest_of_more_than_two_hundred_files_make_room(folder: Path, there: int) -> None:
    folder.mkdir(parents=True)
    for number in range(there):
        path = folder / f"{number:03d}"
        path.touch()
        os.utime(path, (number, number))
    machine_code._keep("newest", CODE)
    left = sorted(path.name for path in folder.iterdir())
    assert left == [*(f"{number:03d}" for number in range(there - 199, there)), "newest"]


def test_what_cannot_be_kept_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))
    machine_code._keep("one", CODE)
    assert machine_code._kept("one") is None


def test_code_is_compiled_once_and_then_read(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def compiling(text: str) -> bytes:
        compiled.append(text)
        return CODE

    monkeypatch.setattr(machine_code, "_compiled", compiling)
    assert [machine_code._object_code("one", "text") for _ in range(3)] == [CODE] * 3
    assert compiled == ["text"]
    assert machine_code._object_code("two", "other") == CODE
    assert compiled == ["text", "other"]


def test_a_function_is_compiled_called_and_shared(folder: Path) -> None:
    held = np.zeros(2, dtype=np.int64)
    address: int = held.__array_interface__["data"][0]
    first = machine_code.function_of(STORE.format(name="first"), "first", 2)
    other = machine_code.function_of(STORE.format(name="other"), "other", 2)
    first(address, 7)
    other(address + 8, -3)
    assert held.tolist() == [7, -3]
    assert machine_code.function_of(STORE.format(name="first"), "first", 2) is first
    assert first is not other
    assert len(list(folder.iterdir())) == 2
