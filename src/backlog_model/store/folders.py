"""Folders of runs: how one is written, and what it says of itself."""

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from backlog_model import __version__
from backlog_model.errors import StoreError
from backlog_model.store import disk
from backlog_model.store.runs import Run, digest, place
from backlog_model.store.sums import SUMS, sums_of
from backlog_model.store.verification import damage, names_in
from backlog_model.translation import Text

FORMAT = 1
"""Version of what a folder holds and how; a later one reads all earlier ones."""

RECORD = "run.json"
SCENARIO = "scenario"
"""Folder of the files that were read, as they were."""

_LARGEST_RECORD = 2_000_000


class Stored(NamedTuple):
    """A run in its folder, by its own record.

    Attributes
    ----------
    folder : of the run
    record : what `run.json` says
    """

    folder: Path
    record: Mapping[str, Any]

    @property
    def run_id(self) -> str:
        """Name of the run."""
        return self.folder.name

    @property
    def scenario_file(self) -> Path:
        """The scenario as it was used."""
        return self.folder / SCENARIO / str(self.record["files"][0]["path"])


def contents(run: Run, files: Mapping[str, bytes], arrays: Mapping[str, str]) -> dict[str, bytes]:
    """Everything that a folder of a run holds, its checksums last.

    Parameters
    ----------
    run : what was run
    files : results by file name
    arrays : checksum of each array in them, by name
    """
    used = {f"{SCENARIO}/{place(path, run.scenario)}": path.read_bytes() for path in run.scenario.files}
    whole = {**used, **files, RECORD: _record(run, arrays)}
    return {**whole, SUMS: sums_of(whole)}


def _record(run: Run, arrays: Mapping[str, str]) -> bytes:
    """What is to be known about a run: versions, seed, the files read, when."""
    record = {
        "schema_version": FORMAT,
        "run_id": run.run_id,
        "scenario": run.scenario.name,
        "title": {"id": run.scenario.title.id, "en": run.scenario.title.en},
        "draws": run.draws,
        "seed": run.seed,
        "design": run.design if run.draws else None,
        "versions": versions(),
        "machine": f"{platform.system()} {platform.machine()}",
        "files": [{"path": place(path, run.scenario), "sha256": digest(path)} for path in run.scenario.files],
        "arrays": dict(arrays),
        "created_utc": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return (json.dumps(record, indent=2) + "\n").encode()


def versions() -> dict[str, str]:
    """What a run is made with here and now."""
    libraries = {name: version(name) for name in ("numpy", "scipy")}
    return {"backlog_model": __version__, "python": platform.python_version(), **libraries}


def placed(run_id: str, folder: Path, files: Mapping[str, bytes]) -> Path:
    """Folder of a run, in its place but not yet in the index; all else as `keeping.keep` says."""
    final = folder / run_id
    try:
        if (final.exists() or final.is_symlink()) and not (final / RECORD).is_file() and not (final / SUMS).is_file():
            raise StoreError(
                Text("{final}: this is not a stored run; move it away or choose another folder with --out", final=final)
            )
        made = disk.draft(folder, run_id, files)
        try:
            _put_in_place(made, final)
        finally:
            disk.discard(made)  # where another stands in its place, and where it could not be put there
    except OSError as error:
        raise StoreError(
            Text("{final}: cannot be written: {reason}", final=final, reason=error.strerror or error)
        ) from error
    return final


def _put_in_place(made: Path, final: Path) -> None:
    """Rename a finished folder; a sound run that is there already stays, a damaged one makes way."""
    while not disk.rename(made, final):
        if damage(final) is None:
            return
        aside = disk.set_aside(final)
        try:
            if disk.rename(made, final):
                return
        except OSError:
            disk.rename(aside, final)
            raise


def read(folder: Path) -> Stored | None:
    """A run by its own record; None where that cannot be read."""
    try:
        path = folder / RECORD
        if path.stat().st_size > _LARGEST_RECORD:
            return None
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return Stored(folder, record) if _is_record(record, folder.name) else None


def _is_record(record: object, run_id: str) -> bool:
    return (
        isinstance(record, dict)
        and record.get("run_id") == run_id
        and isinstance(record.get("files"), list)
        and isinstance(record.get("schema_version", 0), int)
    )


def named(names: Sequence[str], folder: Path) -> list[Path]:
    """Folders of the runs of these names, or beginnings of names; of all runs where none is given."""
    return [folder / _only(name, folder) for name in names] if names else [folder / name for name in names_in(folder)]


def _only(name: str, folder: Path) -> str:
    found = [each for each in names_in(folder) if each.startswith(name.lower())] if name else []
    if len(found) != 1:
        many = Text("{count} runs begin so: {names}", count=len(found), names=", ".join(found[:8]))
        seen = many if found else Text("there is no such run")
        raise StoreError(
            Text("{name}: {seen}; `backlog runs list` shows those in {folder}", name=name, seen=seen, folder=folder)
        )
    return found[0]


def stored(name: str, folder: Path) -> Stored:
    """The one sound run of a name, or of the beginning of a name.

    Raises
    ------
    StoreError
        When there is none or more than one; when it is damaged, naming what is.
    """
    final = folder / _only(name, folder)
    hurt = damage(final)
    if hurt is not None:
        raise StoreError(hurt.said)
    run = read(final)
    if run is None:
        raise StoreError(
            Text(
                "{final}: this version of the package cannot read its {record}; use the version that made it",
                final=final,
                record=RECORD,
            )
        )
    if run.record.get("schema_version", 0) > FORMAT:
        raise StoreError(Text("{final}: made by a later version of this package, which can read it", final=final))
    return run
