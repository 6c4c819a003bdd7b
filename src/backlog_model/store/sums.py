"""Checksums of a folder: one canonical text, so that a single flipped bit in any file, this one included, shows."""

import hashlib
import stat
from collections.abc import Mapping
from pathlib import Path

SUMS = "SHA256SUMS"
"""File with the checksum of every other file of a run, in the format of `sha256sum`."""

NO_FILE = "is no plain file"
"""What stands in place of the checksum of a link, a device or a pipe: it is never opened."""


def sums(digests: Mapping[str, str]) -> bytes:
    r"""Text of some checksums by path, in the order of their paths.

    Examples
    --------
    >>> sums({"b.txt": "22", "a.txt": "11"})
    b'11  a.txt\n22  b.txt\n'
    """
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Text of the checksums of some files by path."""
    return sums({path: digest_of(content) for path, content in files.items()})


def digest_of(content: bytes) -> str:
    """SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def digests_below(folder: Path) -> dict[str, str]:
    """SHA-256 by path of all files below a folder but for the list of checksums; links are not followed."""
    found = {}
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        if not stat.S_ISDIR(mode):
            found[path.relative_to(folder).as_posix()] = _digest(path) if stat.S_ISREG(mode) else NO_FILE
    found.pop(SUMS, None)
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed(content: bytes) -> dict[str, str]:
    """Checksum by path, as far as a list of checksums can be read."""
    lines = content.decode("utf-8", "replace").splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines) if path}
