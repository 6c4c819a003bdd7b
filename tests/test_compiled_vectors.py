"""Code on vectors reads everything where it lies, once, and keeps results where they are looked for."""

from typing import Any

import pytest

from backlog_model.dynamics.compiled.equations import Equations
from backlog_model.dynamics.compiled.program import _live, _places
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph, Number
from backlog_model.dynamics.compiled.vector_code import NumbersStage, Places, Stage, VectorStage
from tiny_program import equations

EACH = REGION | DRAW
HOUSES, RTLH, LEFT = ("decent_houses", 0), ("rtlh_houses", 0), ("unallocated_idr", 0)
RATE, TABLE, DRAWN, BOTH = (("year", n, 0) for n in range(4))
LEAVES: dict[tuple[object, ...], tuple[int, bool]] = {
    RATE: (0, False),
    TABLE: (1, False),
    DRAWN: (2, False),
    BOTH: (3, True),
}
LEVELS = {RATE: 0, TABLE: REGION, DRAWN: DRAW, BOTH: EACH}
SHARED = Places(LEAVES, {}, {HOUSES: 0, RTLH: 1, LEFT: 2}, {}, {}, {}, 0, 0, past_caches=False)


def leaf(graph: Graph, key: tuple[str, int, int]) -> Number:
    return graph.leaf(key, LEVELS[key])


def stages(year: Equations, *, lanes: int = 2, **places: Any) -> tuple[NumbersStage, VectorStage]:
    """Code of a year, on numbers and on vectors, with what is recorded and kept by `places`."""
    shared = SHARED._replace(**places)
    roots = [row.value for row in year.rows] + [year.closing[slot] for slot in shared.slots]
    live = _live(year, roots)
    found = _places(year, live, shared)
    both = NumbersStage(year, live, found), VectorStage(year, live, found, lanes)
    for stage in both:
        stage.write()
    return both


def loops(stage: Stage) -> int:
    """Loops in code: each is a block that ends where another begins."""
    return sum(line.startswith("b") for line in stage.text.lines) // 2


def meant(text: str) -> list[str]:
    """Lines of code as written in a test."""
    lines = text.strip().split("\n")
    return [line if line.startswith("b") and line.endswith(":") else f"  {line}" for line in lines]


NUMBERS = """
%v1 = getelementptr ptr, ptr %leaves, i64 0
%v2 = load ptr, ptr %v1
%v3 = load double, ptr %v2, align 8
%v4 = fadd double 0x3FF0000000000000, %v3
br label %b5
b5:
%b5.round = phi i64 [ 0, %entry ], [ %v17, %b5 ]
%v6 = mul i64 %b5.round, 1
%v7 = getelementptr double, ptr %by_region, i64 %v6
%v8 = getelementptr ptr, ptr %leaves, i64 1
%v9 = load ptr, ptr %v8
%v10 = getelementptr i64, ptr %region_strides, i64 1
%v11 = load i64, ptr %v10
%v12 = mul i64 %b5.round, %v11
%v13 = getelementptr i8, ptr %v9, i64 %v12
%v14 = load double, ptr %v13, align 8
%v15 = fmul double %v3, %v14
%v16 = getelementptr double, ptr %v7, i64 0
store double %v15, ptr %v16, align 8
%v17 = add i64 %b5.round, 1
%v18 = icmp ult i64 %v17, %regions
%v19 = select i1 false, i1 false, i1 %v18
br i1 %v19, label %b5, label %b20
b20:
%v21 = getelementptr double, ptr %numbers, i64 0
store double %v4, ptr %v21, align 8"""


