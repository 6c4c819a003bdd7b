"""Values that do not fit together, moved by as little as their errors allow until they do (least squares).

Nodes are weighted sums of a few of them, the basis; every other node that counts is a check: its value against the
weighted sum. The gaps of the checks are spread over all nodes in proportion to their error covariance W = L L':

    x = v - W C' (C W C')^-1 C v,        C v = the gaps

Only the QR factors of L' C' are formed, never W nor an inverse (Björck 1996, Numerical Methods for Least Squares
Problems, §4.3). Before that the most exact nodes are brought into the basis, so that each check is about as loose as
the loosest node in it: near-exact nodes beside loose ones then cost no digits.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.linalg

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_AGREES = 1e-10  # of the values compared: the same number
_DUST = 1e-12  # of the largest weight of a node: round-off
_CLEARLY = 2.0  # an exchange of nodes is worth its while
_BEYOND = 1e100  # times any other: stands for no error at all, or for a value that does not count


class Structure(NamedTuple):
    """Nodes as weighted sums of some of them."""

    summing: Array  # (node, column), 1 for the node of its column
    basis: Positions  # (column,) node of each column


class Contradiction(NamedTuple):
    """Exact nodes that cannot hold together."""

    nodes: tuple[int, ...]
    draw: int
    excess: float  # of the first of them over the weighted sum of the others


def structure_on(structure: Structure, root: Array, kept: Flags) -> Structure:
    """The same nodes, as weighted sums of the most exact ones.

    A node that is not kept stays in the basis only where nothing kept tells its value.

    Parameters
    ----------
    structure : any; nothing of it is changed
    root : (node, error) L, of which L L' is the error covariance; a row of zeros is exact
    kept : (node,) whether the value of a node counts; the row of one that does not is not read
    """
    summing, basis = structure.summing.copy(), structure.basis.copy()
    deviations = _deviations(root, kept)
    outside = np.setdiff1d(np.flatnonzero(kept), basis)
    while outside.size and basis.size:
        gains = np.abs(summing[outside]) * deviations[basis] / deviations[outside, None]
        place, column = np.unravel_index(np.argmax(gains), gains.shape)
        if gains[place, column] <= _CLEARLY:
            break
        entering, leaving = outside[place], basis[column]
        _exchange(summing, entering, int(column))
        basis[column], outside[place] = entering, leaving
    return Structure(summing, basis)


def _deviations(root: Array, kept: Flags) -> Array:
    """(node,) standard deviations, with numbers beyond all others for exact nodes and for those that do not count."""
    deviations = np.asarray(np.linalg.norm(root, axis=1), dtype=np.float64)
    found = deviations[kept & (deviations > 0)]
    deviations[deviations == 0] = found.min(initial=1.0) / _BEYOND
    deviations[~kept] = found.max(initial=1.0) * _BEYOND
    return deviations


def _exchange(summing: Array, entering: int, column: int) -> None:
    """Let a node take the place of the one a column stands for."""
    terms = summing[:, column] / summing[entering, column]
    others = summing[entering].copy()
    others[column] = 0.0
    places = np.flatnonzero(others)
    summing[:, column] = terms
    summing[:, places] -= np.outer(terms, others[places])
    summing[np.abs(summing) < _DUST * np.abs(summing).max(axis=1, keepdims=True)] = 0.0


@dataclass(frozen=True)
class Adjustment:
    """How values of nodes are made to fit.

    Attributes
    ----------
    structure : on the most exact nodes
    implied : (implied,) exact nodes outside the basis that exact nodes of the basis leave no choice
    checks : (check,) all other nodes outside the basis that count
    sizes : (check,) standard deviation of the gap of each check
    triangle : (check, check) of the QR factors
    gain : (column, check) how the basis answers to gaps that are independent and of one size
    remaining : (column, error) root of the error covariance of the adjusted basis
    """

    structure: Structure
    implied: Positions
    checks: Positions
    sizes: Array
    triangle: Array
    gain: Array
    remaining: Array

    def basis_values(self, values: Array) -> Array:
        """(column, draw) adjusted values of the basis, from (node, draw) values of all nodes."""
        return np.asarray(values[self.structure.basis] - self.gain @ self._independent_gaps(values))

    def squared_distance(self, values: Array) -> Array:
        """(draw,) sum of squared moves, each in its own standard deviation."""
        return np.asarray((self._independent_gaps(values) ** 2).sum(axis=0))

    def contradiction(self, values: Array) -> Contradiction | None:
        """Exact nodes that cannot hold together in some draw, if there are any."""
        terms = self.structure.summing[self.implied]
        on_basis = values[self.structure.basis]
        excess = values[self.implied] - terms @ on_basis
        size = np.abs(values[self.implied]) + np.abs(terms) @ np.abs(on_basis)
        wrong = np.argwhere(np.abs(excess) > _AGREES * size)
        if not len(wrong):
            return None
        place, draw = wrong[0]
        others = self.structure.basis[np.flatnonzero(terms[place])]
        return Contradiction(
            (int(self.implied[place]), *sorted(others.tolist())), int(draw), float(excess[place, draw])
        )

    def _independent_gaps(self, values: Array) -> Array:
        """(check, draw) gaps, mixed so that they are independent and of variance 1."""
        summed = self.structure.summing[self.checks] @ values[self.structure.basis]
        gaps = (values[self.checks] - summed) / self.sizes[:, None]
        return np.asarray(scipy.linalg.solve_triangular(self.triangle, gaps, trans="T")) if gaps.size else gaps


def adjustment(structure: Structure, root: Array, kept: Flags) -> Adjustment:
    """Adjustment of nodes to a structure on the most exact of them; see `structure_on` for the rest."""
    counted = kept.copy()
    counted[structure.basis] = False
    outside = np.flatnonzero(counted)
    on_basis = root[structure.basis]
    gap_roots = root[outside] - structure.summing[outside] @ on_basis
    sizes = np.linalg.norm(gap_roots, axis=1)
    uncertain = sizes > 0
    scaled = (gap_roots[uncertain] / sizes[uncertain, None]).T
    rotation, triangle = np.linalg.qr(scaled)
    gain = on_basis @ rotation
    return Adjustment(
        structure=structure,
        implied=outside[~uncertain],
        checks=outside[uncertain],
        sizes=sizes[uncertain],
        triangle=triangle,
        gain=gain,
        remaining=on_basis - gain @ rotation.T,
    )
