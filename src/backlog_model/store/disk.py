"""The few things that are done to files: each either happens wholly or leaves what was there before."""

import os
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

NEW = ".new-"
"""How the name of a folder begins that is not finished; no run has such a name."""

_LEFT_BEHIND = 24 * 3600.0  # seconds after which no writer can still be at work

ASIDE = ".damaged-"
"""How the name begins of a damaged run that another has taken the place of."""


def draft(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """A folder, not yet in its place, that holds these files; everything in it has reached the disk.

    Parameters
    ----------
    folder : where it is made; made itself when it is not there
    name : what it is to be called later
    files : bytes by path below it
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{NEW}{name}-{os.getpid()}-{secrets.token_hex(4)}"
    made.mkdir()
    try:
        for path, content in files.items():
            write(made / path, content)
        for below in sorted({made / parent for path in files for parent in Path(path).parents}, reverse=True):
            flush_folder(below)
    except BaseException:
        discard(made)
        raise
    return made


def write(path: Path, content: bytes) -> None:
    """A new file whose bytes have reached the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Names in a folder reach the disk too, where a system can be asked for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(path: Path, final: Path) -> bool:
    """Whether a finished folder has come to its place; false where a folder with something in it stands there."""
    try:
        path.rename(final)
    except OSError:
        if final.is_dir():
            return False
        raise
    flush_folder(final.parent)
    return True


def set_aside(path: Path) -> Path:
    """A folder moved out of the way, under a name that no run has."""
    aside = path.with_name(f"{ASIDE}{path.name}-{secrets.token_hex(4)}")
    path.rename(aside)
    return aside


def sweep(folder: Path) -> None:
    """Remove what writers left unfinished that were killed more than a day ago."""
    for path in folder.glob(f"{NEW}*"):
        if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
            discard(path)


def discard(path: Path) -> None:
    """Remove a folder that nobody needs; what cannot be removed stays, under a name that no run has."""
    shutil.rmtree(path, ignore_errors=True)
