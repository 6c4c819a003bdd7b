"""Parts of variables that a target may name, and targets that contradict each other by a little."""

from pathlib import Path

import pytest

from changed_plan import ONE_REGION, regional, said
from target_plan import HANDLED, PLAN, RTLH, problems

MONEY = "variable: spent_idr, year: 2027, value: 1e8"
FLPP = "  flpp: {treats: finance, quota_households: 100}\n"
BACKLOG = '  ownership_backlog_households: {by_region: {"63.01": 10, "63.10": 20}}\n'
WITH_BACKLOG = PLAN.replace("assumptions:\n", f"{BACKLOG}assumptions:\n")
SLUM_LINE = '  slum_ha: {province: {by_region: {"63.01": 30, "63.10": 20}}}\n'
KUMUH = PLAN[PLAN.index("  kumuh:") :]
REMAINS = "write applies: false"


def one(folder: Path, target: str, expected: str | None, plan: str = PLAN) -> None:
    """One problem that is so, or none."""
    assert problems(folder, target, plan=plan) == ([f"a{expected}"] if expected else [])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"{RTLH}, value: 5, part: medium", None),
        (f"{RTLH}, value: 5, part: roof", "rtlh_houses has no part roof; expected one of total, light, medium, heavy"),
        (
            f"{RTLH}, value: 5, part: bsps",
            "bsps is a programme, and rtlh_houses is not told by programme; expected one of total, light, medium, "
            "heavy",
        ),
        (f"{HANDLED}, value: 5, part: kab", None),
        (
            f"{HANDLED}, value: 5, part: kumuh",
            "kumuh treats slum and cannot move reported_handled_houses; expected one of total, bsps, kab",
        ),
        (
            f"{HANDLED}, value: 5, part: bsps.apbn",
            "reported_handled_houses is told by programme, not by source; write bsps",
        ),
        ("variable: slum_treated_ha, year: 2027, value: 5, part: kumuh", None),
        (
            "variable: slum_treated_ha, year: 2027, value: 5, part: kab",
            "kab treats light, medium, heavy and cannot move slum_treated_ha; expected one of total, kumuh",
        ),
        (f"{MONEY}, part: bsps.apbn", None),
        (f"{MONEY}, part: bsps", "spent_idr has no part bsps; expected bsps.apbn"),
        (f"{MONEY}, part: kab.apbn", "spent_idr has no part kab.apbn; expected kab.apbd"),
        (f"{MONEY}, part: roof", "spent_idr has no part roof; expected one of total, bsps.apbn, kab.apbd, kumuh.apbd"),
        ("variable: slum_handled_share, year: 2027, value: 0.5, part: gross", None),
        ("variable: slum_handled_share, year: 2027, value: 0.5, part: half",
         "slum_handled_share has no part half; expected one of total, gross, net"),
        ("variable: rtlh_handled_share, year: 2027, value: 0.5, part: moving_base", None),
        ("variable: rtlh_handled_share, year: 2027, value: 0.5, part: half",
         "rtlh_handled_share has no part half; expected one of total, fixed_base, moving_base"),
        ("variable: slum_ha, year: 2027, value: 5, part: nobody",
         "slum_ha has no part nobody; expected one of total, kabkota, province, centre"),
        ("variable: decent_share, year: 2027, value: 0.9, part: half",
         "decent_share has no part half; expected one of total"),
    ],
)  # fmt: skip
def test_the_part_of_a_target(tmp_path: Path, target: str, expected: str | None) -> None:
    one(tmp_path, target, expected and f".part: {expected}")


def test_of_a_wrong_part_nothing_else_is_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, f"{RTLH}, value: 5, part: roof, base_value: 5")
    assert problem.startswith("a.part: rtlh_houses has no part roof")


def test_a_programme_without_a_budget_spends_nothing(tmp_path: Path) -> None:
    expected = ".part: spent_idr has no part flpp; expected a programme with a budget"
    one(tmp_path, f"{MONEY}, part: flpp", expected, WITH_BACKLOG + FLPP)


def test_sources_of_a_programme_are_offered(tmp_path: Path) -> None:
    plan = PLAN.replace("budget_idr: {apbn: 1e9}", "budget_idr: {apbn: 1e9, csr: 1e8}")
    one(
        tmp_path,
        f"{MONEY}, part: bsps.apbd",
        ".part: spent_idr has no part bsps.apbd; expected bsps.apbn or bsps.csr",
        plan,
    )