def test_what_does_not_vary_by_draw_is_left_in_tables() -> None:
    """A number is read before the loop over regions and used in it; the product stays in the table, the factors do not.

    Vectors read both tables.
    """
    graph = Graph()
    rate, table, drawn = leaf(graph, RATE), leaf(graph, TABLE), leaf(graph, DRAWN)
    numbers, vectors = stages(equations(graph, {HOUSES: (table * rate) * drawn + (rate + 1.0)}))
    assert numbers.text.lines == meant(NUMBERS)
    told = "\n".join(vectors.text.lines)
    assert told.count("ptr %numbers, i64 0") == told.count("ptr %by_region") == 1
    assert told.count("ptr %leaves") == 1
    assert vectors.align() == 16
    assert numbers.align() == 8


VECTORS = """
%v1 = getelementptr ptr, ptr %leaves, i64 2
%v2 = load ptr, ptr %v1
%v3 = getelementptr i64, ptr %draw_strides, i64 2
%v4 = load i64, ptr %v3
%v5 = mul i64 %draw, %v4
%v6 = getelementptr i8, ptr %v2, i64 %v5
%v7 = load double, ptr %v6
%v8 = insertelement <2 x double> poison, double %v7, i64 0
%v9 = getelementptr i8, ptr %v6, i64 %v4
%v10 = load double, ptr %v9
%v11 = insertelement <2 x double> %v8, double %v10, i64 1
br label %b12
b12:
%b12.round = phi i64 [ 0, %entry ], [ %v39, %b12 ]
%v13 = mul i64 %b12.round, 0
%v14 = getelementptr double, ptr %by_region, i64 %v13
%v15 = mul i64 %b12.round, 1
%v16 = getelementptr <2 x double>, ptr %memory, i64 %v15
%v17 = mul i64 %b12.round, %draws
%v18 = add i64 %v17, %draw
%v19 = getelementptr ptr, ptr %leaves, i64 3
%v20 = load ptr, ptr %v19
%v21 = getelementptr i64, ptr %region_strides, i64 3
%v22 = load i64, ptr %v21
%v23 = mul i64 %b12.round, %v22
%v24 = getelementptr i8, ptr %v20, i64 %v23
%v25 = mul i64 %draw, 8
%v26 = getelementptr i8, ptr %v24, i64 %v25
%v27 = load <2 x double>, ptr %v26, align 8
%v28 = getelementptr ptr, ptr %rows, i64 1
%v29 = load ptr, ptr %v28
%v30 = getelementptr double, ptr %v29, i64 %v18
store <2 x double> %v27, ptr %v30, align 16
%v31 = getelementptr <2 x double>, ptr %v16, i64 0
%v32 = load <2 x double>, ptr %v31, align 16
%v33 = fmul <2 x double> %v32, %v27
%v34 = getelementptr ptr, ptr %rows, i64 0
%v35 = load ptr, ptr %v34
%v36 = getelementptr double, ptr %v35, i64 %v18
store <2 x double> %v33, ptr %v36, align 16
%v37 = fadd <2 x double> <double 0x3FF0000000000000, double 0x3FF0000000000000>, %v32
%v38 = getelementptr <2 x double>, ptr %v16, i64 0
store <2 x double> %v37, ptr %v38, align 16
%v39 = add i64 %b12.round, 1
%v40 = icmp ult i64 %v39, %regions
%v41 = select i1 false, i1 false, i1 %v40
br i1 %v41, label %b12, label %b42
b42:
%v43 = getelementptr ptr, ptr %rows, i64 2
%v44 = load ptr, ptr %v43
%v45 = getelementptr double, ptr %v44, i64 %draw
store <2 x double> %v11, ptr %v45, align 16"""


def houses_that_grow() -> Equations:
    graph = Graph()
    state, both = graph.leaf(("state", 0), EACH), leaf(graph, BOTH)
    return equations(graph, {HOUSES: both * state, RTLH: both, LEFT: leaf(graph, DRAWN)}, (state + 1.0,))


def test_every_result_is_recorded_as_soon_as_it_is_known() -> None:
    """What has no region is gathered before the loop; what lies side by side is read at once; the state comes last."""
    numbers, vectors = stages(houses_that_grow(), slots={0: 0})
    assert vectors.text.lines == meant(VECTORS)
    assert numbers.text.lines == []


