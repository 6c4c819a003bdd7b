"""Checks of rates and shares at their edges, and warnings about numbers that are usable."""

from pathlib import Path
from typing import Any

import pytest

from changed_plan import CLASSES, ONE_REGION, regional, said, thirds

A = "assumptions"
NO_SOURCE = "no source; write `source:` or `assumption: true` beside the number"
AT_MOST = "expected at most 1"


def refused(folder: Path, changes: dict[str, Any], *expected: str) -> None:
    assert said(folder, {f"{A}.{name}": entry for name, entry in changes.items()}) == [f"{A}.{x}" for x in expected]


# shares that make one


@pytest.mark.parametrize("name", ["severity_share", "relapse_severity_share", "severity_mix"])
@pytest.mark.parametrize(("light", "total"), [(0.5, None), (0.25, "0.75"), (0.75, "1.25")])
def test_shares_by_class_add_to_one(tmp_path: Path, name: str, light: float, total: str | None) -> None:
    shares = {name: thirds(light, 0.25, 0.25)}
    if name == "severity_share":
        shares["relapse_severity_share"] = thirds(1, 0, 0)
    refused(tmp_path, shares, *([f"{name}: the shares add to {total}; expected 1"] if total else []))


@pytest.mark.parametrize(("later", "total"), [(0.5, None), (0.25, "0.75"), (0.75, "1.25")])
def test_shares_by_class_add_to_one_in_every_year(tmp_path: Path, later: float, total: str | None) -> None:
    light = {"table": {"2026": 0.5, "2028": later}}
    shares = {"severity_mix": {"light": light, "medium": 0.25, "heavy": 0.25}}
    refused(tmp_path, shares, *([f"severity_mix: the shares add to {total}; expected 1"] if total else []))


def test_a_share_of_classes_is_needed_where_houses_deteriorate(tmp_path: Path) -> None:
    missing = "severity_share: missing; write the shares of light, medium, heavy"
    refused(tmp_path, {"severity_share": None}, missing)
    refused(tmp_path, {"severity_share": None, "deterioration_rate": 0})
    refused(tmp_path, {"severity_share": None, "deterioration_rate": {"value": 0, "source": "x"}}, missing)
    unsure = {"uniform": [0.0, 0.1]}
    refused(tmp_path, {"severity_share": None, "deterioration_rate": unsure}, missing)


def test_a_single_class_needs_no_shares(tmp_path: Path) -> None:
    single = {"severity_classes": ["all"], "programmes.bsps.treats": ["all"], "opening.severity_share": None}
    assert said(tmp_path, {**single, f"{A}.severity_share": None}) == []


# shares of one stock


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("deterioration_rate", "decent_loss_rate"),
        ("relapse_rate", "treated_loss_rate"),
        ("finished_same_year_share", "finished_next_year_share"),
    ],
)
@pytest.mark.parametrize(("more", "total"), [(0.25, None), (0.5, "1.25")])
def test_two_shares_of_one_stock(tmp_path: Path, first: str, second: str, more: float, total: str | None) -> None:
    told = [f"{first}: {first} and {second} add to {total}; {AT_MOST}"] if total else []
    refused(tmp_path, {first: 0.75, second: more}, *told)


def test_shares_far_beyond_one(tmp_path: Path) -> None:
    refused(
        tmp_path,
        {"deterioration_rate": 1, "decent_loss_rate": 1},
        f"deterioration_rate: deterioration_rate and decent_loss_rate add to 2; {AT_MOST}",
    )


def test_a_share_beside_one_that_is_not_written(tmp_path: Path) -> None:
    # all houses are finished in the same year where nothing is said of it
    told = f"finished_next_year_share: finished_same_year_share and finished_next_year_share add to 1.25; {AT_MOST}"
    refused(tmp_path, {"finished_next_year_share": 0.25}, told)


def test_the_worst_year_counts(tmp_path: Path) -> None:
    rates = {"relapse_rate": {"table": {"2026": 0.25, "2028": 0.75}}, "treated_loss_rate": 0.5}
    refused(tmp_path, rates, f"relapse_rate: relapse_rate and treated_loss_rate add to 1.25; {AT_MOST}")
    refused(tmp_path, {**rates, "relapse_rate": {"table": {"2026": 0.25, "2029": 0.75}}})


