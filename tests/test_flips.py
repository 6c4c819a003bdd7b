"""Which option to choose among some, and what would change that."""

from itertools import pairwise

import numpy as np
import pytest

from backlog_model.analysis.paths.flips import choice
from backlog_model.errors import DataError
from backlog_model.summary import Sampling

SAMPLING = Sampling(640, 1, "latin_hypercube")
RANDOM = Sampling(640, 1, "random")
NUMBERS = np.random.default_rng(8)
RATE, COST, NOISE = (NUMBERS.permutation(np.linspace(0.01, 0.99, 640)) for _ in range(3))
OPTIONS = ("steady", "bold", "twin")


def losses_of(bold, *, scenarios=1):
    """(option, scenario, draw): a steady option that loses 1, and a bold one with its twin."""
    bold = np.broadcast_to(bold, (scenarios, 640))
    return np.stack([np.ones((scenarios, 640)), bold, bold - 1e-15])


def chosen(bold, *, sampling=SAMPLING, scenarios=("own",), **options):
    return choice(losses_of(bold, scenarios=len(scenarios)), OPTIONS, scenarios, sampling=sampling, **options)


def halves(values, name=RATE):
    lower = name < np.median(name)
    return values[lower].mean(), values[~lower].mean()


# winners


def test_the_lead_is_paired_and_its_error_read_from_replicates():
    bold = 1.05 + 0.5 * (NOISE - 0.5)
    winner = chosen(bold).by_mean
    assert (winner.names, winner.second) == (("steady",), "bold")
    means = np.array([(bold - 1.0)[a:b].mean() for a, b in pairwise(SAMPLING.edges)])
    np.testing.assert_allclose([winner.lead, winner.mc_error], [means.mean(), means.std(ddof=1) / 4], rtol=1e-9)
    assert winner.is_clear
    assert not chosen(1.0 + 0.5 * (NOISE - 0.5) + 1e-6).by_mean.is_clear


def test_without_a_design_the_error_is_read_from_the_draws():
    bold = 1.05 + 0.5 * (NOISE - 0.5)
    np.testing.assert_allclose(chosen(bold, sampling=RANDOM).by_mean.mc_error, bold.std(ddof=1) / np.sqrt(640))


def test_options_that_lose_the_same_win_together():
    winner = chosen(0.5 + 0.0 * NOISE).by_mean
    assert (winner.names, winner.second) == (("bold", "twin"), "steady")
    alone = choice(np.ones((2, 1, 640)), ("a", "b"), ("own",), sampling=SAMPLING)
    assert (alone.by_mean.names, alone.by_mean.second) == (("a", "b"), None)
    assert not alone.by_mean.is_clear
    assert not alone.by_maximum.is_clear


def test_the_largest_regret_can_choose_otherwise():
    bold = np.where(NOISE > 0.95, 3.0, 0.8)  # mean 0.91, at times 2 worse than the steady one
    found = chosen(bold)
    assert (found.by_mean.names, found.by_maximum.names) == (("bold", "twin"), ("steady",))
    leads = [max(bold[a:b].max() - 1.0, 0.0) - 0.2 for a, b in pairwise(SAMPLING.edges)]
    assert found.by_maximum.lead == pytest.approx(1.8)
    assert found.by_maximum.mc_error == pytest.approx(np.std(leads, ddof=1))


# assumptions


def test_the_assumption_that_splits_the_choice_is_found_with_its_loss():
    bold = 0.6 + 1.0 * RATE + 0.2 * NOISE  # overall 1.2: steady; where the rate is low 0.95: bold
    (flip,) = chosen(bold, assumptions={"cost": COST, "rate": RATE}).flips
    assert (flip.name, flip.lower, flip.upper, flip.half) == ("rate", "bold", "steady", "lower")
    assert flip.loss == pytest.approx(1.0 - halves(bold)[0])
    assert chosen(bold, assumptions={"rate": 1.0 - RATE}).flips[0].half == "upper"


