"""Programs of a few equations compute what one computes by hand, and read and keep no more than they need."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled import program
from backlog_model.dynamics.compiled.equations import Equations
from backlog_model.dynamics.compiled.folding import Known
from backlog_model.dynamics.compiled.program import Program
from backlog_model.dynamics.compiled.structure import Field
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph, Number
from backlog_model.dynamics.compiled.vector_code import Places
from backlog_model.inputs import Array
from tiny_program import Key, equations, program_of, quick_compiler, recorded, structure

pytest.importorskip("llvmlite")

EACH = REGION | DRAW
HOUSES, RTLH, LEFT = ("decent_houses", 0), ("rtlh_houses", 0), ("unallocated_idr", 0)
FIRST: Key = ("opening", 0, 0)
FIELDS = (Field((), 0, False), Field((), REGION, False), Field((), DRAW, True), Field((), EACH, False))
RATE, TABLE, DRAWN, BOTH = (("year", n, 0) for n in range(4))
OPENING = (Field((), EACH, True),)
NOWHERE = Places({}, {}, {}, {}, {}, {}, 0, 0, False)


@pytest.fixture(autouse=True, scope="module")
def _compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with quick_compiler(tmp_path_factory.mktemp("cache")):
        yield


def opened(*rows: tuple[str, int]) -> Equations:
    """The opening: a state read from the inputs, perhaps recorded."""
    graph = Graph()
    first = graph.leaf(FIRST, EACH)
    return equations(graph, dict.fromkeys(rows, first), (first,))


def state(graph: Graph, slot: int = 0) -> Number:
    return graph.leaf(("state", slot), EACH)


def grown() -> Equations:
    """Houses are last year's times a rate and a factor of the region; money left is their sum less a drawn number."""
    graph = Graph()
    houses = state(graph)
    growth = graph.leaf(TABLE, REGION) * graph.leaf(RATE, 0)
    total, drawn = graph.sum_over_regions(houses), graph.leaf(DRAWN, DRAW)
    more = houses * growth + graph.leaf(BOTH, EACH) / total
    return equations(graph, {HOUSES: more, LEFT: total * (graph.leaf(RATE, 0) + 1.0) - drawn}, (more,))


def leaves() -> dict[Key, Array]:
    """Two regions and four draws, an opening and two years."""
    by_region = np.repeat([[[1.0, 10.0]]], 3, axis=0)
    return {
        FIRST: np.full((3, 2, 4), 2.0).swapaxes(1, 2),
        RATE: np.full((3, 1, 1), 0.5),
        TABLE: by_region,
        DRAWN: np.arange(4.0)[None, :, None].repeat(3, axis=0),
        BOTH: np.array([[[0.0, 4.0 * d] for d in range(4)]] * 3),
    }


@pytest.mark.parametrize("most", [1, 2], ids=["past the caches", "in the caches"])
def test_two_years_worked_by_hand(most: int) -> None:
    """Opening 2 and 2. First year, sum 4: 2 * 0.5 + 0 / 4 = 1 and 2 * 5 + 4 d / 4 = 10 + d; left 4 * 1.5 - d.

    Second year, sum 11 + d: 1 * 0.5 and (10 + d) * 5 + 4 d / (11 + d); left (11 + d) * 1.5 - d = 16.5 + d / 2.
    """
    code = program_of(structure(FIELDS, OPENING), [grown()], opened(HOUSES), most_rows_in_caches=most)
    found = recorded(code, leaves(), [1, 0, 0], draws=4, regions=2)
    np.testing.assert_array_equal(found[HOUSES][0], np.full((2, 4), 2.0))
    np.testing.assert_array_equal(found[HOUSES][1], [[1.0, 1.0, 1.0, 1.0], [10.0, 11.0, 12.0, 13.0]])
    second = [50.0, 55.0 + 4 / 12, 60.0 + 8 / 13, 65.0 + 12 / 14]
    np.testing.assert_array_equal(found[HOUSES][2], [[0.5] * 4, second])
    assert found[LEFT][:, 0].tolist() == [[0.0] * 4, [6.0, 5.0, 4.0, 3.0], [16.5, 17.0, 17.5, 18.0]]
    assert code.past_caches == (most == 1)


def test_a_program_tells_what_it_reads_and_keeps() -> None:
    code = program_of(structure(FIELDS, OPENING), [grown()], opened(HOUSES))
    assert code.leaves == (FIRST, RATE, TABLE, DRAWN, BOTH)
    assert code.leaf_places == ((0, 0),) * 5
    assert code.rows == (HOUSES, LEFT)
    assert code.parts == {"decent_houses": 1, "unallocated_idr": 1}
    assert (code.numbers, code.by_region, code.memory) == (1, 1, 1)  # rate + 1; table * rate; houses


