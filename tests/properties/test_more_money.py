"""More money never raises the provincial backlog, where the conditions that make it true hold."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.inputs import Inputs
from results import parts
from strategies import axes_of, inputs
from variations import changed

# One programme on all classes, a fixed split, no ramp, no disaster, no re-registration of stated classes. In later
# years also no relapse, and all works finished in the year of their start: a repaired house can relapse where a
# waiting one would have been torn down.
ONE_PROGRAMME = axes_of(house=(1, 1), others=False)
WITHOUT = ("ramp", "disaster", "known", "need", "whole houses", "part of the classes")


def _uniform(case: Inputs) -> Inputs:
    """Effectiveness, self-improvement and loss equal over classes; no re-registration of stated classes."""
    year = case.yearly
    return changed(
        case,
        effectiveness_share=year.effectiveness_share * 0.0 + year.effectiveness_share[:, :, :1],
        self_improvement_rate=year.self_improvement_rate * 0.0 + year.self_improvement_rate[:, :1],
        rtlh_loss_rate=year.rtlh_loss_rate * 0.0 + year.rtlh_loss_rate[:, :1],
        revision_class_houses=year.revision_class_houses * 0.0,
    )


def _with_more(case: Inputs, regional: float, provincial: float) -> Inputs:
    year = case.yearly
    named = case.rules.funded[None, :, :, None, None]
    return changed(
        case,
        budget_idr=year.budget_idr + regional * named,
        provincial_budget_idr=year.provincial_budget_idr * (1.0 + provincial) + regional * named,
    )


def _backlog(case: Inputs) -> np.ndarray:
    return parts(case)["states"]["rtlh_houses"].sum((1, -1))


MORE = st.tuples(st.sampled_from([0.0, 1e8, 1e10, 1e15]), st.sampled_from([0.0, 0.3, 10.0]))


@given(inputs(ONE_PROGRAMME, WITHOUT), MORE)
def test_more_money_never_raises_the_backlog_of_the_first_year(case: Inputs, more: tuple[float, float]) -> None:
    first = case.yearly._make(array[:1] for array in case.yearly)
    one_year = _uniform(replace(case, axes=replace(case.axes, years=case.axes.years[:1]), yearly=first))
    before, after = _backlog(one_year), _backlog(_with_more(one_year, *more))
    assert (after <= before * (1 + 1e-12) + 1e-9).all()


@given(inputs(ONE_PROGRAMME, (*WITHOUT, "lag")), MORE)
def test_more_money_never_raises_the_backlog_of_later_years(case: Inputs, more: tuple[float, float]) -> None:
    no_relapse = changed(_uniform(case), relapse_rate=case.yearly.relapse_rate * 0.0)
    before, after = _backlog(no_relapse), _backlog(_with_more(no_relapse, *more))
    assert (after <= before * (1 + 1e-12) + 1e-9).all()
