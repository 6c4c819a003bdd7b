"""Runs with draws against answers known exactly, comparisons draw by draw, and where a spread comes from."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import backlog_model as bm
from backlog_model.ensemble.spread import spread_shares
from backlog_model.streams import DESIGNS
from backlog_model.summary import Goal
from drawn_scenarios import FALLING, written

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel" / "baseline.yaml"
DRAWS = 10_000
POINTS = (0.05, 0.50, 0.95)
MIDDLES = (np.arange(100_000) + 0.5) / 100_000  # of equal parts of all probability, to integrate over
OPENING, YEARS = 500.0, np.arange(1, 11)  # houses that wait at the opening of FALLING, and its years

low, high = (0.0 - 0.06) / 0.03, (0.15 - 0.06) / 0.03
RATES = {  # a yearly rate, and its law
    "{uniform: [0.0, 0.2]}": stats.uniform(0, 0.2),
    "{lognormal: {median: 0.04, sigma: 0.5}}": stats.lognorm(0.5, scale=0.04),
    "{normal: {mean: 0.06, sd: 0.03}, truncate: [0.0, 0.15]}": stats.truncnorm(low, high, 0.06, 0.03),
}


def falling(folder, rate="{uniform: [0.0, 0.2]}"):
    """Scenario whose stock is 500·(1 - rate)^t, the rate not known."""
    return written(folder, FALLING.replace("{uniform: [0.0, 0.2]}", rate))


def _within(found, exact, error):
    """Whether numbers agree within four standard errors; what they are in errors, for the message."""
    distance = np.abs(found - exact) / np.maximum(error, 1e-12 * np.abs(exact))
    assert (distance <= 4).all(), distance


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("design", DESIGNS)
def test_a_stock_that_falls_by_an_unknown_rate(design, rate, tmp_path):
    law = RATES[rate]
    projection = bm.run(falling(tmp_path, rate), draws=DRAWS, design=design)
    found = projection.statistics("rtlh_houses", by="province", points=POINTS)
    errors = projection.quantile_errors("rtlh_houses", by="province", points=POINTS)[:, 1:, 0]
    for position, point in enumerate(POINTS):
        exact = OPENING * (1 - law.ppf(1 - point)) ** YEARS
        _within(found.at(point)[1:, 0], exact, errors[position])
    mean = OPENING * ((1 - law.ppf(MIDDLES)) ** YEARS[:, None]).mean(axis=1)
    _within(found.mean[1:, 0], mean, found.mc_error[1:, 0])
    assert (found.mc_error[1:] <= projection.array("rtlh_houses", by="province")[1:].std(axis=1) / 99).all()
    assert (errors > 0).all()


HOUSEHOLDS = """\
title: Households and houses as quotients of lognormal numbers
years: {first: 2026, last: 2027}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 10_000, "63.02": 10_000, "63.10": 10_000}}
  decent_houses: {by_region: {"63.01": 700, "63.02": 300, "63.10": 1500}}
  rtlh_houses: {by_region: {"63.01": 4000, "63.02": 3000, "63.10": 3000}}
assumptions:
  population:
    by_region: {"63.01": 30_000, "63.02": 40_000, "63.10": 50_000}
    spread: {lognormal: {median: 1, sigma: 0.3}}
  persons_per_household: {lognormal: {median: 3.6, sigma: 0.4}}
programmes:
  bsps:
    treats: [all]
    unit_cost_idr: {lognormal: {median: 20_000_000, sigma: 0.4}}
    budget_idr: {apbn: {value: 2_000_000_000, spread: {lognormal: {median: 1, sigma: 0.3}}}}
