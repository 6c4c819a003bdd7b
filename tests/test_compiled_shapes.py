"""Compiled runs read every number where it lies and record it where it belongs, whatever the number of draws."""

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled import execution, machine_code
from backlog_model.dynamics.compiled.execution import Ready, Workspace
from backlog_model.dynamics.compiled.program import Program
from backlog_model.dynamics.compiled.structure import structure_of
from backlog_model.inputs import Array, Axes, Inputs, Opening, YearInputs
from backlog_model.neutral import empty_opening, full_coverage, neutral_years, plain_rules

pytest.importorskip("llvmlite")

LINE = 64  # bytes of a line of the cache
AXES = Axes(
    years=(2025, 2026),
    province="63",
    regions=("63.01", "63.02", "63.03"),
    severities=("light", "medium", "heavy"),
    authorities=("kabkota",),
    house_programmes=("repair",),
    sources=("one", "two"),
    draws=5,
)
NO_CODE = Program("", (), (), (), {}, 1, 1, 1, past_caches=False)
NOWHERE = np.zeros(0, dtype=np.int64)
NOTHING = Ready(NO_CODE, print, NOWHERE, NOWHERE, NOWHERE, NOWHERE)


def inputs(axes: Axes = AXES, **changed: Array) -> Inputs:
    """Inputs under which nothing happens but what is given."""
    opening = {name: array for name, array in changed.items() if name in Opening._fields}
    yearly = {name: array for name, array in changed.items() if name not in opening}
    years = neutral_years(axes)._replace(**yearly)
    return Inputs(axes, empty_opening(axes)._replace(**opening), years, plain_rules(axes), full_coverage(axes))


def at(array: Any) -> int:
    """Address of the first number of an array."""
    address: int = array.__array_interface__["data"][0]
    return address


@pytest.mark.parametrize("size", [1, 7, 8, 9, 100, 1001])
def test_memory_begins_at_a_line_of_the_cache(size: int) -> None:
    for memory in [execution._aligned(size) for _ in range(5)]:
        assert memory.shape == (size,)
        assert at(memory) % LINE == 0
        assert memory.dtype == np.float64


def test_memory_of_a_workspace_is_used_again_where_it_is_large_enough() -> None:
    workspace = Workspace()
    first = workspace.array("one", (2, 3))
    assert first.shape == (2, 3)
    assert at(first) % LINE == 0
    for shape in ((2, 3), (6,), (1, 5), (0, 4), ()):
        again = workspace.array("one", shape)
        assert again.shape == shape
        assert at(again) == at(first)
    larger = workspace.array("one", (7,))
    assert larger.shape == (7,)
    assert not np.shares_memory(larger, first)
    assert at(workspace.array("one", (7,))) == at(larger)
    assert not np.shares_memory(workspace.array("two", (7,)), larger)


def test_shapes_are_year_part_region_draw() -> None:
    """A stock has the opening before the two years; what is left of provincial money has no regions."""
    code = NO_CODE._replace(parts={"rtlh_houses": 3, "lost_houses": 1, "unallocated_idr": 2, "slum_ha": 1})
    assert execution._shapes(code, inputs()) == {
        "rtlh_houses": (3, 3, 3, 5),
        "lost_houses": (2, 1, 3, 5),
        "unallocated_idr": (2, 2, 1, 5),
        "slum_ha": (3, 1, 3, 5),
    }


def test_results_lie_side_by_side() -> None:
    values = execution._side_by_side({"one": (2, 3), "two": (1, 4), "three": (5,)}, Workspace())
    assert {name: array.shape for name, array in values.items()} == {"one": (2, 3), "two": (1, 4), "three": (5,)}
    first = at(values["one"])
    assert [at(array) - first for array in values.values()] == [0, 6 * 8, 10 * 8]
    assert first % LINE == 0
    assert execution._side_by_side({}, Workspace()) == {}


@pytest.mark.parametrize(
    ("array", "years", "expected"),
    [
        (np.zeros((4, 3)), 0, (0, 0, 0, 24, 8)),
        (np.zeros((5, 4, 3)), 0, (0, 96, 0, 24, 8)),
        (np.zeros((6, 5, 4, 3)), 0, (0, 480, 96, 24, 8)),
        (np.zeros((2, 4, 3)), 1, (96, 0, 0, 24, 8)),
        (np.zeros((2, 5, 4, 3)), 1, (480, 96, 0, 24, 8)),
        (np.zeros((2, 6, 5, 4, 3)), 1, (2880, 480, 96, 24, 8)),
        (np.zeros((1, 6, 5, 4, 3)), 1, (0, 480, 96, 24, 8)),
        (np.zeros((2, 3, 4)).swapaxes(1, 2), 1, (96, 0, 0, 8, 32)),
    ],
)
def test_strides_along_year_two_axes_draw_and_region(array: Array, years: int, expected: tuple[int, ...]) -> None:
    assert execution._strides(array, years) == expected


