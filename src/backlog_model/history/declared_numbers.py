"""Declared numbers of one region and all years: certain, or one distribution."""

import numpy as np

from backlog_model.history.declaration import problem
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.paths import Everywhere, Points, Regional, Value
from backlog_model.translation import Text

_POINTS = (0.05, 0.5, 0.95)


def number_of(value: Value | None, region: str, place: str) -> Distribution | float:
    """The number of a region; 1 where none is declared.

    Raises
    ------
    DataError : numbers by year, changes, a split, nothing for the region, or a certain 0
    """
    if value is None:
        return 1.0
    changed = (value.spread, value.instead, value.multiply, value.recover)
    part = _part(value, region)
    if part is None or isinstance(part, Points) or any(each is not None for each in changed):
        raise problem(
            place,
            Text("expected one number or one distribution for region {region}, for all years alike", region=region),
        )
    if isinstance(part, float) and part <= 0:
        raise problem(place, Text("{part:g}; expected more than 0", part=part))
    return part


def range_of(value: Value | None, region: str, place: str) -> tuple[float, float, float]:
    """Its 5, 50 and 95 % points; 1 where none is declared."""
    part = number_of(value, region, place)
    if isinstance(part, float):
        return part, part, part
    low, middle, high = part.quantile(np.array(_POINTS)).tolist()
    return low, middle, high


def _part(value: Value, region: str) -> Distribution | Points | float | None:
    form = value.form
    if isinstance(form, Everywhere):
        return form.part
    if isinstance(form, Regional) and region in form.codes:
        return form.columns[form.codes.index(region)]
    return None
