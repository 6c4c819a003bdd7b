"""The published figures of Kalimantan Selatan: every known slip is found, nothing else, and slips put in are found."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from backlog_model.history.checks import check_folder, check_rows
from backlog_model.history.checks.families import Families
from backlog_model.history.tables import COLUMNS, read_table
from backlog_model.history.tables.cell_checks import wrong_cells
from history_tables import KALSEL
from simulated_history import slipped, swapped

# Finding by finding: what is known to be at odds, by code and row (table, year, region, indicator, value).
INCONSISTENT = {  # what any such package is expected to catch
    ("magnitude", "slum 2026 63 slum_area_handled_provincial_target 36000"): "likely 36 ha",
    ("parts_and_total", "psu 2025 63 psu_estates 1935"): "568 + 1,377 = 1,945, not 1,935",
    (
        "percent_and_ratio",
        "slum 2025 63 slum_handled_share 43.62",
    ): "345.029 / 791.51 = 43.59 %; a base of 790.99, or 345.257 of 791.51",
    ("overlapping_concepts", "backlog 2022 63 backlog_total 392787"): "252,804 (backlog_ownership) + 139,983",
    ("source_break", "rtlh_stock 2025 63 rtlh_stock 237973"): "31,000 (2024) -> 237,973 (2025), x7.7",
    ("claim_against_stock", "rtlh_handled 2024 63 units_handled_per_year 10000"): "47,564 -> 31,000 in 2.8 years",
}
DISPUTED = {  # "Where sources disagree" in the README of the data, by its numbers
    ("disagreement", "rtlh_stock 2018 63 rtlh_stock 53000"): "43,921, 53,000",  # 2
    ("percent_and_ratio", "rtlh_stock 2022 63 rtlh_handled_share 30.93"): "a base of 62,256, or 52,509 of 76,023",  # 2
    ("disagreement", "rtlh_stock 2024 63 rtlh_remaining 38000"): "31,000, 31,907, 38,000",  # 2
    ("percent_and_ratio", "rtlh_stock 2024 63 rtlh_remaining 38000"): "1 - 38,000 / 76,023 = 50.02 %",  # 2
    ("programmes_and_total", "rtlh_handled 2025 63 units_handled 2804"): "report 2,988 finished houses",  # 3
    ("disagreement", "official_tally 2025 63 units_handled_official 2804"): "units_finished_all_sources 6,357",  # 3
    ("closed_ledger", "rtlh_stock 2025 63 rtlh_remaining 235169"): "235,169 = 237,973 - 2,804",  # 3
    ("closed_ledger", "official_tally 2025 63 rtlh_remaining_official 235169"): "235,169 = 237,973 - 2,804",  # 3
    ("programmes_and_total", "rtlh_handled 2022 63 units_handled 126"): "likely 253",  # 4
    ("source_break", "slum 2022 63 slum_area_provincial 791.51"): "964.18 (2019) -> 791.51 (2022)",  # 5
    ("percent_and_ratio", "slum 2029 63 slum_reduction_target 28.65"): "253.49 / 724.66 = 34.98 %",  # 5
    ("source_break", "slum 2022 63.71 slum_area 508.48"): "360 (2017) -> 508.48 (2022)",  # 6
    ("disagreement", "slum 2017 63.71 slum_area 308.89"): "308.89, 360",  # 6
    ("disagreement", "slum 2022 63.71 slum_area 450"): "450, 508.48",  # 6
    ("disagreement", "slum 2022 63.71 slum_area_handled 65"): "65, 77.41",  # 6
    ("known_conflict", "slum 2023 63.71 slum_area_handled_cumulative 220"): "Does not fit",  # 6
    ("source_break", "backlog 2022 63 backlog_ownership 252804"): "193,450 (2021) -> 252,804 (2022)",  # 7
    ("source_break", "backlog 2025 63 backlog_ownership 310634"): "252,804 (2022) -> 310,634 (2025)",  # 7
    ("price", "unit_cost 2021 63.71 cost_per_unit 17.5"): "17.5 and 20 Rp million/unit",  # 8
    ("disagreement", "fiscal 2026 63 apbd_balanced_total 9324.1"): "apbd_expenditure 9,205.247",  # 9
}
LESSER = {  # looked at one by one
    # Two agencies counted one flood; the table says so.
    ("disagreement", "disaster 2025 63.11 houses_affected 2626"): "2,626, 3,511",
    # Both amounts are rounded to ten billion, the percent was not worked out from them.
    ("percent_and_ratio", "fiscal 2026 63 transfer_tkd_all_governments_change -32.21"): "is -32.16 %",
    # Not found in any source.
    ("gap", "macro 2013 63 minimum_wage_ump 1337500"): "no value for 2012",
    ("gap", "unit_cost 2025 63.71 cost_per_unit 30"): "no value for 2024",
    # The regional split of 2017 carried on to 2024, and a plan of 2021: the newest there are.
    ("stale_source", "opening_estimates 2024 63.01 backlog_occupancy 11787"): "in 13 regions",
    ("stale_source", "programmes_2024 2024 63.06 units_finished 250"): "3 years older",
    # "Will build 71 houses" in October; "result of 2025" said in August.
    ("stale_source", "programmes_2024 2024 63.02 units_finished 71"): "within the year",
    ("stale_source", "rtlh_handled 2025 63 units_handled 1000"): "within the year",
    # 1.178 % is of the registry, 58.03 % was of the closed list.
    ("falling_cumulative", "rtlh_stock 2025 63 rtlh_handled_share 1.178"): "from 58.03 (2024) to 1.178",
    # A city halves its list in four years.
    ("source_break", "rtlh_stock 2025 63.72 rtlh_stock 708"): "1,459 (2021) -> 708 (2025)",
    # The table itself marks them, and nothing beside them says more.
    ("known_conflict", "backlog 2018 63 housing_need 236000"): "marked conflicting",
    ("known_conflict", "population 2022 63 households_total 1123986"): "marked conflicting",
    ("known_conflict", "population 2022 63 population 4073854"): "marked conflicting",
    ("known_conflict", "slum 2019 63 slum_area_handled_provincial_target 2"): "marked conflicting",
    ("disagreement", "slum 2023 63 slum_area_handled_provincial_target 32"): "32, 38.65",
}


@cache
def rows():
    return tuple(row for path in sorted(KALSEL.glob("*.csv")) for row in read_table(path)[0])


@cache
def findings():
    return tuple(check_folder(KALSEL))


@cache
def found():
    by_place = {row.place: row for row in rows()}
    texts = {}
    for finding in findings():
        row = by_place[finding.place]
        name = f"{Path(row.file).stem} {row.year} {row.code} {row.indicator} {row.text}"
        texts.setdefault((finding.code, name), []).append(f"{finding.message}; {finding.reading}")
    return texts


@pytest.mark.parametrize("known", [*INCONSISTENT, *DISPUTED, *LESSER], ids=" ".join)
def test_a_known_slip_is_found_at_its_row(known):
    message = {**INCONSISTENT, **DISPUTED, **LESSER}[known]
    assert any(message in text for text in found().get(known, [])), found().get(known)


def test_nothing_else_is_found():
    assert found().keys() - {**INCONSISTENT, **DISPUTED, **LESSER}.keys() == set()


def test_no_finding_stops_a_planner_because_every_conflict_is_marked_in_the_tables():
    assert [str(finding) for finding in findings() if finding.severity == "error"] == []


def test_conflicts_are_errors_where_the_tables_do_not_mark_them():
    unmarked = [replace(row, status="reported") if row.doubted else row for row in rows()]
    errors = {finding.code for finding in check_rows(unmarked) if finding.severity == "error"}
    assert errors >= {"magnitude", "parts_and_total", "overlapping_concepts", "disagreement", "percent_and_ratio"}


SWAPS = {
    **{"Rp billion": "Rp million", "Rp million": "Rp billion", "Rp million/unit": "Rp billion/unit"},
    **{"Rp": "Rp million", "units": "Rp million", "houses": "Rp million", "ha": "m2"},
    **{"households": "persons", "persons": "households", "percent": "share", "share": "percent"},
}


def caught(place, **change):
    """Whether a changed row is refused by itself or named by a finding that was not there before."""
    row = replace(rows()[place], **change)
    cells = ("year", "code", "region", "indicator", "text", "unit", "source", "source_date", "status", "note")
    texts = [str(getattr(row, name)) for name in cells]
    texts[7] = row.source_date or "unknown"
    if any(finding.severity == "error" for finding in wrong_cells(dict(zip(COLUMNS, texts, strict=True)), row.place)):
        return True
    before = set(findings())
    found_now = check_rows([*rows()[:place], row, *rows()[place + 1 :]], _regions())
    return any(row.place in (each.place, *each.others) for each in found_now if each not in before)


@cache
def _regions():
    return frozenset(row.code for row in rows() if row.indicator == "population_registered" and "." in row.code)


@cache
def clean():
    """Places of rows of which nothing is said, in an order that does not depend on the tables' own."""
    named = {finding.place for finding in findings()}
    places = [place for place, row in enumerate(rows()) if row.value and not row.doubted and row.place not in named]
    random.Random(3).shuffle(places)
    return places


