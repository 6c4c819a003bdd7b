"""Targets at the edges of each rule: the year, the number, the base and the part, just kept and just broken."""

from pathlib import Path

import pytest

from backlog_model.scenario.loading import check
from backlog_model.scenario.target_bases import in_words
from small_scenario import write
from target_plan import HANDLED, PLAN, RTLH, problems

SHARE = "variable: decent_share, year: 2027"
SLUM = "variable: slum_ha, year: 2027"
SLUM_DONE = "variable: slum_handled_ha, year: 2027"
PSU = '  psu_estates: {by_region: {"63.01": 10, "63.10": 0}}\n'
HANDED = '  psu_handed_over_estates: {by_region: {"63.01": 4, "63.10": 0}}\n'
WITH_PSU = PLAN.replace("assumptions:\n", f"{PSU}{HANDED}assumptions:\n")


def one(folder: Path, target: str, expected: str | None, plan: str = PLAN) -> None:
    """One problem that begins so, or none."""
    found = problems(folder, target, plan=plan)
    assert len(found) == (expected is not None), found
    assert all(each.startswith(f"a{expected}") for each in found), found


def warned(folder: Path, target: str, expected: str | None, plan: str = PLAN) -> None:
    """One warning that begins so, or none; and no problem."""
    assert problems(folder, target, plan=plan) == []
    found = problems(folder, target, plan=plan, warning=True)
    assert len(found) == (expected is not None), found
    assert all(each.startswith(f"a{expected}") for each in found), found


# names, numbers


@pytest.mark.parametrize(
    ("name", "fits"), [("a", True), ("2026-a_b", True), ("-a", False), ("A", False), ("a.b", False)]
)
def test_names_of_targets(tmp_path: Path, name: str, fits: bool) -> None:
    found = check(write(tmp_path, f"{PLAN}targets:\n  {name}: {{source: x, {RTLH}, value: 500}}\n"))
    message = f"targets.{name}: {name!r} is no short name; write lower-case letters, digits, - and _ only"
    assert [each.message for each in found if not each.warning] == ([] if fits else [message])


@pytest.mark.parametrize("name", ["a", "a.b"])
def test_dots_that_could_mark_thousands(tmp_path: Path, name: str) -> None:
    found = check(write(tmp_path, f"{PLAN}targets:\n  {name}: {{source: x, {RTLH}, value: 2.804}}\n"))
    message = "2.804 is read as 2.804 houses; write 2804 (or 2.8040 for a number between 2 and 3)"
    assert f"targets.{name}.value: {message}" in [each.message for each in found]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"{SLUM}, value: 2.804", None),
        (f"{RTLH}, value: 2.80", None),
        (f"{RTLH}", ": no number; expected either value or percent_of_base"),
        (
            f"{RTLH}, value: 5, percent_of_base: 50, base: 600",
            ": value and percent_of_base; expected either value or percent_of_base",
        ),
        (f"{RTLH}, percent_of_base: 50", ".base: missing beside percent_of_base; write the number that is 100 percent"),
        (f"{RTLH}, percent_of_base: 50, base: 600", None),
        (f"{SHARE}, value: 80", ".value: 80 for a share; write 0.8 for 80 percent"),
        (f"{SHARE}, value: 10.5", ".value: 10.5 for a share; write 0.105 for 10.5 percent"),
        (f"{SHARE}, value: 10", ".value: 10 is more than 1: no more than all houses are decent; expected 0 to 1"),
        (f"{SHARE}, value: -10", ".value: -10 is negative, which decent_share cannot be; expected 0 or more"),
        (f"{SHARE}, value: -10.5", ".value: -10.5 for a share; write -0.105 for -10.5 percent"),
        (f"{SLUM}, value: 45", None),
    ],
)
def test_one_number_is_promised(tmp_path: Path, target: str, expected: str | None) -> None:
    one(tmp_path, target, expected)


def test_what_does_not_apply_is_not_compared(tmp_path: Path) -> None:
    late = "variable: rtlh_houses, year: 2040, value: 9999, base_value: 5, part: roof, applies: false, reason: other"
    warned(tmp_path, late, None)
    warned(tmp_path, late.replace(", reason: other", ""), ": does not apply, without a reason; write reason:")


