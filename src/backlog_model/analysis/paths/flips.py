"""Which option to choose, and which assumption or scenario would change that choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.regret import checked_weights, mean_errors, regret
from backlog_model.errors import DataError, Problem
from backlog_model.inputs import Array
from backlog_model.summary import Sampling
from backlog_model.translation import Text

_ROUND_OFF = 1e-12
_ERRORS = 2.0
Positions = npt.NDArray[np.intp]


class Winner(NamedTuple):
    """Best option by one criterion.

    Attributes
    ----------
    names : the best option, and those that lose the same in every future
    second : the best of all others; None where there is none
    lead : how much more the second is regretted, in units of the loss; NaN without a second
    mc_error : Monte Carlo error of the lead, from the same draws of both; of a lead in largest regret, which no mean
        tells, how much it differs from one replicate of the run to another (NaN where there are none)
    """

    names: tuple[str, ...]
    second: str | None
    lead: float
    mc_error: float

    @property
    def is_clear(self) -> bool:
        """Whether the lead is beyond two Monte Carlo errors."""
        return self.lead > _ERRORS * self.mc_error


class AssumptionFlip(NamedTuple):
    """An assumption that changes the choice: in one half of its values another option is best than in the other.

    Attributes
    ----------
    name : of the assumption
    lower, upper : best option by mean regret where it is below its median, and where it is not
    half : where staying with the overall choice costs more
    loss, mc_error : mean regret given up there by staying, and its Monte Carlo error
    """

    name: str
    lower: str
    upper: str
    half: Literal["lower", "upper"]
    loss: float
    mc_error: float


class ScenarioChoice(NamedTuple):
    """Best option within one scenario, and the mean regret given up there by staying with the overall choice."""

    scenario: str
    best: str
    loss: float
    mc_error: float

    @property
    def flips(self) -> bool:
        """Whether the scenario changes the choice by more than two Monte Carlo errors."""
        return self.loss > _ERRORS * self.mc_error


@dataclass(frozen=True)
class Choice:
    """What to choose among some options.

    Attributes
    ----------
    by_mean, by_maximum : best by mean and by largest regret against these options alone
    scenarios : best by mean regret within each scenario
    flips : assumptions that change the choice by mean regret, the one that costs most first; only where that is more
        than two Monte Carlo errors
    """

    by_mean: Winner
    by_maximum: Winner
    scenarios: tuple[ScenarioChoice, ...]
    flips: tuple[AssumptionFlip, ...]


def choice(
    losses: npt.ArrayLike,
    options: Sequence[str],
    scenarios: Sequence[str],
    *,
    sampling: Sampling,
    weights: npt.ArrayLike | None = None,
    assumptions: Mapping[str, npt.ArrayLike] | None = None,
) -> Choice:
    """Best option over all futures, and what would change that.

    Parameters
    ----------
    losses : (option, scenario, draw), the same draws in every scenario
    options, scenarios : their names
    sampling : how the draws were made
    weights : (scenario,), equal unless given
    assumptions : name -> (draw,) what was drawn, or the uniform numbers behind it; one that cannot be halved, because
        most draws have the same number, changes nothing

    Raises
    ------
    DataError
        For losses, names, weights or assumptions that do not fit each other.
    """
    regrets = regret(losses)
    shape = (len(options), len(scenarios), sampling.draws)
    if regrets.shape != shape:
        raise _wrong(
            "losses",
            Text(
                "shape {shape}; expected {expected}, options, scenarios and draws", shape=regrets.shape, expected=shape
            ),
        )
    given = None if weights is None else np.asarray(weights, dtype=np.float64)[:, None]
    shares = checked_weights(given, regrets.shape[1:]).sum(axis=1)
    contest = _Contest(regrets, tuple(options), _first_alike(np.asarray(losses, dtype=np.float64)), sampling, shares)
    return Choice(
        contest.winner_by_mean(),
        contest.winner_by_maximum(),
        tuple(contest.within(place, name) for place, name in enumerate(scenarios)),
        contest.flips(assumptions or {}),
    )


@dataclass(frozen=True)
class _Contest:
    """Options in the same futures; regrets (option, scenario, draw)."""

    regrets: Array
    options: tuple[str, ...]
    alike: Positions  # first option that loses the same everywhere, itself where there is none before it
    sampling: Sampling
    shares: Array

    @cached_property
    def by_draw(self) -> Array:
        """(option, draw) mean over scenarios."""
        return np.asarray(np.einsum("osd,s->od", self.regrets, self.shares))

    @cached_property
    def chosen(self) -> int:
        """Position of the overall choice."""
        return int(self.alike[np.argmin(self.by_draw.mean(axis=1))])

    def winner_by_mean(self) -> Winner:
        by_draw = self.by_draw
        first, second = self._leaders(by_draw.mean(axis=1))
        if second is None:
            return Winner(self._names(first), None, np.nan, np.nan)
        lead = by_draw[second] - by_draw[first]
        return Winner(self._names(first), self.options[second], float(lead.mean()), self._error(lead))

    def winner_by_maximum(self) -> Winner:
        worst = self.regrets[:, self.shares > 0].max(axis=1)
        by_replicate = np.maximum.reduceat(worst, self.sampling.edges[:-1], axis=1)
        maxima = by_replicate.max(axis=1)
        first, second = self._leaders(maxima)
        if second is None:
            return Winner(self._names(first), None, np.nan, np.nan)
        leads = by_replicate[second] - by_replicate[first]
        error = float(leads.std(ddof=1)) if len(leads) > 1 else np.nan
        return Winner(self._names(first), self.options[second], float(maxima[second] - maxima[first]), error)

    def within(self, scenario: int, name: str) -> ScenarioChoice:
        here = self.regrets[:, scenario]
        best = int(self.alike[np.argmin(here.mean(axis=1))])
        loss = here[self.chosen] - here[best]
        return ScenarioChoice(name, self.options[best], float(loss.mean()), self._error(loss))

    def flips(self, assumptions: Mapping[str, npt.ArrayLike]) -> tuple[AssumptionFlip, ...]:
        names, halves = self._halves(assumptions)
        by_draw, chosen, counts = self.by_draw, self.chosen, halves.sum(axis=2)
        means = halves @ by_draw.T / counts[:, :, None]
        best = self.alike[means.argmin(axis=2)]
        losses = means[:, :, chosen] - np.take_along_axis(means, best[:, :, None], axis=2)[:, :, 0]
        # the error of a mean over some of the draws is that of the mean of these numbers over all draws
        apart = halves * (by_draw[chosen] - by_draw[best] - losses[:, :, None]) * (halves.shape[2] / counts)[:, :, None]
        errors = mean_errors(apart.reshape(-1, apart.shape[2]), self.sampling).reshape(losses.shape)
        half = losses.argmax(axis=0)
        found = []
        for place, name in enumerate(names):
            side, (lower, upper) = half[place], best[:, place]
            loss, error = float(losses[side, place]), float(errors[side, place])
            if loss > _ERRORS * error:  # an option best in both halves is the overall choice, and loses nothing
                ends = self.options[lower], self.options[upper]
                found.append(AssumptionFlip(name, *ends, "upper" if side else "lower", loss, error))
        return tuple(sorted(found, key=lambda flip: -flip.loss))

    def _halves(self, assumptions: Mapping[str, npt.ArrayLike]) -> tuple[list[str], Array]:
        """Names of the assumptions, and (half, assumption, draw) 1 where a draw is in the half, else 0."""
        draws, kept = self.sampling.draws, {}
        for name, given in assumptions.items():
            numbers = np.asarray(given, dtype=np.float64)
            if numbers.shape != (draws,) or not np.isfinite(numbers).all():
                raise _wrong(
                    name,
                    Text(
                        "shape {shape}; expected ({draws},), a finite number for each draw",
                        shape=numbers.shape,
                        draws=draws,
                    ),
                )
            lower = numbers < np.median(numbers)
            if 1 < lower.sum() < draws - 1:
                kept[name] = lower
        below = np.array(list(kept.values()), dtype=np.float64).reshape(len(kept), draws)
        return list(kept), np.stack([below, 1.0 - below])

    def _leaders(self, criterion: Array) -> tuple[int, int | None]:
        first = int(self.alike[np.argmin(criterion)])
        others = np.flatnonzero(self.alike != first)
        return first, int(self.alike[others[np.argmin(criterion[others])]]) if others.size else None

    def _names(self, first: int) -> tuple[str, ...]:
        return tuple(self.options[place] for place in np.flatnonzero(self.alike == first))

    def _error(self, differences: Array) -> float:
        return float(mean_errors(differences[None], self.sampling)[0])


def _first_alike(losses: Array) -> Positions:
    """For each option the first one that loses the same in every future, up to round-off."""
    rows = losses.reshape(len(losses), -1)
    slack = _ROUND_OFF * np.abs(rows).max()
    return np.array([np.argmax((np.abs(rows - row) <= slack).all(axis=1)) for row in rows])


def _wrong(name: str, message: str) -> DataError:
    return DataError([Problem(name, message)])
