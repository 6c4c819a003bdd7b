"""One of several laws, worked out by hand: straight stretches, gaps, jumps, counts and both far tails."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from backlog_model.scenario import compound_laws, mixture_law
from backlog_model.scenario import probability_laws as laws
from backlog_model.scenario.mixture_law import mixture
from backlog_model.scenario.probability_laws import Array, Law

Pairs = mixture_law.Pairs


def at(function: Callable[[Array], Array] | None, *places: float) -> list[float]:
    """Values of a function of a law."""
    assert function is not None
    return [float(each) for each in function(np.array(places, dtype=np.float64))]


def close(*numbers: float) -> object:
    """Equal up to the precision to which a quantile is solved for."""
    return pytest.approx(list(numbers), rel=2e-12, abs=1e-18)


def uniform(low: float, high: float) -> Law:
    return laws.straight_lines((0.0, 1.0), (low, high))


# A quarter of the values from 0 to 4, three quarters from 2 to 6: slopes 1/16, 1/4 and 3/16.
OVERLAP = mixture([0.25, 0.75], [uniform(0, 4), uniform(2, 6)])
PLACES = (0.0, 2.0, 3.0, 4.0, 5.0, 6.0)
REACHED = (0.0, 0.125, 0.375, 0.625, 0.8125, 1.0)


def test_probabilities_are_weighed() -> None:
    assert at(OVERLAP.cdf, -1.0, *PLACES, 7.0) == [0.0, *REACHED, 1.0]
    assert at(OVERLAP.below, -1.0, *PLACES, 7.0) == [0.0, *REACHED, 1.0]
    assert OVERLAP.mean() == 0.25 * 2 + 0.75 * 4
    assert (OVERLAP.support, OVERLAP.is_event, OVERLAP.is_count, OVERLAP.median) == ((0.0, 6.0), False, False, None)
    bent = mixture([0.5, 0.5], [laws.triangular(0, 1, 4), laws.straight_lines((0, 0.5, 1), (2, 3, 9))])
    assert (bent.kinks, bent.support) == ((1.0, 3.0), (0.0, 9.0))


def test_quantiles_of_straight_stretches() -> None:
    assert at(OVERLAP.quantile, 0.0625, 0.125, 0.3125, 0.375, 0.625, 0.8125, 0.9) == close(
        *(1.0, 2.0, 2 + 0.1875 * 4, 3.0, 4.0, 5.0, 6 - 0.1 * 16 / 3)
    )
    assert OVERLAP.central() == pytest.approx(3.5, rel=2e-12)  # 0.5 lies half-way from 0.375 to 0.625


def test_both_far_tails() -> None:
    tiny = (1e-300, 1e-12, 1e-6, 1e-4)
    assert at(OVERLAP.quantile, *tiny) == pytest.approx([16 * each for each in tiny], rel=2e-12, abs=0)
    far = [6 - at(OVERLAP.quantile, 1 - each)[0] for each in (1e-4, 1e-6, 1e-9)]
    assert far == pytest.approx([each * 16 / 3 for each in (1e-4, 1e-6, 1e-9)], rel=1e-2)  # 6 is known to 6e-12
    wide = mixture([0.5, 0.5], [laws.normal(0.0, 1.0), laws.normal(0.0, 1.0)])
    for u in (1e-14, 1e-5, 1 - 1e-5, 1 - 1e-14):
        assert at(wide.quantile, u) == close(laws.normal(0.0, 1.0).quantile_at(u))


def test_a_gap_is_stepped_over() -> None:
    gap = mixture([0.25, 0.75], [uniform(0, 1), uniform(8, 9)])
    assert at(gap.quantile, 0.125, 0.249, 0.25, 0.251, 0.625) == close(0.5, 0.996, 1, 8 + 0.001 / 0.75, 8.5)
    assert at(gap.cdf, 0.5, 1.0, 5.0, 8.0, 8.5) == [0.125, 0.25, 0.25, 0.25, 0.625]


def test_jumps_are_met_exactly() -> None:
    """Half of the values 1, 1, 1, 2 and half of them 1, 3, 3, 3: 1/2 at 1, 1/8 at 2 and 3/8 at 3."""
    law = mixture([0.5, 0.5], [laws.empirical([1, 1, 1, 2]), laws.empirical([1, 3, 3, 3])])
    assert at(law.quantile, 1e-9, 0.3, 0.5, 0.51, 0.625, 0.63, 1 - 1e-9) == [1, 1, 1, 2, 2, 3, 3]
    assert at(law.cdf, 0.9, 1.0, 2.0, 2.9, 3.0) == [0.0, 0.5, 0.625, 0.625, 1.0]
    assert at(law.below, 1.0, 2.0, 3.0, 3.1) == [0.0, 0.5, 0.625, 1.0]
    uneven = mixture([0.5, 0.5], [laws.empirical([1, 1, 1, 2.3]), laws.empirical([1, 3, 3, 3])])
    assert at(uneven.quantile, 0.5, 0.6, 0.625, 0.63) == [1.0, 2.3, 2.3, 3.0]


def test_a_jump_in_a_slope() -> None:
    """A fifth at 1 and a fifth at 2, the rest even from 0 to 3: a slope of 1/5."""
    law = mixture([0.4, 0.6], [laws.empirical([1, 2]), uniform(0, 3)])
    assert at(law.quantile, 0.1, 0.21, 0.3, 0.4, 0.5, 0.61, 0.79, 0.9) == close(0.5, 1, 1, 1, 1.5, 2, 2, 2.5)
    assert at(law.quantile, 0.3, 0.7) == [1.0, 2.0]


def test_nothing_or_something() -> None:
    flood = compound_laws.event(0.5, uniform(10, 20))
    law = mixture([0.5, 0.5], [flood, uniform(0, 1)])
    assert (law.is_event, law.central(), law.mean()) == (True, 0.25 * 15 + 0.5 * 0.5, 4.0)
    assert at(law.cdf, -0.1, 0.0, 0.5, 1.0, 10.0, 15.0) == [0.0, 0.25, 0.5, 0.75, 0.75, 0.875]
    assert at(law.below, 0.0, 0.5, 15.0) == [0.0, 0.5, 0.875]
    assert at(law.quantile, 0.1, 0.2, 0.5, 0.875) == close(0, 0, 0.5, 15)


@pytest.mark.parametrize("means", [(2.0, 30.0), (500.0, 3.0), (500.0, 510.0), (6000.0, 6010.0)])
def test_counts_stay_whole(means: tuple[float, float]) -> None:
    law = mixture([0.5, 0.5], [laws.poisson(mean) for mean in means])
    tails = np.linspace(1.1e-4, 1e-3, 80)
    u = np.concatenate([tails, np.linspace(0.001, 0.999, 250), 1 - tails[::-1]])
    values = law.quantile(u)
    assert values.tolist() == np.round(values).tolist()
    assert np.all((law.cdf(values) >= u) & (law.cdf(values - 1) < u))


def test_one_part_alone_is_the_part() -> None:
    law = mixture([1.0], [laws.triangular(0, 1, 4)])
    assert at(law.quantile, 1 / 16, 1 / 4, 2 / 3, 11 / 12) == close(0.5, 1, 2, 3)


def test_a_mixture_in_a_mixture() -> None:
    law = mixture([0.5, 0.5], [OVERLAP, uniform(0, 4)])  # slopes 5/32 up to 2, 1/4 up to 4, 3/32 up to 6
    assert at(law.quantile, 0.15625, 0.3125, 0.5625, 0.8125, 0.90625) == close(1, 2, 3, 4, 5)


def test_any_shape_and_each_number_by_itself() -> None:
    u = np.array([[[0.0625], [0.9]], [[1e-6], [0.5]]])
    values = OVERLAP.quantile(u)
    assert values.shape == (2, 2, 1)
    assert values.ravel().tolist() == [at(OVERLAP.quantile, each)[0] for each in u.ravel()]


# How it is solved


def pairs_of(law: Law) -> Pairs:
    return law.quantile.args[0]  # type: ignore[attr-defined,no-any-return]


def test_bisection_alone_finds_the_same() -> None:
    pairs = pairs_of(OVERLAP)
    found = mixture_law._bisected(pairs, np.array([1e-12, 0.0625, 0.375, 0.625, 0.8125]))
    assert found.tolist() == close(16e-12, 1, 3, 4, 5)
    gap: Pairs = ((0.25, uniform(0, 1)), (0.75, uniform(8, 9)))
    assert mixture_law._bisected(gap, np.array([0.25])).tolist() == close(1)
    mirrored: Pairs = ((0.25, uniform(-4, 0)), (0.75, uniform(-6, -2)))
    assert mixture_law._bisected(mirrored, np.array([0.1875, 0.375, 0.625])).tolist() == close(-5, -4, -3)
    steps: Pairs = ((0.5, laws.empirical([1, 1, 1, 2])), (0.5, laws.empirical([1, 3, 3, 3])))
    assert mixture_law._bisected(steps, np.array([0.5]))[0] == 1.0
    assert mixture_law._bisected(steps, np.array([0.6, 0.7])).tolist() == close(2, 3)
    assert mixture_law._cdf(steps, mixture_law._bisected(steps, np.array([0.6, 0.7]))).tolist() == [0.625, 1.0]
    far: Pairs = ((0.5, laws.constant(-8.0)), (0.5, laws.constant(-2.0)))
    assert mixture_law._bisected(far, np.array([0.25, 0.75])).tolist() == close(-8, -2)


def test_places_looked_up_hold_every_bend_and_every_count() -> None:
    pairs: Pairs = ((0.5, laws.poisson(40.0)), (0.5, laws.straight_lines((0, 0.5, 1), (1.0, 20.1, 90.0))))
    nodes = mixture_law._nodes(pairs)
    assert set(map(float, range(20, 64))) <= set(nodes.tolist())
    assert 20.1 in nodes
    assert np.all(np.diff(nodes) > 0)
    assert nodes[0] == pytest.approx(1.0, abs=0.01)
    assert nodes[-1] == pytest.approx(90.0, abs=0.02)
    assert len(nodes) > 32 * 40


def test_a_table_proves_what_lies_between_its_ends() -> None:
    """Straight stretches, smooth ones and jumps need no bisection between 1.3e-4 and 1 less that."""
    u = np.linspace(2e-4, 1 - 2e-4, 501)
    smooth = mixture([0.3, 0.7], [laws.normal(0.0, 1.0), laws.normal(3.0, 0.5)])
    jumps = mixture([0.5, 0.5], [laws.empirical([1, 2]), laws.poisson(30.0)])
    gap = mixture([0.25, 0.75], [uniform(0, 1), uniform(8, 9)])
    for law in (OVERLAP, smooth, jumps, gap):
        values, proven = mixture_law._from_table(pairs_of(law), u)
        assert np.all(proven)
        assert values.tolist() == law.quantile(u).tolist()


def test_the_first_and_the_last_stretch_of_a_table_count_too() -> None:
    """A table of one law begins at a probability of 1 / (1 + exp(9)), 1.234e-4, and ends at 1 less that."""
    pairs: Pairs = ((1.0, uniform(0, 1)),)
    inside, outside = np.array([1.24e-4, 0.5, 1 - 1.24e-4]), np.array([1.23e-4, 1 - 1.23e-4])
    assert mixture_law._from_table(pairs, inside)[1].tolist() == [True, True, True]
    assert mixture_law._from_table(pairs, outside)[1].tolist() == [False, False]
    assert mixture([1.0], [uniform(0, 1)]).quantile(outside).tolist() == close(*outside)


def test_straight_lines_need_no_steps_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do they just after a bend: 0.125 is reached at 2, where the slope changes."""
    monkeypatch.setattr(mixture_law, "_POLISHINGS", (0,))
    wanted = np.array([0.06, 0.1249, 0.1250025, 0.3, 0.5, 0.6250025, 0.9])
    values, proven = mixture_law._from_table(pairs_of(OVERLAP), wanted)
    assert np.all(proven)
    assert values.tolist() == close(0.96, 1.9984, 2.00001, 2.7, 3.5, 4 + 0.0000025 * 16 / 3, 6 - 0.1 * 16 / 3)


