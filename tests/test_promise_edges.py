"""Known outputs and revisions at the edges: the years, the units, and what must not stand together."""

from pathlib import Path
from typing import Any

import pytest

from changed_plan import SLUM, SLUM_STOCKS, regional, said, thirds

KUMUH = {**SLUM_STOCKS, "programmes.kumuh": SLUM}
KNOWN = {"table": {"2026": 5}}
WAYS = "expected one of ratio, houses, classes"


def told(folder: Path, changes: dict[str, Any], expected: str | None) -> None:
    """One problem, or none."""
    assert said(folder, changes) == ([expected] if expected else [])


# known outputs


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("realised_houses.bsps", None),
        ("realised_spent_idr.bsps", None),
        ("realised_ha.kumuh", None),
        ("realised_spent_idr.kumuh", None),
        ("realised_ha.bsps", "bsps treats no slum; write it under realised_houses"),
        ("realised_houses.kumuh", "kumuh treats slum; write it under realised_ha"),
        ("realised_houses.bsp", "unknown programme bsp; did you mean bsps?"),
        ("realised_ha.roof", "unknown programme roof; expected one of bsps, kumuh"),
    ],
)
def test_known_outputs_are_of_programmes(tmp_path: Path, place: str, expected: str | None) -> None:
    told(tmp_path, {**KUMUH, place: KNOWN}, expected and f"{place}: {expected}")


def test_known_outputs_without_programmes(tmp_path: Path) -> None:
    told(tmp_path, {"programmes": {}, "realised_houses.bsps": KNOWN}, "realised_houses.bsps: unknown programme bsps")
    told(tmp_path, {"programmes": None, "realised_houses.bsps": KNOWN}, "realised_houses.bsps: unknown programme bsps")


@pytest.mark.parametrize("place", ["realised_houses.bsps", "realised_ha.bsps"])
def test_a_programme_that_cannot_be_read_is_told_once(tmp_path: Path, place: str) -> None:
    problems = said(tmp_path, {"programmes.bsps": 5, place: KNOWN})
    assert problems == ["programmes.bsps: 5 stands where a mapping of keys is expected"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (KNOWN, None),
        (regional(KNOWN["table"], {"2027": 6}), None),
        ({"table": {"2020": 5, "2029": 6}}, None),  # only warned of
        (5, ": one number for every year; write the years that are known, such as {2025: 650}"),
        (regional(5, 6), ": one number for every year; write the years that are known, such as {2025: 650}"),
        (-5, ": -5 is negative; expected houses"),
        (regional(-5, 5), ".by_region.63.01: -5 is negative; expected houses"),
    ],
)
def test_known_outputs_are_of_years(tmp_path: Path, entry: Any, expected: str | None) -> None:
    told(tmp_path, {"realised_houses.bsps": entry}, expected and f"realised_houses.bsps{expected}")


@pytest.mark.parametrize(
    ("years", "outside"),
    [
        ((2026, 2028), ""),
        ((2025, 2026), "2025"),
        ((2028, 2029), "2029"),
        ((2024, 2027, 2029, 2030), "2024, 2029, 2030"),
    ],
)
def test_known_outputs_of_other_years_are_warned_of(tmp_path: Path, years: tuple[int, ...], outside: str) -> None:
    entry = {"table": {str(year): 5 for year in years}, "source": "report"}
    found = said(tmp_path, {"realised_houses.bsps": entry}, warning=True)
    message = f"realised_houses.bsps: {outside} outside 2026 to 2028; not used"
    assert [each for each in found if each.startswith("realised")] == ([message] if outside else [])


# revisions


def revised(folder: Path, entry: dict[str, Any], *expected: str) -> None:
    """What is said of a revision, its path left out."""
    revision = {"year": 2027, "variable": "rtlh_houses", **entry}
    assert said(folder, {**SLUM_STOCKS, "revisions.again": revision}) == [f"revisions.again{each}" for each in expected]


