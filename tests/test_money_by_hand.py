"""What money can start and where it was spent, worked by hand."""

import numpy as np
import pytest

from backlog_model.dynamics.funding import Funding, own_pots, reached, spent
from backlog_model.inputs import NO_LIMIT, Array, Axes
from one_year import arr, axes_of, near, rules_of, year_of

ONE = axes_of(house_programmes=("h1",), sources=("apbn", "apbd"), draws=2)
THREE = axes_of(house_programmes=("h1",), sources=("apbn", "apbd", "csr"))
BLOCKS = axes_of(
    house_programmes=("h1",),
    slum_programmes=("s1",),
    new_house_programmes=("n1",),
    estate_programmes=("e1", "e2"),
    finance_programmes=("f1",),
    sources=("apbn",),
)


def like(axes: Axes) -> Array:
    """An array of the shape of what is reached."""
    return np.zeros((len(axes.programmes), axes.draws, len(axes.regions)))


def unallocated(axes: Axes) -> Array:
    """Nothing left of any pot."""
    return np.zeros((len(axes.programmes) * len(axes.sources), axes.draws))


def test_money_of_two_sources_pays_for_houses_after_drop_out() -> None:
    shares = [arr([0.6, 0.4], [0.2, 0.8])]
    year = year_of(
        ONE,
        grant_idr=[19.0],
        overhead_share=[0.05],
        leakage_share=[0.2],
        drop_out_share=[0.1],
        budget_idr=np.array([[[[1000.0, 2000.0]]], [[[400.0, 0.0]]]]),
        provincial_budget_idr=[[0.0], [500.0]],
        absorption_share=[[0.9], [0.5]],
    )
    rest = arr([3.0, 4.0], [5.0, 6.0])
    found = reached(shares, rest, like(ONE), year, rules_of(ONE), ONE)
    assert found.allin_idr == near([[[25.0, 25.0]] * 2])  # 19 / (0.95 x 0.8)
    second = [[400 + 0.6 * 500, 0.4 * 500], [400 + 0.2 * 500, 0.8 * 500]]
    assert found.budget_idr == near([[[1000, 2000]] * 2, second])
    assert found.absorbed_idr == near([[[900, 1800]] * 2, [[350, 100], [250, 200]]])
    houses = [[0.9 * 1250 / 25, 0.9 * 1900 / 25], [0.9 * 1150 / 25, 0.9 * 2000 / 25]]
    assert found.reach == near([houses])
    assert found.share.tolist() == [shares[0].tolist()]
    assert found.unallocated_idr is rest


def test_units_are_houses_hectares_estates_and_households() -> None:
    shares = [arr([0.25, 0.75])] * 6
    year = year_of(
        BLOCKS,
        grant_idr=[10.0, 20.0, 50.0, 10.0, 10.0, 10.0],
        budget_idr=np.full((1, 6), 1000.0),
        houses_per_estate=[4.0, 5.0],
        quota_households=7.0,
        provincial_quota_households=30.0,
    )
    found = reached(shares, unallocated(BLOCKS), like(BLOCKS), year, rules_of(BLOCKS), BLOCKS)
    assert found.allin_idr[:, 0, 0].tolist() == [10.0, 20.0, 50.0, 40.0, 50.0, 10.0]
    assert found.reach[:5, 0].tolist() == [[100.0] * 2, [50.0] * 2, [20.0] * 2, [25.0] * 2, [20.0] * 2]
    assert found.reach[5, 0].tolist() == [7 + 30 * 0.25, 7 + 30 * 0.75]


def test_known_output_takes_the_place_of_money_where_it_is_known() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), finance_programmes=("f1",), sources=("apbn",))
    year = year_of(
        axes,
        grant_idr=[10.0] * 3,
        budget_idr=[[1000.0] * 3],
        known=np.array([[[1.0, 0.0]], [[0.0, 0.0]], [[1.0, 1.0]]]),
        realised=np.array([[[5.0, 8.0]], [[9.0, 9.0]], [[2.0, 3.0]]]),
        provincial_realised=[40.0, 50.0, 60.0],
        quota_households=100.0,
    )
    shares = [arr([0.25, 0.75]), arr([0.25, 0.75]), arr([0.1, 0.9])]
    found = reached(shares, unallocated(axes), like(axes), year, rules_of(axes), axes)
    assert found.reach[:, 0].tolist() == [[5 + 0.25 * 40, 100.0], [100.0, 100.0], [2 + 0.1 * 60, 3 + 0.9 * 60]]


