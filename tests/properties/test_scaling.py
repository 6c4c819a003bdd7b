"""Units and labels do not matter: size, rupiah, order of regions, splitting a region."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from backlog_model.inputs import Inputs
from comparison import LIMITS, bindings_differ, differences, has_dust
from results import Parts, parts
from strategies import axes_of, inputs
from variations import MONEY, first_region_halved, halves_added, multiplied, reordered, scaled

RELATIVE = ("share", "allin_idr", "binding")  # what does not grow with the size of a region
# Powers of two change no digit of a number, so results must keep every bit.
FACTORS = st.sampled_from([0.125, 4.0, 1024.0])


def _times(found: Parts, factor: float, *, only: tuple[str, ...] = (), apart_from: tuple[str, ...] = ()) -> Parts:
    return {
        part: {
            name: array * factor if (name in only or not only) and name not in apart_from else array
            for name, array in names.items()
        }
        for part, names in found.items()
    }


def _assert_same_bits(actual: Parts, expected: Parts) -> None:
    for part, names in expected.items():
        for name, array in names.items():
            np.testing.assert_array_equal(actual[part][name], array, err_msg=f"{part}.{name}")


@given(inputs(without=("whole houses",)), FACTORS)
def test_a_province_k_times_as_large_has_k_times_the_results(case: Inputs, factor: float) -> None:
    expected = _times(parts(case), factor, apart_from=(*RELATIVE, *LIMITS))
    actual = parts(scaled(case, factor))
    for name in LIMITS:  # a limit that nobody wrote is the same large number at every size
        expected["flows"][name] = actual["flows"][name]
    _assert_same_bits(actual, expected)


@given(inputs(), FACTORS)
def test_counting_in_another_currency_changes_no_house(case: Inputs, factor: float) -> None:
    rupiah = ("budget_idr", "absorbed_idr", "spent_idr", "unspent_idr", "unallocated_idr")
    expected = _times(parts(case), factor, only=(*rupiah, "household_top_up_idr", "allin_idr"))
    _assert_same_bits(parts(multiplied(case, factor, MONEY)), expected)


@given(inputs(axes_of(regions=(2, 4))), st.randoms(use_true_random=False))
def test_reordering_regions_reorders_results(case: Inputs, random: st.randoms) -> None:
    order = list(range(len(case.axes.regions)))
    random.shuffle(order)
    before = parts(case)
    expected = {
        part: {n: a if n == "unallocated_idr" else a[..., order] for n, a in names.items()}
        for part, names in before.items()
    }
    actual = parts(reordered(case, order))
    found = differences(actual, expected) + bindings_differ(actual, expected)
    assume(not (found and has_dust(before, actual)))
    assert found == []


@given(inputs(without=("bounds", "whole houses")))
def test_splitting_a_region_in_half_changes_no_total(case: Inputs) -> None:
    before, after = parts(case), parts(first_region_halved(case))
    actual = {
        part: {
            name: array if name == "unallocated_idr" else halves_added(array)
            for name, array in names.items()
            if name not in ("allin_idr", "binding", *LIMITS)
        }
        for part, names in after.items()
    }
    found = differences(actual, before)
    assume(not (found and has_dust(before, after)))
    assert found == []
