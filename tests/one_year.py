"""Arrays of one year for cases worked by hand: nothing happens and nothing limits, except what a case states."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from backlog_model.dynamics.year import State
from backlog_model.inputs import (
    NO_LIMIT,
    OPENING_SHAPES,
    YEAR_SHAPES,
    Array,
    Axes,
    Coverage,
    Inputs,
    Opening,
    Rules,
    YearInputs,
    axis_lengths,
)

ONES = (
    *("revision_ratio", "habitable_share", "mbr_share", "take_up_rate", "first_time_share", "new_house_share"),
    *("absorption_share", "unit_cost_idr", "grant_idr", "share_weight", "cap_share", "eligible_share"),
    *("capacity_share", "finished_same_year_share", "effectiveness_share", "official_tally_share"),
    *("houses_per_crew_year", "houses_per_estate"),
)
NO_LIMITS = ("ramp_start", "crews", "slum_capacity_ha", "developer_capacity_households", "bank_capacity_households")
NEUTRAL = {**dict.fromkeys(ONES, 1.0), **dict.fromkeys(NO_LIMITS, NO_LIMIT)}


def arr(*rows: Any) -> Array:
    """Numbers as an array, its first axis as written."""
    return np.array(rows, dtype=np.float64)


def near(expected: object) -> object:
    """Equal but for the last bits of sums and products of decimal fractions."""
    return pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


def axes_of(**changed: Any) -> Axes:
    """Two regions, one class of RTLH, slums of one authority, no programmes."""
    usual: dict[str, Any] = {"years": (2026,), "province": "63", "regions": ("63.01", "63.02")}
    return Axes(**{**usual, "severities": ("all",), "authorities": ("province",), **changed})


def year_of(axes: Axes, **changed: Any) -> YearInputs:
    """Assumptions of one year: plain numbers along each axis of class or programme."""
    lengths = axis_lengths(axes)
    shapes = {name: tuple(lengths[axis] for axis in YEAR_SHAPES.get(name, ())) for name in YearInputs._fields}
    usual = {**NEUTRAL, **dict.fromkeys(("severity_share", "relapse_severity_share"), 1.0 / lengths["severity"])}
    neutral: dict[str, Any] = {name: np.full(shape, usual.get(name, 0.0))[()] for name, shape in shapes.items()}
    return YearInputs(**neutral)._replace(**{name: np.array(value)[()] for name, value in changed.items()})


def rules_of(axes: Axes, **changed: Any) -> Rules:
    """Choices: every class treated in the mix there is, one class climbed, all pots named, fixed weights."""
    length = axis_lengths(axes)
    programmes = length["programme"]
    treats = np.ones((length["house_programme"], length["severity"]))
    slum_treats = np.ones((length["slum_programme"], 3))
    usual = Rules(
        treats=treats,
        mix_given=np.zeros(len(treats)),
        slum_treats=slum_treats,
        slum_mix_given=np.zeros(len(slum_treats)),
        slum_authority=np.zeros(len(slum_treats), dtype=np.int64),
        slum_lift=np.ones(len(slum_treats), dtype=np.int64),
        credit_kept=np.zeros((3, 4)),
        share_by_need=np.zeros(programmes),
        cofunded=np.zeros(programmes),
        whole_houses=np.zeros(programmes),
        funded=np.ones((length["source"], programmes)),
        revises=np.zeros(2),
    )
    return usual._replace(**{name: np.array(value) for name, value in changed.items()})


def opening_of(axes: Axes, **changed: Any) -> Opening:
    """Opening stocks, 0 where a case states none; a number holds for every part, draw and region."""
    return Opening(**_stocks(Opening._fields, axes, changed))


def state_of(axes: Axes, **changed: Any) -> State:
    """Stocks and works under way, 0 where a case states none."""
    return State(**_stocks(State._fields, axes, changed))


def _stocks(names: tuple[str, ...], axes: Axes, stated: Mapping[str, Any]) -> dict[str, Any]:
    lengths, shapes = axis_lengths(axes), {**OPENING_SHAPES, "slum_credit_ha": OPENING_SHAPES["slum_ha"]}
    assert set(stated) <= set(names)
    found = {}
    for name in names:
        shape = (*(lengths[axis] for axis in shapes.get(name, ())), axes.draws, len(axes.regions))
        found[name] = np.zeros(shape) + np.array(stated.get(name, 0.0))
    return found


def inputs_of(
    axes: Axes, opening: Opening, yearly: Mapping[str, Any] | None = None, rules: Rules | None = None
) -> Inputs:
    """All years alike, except where a case states an array, whose first axis is then the year."""
    alike = {name: np.asarray(value)[None, ..., None, None] for name, value in year_of(axes)._asdict().items()}
    stated = {name: np.array(value, dtype=np.float64) for name, value in (yearly or {}).items()}
    covered: npt.NDArray[np.bool_] = np.ones((len(axes.authorities), len(axes.regions)), dtype=bool)
    coverage = Coverage(slum=covered, psu=covered[0])
    return Inputs(axes, opening, YearInputs(**{**alike, **stated}), rules or rules_of(axes), coverage)