def test_only_what_is_wanted_is_computed() -> None:
    shape = structure(FIELDS, OPENING, variables=("decent_houses", "rtlh_houses"))
    graph = Graph()
    rows: dict[tuple[str, int], Any] = {HOUSES: state(graph), LEFT: graph.leaf(DRAWN, DRAW)}
    code = program_of(shape, [equations(graph, rows, (state(graph) * 2.0,))], opened(HOUSES))
    assert (code.rows, code.parts, code.leaves) == ((HOUSES,), {"decent_houses": 1}, (FIRST,))
    found = recorded(code, leaves(), [1, 0, 0], draws=4, regions=2)
    assert found[HOUSES].tolist() == [[[2.0] * 4] * 2, [[2.0] * 4] * 2, [[4.0] * 4] * 2]  # recorded, then doubled


def test_years_of_groups_run_code_of_their_own() -> None:
    """Group 0 adds 1, group 1 doubles; the opening is the group behind them."""
    groups = []
    for factor, term in ((1.0, 1.0), (2.0, 0.0)):
        graph = Graph()
        more = state(graph) * factor + term
        groups.append(equations(graph, {HOUSES: more}, (more,)))
    code = program_of(structure(FIELDS, OPENING, years=2), groups, opened(HOUSES))
    read = {FIRST: np.full((6, 2, 1), 3.0).swapaxes(1, 2)}
    found = recorded(code, read, [2, 0, 1, 1, 0, 0], draws=2, regions=1)
    assert found[HOUSES][:, 0, 0].tolist() == [3.0, 4.0, 8.0, 16.0, 17.0, 18.0]


def test_the_state_is_left_only_when_all_of_it_was_read() -> None:
    """Two elements change places every year."""
    graph, first = Graph(), Graph()
    start = first.leaf(FIRST, EACH)
    year = equations(graph, {HOUSES: state(graph, 1), RTLH: state(graph, 0)}, (state(graph, 1), state(graph, 0)))
    opening = equations(first, {HOUSES: start, RTLH: start + 5.0}, (start, start + 5.0))
    code = program_of(structure(FIELDS, OPENING), [year], opening)
    read = {FIRST: np.full((3, 2, 2), 1.0).swapaxes(1, 2)}
    found = recorded(code, read, [1, 0, 0], draws=2, regions=2)
    assert [found[HOUSES][y, 1, 1] for y in range(3)] == [1.0, 6.0, 1.0]
    assert [found[RTLH][y, 0, 0] for y in range(3)] == [6.0, 1.0, 6.0]
    assert (code.memory, code.numbers, code.by_region) == (2, 1, 1)  # never none, whose address would be nowhere


def test_sums_of_sums_and_of_what_has_no_region() -> None:
    """Three regions of 1, 2, 3: their sum is 6; of x * 6 it is 36; of a number of the year it is three times that.

    A sum of drawn numbers that are the same in all regions is three times each.
    """
    graph = Graph()
    table, rate, drawn = graph.leaf(TABLE, REGION), graph.leaf(RATE, 0), graph.leaf(DRAWN, DRAW)
    total = graph.sum_over_regions(table)
    late = graph.sum_over_regions(table * total)
    rows = {
        HOUSES: table / late,
        ("decent_houses", 1): graph.sum_over_regions(rate),
        ("decent_houses", 2): graph.sum_over_regions(drawn) + table,
        ("decent_houses", 3): 7.0,
        ("decent_houses", 4): rate,
        LEFT: graph.sum_over_regions(drawn * late),
    }
    code = program_of(structure(FIELDS, OPENING), [equations(graph, rows)], equations(Graph(), {}))
    read = leaves() | {TABLE: np.array([[[1.0, 2.0, 3.0]]] * 2), RATE: np.full((2, 1, 1), 0.5)}
    found = recorded(code, read, [1, 0], draws=4, regions=3)
    parts = [found["decent_houses", part][1] for part in range(5)]
    assert parts[0][:, 0].tolist() == [1 / 36, 2 / 36, 3 / 36]
    assert parts[1].tolist() == [[1.5] * 4] * 3
    assert parts[2].tolist() == [[1.0, 4.0, 7.0, 10.0], [2.0, 5.0, 8.0, 11.0], [3.0, 6.0, 9.0, 12.0]]
    assert parts[3].tolist() == [[7.0] * 4] * 3
    assert parts[4].tolist() == [[0.5] * 4] * 3
    assert found[LEFT][1, 0].tolist() == [0.0, 108.0, 216.0, 324.0]  # 3 regions * 36 * d
    assert not any(array[0].any() for array in found.values())


def test_a_year_without_anything_to_record_runs() -> None:
    nothing = equations(Graph(), {})
    code = program_of(structure(FIELDS, OPENING), [nothing], nothing)
    assert recorded(code, {}, [1, 0], draws=2, regions=2) == {}
    assert code[1:] == ((), (), (), {}, 1, 1, 1, False)


@pytest.mark.parametrize(("most", "past"), [(0, True), (1, True), (2, False), (3, False)])
def test_more_rows_than_caches_hold_are_written_past_them(most: int, past: bool) -> None:
    code = program_of(structure(FIELDS, OPENING), [grown()], opened(HOUSES), most_rows_in_caches=most)
    assert code.past_caches is past
    assert ("!nontemporal" in code.text) is past
    assert ("call void @llvm.prefetch" in code.text) is past


