"""The smallest amount that is enough: near the least where more never hurts, and one that works where it can."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.analysis.money.smallest import TOLERANCE, smallest, smallest_near

MOST = 1e6
SHAPES = {
    "straight": lambda share: share - 1.0,
    "bending down": lambda share: math.sqrt(share) - 1.0,
    "bending up": lambda share: share**3 - 1.0,
    "flat, then straight": lambda share: max(share, 0.97) - 1.0,
    "saturating": lambda share: min(share, 1.0001) - 1.0,
    "kinked": lambda share: share - 1.0 if share < 1.0 else 1e6 * (share - 1.0),
    "a jump": lambda share: 1.0 if share >= 1.0 else -1e3,
    "a jump with a slope": lambda share: 1.0 + share if share >= 1.0 else -1e-3 + 1e-4 * share,
    "without sense of size": lambda share: 1e-12 * (share - 1.0),
}
LEAST = st.floats(1e-2, 0.999 * MOST)
FIRST = st.floats(1e-3, MOST)
TOLERANCES = st.sampled_from([TOLERANCE, 4e-3, 1e-6])


class Tried:
    """A margin that remembers the amounts it was asked for."""

    def __init__(self, margin):
        self.margin, self.amounts = margin, {}

    def __call__(self, amount):
        return self.amounts.setdefault(amount, self.margin(amount))


@pytest.mark.parametrize("shape", SHAPES)
@given(least=LEAST, first=FIRST, tolerance=TOLERANCES)
def test_where_more_never_hurts_it_is_the_least_within_the_tolerance(shape, least, first, tolerance):
    tried = Tried(lambda amount: SHAPES[shape](amount / least))
    found = smallest(tried, first=first, most=MOST, tolerance=tolerance)
    assert found is not None
    assert tried(found) >= 0.0
    assert found <= least * (1.0 + 1e-12) / (1.0 - tolerance)
    assert len(tried.amounts) <= 75


@given(least=LEAST, known=st.lists(st.floats(0.0, 2 * MOST), max_size=5))
def test_known_amounts_change_only_what_is_tried(least, known):
    found = smallest(lambda amount: amount - least, first=1.0, most=MOST, known=known)
    assert found is not None
    assert least <= found <= least * (1.0 + 1e-12) / (1.0 - TOLERANCE)


@st.composite
def humps(draw):
    """A continuous margin that rises and falls, in straight pieces, from below 0."""
    steps = draw(st.lists(st.tuples(st.floats(0.1, 5.0), st.floats(-3.0, 3.0)), min_size=1, max_size=8))
    ends = [(0.0, -1.0)]
    for width, height in steps:
        ends.append((ends[-1][0] + width, height))

    def margin(amount):
        for (left, low), (right, high) in pairwise(ends):
            if amount <= right:
                return low + (high - low) * (amount - left) / (right - left)
        return ends[-1][1]

    return margin, ends[-1][0]


@given(humps(), st.floats(0.01, 10.0))
def test_where_more_can_hurt_it_works_and_just_below_it_does_not(hump, first):
    margin, most = hump
    tried = Tried(margin)
    found = smallest(tried, first=first, most=most)
    if found is None:
        assert max(tried.amounts.values()) < 0.0
        assert max(tried.amounts) == most
    else:
        assert margin(found) >= 0.0
        nearest = max(amount for amount in tried.amounts if amount < found)
        assert tried(nearest) < 0.0
        assert found - nearest <= TOLERANCE * found


def test_an_amount_that_is_enough_early_is_found_where_more_of_it_hurts():
    found = smallest(lambda amount: min(amount - 3.0, 30.0 - amount), first=1.0, most=1e9)
    assert found == pytest.approx(3.0, rel=TOLERANCE)


@given(at_nothing=st.floats(0.0, 1e9), slope=st.floats(-1.0, 1.0))
def test_nothing_is_needed_where_nothing_is_enough(at_nothing, slope):
    tried = Tried(lambda amount: at_nothing + slope * amount)
    assert smallest(tried, first=1.0, most=MOST) == 0.0
    assert [*tried.amounts] == [0.0]


@given(missing=st.floats(1e-9, 1e9), first=st.floats(1e-3, 10 * MOST))
def test_none_where_not_even_the_most_is_enough(missing, first):
    tried = Tried(lambda amount: -missing * (1.0 + MOST / (1.0 + amount)))
    assert smallest(tried, first=first, most=MOST) is None
    assert max(tried.amounts) == MOST


def test_the_most_itself_can_be_what_is_enough():
    found = smallest(lambda amount: amount - MOST, first=1.0, most=MOST, tolerance=1e-6)
    assert found == pytest.approx(MOST, rel=1e-6)


def test_a_straight_line_takes_few_tries():
    tried = Tried(lambda amount: amount - 1234.5)
    assert smallest(tried, first=1000.0, most=1e9, tolerance=1e-6) == pytest.approx(1234.5, rel=1e-6)
    assert len(tried.amounts) <= 6


# near a guess


@pytest.mark.parametrize("shape", SHAPES)
@given(least=LEAST, guess=st.floats(0.01, 100.0), tolerance=TOLERANCES)
def test_near_any_guess_the_least_is_found(shape, least, guess, tolerance):
    tried = Tried(lambda amount: SHAPES[shape](amount / least))
    found = smallest_near(tried, guess * least, most=MOST, tolerance=tolerance)
    assert found is not None
    assert tried(found) >= 0.0
    assert found <= least * (1.0 + 1e-12) / (1.0 - tolerance)


def test_a_good_guess_takes_few_tries():
    tried = Tried(lambda amount: amount - 1234.5)
    assert smallest_near(tried, 1240.0, most=1e9, tolerance=1e-6) == pytest.approx(1234.5, rel=1e-6)
    assert len(tried.amounts) <= 5


def test_near_a_guess_nothing_and_none_are_found_too():
    assert smallest_near(lambda amount: amount, 5.0, most=MOST) == 0.0
    tried = Tried(lambda amount: amount - 2 * MOST)
    assert smallest_near(tried, 5.0, most=MOST) is None
    assert max(tried.amounts) == MOST
