"""The table of numbers that scenarios take over, written beside them."""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from backlog_model.history.declaration import problem
from backlog_model.history.handover import TABLE, Estimate, written
from backlog_model.report.values import cell
from backlog_model.translation import Text

_COLUMNS = ("key", "region", "year", "value", "low", "high", "kind", "source", "note")


def as_table(found: Iterable[Estimate]) -> str:
    """Estimates as a long table; text that a spreadsheet would take for a formula is marked as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in found:
        limits = each.interval
        numbers = (written(number) for number in (limits.middle, limits.lower, limits.upper))
        writer.writerow([each.key, each.region, "", *numbers, "derived", cell(each.source), cell(each.note)])
    return text.getvalue()


def write(found: Sequence[Estimate], folder: Path) -> Path:
    """Write the table beside the scenarios, whole or not at all.

    Raises
    ------
    DataError : it cannot be written
    """
    path = folder / TABLE
    draft = path.with_suffix(".part")
    try:
        draft.write_text(as_table(found), encoding="utf-8", newline="")
        draft.replace(path)
    except OSError as error:
        raise problem(path.as_posix(), Text("cannot be written: {reason}", reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path
