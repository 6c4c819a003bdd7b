"""Runs on disk: a folder for each, named by what went into it, written whole or not at all."""

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from backlog_model import __version__
from backlog_model.errors import StoreError
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Design
from backlog_model.translation import Text

SCHEMA_VERSION = 1
RECORD = "run.json"
_LENGTH = 12
_TABLES = (".csv",)


class Run(NamedTuple):
    """What a run is made from; the same in every folder and on every machine."""

    run_id: str
    scenario: Scenario
    draws: int
    seed: int
    design: Design


def described(scenario: Scenario, *, draws: int, seed: int, design: Design) -> Run:
    """A run with its name: a digest of the scenario and its tables, this package's version, draws, seed and design."""
    tables = {place(path, scenario): digest(path) for path in scenario.files if path.suffix.lower() in _TABLES}
    drawn = design if draws else None  # a run without draws has no design
    made_from = [scenario.name, _as_text_keys(scenario.as_written()), tables, __version__, draws, seed, drawn]
    text = json.dumps(made_from, sort_keys=True, default=str)
    return Run(hashlib.sha256(text.encode()).hexdigest()[:_LENGTH], scenario, draws, seed, design)


def _as_text_keys(entry: Any) -> Any:
    """The same data with every key as text: years are numbers where people write them, and keys have to sort."""
    if isinstance(entry, Mapping):
        return {str(key): _as_text_keys(below) for key, below in entry.items()}
    return [_as_text_keys(each) for each in entry] if isinstance(entry, list | tuple) else entry


def place(path: Path, scenario: Scenario) -> str:
    """Path of a file as seen from the scenario's folder: the same on every machine."""
    return path.relative_to(scenario.folder).as_posix()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(run: Run, folder: Path, files: Mapping[str, str]) -> Path:
    """Folder of a run with these files and its record; takes the place of the same run made before.

    Parameters
    ----------
    run : what was run
    folder : where runs are kept; made when it is not there
    files : text by file name

    Raises
    ------
    StoreError
        When it cannot be written, or something else stands in its place; nothing is changed then.
    """
    final = folder / run.run_id
    if final.exists() and not (final / RECORD).is_file():
        raise StoreError(
            Text("{final}: this is not a stored run; move it away or choose another folder with --out", final=final)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{run.run_id}-", dir=folder, ignore_cleanup_errors=True) as scratch:
            made = Path(scratch) / "new"
            made.mkdir()
            for name, text in {**files, RECORD: _record(run)}.items():
                (made / name).write_text(text, encoding="utf-8", newline="\n")
            _put_in_place(made, final, Path(scratch) / "old")
    except OSError as error:
        raise StoreError(
            Text("{final}: cannot be written: {reason}", final=final, reason=error.strerror or error)
        ) from error
    return final


def _put_in_place(made: Path, final: Path, aside: Path) -> None:
    """Rename the finished folder; the run it replaces comes back when that fails."""
    if final.exists():
        final.replace(aside)
    try:
        made.replace(final)
    except OSError:
        if aside.exists():
            aside.replace(final)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _record(run: Run) -> str:
    """What is to be known about a run: versions, seed, the files read, when."""
    record = {
        "schema_version": SCHEMA_VERSION,
        "run_id": run.run_id,
        "scenario": run.scenario.name,
        "draws": run.draws,
        "seed": run.seed,
        "design": run.design if run.draws else None,
        "versions": {
            "backlog_model": __version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
        },
        "files": [{"path": place(path, run.scenario), "sha256": digest(path)} for path in run.scenario.files],
        "created_utc": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(record, indent=2) + "\n"
