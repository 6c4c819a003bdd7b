"""Random numbers hang on names, and on nothing else: not on blocks, order, or what else is drawn."""

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.errors import BacklogModelError
from backlog_model.streams import DESIGNS, LONGEST_REPLICATE, MOST_DRAWS, Streams, replicate_edges

DRAWS = 1003  # no multiple of anything
BLOCKS = (1, 7, 64, 1000)
NAMES = ("assumptions.deterioration_rate", "assumptions.relapse_rate", "shocks.flood.houses")
REGIONS = {"codes": ("63.01", "63.02", "63.10"), "years": (2026, 2027)}
EVERYWHERE: dict = {}
WHOLE = slice(None)


def streams(design, names=NAMES, *, seed=1, draws=DRAWS):
    return Streams(seed, draws, design, names)


def numbers(design, name=NAMES[0], **options):
    return streams(design, **options).uniforms(name, WHOLE)[0, :, 0]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize("axes", [EVERYWHERE, REGIONS], ids=["one number", "by region and year"])
def test_blocks_change_no_number(design, size, axes):
    whole = streams(design).uniforms(NAMES[0], WHOLE, **axes)
    blocks = [streams(design).uniforms(NAMES[0], slice(at, at + size), **axes) for at in range(0, DRAWS, size)]
    np.testing.assert_array_equal(np.concatenate(blocks, axis=1), whole)
    assert whole.shape == (len(axes.get("years", [0])), DRAWS, len(axes.get("codes", [0])))


