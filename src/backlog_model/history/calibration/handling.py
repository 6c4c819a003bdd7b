"""What a house reported handled takes out of the stock: effectiveness over completeness, and the two apart.

A history shows only the ratio. Its prior law is found by quadrature over one of the two shares; given a ratio, the two
are drawn from what the prior says along the line of equal ratio. Shares are taken on the scale of their log odds, where
every beta law has one peak and no edge.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.history.calibration.prior import Share
from backlog_model.history.calibration.quadrature import Box, fitted_box

Array = npt.NDArray[np.float64]

_TABLE = 4097
_INTEGRATING = 33
_DRAWING = 49


class HandlingLaw(NamedTuple):
    """Prior law of the logarithm of effectiveness over completeness, as a table of its density.

    Attributes
    ----------
    nodes : (node,) logarithms of the ratio, evenly spaced
    logs : (node,) logarithm of their density
    """

    effectiveness: Share
    completeness: Share
    nodes: Array
    logs: Array

    @classmethod
    def of(cls, effectiveness: Share, completeness: Share) -> "HandlingLaw":
        """Law of the ratio of two independent shares."""
        low = _log_share(_odds_ends(effectiveness)[0]) - _log_share(_odds_ends(completeness)[1])
        high = _log_share(_odds_ends(effectiveness)[1]) - _log_share(_odds_ends(completeness)[0])

        def log_density(axes: tuple[Array, ...]) -> Array:
            return _apart(effectiveness, completeness, axes[0], _INTEGRATING).log_integral()

        box = fitted_box(log_density, [np.asarray(low)], [np.asarray(high)], [_TABLE])
        return cls(effectiveness, completeness, box.axes[0], box.logs - box.log_integral())

    def log_density(self, log_ratios: Array) -> Array:
        """Log density at logarithms of the ratio inside the table."""
        step = self.nodes[1] - self.nodes[0]
        places = np.clip((log_ratios - self.nodes[0]) / step, 0.0, len(self.nodes) - 1.0)
        cells = np.minimum(places.astype(np.int64), len(self.nodes) - 2)
        return np.asarray(self.logs[cells] + (places - cells) * (self.logs[cells + 1] - self.logs[cells]))

    def quantiles(self, chances: npt.ArrayLike) -> Array:
        """Ratios below which the prior sees these chances."""
        return np.exp(Box((self.nodes,), self.logs).draws([np.atleast_1d(np.asarray(chances, dtype=np.float64))])[0])

    @property
    def reach(self) -> float:
        """From the 5 to the 95 % value of the ratio; completeness near 0 leaves it no standard deviation."""
        low, high = self.quantiles((0.05, 0.95))
        return float(high - low)

    @property
    def is_known(self) -> bool:
        """Whether both shares are as good as certain."""
        return self.effectiveness.is_known and self.completeness.is_known

    def shares(self, log_ratios: Array, uniforms: Array) -> tuple[Array, Array]:
        """Effectiveness and completeness with these ratios, drawn from the prior along the lines of equal ratio.

        Parameters
        ----------
        log_ratios : logarithms of effectiveness over completeness
        uniforms : in their shape
        """
        (odds,) = _apart(self.effectiveness, self.completeness, log_ratios, _DRAWING).draws([uniforms[..., None]])
        larger = np.exp(_log_share(odds[..., 0]))
        smaller = larger * np.exp(-np.abs(log_ratios))
        above = log_ratios >= 0
        return np.where(above, larger, smaller), np.where(above, smaller, larger)


def _odds_ends(share: Share) -> tuple[float, float]:
    """Log odds beyond which a beta law is negligible: its tails fall as exp(a x) below and exp(-b x) above."""
    middle, sd = np.log(share.a / share.b), np.sqrt(1.0 / share.a + 1.0 / share.b)
    return float(middle - 40.0 / share.a - 10.0 * sd), float(middle + 40.0 / share.b + 10.0 * sd)


def _log_share(odds: npt.ArrayLike) -> Array:
    return np.asarray(-np.logaddexp(0.0, -np.asarray(odds)))


def _apart(effectiveness: Share, completeness: Share, log_ratios: Array, nodes: int) -> Box:
    """Density of a log ratio with the log odds of the larger share, but for a constant, fitted to each log ratio."""
    above = (log_ratios >= 0)[..., None]
    a, b, other_a, other_b = (
        np.where(above, one, other)
        for one, other in zip((*effectiveness, *completeness), (*completeness, *effectiveness), strict=True)
    )
    distance = np.abs(log_ratios)[..., None]

    def log_density(axes: tuple[Array, ...]) -> Array:
        log_larger = _log_share(axes[0])
        log_smaller = log_larger - distance
        rest = np.log(np.maximum(-np.expm1(log_smaller), np.finfo(np.float64).tiny))
        larger = a * log_larger + b * _log_share(-axes[0])
        return np.asarray(larger + other_a * log_smaller + (other_b - 1.0) * rest)

    ends = _odds_ends(effectiveness), _odds_ends(completeness)
    low, high = (np.where(above[..., 0], *each) for each in zip(*ends, strict=True))
    return fitted_box(log_density, [low], [high], [nodes])
