"""Entries of a scenario in words: every field of the schema has a name in both languages, and every unit too."""

from types import UnionType
from typing import Any, get_args

import pytest

import backlog_model as bm
from backlog_model.report.assumption_terms import ASSUMPTIONS
from backlog_model.report.assumption_words import assumption_label, assumption_unit
from backlog_model.scenario import units
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Programme, Sharing, Shock
from backlog_model.scenario.schema import Assumptions, Opening, Revision, Scenario

KALSEL = bm.load_scenario("scenarios/kalsel/baseline.yaml")


def holds_values(annotation: Any) -> bool:
    return annotation is Value or any(
        holds_values(part) for part in get_args(annotation) if isinstance(part, type | UnionType) or get_args(part)
    )


@pytest.mark.parametrize("record", [Assumptions, Opening, Programme, Sharing, Shock, Revision, Scenario])
def test_every_field_that_holds_numbers_has_a_name(record: Any) -> None:
    fields = [name for name, field in record.model_fields.items() if holds_values(field.annotation)]
    assert fields or record is Scenario
    missing = [name for name in fields if f"assumption_{name}" not in ASSUMPTIONS and name not in ("shocks",)]
    assert missing == []


def test_every_unit_of_the_schema_has_words_and_a_factor() -> None:
    known = [*units._FIELDS.values(), *units._ENDINGS.values(), units.FACTOR, units.GROWTH, units.NUMBER]
    for unit in (*known, units.SIGNED_HA, units.SIGNED_HOUSES):
        assert assumption_unit(unit, "id").factor > 0
        assert assumption_unit(unit, "en").unit


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_of_kalsel_has_a_name_of_its_own(language: Any) -> None:
    paths = sorted({value.path for value in values_in(KALSEL) if value.path})
    named = {path: assumption_label(path, KALSEL, language) for path in paths}
    assert [path for path, name in named.items() if name == path] == []
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(
    ("path", "indonesian", "english"),
    [
        (
            "assumptions.self_improvement_rate.light",
            "RTLH diperbaiki swadaya, ringan",
            "RTLH improved by owners, light",
        ),
        ("shocks.flood.houses", "rumah terdampak: Banjir besar", "houses struck: Large flood"),
        ("opening.rtlh_houses.split", "RTLH awal, pembagian menurut daerah", "opening RTLH, split over regions"),
        ("realised_houses.bsps", "rumah selesai: BSPS (APBN)", "finished houses: BSPS self-help grants (state budget)"),
        ("programmes.flpp.sharing.table", "pembagian menurut daerah: FLPP (rumah bersubsidi)", None),
        ("something.else", "something.else", "something.else"),
    ],
)
def test_labels(path: str, indonesian: str, english: str | None) -> None:
    assert assumption_label(path, KALSEL, "id") == indonesian
    assert english is None or assumption_label(path, KALSEL, "en") == english


def test_shares_are_read_in_percent_and_unit_costs_in_millions() -> None:
    assert assumption_unit(units.unit_of("eligible_share"), "id")[:2] == ("%", 100.0)
    assert assumption_unit(units.unit_of("unit_cost_idr"), "id")[:2] == ("Rp juta per unit", 1e-6)