@pytest.mark.parametrize(
    ("target", "plan", "work"),
    [
        ("aided_estates, year: 2027, value: 5", PLAN, "estates"),
        ("programme_new_houses, year: 2027, value: 5", PLAN, "new_houses"),
        ("financed_households, year: 2027, value: 5", WITH_BACKLOG, "finance"),
        ("slum_exit_ha, year: 2027, value: 5", PLAN.replace(KUMUH, ""), "slum"),
        ("slum_handled_ha, year: 2027, value: 5", PLAN.replace(KUMUH, ""), "slum"),
        ("slum_treated_ha, year: 2027, value: 5", PLAN.replace(KUMUH, ""), "slum"),
        ("financed_households, year: 2027, value: 5", WITH_BACKLOG + FLPP, None),
        ("slum_exit_ha, year: 2027, value: 5", PLAN, None),
        ("reported_handled_houses, year: 2027, value: 5", PLAN.replace(KUMUH, ""), None),
    ],
)
def test_what_no_programme_moves(tmp_path: Path, target: str, plan: str, work: str | None) -> None:
    variable = target.partition(",")[0]
    stays = f": no programme of the scenario treats {work}, so {variable} stays 0; add one, or {REMAINS}"
    one(tmp_path, f"variable: {target}", stays if work else None, plan)


def uncovered(key: str, region: str, variable: str) -> str:
    return f": opening.{key} has nothing for {region}, so {variable} is not simulated there; {REMAINS}"


@pytest.mark.parametrize(
    ("target", "plan", "expected"),
    [
        ("slum_ha, value: 5, part: province", PLAN, None),
        ("slum_ha, value: 5, part: kabkota", PLAN, uncovered("slum_ha.kabkota", "63", "slum_ha")),
        ("slum_ha, value: 5", PLAN.replace(SLUM_LINE, ""), uncovered("slum_ha", "63", "slum_ha")),
        ("slum_handled_share, value: 0.5, part: net", PLAN.replace(SLUM_LINE, ""),
         uncovered("slum_ha", "63", "slum_handled_share")),
        ("slum_ha, value: 5", PLAN.replace(', "63.10": 20}}}', "}}}"), None),
        ("slum_ha, value: 5, region: '63.01'", PLAN.replace(', "63.10": 20}}}', "}}}"), None),
        ("slum_ha, value: 5, region: '63.10'", PLAN.replace(', "63.10": 20}}}', "}}}"),
         uncovered("slum_ha", "63.10", "slum_ha")),
        ("psu_share, value: 0.5", PLAN, uncovered("psu_estates", "63", "psu_share")),
        ("psu_gap_estates, value: 5, region: '63.01'", PLAN, uncovered("psu_estates", "63.01", "psu_gap_estates")),
        ("ownership_backlog_households, value: 5", PLAN,
         uncovered("ownership_backlog_households", "63", "ownership_backlog_households")),
        ("ownership_backlog_households, value: 5", WITH_BACKLOG, None),
        ("financed_households, value: 5", PLAN + FLPP,
         uncovered("ownership_backlog_households", "63", "financed_households")),
        ("rtlh_houses, value: 5", PLAN, None),
    ],
)  # fmt: skip
def test_what_no_source_covers(tmp_path: Path, target: str, plan: str, expected: str | None) -> None:
    found = problems(tmp_path, f"year: 2027, variable: {target}", plan=plan)
    assert found == ([f"a{expected}"] if expected else [])


# contradictions


SAME = "says the same as a; keep one of the two"
LOWER = f"{RTLH}, operator: '>='"


def test_a_target_that_stands_three_times(tmp_path: Path) -> None:
    assert problems(tmp_path, *[f"{RTLH}, value: 500"] * 3) == [f"b: {SAME}", f"c: {SAME}"]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("value: 300", True),
        ("percent_of_base: 50, base: 600", True),
        ("value: 300, probability: 0.8", True),  # as where nothing is said
        ("value: 300, probability: 0.9", False),
        ("value: 301", False),
        ("value: 300, region: '63.10'", False),
        ("value: 300, part: light", False),
    ],
)
def test_what_says_the_same(tmp_path: Path, other: str, same: bool) -> None:
    assert problems(tmp_path, f"{RTLH}, value: 300", f"{RTLH}, {other}") == ([f"b: {SAME}"] if same else [])


@pytest.mark.parametrize(("variable", "part"), [("rtlh_handled_share", "fixed_base"), ("slum_handled_share", "gross")])
def test_a_part_that_is_the_total(tmp_path: Path, variable: str, part: str) -> None:
    whole = f"variable: {variable}, year: 2027, value: 0.75"
    assert problems(tmp_path, whole, f"{whole}, part: {part}") == [f"b: {SAME}"]


