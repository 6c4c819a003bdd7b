"""Values are counted in bins and added up as one would by hand, whatever their number and however they lie."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from backlog_model.dynamics.compiled import counting
from backlog_model.dynamics.compiled.counting import tally
from backlog_model.inputs import Array
from backlog_model.linear import Sums

pytest.importorskip("llvmlite")

BINS = 4
Found = tuple[npt.NDArray[np.uint32], Array]


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patched:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patched.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield


def of_draws(*rows: Any) -> Array:
    """Rows of draws as one array (year, draw, region) of a year, draws side by side."""
    return np.array(rows, dtype=np.float64)[None].swapaxes(-1, -2)


def counted(arrays: list[Array], sums: Sums, rows: int, *, low: Any = 0.0, scale: Any = 1.0) -> Found:
    """Counts in four bins, and totals, of rows not counted before."""
    counts, totals = np.zeros((rows, BINS), np.uint32), np.zeros(rows)
    low, scale = (np.broadcast_to(np.asarray(one, dtype=np.float64), rows).copy() for one in (low, scale))
    tally(arrays, sums, low, scale, counts, totals)
    return counts, totals


def alone(rows: int) -> Sums:
    return Sums.alone(np.arange(rows))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (-np.inf, 0),
        (-1.5, 0),
        (-0.5, 0),
        (0.0, 0),
        (0.875, 0),
        (1.0, 1),
        (1.5, 1),
        (2.0, 2),
        (2.875, 2),
        (3.0, 3),
        (3.875, 3),
        (4.0, 3),
        (1e12, 3),
        (np.inf, 3),
    ],
)
@pytest.mark.parametrize("draws", [1, 8], ids=["one by one", "together"])
def test_a_value_falls_into_its_bin(value: float, place: int, draws: int) -> None:
    counts, totals = counted([of_draws([value] * draws)], alone(1), 1)
    assert counts.tolist() == [[draws if each == place else 0 for each in range(BINS)]]
    assert totals[0] == value * draws


@pytest.mark.parametrize("draws", [1, 8])
def test_an_undefined_value_falls_into_none(draws: int) -> None:
    counts, totals = counted([of_draws([np.nan] * draws)], alone(1), 1)
    assert counts.tolist() == [[0, 0, 0, 0]]
    assert np.isnan(totals[0])


@pytest.mark.parametrize("draws", [1, 2, 3, 7, 8, 9, 15, 16, 17, 24])
def test_every_value_is_counted_once(draws: int) -> None:
    """Draw d of the first row is d modulo 4; of the second row always 2."""
    found = counted([of_draws([d % 4 for d in range(draws)], [2] * draws)], alone(2), 2)
    whole, more = divmod(draws, 4)
    assert found[0].tolist() == [[whole + (each < more) for each in range(4)], [0, 0, draws, 0]]
    assert found[1].tolist() == [6 * whole + sum(range(more)), 2 * draws]


def test_counts_and_totals_are_added_to() -> None:
    counts, totals = np.array([[5, 0, 1, 0]], np.uint32), np.array([100.0])
    for _ in range(2):
        tally([of_draws([1.0, 1.0, 2.0])], alone(1), np.zeros(1), np.ones(1), counts, totals)
    assert counts.tolist() == [[5, 4, 3, 0]]
    assert totals.tolist() == [108.0]


@pytest.mark.parametrize("draws", [3, 8])
def test_each_row_has_limits_of_its_own(draws: int) -> None:
    """Bins of 7: (7 - 0) * 0.25 = 1.75; (7 - 5) * 1 = 2; (7 - 6) * 0.5 = 0.5; (7 - 4) * 2 = 6, the last."""
    values = of_draws(*[[7.0] * draws] * 4)
    counts, _ = counted([values], alone(4), 4, low=[0, 5, 6, 4], scale=[0.25, 1, 0.5, 2])
    assert counts.argmax(axis=1).tolist() == [1, 2, 0, 3]
    assert counts.sum(axis=1).tolist() == [draws] * 4


@pytest.mark.parametrize("draws", [1, 8, 10])
def test_a_row_is_a_weighted_sum_of_sources(draws: int) -> None:
    """Row 2 is 1/2 * 3 + 1 * 0.25 = 1.75, row 0 is -1 * 0.25 + 3 * 1 = 2.75; row 1 is nobody's sum."""
    sources = [of_draws([3.0] * draws, [0.25] * draws), of_draws([1.0] * draws)]
    sums = Sums(np.array([2, 0]), np.array([0, 2, 4]), np.array([0, 1, 1, 2]), np.array([0.5, 1.0, -1.0, 3.0]))
    counts, totals = counted(sources, sums, 3)
    assert counts.tolist() == [[0, 0, draws, 0], [0, 0, 0, 0], [0, draws, 0, 0]]
    assert totals.tolist() == [2.75 * draws, 0.0, 1.75 * draws]