@pytest.mark.parametrize("design", DESIGNS)
def test_draws_from_the_middle_are_those_of_the_whole_run(design):
    np.testing.assert_array_equal(
        streams(design).uniforms(NAMES[1], slice(501, 777))[0, :, 0], numbers(design, NAMES[1])[501:777]
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_the_order_of_regions_and_years_changes_no_number(design):
    given_order = streams(design).uniforms(NAMES[0], WHOLE, **REGIONS)
    other = streams(design).uniforms(NAMES[0], WHOLE, codes=REGIONS["codes"][::-1], years=REGIONS["years"][::-1])
    np.testing.assert_array_equal(other[::-1, :, ::-1], given_order)
    alone = streams(design).uniforms(NAMES[0], WHOLE, codes=("63.02",), years=(2027,))
    np.testing.assert_array_equal(alone, given_order[1:, :, 1:2])


@pytest.mark.parametrize("design", DESIGNS)
def test_further_names_and_their_order_change_no_number(design):
    more = (*NAMES[::-1], *(f"programmes.p{place}.absorption_share" for place in range(20)))
    dimensions = streams("sobol", more)._dimensions
    assert {name: dimensions[name] for name in NAMES} == streams("sobol")._dimensions, (
        "choose names that do not collide"
    )
    for name in NAMES:
        np.testing.assert_array_equal(numbers(design, name, names=more), numbers(design, name))


def test_names_that_collide_still_take_dimensions_of_their_own():
    many = tuple(f"name {place}" for place in range(1000))
    dimensions = streams("sobol", many)._dimensions
    assert len(set(dimensions.values())) == 1000
    assert dimensions == streams("sobol", many[::-1])._dimensions


def test_more_names_than_sobol_has_dimensions_are_refused():
    with pytest.raises(BacklogModelError, match="sobol: 1025 uncertain values; expected at most 1024"):
        streams("sobol", tuple(f"name {place}" for place in range(1025)))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("axes", [EVERYWHERE, REGIONS], ids=["one number", "by region and year"])
def test_seeds_names_regions_and_years_give_other_numbers(design, axes):
    first = streams(design).uniforms(NAMES[0], WHOLE, **axes)
    other_seed = streams(design, seed=2).uniforms(NAMES[0], WHOLE, **axes)
    other_name = streams(design).uniforms(NAMES[1], WHOLE, **axes)
    columns = [
        column for each in (first, other_seed, other_name) for column in np.moveaxis(each, 1, 2).reshape(-1, DRAWS)
    ]
    for one, other in combinations(columns, 2):
        assert np.count_nonzero(one == other) < 3


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("draws", [1, 2, 3, 31, 1000, 100_000])
def test_numbers_lie_strictly_between_0_and_1(design, draws):
    drawn = numbers(design, draws=draws)
    assert drawn.shape == (draws,)
    assert 0 < drawn.min() <= drawn.max() < 1


@pytest.mark.parametrize("bits", [0, 1, 2**53 - 1, 2**63, 2**64 - 1])
def test_the_most_extreme_random_bits_stay_between_0_and_1(bits):
    from backlog_model.streams import _unit

    number = float(_unit(np.array([bits], dtype=np.uint64))[0])
    assert 0 < number < 1
    assert abs(number - bits / 2**64) <= 2.0**-52


@pytest.mark.parametrize("draws", [1, 5, 160, 1000, 1003, 20_000])
def test_latin_hypercube_puts_one_number_in_each_interval_of_each_replicate(draws):
    drawn, edges = numbers("latin_hypercube", draws=draws), replicate_edges(draws)
    for start, end in pairwise(edges):
        intervals = np.floor(drawn[start:end] * (end - start))
        assert sorted(intervals.tolist()) == list(range(end - start))


def test_sobol_puts_one_number_in_each_interval_of_a_replicate_of_a_power_of_two():
    drawn = numbers("sobol", draws=16 * 64)
    for start in range(0, 16 * 64, 64):
        assert sorted(np.floor(drawn[start : start + 64] * 64).tolist()) == list(range(64))


def test_sobol_points_of_a_replicate_made_in_pieces_are_those_of_scipy():
    from scipy.stats import qmc

    from backlog_model.streams import _key, _sobol

    engine = qmc.Sobol(1024, scramble=True, rng=np.random.default_rng(_key("sobol", 3, 0).tolist()))
    expected = engine.random_base2(13)[:5000, [7, 400]].T
    np.testing.assert_array_equal(_sobol(3, 0, 5000, (7, 400)), expected + 2.0**-31)


@pytest.mark.parametrize("design", DESIGNS)
def test_numbers_are_uniform(design):
    """Kolmogorov's distance stays below its 99.9 % point for random numbers; designs lie far below it."""
    count = 20_000
    for name in NAMES:
        ordered = np.sort(numbers(design, name, draws=count))
        distance = np.max(np.abs(ordered - (np.arange(count) + 0.5) / count)) + 0.5 / count
        assert distance < 1.95 / math.sqrt(count)


@pytest.mark.parametrize("axes", [REGIONS, {"years": (2026,)}])
def test_numbers_by_region_and_year_are_uniform_under_any_design(axes):
    ordered = np.sort(streams("sobol", draws=5000).uniforms(NAMES[0], WHOLE, **axes).ravel())
    distance = np.max(np.abs(ordered - (np.arange(ordered.size) + 0.5) / ordered.size))
    assert distance < 1.95 / math.sqrt(ordered.size)


@pytest.mark.parametrize("design", DESIGNS)
def test_names_are_independent(design):
    """Correlations stay within four standard errors, 1 / sqrt(n)."""
    drawn = np.array([numbers(design, name, draws=10_000) for name in NAMES])
    between = np.corrcoef(drawn)[np.triu_indices(3, 1)]
    assert np.all(np.abs(between) < 4 / math.sqrt(10_000))


def test_regions_and_years_are_independent():
    drawn = np.moveaxis(streams("random", draws=10_000).uniforms(NAMES[0], WHOLE, **REGIONS), 1, 2).reshape(6, -1)
    between = np.corrcoef(drawn)[np.triu_indices(6, 1)]
    assert np.all(np.abs(between) < 4 / math.sqrt(10_000))


def test_replicates_of_a_latin_hypercube_are_independent():
    between = np.corrcoef(numbers("latin_hypercube", draws=32_000).reshape(16, 2000))[np.triu_indices(16, 1)]
    assert np.all(np.abs(between) < 5 / math.sqrt(2000))  # the largest of 120


def test_replicates_of_sobol_are_scrambled_anew():
    """Their points are mirrored and shuffled images of one sequence: no two alike, means without a common sign."""
    replicates = numbers("sobol", draws=16 * 500).reshape(16, 500)
    assert len(set(replicates[:, 0].tolist())) == 16
    between = np.corrcoef(replicates)[np.triu_indices(16, 1)]
    assert 30 < np.count_nonzero(between > 0) < 90  # of 120


PINNED = {
    "random": ("random", {}, [0.5103028807932429, 0.09653761140297556, 0.39552588832750357, 0.7758821679844171]),
    "region and year": (
        "random",
        {"codes": ("63.01",), "years": (2027,)},
        [0.9560832858012759, 0.14605600089910176, 0.5241947147540807, 0.9610143403655539],
    ),
    "latin hypercube": (
        "latin_hypercube",
        {},
        [0.014354636963277859, 0.7432438893605302, 0.4991641009644348, 0.6341122588547727],
    ),
}


@pytest.mark.parametrize(("design", "axes", "expected"), PINNED.values(), ids=PINNED)
def test_these_numbers_never_change(design, axes, expected):
    """A stored run is replayed from its seed: other numbers here make every earlier run another one."""
    drawn = Streams(1, 100, design).uniforms("assumptions.deterioration_rate", slice(0, 4), **axes)
    assert drawn.ravel().tolist() == expected


@pytest.mark.parametrize("draws", [0, -1, MOST_DRAWS + 1, 10**30, math.nan, 10.5])
@pytest.mark.parametrize("design", DESIGNS)
def test_numbers_of_draws_that_cannot_be_are_refused(draws, design):
    with pytest.raises(BacklogModelError, match=r"draws: .* is not possible; expected 1 to 10_000_000"):
        Streams(1, draws, design)


@pytest.mark.parametrize(
    ("design", "message"),
    [
        ("latin", "design: latin; expected one of random, latin_hypercube, sobol"),
        ("sobel", "design: sobel; did you mean sobol"),
    ],
)
def test_unknown_designs_are_refused(design, message):
    with pytest.raises(BacklogModelError, match=message):
        Streams(1, 10, design)


@given(st.integers(1, 200_000_000))
def test_replicates_cover_a_run_of_any_length_evenly(draws):
    edges = replicate_edges(draws)
    sizes = np.diff(edges)
    assert (edges[0], edges[-1]) == (0, draws)
    assert sizes.max() - sizes.min() <= 1
    assert sizes.max() <= LONGEST_REPLICATE
    assert len(sizes) == 1 or sizes.min() >= 2


@given(st.integers(0, 2**63), st.text(max_size=20), st.integers(0, 99), st.integers(0, 99))
def test_any_part_of_any_stream_is_that_part_of_the_whole(seed, name, one, other):
    first, last = sorted((one, other))
    for design in ("random", "latin_hypercube"):
        run = Streams(seed, 100, design)
        whole = run.uniforms(name, WHOLE)
        np.testing.assert_array_equal(run.uniforms(name, slice(first, last)), whole[:, first:last])