def test_results_past_the_caches_ask_for_what_comes_next() -> None:
    """Only what varies by region and draw is asked for: two draws of 8 bytes further on. The state stays in caches."""
    found = [stages(houses_that_grow(), slots={0: 0}, past_caches=past)[1].text.lines for past in (False, True)]
    few, many = ([line for line in lines if "prefetch" in line or "nontemporal" in line] for lines in found)
    assert few == []
    assert [line.split()[0] for line in many] == ["call", "store", "store", "store"]
    assert "  %v27 = mul i64 8, 2" in found[1]
    assert "  %v28 = getelementptr i8, ptr %v26, i64 %v27" in found[1]
    assert len(found[1]) == len(found[0]) + 3


@pytest.mark.parametrize(("key", "asked"), [(BOTH, 1), (DRAWN, 0)])
def test_what_has_no_region_is_read_once_and_not_asked_for(key: tuple[str, int, int], asked: int) -> None:
    graph = Graph()
    _, vectors = stages(equations(graph, {HOUSES: leaf(graph, key) + 1.0}), past_caches=True)
    assert sum("prefetch" in line for line in vectors.text.lines) == asked


@pytest.mark.parametrize(("lanes", "align"), [(2, 16), (4, 32), (8, 64), (16, 64)])
def test_memory_of_vectors_begins_at_most_at_a_line_of_the_cache(lanes: int, align: int) -> None:
    _, vectors = stages(houses_that_grow(), slots={0: 0}, lanes=lanes)
    assert vectors.align() == align
    assert sum("load <" in line and line.endswith(f"align {align}") for line in vectors.text.lines) == 1


def test_a_number_is_read_from_its_table_once_in_a_loop() -> None:
    graph = Graph()
    table, drawn, state = leaf(graph, TABLE), leaf(graph, DRAWN), graph.leaf(("state", 0), EACH)
    rows = {HOUSES: table * drawn, RTLH: table * state}
    _, vectors = stages(equations(graph, rows, (table + state,)), slots={0: 0})
    told = "\n".join(vectors.text.lines)
    assert told.count("load double, ptr") == 1 + 2  # from the table, and two lanes of what is drawn
    assert told.count("shufflevector") == 1
    assert told.count("load <2 x double>") == 1  # the state


def test_a_shared_result_is_recorded_in_all_its_rows() -> None:
    graph = Graph()
    both = leaf(graph, BOTH)
    _, vectors = stages(equations(graph, {HOUSES: both + 1.0, RTLH: both + 1.0}))
    told = "\n".join(vectors.text.lines)
    assert told.count("fadd <2 x double>") == told.count("load <2 x double>") == 1
    assert told.count("store <2 x double>") == 2


def test_what_is_not_recorded_is_left_out() -> None:
    graph = Graph()
    rows = {HOUSES: leaf(graph, BOTH), LEFT: leaf(graph, DRAWN), ("unallocated_idr", 1): leaf(graph, DRAWN)}
    year = equations(graph, {**rows, ("households", 0): leaf(graph, BOTH) + 1.0})
    _, vectors = stages(year)
    told = "\n".join(vectors.text.lines)
    assert told.count("store") == 2
    assert "fadd" not in told


