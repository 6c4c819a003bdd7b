"""Cases whose whole path is known from a formula."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from one_region import by_year, of_programme, one_region
from results import parts

YEARS = np.arange(11)
RATES = st.floats(0.0, 0.2)


def test_constant_inflow_adds_the_same_number_every_year() -> None:
    case = one_region(10, opening={"rtlh_houses": 1000.0}, self_built_houses=50.0, substandard_share=0.2)
    np.testing.assert_allclose(parts(case)["states"]["rtlh_houses"].ravel(), 1000.0 + 10.0 * YEARS, rtol=1e-12)


def test_self_improvement_and_loss_alone_decay_geometrically() -> None:
    case = one_region(10, opening={"rtlh_houses": 1000.0}, self_improvement_rate=0.1, rtlh_loss_rate=0.05)
    found = parts(case)["states"]
    np.testing.assert_allclose(found["rtlh_houses"].ravel(), 1000.0 * 0.85**YEARS, rtol=1e-12)
    np.testing.assert_allclose(found["decent_houses"].ravel(), 1000.0 * (1 - 0.85**YEARS) * 2 / 3, rtol=1e-12)


def test_constant_inflow_and_decay_approach_their_balance() -> None:
    case = one_region(
        10, opening={"rtlh_houses": 1000.0}, self_built_houses=600.0, substandard_share=0.1, rtlh_loss_rate=0.15
    )
    expected = 400.0 + 600.0 * 0.85**YEARS
    np.testing.assert_allclose(parts(case)["states"]["rtlh_houses"].ravel(), expected, rtol=1e-12)


def test_worsening_moves_houses_up_the_classes_like_a_binomial() -> None:
    case = one_region(
        10,
        classes=3,
        opening={"rtlh_houses": [[1000.0], [0.0], [0.0]]},
        worsening_rate=[[0.1], [0.1], [0.0]],
    )
    found = parts(case)["states"]["rtlh_houses"][:, :, 0, 0]
    light, medium = 1000.0 * 0.9**YEARS, 1000.0 * YEARS * 0.1 * 0.9 ** (YEARS - 1)
    np.testing.assert_allclose(found, np.stack([light, medium, 1000.0 - light - medium], axis=1), atol=1e-9)


@given(st.tuples(*[RATES] * 5), st.tuples(*[RATES] * 3), st.floats(0.0, 0.3), st.floats(0.0, 1.0))
def test_without_funding_stocks_follow_the_markov_chain(
    rates: tuple[float, ...], losses: tuple[float, ...], substandard: float, light: float
) -> None:
    deteriorate, relapse, improve, worsen_light, worsen_medium = rates
    lost_decent, lost_treated, lost = losses
    split, built = np.array([light, 0.6 * (1 - light), 0.4 * (1 - light)]), 700.0
    case = one_region(
        4,
        classes=3,
        opening={"decent_houses": 9e4, "treated_houses": 2e3, "rtlh_houses": [[9e3], [6e3], [3e3]]},
        deterioration_rate=deteriorate,
        relapse_rate=relapse,
        self_improvement_rate=improve,
        worsening_rate=[[worsen_light], [worsen_medium], [0.0]],
        decent_loss_rate=lost_decent,
        treated_loss_rate=lost_treated,
        rtlh_loss_rate=lost,
        severity_share=split[:, None],
        relapse_severity_share=split[:, None],
        self_built_houses=built,
        substandard_share=substandard * split[:, None],
    )
    chain = np.zeros((5, 5))  # from row to column: decent, treated, light, medium, heavy
    chain[0], chain[1] = [0, 0, *deteriorate * split], [0, 0, *relapse * split]
    chain[2:, 0] = improve
    chain[2, 3], chain[3, 4] = worsen_light, worsen_medium
    chain += np.diag(1 - chain.sum(1) - np.array([lost_decent, lost_treated, lost, lost, lost]))
    stocks, arriving = np.array([9e4, 2e3, 9e3, 6e3, 3e3]), built * np.array([1 - substandard, 0, *substandard * split])
    found = parts(case)["states"]
    for year in range(1, 5):
        stocks = stocks @ chain + arriving
        actual = [found["decent_houses"][year], found["treated_houses"][year], *found["rtlh_houses"][year]]
        np.testing.assert_allclose(np.ravel(actual), stocks, rtol=1e-11)


def test_an_impulse_of_money_ends_in_the_year_and_the_next() -> None:
    case = one_region(
        4,
        money=True,
        opening={"rtlh_houses": 1000.0},
        budget_idr=of_programme(0.0, 100.0, 0.0, 0.0),
        finished_same_year_share=0.7,
        finished_next_year_share=0.2,
        effectiveness_share=0.9,
    )
    found = parts(case)
    flows = {
        name: found["flows"][name].ravel() for name in ("started_houses", "reported_handled_houses", "lapsed_houses")
    }
    np.testing.assert_allclose(flows["started_houses"], [0, 100, 0, 0])
    np.testing.assert_allclose(flows["reported_handled_houses"], [0, 70, 20, 0], rtol=1e-12)
    np.testing.assert_allclose(flows["lapsed_houses"], [0, 10, 0, 0], rtol=1e-12)
    np.testing.assert_allclose(found["states"]["rtlh_houses"].ravel(), [1000, 1000, 937, 919, 919], rtol=1e-12)
    np.testing.assert_allclose(found["money"]["spent_idr"].ravel(), [0, 100, 0, 0])


def test_unfinished_houses_of_last_year_come_before_new_starts() -> None:
    case = one_region(
        2,
        money=True,
        opening={"rtlh_houses": 100.0},
        budget_idr=of_programme(60.0, 60.0),
        finished_same_year_share=0.5,
        finished_next_year_share=0.5,
    )
    flows = parts(case)["flows"]
    np.testing.assert_allclose(flows["started_houses"].ravel(), [60.0, 40.0])  # 70 wait, 30 of them under way
    np.testing.assert_allclose(flows["reported_handled_houses"].ravel(), [30.0, 50.0])


def test_a_ramp_grows_from_last_years_start_and_restarts_at_its_first_step() -> None:
    case = one_region(
        6,
        money=True,
        opening={"rtlh_houses": 1e6},
        budget_idr=of_programme(1e6, 1e6, 1e6, 0.0, 1e6, 1e6),
        ramp_start=100.0,
        ramp_rate=0.5,
    )
    np.testing.assert_allclose(parts(case)["flows"]["started"].ravel(), [100, 150, 225, 0, 100, 150])


@pytest.mark.parametrize("finance", [0.0, 30.0])
def test_ownership_backlog_is_a_waiting_list(finance: float) -> None:
    """What waits = what waited + joined - left; here 35 join each year and self-acquisition takes a tenth."""
    case = one_region(
        10,
        opening={"households": 1000.0, "ownership_backlog_households": 200.0},
        households=by_year(*(1000.0 + 100.0 * YEARS[1:])),
        new_non_owner_share=0.35,
        self_acquired_rate=0.1,
        self_built_houses=finance,  # building without a programme takes nobody from the list
    )
    waiting = parts(case)["states"]["ownership_backlog_households"].ravel()
    np.testing.assert_allclose(waiting, 350.0 - 150.0 * 0.9**YEARS, rtol=1e-12)


def test_first_come_the_money_then_the_houses_run_out() -> None:
    case = one_region(4, money=True, opening={"rtlh_houses": 250.0}, budget_idr=100.0)
    found = parts(case)
    np.testing.assert_allclose(found["states"]["rtlh_houses"].ravel(), [250, 150, 50, 0, 0], atol=1e-12)
    np.testing.assert_allclose(found["money"]["unspent_idr"].ravel(), [0, 0, 50, 100])
    assert found["flows"]["binding"].ravel().tolist() == ["funds", "funds", "eligibility", "eligibility"]


def test_a_disaster_larger_than_the_stock_takes_all_of_it_and_says_so() -> None:
    case = one_region(
        1,
        opening={"decent_houses": 60.0, "treated_houses": 20.0, "rtlh_houses": 10.0},
        disaster_damaged_houses=120.0,
        disaster_destroyed_houses=40.0,
    )
    found = parts(case)
    assert found["states"]["rtlh_houses"][1].item() == pytest.approx(70.0)
    assert found["states"]["decent_houses"][1].item() == found["states"]["treated_houses"][1].item() == 0.0
    assert found["flows"]["lost_houses"].item() == pytest.approx(20.0)
    assert found["flows"]["not_struck_houses"].item() == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("wanted", "reclassified", "rtlh", "decent", "clipped"),
    [
        (50.0, 1.0, 150.0, 250.0, 0.0),
        (50.0, 0.0, 150.0, 300.0, 0.0),
        (-150.0, 1.0, 0.0, 400.0, -50.0),
        (400.0, 1.0, 400.0, 0.0, 100.0),
    ],
)
def test_a_revision_moves_what_is_there(
    wanted: float, reclassified: float, rtlh: float, decent: float, clipped: float
) -> None:
    case = one_region(
        1,
        opening={"rtlh_houses": 100.0, "decent_houses": 300.0},
        revision_houses=wanted,
        revision_reclassified_share=reclassified,
    )
    found = parts(case)
    assert found["states"]["rtlh_houses"][1].item() == pytest.approx(rtlh)
    assert found["states"]["decent_houses"][1].item() == pytest.approx(decent)
    assert found["flows"]["clipped_revision_houses"].item() == pytest.approx(clipped)
