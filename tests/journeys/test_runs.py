"""`backlog runs`: what was made is listed, shown, made again and checked, in both languages."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backlog_model.store import disk
from backlog_model.store.blocks import PARTS

TEMPLATE = Path(__file__).parents[2] / "scenarios" / "template" / "scenario.yaml"


@pytest.fixture
def made(backlog):
    """Name of a run that is kept in the folder `runs`."""
    return Path(backlog("run", TEMPLATE, "--draws", 40, "--quiet")[1].strip()).parent.name


def test_a_run_is_listed_shown_and_made_again(backlog, made):
    assert made in backlog("runs", "list")[1]
    assert json.loads(backlog("runs", "list", "--json")[1])["runs"][0]["draws"] == 40
    code, out, _ = backlog("runs", "show", made[:4], "--lang", "en")
    assert code == 0
    assert "40 random draws (Latin hypercube), seed 1" in out
    assert "scenario.yaml" in out
    code, out, err = backlog("runs", "replay", made[:5], "--lang", "en")
    assert (code, err) == (0, "")
    assert "the same to the last bit" in out
    assert backlog("runs", "verify", "--lang", "id")[:2] == (0, "1 run, semuanya utuh.\n")


def test_a_damaged_run_is_named_and_its_numbers_are_not_shown(backlog, made, tmp_path):
    table = tmp_path / "runs" / made / "values.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("25000", "25001", 1), encoding="utf-8", newline="\n")
    code, out, _ = backlog("runs", "verify", "--lang", "en")
    assert code == 4
    assert f"{made}: damaged; changed: values.csv" in out
    for command in ("show", "replay"):
        code, out, err = backlog("runs", command, made, "--lang", "en")
        assert (code, out) == (3, "")
        assert "damaged; changed: values.csv" in err


def test_the_index_is_made_anew(backlog, made, tmp_path):
    (tmp_path / "runs" / "index.sqlite").write_bytes(b"broken")
    assert backlog("runs", "rebuild", "--lang", "en")[1] == "Index made anew: 1 runs.\n"
    assert backlog("runs", "rebuild", "--store", "nowhere", "--lang", "en")[0] == 2


def test_runs_behind_a_report_are_kept_and_can_be_made_again(backlog, tmp_path):
    assert backlog("report", TEMPLATE, "--draws", 40, "--out", "numbers.csv", "--store", "kept")[0] == 0
    (run,) = (path for path in (tmp_path / "kept").iterdir() if path.is_dir())
    assert "the same to the last bit" in backlog("runs", "replay", run.name, "--store", "kept", "--lang", "en")[1]


def test_a_run_that_was_moved_with_its_folder_still_replays(backlog, made, tmp_path):
    shutil.move(tmp_path / "runs", tmp_path / "elsewhere")
    assert backlog("runs", "replay", made, "--store", "elsewhere")[0] == 0


def test_a_full_disk_is_said_before_anything_is_simulated(backlog, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1000))
    code, out, err = backlog("run", TEMPLATE, "--draws", 40, "--lang", "en")
    assert (code, out) == (3, "")
    assert "MB is free; make room, or choose another folder" in err


def full_for_parts(write):
    """Writing to a disk that has no room for parts of a run under way."""

    def written(path, content):
        if path.name.endswith(".block.new"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content)

    return written


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the mains are pulled with a signal")
def test_a_large_run_whose_plug_is_pulled_goes_on_and_ends_with_the_same_bits(backlog, tmp_path, monkeypatch):
    asked = ["run", str(TEMPLATE), "--draws", "60000", "--seed", "5", "--quiet"]
    started = subprocess.Popen([sys.executable, "-m", "backlog_model", *asked, "--out", "cut"], cwd=tmp_path)
    patience = time.monotonic() + 120
    while not list(tmp_path.glob(f"cut/{PARTS}*/*.block")) and time.monotonic() < patience and started.poll() is None:
        time.sleep(0.01)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert [path.name for path in (tmp_path / "cut").iterdir() if not path.name.startswith(".")] == []
    code, _, err = backlog(*asked[:-1], "--lang", "en", "--out", "cut")
    assert code == 0
    assert "goes on with a run that was interrupted" in err
    monkeypatch.setattr(disk, "write", full_for_parts(disk.write))
    code, _, err = backlog(*asked, "--lang", "en", "--out", "whole")
    assert code == 0
    assert err.count("finished parts cannot be kept in whole (No space left on device); the run goes on") == 1
    tables = [path.read_bytes() for path in sorted(tmp_path.glob("*/*/values.csv"))]
    assert len(tables) == 2
    assert tables[0] == tables[1]