@pytest.mark.parametrize("source", [True, False])
def test_a_target_has_a_source(tmp_path: Path, source: bool) -> None:
    text = f"{PLAN}targets:\n  a: {{{'source: x, ' if source else ''}{RTLH}, value: 500}}\n"
    message = "targets.a: no source; write who set it, in which document, when"
    said = [each.message for each in check(write(tmp_path, text)) if each.message.startswith("targets.")]
    assert said == ([] if source else [message])


# where and when


@pytest.mark.parametrize(
    ("now", "year", "expected"),
    [
        (2025, 2026, None),
        (2025, 2030, None),
        (2027, 2028, None),
        (
            2027,
            2027,
            "2027 is over (the last known year is 2027), and a target is a promise; expected 2028 to 2030, or",
        ),
        (2025, 2031, "2031 lies after the last simulated year; expected 2026 to 2030, or applies: false with a reason"),
        (2029, 2031, "2031 lies after the last simulated year; expected 2030 to 2030, or applies: false with a reason"),
        (2030, 2031, "2031 lies after the last simulated year; expected applies: false with a reason"),
        (
            2030,
            2030,
            "2030 is over (the last known year is 2030), and a target is a promise; expected applies: false with a",
        ),
    ],
)
def test_the_year_of_a_target(tmp_path: Path, now: int, year: int, expected: str | None) -> None:
    plan = PLAN.replace("now: 2025", f"now: {now}")
    one(tmp_path, f"variable: rtlh_houses, year: {year}, value: 500", expected and f".year: {expected}", plan)


@pytest.mark.parametrize(
    ("count", "hint"),
    [(11, "; expected one of 63, 63.01, "), (12, "; expected 63 (Kalimantan Selatan) or one of its regions")],
)
def test_many_regions_are_not_listed(tmp_path: Path, count: int, hint: str) -> None:
    rows = "code,name\n63,Kalimantan Selatan\n" + "".join(f"63.{at:02},Region {at}\n" for at in range(1, count + 1))
    text = f"{PLAN}targets:\n  a: {{source: x, {RTLH}, value: 5, region: ID}}\n"
    found = [each.message for each in check(write(tmp_path, text, regions=rows))]
    (told,) = [each for each in found if each.startswith("targets.a.region: ")]
    assert told.startswith(f"targets.a.region: unknown region ID{hint}")


def test_a_wrong_year_and_a_wrong_region_are_both_told(tmp_path: Path) -> None:
    found = problems(tmp_path, "variable: rtlh_houses, year: 2040, value: 5, region: ID")
    assert sorted(each.split(":")[0] for each in found) == ["a.region", "a.year"]


@pytest.mark.parametrize("wrong", ["part: roof", "base_value: 5", "operator: '>='"])
def test_a_target_of_a_wrong_year_is_not_looked_at_further(tmp_path: Path, wrong: str) -> None:
    one(tmp_path, f"variable: rtlh_houses, year: 2040, value: 500, {wrong}", ".year: 2040 lies after")


def test_without_regions_a_target_is_not_compared(tmp_path: Path) -> None:
    path = write(tmp_path, f"{PLAN}targets:\n  a: {{source: x, {RTLH}, value: 9999, region: ID, part: roof}}\n")
    (tmp_path / "regions.csv").unlink()
    assert not [each for each in check(path) if each.message.startswith("targets.")]


# what can be reached


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"{RTLH}, value: 0", None),
        (f"{RTLH}, value: -0.5", ".value: -0.5 is negative, which rtlh_houses cannot be; expected 0 or more"),
        (
            f"{RTLH}, percent_of_base: -1, base: 600",
            ".percent_of_base: -6 is negative, which rtlh_houses cannot be; expected 0 or more",
        ),
        ("variable: net_clearance_houses, year: 2027, value: -5", None),
        (f"{SHARE}, value: 1", None),
        (f"{SHARE}, value: 1.5", ".value: 1.5 is more than 1: no more than all houses are decent; expected 0 to 1"),
        ("variable: programme_contribution_share, year: 2027, value: 1, operator: '>='", None),
        (
            "variable: programme_contribution_share, year: 2027, value: 2, operator: '>='",
            ".value: 2 is more than 1: programmes move no more than everything that leaves RTLH; expected 0 to 1",
        ),
        (f"{RTLH}, value: 2", None),
        (f"{HANDLED}, percent_of_base: 100, base: 50", None),
        (
            f"{HANDLED}, percent_of_base: 100.5, base: 50",
            ".percent_of_base: 100.5 percent of the base; no more than all of it, 100, can be handled",
        ),
        (f"{RTLH}, percent_of_base: 101, base: 600", None),
        (f"{HANDLED}, value: 600, base_value: 600", None),
        (f"{HANDLED}, value: 600", None),
        (
            f"{HANDLED}, value: 601",
            ".value: 601 houses in one year, of 600 in all at the opening in 63; expected less (a sum of several "
            "years is written as a stock or a share)",
        ),
        (f"{HANDLED}, value: 200, region: '63.01'", None),
        (f"{HANDLED}, value: 201, region: '63.01'", ".value: 201 houses in one year, of 200 in all at the opening in"),
        (f"{SLUM_DONE}, value: 50", None),
        (
            f"{SLUM_DONE}, value: 51",
            ".value: 51 hectares in one year, of 50 in all at the opening in 63; expected less",
        ),
        ("variable: new_rtlh_houses, year: 2027, value: 9999", None),
    ],
)
def test_what_can_be_reached(tmp_path: Path, target: str, expected: str | None) -> None:
    one(tmp_path, target, expected)


