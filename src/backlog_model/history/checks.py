"""Data checks of history tables: what in published figures must not be taken as it stands."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backlog_model.history import series_checks, sum_checks
from backlog_model.history.tables import Check, Finding, Row, compared, read_table

__all__ = ["Finding", "check_folder", "check_table", "check_tables"]

_CHECKS: tuple[Check, ...] = (
    series_checks.region_names,
    series_checks.repetitions,
    series_checks.prices,
    series_checks.breaks,
    series_checks.claims,
    series_checks.falling_totals,
    series_checks.gaps,
    sum_checks.parts_and_totals,
    sum_checks.percents,
    sum_checks.changes,
    sum_checks.overlapping_concepts,
    sum_checks.one_quantity_two_names,
    sum_checks.programmes_and_total,
)


def check_table(path: Path) -> list[Finding]:
    """Everything to be said about one history table, in the order of its rows."""
    return check_tables([path])


def check_folder(path: Path) -> list[Finding]:
    """Everything to be said about the history tables of a folder, each also checked against the others."""
    return check_tables(table for table in sorted(path.glob("*.csv")) if _is_history(table))


def check_tables(paths: Iterable[Path]) -> list[Finding]:
    """Everything to be said about several history tables, which may rest on each other."""
    rows: list[Row] = []
    findings: list[Finding] = []
    regions: set[str] = set()
    for path in paths:
        table, wrong = read_table(path)
        rows += table
        findings += wrong
        regions |= _region_codes(path)
    findings += _compare(rows, frozenset(regions or {row.code for row in rows if "." in row.code}))
    return sorted(dict.fromkeys(findings), key=_position)


def _compare(rows: Sequence[Row], regions: frozenset[str]) -> list[Finding]:
    findings = list(series_checks.sizes(rows))
    slipped = {finding.place for finding in findings}
    # A figure of the wrong size would set off every other check as well.
    sound = [row for row in rows if row.place not in slipped]
    for check in _CHECKS:
        findings += check(sound)
    findings += sum_checks.regions_and_province(sound, regions)
    mentioned = {place for finding in findings for place in (finding.place, *finding.others)}
    return [*findings, *_marked([row for row in sound if row.doubted and row.place not in mentioned])]


def _marked(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        message = f"{row.indicator} {row.text} is marked conflicting"
        yield compared(message, row.note or "say in the note with what it conflicts", [row])


def _is_history(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return {"indicator", "value"} <= set(next(csv.reader(stream), []))


def _region_codes(path: Path) -> set[str]:
    """Codes of the region table beside the history table or its folder, so that a full set of regions is known."""
    for table in (path.parent / "regions.csv", path.parent.parent / "regions.csv"):
        if table.is_file():
            with table.open(encoding="utf-8-sig", newline="") as stream:
                return {code for record in csv.DictReader(stream) if "." in (code := record.get("code") or "")}
    return set()


def _position(finding: Finding) -> tuple[str, int]:
    file, _, line = finding.place.rpartition(":")
    return file, int(line)