def test_leaves_are_read_where_they_lie() -> None:
    """The opening reads the first year; a number of all years is the same in each."""
    budget = np.zeros((2, 2, 1, 5, 3))
    given = inputs(budget_idr=budget, severity_share=np.full((1, 3, 1, 3), 1 / 3))
    fields = (*Opening._fields, *YearInputs._fields)
    wanted = [("rtlh_houses", (2, 0)), ("budget_idr", (1, 0)), ("severity_share", (2, 0)), ("households", (0, 0))]
    ready = NOTHING._replace(
        leaf_field=np.array([fields.index(name) for name, _ in wanted]),
        leaf_place=np.array([place for _, place in wanted]),
    )
    leaves, region_strides, draw_strides = execution._leaf_addresses(ready, given)
    share, rtlh = given.yearly.severity_share, given.opening.rtlh_houses
    households = given.opening.households  # the first of that name
    expected = [[at(rtlh[2]), at(budget[y, 1, 0]), at(share[0, 2]), at(households)] for y in (0, 0, 1)]
    assert leaves.tolist() == expected
    assert draw_strides.tolist() == [24, 24, 24, 24]
    assert region_strides.tolist() == [8, 8, 8, 8]
    for table in (leaves, region_strides, draw_strides):
        assert table.flags.c_contiguous


def test_draws_side_by_side_have_strides_of_their_own() -> None:
    crews = np.zeros((2, 3, 5)).swapaxes(1, 2)
    ready = NOTHING._replace(
        leaf_field=np.array([len(Opening._fields) + YearInputs._fields.index("crews")]),
        leaf_place=np.zeros((1, 2), int),
    )
    leaves, region_strides, draw_strides = execution._leaf_addresses(ready, inputs(crews=crews))
    assert leaves.tolist() == [[at(crews)], [at(crews)], [at(crews[1])]]
    assert (region_strides.tolist(), draw_strides.tolist()) == ([40], [8])
    assert region_strides.flags.c_contiguous


def test_rows_are_recorded_in_their_years() -> None:
    """With the opening there are three years; a flow of two years is recorded from the second on."""
    stock, flow = np.zeros((3, 2, 3, 8)), np.zeros((2, 4, 3, 8))
    ready = NOTHING._replace(row_variable=np.array([0, 0, 1, 1]), row_part=np.array([0, 1, 0, 3]))
    rows = execution._row_addresses(ready, [stock, flow], 3)
    assert rows.shape == (3, 4)
    assert rows[:, :2].tolist() == [[at(stock[y, 0]), at(stock[y, 1])] for y in range(3)]
    assert rows[1:, 2:].tolist() == [[at(flow[y, 0]), at(flow[y, 3])] for y in range(2)]