@pytest.mark.parametrize(
    ("year", "variable", "told"),
    [(2026, "rtlh_houses", False), (2027, "rtlh_houses", False), (2028, "rtlh_houses", True), (2026, "slum_ha", True)],
)
def test_a_new_record_may_hold_more(tmp_path: Path, year: int, variable: str, told: bool) -> None:
    by = "ratio: 2" if variable == "rtlh_houses" else 'authority: province, ha: {by_region: {"63.01": 5, "63.10": 5}}'
    plan = f"{PLAN}revisions:\n  again: {{year: {year}, variable: {variable}, {by}}}\n"
    one(tmp_path, f"{HANDLED}, value: 601", ".value: 601 houses in one year" if told else None, plan)
    worse = ".value: 601 lies above what is there already, 600: a promise to get worse"
    warned(tmp_path, f"{RTLH}, value: 601", worse if told else None, plan)


# which way is better


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"{RTLH}, value: 600", None),
        (f"{RTLH}, value: 600.5", ".value: 600.5 lies above what is there already, 600: a promise to get worse"),
        (
            f"{RTLH}, value: 500, operator: '>='",
            ".operator: >=, but for rtlh_houses less is better; write <=, unless a lower bound is meant",
        ),
        (f"{SHARE}, value: 0.8", None),
        (f"{SHARE}, value: 0.79", ".value: 0.79 lies below what is there already, 0.8: a promise to get worse"),
        (
            f"{SHARE}, value: 0.9, operator: <=",
            ".operator: <=, but for decent_share more is better; write >=, unless an upper bound is meant",
        ),
        (f"{SLUM}, value: 51", ".value: 51 lies above what is there already, 50: a promise to get worse"),
        (f"{SLUM}, value: 31, region: '63.01'", ".value: 31 lies above what is there already, 30: a promise to get"),
        (f"{SLUM}, value: 30, region: '63.01', part: province", None),
        ("variable: households, year: 2027, value: 9999, operator: <=", None),
        (f"{HANDLED}, value: 0", None),
    ],
)
def test_warnings_of_sense(tmp_path: Path, target: str, expected: str | None) -> None:
    warned(tmp_path, target, expected)


def test_a_share_of_estates_handed_over(tmp_path: Path) -> None:
    psu = "variable: psu_share, year: 2027"
    below = ".value: 0.3 lies below what is there already, 0.4: a promise to get worse"
    warned(tmp_path, f"{psu}, value: 0.3", below, WITH_PSU)
    warned(tmp_path, f"{psu}, value: 0.4", None, WITH_PSU)
    warned(tmp_path, f"{psu}, value: 0.3, region: '63.10'", None, WITH_PSU)  # there are no estates


# bases


