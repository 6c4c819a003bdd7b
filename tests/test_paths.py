import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.errors import ScenarioError
from backlog_model.scenario.distributions import parse_distribution
from backlog_model.scenario.paths import Changes, Everywhere, Points, Recovery, Regional, Split, Value
from backlog_model.scenario.units import unit_of

YEARS = (2026, 2027, 2028, 2029)
REGIONS = ("63.01", "63.02", "63.10")
SPREAD = parse_distribution({"lognormal": {"median": 1.0, "sigma": 0.3}}, (0.0, 1e6))
RATE = parse_distribution({"range": [0.1, 0.2, 0.4]}, (0.0, 1.0))
FLOOD = parse_distribution({"event": {"probability": 0.1, "size": {"lognormal": {"median": 500, "sigma": 0.5}}}})


def uniform(name, drawn, years, regions):
    """A different number for whatever is drawn, always the same."""
    axes = {"draw": (1, 50, 1), "region": (1, 50, 3), "year": (4, 50, 1), "region_year": (4, 50, 3)}[drawn]
    return np.random.default_rng(7).uniform(size=axes)


def path(value, regions=REGIONS, years=YEARS):
    return value.array(years, regions)[:, 0, 0].tolist()


def test_a_constant_stays_at_length_one():
    value = Value.constant(3.0)
    assert value.array(YEARS, REGIONS).tolist() == [[[3.0]]]
    assert (value.by_region, value.is_uncertain, value.known_years()) == (False, False, ())


def test_a_table_holds_between_and_after_its_years():
    value = Value(Everywhere(Points((2025, 2027), (10.0, 20.0))))
    assert path(value) == [10.0, 20.0, 20.0, 20.0]
    assert (value.known_years(), value.first_year()) == ((2025, 2027), 2025)


def test_the_last_number_of_a_table_grows():
    assert path(Value(Everywhere(Points((2026, 2027), (50.0, 100.0), growth=0.1)))) == pytest.approx(
        [50.0, 100.0, 110.0, 121.0]
    )


def test_a_year_before_the_table_is_refused():
    with pytest.raises(ScenarioError, match=r"budget: no number for 2026; the first year written is 2027"):
        Value(Everywhere(Points((2027,), (1.0,))), path="budget").array(YEARS, REGIONS)


def test_regions_come_in_the_order_asked_for():
    value = Value(Regional(REGIONS, (1.0, 2.0, 3.0)))
    assert value.array(YEARS, ("63.10", "63.01")).tolist() == [[[3.0, 1.0]]]
    assert value.by_region


def test_a_region_without_a_number_is_not_covered():
    value = Value(Regional(("63.01",), (5.0,)))
    assert value.covered(REGIONS) == (True, False, False)
    assert value.array(YEARS, REGIONS).tolist() == [[[5.0, 0.0, 0.0]]]


def test_regions_may_be_written_differently():
    value = Value(Regional(REGIONS, (1.0, Points((2026, 2028), (2.0, 4.0)), RATE)))
    array = value.array(YEARS, REGIONS, uniform)
    assert array.shape == (4, 50, 3)
    assert (array[:, :, 0] == 1).all()
    assert (array[2, :, 1] == 4).all()
    assert np.ptp(array[0, :, 2]) > 0


def test_a_total_is_split_by_weight():
    value = Value(Split(Value.constant(237_973), Value(Regional(REGIONS, (1.0, 2.0, 5.0)))))
    array = value.array(YEARS, REGIONS)
    assert array[0, 0].tolist() == pytest.approx([237_973 / 8, 237_973 / 4, 237_973 * 5 / 8])
    assert value.by_region


@given(
    st.lists(st.floats(0, 1e9), min_size=3, max_size=3).filter(lambda weights: sum(weights) > 1e-6),
    st.floats(0, 1e12),
)
def test_the_regions_add_to_the_total(weights, total):
    value = Value(Split(Value.constant(total), Value(Regional(REGIONS, tuple(weights)))))
    array = value.array(YEARS, REGIONS)
    assert array.sum() == pytest.approx(total, rel=1e-14)
    assert (array >= 0).all()


def test_an_uncertain_total_keeps_its_shares():
    total = Value(Everywhere(parse_distribution({"range": [80, 100, 150]}, (0.0, math.inf))))
    value = Value(Split(total, Value(Regional(REGIONS, (1.0, 2.0, 5.0)))))
    array = value.array(YEARS, REGIONS, uniform)
    assert array.shape == (1, 50, 3)
    assert array[:, :, 1] == pytest.approx(2 * array[:, :, 0])
    assert value.array(YEARS, REGIONS).sum() == pytest.approx(100)
    assert value.is_uncertain


