"""Finished parts of a run under way, so that one that was interrupted goes on where it stood.

A block is what one replicate of the draws came to. It depends on nothing but the run, so that a run made of old and new
blocks has the bits of one that was never interrupted.
"""

import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from backlog_model.store import disk
from backlog_model.store.sums import digest_of

Arrays = dict[str, npt.NDArray[Any]]

PARTS = ".blocks-"
"""How the name of the folder begins that holds the blocks of a run; no run has such a name."""

_LENGTH = 64  # characters of a checksum, which stands before the arrays


class Blocks:
    """Blocks of one run below the folder where runs are kept.

    Parameters
    ----------
    folder : where runs are kept
    run_id : name of the run
    tell : hears why a block could not be written, the first time that one could not
    """

    def __init__(self, folder: Path, run_id: str, *, tell: Callable[[str], object] | None = None) -> None:
        self._folder = folder / f"{PARTS}{run_id}"
        self._tell = tell

    def load(self, place: int, key: str) -> Arrays | None:
        """Arrays of a block; None where it is not there, was cut short, or was made under another key."""
        try:
            content = self._path(place, key).read_bytes()
        except OSError:
            return None
        arrays = content[_LENGTH:]
        if digest_of(arrays).encode() != content[:_LENGTH]:
            return None
        with np.load(io.BytesIO(arrays), allow_pickle=False) as found:
            return {name: found[name] for name in found.files}

    def save(self, place: int, key: str, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Keep a block; it is there whole or not at all.

        One that cannot be written costs the time to make it again if the run is interrupted, and is no reason to stop.
        """
        text = io.BytesIO()
        np.savez_compressed(text, allow_pickle=False, **arrays)
        content = text.getvalue()
        final = self._path(place, key)
        draft = final.with_name(f"{final.name}.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            disk.write(draft, digest_of(content).encode() + content)
            draft.replace(final)
        except OSError as error:
            tell, self._tell = self._tell, None
            if tell is not None:
                tell(error.strerror or str(error))

    def count(self) -> int:
        """Blocks that are there."""
        return sum(1 for _ in self._folder.glob("*.block"))

    def forget(self) -> None:
        """Remove all blocks: the run they belong to is kept."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, place: int, key: str) -> Path:
        return self._folder / f"{place:05d}-{key}.block"
