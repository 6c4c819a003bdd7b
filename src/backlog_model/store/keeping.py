"""A finished run, kept: its folder first, then its line in the index."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from backlog_model.errors import StoreError
from backlog_model.store import folders, index
from backlog_model.translation import Text

_MARGIN = 1.1
_SMALL_CHANGE = 2**20  # bytes: folders, checksums, the index


def keep(run_id: str, folder: Path, files: Mapping[str, bytes]) -> Path:
    """Folder of a run, written whole or not at all, and listed; a sound run of the same name stays as it is.

    Parameters
    ----------
    run_id : name of the run
    folder : where runs are kept; made when it is not there
    files : everything in it, as from `contents`

    Raises
    ------
    StoreError
        When it cannot be written, or something else stands in its place; nothing is changed then.
    """
    check_room(folder, sum(len(content) for content in files.values()))
    final = folders.placed(run_id, folder, files)
    with suppress(OSError, sqlite3.Error):  # the folder is what counts: the list catches up when it is next asked for
        index.note(folder, run_id)
    return final


def check_room(folder: Path, needed: int) -> None:
    """Refuse to begin what the disk cannot take.

    Raises
    ------
    StoreError
        With what is needed and what is free.
    """
    free = _free_bytes(folder)
    if free is not None and needed * _MARGIN + _SMALL_CHANGE > free:
        raise StoreError(
            Text(
                "{folder}: this needs about {needed:_.1f} MB and {free:_.1f} MB is free; make room, or choose another "
                "folder",
                folder=folder,
                needed=(needed * _MARGIN + _SMALL_CHANGE) / 1e6,
                free=free / 1e6,
            )
        )


def _free_bytes(folder: Path) -> int | None:
    """Bytes that are free where a folder is, or will be; None where the system does not say."""
    for each in (folder, *folder.absolute().parents):
        with suppress(OSError):
            return shutil.disk_usage(each).free
    return None
