"""Chance of a goal by year and by money: the same futures, the same money a little or a lot."""

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.chance_by_funding import chance_by_funding

TEMPLATE = bm.load_scenario("scenarios/template/scenario.yaml")
RUN = bm.run(TEMPLATE, draws=200)
GOAL = RUN.goal("rtlh_houses", "<=", 21_000.0)


@pytest.fixture(scope="module")
def found():
    return chance_by_funding(TEMPLATE, RUN, GOAL)


def test_the_money_as_written_has_the_chances_of_the_run(found):
    own = RUN.chance(GOAL)
    place = found.multiples.index(1.0)
    first = RUN.years("rtlh_houses").index(found.years[0])
    assert found.chance.probability[place].tolist() == own.probability[first:].tolist()
    assert found.chance.mc_error[place].tolist() == own.mc_error[first:].tolist()


def test_years_are_those_still_to_be_decided_and_budgets_are_multiples(found):
    assert found.years == tuple(range(2027, 2036))
    written = sum(
        RUN.central.array("budget_idr", part=part, by="province")[1:, 0, 0] for part in RUN.parts("budget_idr")
    )
    assert np.allclose(found.budgets, np.outer(found.multiples, written))


def test_more_money_never_lowers_the_chance_here(found):
    assert (np.diff(found.chance.probability, axis=0) >= 0.0).all()
    assert found.chance.probability[-1, -1] > found.chance.probability[0, -1]


def test_a_multiple_is_the_scenario_with_that_money_written():
    cut = chance_by_funding(TEMPLATE, RUN, GOAL, multiples=(0.5,))
    years = {str(year): 0.5 for year in range(2027, 2036)}
    halved = TEMPLATE.replace(
        {
            "programmes.bsps.budget_idr.apbn": {"multiply": years, "assumption": True},
            "programmes.kab_housing.budget_idr.apbd_kab": {"multiply": years, "assumption": True},
        }
    )
    own = bm.run(halved, draws=200).chance(GOAL)
    assert cut.chance.probability[0].tolist() == own.probability[2:].tolist()


def test_runs_that_counted_their_draws_are_drawn_again():
    counted = bm.run(TEMPLATE, draws=300, memory_limit=1)
    assert counted.tallies is not None
    found = chance_by_funding(TEMPLATE, counted, GOAL)
    kept = chance_by_funding(TEMPLATE, bm.run(TEMPLATE, draws=300), GOAL)
    assert found.sampling.draws == 300
    assert found.chance.probability.tolist() == kept.chance.probability.tolist()


def test_without_money_there_is_nothing_to_multiply():
    poor = TEMPLATE.replace({"programmes": {}})
    assert chance_by_funding(poor, bm.run(poor, draws=20), GOAL) is None


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(bm.BacklogModelError, match="needs draws"):
        chance_by_funding(TEMPLATE, bm.run(TEMPLATE, draws=0), GOAL)
    with pytest.raises(bm.BacklogModelError, match="expected 0 or more"):
        chance_by_funding(TEMPLATE, RUN, GOAL, multiples=(-1.0,))