@pytest.mark.parametrize(
    ("worsening", "improvement", "loss", "told"),
    [
        ({"light": 0.5}, 0.25, 0.25, {}),
        ({"light": 0.75}, 0.25, 0.25, {"light": "1.25"}),
        ({"light": 0.75, "medium": 0.75}, 0.25, 0.25, {"light": "1.25", "medium": "1.25"}),
        ({}, thirds(0.25, 0.5, 1), thirds(0.75, 0.5, 0.25), {"heavy": "1.25"}),
        ({"light": 0.25}, thirds(0.25, 0.5, 1), thirds(0.75, 0.25, 0), {"light": "1.25"}),
    ],
)
def test_what_leaves_a_class(tmp_path: Path, worsening: Any, improvement: Any, loss: Any, told: dict[str, str]) -> None:
    rates = {"worsening_rate": worsening, "self_improvement_rate": improvement, "rtlh_loss_rate": loss}
    what = "self_improvement_rate, rtlh_loss_rate and worsening_rate"
    end = [".light", ".medium", ".heavy"] if isinstance(improvement, dict) else ["", "", ""]
    expected = [
        f"self_improvement_rate{end[CLASSES.index(name)]}: {what} ({name}) add to {total}; {AT_MOST}"
        for name, total in told.items()
    ]
    refused(tmp_path, rates, *expected)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (thirds(0.5, 0.25, 0.25), None),
        (thirds(0.5, 0.5, 0.25), f".light: substandard_share of all classes add to 1.25; {AT_MOST}"),
        (0, None),
        (0.5, ": one share for 3 classes; write the share of new houses that starts in each class"),
        ({"uniform": [0, 0.1]}, ": one share for 3 classes; write the share of new houses that starts in each class"),
        (2, ": 2 lies outside 0 to 1 (share, 0 to 1); write 0.02 for 2 percent"),
    ],
)
def test_new_houses_that_are_substandard(tmp_path: Path, share: Any, told: str | None) -> None:
    refused(tmp_path, {"substandard_share": share}, *([f"substandard_share{told}"] if told else []))


def test_one_share_of_new_houses_for_a_single_class(tmp_path: Path) -> None:
    single = {"severity_classes": ["all"], "programmes.bsps.treats": ["all"], "opening.severity_share": None}
    assert said(tmp_path, {**single, f"{A}.severity_share": None, f"{A}.substandard_share": 0.5}) == []


# what households are computed from


PEOPLE = regional(4000, 8000)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"population": PEOPLE}, "population: population without persons_per_household; write both"),
        ({"persons_per_household": 4}, "persons_per_household: persons_per_household without population; write both"),
        ({"population": PEOPLE, "persons_per_household": 4}, None),
        ({"population_by_age": {"all": PEOPLE}}, "population_by_age: population_by_age without headship_rate; write "),
        ({"headship_rate": {"all": 0.25}}, "headship_rate: headship_rate without population_by_age; write both"),
        ({"population_by_age": {"all": PEOPLE}, "headship_rate": {"all": 0.25}}, None),
        (
            {"population_by_age": {"young": PEOPLE, "old": PEOPLE}, "headship_rate": {"old": 0.25}},
            "headship_rate: nothing for young; expected young, old",
        ),
    ],
)
def test_households_ahead(tmp_path: Path, given: dict[str, Any], told: str | None) -> None:
    problems = said(tmp_path, {f"{A}.{name}": entry for name, entry in given.items()})
    assert len(problems) == (told is not None)
    assert all(each.startswith(f"{A}.{told}") for each in problems)


@pytest.mark.parametrize("name", ["population", "crews", "households"])
def test_what_is_ahead_is_written_by_region(tmp_path: Path, name: str) -> None:
    beside = {f"{A}.persons_per_household": 4} if name == "population" else {}
    (problem,) = said(tmp_path, {f"{A}.{name}": 4000, **beside})
    assert problem.startswith(f"{A}.{name}: one number for the whole province; write it by_region, or as total")
    one = {f"opening.{stock}": regional(100) for stock in ("households", "decent_houses", "rtlh_houses")}
    assert said(tmp_path, {f"{A}.{name}": 4000, **beside, **one}, regions=ONE_REGION) == []


# warnings


def warned(folder: Path, path: str, entry: Any) -> list[str]:
    """What is warned of at one path."""
    found = said(folder, {path: entry}, warning=True)
    return [each.removeprefix(f"{path}: ") for each in found if each.startswith(f"{path}: ")]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (0.01, [NO_SOURCE]),
        ({"value": 0.01, "source": "survey"}, []),
        ({"value": 0.01, "assumption": True}, []),
        ({"value": 0.01, "assumption": False}, [NO_SOURCE]),
        ({"value": 0.01, "note": "by eye"}, [NO_SOURCE]),
        (2, []),  # what cannot be read is a problem already
    ],
)
def test_a_number_without_a_source_is_warned_of(tmp_path: Path, entry: Any, expected: list[str]) -> None:
    assert warned(tmp_path, f"{A}.decent_loss_rate", entry) == expected


@pytest.mark.parametrize(
    ("years", "late"), [((2026, 2028), None), ((2026, 2029), 2029), ((2026, 2029, 2030), 2029), ((2026, 2031), 2031)]
)
def test_numbers_after_the_last_year_are_warned_of(tmp_path: Path, years: tuple[int, ...], late: int | None) -> None:
    entry = {"table": {str(year): 0.01 for year in years}, "source": "survey"}
    message = f"a number for {late}, after the last year, 2028; it is not used"
    assert warned(tmp_path, f"{A}.decent_loss_rate", entry) == ([message] if late else [])


def test_known_outputs_after_the_last_year_are_told_in_their_own_words(tmp_path: Path) -> None:
    known = {"table": {"2028": 5, "2029": 6}, "source": "report"}
    assert warned(tmp_path, "realised_houses.bsps", known) == ["2029 outside 2026 to 2028; not used"]
