"""Data checks: nothing is said about any clean table, and one slip in it is found where it is."""

import tempfile
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from backlog_model.history.checks import check_table
from simulated_history import COUNTS, STEADY, clean_rows, slipped, swapped, table

SHAPES = {"seed": st.integers(0, 2**32 - 1), "regions": st.integers(2, 7), "years": st.integers(5, 9)}


def findings_of(rows):
    with tempfile.TemporaryDirectory() as folder:
        return check_table(table(Path(folder), rows))


def named_lines(findings):
    places = (place for finding in findings for place in (finding.place, *finding.others))
    return {int(place.rpartition(":")[2]) for place in places}


def with_text(rows, place, text):
    row = rows[place]
    return [*rows[:place], (*row[:3], text, *row[4:]), *rows[place + 1 :]]


@given(**SHAPES)
def test_nothing_is_said_about_a_clean_table(seed, regions, years):
    assert [str(finding) for finding in findings_of(clean_rows(seed, regions, years))] == []


@given(**SHAPES, pick=st.integers(0, 10_000), factor=st.sampled_from([1e6, 1e3, 100.0, 0.01, 1e-3]))
def test_a_slip_of_a_hundred_or_more_is_found_in_any_row(seed, regions, years, pick, factor):
    rows = clean_rows(seed, regions, years)
    place = pick % len(rows)
    found = findings_of(with_text(rows, place, slipped(rows[place][3], factor)))
    assert place + 2 in named_lines(found), rows[place]


@given(**SHAPES, pick=st.integers(0, 10_000), factor=st.sampled_from([10.0, 0.1]))
def test_a_slip_of_ten_is_found_in_a_stock_or_a_count_that_adds_up(seed, regions, years, pick, factor):
    rows = clean_rows(seed, regions, years)
    places = [place for place, row in enumerate(rows) if row[2] in (*COUNTS, *STEADY)]
    place = places[pick % len(places)]
    assert place + 2 in named_lines(findings_of(with_text(rows, place, slipped(rows[place][3], factor))))


@given(**SHAPES, pick=st.integers(0, 10_000), digit=st.integers(0, 4))
def test_two_swapped_digits_are_found_in_a_part_or_its_total_and_put_right(seed, regions, years, pick, digit):
    rows = clean_rows(seed, regions, years)
    places = [place for place, row in enumerate(rows) if row[2] in COUNTS]
    place = places[pick % len(places)]
    text = swapped(rows[place][3], digit)
    assume(text is not None)
    found = findings_of(with_text(rows, place, text))
    year, code, indicator = rows[place][:3]
    total = next(line for line, row in enumerate(rows) if row[:3] == (year, "63", indicator))
    about = [finding for finding in found if {place + 2, total + 2} & named_lines([finding])]
    assert about, (year, code, indicator)
