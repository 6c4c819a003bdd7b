"""What is believed about a backlog before its history is read: inflow, effectiveness, completeness and noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

_RANGE = (0.05, 0.50, 0.95)
_KNOWN_SD = 1e-6
_WIDEST_LOG_SD = 2.0  # nine of ten values within a factor of 700

Array = npt.NDArray[np.float64]
Range = Sequence[float]


class Share(NamedTuple):
    """Beta law of a share between 0 and 1.

    Examples
    --------
    >>> Share.of_mean(0.8, 0.1)
    Share(a=12.0, b=3.0)
    """

    a: float
    b: float

    @property
    def mean(self) -> float:
        """Mean share."""
        return self.a / (self.a + self.b)

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return float(np.sqrt(self.mean * (1.0 - self.mean) / (self.a + self.b + 1.0)))

    @property
    def is_known(self) -> bool:
        """Whether it is as good as certain."""
        return self.sd < 2.0 * _KNOWN_SD

    @classmethod
    def of_mean(cls, mean: float, sd: float) -> "Share":
        """Beta law with this mean and standard deviation."""
        if not (0.0 < mean < 1.0 and 0.0 < sd < np.sqrt(mean * (1.0 - mean))):
            seen = Text("a share with mean {mean:g} and sd {sd:g}", mean=mean, sd=sd)
            raise DataError(
                [
                    Problem(
                        "prior",
                        Text("{seen}; expected both inside 0 to 1, and less sd than the mean allows", seen=seen),
                    )
                ]
            )
        total = mean * (1.0 - mean) / sd**2 - 1.0
        return cls(round(mean * total, 12), round((1.0 - mean) * total, 12))

    @classmethod
    def known(cls, value: float) -> "Share":
        """A share that is certain, to six digits: one law for all, so that nothing else needs a case of its own."""
        if not 0.0 < value <= 1.0:
            raise DataError(
                [Problem("prior", Text("a known share of {value:g}; expected more than 0 and at most 1", value=value))]
            )
        return cls(1.0 / _KNOWN_SD, 1.0) if value > 1.0 - _KNOWN_SD else cls.of_mean(value, _KNOWN_SD)

    @classmethod
    def of_range(cls, values: Range) -> "Share":
        """Beta law whose 5, 50 and 95 % values come nearest to these."""
        low, middle, high = values
        if low == high:
            return cls.known(middle)
        if not 0.0 <= low <= middle <= high <= 1.0:
            raise DataError(
                [
                    Problem(
                        "prior",
                        Text(
                            "a share from {low:g} over {middle:g} to {high:g}; expected 0 to 1, rising",
                            low=low,
                            middle=middle,
                            high=high,
                        ),
                    )
                ]
            )
        return _nearest_share(np.array([low, middle, high]))


@dataclass(frozen=True)
class Prior:
    """What is believed about a backlog before its history is read.

    Attributes
    ----------
    inflow : mean and sd of the houses a year that come in, net of what leaves without programmes unless an exit rate is
        given to the calibration; a normal law
    effectiveness : share of the houses really handled that leave the stock
    completeness : share of the houses really handled that are reported
    noise_sd : median, and sd of the logarithm, of the yearly noise of the stock [houses]; a lognormal law
    measurement_sd : the same for the error of each published stock; None where it is published without error

    Raises
    ------
    DataError : for laws that cannot be

    Examples
    --------
    >>> prior = Prior.from_ranges(inflow=(2000, 5000, 8000), effectiveness=(0.6, 0.8, 0.95), completeness=(0.8, 0.9, 1),
    ...                           noise_sd=(300, 800, 2000))
    >>> round(prior.inflow[0]), round(prior.effectiveness.mean, 2), round(prior.noise_sd[0])
    (5000, 0.79, 783)
    """

    inflow: tuple[float, float]
    effectiveness: Share
    completeness: Share
    noise_sd: tuple[float, float]
    measurement_sd: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse laws that cannot be."""
        problems = [*_wrong_inflow(self.inflow), *_wrong_scale("noise_sd", self.noise_sd)]
        if self.measurement_sd is not None:
            problems += _wrong_scale("measurement_sd", self.measurement_sd)
        for name in ("effectiveness", "completeness"):
            problems += _wrong_share(name, getattr(self, name))
        if problems:
            raise DataError(problems)

    @classmethod
    def from_ranges(
        cls,
        *,
        inflow: Range,
        effectiveness: Range,
        completeness: Range,
        noise_sd: Range,
        measurement_sd: Range | None = None,
    ) -> "Prior":
        """Prior from 5, 50 and 95 % values; the laws that come nearest to them. Three equal shares are certain."""
        ranges = {"inflow": inflow, "effectiveness": effectiveness, "completeness": completeness, "noise_sd": noise_sd}
        ranges |= {} if measurement_sd is None else {"measurement_sd": measurement_sd}
        problems = [problem for name, values in ranges.items() for problem in _wrong_range(name, values)]
        if problems:
            raise DataError(problems)
        return cls(
            inflow=_level(inflow),
            effectiveness=Share.of_range(effectiveness),
            completeness=Share.of_range(completeness),
            noise_sd=_scale(noise_sd),
            measurement_sd=None if measurement_sd is None else _scale(measurement_sd),
        )


