"""Densities on a box of nodes that is fitted to where they lie: their integrals, and draws from them.

A posterior of few parameters needs no chain: nodes are spread over a wide box, the box is narrowed to the nodes that
are not negligible, and so on until it no longer shrinks. A smooth density with one peak (or several that the first
nodes can see) is then integrated by the rule of trapezoids to many digits.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Ends = tuple[Array, Array]
LogDensity = Callable[[tuple[Array, ...]], Array]

_NEGLIGIBLE = 25.0  # below the highest logarithm: a part in 10^11
_ROUNDS = 40  # each narrows a peak that is thinner than the nodes to an eighth of the box
_SHRINKS = 0.8
_SEARCHING = 17


class Box(NamedTuple):
    """Even nodes along each axis, for each of a batch of densities, and the logarithm of the density at each node."""

    axes: tuple[Array, ...]  # each (batch..., node of this axis)
    logs: Array  # (batch..., node of the first axis, node of the second, ...)

    def log_integral(self) -> Array:
        """(batch...) logarithms of the integrals over the box."""
        top, density = _scaled(self.logs, len(self.axes))
        for axis in reversed(self.axes):
            density = _over_last(density, axis)
        return np.asarray(np.log(density) + top)

    def draws(self, uniforms: Sequence[Array]) -> tuple[Array, ...]:
        """(batch..., draw) values of each axis, drawn together.

        Parameters
        ----------
        uniforms : for each axis numbers between 0 and 1 that broadcast to (batch..., draw)
        """
        batch = self.logs.shape[: -len(self.axes)]
        numbers = [np.broadcast_to(each, (*batch, np.shape(each)[-1])) for each in uniforms]
        axes = [axis.reshape(-1, 1, axis.shape[-1]) for axis in self.axes]
        logs = self.logs.reshape(-1, 1, *self.logs.shape[len(batch) :])  # (batch, draw or 1, node, ...)
        values: list[Array] = []
        for axis, wanted in zip(axes, numbers, strict=True):
            marginal = _marginal(logs, axes[len(values) :])
            cells, parts = _positions(marginal, wanted.reshape(-1, wanted.shape[-1]))
            values.append(_between(axis, cells, parts).reshape(wanted.shape))
            logs = _between(logs, cells, parts)  # of the logarithms: a peak that moves keeps its width
        return tuple(values)


def fitted_box(log_density: LogDensity, lows: Sequence[Array], highs: Sequence[Array], nodes: Sequence[int]) -> Box:
    """Nodes fitted to a batch of densities, each with one peak or several broad ones.

    Parameters
    ----------
    log_density : axes, each (batch..., node) -> (batch..., node of the first axis, node of the second, ...)
    lows, highs : for each axis (batch...) ends of a box that holds the densities
    nodes : for each axis the number of nodes in the end; an axis of one node stays at its low end

    Notes
    -----
    A ridge that is thinner than the first nodes and runs across the axes is lost: choose axes along and across it.
    """
    ends = [*zip(lows, highs, strict=True)]
    counts = [min(_SEARCHING, count) for count in nodes]
    for _ in range(_ROUNDS):
        axes = _spread(ends, counts)
        logs = log_density(axes)
        kept = [_kept(axis, _profile(logs, place, len(axes))) for place, axis in enumerate(axes)]
        settled = not any(map(_is_narrower, kept, ends))
        ends = kept
        if settled:
            break
    axes = _spread(ends, nodes)
    return Box(axes, log_density(axes))


def _spread(ends: Sequence[Ends], counts: Sequence[int]) -> tuple[Array, ...]:
    return tuple(np.linspace(*each, count, axis=-1) for each, count in zip(ends, counts, strict=True))


def _is_narrower(new: Ends, old: Ends) -> bool:
    return bool(np.any(new[1] - new[0] < _SHRINKS * (old[1] - old[0])))


def _profile(logs: Array, place: int, axes: int) -> Array:
    """(batch..., node) highest logarithm at each node of one axis."""
    others = tuple(each - axes for each in range(axes) if each != place)
    return np.asarray(logs.max(axis=others))


def _kept(axis: Array, profile: Array) -> Ends:
    """(batch...) ends of what is not negligible, one node further out on either side."""
    last = axis.shape[-1] - 1
    counted = profile > profile.max(axis=-1, keepdims=True) - _NEGLIGIBLE
    first_kept = np.maximum(counted.argmax(axis=-1) - 1, 0)
    last_kept = np.minimum(last - counted[..., ::-1].argmax(axis=-1) + 1, last)
    return _picked(axis, first_kept), _picked(axis, last_kept)


def _picked(axis: Array, position: Positions) -> Array:
    return np.asarray(np.take_along_axis(axis, position[..., None], axis=-1)[..., 0])


def _scaled(logs: Array, axes: int) -> tuple[Array, Array]:
    """(batch...) highest logarithms, and the density relative to its highest."""
    inner = tuple(range(-axes, 0))
    top = logs.max(axis=inner, keepdims=True)
    return np.asarray(np.squeeze(top, axis=inner)), np.exp(logs - top)


def _over_last(density: Array, axis: Array) -> Array:
    """Integral along the last axis by trapezoids; a single node counts as a mass of its own."""
    if density.shape[-1] == 1:
        return density[..., 0]
    batch, extra = axis.shape[:-1], density.ndim - axis.ndim
    steps = np.diff(axis).reshape(*batch, *(1,) * extra, -1)
    return np.asarray((0.5 * (density[..., 1:] + density[..., :-1]) * steps).sum(axis=-1))


def _marginal(logs: Array, axes: Sequence[Array]) -> Array:
    """(batch, draw or 1, node) density along the first of the axes that are left."""
    _, density = _scaled(logs, len(axes))
    for axis in reversed(axes[1:]):
        density = _over_last(density, axis)
    return density


def _positions(density: Array, uniforms: Array) -> tuple[Positions, Array]:
    """Cells, and the parts of them, that numbers between 0 and 1 fall into.

    Parameters
    ----------
    density : (batch, draw or 1, node)
    uniforms : (batch, draw)
    """
    if density.shape[-1] == 1:
        return np.zeros(uniforms.shape, dtype=np.int64), np.zeros(uniforms.shape)
    mass = _masses(density).cumsum(axis=-1)
    mass = np.concatenate([np.zeros((*mass.shape[:-1], 1)), mass / mass[..., -1:]], axis=-1)
    cells = np.minimum((mass <= uniforms[..., None]).sum(axis=-1) - 1, mass.shape[-1] - 2)
    low, high = _at(mass, cells), _at(mass, cells + 1)
    share = np.divide(uniforms - low, high - low, out=np.zeros(uniforms.shape), where=high > low)
    return cells, _part_of_cell(share, _at(density, cells), _at(density, cells + 1))


def _masses(density: Array) -> Array:
    """Masses of the cells between even nodes, in steps: of the cubics through the nodes around each cell.

    Straight lines would lie above a curved tail, and make a law of few nodes too wide.
    """
    below = 2.0 * density[..., :1] - density[..., 1:2]
    above = 2.0 * density[..., -1:] - density[..., -2:-1]
    outer = np.concatenate([below, density, above], axis=-1)
    cubic = 13.0 * (outer[..., 1:-2] + outer[..., 2:-1]) - outer[..., :-3] - outer[..., 3:]
    return np.asarray(np.maximum(cubic, 0.0))


def _part_of_cell(share: Array, left: Array, right: Array) -> Array:
    """Part of a cell below which a share of its mass lies, the density being straight between its ends."""
    root = np.sqrt(left**2 + share * (right**2 - left**2))
    return np.divide(share * (left + right), left + root, out=share.copy(), where=left + root > 0)


def _at(nodes: Array, cells: Positions) -> Array:
    """(batch, draw, ...) what stands at a node for each draw, of nodes (batch, draw or 1, node, ...)."""
    batch, draws = np.arange(nodes.shape[0])[:, None], np.arange(nodes.shape[1])
    return np.asarray(nodes[batch, draws, cells])


def _between(nodes: Array, cells: Positions, parts: Array) -> Array:
    """(batch, draw, ...) what stands inside cells, straight between their nodes."""
    low, high = _at(nodes, cells), _at(nodes, np.minimum(cells + 1, nodes.shape[2] - 1))
    weights = parts.reshape(*parts.shape, *(1,) * (low.ndim - 2))
    return np.asarray((1.0 - weights) * low + weights * high)
