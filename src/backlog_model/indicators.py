"""Indicators read from stocks and flows: ratios of sums, never means of ratios; undefined is NaN, shown as empty.

Every function takes arrays that broadcast over (year, draw, region); stocks "before" are those of 31 December of the
year before. Formulas: docs/model.md, section "Indicators".
"""

from typing import Any

import numpy as np


def share_of(part: Any, whole: Any) -> Any:
    """Part over whole, undefined where the whole is zero.

    Examples
    --------
    >>> share_of(np.array([1.0, 0.0]), np.array([4.0, 0.0]))
    array([0.25,  nan])
    """
    whole = np.asarray(whole, dtype=float)
    like, _ = np.broadcast_arrays(part, whole)  # the share lies in memory as the part does, which is much faster
    return np.divide(part, whole, out=np.full_like(like, np.nan, dtype=float), where=whole != 0)


def decent_share(decent: Any, treated: Any, rtlh: Any) -> Any:
    """Decent houses, treated ones included, over all houses."""
    return share_of(decent + treated, decent + treated + rtlh)


def net_clearance(before: Any, revision: Any, after: Any) -> Any:
    """Fall of the stock that is not re-registration [houses]; a revision is neither progress nor decline.

    Examples
    --------
    >>> net_clearance(1000.0, 50.0, 1010.0)
    40.0
    """
    return before + revision - after


def years_to_clear(rtlh: Any, clearance: Any) -> Any:
    """Years until the stock is gone at this year's net clearance; undefined when it does not fall."""
    return np.where(clearance > 0, share_of(rtlh, np.where(clearance > 0, clearance, 1.0)), np.nan)


def break_even(effective: Any, clearance: Any) -> Any:
    """Effective handling at which the stock would stand still [houses]; negative when it falls by itself."""
    return effective - clearance


def programme_contribution(effective: Any, self_improved: Any, removed_rtlh: Any) -> Any:
    """Share of the houses leaving RTLH that programmes account for."""
    return share_of(effective, effective + self_improved + removed_rtlh)


def cost_per_net_house(spent: Any, clearance: Any) -> Any:
    """Rupiah spent per house of net fall; undefined when the stock does not fall."""
    return np.where(clearance > 0, share_of(spent, np.where(clearance > 0, clearance, 1.0)), np.nan)


def funding_gap(need: Any, budget: Any) -> Any:
    """Money that would bring every house waiting at the year's start to standard at full cost, less the budget [Rp]."""
    return need - budget
