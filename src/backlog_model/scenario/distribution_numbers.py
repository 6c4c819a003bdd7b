"""Numbers that a distribution is written with, checked; what is wrong is told with its place inside the mapping."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from backlog_model.translation import Text

Limits = tuple[float, float]
Place = tuple[str | int | float, ...]


class DistributionError(ValueError):
    """A distribution that cannot be read; `at` is the path of the culprit inside the mapping."""

    def __init__(self, at: Place, message: str) -> None:
        super().__init__(message)
        self.at = at


def number(seen: object, at: Place, limits: Limits) -> float:
    """Finite number between its limits."""
    if isinstance(seen, bool) or not isinstance(seen, int | float):
        raise DistributionError(
            at, Text("{seen!r} is not a number; expected a plain number such as 0.05 or 20_000_000", seen=seen)
        )
    if not math.isfinite(seen):
        raise DistributionError(at, Text("{seen!r} is not finite; expected a finite number", seen=seen))
    if not limits[0] <= seen <= limits[1]:
        raise DistributionError(
            at,
            Text(
                "{seen:g} lies outside {low:g} to {high:g}, the limits here",
                seen=seen,
                low=limits[0],
                high=limits[1],
            ),
        )
    return float(seen)


def positive(seen: object, at: Place) -> float:
    """Number above 0."""
    size = number(seen, at, (0.0, math.inf))
    if size == 0:
        raise DistributionError(at, Text("0 leaves nothing uncertain; expected a number above 0"))
    return size


def listed_numbers(seen: object, at: Place, names: Sequence[str]) -> Sequence[object]:
    """Entries of a list with one place for each name."""
    wanted = f"[{', '.join(names)}]"
    if not isinstance(seen, Sequence) or isinstance(seen, str):
        raise DistributionError(at, Text("{seen!r} is not a list; expected {wanted}", seen=seen, wanted=wanted))
    if len(seen) != len(names):
        raise DistributionError(
            at,
            Text("{count} numbers; expected {expected}: {wanted}", count=len(seen), expected=len(names), wanted=wanted),
        )
    return seen


def increasing(seen: object, at: Place, names: Sequence[str], limits: Limits) -> list[float]:
    """Numbers that never fall and are not all alike."""
    numbers = [number(each, (*at, place), limits) for place, each in enumerate(listed_numbers(seen, at, names))]
    for place, (before, after) in enumerate(pairwise(numbers), start=1):
        if after < before:
            order = " <= ".join(names)
            raise DistributionError(
                (*at, place),
                Text("{after:g} after {before:g}; expected {order}", after=after, before=before, order=order),
            )
    if numbers[0] == numbers[-1]:
        raise DistributionError(
            at, Text("all are {number:g}; write the number itself when nothing is uncertain", number=numbers[0])
        )
    return numbers


def fields(seen: object, at: Place, *names: str) -> list[tuple[object, Place]]:
    """Each named entry of a mapping with its place; other entries, or missing ones, are an error."""
    if not isinstance(seen, Mapping) or set(seen) != set(names):
        found = Text("the entries {listed}", listed=listed(seen)) if isinstance(seen, Mapping) else repr(seen)
        raise DistributionError(
            at, Text("{found}; expected {{{names}}}", found=found, names=", ".join(f"{name}: …" for name in names))
        )
    return [(seen[name], (*at, name)) for name in names]


def listed(names: Mapping[str, object]) -> str:
    """Names in words."""
    return ", ".join(repr(name) for name in names) or Text("nothing")


def probability_of_key(key: object, at: Place) -> float:
    """Probability written as a key."""
    try:
        probability = float(str(key))
    except ValueError:
        probability = math.nan
    if not 0 < probability < 1:
        raise DistributionError(
            (*at, str(key)), Text("{key!r} is not a probability; expected a number between 0 and 1", key=key)
        )
    return probability
