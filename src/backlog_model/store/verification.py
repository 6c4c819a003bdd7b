"""Whether a stored run is what was written: every byte of it, and nothing else."""

from pathlib import Path
from typing import NamedTuple

from backlog_model.store.runs import is_name
from backlog_model.store.sums import SUMS, digests_below, listed, sums
from backlog_model.translation import Text, joined

_SHOWN = 6


class Damage(NamedTuple):
    """What is wrong with a stored run.

    Attributes
    ----------
    folder : of the run
    changed, missing, added : paths of files that are not as written, not there, or were not written
    unreadable : why nothing can be said; empty where something can
    """

    folder: Path
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unreadable: str = ""

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        parts = (
            (Text("changed: {files}", files=", ".join(self.changed[:_SHOWN])), self.changed),
            (Text("missing: {files}", files=", ".join(self.missing[:_SHOWN])), self.missing),
            (Text("added: {files}", files=", ".join(self.added[:_SHOWN])), self.added),
        )
        return self.unreadable or joined([said for said, paths in parts if paths], "; ")

    @property
    def said(self) -> Text:
        """Which run it is and what is wrong with it, in a sentence."""
        return Text("{folder}: damaged; {what}", folder=self.folder, what=self.what)


def damage(folder: Path) -> Damage | None:
    """What is wrong with a stored run; None where every file is as it was written."""
    try:
        written = (folder / SUMS).read_bytes()
        actual = digests_below(folder)
    except OSError as error:
        what = Path(error.filename).name if error.filename else "a file"
        said = Text("{what} cannot be read: {reason}", what=what, reason=error.strerror or error)
        return Damage(folder, unreadable=said)
    if sums(actual) == written:
        return None
    return _difference(folder, actual, listed(written))


def is_sound(folder: Path) -> bool:
    """Whether a run is there and every file of it is as it was written."""
    return folder.is_dir() and damage(folder) is None


def _difference(folder: Path, actual: dict[str, str], written: dict[str, str]) -> Damage:
    changed = tuple(path for path in actual if path in written and actual[path] != written[path])
    missing = tuple(path for path in written if path not in actual)
    added = tuple(path for path in actual if path not in written)
    if not (changed or missing or added):
        changed = (SUMS,)
    return Damage(folder, changed, missing, added)


def names_in(folder: Path) -> list[str]:
    """Names of the folders that are runs, sound or not, in order."""
    return sorted(each.name for each in folder.iterdir() if is_name(each.name)) if folder.is_dir() else []


def damaged_in(folder: Path) -> list[Damage]:
    """Every damaged run of a folder, in the order of their names."""
    found = (damage(folder / name) for name in names_in(folder))
    return [each for each in found if each is not None]