def test_sources_stand_in_the_order_of_their_axes() -> None:
    """Year by year, in a year part by part, in a part region by region; then the next array."""
    first = np.arange(8.0).reshape(2, 2, 1, 2).repeat(3, axis=2)  # year, part, draw, region: source row n holds n
    second = np.full((1, 3, 1), 8.0)
    _, totals = counted([first, second], alone(9), 9)
    assert totals.tolist() == [3.0 * n for n in range(9)]


def test_an_array_without_years_has_no_rows() -> None:
    counts, totals = counted([np.zeros((0, 3, 2)), of_draws([1.0, 2.0, 2.0])], alone(1), 1)
    assert (counts.tolist(), totals.tolist()) == ([[0, 1, 2, 0]], [5.0])


@pytest.mark.parametrize(
    "values",
    [
        np.arange(18.0).reshape(1, 9, 2),
        np.arange(18.0).reshape(1, 9, 2).astype(np.float32),
        np.arange(18, dtype=np.int64).reshape(1, 9, 2),
        np.asfortranarray(np.arange(18.0).reshape(1, 9, 2)),
        np.asfortranarray(np.arange(18.0).reshape(1, 9, 2).astype(np.float32)),
        np.arange(18.0).reshape(1, 9, 2)[:, ::-1],
        np.repeat(np.arange(18.0).reshape(9, 2), 2, axis=0)[None, ::2],
    ],
)
def test_values_may_lie_anyhow_in_memory(values: Array) -> None:
    """Region 0 has the even numbers, 0 + 2 + ... + 16 = 72; region 1 those from 1 to 17, 81."""
    _, totals = counted([values], alone(2), 2)
    assert totals.tolist() == [72.0, 81.0]


