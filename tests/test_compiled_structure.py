"""Inputs share code where only numbers differ, and years of known numbers that drop out stand apart from others."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from backlog_model.dynamics.compiled.structure import (
    Field,
    Structure,
    _codes,
    _codes_of,
    _field,
    _merged,
    structure_of,
    supports,
)
from backlog_model.dynamics.compiled.tracing import DRAW, REGION
from backlog_model.inputs import NO_LIMIT, Array, Axes, Inputs, Opening, YearInputs
from backlog_model.neutral import empty_opening, full_coverage, neutral_years, plain_rules

ZERO, ONE, LIMIT, OTHER = 1, 2, 3, 0  # codes of the numbers that drop out, and of any other
AXES = Axes(
    years=(2025, 2026, 2027),
    province="63",
    regions=("63.01", "63.02"),
    severities=("light", "medium", "heavy"),
    authorities=("kabkota", "centre"),
    house_programmes=("h1", "h2", "h3", "h4"),
    slum_programmes=("s1",) * 5,
    new_house_programmes=("n1",) * 6,
    estate_programmes=("e1",) * 7,
    finance_programmes=("f1",) * 8,
    sources=("one",) * 9,
    draws=2,
)


def inputs(axes: Axes = AXES, **yearly: Array) -> Inputs:
    """Inputs under which nothing happens but what is given."""
    years = neutral_years(axes)._replace(**yearly)
    return Inputs(axes, empty_opening(axes), years, plain_rules(axes), full_coverage(axes))


def field_of(structure: Structure, name: str) -> Field:
    return structure.fields[YearInputs._fields.index(name)]


def codes(*rows: list[int]) -> list[npt.NDArray[np.int8]]:
    return [np.array(row, dtype=np.int8) for row in rows]


def of_years(*values: float) -> Array:
    """A number of each year, the same in all draws and regions."""
    return np.array(values, dtype=np.float64)[:, None, None]


def test_zero_one_and_no_limit_drop_out() -> None:
    values = np.array([[0.0, 1.0, NO_LIMIT, 2.0, 0.5, -1.0]])[..., None]
    assert _codes_of(values).tolist() == [[ZERO, ONE, LIMIT, OTHER, OTHER, OTHER]]


def test_a_number_drops_out_where_all_regions_have_it() -> None:
    regions = [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 0.5], [NO_LIMIT] * 3, [0.0, 0.0, 1.0]]
    assert _codes_of(np.array([regions])).tolist() == [[ZERO, OTHER, ONE, OTHER, LIMIT, OTHER]]
    assert _codes_of(np.array([[[0.0, 1.0]]])).tolist() == [[OTHER]]
    assert _codes_of(np.array([regions])[..., :1]).tolist() == [[ZERO, ZERO, ONE, ONE, LIMIT, ZERO]]


def test_codes_stand_in_the_order_of_fields_and_elements() -> None:
    """Fields: a number of each year; two elements by region; a drawn number; none at all; a number of all years."""
    fields: Any = (
        np.array([0.0, 5.0, 1.0])[:, None, None],
        np.array([[[1.0, 1.0]], [[0.0, 1.0]]])[None],
        np.zeros((1, 2, 1)),
        np.zeros((1, 0, 1, 1)),
        np.full((1, 1, 1), NO_LIMIT),
    )
    expected = [[ZERO, ONE, OTHER, OTHER, LIMIT], [OTHER, ONE, OTHER, OTHER, LIMIT], [ONE, ONE, OTHER, OTHER, LIMIT]]
    found = _codes(fields, 3)
    assert found.tolist() == expected
    assert found.dtype == np.int8


def test_fields_alike_are_read_together_and_kept_apart() -> None:
    """The first and last are alike, and so are the two between them."""
    by_region = np.array([[[0.0, 0.0]], [[1.0, 1.0]]])
    fields: Any = (of_years(1.0, 0.0), by_region, by_region[::-1], of_years(NO_LIMIT, 7.0))
    assert _codes(fields, 2).tolist() == [[ONE, ZERO, ONE, LIMIT], [ZERO, ONE, ZERO, OTHER]]


def test_a_drawn_number_is_not_looked_at() -> None:
    fields: Any = (np.zeros((1, 2, 1)), np.zeros((1, 1, 2)))
    assert _codes(fields, 1).tolist() == [[OTHER, ZERO]]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_few_groups_stay_as_they_are(number: int) -> None:
    groups = codes([1, 1], [1, 2], [1, 3])[:number]
    kept, into = _merged(groups)
    assert [group.tolist() for group in kept] == [[1, 1], [1, 2], [1, 3]][:number]
    assert into == [0, 1, 2][:number]


@pytest.mark.parametrize(
    ("groups", "kept", "into"),
    [
        # the first and third differ least: what differs does not drop out
        (
            [[1, 1, 1, 1], [2, 2, 2, 2], [1, 1, 1, 3], [3, 3, 3, 3]],
            [[1, 1, 1, 0], [2, 2, 2, 2], [3, 3, 3, 3]],
            [0, 1, 0, 2],
        ),
        # the last two differ least
        ([[1, 1], [2, 2], [0, 3], [3, 3]], [[1, 1], [2, 2], [0, 3]], [0, 1, 2, 2]),
        # the second and third, then the fourth and fifth
        (
            [[1, 1, 1, 1], [2, 2, 2, 2], [2, 2, 2, 1], [3, 3, 3, 3], [3, 3, 1, 3]],
            [[1, 1, 1, 1], [2, 2, 2, 0], [3, 3, 0, 3]],
            [0, 1, 1, 2, 2],
        ),
        # the third joins what the first and second became
        (
            [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 2], [1, 1, 1, 1, 2, 2], [3, 3, 3, 3, 3, 3], [2, 2, 2, 2, 2, 2]],
            [[1, 1, 1, 1, 0, 0], [3, 3, 3, 3, 3, 3], [2, 2, 2, 2, 2, 2]],
            [0, 0, 0, 1, 2],
        ),
    ],
)
def test_more_than_three_groups_are_merged_where_least_is_lost(
    groups: list[list[int]], kept: list[list[int]], into: list[int]
) -> None:
    found, places = _merged(codes(*groups))
    assert [group.tolist() for group in found] == kept
    assert places == into


@pytest.mark.parametrize(
    ("array", "inner", "expected"),
    [
        (np.zeros((1, 1)), (), Field((), 0, False)),
        (np.zeros((1, 3)), (), Field((), REGION, False)),
        (np.zeros((3, 1)), (), Field((), DRAW, True)),
        (np.zeros((4, 3, 2)), (4,), Field((4,), DRAW | REGION, False)),
        (np.zeros((4, 2, 3)).swapaxes(-1, -2), (4,), Field((4,), DRAW | REGION, True)),
        (np.zeros((5, 4, 3, 2)), (5, 4), Field((5, 4), DRAW | REGION, False)),
        (np.zeros((3, 4))[:, ::4], (), Field((), DRAW, False)),
    ],
)
def test_fields_tell_what_they_vary_with_and_how_they_lie(
    array: Array, inner: tuple[int, ...], expected: Field
) -> None:
    found = _field(array, inner)
    assert (found.inner, found.level) == (expected.inner, expected.level)
    if array.shape[-2] > 1:
        assert found.side_by_side == expected.side_by_side


def test_a_structure_counts_labels_and_keeps_shapes() -> None:
    structure, _ = structure_of(inputs(), None)
    assert structure.counts == (3, 2, 4, 5, 6, 7, 8, 9)
    assert field_of(structure, "crews").inner == ()
    assert field_of(structure, "severity_share").inner == (3,)
    assert field_of(structure, "budget_idr").inner == (9, 4 + 5 + 6 + 7 + 8)
    assert field_of(structure, "slum_mix").inner == (5, 3)
    opening = dict(zip(Opening._fields, structure.opening, strict=True))
    assert opening["households"].inner == ()
    assert opening["slum_ha"].inner == (2 * 3,)
    assert opening["carried_houses"].inner == (4, 3)
    assert {field.level for field in structure.opening} == {REGION | DRAW}
    assert structure.rules == tuple(rule.tobytes() for rule in inputs().rules)
    assert structure.variables is None


def test_wanted_variables_stand_in_one_order() -> None:
    names = ("slum_ha", "households", "budget_idr")
    found = [structure_of(inputs(), frozenset(some))[0].variables for some in (names, names[::-1], ())]
    assert found == [("budget_idr", "households", "slum_ha")] * 2 + [()]


def test_other_numbers_have_the_same_structure() -> None:
    one, same = (structure_of(inputs(crews=of_years(*values)), None) for values in ((2, 3, 4), (5, 6, 7)))
    assert one[0] == same[0]
    assert hash(one[0]) == hash(same[0])
    for other in (inputs(crews=of_years(1, 3, 4)), inputs(crews=np.full((1, 1, 2), 2.0))):
        assert structure_of(other, None)[0] != one[0]


def test_years_with_the_same_numbers_that_drop_out_are_one_group() -> None:
    """Groups stand in the order of their codes; 0 comes before 1, the code of other numbers before both."""
    structure, group_of_year = structure_of(inputs(crews=of_years(1.0, 7.0, 1.0)), None)
    assert group_of_year.tolist() == [1, 0, 1]
    assert group_of_year.dtype == np.int64
    assert structure.first == 1
    assert len(structure.groups) == 2
    other, one = (np.frombuffer(group, dtype=np.int8) for group in structure.groups)
    [place] = np.flatnonzero(other != one)
    assert (other[place], one[place]) == (OTHER, ONE)
    sizes = [int(np.prod(field.inner)) for field in structure.fields]
    assert place == sum(sizes[: YearInputs._fields.index("crews")])
    assert len(one) == sum(sizes)


def test_a_fourth_group_of_years_joins_the_one_most_like_it() -> None:
    """Years differ in crews, and the last also in its vacancies."""
    axes = replace(AXES, years=(2025, 2026, 2027, 2028))
    given = inputs(axes, crews=of_years(0.0, 1.0, 7.0, 1.0), vacancy_share=of_years(0.5, 0.5, 0.5, 1.0))
    structure, group_of_year = structure_of(given, None)
    assert len(structure.groups) == 3
    assert len(set(group_of_year.tolist())) == 3
    assert structure.first == group_of_year[0]


def test_whole_houses_cannot_be_compiled() -> None:
    plain = inputs()
    assert supports(plain)
    flags = np.zeros_like(plain.rules.whole_houses)
    flags[-1] = 1.0
    assert not supports(replace(plain, rules=plain.rules._replace(whole_houses=flags)))
