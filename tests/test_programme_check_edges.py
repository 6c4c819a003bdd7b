"""Checks of programmes and shocks at their edges: each rule just kept and just broken, in its own words."""

from pathlib import Path
from typing import Any

import pytest

from changed_plan import CLASSES, ONE_REGION, SLUM, SLUM_STOCKS, regional, said, thirds

B = "programmes.bsps"
ONE = {f"opening.{stock}": regional(100) for stock in ("households", "decent_houses", "rtlh_houses")}
BACKLOG = {"opening.ownership_backlog_households": regional(100, 200)}
FINANCE = {"treats": "finance", "quota_households": 100}
NEW_HOUSES = {"treats": "new_houses", "unit_cost_idr": 5e7, "budget_idr": {"apbn": 1e9}}
SINGLE = {
    "severity_classes": ["all"],
    f"{B}.treats": ["all"],
    "opening.severity_share": None,
    "assumptions.severity_share": None,
}


def of_bsps(folder: Path, changes: dict[str, Any], *expected: str) -> None:
    """What is said of other entries of the programme, its path left out."""
    problems = said(folder, {f"{B}.{name}": entry for name, entry in changes.items()})
    assert problems == [f"{B}{'' if each.startswith(':') else '.'}{each}" for each in expected]


def one_region(folder: Path, changes: dict[str, Any]) -> list[str]:
    """What is said in a province of one region."""
    return said(folder, {**ONE, **changes}, regions=ONE_REGION)


# names and works


@pytest.mark.parametrize(
    ("name", "fits"), [("b", True), ("b_2", True), ("2b", False), ("_b", False), ("B", False), ("b-2", False)]
)
def test_names_stand_in_columns_of_results(tmp_path: Path, name: str, fits: bool) -> None:
    words = f"{name!r} is no short name; write lower-case letters, digits and _ only"
    programme = {f"programmes.{name}": {"treats": ["light"], "unit_cost_idr": 2e7, "budget_idr": {"apbn": 1e9}}}
    assert said(tmp_path, programme) == ([] if fits else [f"programmes.{name}: {words}"])
    of_bsps(tmp_path, {"budget_idr": {name: 1e9}}, *([] if fits else [f"budget_idr.{name}: {words}"]))
    shock = {"houses": regional(1, 1), "severity_share": thirds(1, 0, 0)}
    assert said(tmp_path, {f"shocks.{name}": shock}) == ([] if fits else [f"shocks.{name}: {words}"])


@pytest.mark.parametrize(
    ("treats", "expected"),
    [
        ([], "an empty list; expected classes of light, medium, heavy, slum, new_houses, estates, finance"),
        (["light", "light"], "a class stands twice"),
        (["light", "heavy"], None),
        (["light"], None),
        (["light", "new_houses"], "light, new_houses in one programme; write one programme for each kind of work"),
        (["new_houses"], None),
        (["roof"], "roof is nothing to treat; expected one of light, medium, heavy, slum, new_houses, estates, "),
        (["hevy"], "hevy is nothing to treat; did you mean heavy?"),
    ],
)
def test_what_is_treated(tmp_path: Path, treats: list[str], expected: str | None) -> None:
    problems = said(tmp_path, {f"{B}.treats": treats})
    assert len(problems) == (expected is not None)
    assert all(each.startswith(f"{B}.treats: {expected}") for each in problems)


@pytest.mark.parametrize(("treats", "more"), [([], 0), (["roof"], 0), (["light", "light"], 1)])
def test_money_is_looked_at_where_it_is_known_what_is_treated(tmp_path: Path, treats: list[str], more: int) -> None:
    problems = said(tmp_path, {f"{B}.treats": treats, f"{B}.unit_cost_idr": None})
    assert problems.count(f"{B}.unit_cost_idr: missing; write it here or in assumptions") == more


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"authority": None}, "authority: missing; a programme that treats slum needs it"),
        ({"intervention": None}, "intervention: missing; a programme that treats slum needs it"),
        ({"classes": []}, "classes: an empty list; expected classes of light, medium, heavy"),
        ({"classes": ["heavy"]}, None),
        ({"classes": ["hevy"]}, "classes: hevy; did you mean heavy?"),
    ],
)
def test_a_programme_on_slum(tmp_path: Path, changes: dict[str, Any], expected: str | None) -> None:
    programme = {name: entry for name, entry in {**SLUM, **changes}.items() if entry is not None}
    problems = said(tmp_path, {**SLUM_STOCKS, "programmes.kumuh": programme})
    assert problems == ([f"programmes.kumuh.{expected}"] if expected else [])


def test_other_programmes_need_no_authority_and_no_classes(tmp_path: Path) -> None:
    of_bsps(tmp_path, {"classes": []})
    of_bsps(tmp_path, {"classes": ["roof"]})


