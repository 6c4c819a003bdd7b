"""Findings of `backlog check`: scenarios, their tables, and history tables, held together in one list."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backlog_model.errors import Problem, close_hint
from backlog_model.history.checks import check_tables
from backlog_model.history.declaration import NAME as DECLARATION
from backlog_model.history.declaration import check_declaration
from backlog_model.history.workbook import is_input
from backlog_model.report import words
from backlog_model.report.checked_workbooks import is_workbook, of_workbook
from backlog_model.report.forms.mapping import mapping_rows
from backlog_model.report.numbers import Language, number
from backlog_model.report.remarks import Remark, of_finding, of_problem, told
from backlog_model.scenario import loading
from backlog_model.scenario.findings import Findings, Place, shown
from backlog_model.scenario.regions import RegionTable, read_regions
from backlog_model.scenario.tables import read_long_table
from backlog_model.scenario.text_tables import read_cells
from backlog_model.translation import Text

SCHEMA_VERSION = 1
_SCENARIOS = (".yaml", ".yml")
_TABLES = (".csv",)
_HISTORY = {"year", "region_code", "indicator"}
_REGIONS = {"code", "name"}
_LONG = {"key", "value"}
_CODES = {"indicator_id", "program_code"}
_RUN = "run.json"  # what lies beside or below it came out of a run


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found in scenarios and in data tables."""

    files: tuple[Path, ...]
    in_scenarios: tuple[Remark, ...]
    in_tables: tuple[Remark, ...]

    @property
    def all(self) -> tuple[Remark, ...]:
        """Everything found, each once: a scenario and a table can lead to the same line."""
        return tuple(dict.fromkeys((*self.in_scenarios, *self.in_tables)))

    @property
    def scenario_errors(self) -> tuple[Remark, ...]:
        """What stops a scenario, or a file from being looked at."""
        return tuple(remark for remark in self.in_scenarios if not remark.warning)

    @property
    def errors(self) -> tuple[Remark, ...]:
        """Everything that is more than a warning."""
        return tuple(remark for remark in self.all if not remark.warning)


def checked(paths: Sequence[Path]) -> Checked:
    """Everything wrong with these scenarios and tables; a folder stands for all of them in it and below."""
    files = tuple(dict.fromkeys(file for path in paths for file in _files(path)))
    history = [file for file in files if _is_table(file) and _columns(file) >= _HISTORY]
    in_scenarios = [problem for path in paths for problem in _of_empty(path)]
    others = [file for file in files if not _is_table(file) and not is_workbook(file)]
    in_scenarios += [problem for file in others for problem in _of_scenario(file)]
    in_workbooks = [remark for file in files if is_workbook(file) for remark in of_workbook(file)]
    in_tables = [problem for file in files if _is_table(file) and file not in history for problem in _of_table(file)]
    in_data = (*_remarks(in_tables), *_of_history(history), *in_workbooks)
    return Checked(files, _remarks(in_scenarios), in_data)


def _remarks(problems: Iterable[Problem]) -> tuple[Remark, ...]:
    return tuple(of_problem(problem) for problem in dict.fromkeys(problems))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        stored = any((folder / _RUN).is_file() for folder in file.parents if folder.is_relative_to(path))
        kind = file.suffix.lower() in (*_SCENARIOS, *_TABLES) or is_input(file)
        if kind and file.is_file() and not hidden and not stored:
            yield file


def _of_empty(path: Path) -> list[Problem]:
    if not path.is_dir() or any(_files(path)):
        return []
    return [
        Problem(
            shown(path), Text("nothing to check in this folder; expected scenarios (.yaml), tables (.csv), input.xlsx")
        )
    ]


def _is_table(file: Path) -> bool:
    return file.suffix.lower() in _TABLES and file.is_file()


def _of_scenario(file: Path) -> list[Problem]:
    """Problems of a scenario, of a file that is not there, or of one that nothing here can read."""
    if file.as_posix().endswith(DECLARATION) and file.is_file():
        return check_declaration(file.parent.parent)
    if file.suffix.lower() in _SCENARIOS:
        return loading.check(file)
    if not file.exists():
        beside = [each.name for each in file.parent.iterdir()] if file.parent.is_dir() else []
        hint = close_hint(file.name, beside)
        return [Problem(shown(file), Text("there is no such file{hint}", hint=hint))]
    expected = Text("expected a scenario (.yaml) or a table (.csv) or a filled-in workbook (.xlsx)")
    return [
        Problem(shown(file), Text("{ending}; {expected}", ending=file.suffix or Text("no ending"), expected=expected))
    ]


def _columns(file: Path) -> set[str]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return {name.strip() for name in next(csv.reader(stream), [])}


def _of_table(file: Path) -> list[Problem]:
    """Problems of a table that a scenario reads: a region table, numbers by key, or any other one."""
    findings = Findings()
    columns = _columns(file)
    if columns >= _LONG:
        table = _region_table(file.parent)
        codes = frozenset((*table.codes, table.province_code)) if table is not None else None
        read_long_table(file, codes, findings)
    elif columns >= _REGIONS:
        read_regions(file, findings)
    elif columns >= _CODES:
        mapping_rows(file, None, findings)
    elif read_cells(file, findings) is not None and "id" not in columns:
        expected = Text("a history table, a region table, numbers by key, targets, or programme codes")
        findings.add(
            Place(shown(file), 1, 1),
            "",
            Text("columns {sorted}; expected {expected}", sorted=", ".join(sorted(columns)), expected=expected),
        )
    return findings.all()


def _region_table(folder: Path) -> RegionTable | None:
    file = folder / "regions.csv"
    return read_regions(file, Findings()) if file.is_file() else None


def _of_history(files: Iterable[Path]) -> list[Remark]:
    return [of_finding(finding, _place) for finding in check_tables(files)]


def _place(place: str) -> str:
    """file:line, the file as people should see it."""
    file, _, line = place.rpartition(":")
    return f"{shown(Path(file))}:{line}"


def as_lines(remarks: Iterable[Remark], language: Language) -> str:
    """One line for each remark; warnings say that they are."""
    mark = words.say("warning", language)
    return "".join(
        f"{remark.place}: {f'{mark}: ' if remark.warning else ''}{told(remark.message, language)}\n"
        for remark in remarks
    )


def summary(found: Checked, language: Language) -> str:
    """How much was looked at and found, in a line."""
    counts = {
        "files": len(found.files),
        "problems": len(found.errors),
        "warnings": len(found.all) - len(found.errors),
    }
    said = {name: number(count, language) for name, count in counts.items()}
    return words.say("checked", language, **said) + "\n"


def as_document(found: Checked) -> str:
    """The same for programs, in English."""
    findings = [_written(remark) for remark in found.all]
    files = [shown(file) for file in found.files]
    return json.dumps({"schema_version": SCHEMA_VERSION, "files": files, "findings": findings}) + "\n"


def _written(remark: Remark) -> dict[str, str]:
    kind = {"code": remark.code} if remark.code else {}
    severity = "warning" if remark.warning else "error"
    return {"place": remark.place, "severity": severity, **kind, "message": remark.message}
