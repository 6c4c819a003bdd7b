"""What is kept of a year, and what is named as the limit of a programme, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.funding import Funding, Spending
from backlog_model.dynamics.records import Bindings, binding_codes, flow_records, money_records, stock_records
from backlog_model.dynamics.year import Flows
from backlog_model.inputs import NO_LIMIT, Array, Axes
from backlog_model.projection import BINDINGS
from one_year import arr, axes_of, state_of, year_of

ONE = axes_of(house_programmes=("h",))
MIXED = axes_of(house_programmes=("h1", "h2"), slum_programmes=("s1", "s2"), finance_programmes=("f1", "f2"))


def flows_of(**stated: Any) -> Flows:
    """Flows of a year, 1 where a case states none."""
    return Flows(**{**dict.fromkeys(Flows._fields, np.ones((1, 1))), **stated})


def bound(limits: Any, axes: Axes = ONE, known: Any = None, other: Any = 0.0) -> Bindings:
    """What bound each programme: limits are money, capacity, eligibility, ramp, each (programme, draw, region)."""
    reach, capacity, eligibility, ramp = (np.array(limit, dtype=np.float64) for limit in limits)
    flows = flows_of(
        capacity_limit=capacity,
        eligibility_limit=eligibility,
        ramp_limit=ramp,
        other_authority_ha=np.zeros((len(axes.slum_programmes), *reach.shape[1:])) + np.array(other),
    )
    year = year_of(axes) if known is None else year_of(axes, known=known)
    return binding_codes(reach, flows, year, axes)


def names(codes: Any) -> list[Any]:
    """Words of codes."""
    return np.asarray(BINDINGS)[codes].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        ((1, 2, 3, 4), "funds"),
        ((2, 1, 3, 4), "capacity"),
        ((2, 4, 1, 3), "eligibility"),
        ((4, 3, 2, 1), "ramp"),
        ((1, 1, 1, 1), "funds"),
        ((2, 1, 1, 1), "capacity"),
        ((2, 2, 1, 1), "eligibility"),
        ((2, 2, 2, 1), "ramp"),
        ((1, 2, 1, 2), "funds"),
        ((2, 1, 2, 1), "capacity"),
        ((1, 2, 2, 1), "funds"),
        ((3, 3, 3, 2), "ramp"),
        ((0, NO_LIMIT, 0, NO_LIMIT), "funds"),
    ],
)
def test_the_smallest_limit_binds_and_the_first_of_equals(limits: tuple[float, ...], name: str) -> None:
    found = bound([[[[limit]]] for limit in limits])
    assert names(found.region) == [[[name]]]
    assert names(found.province) == [[name]]


def province(*regions: tuple[float, float, float, float]) -> str:
    """Name of the limit over all regions, each with its money, capacity, eligibility and ramp."""
    return str(names(bound([[[limit]] for limit in zip(*regions, strict=True)]).province)[0][0])


@pytest.mark.parametrize(
    ("regions", "name"),
    [
        # 40 held back by money, 25 + 20 by crews
        ([(60, 99, 100, 99), (99, 5, 30, 99), (99, 10, 30, 99)], "capacity"),
        # 40 against 13 + 13 + 13
        ([(60, 99, 100, 99), (99, 5, 18, 99), (99, 7, 20, 99), (99, 9, 22, 99)], "funds"),
        # 1.5 against 0.5 + 0.5
        ([(8.5, 99, 10, 99), (99, 9.5, 10, 99), (99, 9.5, 10, 99)], "funds"),
        # 30 by the ramp, 20 by money
        ([(10, 99, 30, 99), (99, 99, 40, 10)], "ramp"),
        # nothing is left anywhere: by number
        ([(10, 99, 10, 99), (99, 99, 20, 99), (99, 99, 30, 99)], "eligibility"),
        ([(10, 99, 10, 99), (99, 99, 20, 99)], "funds"),
        ([(99, 99, 20, 99), (99, 99, 30, 99)], "eligibility"),
        # what is taken up does not count
        ([(99, 99, 90, 99), (99, 99, 80, 99), (5, 99, 6, 99)], "funds"),
    ],
)
def test_over_all_regions_the_limit_counts_that_holds_back_most(regions: Any, name: str) -> None:
    assert province(*regions) == name


def test_each_draw_and_programme_has_its_own_limit() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), draws=2)
    money = [[[1, 9], [9, 9]], [[5, 5], [5, 5]]]
    crews = [[[9, 2], [3, 9]], [[9, 9], [9, 9]]]
    waiting = [[[50, 5], [40, 4]], [[9, 9], [9, 9]]]
    ramps = [[[9, 9], [9, 9]], [[9, 9], [9, 9]]]
    found = bound((money, crews, waiting, ramps), axes)
    assert names(found.region) == [[["funds", "capacity"], ["capacity", "eligibility"]], [["funds"] * 2] * 2]
    assert names(found.province) == [["funds", "capacity"], ["funds", "funds"]]


def blocks(rest: float = 0.0, known: Any = None) -> Bindings:
    """Two programmes for houses, two for slum, two of finance, in one draw and two regions."""
    reach = arr(*([[each, each]] for each in (1, 9, 9, 9, 4, 9)))
    capacity = arr([[9, 9]], [[1, 9]], [[9, 9]], [[9, 9]], [[9, 9]], [[9, 3]])
    eligibility = arr([[9, 9]], [[9, 1]], [[5, 5]], [[5, 5]], [[9, 3]], [[9, 9]])
    ramp = arr([[9, 9]], [[9, 9]], [[9, 2]], [[9, 9]], [[9, 9]], [[2, 9]])
    other = arr([[rest, rest]], [[rest, 0]])
    return bound((reach, capacity, eligibility, ramp), MIXED, known, other)


def test_slums_without_hectares_elsewhere_and_finance() -> None:
    found = blocks()
    assert names(found.region[:, 0]) == [
        ["funds", "funds"],
        ["capacity", "eligibility"],
        ["eligibility", "ramp"],
        ["eligibility", "eligibility"],
        ["quota", "demand"],
        ["bank", "developer"],
    ]
    # Held back: 8 by crews and 0; 0 and 3 by the ramp; 5 by the quota and 0; 7 by banks and 6 by developers.
    words = ["funds", "capacity", "ramp", "eligibility", "quota", "bank"]
    assert names(found.province[:, 0]) == words


def test_hectares_of_another_authority_are_named_where_nothing_else_is_left() -> None:
    found = blocks(rest=0.5)
    assert names(found.region[:, 0]) == [
        ["funds", "funds"],
        ["capacity", "eligibility"],
        ["authority", "ramp"],
        ["authority", "eligibility"],
        ["quota", "demand"],
        ["bank", "developer"],
    ]
    assert names(found.province[:, 0]) == ["funds", "capacity", "ramp", "authority", "quota", "bank"]


def test_nothing_binds_where_output_is_known() -> None:
    known = np.array([[[1.0, 1.0]], [[1.0, 0.0]], [[0.0, 0.0]], [[0.0, 1.0]], [[1.0, 1.0]], [[0.0, 1.0]]])
    found = blocks(rest=0.5, known=known)
    assert names(found.region[:, 0]) == [
        ["none", "none"],
        ["none", "eligibility"],
        ["authority", "ramp"],
        ["authority", "none"],
        ["none", "none"],
        ["bank", "none"],
    ]
    assert names(found.province[:, 0]) == ["none", "capacity", "ramp", "authority", "none", "bank"]


def test_finance_alone() -> None:
    axes = axes_of(finance_programmes=("f",))
    found = bound(([[[3.0, 2.0]]], [[[1.0, 9.0]]], [[[2.0, 9.0]]], [[[4.0, 9.0]]]), axes)
    assert names(found.region) == [[["developer", "quota"]]]
    assert names(found.province) == [["quota"]]  # 7 against 1


def test_stocks_are_kept_by_authority_and_with_the_gap_of_estates() -> None:
    axes = axes_of(authorities=("kabkota", "province"))
    slum = arr([[1, 2]], [[4, 8]], [[16, 32]], [[64, 128]], [[256, 512]], [[1024, 2048]])
    state = state_of(
        axes, slum_ha=slum, psu_estates=arr(9, 7), psu_handed_over_estates=arr(4, 1), decent_houses=arr(5, 6)
    )
    found = stock_records(state)
    assert found["slum_ha"].tolist() == [[[21, 42]], [[1344, 2688]]]
    assert found["psu_gap_estates"].tolist() == [[[5, 6]]]
    assert found["decent_houses"].tolist() == [[[5, 6]]]
    assert found["rtlh_houses"].shape == (1, 1, 2)


@pytest.mark.parametrize(
    ("lapsed", "expected"), [(arr([[1, 2]], [[4, 8]]), [[[5, 10]]]), (np.zeros((0, 1, 2)), [[[0, 0]]])]
)
def test_flows_are_kept_with_houses_that_lapsed_in_all_programmes(lapsed: Array, expected: Any) -> None:
    started = arr([[3, 4]], [[5, 6]])
    found = flow_records(flows_of(lapsed_houses=lapsed, started_houses=started, built_houses=arr(7, 8)))
    assert found["lapsed_houses"].tolist() == expected
    assert found["started_houses"].tolist() == started.tolist()
    assert found["built_houses"].tolist() == [[7, 8]]


@pytest.mark.parametrize(
    ("top_up", "expected"), [(arr([[1, 2]], [[4, 8]]), [[[5, 10]]]), (np.zeros((0, 1, 2)), [[[0, 0]]])]
)
def test_money_is_kept_by_pot_and_what_households_add_for_all(top_up: Array, expected: Any) -> None:
    budget, paid, nothing = arr([[9, 8]]), arr([[7, 6]]), np.zeros(0)
    money = Funding(nothing, nothing, nothing, budget, nothing, arr([5.0]))
    found = money_records(money, Spending(paid, top_up))
    assert found["household_top_up_idr"].tolist() == expected
    assert found["budget_idr"].tolist() == budget.tolist()
    assert found["spent_idr"].tolist() == paid.tolist()
    assert found["unallocated_idr"].tolist() == [[[5.0]]]
