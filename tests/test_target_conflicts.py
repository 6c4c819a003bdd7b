"""Targets that stand twice, and targets that no projection can meet together."""

import pytest

from target_plan import HANDLED, RTLH, problems


def test_the_same_target_twice(tmp_path):
    found = problems(tmp_path, f"{RTLH}, value: 500", f"{RTLH}, value: 500", f"{RTLH}, value: 500, probability: 0.5")
    assert found == ["b: says the same as a; keep one of the two"]


@pytest.mark.parametrize(
    "targets",
    [
        (f"{RTLH}, value: 100", f"{RTLH}, operator: '>=', value: 101"),
        ("variable: slum_handled_share, year: 2027, value: 0.6, part: gross",
         "variable: slum_handled_share, year: 2027, value: 0.59, operator: <="),
        (f"{HANDLED}, operator: <=, value: 99", f"{HANDLED}, region: '63.01', value: 60",
         f"{HANDLED}, region: '63.10', value: 40"),
        (f"{HANDLED}, value: 101", f"{HANDLED}, part: bsps, operator: <=, value: 60",
         f"{HANDLED}, part: kab, operator: <=, value: 40"),
        (f"{RTLH}, region: '63.01', value: 50", f"{RTLH}, region: '63.10', value: 50",
         f"{RTLH}, operator: '>=', part: heavy, value: 101"),
        (f"{RTLH}, value: 100", f"{RTLH}, region: '63.01', operator: '>=', part: heavy, value: 101"),
    ],
)  # fmt: skip
def test_targets_that_cannot_hold_together(tmp_path, targets):
    found = problems(tmp_path, *targets)
    assert len(found) == 1
    last = "abc"[len(targets) - 1]
    others = ", ".join("ab"[: len(targets) - 1])
    assert found[0].startswith(f"{last}: contradicts {others}: {targets[0].split()[1].strip(',')} (63")
    assert found[0].endswith("change or drop one")


def test_the_numbers_of_a_contradiction_are_said(tmp_path):
    parts = [f"{HANDLED}, part: {name}, value: 60" for name in ("bsps", "kab")]
    (found,) = problems(tmp_path, *parts, f"{HANDLED}, operator: <=, value: 100")
    assert "reported_handled_houses (63) in 2027 would be at least 120 and at most 100" in found


@pytest.mark.parametrize(
    "targets",
    [
        (f"{RTLH}, value: 100", f"{RTLH}, operator: '>=', value: 100"),
        (f"{RTLH}, value: 100", "variable: rtlh_houses, year: 2028, operator: '>=', value: 300"),
        (f"{HANDLED}, operator: <=, value: 100", f"{HANDLED}, region: '63.01', value: 60",
         f"{HANDLED}, region: '63.10', value: 40"),
        (f"{HANDLED}, value: 101", f"{HANDLED}, part: bsps, operator: <=, value: 60"),  # the other may do the rest
        ("variable: net_clearance_houses, year: 2027, operator: <=, value: 5",
         "variable: net_clearance_houses, region: '63.01', year: 2027, value: 6"),  # the other region may rise
        ("variable: decent_share, year: 2027, operator: <=, value: 0.85",
         "variable: decent_share, region: '63.01', year: 2027, value: 0.9"),  # shares do not add up
    ],
)  # fmt: skip
def test_targets_that_can_hold_together(tmp_path, targets):
    assert problems(tmp_path, *targets) == []


def test_the_tightest_bounds_contradict_each_other(tmp_path):
    loose, tight = f"{RTLH}, value: 70", f"{RTLH}, value: 50"
    bounds = [f"{RTLH}, operator: '>=', value: {least}" for least in (60, 55)]
    (found,) = problems(tmp_path, loose, tight, *bounds)
    assert found.startswith("c: contradicts b: rtlh_houses (63) in 2027 would be at least 60 and at most 50;")


def test_a_contradiction_below_is_not_said_again_above(tmp_path):
    of_province = f"{RTLH}, operator: '>=', value: 1"
    regional = (f"{RTLH}, region: '63.01', operator: '>=', value: 60", f"{RTLH}, region: '63.01', value: 50")
    found = problems(tmp_path, of_province, *regional, f"{RTLH}, region: '63.10', value: 5")
    assert [each.split(":")[:2] for each in found] == [["c", " contradicts b"]]


def test_every_contradiction_is_said_once(tmp_path):
    regional = [f"{RTLH}, region: '{code}'" for code in ("63.01", "63.10")]
    pairs = [said for each in regional for said in (f"{each}, value: 50", f"{each}, operator: '>=', value: 60")]
    found = problems(tmp_path, *pairs)
    assert [each.split(":")[0] for each in found] == ["b", "d"]