@pytest.mark.parametrize(
    ("money", "houses"),
    [
        ((1000.0, 300.0, 5.0), 120.0),  # 1000 / (0.5 x 10) = 200, 300 / (0.25 x 10) = 120
        ((500.0, 300.0, 5.0), 100.0),  # 500 / 5
        ((1000.0, 0.0, 5.0), 0.0),  # without its part nothing starts
        ((1000.0, 300.0, 0.0), 120.0),  # who owes nothing limits nothing
    ],
)
def test_the_scarcest_source_holds_a_shared_programme(money: tuple[float, ...], houses: float) -> None:
    year = year_of(
        THREE, grant_idr=[10.0], budget_idr=[[each] for each in money], cofunding_share=[[0.5], [0.25], [0.0]]
    )
    rules = rules_of(THREE, cofunded=[1.0])
    found = reached([arr([0.5, 0.5])], unallocated(THREE), like(THREE), year, rules, THREE)
    assert found.reach.tolist() == [[[houses, houses]]]


def test_a_shared_programme_without_pots_is_without_limit() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), sources=("apbn",))
    rules = rules_of(axes, cofunded=[1.0, 0.0], funded=[[0.0, 0.0]])
    found = reached([arr([0.5, 0.5])] * 2, np.zeros((0, 1)), like(axes), year_of(axes), rules, axes)
    assert found.reach.tolist() == [[[NO_LIMIT, NO_LIMIT]], [[0.0, 0.0]]]
    assert found.budget_idr.shape == (0, 1, 2)


def test_whole_houses_go_by_official_code_and_then_some_drop_out() -> None:
    axes = axes_of(regions=("63.72", "63.01", "63.03"), house_programmes=("h1", "h2"), sources=("apbn",))
    year = year_of(axes, grant_idr=[10.0, 10.0], budget_idr=[[17.0, 17.0]], drop_out_share=[0.5, 0.5])
    rules = rules_of(axes, whole_houses=[1.0, 0.0])
    found = reached([arr([0.0, 0.0, 0.0])] * 2, unallocated(axes), like(axes), year, rules, axes)
    # 5.1 houses: one each, and two more to 63.01 and 63.03; half drop out.
    assert found.reach.tolist() == [[[0.5, 1.0, 1.0]], [[0.85, 0.85, 0.85]]]


def test_pots_of_a_programme() -> None:
    pots = [(0, 0), (0, 2), (1, 1), (3, 0)]
    assert own_pots(pots, 0) == [(0, (0, 0)), (1, (0, 2))]
    assert own_pots(pots, 2) == []
    assert own_pots(pots, 3) == [(3, (3, 0))]


def money_of(axes: Axes, pots: int, **changed: Array) -> Funding:
    """Funding with what a case states, one draw, two regions."""
    programmes = len(axes.programmes)
    usual = Funding(
        reach=np.full((programmes, 1, 2), 1e3),
        share=np.full((programmes, 1, 2), 0.5),
        allin_idr=np.full((programmes, 1, 2), 10.0),
        budget_idr=np.full((pots, 1, 2), 1e6),
        absorbed_idr=np.full((pots, 1, 2), 1e5),
        unallocated_idr=np.zeros((pots, 1)),
    )
    return usual._replace(**changed)