def test_what_comes_back_reaches_its_probability_and_hardly_less_does_not() -> None:
    law = mixture([0.3, 0.7], [laws.normal(10.0, 1.0), laws.normal(13.0, 0.5)])
    u = np.linspace(0.01, 0.99, 99)
    values = law.quantile(u)
    assert np.all(law.cdf(values) >= u)
    assert np.all(law.cdf(values * (1 - 1e-12)) < u)


def test_a_straight_stretch_is_met_at_the_first_guess() -> None:
    wanted = np.array([0.2, 0.375, 0.5])
    ends = np.full(3, 2.0), np.full(3, 4.0), 0.125 - wanted, 0.625 - wanted
    values, proven = mixture_law._polished(pairs_of(OVERLAP), wanted, ends, 0)
    assert values.tolist() == close(2.3, 3.0, 3.5)
    assert np.all(proven)


def test_a_curve_is_met_after_a_few_steps() -> None:
    """x squared from 0 to 1, looked up at both ends only."""
    pairs: Pairs = ((1.0, laws.beta(2.0, 1.0)),)
    wanted = np.array([0.25, 0.5, 0.81])
    ends = np.zeros(3), np.ones(3), -wanted, 1 - wanted
    values, proven = mixture_law._polished(pairs, wanted, ends, 8)
    assert values.tolist() == close(0.5, math.sqrt(0.5), 0.9)
    assert np.all(proven)
    guess, early = mixture_law._polished(pairs, wanted, ends, 0)
    assert guess.tolist() == close(*wanted)  # the straight line between the ends
    assert not np.any(early)


def test_a_ratio_with_nothing_below_is_0() -> None:
    assert mixture_law._ratio(np.array([1.0, 6.0, 0.0]), np.array([0.0, 3.0, 0.0])).tolist() == [0.0, 2.0, 0.0]
