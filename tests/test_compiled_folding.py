"""Arithmetic on known numbers is done when the equations are written down, and only where it changes no bit."""

import pytest

from backlog_model.dynamics.compiled.folding import Known, Operand, folded

NODE, OTHER = 0, 3  # positions in a graph; the first is 0 on purpose, it must not pass for the number 0


@pytest.mark.parametrize(
    ("operation", "a", "b", "expected"),
    [
        ("add", 2.0, 8.0, 10.0),
        ("subtract", 2.0, 8.0, -6.0),
        ("multiply", 2.0, 8.0, 16.0),
        ("divide", 2.0, 8.0, 0.25),
        ("divide", 0.0, 8.0, 0.0),
        ("divide", 8.0, 1.0, 8.0),
        ("minimum", 2.0, 8.0, 2.0),
        ("minimum", 8.0, 2.0, 2.0),
        ("maximum", 2.0, 8.0, 8.0),
        ("maximum", 8.0, 2.0, 8.0),
        ("less", 2.0, 8.0, 1.0),
        ("less", 8.0, 2.0, 0.0),
        ("less", 8.0, 8.0, 0.0),
        ("multiply", 8.0, 0.0, 0.0),
        ("subtract", 8.0, 0.0, 8.0),
        ("add", 0.0, 8.0, 8.0),
    ],
)
def test_two_known_numbers_give_a_known_number(operation: str, a: float, b: float, expected: float) -> None:
    found = folded(operation, Known(a), Known(b))
    assert found == Known(expected)
    assert isinstance(found, Known)
    assert isinstance(found.number, float)


@pytest.mark.parametrize("part", [0.0, 1.0, -5.0])
def test_a_division_by_zero_is_left_to_the_machine(part: float) -> None:
    assert folded("divide", Known(part), Known(0.0)) is None


def test_only_a_division_is_left_to_the_machine() -> None:
    assert folded("maximum", Known(5.0), Known(0.0)) == Known(5.0)
    assert folded("divide", Known(5.0), Known(2.0)) == Known(2.5)


@pytest.mark.parametrize(
    ("operation", "number", "expected"),
    [
        ("multiply", 0.0, Known(0.0)),  # 0 * x
        ("divide", 0.0, Known(0.0)),  # 0 / x
        ("add", 0.0, OTHER),  # 0 + x
        ("multiply", 1.0, OTHER),  # 1 * x
        ("subtract", 0.0, None),  # 0 - x is not x
        ("minimum", 0.0, None),
        ("maximum", 0.0, None),
        ("less", 0.0, None),
        ("add", 1.0, None),
        ("subtract", 1.0, None),
        ("divide", 1.0, None),  # 1 / x is not x
        ("minimum", 1.0, None),
        ("maximum", 1.0, None),
        ("less", 1.0, None),
        ("multiply", 2.0, None),
        ("divide", 2.0, None),
        ("add", 2.0, None),
    ],
)
def test_a_known_number_comes_first(operation: str, number: float, expected: Operand | None) -> None:
    assert folded(operation, Known(number), OTHER) == expected


@pytest.mark.parametrize(
    ("operation", "number", "expected"),
    [
        ("multiply", 0.0, Known(0.0)),  # x * 0
        ("add", 0.0, OTHER),  # x + 0
        ("subtract", 0.0, OTHER),  # x - 0
        ("multiply", 1.0, OTHER),  # x * 1
        ("divide", 1.0, OTHER),  # x / 1
        ("divide", 0.0, None),  # x / 0 is what arrays give
        ("minimum", 0.0, None),
        ("maximum", 0.0, None),
        ("less", 0.0, None),
        ("add", 1.0, None),
        ("subtract", 1.0, None),
        ("minimum", 1.0, None),
        ("maximum", 1.0, None),
        ("less", 1.0, None),
        ("multiply", 2.0, None),
        ("divide", 2.0, None),
        ("subtract", 2.0, None),
    ],
)
def test_a_known_number_comes_second(operation: str, number: float, expected: Operand | None) -> None:
    assert folded(operation, OTHER, Known(number)) == expected


def test_the_first_node_is_not_the_number_zero() -> None:
    """Position 0 is a node like any other: it is handed back, and never taken for a factor of 0."""
    assert folded("add", Known(0.0), NODE) == NODE
    assert isinstance(folded("add", NODE, Known(0.0)), int)
    assert folded("multiply", NODE, OTHER) is None
    assert folded("add", NODE, OTHER) is None
    assert len({Known(3.0), OTHER}) == 2


@pytest.mark.parametrize("operation", ["minimum", "maximum"])
def test_the_smaller_and_the_larger_of_a_number_and_itself_is_the_number(operation: str) -> None:
    assert folded(operation, OTHER, OTHER) == OTHER
    assert folded(operation, NODE, NODE) == NODE
    assert folded(operation, NODE, OTHER) is None


@pytest.mark.parametrize("operation", ["add", "subtract", "multiply", "divide", "less"])
def test_other_operations_on_a_number_and_itself_are_computed(operation: str) -> None:
    assert folded(operation, OTHER, OTHER) is None
