"""Data checks of history tables: what in published figures must not be taken as it stands."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backlog_model.history.checks import (
    authority_checks,
    dating_checks,
    derivations,
    magnitudes,
    ratio_checks,
    series_checks,
    sum_checks,
    unit_checks,
)
from backlog_model.history.checks.figures import Check, Figures
from backlog_model.history.tables import Row, compared, first_record, read_table
from backlog_model.history.tables.findings import CODES, Finding
from backlog_model.translation import Text

__all__ = ["CODES", "Finding", "check_folder", "check_rows", "check_table", "check_tables"]

_CHECKS: tuple[Check, ...] = (
    series_checks.region_names,
    series_checks.repetitions,
    series_checks.prices,
    series_checks.breaks,
    series_checks.claims,
    series_checks.falling_totals,
    sum_checks.parts_and_totals,
    sum_checks.regions_and_province,
    sum_checks.overlapping_concepts,
    sum_checks.one_quantity_two_names,
    sum_checks.closed_ledgers,
    sum_checks.programmes_and_total,
    ratio_checks.percents,
    ratio_checks.changes,
    derivations.derived_figures,
    unit_checks.quotients,
    authority_checks.areas_of_authorities,
    dating_checks.results_before_their_time,
    dating_checks.stale_sources,
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
    return _sorted([*findings, *check_rows(rows, regions)])


def check_rows(rows: Sequence[Row], regions: Iterable[str] = ()) -> list[Finding]:
    """Everything to be said about rows that were read without error, from whatever kind of file.

    Parameters
    ----------
    rows : rows of all tables, which may rest on each other
    regions : codes of all regions, so that a full set of parts is known; by default those of the rows
    """
    figures = Figures(rows, regions or {row.code for row in rows if "." in row.code})
    findings = [*unit_checks.units(figures), *magnitudes.sizes(figures)]
    # A figure of the wrong size or unit would set off every other check as well.
    sound = figures.without(frozenset(finding.place for finding in findings))
    findings += [finding for check in _CHECKS for finding in check(sound)]
    findings += series_checks.gaps(figures)  # a wrong figure is no missing one
    mentioned = {place for finding in findings for place in (finding.place, *finding.others)}
    return _sorted([*findings, *_marked(row for row in sound if row.doubted and row.place not in mentioned)])


def _marked(rows: Iterable[Row]) -> Iterator[Finding]:
    for row in rows:
        what = f"{row.indicator} {row.text}"
        message = Text("{what} is marked conflicting", what=what)
        reading = row.note or Text("say in the note with what it conflicts")
        yield compared(message, reading, [row], code="known_conflict")


def _is_history(path: Path) -> bool:
    return {"indicator", "value"} <= set(first_record(path))


def _region_codes(path: Path) -> set[str]:
    """Codes of the region table beside the history table or its folder, so that a full set of regions is known."""
    for table in (path.parent / "regions.csv", path.parent.parent / "regions.csv"):
        if table.is_file():
            with table.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
                return {code for record in csv.DictReader(stream) if "." in (code := record.get("code") or "")}
    return set()


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=_position)


def _position(finding: Finding) -> tuple[str, int]:
    """File and line, so that line 9 comes before line 10."""
    last = re.search(r"\d+$", finding.place)
    return (finding.place[: last.start()], int(last[0])) if last else (finding.place, 0)