@pytest.mark.parametrize(
    ("lengths", "element", "expected"),
    [
        ((), 0, (0, 0)),
        ((3,), 0, (0, 0)),
        ((3,), 2, (2, 0)),
        ((2, 3), 0, (0, 0)),
        ((2, 3), 2, (0, 2)),
        ((2, 3), 3, (1, 0)),
        ((2, 3), 5, (1, 2)),
    ],
)
def test_an_element_has_a_place_along_two_axes(
    lengths: tuple[int, ...], element: int, expected: tuple[int, int]
) -> None:
    assert program._place_along(lengths, element) == expected


def test_leaves_of_fields_with_axes_have_places() -> None:
    """Element 4 of 2 x 3 is the second of the second row; the opening has axes of its own."""
    graph, first = Graph(), Graph()
    year = equations(graph, {HOUSES: graph.leaf(("year", 0, 4), EACH) + graph.leaf(("first region", 1, 1), DRAW)})
    opening = equations(first, {HOUSES: first.leaf(("opening", 0, 3), EACH)})
    fields = Field((2, 3), EACH, True), Field((2,), DRAW, True)
    code = program_of(structure(fields, (Field((2, 2), EACH, True),)), [year], opening)
    assert code.leaves == (("first region", 1, 1), ("opening", 0, 3), ("year", 0, 4))
    assert code.leaf_places == ((1, 0), (1, 1), (1, 1))


def test_results_need_their_operands_and_those_of_these() -> None:
    graph = Graph()
    table, rate, unused = graph.leaf(TABLE, REGION), graph.leaf(RATE, 0), graph.leaf(DRAWN, DRAW)
    product = (table + 2.0) * rate
    spare = unused * 3.0
    found = equations(graph, {})
    assert program._live(found, [product.position]) == {0, 1, 3, 4}
    assert program._live(found, [spare.position, Known(4.0)]) == {2, 5}
    assert program._live(found, []) == set()


def test_only_the_state_that_matters_is_kept() -> None:
    """Wanted is made of slot 2, which is made of slot 0; slot 1 is made of itself, and nobody asks for it."""
    graph = Graph()
    closing = state(graph, 0) * 1.5, state(graph, 1) * 2.0, state(graph, 0) + graph.leaf(RATE, 0)
    year = equations(graph, {HOUSES: state(graph, 2) + 1.0, RTLH: state(graph, 1)}, closing)
    assert program._live_slots([year], {HOUSES}) == {0, 2}
    assert program._live_slots([year], {RTLH}) == {1}
    assert program._live_slots([year], {HOUSES, RTLH}) == {0, 1, 2}
    assert program._live_slots([year], set()) == set()


def test_tables_hold_what_vectors_read_and_do_not_compute() -> None:
    """Slots 0 to 2 come first in memory, then four places for each share; so do two numbers by region in the table."""
    graph = Graph()
    table, rate = graph.leaf(TABLE, REGION), graph.leaf(RATE, 0)
    drawn, number = graph.leaf(DRAWN, DRAW), rate * 3.0
    fixed = graph.shares(table, 0.0, 1.0)
    varying = [graph.shares(drawn, floor, 1.0) for floor in (0.0, 0.1)]
    value = (table * drawn + fixed * drawn + number * drawn) + varying[0] + varying[1]
    year = equations(graph, {HOUSES: value, RTLH: rate}, (value, table, 5.0))
    shared = NOWHERE._replace(slots={0: 0, 1: 1, 2: 2}, rows={HOUSES: 0, RTLH: 1})
    live = program._live(year, [row.value for row in year.rows])
    places = program._places(year, live, shared)
    assert places.numbers == {rate.position: 0, number.position: 1}
    assert places.by_region == {table.position: 0, fixed.position: 1}
    assert places.shares == {fixed.position: 2, varying[0].position: 3, varying[1].position: 7}
    assert (places.width, places.memory) == (2 + 4, 3 + 2 * 4)


def test_what_is_not_recorded_is_in_no_table() -> None:
    graph = Graph()
    rate, table = graph.leaf(RATE, 0), graph.leaf(TABLE, REGION)
    year = equations(graph, {HOUSES: rate, RTLH: table}, (table * 2.0,))
    places = program._places(year, {0, 1, 2}, NOWHERE._replace(rows={HOUSES: 0}))
    assert (places.numbers, places.by_region, places.width, places.memory) == ({rate.position: 0}, {}, 0, 0)


def test_memory_is_enough_for_the_year_that_needs_most() -> None:
    graph, first = Graph(), Graph()
    table, drawn = graph.leaf(TABLE, REGION), graph.leaf(DRAWN, DRAW)
    year = equations(graph, {HOUSES: graph.shares(drawn, 0.1, 1.0) + drawn * table * (table + 1.0)})
    opening = equations(first, {HOUSES: first.leaf(FIRST, EACH)})
    code: Program = program_of(structure(FIELDS, OPENING), [year, opening], opening)
    assert (code.numbers, code.by_region, code.memory) == (1, 2, 4)
