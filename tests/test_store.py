"""Stored runs: written whole or not at all, never replaced while sound, verified, listed whatever happens."""

import os
import shutil
import sqlite3
import time

import pytest

from backlog_model import store
from backlog_model.errors import StoreError
from backlog_model.store import disk, index
from backlog_model.store.sums import SUMS
from stored_runs import NAME, OTHER, files


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "runs"


def test_what_is_kept_is_sound_and_listed(folder):
    final = store.keep(NAME, folder, files())
    assert store.damage(final) is None
    assert [row.run_id for row in store.runs_in(folder)] == [NAME]
    assert sorted(path.name for path in folder.iterdir()) == [NAME, index.INDEX]


def test_a_sound_run_of_the_same_name_stays(folder):
    final = store.keep(NAME, folder, files(values="old\n"))
    store.keep(NAME, folder, files(values="new\n"))
    assert (final / "values.csv").read_text(encoding="utf-8") == "old\n"


def test_a_damaged_run_makes_way_and_is_kept_aside(folder):
    final = store.keep(NAME, folder, files(values="old\n"))
    (final / "values.csv").write_text("odd\n", encoding="utf-8")
    store.keep(NAME, folder, files(values="new\n"))
    assert (final / "values.csv").read_text(encoding="utf-8") == "new\n"
    (aside,) = folder.glob(f"{disk.ASIDE}*")
    assert (aside / "values.csv").read_text(encoding="utf-8") == "odd\n"
    assert [row.run_id for row in store.runs_in(folder)] == [NAME]


def test_a_folder_that_is_no_run_is_never_replaced(folder):
    (folder / NAME).mkdir(parents=True)
    (folder / NAME / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="this is not a stored run"):
        store.keep(NAME, folder, files())
    assert (folder / NAME / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_run_that_cannot_be_put_in_place_leaves_nothing(folder, monkeypatch):
    def failing(path, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(disk, "rename", failing)
    with pytest.raises(StoreError, match="cannot be written: in use"):
        store.keep(NAME, folder, files())
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda run: (run / "values.csv").write_text("2\n", encoding="utf-8"), "changed: values.csv"),
        (lambda run: (run / "scenario" / "plan.yaml").unlink(), "missing: scenario/plan.yaml"),
        (lambda run: (run / "more.txt").write_text("", encoding="utf-8"), "added: more.txt"),
        (lambda run: (run / SUMS).unlink(), "SHA256SUMS cannot be read"),
        (lambda run: (run / SUMS).write_bytes((run / SUMS).read_bytes() + b"\n"), "changed: SHA256SUMS"),
    ],
)
def test_every_kind_of_damage_is_named(folder, harm, said):
    final = store.keep(NAME, folder, files())
    harm(final)
    assert said in store.damage(final).said
    with pytest.raises(StoreError, match="damaged"):
        store.stored(NAME, folder)


def test_a_link_in_place_of_a_file_is_damage_and_is_not_followed(folder, tmp_path):
    final = store.keep(NAME, folder, files())
    elsewhere = tmp_path / "elsewhere"
    shutil.move(final / "values.csv", elsewhere)
    try:
        (final / "values.csv").symlink_to(elsewhere)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert "changed: values.csv" in store.damage(final).said


def test_a_run_is_found_by_the_beginning_of_its_name(folder):
    other = "0123ffffffff"
    for name in (NAME, other):
        store.keep(name, folder, files(name))
    assert store.stored("0123f", folder).run_id == other
    with pytest.raises(StoreError, match=r"0123: 2 runs begin so: 0123456789ab, 0123ffffffff"):
        store.stored("0123", folder)
    with pytest.raises(StoreError, match="there is no such run"):
        store.stored("ff", folder)


def test_a_record_of_unusual_size_is_not_read(folder):
    final = store.keep(NAME, folder, files(note="x" * 2_000_000))
    assert store.damage(final) is None
    with pytest.raises(StoreError, match="this version of the package cannot read its run"):
        store.stored(NAME, folder)


