"""What a history says about inflow and handling when the noise is known: a linear regression with normal errors.

Over an interval of g years (fewer are felt when a share x of the stock leaves by itself every year)

    stock[i] - (1 - x)^span * stock[i-1] = inflow * g - ratio * handled_per_year * g + error

where ratio is effectiveness over completeness. Process noise adds up within an interval; the error of a published stock
enters two neighbouring intervals with opposite signs. Both are made independent by one rotation that does not depend on
their sizes, so that any size costs no more than a weighting. Inflow has a normal prior and is integrated out exactly.
"""

from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.history.calibration.stock_history import StockHistory

Array = npt.NDArray[np.float64]

_SAME_DIRECTION = 1e-10


class Terms(NamedTuple):
    """Log likelihood, but for a constant, as a parabola in the distance d of a ratio from its centre; and inflow there.

    All (history, noise): `constant + slope * d + bend * d^2`; inflow is normal with mean `inflow + inflow_slope * d`.
    """

    constant: Array
    slope: Array
    bend: Array
    inflow: Array
    inflow_slope: Array
    inflow_sd: Array


class Sums(NamedTuple):
    """Sums over a history, weighted by the precision of its intervals, all (history, noise).

    `rest`, `inflow` and `handled` multiplied by one another: what the centre of the regression leaves, and its columns.
    """

    log_variances: Array
    rest_rest: Array
    rest_inflow: Array
    rest_handled: Array
    inflow_inflow: Array
    inflow_handled: Array
    handled_handled: Array


class StockRegression(NamedTuple):
    """Histories of equal length, rotated so that all errors are independent.

    Attributes
    ----------
    rotation : (history, rotated, interval)
    spread : (history, rotated) what the error of published stocks adds, where the process noise adds 1
    rest, inflow, handled : (history, rotated) what the centre leaves, and the two columns of the regression
    centre_inflow, centre_ratio : (history,) a fit by least squares; only a start, against round-off
    """

    rotation: Array
    spread: Array
    rest: Array
    inflow: Array
    handled: Array
    centre_inflow: Array
    centre_ratio: Array

    @classmethod
    def of(cls, history: StockHistory, exit_rate: float) -> "StockRegression":
        """Regression of histories of which a share leaves by itself every year."""
        staying, felt, noise = kept(history.spans, exit_rate)
        change = history.stock[:, 1:] - staying * history.stock[:, :-1]
        spread, rotation = _independent(staying, noise)
        columns = np.stack([felt, -felt * history.handled_per_year], axis=-1)
        columns, change = rotation @ columns, (rotation @ change[..., None])[..., 0]
        centre = _least_squares(columns, change)
        rest = change - (columns @ centre[..., None])[..., 0]
        inflow, handled = np.moveaxis(columns, -1, 0)
        return cls(rotation, spread, rest, inflow, handled, centre[:, 0], centre[:, 1])

    def sums(self, noise_sd: Array, measurement_sd: Array) -> "Sums":
        """Weighted sums of products at some sizes of the noise, both (history, noise)."""
        variances = noise_sd[..., None] ** 2 + measurement_sd[..., None] ** 2 * self.spread[:, None]
        columns = (self.rest, self.inflow, self.handled)
        products = np.stack([one * other for one, other in combinations_with_replacement(columns, 2)], axis=-1)
        return Sums(np.log(variances).sum(axis=-1), *np.moveaxis((1.0 / variances) @ products, -1, 0))

    def terms(self, inflow_prior: tuple[float, float], noise_sd: Array, measurement_sd: Array) -> Terms:
        """What the history says at some sizes of the noise.

        Parameters
        ----------
        inflow_prior : mean and sd
        noise_sd, measurement_sd : (history, noise)
        """
        mean, sd = inflow_prior
        logs, rr, ra, rk, aa, ak, kk = self.sums(noise_sd, measurement_sd)
        away = (mean - self.centre_inflow[:, None]) / sd**2
        precision = 1.0 / sd**2 + aa
        squares = rr + away**2 * sd**2 - (away + ra) ** 2 / precision
        return Terms(
            constant=-0.5 * (logs + np.log(precision * sd**2) + squares),
            slope=rk - ak * (away + ra) / precision,
            bend=-0.5 * np.maximum(kk - ak**2 / precision, 0.0),
            inflow=self.centre_inflow[:, None] + (away + ra) / precision,
            inflow_slope=-ak / precision,
            inflow_sd=1.0 / np.sqrt(precision),
        )

    def last_error(self, inflow: Array, ratio: Array, noise_sd: Array, measurement_sd: Array) -> tuple[Array, Array]:
        """Mean and sd of the error of the last published stock, given everything else; all (history, draw)."""
        away = inflow - self.centre_inflow[:, None], ratio - self.centre_ratio[:, None]
        explained = away[0][..., None] * self.inflow[:, None] + away[1][..., None] * self.handled[:, None]
        rest = self.rest[:, None] - explained
        weights = 1.0 / (noise_sd[..., None] ** 2 + measurement_sd[..., None] ** 2 * self.spread[:, None])
        last = self.rotation[:, None, :, -1]
        mean = measurement_sd**2 * (last * weights * rest).sum(axis=-1)
        variance = measurement_sd**2 * (1.0 - measurement_sd**2 * (last**2 * weights).sum(axis=-1))
        return mean, np.sqrt(np.maximum(variance, 0.0))


def kept(spans: Array, exit_rate: float) -> tuple[Array, Array, Array]:
    """Share of a stock that stays over a span of years, years whose inflow is felt at its end, and years of noise.

    A whole year is a year of the model: what comes in during a year is exposed from the next year on.

    Examples
    --------
    >>> kept(np.array([1.0, 2.0]), 0.1)
    (array([0.9 , 0.81]), array([1. , 1.9]), array([1.  , 1.81]))
    """
    if exit_rate == 0:
        return np.ones_like(spans), spans, spans
    yearly = np.log1p(-exit_rate)
    felt = -np.expm1(spans * yearly) / exit_rate
    noise = np.expm1(2.0 * spans * yearly) / np.expm1(2.0 * yearly)
    return np.exp(spans * yearly), felt, noise


def _independent(staying: Array, noise: Array) -> tuple[Array, Array]:
    """Spread and rotation that make the errors of all intervals independent."""
    intervals = staying.shape[-1]
    shared = np.zeros((*staying.shape, intervals))
    diagonal, before = np.arange(intervals), np.arange(intervals - 1)
    shared[:, diagonal, diagonal] = 1.0 + staying**2
    shared[:, before, before + 1] = shared[:, before + 1, before] = -staying[:, 1:]
    root = np.sqrt(noise)
    spread, vectors = np.linalg.eigh(shared / (root[:, :, None] * root[:, None, :]))
    return np.maximum(spread, 0.0), vectors.swapaxes(-1, -2) / root[:, None, :]


def _least_squares(columns: Array, change: Array) -> Array:
    """(history, 2) smallest of the best fits."""
    sizes = np.sqrt((columns**2).sum(axis=1))
    sizes = np.where(sizes > 0, sizes, 1.0)
    inverse = np.linalg.pinv(columns / sizes[:, None], rcond=_SAME_DIRECTION)
    return np.asarray((inverse @ change[..., None])[..., 0] / sizes)