def at_odds(least: str, most: str, where: str = "63", others: str = "a", last: str = "b") -> str:
    words = f"{last}: contradicts {others}: rtlh_houses ({where}) in 2027 would be at least {least} and at most {most}"
    return f"{words}; change or drop one"


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (100, 100, False),
        (101, 100, True),
        (100.00005, 100, False),  # a millionth of the number is round-off
        (100.0002, 100, True),
        (0.5, 0.5, False),
        (0.5000005, 0.5, False),  # and a millionth of one, where it is less
        (0.5000015, 0.5, True),
        (0.000003, 0, True),
    ],
)
def test_a_contradiction_is_more_than_round_off(tmp_path: Path, least: float, most: float, told: bool) -> None:
    found = problems(tmp_path, f"{RTLH}, value: {most}", f"{LOWER}, value: {least}")
    assert found == ([at_odds(f"{least:.6g}", f"{most:g}")] if told else [])


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        # each part, each region and each region's part adds to the whole
        ((f"{RTLH}, value: 100", f"{LOWER}, part: light, value: 101"), at_odds("101", "100")),
        ((f"{RTLH}, value: 100", f"{LOWER}, part: medium, value: 101"), at_odds("101", "100")),
        ((f"{RTLH}, value: 100", f"{LOWER}, region: '63.01', value: 101"), at_odds("101", "100")),
        ((f"{RTLH}, value: 100", f"{LOWER}, region: '63.10', part: light, value: 101"), at_odds("101", "100")),
        ((f"{RTLH}, part: light, value: 100", f"{LOWER}, region: '63.01', part: light, value: 101"),
         at_odds("101", "100", "63 light")),
        ((f"{RTLH}, region: '63.01', value: 100", f"{LOWER}, region: '63.01', part: light, value: 101"),
         at_odds("101", "100", "63.01")),
        ((f"{RTLH}, region: '63.01', value: 100", f"{LOWER}, region: '63.10', part: light, value: 101"), None),
        # what no target asks for is 0 at least
        ((f"{RTLH}, value: 0", f"{LOWER}, region: '63.01', value: 0"), None),
        ((f"{LOWER}, value: 100", f"{RTLH}, region: '63.01', value: 0"), None),
        # written in any order, the last of them is told
        ((f"{LOWER}, region: '63.01', value: 101", f"{RTLH}, value: 100"), at_odds("101", "100")),
    ],
)  # fmt: skip
def test_what_adds_up(tmp_path: Path, targets: tuple[str, ...], expected: str | None) -> None:
    assert problems(tmp_path, *targets) == ([expected] if expected else [])


def test_a_contradiction_of_one_class_is_not_said_again_of_all(tmp_path: Path) -> None:
    classes = (f"{LOWER}, part: heavy, value: 60", f"{RTLH}, part: heavy, value: 50")
    others = [f"{RTLH}, part: {name}, value: 4" for name in ("light", "medium")]  # 50 + 4 + 4 < 60
    found = problems(tmp_path, f"{LOWER}, value: 1", *classes, *others)
    assert found == [at_odds("60", "50", "63 heavy", "b", "c")]


def test_a_contradiction_of_one_region_is_not_said_again_of_all(tmp_path: Path) -> None:
    region = (f"{LOWER}, region: '63.01', value: 60", f"{RTLH}, region: '63.01', value: 50")
    found = problems(tmp_path, f"{LOWER}, value: 1", *region, f"{RTLH}, region: '63.10', value: 5")
    assert found == [at_odds("60", "50", "63.01", "b", "c")]


def test_a_contradiction_of_the_only_region_is_said_once(tmp_path: Path) -> None:
    stocks = ("households", "decent_houses", "rtlh_houses")
    target = {"variable": "rtlh_houses", "region": "63.01", "year": 2027, "source": "x"}
    targets = {"a": {**target, "value": 60, "operator": ">="}, "b": {**target, "value": 50}}
    plan = {**{f"opening.{name}": regional(100) for name in stocks}, "targets": targets}
    assert said(tmp_path, plan, regions=ONE_REGION) == [f"targets.{at_odds('60', '50', '63.01')}"]


def test_the_tightest_numbers_are_compared(tmp_path: Path) -> None:
    upper = [f"{RTLH}, value: {most}" for most in (50, 70, 60)]
    lower = [f"{LOWER}, value: {least}" for least in (65, 55, 60)]
    assert problems(tmp_path, *upper, *lower) == [at_odds("65", "50", "63", "a", "d")]


def test_shares_of_regions_do_not_add_up(tmp_path: Path) -> None:
    share = "variable: decent_share, year: 2027"
    region = f"{share}, region: '63.01', value: 0.9"
    assert problems(tmp_path, f"{share}, operator: <=, value: 0.85", region) == []


def test_a_contradiction_of_one_region_and_class_comes_first(tmp_path: Path) -> None:
    region = f"{LOWER}, region: '63.01', part: heavy, value: 60", f"{RTLH}, region: '63.01', part: heavy, value: 50"
    rest = (f"{RTLH}, part: heavy, value: 55", f"{RTLH}, region: '63.01', value: 56")
    found = problems(tmp_path, *rest, *region)
    first = at_odds("60", "50", "63.01 heavy", "c", "d")
    of_region = at_odds("60", "56", "63.01", "b", "c")
    assert sorted(found) == sorted([first, of_region, at_odds("60", "55", "63 heavy", "a", "c")])


def test_signed_numbers_may_add_to_anything(tmp_path: Path) -> None:
    net = "variable: net_clearance_houses, year: 2027"
    total, region = f"{net}, operator: <=, value: 5", f"{net}, region: '63.01', value: 6"
    assert problems(tmp_path, total, region) == []
    (found,) = problems(tmp_path, total, region, f"{net}, region: '63.10', value: 0")
    assert found.startswith("c: contradicts a, b: net_clearance_houses (63) in 2027 would be at least 6 and at most 5")