@pytest.mark.parametrize("sampling", [SAMPLING, RANDOM])
def test_the_error_of_a_loss_is_that_of_a_mean_over_its_half(sampling):
    bold = 0.6 + 1.0 * RATE + 0.2 * NOISE
    (flip,) = chosen(bold, sampling=sampling, assumptions={"rate": RATE}).flips
    lower = np.flatnonzero(np.median(RATE) > RATE)
    inside = (1.0 - bold)[lower]
    if sampling is RANDOM:
        expected = inside.std(ddof=1) / np.sqrt(len(lower))
    else:  # replicates hold nearly the same number of draws in the half
        sums = [((1.0 - bold - flip.loss) * (np.median(RATE) > RATE))[a:b].mean() for a, b in pairwise(sampling.edges)]
        expected = 2.0 * np.std(sums, ddof=1) / 4
    assert flip.mc_error == pytest.approx(expected, rel=2e-3)


def test_flips_are_sorted_by_what_staying_costs():
    bold = 0.35 + 0.9 * RATE + 0.6 * COST
    found = chosen(bold, assumptions={"cost": COST, "noise": NOISE, "rate": RATE}).flips
    assert [flip.name for flip in found] == ["rate", "cost"]
    assert found[0].loss > found[1].loss > 2 * found[1].mc_error


def test_a_difference_within_two_errors_is_no_flip():
    bold = 1.0 + 0.001 * (RATE - 0.45) + 5.0 * (NOISE - NOISE.mean())
    assert np.sign(halves(bold - 1.0)[0]) != np.sign(halves(bold - 1.0)[1])
    assert chosen(bold, assumptions={"rate": RATE}).flips == ()


def test_an_assumption_that_cannot_be_halved_is_left_out():
    bold = 0.6 + 1.0 * RATE
    assumptions = {"certain": np.ones(640), "rate": RATE, "seldom": (RATE > 0.9).astype(float)}
    assert [flip.name for flip in chosen(bold, assumptions=assumptions).flips] == ["rate"]


def test_twins_do_not_flip_into_each_other():
    found = chosen(0.5 + 0.1 * NOISE, assumptions={"rate": RATE, "noise": NOISE})
    assert found.flips == ()
    assert (found.scenarios[0].best, found.scenarios[0].loss) == ("bold", 0.0)
    assert not found.scenarios[0].flips


# scenarios


def test_the_best_option_within_each_scenario():
    bold = np.stack([0.2 + 0.4 * NOISE, 1.2 + 0.4 * NOISE])
    found = chosen(bold, scenarios=("much", "little"))
    assert found.by_mean.names == ("bold", "twin")
    assert [(each.scenario, each.best, each.flips) for each in found.scenarios] == [
        ("much", "bold", False),
        ("little", "steady", True),
    ]
    assert found.scenarios[1].loss == pytest.approx((bold[1] - 1.0).mean())
    weighted = chosen(bold, scenarios=("much", "little"), weights=[1.0, 9.0])
    assert weighted.by_mean.names == ("steady",)
    assert [each.flips for each in weighted.scenarios] == [True, False]


def test_a_scenario_within_two_errors_does_not_change_the_choice():
    noise = 5.0 * (NOISE - NOISE.mean())
    found = chosen(np.stack([1.5 + noise, 0.95 + noise]), scenarios=("own", "other"))
    assert (found.by_mean.names, found.scenarios[1].best) == (("steady",), "bold")
    assert found.scenarios[1].loss == pytest.approx(0.05)
    assert not found.scenarios[1].flips


def test_names_and_losses_must_fit():
    with pytest.raises(DataError, match=r"losses: shape \(2, 1, 640\); expected \(1, 1, 640\), options, scenarios"):
        choice(np.ones((2, 1, 640)), ("a",), ("own",), sampling=SAMPLING)