def stands_on(stated: str, base: str, year: str = "", region: str = "63") -> str:
    """The words of a target that stands on something else."""
    return f": the target stands on {stated}{year}, the scenario on {base} for {region} at the end of 2024: another "


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"{RTLH}, value: 500, base_value: 603", None),  # published bases are rounded: 600 * 0.005 = 3
        (f"{RTLH}, value: 500, base_value: 597", None),
        (f"{RTLH}, value: 500, base_value: 604", ".base_value" + stands_on("604", "600")),
        (f"{RTLH}, value: 500, base_value: 596", ".base_value" + stands_on("596", "600")),
        (f"{RTLH}, value: 500, base_value: 0", ".base_value" + stands_on("0", "600")),
        (f"{RTLH}, value: 500, base_value: 1200, base_year: 2020",
         ".base_value" + stands_on("1_200", "600", " (2020)")),
        (f"{RTLH}, value: 100, part: light, base_value: 300", None),
        (f"{RTLH}, value: 100, part: light, base_value: 600", ".base_value" + stands_on("600", "300")),
        (f"{RTLH}, value: 100, part: heavy, region: '63.01', base_value: 40", None),
        (f"{RTLH}, percent_of_base: 50, base: 700", ".base" + stands_on("700", "600")),
        (f"{HANDLED}, percent_of_base: 50, base: 700", None),  # a percentage of a yearly plan
        (f"{HANDLED}, value: 50, base_value: 700", ".base_value" + stands_on("700", "600")),
        (f"{SLUM_DONE}, value: 5, base_value: 100", None),  # the area of the decree
        (f"{SLUM_DONE}, value: 5, base_value: 50", ".base_value" + stands_on("50", "100")),
        (f"{SLUM_DONE}, value: 5, region: '63.01', base_value: 60", None),
        ("variable: slum_handled_share, year: 2027, value: 0.5, part: net, base_value: 100", None),
        (f"{SLUM}, value: 5, base_value: 50", None),
        (f"{SLUM}, value: 5, base_value: 100", ".base_value" + stands_on("100", "50")),
        (f"{SLUM}, value: 5, part: province, base_value: 100", ".base_value" + stands_on("100", "50")),
        (f"{SLUM}, percent_of_base: 10, base: 100", ".base" + stands_on("100", "50")),
        (f"{SHARE}, value: 0.9, base_value: 0.8", None),
        (f"{SHARE}, value: 0.9, base_value: 0.7", ".base_value" + stands_on("0.7", "0.8")),
        (f"{SHARE}, value: 0.9, region: '63.01', base_value: 0.7",
         ".base_value" + stands_on("0.7", "0.8", region="63.01")),
        ("variable: treated_houses, year: 2027, value: 900, base_value: 200", None),
        ("variable: treated_houses, year: 2027, value: 900, base_value: 9", ".base_value" + stands_on("9", "200")),
        ("variable: new_rtlh_houses, year: 2027, value: 900, base_value: 9", None),
        ("variable: funding_gap_idr, year: 2027, value: 900, base_value: 9", None),
    ],
)  # fmt: skip
def test_bases_are_not_mixed(tmp_path: Path, target: str, expected: str | None) -> None:
    one(tmp_path, target, expected)


def test_a_base_of_nothing(tmp_path: Path) -> None:
    plan = PLAN.replace('slum_ha: {province: {by_region: {"63.01": 30', 'slum_ha: {province: {by_region: {"63.01": 0')
    target = f"{SLUM}, value: 0, region: '63.01', base_value: "
    one(tmp_path, f"{target}5", ".base_value" + stands_on("5", "0", region="63.01"), plan)
    one(tmp_path, f"{target}0", None, plan)
    warned(tmp_path, f"{SLUM}, value: 0, region: '63.01'", None, plan)


def test_both_bases_are_told(tmp_path: Path) -> None:
    found = problems(tmp_path, f"{RTLH}, percent_of_base: 50, base: 700, base_value: 800")
    assert [each.split(":")[0] for each in found] == ["a.base", "a.base_value"]


def test_a_stock_that_cannot_be_read_is_no_base(tmp_path: Path) -> None:
    plan = PLAN.replace('rtlh_houses: {by_region: {"63.01": 200', 'rtlh_houses: {by_region: {"63.01": -200')
    assert problems(tmp_path, f"{RTLH}, value: 9999, base_value: 5", plan=plan) == []


def test_a_stock_of_the_whole_province_is_no_base(tmp_path: Path) -> None:
    plan = PLAN.replace('rtlh_houses: {by_region: {"63.01": 200, "63.10": 400}}', "rtlh_houses: 600")
    assert problems(tmp_path, f"{RTLH}, value: 9999, base_value: 5", plan=plan) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(1000, "1_000"), (999.5, "999.5"), (1000.4, "1_000"), (1234567, "1_234_567"), (0.1234567, "0.123457"), (0, "0")],
)
def test_numbers_in_words(number: float, words: str) -> None:
    assert in_words(number) == words
