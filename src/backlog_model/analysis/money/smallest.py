"""The smallest amount of something that is enough."""

import math
from collections.abc import Callable, Sequence

TOLERANCE = 1e-3
"""How close to the smallest amount is close enough, as a share of it."""

_GROWTH = (2.0, 16.0)  # by how much the next amount tried exceeds the one before
_MORE = 1.05  # beyond where a straight line says it is enough
_NEAR = 0.4  # of the tolerance: how close to an end of the bracket the next amount may lie
_AWAY, _FARTHER = 0.02, 4.0  # first step away from a guess, as a share of it, and how it grows
_PATIENCE = 2  # tries in a row that may shrink the bracket by less than half
_SMOOTH = 15  # tries after which a margin is taken to jump, and its bracket is only halved
_TRIES = 200


def smallest(
    margin: Callable[[float], float],
    *,
    first: float,
    most: float,
    tolerance: float = TOLERANCE,
    known: Sequence[float] = (),
) -> float | None:
    """Smallest amount whose margin is 0 or more, up to a share `tolerance` above it; None where none up to `most` is.

    Amounts are tried in rising order until one is enough, so that where more can hurt the first amount that is enough
    is found all the same, unless it lies between two amounts tried that are not. Then the bracket is narrowed by
    straight lines, each try at least a little away from both ends.

    Parameters
    ----------
    margin : of an amount, continuous; below 0 where it is not enough
    first : amount tried first after 0
    most : largest amount that makes sense
    known : amounts whose margin costs nothing any more
    """
    low, below = 0.0, margin(0.0)
    if below >= 0.0:
        return 0.0
    ahead = sorted(amount for amount in known if 0.0 < amount <= most)
    high = ahead.pop(0) if ahead else min(first, most)
    while (above := margin(high)) < 0.0:
        if high >= most:
            return None
        step = ahead.pop(0) if ahead else min(high * _growth(low, below, high, above), most)
        low, below, high = high, above, step
    return _narrowed(margin, (low, below), (high, above), tolerance)


def smallest_near(
    margin: Callable[[float], float], guess: float, *, most: float, tolerance: float = TOLERANCE
) -> float | None:
    """Smallest amount whose margin is 0 or more, near a guess; None where none up to `most` is.

    Amounts ever farther from the guess are tried, downwards where the guess is enough, until the bracket is found.
    """
    high = min(guess, most)
    above, away = margin(high), _AWAY
    if above < 0.0:
        while above < 0.0:
            if high >= most:
                return None
            low, below = high, above
            high, away = min(high * (1.0 + away), most), away * _FARTHER
            above = margin(high)
        return _narrowed(margin, (low, below), (high, above), tolerance)
    while True:
        low, away = max(0.0, high * (1.0 - away)), away * _FARTHER
        below = margin(low)
        if below < 0.0:
            return _narrowed(margin, (low, below), (high, above), tolerance)
        if low == 0.0:
            return 0.0
        high, above = low, below


def _narrowed(
    margin: Callable[[float], float], low: tuple[float, float], high: tuple[float, float], tolerance: float
) -> float:
    """Amount that is enough, at the upper end of a bracket no wider than the tolerance (Illinois, then halving)."""
    (a, below), (b, above) = low, high
    weights, slow = [1.0, 1.0], 0
    for tries in range(_TRIES):
        if b - a <= tolerance * b:
            break
        away, width = _NEAR * tolerance * b, b - a
        middle = slow >= _PATIENCE or tries >= _SMOOTH or not math.isfinite(above - below)
        tried = 0.5 * (a + b)
        if not middle:
            straight = a + (b - a) * weights[0] * below / (weights[0] * below - weights[1] * above)
            tried = min(max(straight, a + away), b - away)
        found = margin(tried)
        if found >= 0.0:
            weights = [weights[0] / 2.0 if weights[1] == 1.0 else 1.0, 1.0]
            b, above = tried, found
        else:
            weights = [1.0, weights[1] / 2.0 if weights[0] == 1.0 else 1.0]
            a, below = tried, found
        slow = slow + 1 if b - a > 0.5 * width else 0
    return b


def _growth(low: float, below: float, high: float, above: float) -> float:
    """By how much to raise an amount that was not enough."""
    least, most = _GROWTH
    if above <= below or not math.isfinite(above - below):
        return most
    wanted = (high - above * (high - low) / (above - below)) / high * _MORE
    return min(max(wanted, least), most)