def test_only_what_does_not_lie_side_by_side_is_copied() -> None:
    good = of_draws([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    apart = np.ascontiguousarray(good)
    short: Any = good.astype(np.float32)
    assert counting._side_by_side(good) is good
    for other in (apart, short):
        copy = counting._side_by_side(other)
        assert (str(copy.dtype), copy.strides[-2]) == ("float64", 8)
        np.testing.assert_array_equal(copy, good)


def test_rows_start_where_their_first_draws_lie() -> None:
    """Memory is (year, region, draw): a region is 4 * 8 bytes, a year 3 of them."""
    array = np.zeros((2, 3, 4)).swapaxes(1, 2)
    at = counting._at(array)
    assert (counting._starts(array) - at).tolist() == [0, 32, 64, 96, 128, 160]
    part = np.zeros((2, 5, 3, 4)).swapaxes(2, 3)[:, 1:3]  # a part is 3 * 4 * 8 = 96 bytes, a year 5 * 96 = 480
    expected = [year + each + region for year in (0, 480) for each in (0, 96) for region in (0, 32, 64)]
    assert (counting._starts(part) - counting._at(part)).tolist() == expected


def test_values_are_added_lane_by_lane() -> None:
    """Eight neighbours are added to eight sums, and these in order: 1e16 - 1e16 in the first, 1 in the second.

    From left to right it would be 1e16 + 1 = 1e16, and then 0.
    """
    values = [0.0] * 16
    values[0], values[1], values[8] = 1e16, 1.0, -1e16
    assert counted([of_draws(values)], alone(1), 1)[1].tolist() == [1.0]
    values[8], values[15] = 0.0, -1e16  # in the last lane: 1e16 + 1 - 1e16
    assert counted([of_draws(values)], alone(1), 1)[1].tolist() == [0.0]


def test_the_total_comes_first_and_what_fills_no_vector_last() -> None:
    """(1e16 + 1 - 1e16) is 0 where the total comes first; then the ninth and tenth value, 5 + 6, together."""
    totals = np.array([1e16])
    values = of_draws([1.0, -1e16, 0, 0, 0, 0, 0, 0, 5.0, 6.0])
    tally([values], alone(1), np.zeros(1), np.ones(1), np.zeros((1, BINS), np.uint32), totals)
    assert totals.tolist() == [11.0]


def test_no_rows_leave_everything_as_it_is() -> None:
    nothing = np.array([], dtype=np.int64)
    counts, totals = counted([of_draws([1.0] * 9)], Sums(nothing, np.array([0]), nothing, np.array([])), 1)
    assert not counts.any()
    assert not totals.any()
    assert counted([np.zeros((0, 3, 2))], alone(0), 0)[1].size == 0


def given(**other: Any) -> dict[str, Any]:
    """Arguments of a tally of two rows of three draws."""
    tables: dict[str, Any] = {"arrays": [of_draws([0.0] * 3, [0.0] * 3)], "sums": alone(2), "low": np.zeros(2)}
    tables |= {"scale": np.ones(2), "counts": np.zeros((2, BINS), np.uint32), "totals": np.zeros(2)}
    return tables | other


@pytest.mark.parametrize("name", ["scale", "totals"])
@pytest.mark.parametrize("rows", [1, 3])
def test_tables_have_a_row_for_each_row(name: str, rows: int) -> None:
    with pytest.raises(ValueError, match=f"^{name}: expected 2 contiguous rows of float64$"):
        tally(**given(**{name: np.zeros(rows)}))


@pytest.mark.parametrize("name", ["low", "scale", "totals"])
def test_tables_hold_numbers_of_eight_bytes_side_by_side(name: str) -> None:
    for wrong in (np.zeros(2, np.float32), np.zeros(2, np.uint32), np.zeros(4)[::2]):
        with pytest.raises(ValueError, match=f"^{name}: expected 2 contiguous rows of float64$"):
            tally(**given(**{name: wrong}))


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((1, BINS), np.uint32),
        np.zeros((3, BINS), np.uint32),
        np.zeros((2, BINS)),
        np.zeros((2, BINS), np.int32),
        np.zeros((2, 2 * BINS), np.uint32)[:, ::2],
        np.zeros((BINS, 2), np.uint32).T,
    ],
)
def test_counts_are_whole_numbers_of_four_bytes_side_by_side(wrong: npt.NDArray[Any]) -> None:
    with pytest.raises(ValueError, match=r"^counts: expected 2 contiguous rows of uint32$"):
        tally(**given(counts=wrong))


@pytest.mark.parametrize("rows", [[0, 2], [2, 0], [-1, 0], [0, -1]])
def test_sums_that_are_no_row_are_refused(rows: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^sums: expected rows below 2$"):
        tally(**given(sums=Sums.alone(np.array(rows))._replace(sources=np.array([0, 1]))))


@pytest.mark.parametrize("firsts", [[0, 0, 2], [0, 2, 2], [0, 2, 1]])
def test_sums_of_nothing_are_refused(firsts: list[int]) -> None:
    with pytest.raises(ValueError, match=r"^sums: expected a term in each$"):
        tally(**given(sums=alone(2)._replace(firsts=np.array(firsts))))


def test_arrays_have_as_many_draws() -> None:
    one, other = of_draws([0.0] * 3), of_draws([0.0] * 4)
    with pytest.raises(ValueError, match=r"^arrays: expected as many draws in each$"):
        tally(**given(arrays=[one, other]))
    tally(**given(arrays=[one, one]))