@pytest.mark.parametrize(
    ("case", "numbers", "vectors"),
    [
        ("nothing", 0, 0),
        ("number", 0, 1),
        ("by region", 1, 1),
        ("drawn", 0, 1),
        ("left", 0, 0),
        ("sum of numbers", 1, 1),
        ("sum of vectors", 0, 2),
        ("sum of vectors left", 0, 1),
        ("sum of sums", 0, 3),
        ("two sums at once", 0, 2),
        ("sum of drawn", 0, 1),
        ("sum of drawn, twice", 0, 2),
        ("constant and sum of drawn", 0, 1),
    ],
)
def test_regions_are_gone_through_no_more_often_than_needed(case: str, numbers: int, vectors: int) -> None:
    """One loop for each sum that waits for another, and a last one that records; none where nothing is by region."""
    graph = Graph()
    rate, table, drawn, both = (leaf(graph, key) for key in (RATE, TABLE, DRAWN, BOTH))
    total, of_drawn = graph.sum_over_regions, graph.sum_over_regions(drawn)
    rows: dict[tuple[str, int], Any] = {
        "nothing": {},
        "number": {HOUSES: rate},
        "by region": {HOUSES: table},
        "drawn": {HOUSES: drawn + 1.0},
        "left": {LEFT: drawn + rate},
        "sum of numbers": {HOUSES: total(table)},
        "sum of vectors": {HOUSES: both / total(both)},
        "sum of vectors left": {LEFT: total(both)},
        "sum of sums": {HOUSES: both * total(both * total(both))},
        "two sums at once": {HOUSES: both * total(both) + total(both * 2.0)},
        "sum of drawn": {LEFT: of_drawn},
        "sum of drawn, twice": {LEFT: total(of_drawn + 1.0)},
        "constant and sum of drawn": {HOUSES: 7.0, LEFT: of_drawn},
    }[case]
    found = stages(equations(graph, rows))
    assert [loops(stage) for stage in found] == [numbers, vectors]


@pytest.mark.parametrize("sums", [1, 2])
def test_results_by_region_are_left_in_the_last_loop(sums: int) -> None:
    """A row that is known before, and the state: the loop that leaves it is the last that could read the one before."""
    graph = Graph()
    total = leaf(graph, DRAWN)
    for _ in range(sums):
        total = graph.sum_over_regions(total + 1.0)
    year = equations(graph, {HOUSES: 7.0, LEFT: total}, (graph.leaf(("state", 0), EACH) + 2.0,))
    _, vectors = stages(year, slots={0: 0})
    starts = [n for n, line in enumerate(vectors.text.lines) if line.startswith("b")]
    stores = [n for n, line in enumerate(vectors.text.lines) if "store" in line]
    assert loops(vectors) == sums
    assert [starts[-2] < n < starts[-1] for n in stores] == [True, True, False]  # the last has no region


def test_operations_stand_in_the_order_they_were_written_down() -> None:
    """Also where one of them is an operand of the other: what is recorded waits for no more than it needs."""
    graph = Graph()
    both = leaf(graph, BOTH)
    first, second = both + 1.0, both + 2.0
    _, vectors = stages(equations(graph, {HOUSES: first / second}))
    computed = [line for line in vectors.text.lines if " = f" in line]
    numbers = ("0x3FF0000000000000", "0x4000000000000000", "fdiv")
    assert [number in line for number, line in zip(numbers, computed, strict=True)] == [True] * 3


def test_a_share_is_left_and_read_from_its_place() -> None:
    """Weight, floor and cap go to the first three of four places; a later loop reads the share from the fourth."""
    graph = Graph()
    both = leaf(graph, BOTH)
    share = graph.shares(both + 2.0, 0.25, 0.5)
    _, vectors = stages(equations(graph, {HOUSES: share * both}))
    starts = [n for n, line in enumerate(vectors.text.lines) if line.startswith("b")]
    placed, recorded = vectors.text.lines[starts[0] : starts[1]], vectors.text.lines[starts[-2] : starts[-1]]
    for lines, places in ((placed, ["i64 0", "i64 1", "i64 2"]), (recorded, ["i64 3"])):
        addresses = [line.split(", ")[-1] for line in lines if "getelementptr <2 x double>" in line]
        assert addresses[1:] == places  # the first is that of the region
    assert sum("fadd" in line for line in placed) == 1
    assert not any("fadd" in line for line in recorded)  # the weight is not computed again
    assert loops(vectors) == 1 + 2 + (1 + 2) + 1 + 1  # placed; summed, shared; rounds of two; capped; recorded