@pytest.mark.parametrize(
    ("drawn", "shape"),
    [("draw", (1, 50, 1)), ("region", (1, 50, 3)), ("year", (4, 50, 1)), ("region_year", (4, 50, 3))],
)
def test_what_is_drawn_decides_the_axes(drawn, shape):
    value = Value(Everywhere(RATE), drawn=drawn)
    assert value.array(YEARS, REGIONS, uniform).shape == shape
    assert value.array(YEARS, REGIONS).tolist() == [[[0.2]]]


def test_a_chance_event_enters_the_central_run_at_its_mean():
    assert Value(Everywhere(FLOOD)).array(YEARS, REGIONS)[0, 0, 0] == pytest.approx(0.1 * 500 * math.exp(0.125))


def test_known_years_replace_the_path():
    value = Value(Everywhere(Points((2026,), (10.0,))), instead=Changes(None, (Points((2027, 2028), (0.0, 5.0)),)))
    assert path(value) == [10.0, 0.0, 5.0, 10.0]
    assert value.known_years() == (2026, 2027, 2028)


def test_known_years_of_an_event_are_certain():
    value = Value(Everywhere(FLOOD), drawn="year", instead=Changes(None, (Points((2026,), (165.0,)),)))
    array = value.array(YEARS, REGIONS, uniform)
    assert array.shape == (4, 50, 1)
    assert (array[0] == 165).all()
    assert np.ptp(array[1:]) > 0


def test_factors_hold_in_their_years_and_regions_only():
    changes = Changes(("63.02",), (Points((2027, 2028), (0.5, 0.25)),))
    array = Value(Regional(REGIONS, (8.0, 8.0, 8.0)), multiply=changes).array(YEARS, REGIONS)
    assert array[:, 0, 1].tolist() == [8.0, 4.0, 2.0, 8.0]
    assert array[:, 0, 0].tolist() == [8.0] * 4


def test_one_factor_holds_for_every_year():
    value = Value(Everywhere(Points((2026, 2027), (2.0, 4.0))), multiply=Changes(None, (0.5,)))
    assert path(value) == [1.0, 2.0, 2.0, 2.0]


def test_recovery_closes_the_distance_to_an_earlier_level():
    form = Regional(("63.01", "63.02"), (Points((2025, 2026), (100.0, 40.0)), Points((2025, 2026), (100.0, 130.0))))
    array = Value(form, recover=Recovery(2025, 2026, 0.5)).array(YEARS, ("63.01", "63.02"))
    assert array[:, 0, 0].tolist() == [40.0, 70.0, 85.0, 92.5]
    assert array[:, 0, 1].tolist() == [130.0] * 4  # a level above the earlier one is kept


def test_modifiers_apply_in_their_order():
    value = Value(
        Everywhere(Points((2025,), (100.0,))),
        instead=Changes(None, (Points((2026,), (80.0,)),)),
        multiply=Changes(None, (Points((2026,), (0.5,)),)),
        recover=Recovery(2025, 2026, 0.5),
    )
    assert path(value) == [40.0, 70.0, 85.0, 92.5]


def test_a_spread_multiplies_the_whole_path():
    certain = Value(Regional(REGIONS, (1.0, Points((2026, 2027), (2.0, 4.0)), 3.0)))
    spread = Value(certain.form, spread=SPREAD, unit=unit_of("houses"))
    array = spread.array(YEARS, REGIONS, uniform)
    factors = array[0, :, 0]
    assert array == pytest.approx(certain.array(YEARS, REGIONS) * factors[None, :, None])
    assert spread.array(YEARS, REGIONS) == pytest.approx(certain.array(YEARS, REGIONS))


def test_a_spread_stays_within_the_limits_of_the_field():
    value = Value(Everywhere(0.95), spread=SPREAD, unit=unit_of("absorption_share"))
    array = value.array(YEARS, REGIONS, uniform)
    assert array.max() == 1.0
    assert array.min() > 0


@given(
    st.dictionaries(st.integers(2020, 2026), st.floats(0, 1e9), min_size=1, max_size=5),
    st.floats(-0.5, 0.5),
    st.integers(1, 20),
)
def test_a_longer_horizon_changes_no_year(table, growth, more):
    years = tuple(sorted(table))
    value = Value(Everywhere(Points(years, tuple(table[year] for year in years), growth)))
    longer = tuple(range(2026, 2026 + 4 + more))
    assert path(value, years=longer)[:4] == path(value)


@given(st.permutations(REGIONS), st.sampled_from(["draw", "region_year"]))
def test_reordering_regions_reorders_the_numbers(order, drawn):
    form = Regional(REGIONS, (1.0, Points((2026,), (2.0,), 0.1), 3.0))
    value = Value(form, spread=SPREAD, unit=unit_of("houses"), drawn=drawn)
    places = [REGIONS.index(code) for code in order]
    columns = places if drawn == "region_year" else [0]
    mixed = value.array(YEARS, tuple(order), lambda *asked: uniform(*asked)[:, :, columns])
    straight = value.array(YEARS, REGIONS, uniform)
    assert (mixed == straight[:, :, places]).all()
