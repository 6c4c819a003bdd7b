"""Law of one of several laws, chosen with given probabilities.

Its cdf is a weighted sum; its quantile has no formula and is solved for. A table of the cdf gives a first guess, secant
steps polish it, and the cdf on both sides proves it. What cannot be proven (in a far tail, at a jump) is bisected.
Each number is solved for by itself, so that the size of a block of draws never changes a value.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from backlog_model.scenario.probability_laws import Array, Law

Pairs = tuple[tuple[float, Law], ...]  # weight and law
Mask = NDArray[np.bool_]
Ends = tuple[Array, Array, Array, Array]  # two places around each value, and what the cdf there lacks or has over

_TOLERANCE = 1e-12  # of a bracket, relative to the value
_POLISHINGS = (2, 8)  # enough for nearly all; for the rest
_BISECTIONS = 1100  # a bracket can shrink from 1e308 to the smallest double
_LOGITS = (-9.0, 9.0, 37)  # of the table: probabilities nearer to each other towards both tails
_PIECES = 32  # between two neighbours of the table
_MOST_COUNTS = 10_000


def mixture(weights: Sequence[float], parts: Sequence[Law]) -> Law:
    """One of several laws, chosen with the given probabilities (they add to 1)."""
    pairs = tuple(zip(weights, parts, strict=True))
    supports = [part.support for part in parts]
    return Law(
        quantile=partial(_quantile, pairs),
        cdf=partial(_cdf, pairs),
        below=partial(_below, pairs),
        mean=partial(_mean, pairs),
        support=(min(low for low, _ in supports), max(high for _, high in supports)),
        kinks=tuple(kink for part in parts for kink in part.kinks),
        is_event=any(part.is_event for part in parts),
    )


def _cdf(pairs: Pairs, values: Array) -> Array:
    return _total([weight * part.cdf(values) for weight, part in pairs])


def _below(pairs: Pairs, values: Array) -> Array:
    return _total([weight * (part.below or part.cdf)(values) for weight, part in pairs])


def _total(terms: list[Array]) -> Array:
    total = np.zeros_like(terms[0])
    for term in terms:
        total += term
    return total


def _mean(pairs: Pairs) -> float:
    return sum(weight * part.mean() for weight, part in pairs)


def _quantile(pairs: Pairs, u: Array) -> Array:
    wanted = u.ravel()
    values, proven = _from_table(pairs, wanted)
    rest = np.flatnonzero(~proven)
    if rest.size:
        values[rest] = _bisected(pairs, wanted[rest])
    if all(part.is_count for _, part in pairs):
        values = np.rint(values)  # what was solved for lies a tolerance beside the count
    return np.reshape(values, u.shape)


def _from_table(pairs: Pairs, wanted: Array) -> tuple[Array, Mask]:
    """Values, and which of them are proven."""
    nodes = _nodes(pairs)
    reached = np.maximum.accumulate(_cdf(pairs, nodes))
    at = np.minimum(np.searchsorted(reached, wanted), len(nodes) - 1)
    short_of = np.minimum(_below(pairs, nodes), reached)[at]
    jumps = (short_of < wanted) & (wanted <= reached[at])
    values, proven = nodes[at], jumps.copy()
    for steps in _POLISHINGS:
        rest = np.flatnonzero(~proven & (at > 0))
        low, high, goal = at[rest] - 1, at[rest], wanted[rest]
        ends = nodes[low], nodes[high], reached[low] - goal, short_of[rest] - goal
        values[rest], proven[rest] = _polished(pairs, goal, ends, steps)
    return values, proven


def _nodes(pairs: Pairs) -> Array:
    """Places where the cdf is looked up: quantiles, kinks and counts of the parts, and places between them."""
    probabilities = 1 / (1 + np.exp(-np.linspace(*_LOGITS)))
    by_part = [part.quantile(probabilities) for _, part in pairs]
    coarse = np.unique(np.concatenate([*by_part, *(part.kinks for _, part in pairs)]))
    between = np.linspace(coarse[:-1], coarse[1:], _PIECES, endpoint=False).ravel()
    counts = [
        np.arange(places[0], places[-1])
        for places, (_, part) in zip(by_part, pairs, strict=True)
        if part.is_count and places[-1] - places[0] < _MOST_COUNTS
    ]
    return np.unique(np.concatenate([between, coarse[-1:], *counts]))


def _polished(pairs: Pairs, wanted: Array, ends: Ends, steps: int) -> tuple[Array, Mask]:
    """High ends of narrow brackets around the values, and which of them the cdf proves."""
    low, high, short, over = ends
    older, gap_older = low, short
    newer = low - short * _ratio(high - low, over - short)
    for _ in range(steps):
        gap = _cdf(pairs, newer) - wanted
        step = gap * _ratio(newer - older, gap - gap_older)
        older, gap_older, newer = newer, gap, np.clip(newer - step, low, high)
    width = np.abs(newer) * (_TOLERANCE / 4)
    proven = (_cdf(pairs, newer - width) < wanted) & (_cdf(pairs, newer + width) >= wanted)
    return newer + width, proven


def _ratio(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below != 0))


def _bisected(pairs: Pairs, wanted: Array) -> Array:
    by_part = np.array([part.quantile(wanted) for _, part in pairs])
    low, high = by_part.min(axis=0), by_part.max(axis=0)
    high = np.where(_cdf(pairs, low) >= wanted, low, high)
    for _ in range(_BISECTIONS):
        wide = np.flatnonzero(high - low > _TOLERANCE * np.maximum(np.abs(low), np.abs(high)))
        if not wide.size:
            break
        middle = low[wide] + (high[wide] - low[wide]) / 2
        reached = _cdf(pairs, middle) >= wanted[wide]
        high[wide] = np.where(reached, middle, high[wide])
        low[wide] = np.where(reached, low[wide], middle)
    return np.asarray(high)