def test_leaves_and_rows_are_found_by_position(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields of a year come after those of the opening, also where only the first region is read."""
    asked: list[Any] = []

    def function_of(*given: object) -> object:
        asked.append(given)
        return print

    monkeypatch.setattr(execution, "function_of", function_of)
    code = NO_CODE._replace(
        text="code",
        leaves=(("first region", 4, 0), ("opening", 3, 0), ("year", 2, 5)),
        leaf_places=((0, 0), (0, 0), (1, 2)),
        rows=(("slum_ha", 0), ("households", 0), ("slum_ha", 1)),
        parts={"households": 1, "slum_ha": 2},
    )
    ready, opening = execution._made_ready(code), len(Opening._fields)
    assert ready.leaf_field.tolist() == [opening + 4, 3, opening + 2]
    assert ready.leaf_place.tolist() == [[0, 0], [0, 0], [1, 2]]
    assert (ready.row_variable.tolist(), ready.row_part.tolist()) == ([1, 0, 1], [0, 0, 1])
    assert asked == [("code", "run", 11)]
    assert execution._made_ready(NO_CODE).leaf_place.shape == (0, 2)


@pytest.mark.parametrize("draws", [5, 6, 8])
def test_the_last_draw_fills_up_the_rest(draws: int) -> None:
    crews = np.arange(15.0).reshape(1, 5, 3)
    given = inputs(crews=crews, households=np.arange(15.0)[::-1].reshape(5, 3), vacancy_share=np.zeros((1, 1, 3)))
    filled = execution._filled_up(given, draws)
    assert filled.axes == replace(AXES, draws=draws)
    assert filled.yearly.crews.tolist() == [[*crews[0].tolist(), *[[12.0, 13.0, 14.0]] * (draws - 5)]]
    assert filled.yearly.vacancy_share.shape == (1, 1, 3)
    assert filled.opening.rtlh_houses.shape == (3, draws, 3)
    assert filled.opening.households[4:].tolist() == [[2.0, 1.0, 0.0]] * (draws - 4)


class Asked:
    """Programs of so many rows, made up, and how many rows each was told that caches hold."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
        self.rows, self.most = (("households", 0),) * rows, list[int]()
        for name in ("_ready", "_row_counts"):
            monkeypatch.setattr(execution, name, {})
        monkeypatch.setattr(execution, "program_of", self.program)
        monkeypatch.setattr(execution, "_made_ready", lambda program: NOTHING._replace(program=program))

    def program(self, *_: object, most_rows_in_caches: int) -> Program:
        self.most.append(most_rows_in_caches)
        return NO_CODE._replace(rows=self.rows, past_caches=len(self.rows) > most_rows_in_caches)

    def ready(self, given: Inputs, lanes: int = 8) -> Ready:
        return execution._ready_for(structure_of(given, None)[0], given, lanes)


@pytest.mark.parametrize(
    ("years", "regions", "draws", "expected"),
    [(1, 1, 4096, 128), (2, 1, 4096, 64), (1, 4, 4096, 32), (1, 1, 4097, 127), (1, 1, 2**20, 0), (1, 1, 2**19, 1)],
)
def test_four_mebibytes_of_rows_stay_in_caches(
    monkeypatch: pytest.MonkeyPatch, years: int, regions: int, draws: int, expected: int
) -> None:
    """A row takes 8 bytes for each year, region and draw: 4096 draws are 32 KiB, of which 128 are 4 MiB."""
    asked, few = Asked(monkeypatch, 1), inputs(replace(AXES, draws=2))
    labels: dict[str, Any] = {
        "years": tuple(range(2025, 2025 + years)),
        "regions": tuple("abcd"[:regions]),
        "draws": draws,
    }
    many: Any = type("Many", (), {"axes": replace(AXES, **labels)})  # its arrays are not looked at
    execution._ready_for(structure_of(few, None)[0], many, 8)
    assert asked.most == [expected]


def test_shorter_vectors_never_go_past_the_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only vectors that fill a line of the cache may be written past it."""
    asked = Asked(monkeypatch, 10**6)
    for lanes in (4, 2, 16):
        for name in ("_ready", "_row_counts"):
            monkeypatch.setattr(execution, name, {})
        assert asked.ready(inputs(), lanes).program.past_caches is False
    assert asked.most == [sys.maxsize] * 3


def test_a_structure_has_code_for_few_and_for_many_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows of 2 years, 3 regions and 5 draws take 240 bytes each; where 2400 bytes are too many there are two."""
    asked, given = Asked(monkeypatch, 10), inputs()
    monkeypatch.setattr(execution, "PAST_CACHES", 2400)
    few = asked.ready(given)
    assert few.program.past_caches is False
    assert asked.ready(given) is few
    monkeypatch.setattr(execution, "PAST_CACHES", 2399)
    many = asked.ready(given)
    assert many.program.past_caches is True
    assert asked.ready(given) is many
    monkeypatch.setattr(execution, "PAST_CACHES", 2400)
    assert asked.ready(given) is few
    assert asked.most == [10, 9]


def test_whole_vectors_need_no_copy_of_the_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is filled up for 8 draws; 5 become 8, and 9 become 16."""
    filled: list[int] = []

    def filling(given: Inputs, draws: int) -> Inputs:
        filled.append(draws)
        return given

    monkeypatch.setattr(machine_code.Machine, "lanes", 8)
    monkeypatch.setattr(execution, "_filled_up", filling)
    monkeypatch.setattr(execution, "_run", lambda *_: {"households": np.zeros((3, 1, 3, 16))})
    for draws in (8, 5, 16, 9, 1):
        found = execution.records(inputs(replace(AXES, draws=draws)))
        assert found["households"].shape == (3, 1, draws, 3)
    assert filled == [8, 16, 8]
