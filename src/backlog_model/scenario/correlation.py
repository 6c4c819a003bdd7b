"""Uncertain values that move together: a Gaussian copula behind the rank correlations that a planner states.

Each uniform number is turned into a normal one, normal numbers of a group are mixed, and what comes out is turned back.
A value keeps its own law whatever it moves with. Pairs of a group that nobody stated are uncorrelated.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from backlog_model.translation import Text

Array = NDArray[np.float64]
Pair = tuple[str, str]
Numbers = Mapping[frozenset[str], float]  # rank correlation of each pair stated

_ROUNDING = 1e-9  # of a matrix that was computed
_SMALLEST = 1e-9  # an eigenvalue below is 0 for all that rounding can tell
_LOWEST, _HIGHEST = 2.0**-54, 1.0 - 2.0**-53  # what streams give, too


class Stated(Protocol):
    """One rank correlation for every pair among some values."""

    @property
    def between(self) -> tuple[str, ...]:
        """Names of the values."""

    @property
    def correlation(self) -> float:
        """Correlation of the ranks, -1 to 1."""


class Conflict(NamedTuple):
    """A pair stated twice with different numbers; the two statements, by position, and their numbers."""

    pair: Pair
    first: int
    second: int
    numbers: tuple[float, float]


class Impossible(NamedTuple):
    """A group whose correlations no numbers can have together.

    Attributes
    ----------
    eigenvalue : smallest one of the group's normal correlations; 0 or less
    at : position of the statement with which it becomes impossible
    stated : positions of all statements about the group
    unstated : a pair of the group that counts as uncorrelated because nobody stated it, if any
    """

    eigenvalue: float
    at: int
    stated: tuple[int, ...]
    unstated: Pair | None


def normal_correlation(rank: float) -> float:
    """Correlation of two normal numbers whose ranks are correlated by `rank` (Pearson 1907).

    Examples
    --------
    >>> round(normal_correlation(0.5), 4)
    0.5176
    """
    return 2 * math.sin(math.pi / 6 * rank)


def smallest_eigenvalue(rank: Array) -> float:
    """Smallest eigenvalue of the normal correlations behind a matrix of rank correlations.

    Examples
    --------
    >>> smallest_eigenvalue(np.array([[1.0, 0.0], [0.0, 1.0]]))
    1.0
    """
    normal = np.array([[normal_correlation(each) for each in row] for row in rank.tolist()])
    np.fill_diagonal(normal, 1.0)
    return float(np.linalg.eigvalsh(normal)[0])


def is_possible(rank: Array) -> bool:
    """Whether numbers can have these rank correlations, all at once and none of them fixed by the others."""
    return smallest_eigenvalue(rank) > _SMALLEST


def matrix_problem(rank: Array, names: Sequence[str]) -> str | None:
    """What is wrong with a matrix of rank correlations of some names, if anything."""
    size = len(names)
    if rank.shape != (size, size):
        return Text(
            "shape {shape}; expected {expected}, a row and a column for each of {names}",
            shape=rank.shape,
            expected=(size, size),
            names=", ".join(names),
        )
    for wrong, expected in (
        (~np.isfinite(rank), Text("a finite number")),
        (np.abs(rank) > 1 + _ROUNDING, Text("-1 to 1")),
        ((np.abs(rank - 1) > _ROUNDING) & np.eye(size, dtype=bool), Text("1, each goes along with itself")),
    ):
        if wrong.any():
            row, column = (int(place) for place in np.argwhere(wrong)[0])
            return Text(
                "{number:g} for {one} and {other}; expected {expected}",
                number=rank[row, column],
                one=names[row],
                other=names[column],
                expected=expected,
            )
    row, column = (int(place) for place in np.unravel_index(np.argmax(np.abs(rank - rank.T)), rank.shape))
    if abs(rank[row, column] - rank[column, row]) > _ROUNDING:
        there = Text("{number:g} for {one} and {other}", number=rank[row, column], one=names[row], other=names[column])
        return Text("not symmetric: {there}, but {number:g} the other way round", there=there, number=rank[column, row])
    if not is_possible(rank):
        return Text(
            "not possible together: smallest eigenvalue {eigenvalue:.2g}; expected above 0",
            eigenvalue=round(smallest_eigenvalue(rank), 9),
        )
    return None


def lowest_for_all(size: int) -> float:
    """Rank correlation that any number of values, each pair of them, must lie above.

    Examples
    --------
    >>> round(lowest_for_all(3), 3)
    -0.483
    """
    return math.asin(-0.5 / (size - 1)) * 6 / math.pi


def conflicts(stated: Sequence[Stated]) -> list[Conflict]:
    """Pairs stated twice with different numbers, one for each two statements."""
    first_at: dict[frozenset[str], int] = {}
    found: dict[tuple[int, int], Conflict] = {}
    for position, one in enumerate(stated):
        for pair in _pairs(one):
            first = first_at.setdefault(frozenset(pair), position)
            numbers = stated[first].correlation, one.correlation
            if numbers[0] != numbers[1]:
                found.setdefault((first, position), Conflict(pair, first, position, numbers))
    return list(found.values())


def impossible(stated: Sequence[Stated]) -> list[Impossible]:
    """Groups whose correlations cannot hold together; no pair may be stated twice with different numbers."""
    numbers = _numbers(stated)
    return [_impossible(group, stated, numbers) for group in groups(stated) if not is_possible(_rank(group, numbers))]


def groups(stated: Iterable[Stated]) -> list[tuple[str, ...]]:
    """Names that hang together through correlations, each group in the order written."""
    order: dict[str, None] = {}
    group_of: dict[str, set[str]] = {}
    for one in stated:
        order.update(dict.fromkeys(one.between))
        together = set(one.between).union(*(group_of.get(name, ()) for name in one.between))
        group_of.update(dict.fromkeys(together, together))
    groups = dict.fromkeys(tuple(each for each in order if each in group_of[name]) for name in order)
    return list(groups)


def _pairs(one: Stated) -> list[Pair]:
    return list(combinations(dict.fromkeys(one.between), 2))


def _numbers(stated: Iterable[Stated]) -> Numbers:
    return {frozenset(pair): one.correlation for one in stated for pair in _pairs(one)}


def _rank(names: Sequence[str], numbers: Numbers) -> Array:
    """Rank correlations of some names, 0 where nothing is stated."""
    rank = np.eye(len(names))
    for (row, one), (column, other) in combinations(enumerate(names), 2):
        rank[row, column] = rank[column, row] = numbers.get(frozenset((one, other)), 0.0)
    return rank


def _impossible(group: tuple[str, ...], stated: Sequence[Stated], numbers: Numbers) -> Impossible:
    """What makes a group impossible: the last statement about the first names of it that cannot go together."""
    size = next(size for size in range(2, len(group) + 1) if not is_possible(_rank(group[:size], numbers)))
    culprits = [place for place, one in enumerate(stated) if len(set(one.between) & set(group[:size])) > 1]
    about = tuple(place for place, one in enumerate(stated) if set(one.between) & set(group))
    unstated = next((pair for pair in combinations(group[:size], 2) if frozenset(pair) not in numbers), None)
    return Impossible(smallest_eigenvalue(_rank(group, numbers)), culprits[-1], about, unstated)


def factor(rank: Array) -> Array:
    """Lower triangle that turns independent normal numbers into ones with these rank correlations (Cholesky).

    Worked out row by row, so that a further row changes no earlier one.

    Examples
    --------
    >>> factor(np.array([[1.0, 0.0], [0.0, 1.0]]))
    array([[1., 0.],
           [0., 1.]])
    """
    rows: list[list[float]] = []
    for place, wanted in enumerate(rank.tolist()):
        row: list[float] = []
        for column, above in enumerate(rows):
            known = math.fsum(one * other for one, other in zip(row, above[:column], strict=True))
            row.append((normal_correlation(wanted[column]) - known) / above[column])
        row.append(math.sqrt(1.0 - math.fsum(each * each for each in row)))
        rows.append(row + [0.0] * (len(rank) - place - 1))
    return np.array(rows)


@dataclass(frozen=True)
class Copula:
    """How independent uniform numbers become correlated ones, each a mix of those written before it and its own.

    Attributes
    ----------
    mixes : for each correlated name, the names it mixes, its own last, and how much of each
    """

    mixes: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, stated: Sequence[Stated]) -> "Copula":
        """Copula of checked correlations."""
        numbers = _numbers(stated)
        mixes: dict[str, Mapping[str, float]] = {}
        for group in groups(stated):
            mixes.update(_mixes(group, _rank(group, numbers)))
        return cls(mixes)

    @classmethod
    def of_matrix(cls, names: Sequence[str], rank: Array) -> "Copula":
        """Copula of a checked matrix of rank correlations."""
        return cls(_mixes(names, rank))

    def members(self, name: str) -> tuple[str, ...]:
        """Names whose independent numbers a name takes, its own last; only its own when it is uncorrelated."""
        return tuple(self.mixes.get(name, (name,)))

    def uniform(self, name: str, independent: Mapping[str, Array]) -> Array:
        """Correlated numbers of a name, between 0 and 1, both excluded.

        Parameters
        ----------
        name : what is drawn
        independent : for each of its `members`, independent numbers between 0 and 1, all of one shape

        Returns
        -------
        the same shape; the very numbers of `independent` when the name takes no other
        """
        members = self.members(name)
        if len(members) == 1:
            return independent[name]
        return self.mixed(name, {member: normal(independent[member]) for member in members})

    def uniforms(self, independent: Mapping[str, Array]) -> dict[str, Array]:
        """Correlated numbers of all names at once, the same as those of `uniform`."""
        mixed = [name for name in independent if len(self.members(name)) > 1]
        needed = {member for name in mixed for member in self.members(name)}
        normals = {name: normal(independent[name]) for name in needed}
        return {**independent, **{name: self.mixed(name, normals) for name in mixed}}

    def mixed(self, name: str, normals: Mapping[str, Array]) -> Array:
        """Correlated numbers of a name, from the `normal` ones of its `members`.

        Summed in the order of the names, one number at a time, so that no block of draws changes a bit.
        """
        from scipy.special import ndtr

        total = np.zeros_like(normals[name])
        for member, weight in self.mixes[name].items():
            total += weight * normals[member]
        return np.clip(np.asarray(ndtr(total), dtype=np.float64), _LOWEST, _HIGHEST)


def normal(uniform: Array) -> Array:
    """Numbers of a normal law in place of those of a uniform one."""
    from scipy.special import ndtri

    return np.asarray(ndtri(uniform), dtype=np.float64)


def _mixes(names: Sequence[str], rank: Array) -> dict[str, Mapping[str, float]]:
    """For each name what it mixes; what it takes nothing of is left out."""
    rows = (dict(zip(names, row, strict=True)) for row in factor(rank).tolist())
    return {
        name: {member: weight for member, weight in row.items() if weight != 0.0}
        for name, row in zip(names, rows, strict=True)
    }