def test_households_add_what_a_house_costs_beyond_the_grant() -> None:
    started = arr(*([[each, 2 * each]] for each in (1.0, 3.0, 5.0, 7.0, 11.0, 13.0)))
    year = year_of(
        BLOCKS,
        unit_cost_idr=[25.0, 20.0, 30.0, 9.0, 10.0, 50.0],
        grant_idr=[20.0, 20.0, 32.0, 6.0, 8.0, 10.0],
        houses_per_estate=[4.0, 5.0],
    )
    found = spent(money_of(BLOCKS, 6), started, year, rules_of(BLOCKS), BLOCKS)
    each = [1 * 5.0, 0.0, 0.0, 7 * 3.0 * 4, 11 * 2.0 * 5, 13 * 40.0]
    assert found.household_top_up_idr[:, 0].tolist() == [[added, 2 * added] for added in each]
    assert found.spent_idr[:, 0, 0].tolist() == [10.0, 30.0, 50.0, 70.0, 110.0, 130.0]


def test_spending_is_booked_to_sources_by_what_each_could_pay() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), sources=("apbn", "apbd", "csr"))
    rules = rules_of(axes, funded=[[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    money = money_of(
        axes,
        3,
        absorbed_idr=arr([[300.0, 0.0]], [[100.0, 0.0]], [[50.0, 0.0]]),
        allin_idr=arr([[10.0, 20.0]], [[30.0, 40.0]]),
    )
    found = spent(money, arr([[4.0, 6.0]], [[2.0, 3.0]]), year_of(axes), rules, axes)
    # 40 as 3 : 1; 120 in equal parts where no source had money; one source pays all.
    assert found.spent_idr.tolist() == [[[30.0, 60.0]], [[10.0, 60.0]], [[60.0, 120.0]]]


def test_spending_of_a_shared_programme_is_booked_by_its_shares() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), sources=("apbn", "apbd"))
    rules = rules_of(axes, cofunded=[1.0, 0.0])
    year = year_of(axes, cofunding_share=[[0.75, 0.5], [0.25, 0.5]])
    money = money_of(axes, 4, absorbed_idr=arr([[8.0, 8.0]], [[8.0, 8.0]], [[2.0, 6.0]], [[8.0, 2.0]]))
    found = spent(money, arr([[4.0, 8.0]], [[1.0, 2.0]]), year, rules, axes)
    assert found.spent_idr.tolist() == [[[30.0, 60.0]], [[10.0, 20.0]], [[2.0, 15.0]], [[8.0, 5.0]]]


def test_spending_of_a_known_year_is_the_known_output_or_what_is_stated() -> None:
    axes = axes_of(house_programmes=("h1", "h2", "h3"), sources=("apbn",))
    year = year_of(
        axes,
        known=np.array([[[1.0, 0.0]], [[1.0, 1.0]], [[0.0, 0.0]]]),
        spending_known=np.array([[[0.0, 1.0]], [[1.0, 0.0]], [[1.0, 1.0]]]),
        realised_spent_idr=np.array([[[7.0, 7.0]], [[11.0, 13.0]], [[17.0, 17.0]]]),
        provincial_spent_idr=[80.0, 40.0, 20.0],
    )
    money = money_of(
        axes,
        3,
        reach=arr([[5.0, 6.0]], [[7.0, 8.0]], [[9.0, 9.0]]),
        share=arr([[0.5, 0.5]], [[0.25, 0.75]], [[0.5, 0.5]]),
    )
    found = spent(money, arr([[4.0, 3.0]], [[2.0, 2.0]], [[1.0, 2.0]]), year, rules_of(axes), axes)
    # First: 5 known houses at 10; 3 started at 10. Second: 11 + a quarter of 40; 8 known houses at 10. Third: started.
    assert found.spent_idr.tolist() == [[[50.0, 30.0]], [[21.0, 80.0]], [[10.0, 20.0]]]


def test_programmes_without_pots_spend_nothing() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), sources=("apbn",))
    rules = rules_of(axes, funded=[[0.0, 1.0]])
    found = spent(money_of(axes, 1), arr([[4.0, 3.0]], [[2.0, 1.0]]), year_of(axes), rules, axes)
    assert found.spent_idr.tolist() == [[[20.0, 10.0]]]
    assert found.household_top_up_idr.tolist() == [[[0.0, 0.0]], [[0.0, 0.0]]]