@pytest.mark.parametrize(("year", "simulated"), [(2025, False), (2026, True), (2028, True), (2029, False)])
def test_a_revision_is_in_a_simulated_year(tmp_path: Path, year: int, simulated: bool) -> None:
    message = f".year: {year} is not simulated; expected 2026 to 2028"
    revised(tmp_path, {"year": year, "ratio": 0.5}, *([] if simulated else [message]))


HA = {"variable": "slum_ha", "authority": "province"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"ratio": 0.5}, []),
        ({"houses": regional(5, -5)}, []),
        ({"classes": {"light": regional(5, -5)}}, []),
        ({}, [f": no change; {WAYS}"]),
        ({"classes": {}}, [f": no change; {WAYS}"]),
        ({"ratio": 0.5, "houses": regional(5, 5)}, [f": ratio and houses; {WAYS}"]),
        ({"ratio": 0.5, "houses": regional(5, 5), "classes": {"light": regional(5, 5)}},
         [f": ratio and houses and classes; {WAYS}"]),
        ({"ratio": 0.5, "ha": regional(5, 5)}, [f".ha: not for rtlh_houses; {WAYS}"]),
        ({"ratio": 0.5, "authority": "centre"}, [f".authority: not for rtlh_houses; {WAYS}"]),
        ({"classes": {"hevy": regional(5, 5)}}, [".classes.hevy: unknown class; did you mean heavy?"]),
        ({**HA, "ha": regional(5, -5)}, []),
        ({**HA}, [": no change; expected one of ha"]),
        ({**HA, "ha": regional(5, 5), "ratio": 0.5}, [".ratio: not for slum_ha; expected one of ha"]),
        ({**HA, "ha": regional(5, 5), "houses": regional(5, 5)}, [".houses: not for slum_ha; expected one of ha"]),
        ({"variable": "slum_ha", "ha": regional(5, 5)}, [".authority: missing; a revision of slum_ha needs it"]),
    ],
)  # fmt: skip
def test_a_revision_says_one_thing(tmp_path: Path, entry: dict[str, Any], expected: list[str]) -> None:
    revised(tmp_path, entry, *expected)


def test_the_name_of_a_revision(tmp_path: Path) -> None:
    words = "is no short name; write lower-case letters, digits and _ only"
    revision = {"year": 2027, "variable": "rtlh_houses", "ratio": 0.5}
    told(tmp_path, {"revisions.Again": revision}, f"revisions.Again: 'Again' {words}")


@pytest.mark.parametrize(
    ("first", "second", "seen"),
    [
        ({"new_records": True}, {"new_records": True}, None),
        ({}, {"new_records": False}, None),
        ({}, {"new_records": True}, "true"),
        ({"new_records": True}, {}, "false"),
        ({"new_records": True}, {"year": 2028}, None),
        ({"new_records": True}, {"variable": "slum_ha"}, None),
        ({"variable": "slum_ha"}, {"new_records": True}, None),
    ],
)
def test_revisions_of_one_year_are_of_one_kind(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any], seen: str | None
) -> None:
    def whole(entry: dict[str, Any]) -> dict[str, Any]:
        by = {"authority": "province", "ha": regional(5, 5)} if "variable" in entry else {"ratio": 0.5}
        return {"year": 2027, "variable": "rtlh_houses", **by, **entry}

    message = f"revisions.b.new_records: {seen}, but a in 2027 says otherwise; write both alike"
    changes = {**SLUM_STOCKS, "revisions.a": whole(first), "revisions.b": whole(second)}
    told(tmp_path, changes, message if seen else None)


def test_a_shock_and_a_revision_may_share_a_year(tmp_path: Path) -> None:
    shock = {"houses": {"table": {"2026": 0, "2027": 5}}, "severity_share": thirds(1, 0, 0)}
    shares = {"region_share": regional(0.5, 0.5)}
    revision = {"year": 2027, "variable": "rtlh_houses", "ratio": 0.5}
    told(tmp_path, {"shocks.flood": {**shock, **shares}, "revisions.again": revision}, None)