"""


@pytest.mark.parametrize("design", DESIGNS)
def test_a_quotient_of_lognormal_numbers_is_lognormal(design, tmp_path):
    projection = bm.run(written(tmp_path, HOUSEHOLDS), draws=DRAWS, design=design)
    for variable, median in (("households", 120_000 / 3.6), ("reported_handled_houses", 100.0)):
        law = stats.lognorm(0.5, scale=median)  # 0.3² + 0.4² = 0.5²
        found = projection.statistics(variable, by="province", points=POINTS)
        errors = projection.quantile_errors(variable, by="province", points=POINTS)
        _within(found.mean[-1, 0], law.mean(), found.mc_error[-1, 0])
        for position, point in enumerate(POINTS):
            _within(found.at(point)[-1, 0], law.ppf(point), errors[position, -1, 0])


LIMIT = 250.0
CHANCES = 1 - stats.uniform(0, 0.2).cdf(1 - (LIMIT / OPENING) ** (1 / YEARS))  # that the stock has halved, by year
HALF = Goal("rtlh_houses", "total", "63", "<=", LIMIT)
MEMORY = {"kept": {}, "counted": {"memory_limit": 0}}


@pytest.mark.parametrize("limits", MEMORY.values(), ids=MEMORY)
@pytest.mark.parametrize("design", DESIGNS)
def test_the_first_year_in_which_a_stock_has_halved(design, limits, tmp_path):
    projection = bm.run(falling(tmp_path), draws=DRAWS, design=design, **limits)
    chance = projection.chance(HALF)
    _within(chance.probability[1:], CHANCES, chance.mc_error[1:])
    assert chance.probability[0] == 0
    for wanted in (0.1, 0.3, 0.5, 0.6):
        first = 2025 + int(YEARS[wanted <= CHANCES][0])
        assert projection.first_year(HALF, wanted) == first
        assert projection.first_year(HALF, wanted, after=first) == first + 1
    assert projection.first_year(HALF, 0.7) is None
    assert projection.first_year_range(HALF, 0.7) == (None, None)
    assert CHANCES.max() < 0.7


def test_counted_chances_are_those_of_kept_draws(tmp_path):
    scenario = falling(tmp_path)
    kept, counted = (bm.run(scenario, draws=500, **limits).chance(HALF) for limits in MEMORY.values())
    np.testing.assert_array_equal(counted.probability, kept.probability)
    np.testing.assert_array_equal(counted.mc_error, kept.mc_error)


def test_a_goal_of_a_region_counts_its_own_houses(tmp_path):
    projection = bm.run(falling(tmp_path), draws=1000)
    half = projection.chance(HALF._replace(region="63.01", value=75.0))
    np.testing.assert_array_equal(half.probability, projection.chance(HALF).probability)
    never = HALF._replace(region="63.01", operator=">=", value=1e6)
    assert projection.first_year(never, 0.01) is None


def _rtlh_of_2030(scenario, seed=1):
    projection = bm.run(scenario, draws=200, seed=seed)
    return projection.array("rtlh_houses", by="province")[projection.years("rtlh_houses").index(2030), :, 0]


def test_ten_percent_more_money_is_compared_future_by_future():
    baseline = bm.load_scenario(KALSEL)
    more = baseline.replace(
        {
            f"programmes.{name}.budget_idr.{source}": {"multiply": 1.1}
            for name, programme in baseline.programmes.items()
            for source in programme.budget_idr
        }
    )
    before, after, elsewhere = _rtlh_of_2030(baseline), _rtlh_of_2030(more), _rtlh_of_2030(more, seed=2)
    ratio = (elsewhere - before).var() / (after - before).var()
    assert ratio >= 100, f"unpaired over paired variance {ratio:.0f}"
    assert (after - before).mean() < 0


DAMAGE = """\
title: Damage of an unknown size, and of the year
years: {{first: 2026, last: 2030}}
severity_classes: [all]
regions: regions.csv
opening:
  households: {{by_region: {{"63.01": 90_000, "63.02": 60_000, "63.10": 40_000}}}}
  decent_houses: {{by_region: {{"63.01": 60_000, "63.02": 40_000, "63.10": 25_000}}}}
  rtlh_houses: {{by_region: {{"63.01": 1400, "63.02": 1000, "63.10": 600}}}}
shocks:
  storms:
    houses: {{uniform: [0, {known}]}}
    region_share: {{by_region: {{"63.01": 0.5, "63.02": 0.3, "63.10": 0.2}}}}
  floods:
    houses: {{uniform: [0, {chance}], drawn: year}}
    region_share: {{by_region: {{"63.01": 0.2, "63.02": 0.3, "63.10": 0.5}}}}
"""


@pytest.mark.parametrize(("known", "chance"), [(100, 200), (200, 100), (100, 100)])
def test_the_spread_of_a_sum_is_shared_as_its_variances(known, chance, tmp_path):
    """After t years the stock has grown by t times one uniform number and by the sum of t others."""
    shares = spread_shares(written(tmp_path, DAMAGE.format(known=known, chance=chance)), draws=2000)
    assert np.isnan(shares[2025].knowledge)
    for year in range(2026, 2031):
        t = year - 2025
        exact = t**2 * known**2 / (t**2 * known**2 + t * chance**2)
        found = shares[year]
        assert abs(found.knowledge - exact) <= 4 * found.mc_error
        assert found.knowledge + found.chance == pytest.approx(1)
        assert found.mc_error < 0.05


def test_what_is_drawn_once_leaves_nothing_to_chance(tmp_path):
    text = DAMAGE.format(known=100, chance=100).replace(", drawn: year", ", drawn: region")
    for share in list(spread_shares(written(tmp_path, text), draws=100).values())[1:]:
        assert share.chance == pytest.approx(0, abs=1e-12)


def test_what_is_drawn_each_year_is_all_chance(tmp_path):
    text = DAMAGE.format(known=100, chance=100).replace("houses: {uniform: [0, 100]}", "houses: 50")
    for share in list(spread_shares(written(tmp_path, text), draws=1000).values())[1:]:
        assert share.knowledge <= 4 * share.mc_error
        assert share.mc_error < 0.1


def test_what_is_certain_has_no_shares(tmp_path):
    scenario = falling(tmp_path, "0.05")
    assert all(np.isnan([*share]).all() for share in spread_shares(scenario, draws=50).values())


@pytest.mark.parametrize("draws", [1, 2, 3])
def test_so_few_draws_that_shares_have_no_error(draws, tmp_path):
    for share in spread_shares(falling(tmp_path), draws=draws).values():
        assert np.isnan(share.mc_error)


def test_shares_belong_to_the_seed(tmp_path):
    scenario = written(tmp_path, DAMAGE.format(known=100, chance=200))
    shares = partial(spread_shares, scenario, draws=64)
    np.testing.assert_array_equal(list(shares(seed=3).values()), list(shares(seed=3).values()))
    assert shares(seed=3)[2030] != shares(seed=4)[2030]


def test_the_first_year_has_a_range_where_the_error_leaves_it_open(tmp_path):
    projection = bm.run(falling(tmp_path), draws=200)
    years, found = projection.years("rtlh_houses"), projection.chance(HALF)
    at = int(np.flatnonzero(found.probability > 0.3)[0])
    early, late = projection.first_year_range(HALF, float(found.probability[at]))  # only just reached
    assert projection.first_year(HALF, float(found.probability[at])) == years[at]
    assert early <= years[at] < late
    clear = float((found.probability[at] + found.probability[at - 1]) / 2)
    gap = (found.probability[at] - found.probability[at - 1]) / 2
    assert gap > 2 * found.mc_error[at - 1 : at + 1].max()
    assert projection.first_year_range(HALF, clear) == (years[at], years[at])
