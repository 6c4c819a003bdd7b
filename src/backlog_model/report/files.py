"""Files for people, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from backlog_model.errors import StoreError
from backlog_model.translation import Text


def write(content: str | bytes, path: Path) -> None:
    """A file with this content, whole or not at all.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        draft.replace(path)
    except OSError as error:
        raise StoreError(
            Text("{path}: cannot be written: {reason}", path=path, reason=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Refuse a place where no file can be written, before the work that would be lost.

    Raises
    ------
    StoreError
        For a folder, for a file that is locked, and below anything that is no folder or may not be written in.
    """
    try:
        if path.exists():
            path.open("r+b").close()
        folder = next(each for each in path.absolute().parents if each.exists())
    except OSError as error:
        raise StoreError(
            Text("{path}: cannot be written: {reason}", path=path, reason=error.strerror or error)
        ) from error
    if not folder.is_dir():
        raise StoreError(Text("{path}: cannot be written: {folder} is not a folder", path=path, folder=folder))
    if not os.access(folder, os.W_OK):
        raise StoreError(Text("{path}: cannot be written: {folder} may not be written in", path=path, folder=folder))