def test_one_finance_programme_is_enough(tmp_path: Path) -> None:
    one = {**BACKLOG, "programmes.flpp": FINANCE}
    assert said(tmp_path, one) == []
    second = "a second finance programme beside flpp; keep one"
    two = {**one, "programmes.ssb": FINANCE}
    assert said(tmp_path, two) == [f"programmes.ssb.treats: {second}"]
    three = {**two, "programmes.tapera": FINANCE}
    assert said(tmp_path, three) == [f"programmes.ssb.treats: {second}", f"programmes.tapera.treats: {second}"]


# money


def test_a_finance_programme_has_a_quota_and_no_budget(tmp_path: Path) -> None:
    missing = "programmes.flpp.quota_households: missing; a finance programme needs it"
    assert said(tmp_path, {**BACKLOG, "programmes.flpp": {"treats": "finance"}}) == [missing]
    both = {**BACKLOG, "programmes.flpp": {**FINANCE, "budget_idr": {"apbn": 1e9}}}
    expected = "programmes.flpp.budget_idr: a finance programme has a quota, not a budget; delete it"
    assert said(tmp_path, both) == [expected]


@pytest.mark.parametrize("name", ["quota_households", "developer_capacity_households", "bank_capacity_households"])
def test_a_quota_is_for_finance_only(tmp_path: Path, name: str) -> None:
    entry = regional(50, 50)
    of_bsps(tmp_path, {name: entry}, f"{name}: only for a programme that treats finance; delete it")
    assert said(tmp_path, {**BACKLOG, "programmes.flpp": {**FINANCE, name: entry}}) == []


def test_a_programme_has_money_and_a_price(tmp_path: Path) -> None:
    money = "budget_idr: missing; write the money by source, such as {apbn: 1_000_000_000}"
    of_bsps(tmp_path, {"budget_idr": None}, money)
    of_bsps(tmp_path, {"unit_cost_idr": None}, "unit_cost_idr: missing; write it here or in assumptions")
    assert said(tmp_path, {f"{B}.unit_cost_idr": None, "assumptions.unit_cost_idr": 2e7}) == []


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"apbn": 0.75, "apbd": 0.25}, None),
        ({"apbn": 1}, None),  # not every source has a part
        ({"apbn": 0.75, "apbd": 0.5}, ": the shares add to 1.25; expected 1"),
        ({"apbn": 0.5}, ": the shares add to 0.5; expected 1"),
        ({"apbn": 0.5, "csr": 0.4}, ".csr: unknown name; expected one of apbn, apbd"),
        ({}, None),
    ],
)
def test_shares_of_money_together(tmp_path: Path, shares: dict[str, float], expected: str | None) -> None:
    changes = {"budget_idr": {"apbn": 1e9, "apbd": 1e9}, "cofunding_share": shares}
    of_bsps(tmp_path, changes, *([f"cofunding_share{expected}"] if expected else []))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.9, None),
        ({"apbn": 0.9, "apbd": 0.8}, None),
        ({"apbn": 0.9}, ": nothing for apbd; expected apbn, apbd"),
        ({"apbn": 0.9, "apbd": 0.8, "csr": 1}, ".csr: unknown name; expected one of apbn, apbd"),
    ],
)
def test_absorption_by_source(tmp_path: Path, share: Any, expected: str | None) -> None:
    changes = {"budget_idr": {"apbn": 1e9, "apbd": 1e9}, "absorption_share": share}
    of_bsps(tmp_path, changes, *([f"absorption_share{expected}"] if expected else []))


# limits


@pytest.mark.parametrize(
    ("ramp", "expected"),
    [
        ({"ramp_rate": 0.5, "ramp_start": 100}, None),
        ({"ramp_rate": 0.5}, "ramp_rate: ramp_rate without ramp_start; a ramp needs both"),
        ({"ramp_start": 100}, "ramp_start: ramp_start without ramp_rate; a ramp needs both"),
    ],
)
def test_a_ramp_has_a_rate_and_a_start(tmp_path: Path, ramp: dict[str, Any], expected: str | None) -> None:
    of_bsps(tmp_path, ramp, *([expected] if expected else []))


FINISHED = "finished_same_year_share and finished_next_year_share add to"


@pytest.mark.parametrize(
    ("same", "later", "total"), [(0.75, 0.25, None), (0.75, 0.5, "1.25"), (1, 1, "2"), (None, 0.25, "1.25")]
)
def test_no_more_is_finished_than_was_begun(tmp_path: Path, same: Any, later: float, total: str | None) -> None:
    shares = {"finished_next_year_share": later} | ({"finished_same_year_share": same} if same is not None else {})
    of_bsps(tmp_path, shares, *([f": {FINISHED} {total}; expected at most 1"] if total else []))


