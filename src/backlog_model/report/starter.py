"""The starter folder for another province: region table, a scenario that runs, an empty history, the input template."""

import csv
import io
import tempfile
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from backlog_model.errors import DataError, Problem
from backlog_model.report import template_words
from backlog_model.report.history_tables import history_text
from backlog_model.report.numbers import Language
from backlog_model.report.template import template
from backlog_model.scenario.findings import shown
from backlog_model.translation import Text

TEMPLATE = "input.xlsx"
_SCENARIO, _REGIONS, _PAST, _HISTORY = "scenario.yaml", "regions.csv", "history", "history/figures.csv"
_FEW = 3


def make(folder: Path, *, language: Language = "id") -> str:
    """Make a starter folder, whole or not at all; what to do next, in words.

    Parameters
    ----------
    folder : a new or an empty folder
    language : of the sheet names and prompts of the template, and of the answer

    Raises
    ------
    DataError
        When something is in the folder already, or it cannot be written.
    """
    _refuse_what_is_there(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # In the folder itself where there is one: what lies beside it can be another disk, to which nothing is renamed.
        near = folder if folder.is_dir() else folder.parent
        with tempfile.TemporaryDirectory(prefix=".init-", dir=near, ignore_cleanup_errors=True) as scratch:
            made = Path(scratch) / "new"
            _fill(made, language)
            _put_in_place(made, folder)
    except OSError as error:
        raise DataError(
            [Problem(shown(folder), Text("cannot be written: {reason}", reason=error.strerror or error))]
        ) from error
    said = template_words.MADE.said(language)
    return said.format(folder=shown(folder), scenario=shown(folder / _SCENARIO), template=shown(folder / TEMPLATE))


def _refuse_what_is_there(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DataError([Problem(shown(folder), Text("this is a file; expected a new or an empty folder"))])
    inside = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    if inside:
        more = ", ..." if len(inside) > _FEW else ""
        message = Text(
            "this folder holds {inside}{more}; expected a new or an empty folder",
            inside=", ".join(inside[:_FEW]),
            more=more,
        )
        raise DataError([Problem(shown(folder), message)])


def _fill(folder: Path, language: Language) -> None:
    _copy(_shipped(), folder)
    regions = list(csv.DictReader(io.StringIO((folder / _REGIONS).read_text(encoding="utf-8"), newline="")))
    (folder / TEMPLATE).write_bytes(template(regions, language=language))
    (folder / _HISTORY).write_text(history_text([]), encoding="utf-8", newline="")


def _copy(source: Traversable, folder: Path) -> None:
    folder.mkdir()
    for entry in source.iterdir():
        if entry.is_dir() and entry.name == _PAST:  # other folders, such as runs/, are somebody's own
            _copy(entry, folder / entry.name)
        elif entry.is_file() and not entry.name.startswith("."):
            (folder / entry.name).write_bytes(entry.read_bytes())


def _shipped() -> Traversable:
    """Files that the package brings along; in a checkout they lie among the other scenarios."""
    packed = resources.files("backlog_model") / "template"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "scenarios" / "template"


def _put_in_place(made: Path, folder: Path) -> None:
    """Rename what was made; in a folder that is there already, entry by entry, and back again when one fails."""
    if not folder.exists():
        made.replace(folder)
        return
    moved: list[str] = []
    try:
        for name in sorted(each.name for each in made.iterdir()):
            (made / name).replace(folder / name)
            moved.append(name)
    except OSError:
        for name in moved:
            (folder / name).replace(made / name)
        raise
