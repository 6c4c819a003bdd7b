"""What must not matter does not change a bit: other draws, blocks, repetition, assumptions of other parts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.dynamics.simulation import simulate
from backlog_model.inputs import Axes, Inputs
from backlog_model.neutral import credit_kept
from results import Parts, parts
from strategies import ALL, FEATURES, Numbers, build, inputs
from variations import changed, one_draw

SLUM_NAMES = ("_ha", "slum")


def _assert_same(actual: Parts, expected: Parts, *, apart_from: tuple[str, ...] = ()) -> None:
    for part, names in expected.items():
        for name, array in names.items():
            if not any(word in name for word in apart_from):
                np.testing.assert_array_equal(actual[part][name], array, err_msg=f"{part}.{name}")


@given(inputs())
def test_same_inputs_give_the_same_bits(case: Inputs) -> None:
    _assert_same(parts(case), parts(case))


@given(inputs(), st.integers(0, 2))
def test_a_draw_alone_gives_what_it_gives_among_others(case: Inputs, draw: int) -> None:
    draw = min(draw, case.axes.draws - 1)
    among = {
        part: {n: a[..., [draw]] if n == "unallocated_idr" else a[..., [draw], :] for n, a in names.items()}
        for part, names in parts(case).items()
    }
    _assert_same(parts(one_draw(case, draw)), among)


@given(inputs(), st.integers(1, 3))
def test_block_size_changes_nothing(case: Inputs, block: int) -> None:
    whole, blocks = simulate(case), simulate(case, block=block)
    np.testing.assert_array_equal(blocks.binding, whole.binding)
    for name, array in whole.values.items():
        np.testing.assert_array_equal(blocks.values[name], array, err_msg=name)


@pytest.mark.parametrize("block", [1, 7, 40])
def test_block_size_changes_nothing_for_many_draws_and_regions(block: int) -> None:
    axes = Axes(
        years=(2025, 2026, 2027),
        province="63",
        regions=tuple(f"63.{r:02d}" for r in range(1, 14)),
        house_programmes=("first", "second"),
        slum_programmes=("works",),
        sources=("one", "two"),
        draws=40,
    )
    case = build(axes, ALL, 1)
    whole, blocks = simulate(case), simulate(case, block=block)
    for name, array in whole.values.items():
        np.testing.assert_array_equal(blocks.values[name], array, err_msg=name)


@given(inputs())
def test_slum_assumptions_move_only_hectares(case: Inputs) -> None:
    other = changed(case, **FEATURES["slums"](Numbers(case.axes, 7)))
    other = replace(other, rules=other.rules._replace(credit_kept=credit_kept("touched")))
    before, after = _houses_only(case), _houses_only(other)
    _assert_same(after, before, apart_from=SLUM_NAMES)


def _houses_only(case: Inputs) -> Parts:
    """Results of a case without the programmes that slum assumptions reach."""
    first, last = len(case.axes.house_programmes), len(case.axes.house_programmes) + len(case.axes.slum_programmes)
    found = parts(case)
    by_programme = ("binding", "capacity_limit", "eligibility_limit", "ramp_limit", "started")
    flows = {n: np.delete(a, slice(first, last), 1) if n in by_programme else a for n, a in found["flows"].items()}
    states = {
        n: np.delete(a, slice(first, last), 1) if n == "previous_start" else a for n, a in found["states"].items()
    }
    return {"states": states, "flows": flows}


@given(inputs())
def test_the_counting_rule_changes_only_what_is_counted(case: Inputs) -> None:
    found = [parts(replace(case, rules=case.rules._replace(credit_kept=credit_kept(r)))) for r in ("exit", "step")]
    del found[0]["flows"]["slum_handled_ha"], found[0]["states"]["slum_credit_ha"]
    _assert_same(found[1], found[0])


@given(inputs(), st.floats(0.0, 1.0))
def test_the_official_tally_moves_no_house(case: Inputs, share: float) -> None:
    other = changed(case, official_tally_share=np.full_like(case.yearly.official_tally_share, share))
    _assert_same(parts(other), parts(case))


@given(inputs(), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_vacancy_and_habitability_move_only_the_occupancy_backlog(
    case: Inputs, vacant: float, habitable: float
) -> None:
    other = changed(
        case,
        vacancy_share=np.full_like(case.yearly.vacancy_share, vacant),
        habitable_share=np.full_like(case.yearly.habitable_share, habitable),
    )
    _assert_same(parts(other), parts(case), apart_from=("occupancy_backlog_households",))


@given(inputs())
def test_housing_estates_move_nothing_else(case: Inputs) -> None:
    without = replace(case, opening=case.opening._replace(psu_estates=case.opening.psu_estates + 100.0))
    before, after = parts(case), parts(without)
    for part in ("states", "flows"):
        for name in before[part]:
            if name.endswith(("_houses", "_households", "_ha")):
                np.testing.assert_array_equal(after[part][name], before[part][name], err_msg=f"{part}.{name}")
