"""The same inputs told differently: scaled, reordered, split, one draw, other units of money."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from backlog_model.inputs import Array, Coverage, Inputs

HOUSES_AND_HECTARES = (
    "revision_class_houses",
    "revision_houses",
    "disaster_damaged_houses",
    "disaster_destroyed_houses",
    "households",
    "self_built_houses",
    "quota_households",
    "developer_capacity_households",
    "bank_capacity_households",
    "budget_idr",
    "ramp_start",
    "realised",
    "realised_spent_idr",
    "crews",
    "slum_revision_ha",
    "slum_base_ha",
    "slum_capacity_ha",
    "new_estates",
)
"""What belongs to a region and grows with it; rates, shares, costs and provincial totals do not."""
PROVINCIAL = ("provincial_budget_idr", "provincial_realised", "provincial_quota_households")
MONEY = ("budget_idr", "provincial_budget_idr", "unit_cost_idr", "grant_idr", "realised_spent_idr")


def changed(inputs: Inputs, **fields: Array) -> Inputs:
    """The same inputs but for some fields of `YearInputs`."""
    return replace(inputs, yearly=inputs.yearly._replace(**fields))


def multiplied(inputs: Inputs, factor: float, names: tuple[str, ...]) -> Inputs:
    """Some yearly fields times a factor."""
    return changed(inputs, **{name: getattr(inputs.yearly, name) * factor for name in names})


def scaled(inputs: Inputs, factor: float) -> Inputs:
    """A country `factor` times as large."""
    opening = inputs.opening._make(array * factor for array in inputs.opening)
    return replace(multiplied(inputs, factor, HOUSES_AND_HECTARES + PROVINCIAL), opening=opening)


def one_draw(inputs: Inputs, draw: int) -> Inputs:
    """One draw alone."""

    def only(record: Any) -> Any:
        return record._make(array[..., [min(draw, array.shape[-2] - 1)], :] for array in record)

    axes = replace(inputs.axes, draws=1)
    return replace(inputs, axes=axes, opening=only(inputs.opening), yearly=only(inputs.yearly))


def reordered(inputs: Inputs, order: list[int]) -> Inputs:
    """Regions in another order."""
    labels = tuple(inputs.axes.regions[r] for r in order)
    return _regions(inputs, labels, lambda array: array[..., order] if array.shape[-1] > 1 else array)


def first_region_halved(inputs: Inputs) -> Inputs:
    """The first region as two equal halves, side by side, with half of its stocks, budgets, capacities and weight."""
    number = len(inputs.axes.regions)
    order = [0, 0, *range(1, number)]
    wide = changed(inputs, **{name: _wide(getattr(inputs.yearly, name), number) for name in HOUSES_AND_HECTARES})
    weight = _wide(inputs.yearly.share_weight, number)
    twice = _regions(wide, ("63.00", *inputs.axes.regions), lambda a: a[..., order] if a.shape[-1] == number else a)
    half = np.array([0.5, 0.5, *[1.0] * (number - 1)])
    by_need = inputs.rules.share_by_need[:, None, None] > 0
    yearly = twice.yearly._replace(
        **{name: getattr(twice.yearly, name) * half for name in HOUSES_AND_HECTARES},
        share_weight=weight[..., order] * np.where(by_need, 1.0, half),
    )
    return replace(twice, yearly=yearly, opening=twice.opening._make(array * half for array in twice.opening))


def halves_added(array: Array) -> Array:
    """Results of the two halves as one region again."""
    return np.concatenate([array[..., :1] + array[..., 1:2], array[..., 2:]], axis=-1)


def _wide(array: Array, regions: int) -> Array:
    return np.broadcast_to(array, (*array.shape[:-1], regions))


def _regions(inputs: Inputs, labels: tuple[str, ...], pick: Callable[[Array], Array]) -> Inputs:
    covered = Coverage(slum=np.ones((3, len(labels)), dtype=bool), psu=np.ones(len(labels), dtype=bool))
    return replace(
        inputs,
        axes=replace(inputs.axes, regions=labels),
        opening=inputs.opening._make(pick(array) for array in inputs.opening),
        yearly=inputs.yearly._make(pick(array) for array in inputs.yearly),
        coverage=covered,
    )
