"""What is to be said about the data: problems found in the history tables, and warnings of the run."""

from collections.abc import Iterator
from pathlib import Path

from backlog_model.history.checks import check_folder
from backlog_model.report.check_words import CHECKS
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import number
from backlog_model.report.remarks import Remark, of_finding, told
from backlog_model.report.warnings import warning_texts

_TABLES = "history"
"""Folder of the history tables, beside the scenario."""

_COLUMNS = ("place", "severity", "code", "kind", "message")


def findings(dossier: Dossier) -> Iterator[Figure]:
    """Table of all problems found in the history tables beside the first scenario, and of the warnings of its run.

    Columns: place (file and line, or the run), severity (in words), code (a plain word for programs, empty for a
    warning), kind (the code in words), message.
    """
    case, say = dossier.lead, dossier.say
    of_run = [
        (say("finding_run"), say("finding_warning"), "", say("finding_of_run"), text)
        for text in warning_texts(case.view)
    ]
    of_data = [_row(dossier, remark) for remark in _of_history(case.scenario.folder)]
    counts = {"data": number(len(of_data), dossier.language), "run": number(len(of_run), dossier.language)}
    yield Figure(
        name="findings",
        chart="",
        title=say("finding_title"),
        description=say("finding_description", **counts),
        columns=tuple(Column(name, say(f"finding_{name}"), "text") for name in _COLUMNS),
        rows=(*of_run, *of_data),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(say("finding_how"),),
        settings={"data": len(of_data), "run": len(of_run)},
    )


def _of_history(folder: Path) -> list[Remark]:
    """Remarks on the history tables of a province; none where there are no tables."""

    def place(written: str) -> str:
        file, _, line = written.rpartition(":")
        return f"{Path(file).relative_to(folder).as_posix()}:{line}"

    tables = folder / _TABLES
    return [of_finding(finding, place) for finding in check_folder(tables)] if tables.is_dir() else []


def _row(dossier: Dossier, remark: Remark) -> tuple[Cell, ...]:
    severity = dossier.say("finding_warning" if remark.warning else "finding_error")
    kind = CHECKS[f"check_{remark.code}"].said(dossier.language)
    return (remark.place, severity, remark.code, kind, told(remark.message, dossier.language))