def test_what_the_assumptions_say_is_not_told_again_of_each_programme(tmp_path: Path) -> None:
    general = {"assumptions.finished_same_year_share": 0.75, "assumptions.finished_next_year_share": 0.5}
    expected = f"{FINISHED} 1.25; expected at most 1"
    assert said(tmp_path, general) == [f"assumptions.finished_same_year_share: {expected}"]
    own = {"assumptions.finished_same_year_share": 0.75, f"{B}.finished_next_year_share": 0.5}
    assert said(tmp_path, own) == [f"{B}: {expected}"]


@pytest.mark.parametrize("name", ["overhead_share", "leakage_share"])
@pytest.mark.parametrize(("share", "told"), [(0.75, False), (1, True), ({"table": {"2026": 0, "2028": 1}}, True)])
def test_some_money_is_left(tmp_path: Path, name: str, share: Any, told: bool) -> None:
    message = f"{name}: {name} 1 leaves no money; expected less than 1"
    of_bsps(tmp_path, {name: share}, *([message] if told else []))
    general = said(tmp_path, {f"assumptions.{name}": share})
    assert general == ([f"assumptions.{message}"] if told else [])


@pytest.mark.parametrize(
    ("treats", "share", "expected"),
    [
        (CLASSES, thirds(1, 1, 0.5), None),
        (CLASSES, {"light": 1, "medium": 1}, ": nothing for heavy; expected light, medium, heavy"),
        (CLASSES, {**thirds(1, 1, 1), "all": 1}, ".all: unknown name; expected one of light, medium, heavy"),
        (["light"], {"light": 1}, None),
        (["light"], {"light": 1, "heavy": 0.5}, None),
        (["light"], {"heavy": 0.5}, ": nothing for light; expected light, heavy"),
        (["new_houses"], thirds(1, 1, 1), None),
        (["new_houses"], {"light": 1}, ": nothing for medium, heavy; expected light, medium, heavy"),
        (["light"], 0.5, None),
    ],
)
def test_effects_by_class(tmp_path: Path, treats: list[str], share: Any, expected: str | None) -> None:
    changes = {"treats": list(treats), "effectiveness_share": share}
    of_bsps(tmp_path, changes, *([f"effectiveness_share{expected}"] if expected else []))


@pytest.mark.parametrize(
    ("mix", "expected"),
    [
        ({"light": 0.75, "medium": 0.25}, None),
        ({"light": 1}, None),
        ({}, None),
        ({"light": 0.75, "medium": 0.5}, ": the shares add to 1.25; expected 1"),
        ({"light": 0.75, "heavy": 0.5}, ".heavy: unknown name; expected one of light, medium"),
    ],
)
def test_a_mix_is_of_the_classes_that_are_treated(tmp_path: Path, mix: dict[str, float], expected: str | None) -> None:
    changes = {"treats": ["light", "medium"], "severity_mix": mix}
    of_bsps(tmp_path, changes, *([f"severity_mix{expected}"] if expected else []))


def test_a_mix_of_a_slum_programme_is_of_its_classes(tmp_path: Path) -> None:
    programme = {**SLUM, "classes": ["light", "heavy"], "severity_mix": {"light": 0.5, "heavy": 0.5}}
    assert said(tmp_path, {**SLUM_STOCKS, "programmes.kumuh": programme}) == []
    other = {**SLUM_STOCKS, "programmes.kumuh": {**programme, "severity_mix": {"medium": 1}}}
    expected = "programmes.kumuh.severity_mix.medium: unknown name; expected one of light, heavy"
    assert said(tmp_path, other) == [expected]


# sharing


@pytest.mark.parametrize(
    ("rule", "name", "entry"),
    [
        ("fiscal_capacity", "capacity_index", regional(1, 2)),
        ("weighted_index", "index", {"poor": {**regional(1, 2), "weight": 1}}),
        ("fixed_table", "table", regional(0.25, 0.75)),
    ],
)
def test_each_rule_of_sharing_has_its_numbers(tmp_path: Path, rule: str, name: str, entry: Any) -> None:
    of_bsps(tmp_path, {"sharing": {"rule": rule, name: entry}})
    of_bsps(tmp_path, {"sharing": {"rule": rule}}, f"sharing.{name}: missing; the rule {rule} needs it")
    unused = f"not used by the rule proportional_need; delete it, or write rule: {rule}"
    of_bsps(tmp_path, {"sharing": {name: entry}}, f"sharing.{name}: {unused}")
    equal = unused.replace("proportional_need", "equal")
    of_bsps(tmp_path, {"sharing": {"rule": "equal", name: entry}}, f"sharing.{name}: {equal}")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (regional(0.25, 0.75), None),
        (regional(0.5, 0.75), "the shares of the regions add to 1.25; expected 1"),
        (regional(0.25, 0.5), "the shares of the regions add to 0.75; expected 1"),
        (
            regional({"2026": 0.25, "2028": 0.5}, {"2026": 0.75}),
            "the shares of the regions add to 1.25; expected 1",
        ),
        (0.5, "one number for all regions; expected a share of each region, adding to 1"),
    ],
)
def test_a_table_of_shares_adds_to_one(tmp_path: Path, table: Any, expected: str | None) -> None:
    changes = {"sharing": {"rule": "fixed_table", "table": table}}
    of_bsps(tmp_path, changes, *([f"sharing.table: {expected}"] if expected else []))