@cache
def comparable():
    """The first of those rows that at least three other figures can be held against."""
    families = Families(rows())
    near = [
        place for place in clean() if any(len(each.others(rows()[place])) >= 3 for each in families.of(rows()[place]))
    ]
    return near[:40]


def share_caught(changes):
    results = [caught(place, **change) for place, change in changes]
    return sum(results) / len(results)


@pytest.mark.parametrize(
    ("factor", "least"), [(1e6, 0.95), (1e3, 0.95), (1e-3, 0.9), (100.0, 0.9), (0.01, 0.85), (10.0, 0.65), (0.1, 0.6)]
)
def test_share_of_powers_of_ten_that_are_caught(factor, least):
    changes = [(place, {"text": slipped(rows()[place].text, factor)}) for place in comparable()]
    assert share_caught(changes) >= least


def test_share_of_swapped_units_that_are_caught():
    changes = [(place, {"unit": SWAPS[rows()[place].unit]}) for place in comparable() if rows()[place].unit in SWAPS]
    assert len(changes) >= 30
    assert share_caught(changes) >= 0.95


def test_share_of_swapped_digits_that_are_caught_in_parts_of_a_full_total():
    full = ("population_registered", "houses_total", "slum_area_all_authorities", "houses_affected_20210118")
    parts = [place for place in clean() if rows()[place].indicator in full and rows()[place].year in (2021, 2024)]
    changes = [(place, {"text": text}) for place in parts if (text := swapped(rows()[place].text, 0))]
    assert len(changes) >= 20
    assert share_caught(changes) >= 0.95