@pytest.mark.parametrize("record", [{"schema_version": "one"}, {"run_id": OTHER}, {"files": "plan.yaml"}])
def test_a_record_that_says_something_else_is_not_read(folder, record):
    store.keep(NAME, folder, files(**record))
    with pytest.raises(StoreError, match="this version of the package cannot read its run"):
        store.stored(NAME, folder)


def test_a_folder_that_is_not_there_holds_no_runs(folder):
    assert store.runs_in(folder) == []
    assert not folder.exists()


def test_a_damaged_run_that_another_writer_replaces_first_is_left_to_it(folder, monkeypatch):
    final = store.keep(NAME, folder, files(values="old\n"))
    (final / "values.csv").write_text("odd\n", encoding="utf-8")
    set_aside = disk.set_aside

    def overtaken(path):
        aside = set_aside(path)
        monkeypatch.undo()
        store.keep(NAME, folder, files(values="first\n"))
        return aside

    monkeypatch.setattr(disk, "set_aside", overtaken)
    store.keep(NAME, folder, files(values="second\n"))
    assert (final / "values.csv").read_text(encoding="utf-8") == "first\n"
    assert store.damage(final) is None


def test_a_place_that_cannot_be_renamed_to_is_an_error(folder, tmp_path):
    folder.mkdir()
    with pytest.raises(FileNotFoundError):
        disk.rename(tmp_path / "nothing", folder / NAME)


def test_a_disk_whose_free_space_is_not_told_is_tried(folder, monkeypatch):
    def silent(_):
        raise OSError(5, "input/output error")

    monkeypatch.setattr(shutil, "disk_usage", silent)
    assert store.damage(store.keep(NAME, folder, files())) is None


def test_a_run_of_a_later_format_is_refused(folder):
    store.keep(NAME, folder, files(schema_version=store.FORMAT + 1))
    with pytest.raises(StoreError, match="later version"):
        store.stored(NAME, folder)


def test_the_list_follows_the_folders(folder):
    others = ["111111111111", "222222222222"]
    for name in (NAME, *others):
        store.keep(name, folder, files(name, created_utc=f"2026-01-0{len(name.strip('0'))}T00:00:00+00:00"))
    shutil.rmtree(folder / NAME)
    (folder / others[0]).rename(folder / "333333333333")
    assert {row.run_id for row in store.runs_in(folder)} == {"222222222222", "333333333333"}


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(folder, content):
    store.keep(NAME, folder, files())
    (folder / index.INDEX).write_bytes(content)
    assert [row.run_id for row in store.runs_in(folder)] == [NAME]
    assert [row.run_id for row in store.rebuilt(folder)] == [NAME]


def test_what_was_never_finished_is_swept_away_after_a_day(folder):
    store.keep(NAME, folder, files())
    for name, age in ((f"{disk.NEW}old", 25 * 3600), (f"{disk.NEW}young", 60)):
        (folder / name).mkdir()
        os.utime(folder / name, (time.time() - age,) * 2)
    store.rebuilt(folder)
    assert sorted(path.name for path in folder.iterdir()) == [f"{disk.NEW}young", NAME, index.INDEX]


def test_an_index_of_another_version_is_made_anew(folder):
    store.keep(NAME, folder, files())
    with sqlite3.connect(folder / index.INDEX) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    assert [row.draws for row in store.runs_in(folder)] == [5]


def test_a_run_whose_record_cannot_be_read_is_still_listed(folder):
    final = store.keep(NAME, folder, files())
    (final / "run.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / index.INDEX).unlink()
    assert [(row.run_id, row.scenario) for row in store.runs_in(folder)] == [(NAME, None)]


def test_a_full_disk_is_refused_with_the_numbers(folder, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1_000_000))
    with pytest.raises(StoreError, match=r"needs about 3\.2 MB and 1\.0 MB is free"):
        store.keep(NAME, folder, files(values="x" * 2_000_000))
    assert not folder.exists()