def test_an_index_has_a_weight_in_every_part(tmp_path: Path) -> None:
    index = {"poor": {**regional(1, 2), "weight": 1}, "far": regional(1, 2)}
    weightless = "sharing.index.far: no weight; write weight: beside the numbers"
    of_bsps(tmp_path, {"sharing": {"rule": "weighted_index", "index": index}}, weightless)


def test_a_capacity_is_known_of_each_region(tmp_path: Path) -> None:
    sharing = {"rule": "fiscal_capacity", "capacity_index": 2}
    each = "sharing.capacity_index: one number for all regions; expected a number for each"
    of_bsps(tmp_path, {"sharing": sharing}, each)
    assert one_region(tmp_path, {f"{B}.sharing": sharing}) == []
    assert one_region(tmp_path, {f"{B}.sharing": {"rule": "fixed_table", "table": 1}}) == []


@pytest.mark.parametrize(
    ("floor", "total"),
    [(0.5, None), (0.75, "1.5"), (regional(0.25, 0.75), None), (regional(0.5, 0.75), "1.25"), (1, "2")],
)
def test_floors_leave_room_for_each_other(tmp_path: Path, floor: Any, total: str | None) -> None:
    message = f"sharing.floor_share: the floors of 2 regions add to {total}; expected at most 1"
    of_bsps(tmp_path, {"sharing": {"floor_share": floor}}, *([message] if total else []))


def test_the_floor_of_a_single_region_may_be_all(tmp_path: Path) -> None:
    assert one_region(tmp_path, {f"{B}.sharing": {"floor_share": 1}}) == []
    later = {"table": {"2026": 0.25, "2028": 0.75}}
    message = "sharing.floor_share: the floors of 2 regions add to 1.5; expected at most 1"
    of_bsps(tmp_path, {"sharing": {"floor_share": later}}, message)


@pytest.mark.parametrize(
    ("floor", "cap", "told"),
    [
        (0.25, 0.25, False),
        (0.25, 0.125, True),
        (0, 1, False),
        (regional(0.25, 0.5), 0.5, False),
        (regional(0.25, 0.5), 0.375, True),
        (regional(0.5, 0), regional(0.5, 0), False),
        (None, 0.125, False),
        (0.5, None, False),
    ],
)
def test_no_cap_lies_below_a_floor(tmp_path: Path, floor: Any, cap: Any, told: bool) -> None:
    sharing = {name: entry for name, entry in (("floor_share", floor), ("cap_share", cap)) if entry is not None}
    message = "sharing.cap_share: a cap lies below the floor of its region"
    of_bsps(tmp_path, {"sharing": sharing}, *([message] if told else []))


# shocks


@pytest.mark.parametrize(
    ("shock", "expected"),
    [
        ({"houses": regional(5, 5)}, None),
        ({"houses": regional(5, 5), "severity_share": thirds(0.5, 0.25, 0.5)}, "severity_share: the shares add to 1."),
        ({"houses": regional(5, 5), "severity_share": None}, "severity_share: missing; write the shares of light, med"),
        ({"houses": regional(5, 5), "region_share": regional(0.5, 0.5)}, "region_share: the houses are given by regio"),
        ({"houses": 10, "region_share": regional(0.5, 0.5)}, None),
        ({"houses": 10, "region_share": regional(0.5, 0.25)}, "region_share: the shares of the regions add to 0.75; "),
        ({"houses": 10}, "region_share: missing; write how houses of the province fall on its regions"),
        ({"houses": -10}, "houses: -10 is negative; expected houses"),
    ],
)
def test_shocks(tmp_path: Path, shock: dict[str, Any], expected: str | None) -> None:
    whole = {"severity_share": thirds(0.5, 0.25, 0.25), **shock}
    problems = said(tmp_path, {"shocks.flood": {name: each for name, each in whole.items() if each is not None}})
    assert len(problems) == (expected is not None)
    assert all(each.startswith(f"shocks.flood.{expected}") for each in problems)


def test_a_shock_on_a_single_region_or_class_needs_no_shares(tmp_path: Path) -> None:
    assert one_region(tmp_path, {"shocks.flood": {"houses": 10, "severity_share": thirds(1, 0, 0)}}) == []
    assert said(tmp_path, {**SINGLE, "shocks.flood": {"houses": regional(5, 5)}}) == []
