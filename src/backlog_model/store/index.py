"""The list of runs, kept in SQLite so that thousands are listed at once; it holds nothing that folders do not say.

Whatever happens to it, no run is lost: rows that are missing are added, rows of folders that are gone are dropped, and
a damaged file is made anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from backlog_model.store import disk
from backlog_model.store.folders import Stored, read
from backlog_model.store.verification import names_in

INDEX = "index.sqlite"
_VERSION = 1
_WAIT_SECONDS = 30.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS runs (run_id TEXT PRIMARY KEY, scenario TEXT, title_id TEXT, title_en TEXT, "
    "draws INTEGER, seed INTEGER, design TEXT, version TEXT, created_utc TEXT)"
)
_PUT = "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT * FROM runs ORDER BY created_utc DESC, run_id"


class Row(NamedTuple):
    """One run in the list; None where its record does not say."""

    run_id: str
    scenario: str | None
    title_id: str | None
    title_en: str | None
    draws: int | None
    seed: int | None
    design: str | None
    version: str | None
    created_utc: str | None


def runs_in(folder: Path) -> list[Row]:
    """Every run in a folder, the newest first, damaged ones included; from the index, brought up to date."""
    if not folder.is_dir():
        return []
    try:
        return _listed(folder)
    except sqlite3.Error:  # damaged, or in a folder that cannot be written to
        try:
            return rebuilt(folder)
        except (OSError, sqlite3.Error):
            return sorted(_rows(folder, names_in(folder)), key=_newest_first)


def note(folder: Path, run_id: str) -> None:
    """Put one run into the index of a folder, from its own record."""
    with _open(folder / INDEX) as index:
        index.executemany(_PUT, _rows(folder, [run_id]))


def rebuilt(folder: Path) -> list[Row]:
    """Every run in a folder, with an index made anew from the folders; what was never finished is swept away."""
    disk.sweep(folder)
    draft = folder / f"{INDEX}.new"
    draft.unlink(missing_ok=True)
    rows = sorted(_rows(folder, names_in(folder)), key=_newest_first)
    with _open(draft) as index:
        index.executemany(_PUT, rows)
    draft.replace(folder / INDEX)
    return rows


def _listed(folder: Path) -> list[Row]:
    with _open(folder / INDEX) as index:
        known = {run_id for (run_id,) in index.execute("SELECT run_id FROM runs")}
        there = set(names_in(folder))
        index.executemany("DELETE FROM runs WHERE run_id = ?", [(name,) for name in known - there])
        index.executemany(_PUT, _rows(folder, sorted(there - known)))
        return [Row(*row) for row in index.execute(_ALL)]


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """The index, locked for this process until the end; nothing is kept of what fails."""
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as index:
        index.execute("BEGIN IMMEDIATE")
        try:
            if index.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
                raise sqlite3.DatabaseError("made by another version")
            index.execute(_TABLE)
            index.execute(f"PRAGMA user_version = {_VERSION}")
            yield index
        except BaseException:
            if index.in_transaction:
                index.execute("ROLLBACK")
            raise
        index.execute("COMMIT")


def _rows(folder: Path, names: Iterable[str]) -> list[Row]:
    return [_row(name, read(folder / name)) for name in names]


def _row(name: str, run: Stored | None) -> Row:
    if run is None:
        return Row(name, *(None,) * (len(Row._fields) - 1))
    title, versions = _below(run.record, "title"), _below(run.record, "versions")
    texts = [
        *(run.record.get("scenario"), title.get("id"), title.get("en"), run.record.get("draws")),
        *(run.record.get("seed"), run.record.get("design"), versions.get("backlog_model")),
        run.record.get("created_utc"),
    ]
    return Row._make([name, *(each if isinstance(each, str | int) else None for each in texts)])


def _below(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _newest_first(row: Row) -> tuple[bool, str, str]:
    when = row.created_utc or ""
    return when == "", "".join(chr(0x10FFFF - ord(letter)) for letter in when), row.run_id
