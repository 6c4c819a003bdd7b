"""The equations of a year read what varies and know what drops out; compiled, they give what one works out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled import equations, execution, machine_code
from backlog_model.dynamics.compiled.equations import Equations, Row, opening_equations, year_equations
from backlog_model.dynamics.compiled.folding import Known
from backlog_model.dynamics.compiled.structure import Field, Structure, structure_of
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph, Number, numbers, operand
from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs, Opening, YearInputs
from backlog_model.neutral import empty_opening, full_coverage, neutral_years, plain_rules
from tiny_program import quick_compiler

pytest.importorskip("llvmlite")

EACH = REGION | DRAW
AXES = Axes(
    years=(2025, 2026, 2027),
    province="63",
    regions=("63.01", "63.02"),
    severities=("all",),
    authorities=("kabkota",),
    house_programmes=("repair",),
    sources=("one",),
)
WITHOUT = replace(AXES, house_programmes=(), sources=())


@pytest.fixture(autouse=True, scope="module")
def _compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with quick_compiler(tmp_path_factory.mktemp("cache")), pytest.MonkeyPatch.context() as patched:
        for name in ("_ready", "_row_counts"):
            patched.setattr(execution, name, {})
        yield


def inputs(axes: Axes = AXES, *, opening: dict[str, Array] | None = None, **yearly: Array) -> Inputs:
    """Inputs under which nothing happens but what is given; any programme may be paid by the province."""
    stocks, years = empty_opening(axes)._replace(**(opening or {})), neutral_years(axes)._replace(**yearly)
    rules = plain_rules(axes)
    return Inputs(axes, stocks, years, rules._replace(funded=np.ones_like(rules.funded)), full_coverage(axes))


def of_year(given: Inputs) -> Equations:
    structure, _ = structure_of(given, None)
    return year_equations(structure, given, structure.groups[structure.first])


def rows_of(found: Equations) -> dict[tuple[str, int], Any]:
    """What is recorded, by variable and part."""
    return {(row.variable, row.part): row.value for row in found.rows}


def read(found: Equations, field: str) -> list[tuple[str, int, int]]:
    """Leaves of a field of the year."""
    position = YearInputs._fields.index(field)
    keys = [node[1] for node in found.graph.nodes if node[0] == "leaf"]
    return [key for key in keys if key[0] in ("year", "first region") and key[1] == position]


def structure(fields: tuple[Field, ...]) -> Structure:
    return Structure((), (), fields, (), (), 0, None)


FIELDS = (Field((), 0, False), Field((2, 3), EACH, False), Field((2,), REGION, False))
#         number     six elements        two elements; 0: read, 1: 0, 2: 1, 3: no limit
GROUP = bytes([3, 0, 1, 2, 3, 0, 0, 2, 0])


def test_numbers_that_drop_out_are_known_and_others_are_read() -> None:
    graph = Graph()
    assert equations._field(graph, structure(FIELDS), GROUP, 0) == NO_LIMIT
    found = equations._field(graph, structure(FIELDS), GROUP, 1)
    assert found.shape == (2, 3)
    values = [operand(value) for value in found.ravel()]
    assert values == [0, Known(0.0), Known(1.0), Known(NO_LIMIT), 1, 2]
    assert [type(value) for value in found[0, 1:]] == [float, float]
    last = equations._field(graph, structure(FIELDS), GROUP, 2)
    assert [operand(value) for value in last] == [Known(1.0), 3]
    assert graph.nodes == [("leaf", ("year", *place)) for place in ((1, 0), (1, 4), (1, 5), (2, 1))]
    assert graph.levels == [EACH, EACH, EACH, REGION]


def test_the_first_region_stands_for_all() -> None:
    graph = Graph()
    equations._field(graph, structure(FIELDS), GROUP, 1, kind="first region")
    equations._field(graph, structure(FIELDS), GROUP, 2, kind="first region")
    assert graph.nodes[0] == ("leaf", ("first region", 1, 0))
    assert graph.nodes[3] == ("leaf", ("first region", 2, 1))
    assert graph.levels == [DRAW, DRAW, DRAW, 0]


@pytest.mark.parametrize(
    ("floor", "cap", "bounded"),
    [
        (0.0, 1.0, False),
        (0.0, 2.0, False),
        (0.0, NO_LIMIT, False),
        (1.0, 1.0, True),
        (0.25, 1.0, True),
        (0.0, 0.5, True),
        (0.0, 0.0, True),
        (None, 1.0, True),
        (0.0, None, True),
        (None, None, True),
    ],
)
def test_only_shares_that_something_bounds_are_filled_up(floor: float | None, cap: float | None, bounded: bool) -> None:
    """A bound that is not known before, here None, may bound."""
    graph = Graph()
    weight, bound = graph.leaf(("weight",), EACH), graph.leaf(("bound",), REGION)
    year: Any = SimpleNamespace(
        floor_share=[None, bound if floor is None else floor], cap_share=[None, bound if cap is None else cap]
    )
    share = equations._share(graph, weight, year, 1)
    operations = [node[0] for node in graph.nodes[2:]]
    assert operations == (["shares"] if bounded else ["sum", "maximum", "divide"])
    assert graph.levels[share.position] == EACH
    if not bounded:
        assert graph.nodes[2:4] == [("sum", 0), ("maximum", Known(1e-300), 2)]


def test_the_opening_is_read_recorded_and_left() -> None:
    """Dwellings are decent, treated and uninhabitable houses; the occupancy backlog is the households beyond them."""
    given = inputs(WITHOUT)
    found = opening_equations(structure_of(given, None)[0], given)
    rows, nodes = rows_of(found), found.graph.nodes
    fields = Opening._fields
    for name in ("rtlh_houses", "decent_houses", "treated_houses", "households", "psu_estates"):
        assert nodes[rows[name, 0]] == ("leaf", ("opening", fields.index(name), 0))
        assert found.graph.levels[rows[name, 0]] == EACH
    households, decent = rows["households", 0], rows["decent_houses", 0]
    shortage = nodes[rows["occupancy_backlog_households", 0]]
    assert shortage[:2] == ("maximum", Known(0.0))
    assert nodes[shortage[2]][:2] == ("subtract", households)
    assert nodes[nodes[nodes[shortage[2]][2]][2]][:2] == ("add", decent)
    assert [nodes[n] for n in found.closing[6:9] if isinstance(n, int)] == [
        ("leaf", ("opening", fields.index("slum_ha"), e)) for e in range(3)
    ]
    assert len(found.closing) == 2 + 1 + 3 + 3 + 1 + 3 + 3  # houses, RTLH, households, slum, handled, credit, estates
    assert set(found.parts.values()) == {1}
    assert len(found.rows) == 10


def test_a_year_reads_the_state_slot_by_slot() -> None:
    """Three severities, a programme and one of slums: elements of every part of the state, one after another."""
    axes = replace(AXES, severities=("light", "medium", "heavy"), slum_programmes=("upgrade",))
    graph = Graph()
    state = equations._state(graph, axes)
    shapes = {name: value.shape for name, value in state._asdict().items() if isinstance(value, np.ndarray)}
    assert shapes == {
        "rtlh_houses": (3,),
        "slum_ha": (3,),
        "slum_handled_ha": (1,),
        "slum_credit_ha": (3,),
        "previous_start": (2,),
        "carried_houses": (1, 3),
        "carried_slum_ha": (1, 3),
        "carried_new_houses": (0,),
    }
    # decent, treated; RTLH; households, ownership, occupancy; slum, handled, credit; three of estates; the rest
    assert graph.nodes == [("leaf", ("state", slot)) for slot in range(2 + 3 + 3 + 3 + 1 + 3 + 3 + 2 + 3 + 3)]
    assert set(graph.levels) == {EACH}
    assert list(equations._slots(state)) == list(range(26))


def test_what_is_recorded_has_its_parts_in_order() -> None:
    graph = Graph()
    a, b = (graph.leaf((name,), EACH) for name in "ab")
    records = {"slum_ha": numbers([b, 2.0], (2, 1)), "households": numbers([a], (1, 1)), "none": numbers([], (0, 1))}
    state: Any = (numbers([a, 5.0], (2,)), b)
    found = equations._written(graph, records, state)
    assert found.rows == [Row("slum_ha", 0, 1), Row("slum_ha", 1, Known(2.0)), Row("households", 0, 0)]
    assert found.parts == {"slum_ha": 2, "households": 1, "none": 0}
    assert found.closing == [0, Known(5.0), 1]


def test_records_have_an_axis_in_place_of_draws_and_regions() -> None:
    number = Graph().leaf(("a",), EACH)
    assert equations._column(number).shape == (1,)
    assert equations._column(3.0).shape == (1,)
    assert equations._column(numbers([number, 1.0], (2,))).shape == (2, 1)
    assert equations._column(numbers([number, 1.0], (1, 2))).shape == (1, 2, 1)
    assert isinstance(equations._column(number)[0], Number)


def test_money_left_over_is_that_of_the_first_region() -> None:
    """Money of the province is read by region where it is shared, and once for all where it is left over."""
    by_region = np.full((1, 1, 1, 1, 2), 5e9)
    found = of_year(inputs(provincial_budget_idr=by_region, share_weight=np.full((1, 1, 1, 1), 2.0)))
    assert {kind for kind, _, _ in read(found, "provincial_budget_idr")} == {"first region", "year"}
    left = rows_of(found)["unallocated_idr", 0]
    assert found.graph.levels[left] == 0


def test_inputs_that_drop_out_are_not_read() -> None:
    found = of_year(inputs())
    assert read(found, "deterioration_rate") == read(found, "crews") == read(found, "floor_share") == []
    assert not any(node[0] == "shares" for node in found.graph.nodes)
    drawn = of_year(inputs(replace(AXES, draws=2), deterioration_rate=np.full((1, 2, 1), 0.25)))
    assert [kind for kind, _, _ in read(drawn, "deterioration_rate")] == ["year"]


# Whole runs, all numbers in powers of two so that they are exact.


def houses(draws: int, *, alike: bool = False) -> Inputs:
    """RTLH of 64 and 256 in the first draw, twice that in the second, and so on; 1/4 and 1/2 of them lost a year.

    In the second year of draws that differ, 1/8 more improves by itself where the number of the draw is odd.
    """
    axes = replace(WITHOUT, draws=draws)
    number = np.arange(draws, dtype=np.float64)[:, None]
    improved = np.zeros((3, 1, draws, 1))
    improved[1, 0] = 0.125 * (number % 2)
    opening = {"rtlh_houses": ((number + 1.0) * np.array([64.0, 256.0]))[None]}
    lost = np.array([0.25, 0.5])[None, None, None]
    return inputs(
        axes, opening=opening, rtlh_loss_rate=lost, self_improvement_rate=improved[:, :, : 1 if alike else None]
    )


@pytest.mark.parametrize("draws", [1, 2, 3, 7, 8, 9, 16, 17])
def test_any_number_of_draws_gives_every_draw(draws: int) -> None:
    found = execution.records(houses(draws))
    rtlh = found["rtlh_houses"]
    assert rtlh.shape == (4, 1, draws, 2)
    for draw in range(draws):
        here, there, more = 64.0 * (draw + 1), 256.0 * (draw + 1), 0.125 * (draw % 2)
        first, other = 0.75 * here, 0.5 * there
        second, third = first * (0.75 - more), other * (0.5 - more)  # what is not lost and does not improve
        years = [[here, there], [first, other], [second, third], [0.75 * second, 0.5 * third]]
        assert rtlh[:, 0, draw].tolist() == years
        lost = [[here / 4, there / 2], [first / 4, other / 2], [second / 4, third / 2]]
        assert found["removed_rtlh_houses"][:, 0, draw].tolist() == lost


def test_the_central_run_is_a_run_of_one_draw() -> None:
    one, many = execution.records(houses(1)), execution.records(houses(9, alike=True))
    for name, array in one.items():
        np.testing.assert_array_equal(array[:, :, 0], many[name][:, :, 0], err_msg=name)


@pytest.mark.parametrize("lanes", [2, 4])
def test_shorter_vectors_give_the_same(monkeypatch: pytest.MonkeyPatch, lanes: int) -> None:
    expected = execution.records(houses(3))
    for name in ("_ready", "_row_counts"):
        monkeypatch.setattr(execution, name, {})
    monkeypatch.setattr(machine_code.Machine, "lanes", lanes)
    found = execution.records(houses(3))
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)


def test_provincial_money_goes_by_weight_and_what_is_over_a_cap_is_left() -> None:
    """16 million of the province by weights 1 and 3 with a cap of 1/2 in the second: 1/4 + 1/4 and 1/2.

    With caps of 1/8 in both, 12 million are left over. A repair costs 2^20 rupiah.
    """
    budget, weight = np.full((1, 1, 1, 1, 1), 16.0 * 2**20), np.array([1.0, 3.0])[None, None, None]
    cap = np.empty((3, 1, 1, 2))
    cap[:] = np.array([[1.0, 0.5], [0.125, 0.125], [1.0, 1.0]])[:, None, None]
    cost = np.full((1, 1, 1, 1), 2.0**20)
    opening = {"rtlh_houses": np.full((1, 3, 2), 1024.0)}
    money = {"provincial_budget_idr": budget, "share_weight": weight, "cap_share": cap}
    found = execution.records(
        inputs(replace(AXES, draws=3), opening=opening, unit_cost_idr=cost, grant_idr=cost, **money)
    )
    for draw in range(3):
        assert found["started_houses"][:, 0, draw].tolist() == [[8.0, 8.0], [2.0, 2.0], [4.0, 12.0]]
        assert found["unallocated_idr"][:, 0, draw, 0].tolist() == [0.0, 12.0 * 2**20, 0.0]
        assert found["spent_idr"][2, 0, draw].tolist() == [4.0 * 2**20, 12.0 * 2**20]
    assert found["unallocated_idr"].shape == (3, 1, 3, 1)


def test_only_wanted_variables_are_given() -> None:
    workspace = execution.Workspace()
    found = execution.records(houses(2), variables=frozenset(["households", "removed_houses"]), workspace=workspace)
    assert {name: array.shape for name, array in found.items()} == {
        "households": (4, 1, 2, 2),
        "removed_houses": (3, 1, 2, 2),
    }
    assert np.shares_memory(found["households"], workspace.array("results", (1,)))
