"""What is done with unknown numbers is written down once, in order, with what each result varies with."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled.folding import Known
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph, Number, Numbers, numbers, operand

Pair = tuple[Graph, Any, Any]


@pytest.fixture
def pair() -> Pair:
    """A graph of two leaves: node 0 varies by region, node 1 by draw."""
    graph = Graph()
    return graph, graph.leaf(("a",), REGION), graph.leaf(("b",), DRAW)


def written(graph: Graph) -> list[tuple[Any, ...]]:
    """What was written down after the two leaves."""
    return graph.nodes[2:]


def test_regions_and_draws_are_bits_of_their_own() -> None:
    assert REGION & DRAW == 0
    assert len({0, REGION, DRAW, REGION | DRAW}) == 4
    assert REGION | DRAW == 3


def test_a_leaf_is_written_once(pair: Pair) -> None:
    graph, a, _ = pair
    assert graph.leaf(("a",), REGION).position == a.position == 0
    assert graph.leaf(("c",), 0).position == 2
    assert graph.nodes == [("leaf", ("a",)), ("leaf", ("b",)), ("leaf", ("c",))]
    assert graph.levels == [REGION, DRAW, 0]
    assert graph.phases == [0, 0, 0]


def test_a_result_varies_with_all_its_operands_vary_with(pair: Pair) -> None:
    graph, a, b = pair
    for result in (a + b, a + 2.0, b + 2.0, graph.leaf(("c",), 0) + 2.0):
        assert isinstance(result, Number)
    assert graph.nodes[5] == ("leaf", ("c",))
    assert graph.levels[2:] == [REGION | DRAW, REGION, DRAW, 0, 0]
    assert graph.phases == [0] * 7


def test_a_sum_no_longer_varies_by_region_and_comes_a_phase_later(pair: Pair) -> None:
    graph, a, b = pair
    of_a = graph.sum_over_regions(a)
    of_both = graph.sum_over_regions(a + b)
    again = graph.sum_over_regions(a * of_a)
    late = graph.sum_over_regions(again * a)
    assert graph.nodes[of_a.position] == ("sum", 0)
    assert graph.nodes[late.position - 1] == ("multiply", 0, again.position)
    sums = [of_a.position, of_both.position, again.position, late.position]
    assert [graph.levels[n] for n in sums] == [0, DRAW, 0, 0]
    assert [graph.phases[n] for n in sums] == [1, 1, 2, 3]


def test_a_result_is_as_late_as_its_latest_operand(pair: Pair) -> None:
    graph, a, b = pair
    total = graph.sum_over_regions(a)
    results = [total - b, b - total, total / 2.0, 2.0 / total, a - b]
    assert [graph.phases[result.position] for result in results] == [1, 1, 1, 1, 0]


def test_a_known_number_may_be_summed() -> None:
    graph = Graph()
    assert graph.sum_over_regions(2.0).position == 0
    assert (graph.nodes, graph.levels, graph.phases) == ([("sum", Known(2.0))], [0], [1])


def test_a_bounded_share_varies_by_region_and_comes_a_phase_later(pair: Pair) -> None:
    graph, _, b = pair
    share = graph.shares(b, 0.25, 1.0)
    later = graph.shares(share, 0.0, 1.0)
    assert written(graph) == [("shares", 1, Known(0.25), Known(1.0)), ("shares", 2, Known(0.0), Known(1.0))]
    assert graph.levels[2:] == [REGION | DRAW, REGION | DRAW]
    assert graph.phases[2:] == [1, 2]
    assert later.position == 3


def test_what_may_change_places_is_written_in_one_order(pair: Pair) -> None:
    """A known number first, else the earlier node: a + b and b + a are computed once."""
    graph, a, b = pair
    assert (b + a).position == (a + b).position == 2
    assert (b * a).position == (a * b).position == 3
    assert (a + 2.0).position == (2.0 + a).position == 4
    assert (b * 5.0).position == (5.0 * b).position == 5
    assert np.minimum(b, a).position == np.minimum(a, b).position == 6
    assert np.maximum(b, 7.0).position == np.maximum(7.0, b).position == 7
    assert written(graph) == [
        ("add", 0, 1),
        ("multiply", 0, 1),
        ("add", Known(2.0), 0),
        ("multiply", Known(5.0), 1),
        ("minimum", 0, 1),
        ("maximum", Known(7.0), 1),
    ]


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda a, b: b - a, ("subtract", 1, 0)),
        (lambda a, _: a - 2.0, ("subtract", 0, Known(2.0))),
        (lambda a, _: 2.0 - a, ("subtract", Known(2.0), 0)),
        (lambda a, _: -a, ("subtract", Known(0.0), 0)),
        (lambda a, b: b / a, ("divide", 1, 0)),
        (lambda a, _: a / 2.0, ("divide", 0, Known(2.0))),
        (lambda a, _: 2.0 / a, ("divide", Known(2.0), 0)),
        (lambda a, b: b < a, ("less", 1, 0)),
        (lambda a, b: b > a, ("less", 0, 1)),
        (lambda a, _: a < 2.0, ("less", 0, Known(2.0))),
        (lambda a, _: a > 2.0, ("less", Known(2.0), 0)),
        (lambda a, _: np.less(2.0, a), ("less", Known(2.0), 0)),
        (lambda a, b: np.add(b, a), ("add", 0, 1)),
        (lambda a, b: np.subtract(b, a), ("subtract", 1, 0)),
        (lambda a, b: np.multiply(b, a), ("multiply", 0, 1)),
        (lambda a, b: np.true_divide(b, a), ("divide", 1, 0)),
        (lambda a, b: np.less(b, a), ("less", 1, 0)),
        (lambda a, _: np.maximum(0.0, a), ("maximum", Known(0.0), 0)),
        (lambda a, _: np.minimum(a, 1.0), ("minimum", Known(1.0), 0)),
        (lambda a, _: np.negative(a), ("subtract", Known(0.0), 0)),
        (lambda a, b: np.where(b, a, 5.0), ("where", 1, 0, Known(5.0))),
    ],
)
def test_every_operation_is_written_down(
    pair: Pair, compute: Callable[[Any, Any], Any], expected: tuple[Any, ...]
) -> None:
    graph, a, b = pair
    result = compute(a, b)
    assert isinstance(result, Number)
    assert (result.graph, result.position) == (graph, 2)
    assert written(graph) == [expected]


def test_what_is_known_is_handed_back_as_a_number(pair: Pair) -> None:
    graph, a, b = pair
    for result in (a * 0.0, 0.0 / b, graph.binary("multiply", 0.0, a)):
        assert type(result) is float
        assert result == 0.0
    assert graph.binary("add", 2.0, 5.0) == 7.0
    assert (a + 0.0).position == 0
    assert written(graph) == []


def test_a_known_condition_chooses_at_once(pair: Pair) -> None:
    graph, a, b = pair
    assert graph.where(1.0, a, b) is a
    assert graph.where(-2.0, a, b) is a
    assert graph.where(0.0, a, b) is b
    assert graph.where(0.0, a, 4.0) == 4.0
    assert written(graph) == []


def test_an_unknown_condition_counts_for_what_the_choice_varies_with(pair: Pair) -> None:
    graph, a, b = pair
    total = graph.sum_over_regions(b)
    chosen = graph.where(total, a, 0.0)
    assert graph.levels[chosen.position] == REGION | DRAW
    assert graph.phases[chosen.position] == 1


def test_an_unknown_number_may_be_anything(pair: Pair) -> None:
    assert np.any(pair[1])


@pytest.mark.parametrize(
    "compute",
    [
        np.exp,
        lambda a: np.sort(a),
        lambda a: np.add(a, 1.0, where=True),
        lambda a: np.add.outer(a, 1.0),
        lambda a: np.maximum.reduce(numbers([a], (1,))),
    ],
)
def test_what_has_no_code_is_refused(pair: Pair, compute: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"NotImplemented|no implementation"):
        compute(pair[1])
    assert written(pair[0]) == []


def test_operands_are_positions_or_known_numbers(pair: Pair) -> None:
    assert operand(pair[2]) == 1
    assert operand(3) == Known(3.0)
    assert type(operand(3)) is Known
    assert operand(np.float64(0.5)) == Known(0.5)


def test_arrays_are_worked_on_element_by_element(pair: Pair) -> None:
    graph, a, b = pair
    array = numbers([a, 4.0, b], (3,))
    tripled = array * 3.0
    assert isinstance(tripled, Numbers)
    assert [operand(one) for one in tripled] == [2, Known(12.0), 3]
    assert type(tripled[1]) is float
    assert written(graph) == [("multiply", Known(3.0), 0), ("multiply", Known(3.0), 1)]


@pytest.mark.parametrize(
    ("compute", "nodes"),
    [
        (lambda a, array: a + array, [("add", Known(2.0), 0), ("add", 0, 1)]),
        (lambda a, array: a - array, [("subtract", 0, Known(2.0)), ("subtract", 0, 1)]),
        (lambda a, array: a * array, [("multiply", Known(2.0), 0), ("multiply", 0, 1)]),
        (lambda a, array: a / array, [("divide", 0, Known(2.0)), ("divide", 0, 1)]),
        (lambda a, array: array - a, [("subtract", Known(2.0), 0), ("subtract", 1, 0)]),
        (lambda a, array: np.maximum(a, array), [("maximum", Known(2.0), 0), ("maximum", 0, 1)]),
        (lambda a, array: -(array - a), None),
    ],
)
def test_a_number_and_an_array_give_an_array(
    pair: Pair, compute: Callable[[Any, Any], Any], nodes: list[tuple[Any, ...]] | None
) -> None:
    graph, a, b = pair
    result = compute(a, numbers([2.0, b], (2,)))
    assert isinstance(result, Numbers)
    assert result.shape == (2,)
    if nodes is None:
        nodes = [("subtract", Known(2.0), 0), ("subtract", 1, 0), ("subtract", Known(0.0), 2)]
        nodes += [("subtract", Known(0.0), 3)]
    assert written(graph) == nodes


def test_an_array_of_plain_numbers_meets_a_number(pair: Pair) -> None:
    graph, a, _ = pair
    result = a * np.array([0.0, 1.0, 2.0])
    assert [operand(one) for one in result] == [Known(0.0), 0, 2]
    assert written(graph) == [("multiply", Known(2.0), 0)]


def test_an_array_without_axes_gives_a_number(pair: Pair) -> None:
    assert isinstance(np.multiply(pair[1], np.array(2.0)), Number)


def test_arrays_are_filled_in_order(pair: Pair) -> None:
    _, a, b = pair
    array = numbers([a, 1.0, 2.0, b, 3.0, 4.0], (2, 3))
    assert isinstance(array, Numbers)
    assert (array[0, 0], array[0, 2], array[1, 0], array[1, 2]) == (a, 2.0, b, 4.0)
    assert numbers([b], ()) is b
    assert numbers(iter([2.5]), ()) == 2.5


def test_a_sum_of_nothing_is_zero() -> None:
    assert numbers([], (0, 2)).sum(axis=0).tolist() == [0, 0]