def _wrong_inflow(inflow: tuple[float, float]) -> list[Problem]:
    mean, sd = inflow
    if np.isfinite(mean) and np.isfinite(sd) and sd > 0:
        return []
    return [
        Problem(
            "prior.inflow", Text("mean {mean:g} and sd {sd:g}; expected a number and a positive sd", mean=mean, sd=sd)
        )
    ]


def _wrong_scale(name: str, scale: tuple[float, float]) -> list[Problem]:
    median, log_sd = scale
    if 0 < median < np.inf and 0 < log_sd <= _WIDEST_LOG_SD:
        return []
    seen = Text("median {median:g} and sd of the logarithm {log_sd:g}", median=median, log_sd=log_sd)
    return [
        Problem(
            f"prior.{name}", Text("{seen}; expected a positive median and an sd of the logarithm up to 2", seen=seen)
        )
    ]


def _wrong_share(name: str, share: Share) -> list[Problem]:
    if 1 <= share.a < np.inf and 1 <= share.b < np.inf:
        return []
    seen = Text("a {a:g} and b {b:g} pile up at an end", a=share.a, b=share.b)
    return [
        Problem(
            f"prior.{name}", Text("{seen}; expected a and b of at least 1 (a smaller sd), or Share.known", seen=seen)
        )
    ]


def _wrong_range(name: str, values: Range) -> list[Problem]:
    if len(values) == 3 and np.isfinite(values).all() and values[0] <= values[1] <= values[2]:
        return []
    return [Problem(f"prior.{name}", Text("{values}; expected the 5, 50 and 95 % values, rising", values=list(values)))]


def _level(values: Range) -> tuple[float, float]:
    """Mean and sd of the normal law whose 5, 50 and 95 % values are nearest by least squares."""
    return float(np.mean(values)), float((values[2] - values[0]) / (ndtri(_RANGE[2]) - ndtri(_RANGE[0])))


def _scale(values: Range) -> tuple[float, float]:
    """Median and sd of the logarithm of the lognormal law nearest to 5, 50 and 95 % values."""
    if min(values) <= 0:
        raise DataError(
            [
                Problem(
                    "prior",
                    Text(
                        "a scale of {least:g} among {values}; expected positive numbers",
                        least=min(values),
                        values=list(values),
                    ),
                )
            ]
        )
    mean, sd = _level([float(np.log(value)) for value in values])
    return float(np.exp(mean)), sd


def _nearest_share(values: Array) -> Share:
    from scipy.optimize import least_squares
    from scipy.special import betaincinv

    def distances(logs: Array) -> Array:
        return np.asarray(betaincinv(np.exp(logs[0]), np.exp(logs[1]), np.array(_RANGE)) - values)

    middle, sd = np.clip(values[1], 0.02, 0.98), max((values[2] - values[0]) / 3.3, 1e-6)
    total = max(middle * (1.0 - middle) / sd**2 - 1.0, 1.0)
    start = np.log(np.maximum([middle * total, (1.0 - middle) * total], 1.1))
    found = least_squares(distances, start, bounds=(0.0, np.inf), xtol=1e-12, ftol=1e-12)
    return Share(*(max(1.0, float(each)) for each in np.exp(found.x)))
