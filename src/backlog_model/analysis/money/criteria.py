"""What is made as small, or as early, as can be: each criterion as a number and as a linear programme."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from backlog_model.inputs import Array

Criterion = Literal["least_money", "least_peak", "smoothest", "earliest"]
CRITERIA: tuple[Criterion, ...] = ("least_money", "least_peak", "smoothest", "earliest")

_SECOND = 0.02  # weight of the mean further money where the peak or the change is the first criterion
_EARLIER = 2.0  # how many times dearer a year later's rupiah counts where the earliest money is wanted


class Terms(NamedTuple):
    """What a budget is judged beside.

    Attributes
    ----------
    present : (year,) written already
    before : budget that the first year is compared with
    peak_weight : of the largest budget where the least money is wanted
    """

    present: Array
    before: float
    peak_weight: float


class Programme(NamedTuple):
    """A criterion as a linear programme in the further money of every year, and some variables of its own."""

    cost: Array
    above: Array
    limits: Array


def programme(criterion: Criterion, terms: Terms) -> Programme:
    """Linear programme of a criterion, to be made as small as can be."""
    return _PROGRAMMES[criterion](terms)


def worth(criterion: Criterion, extra: Array, terms: Terms) -> float:
    """How bad further money (year,) is by a criterion."""
    return _WORTH[criterion](extra, terms)


def _least_money(terms: Terms) -> Programme:
    return _least_peak(terms)._replace(cost=np.append(np.ones(len(terms.present)), terms.peak_weight))


def _earliest(terms: Terms) -> Programme:
    years = len(terms.present)
    return Programme(np.power(_EARLIER, np.arange(years, dtype=np.float64)), np.zeros((0, years)), np.zeros(0))


def _least_peak(terms: Terms) -> Programme:
    years = len(terms.present)
    above = np.hstack([np.eye(years), -np.ones((years, 1))])
    return Programme(np.append(np.full(years, _SECOND / years), 1.0), above, -terms.present)


def _smoothest(terms: Terms) -> Programme:
    years = len(terms.present)
    change = np.eye(years) - np.eye(years, k=-1)
    written = np.diff(terms.present, prepend=terms.before)
    above = np.vstack([np.hstack([sign * change, -np.ones((years, 1))]) for sign in (1.0, -1.0)])
    return Programme(np.append(np.full(years, _SECOND / years), 1.0), above, np.concatenate([-written, written]))


_PROGRAMMES: dict[Criterion, Callable[[Terms], Programme]] = {
    "least_money": _least_money,
    "least_peak": _least_peak,
    "smoothest": _smoothest,
    "earliest": _earliest,
}


def _peak(extra: Array, terms: Terms) -> float:
    return float((terms.present + extra).max())


def _change(extra: Array, terms: Terms) -> float:
    return float(np.abs(np.diff(terms.present + extra, prepend=terms.before)).max())


_WORTH: dict[Criterion, Callable[[Array, Terms], float]] = {
    "least_money": lambda extra, terms: float(extra.sum()) + terms.peak_weight * _peak(extra, terms),
    "least_peak": lambda extra, terms: _peak(extra, terms) + _SECOND * float(extra.mean()),
    "smoothest": lambda extra, terms: _change(extra, terms) + _SECOND * float(extra.mean()),
    "earliest": lambda extra, _: float((extra * _EARLIER ** np.arange(len(extra))).sum()),
}
