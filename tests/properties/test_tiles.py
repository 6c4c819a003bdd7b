"""Places on a map of tiles, for any centres."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from backlog_model.report.figures.tiles import in_order, tiles

DEGREES = st.tuples(
    st.integers(-1800, 1800).map(lambda tenths: tenths / 10), st.integers(-600, 600).map(lambda tenths: tenths / 10)
)
CENTRES = st.lists(DEGREES, min_size=1, max_size=16).map(
    lambda pairs: {f"63.{place:02d}": pair for place, pair in enumerate(pairs)}
)


@given(CENTRES)
def test_every_region_has_a_cell_of_its_own_and_no_row_or_column_is_empty(centres):
    found = tiles(centres)
    assert set(found) == set(centres)
    assert len(set(found.values())) == len(centres)
    for axis in zip(*found.values(), strict=True):
        assert set(axis) == set(range(max(axis) + 1))


@given(CENTRES)
def test_no_two_regions_are_the_wrong_way_round_both_ways(centres):
    found = tiles(centres)
    for one, other in combinations(centres, 2):
        east = centres[other][0] - centres[one][0]
        south = centres[one][1] - centres[other][1]
        right = found[other].column - found[one].column
        down = found[other].row - found[one].row
        assert not (east * right < 0 and south * down < 0)


@given(CENTRES, st.randoms(use_true_random=False))
def test_order_of_regions_does_not_matter(centres, random):
    shuffled = list(centres.items())
    random.shuffle(shuffled)
    assert tiles(dict(shuffled)) == tiles(centres)


@given(st.lists(st.integers(-170, 170), min_size=1, max_size=12, unique=True))
def test_regions_on_a_parallel_stand_in_one_row_from_west_to_east(longitudes):
    found = tiles({str(longitude): (float(longitude), -3.0) for longitude in longitudes})
    ordered = [found[str(longitude)] for longitude in sorted(longitudes)]
    assert ordered == [(column, 0) for column in range(len(longitudes))]


@given(st.lists(st.integers(-80, 80), min_size=2, max_size=12, unique=True))
def test_regions_on_a_meridian_stand_in_one_column_from_north_to_south(latitudes):
    found = tiles({str(latitude): (115.0, float(latitude)) for latitude in latitudes})
    assert [found[str(latitude)] for latitude in sorted(latitudes, reverse=True)] == [
        (0, row) for row in range(len(latitudes))
    ]


@given(st.integers(0, 40))
def test_without_centres_cells_follow_the_order(count):
    found = in_order([str(place) for place in range(count)])
    assert len(set(found.values())) == count
    assert sorted(found.values(), key=lambda tile: (tile.row, tile.column)) == list(found.values())
