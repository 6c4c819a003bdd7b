"""Money by year that makes targets as sure as wanted, by a named criterion.

A budget that is enough is improved in a few rounds. In each, the gain of every target from more or less money in each
year alone is tabulated, in the draws that decide: those next to the quantile of each target. The best budget under
these tables, as if the gains of years added up, is a linear programme, since further money in a year brings less and
less (separable programming). It is scaled until it is just enough in all draws, judged by the model, and kept only
when it is better than what was there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import Futures, Values, taken
from backlog_model.analysis.money.criteria import Criterion, Terms, programme, worth
from backlog_model.analysis.money.levers import AMPLE, Lever
from backlog_model.analysis.money.smallest import smallest, smallest_near
from backlog_model.inputs import Array

_ROUNDS = 3
_LOOKING, _RUNS = 8, 16  # model runs after which no further round is begun: of a search, and of a whole solve
_DECIDING = 48  # draws next to the quantiles of all targets together from which gains are told
_LEVELS = np.array([0.0, 0.5, 0.85, 0.95, 1.0, 1.05, 1.2, 1.7, 3.0])  # of the budget at hand
_SMALL = 0.1  # share of an even budget from which a year without any is tabulated
_BETTER = 5e-4  # least gain for which a budget is kept, and the tolerance of all but the last scaling
_EXACT = 1e-3  # weight of the peak where money is the first criterion
_NOISY = 0.05  # the same weight where futures are drawn: what one year alone seems to save is often noise


class Gains(NamedTuple):
    """What more or less money in one year alone brings every target.

    Attributes
    ----------
    levels : (year, level) further money at which it was told, in rising order
    slopes : (target, year, level - 1) margin per rupiah between neighbouring levels, falling
    missing : (target,) margin that these tables must bring, counted from no further money
    """

    levels: Array
    slopes: Array
    missing: Array


@dataclass
class Search:
    """Search for the money of some targets in one set of futures.

    Attributes
    ----------
    free : (year,) whether the money of a year is still to be found; what `given` has is kept in the others
    given : (year,) further money that is decided already
    tolerance : how far above the least, as a share of it; None where other futures say how much is enough
    start : (year,) further money that is enough, if any is known
    """

    futures: Futures
    lever: Lever
    aims: tuple[Aim, ...]
    criterion: Criterion
    free: npt.NDArray[np.bool_]
    given: Array
    tolerance: float | None
    start: Array | None = None
    nothing: float = -np.inf

    def found(self) -> Array | None:
        """(year,) further money; None where no money is enough."""
        self.nothing = min(self.judged(self.given)[0])
        if self.nothing >= 0.0:
            return self.given.copy()
        starts = [self._even(), None if self.start is None else self._scaled(self.start, self.close)]
        best = min((each for each in starts if each is not None), key=self._worth, default=None)
        if best is not None and self.free.sum() > 1:
            best = self._improved(best)
        return None if best is None else self._lightest(best)

    def best_of(self, shapes: Sequence[Array], *, rounds: int) -> Array | None:
        """(year,) the best of some shapes, each as little as is enough; None where none of them is."""
        self.nothing = min(self.judged(self.given)[0])
        if self.nothing >= 0.0:
            return self.given.copy()
        scaled = [self._scaled(shape, self.close) for shape in shapes if (shape > self.given).any()]
        known = [each for each in (scaled or [self._even()]) if each is not None]
        best = min(known, key=self._worth, default=None)
        if best is not None and rounds:
            best = self._improved(best, rounds=rounds)
        return None if best is None else self._lightest(best)

    def _lightest(self, best: Array) -> Array:
        """(year,) as little of a budget as is enough, unless less of it is worse by the criterion."""
        if self.tolerance is None:
            return best
        scaled = self._scaled(best, self.tolerance)
        return best if scaled is None or self._worth(scaled) > self._worth(best) else scaled

    def _even(self) -> Array | None:
        """(year,) the same further money in every year to be found, looked for from little to much."""
        even = self.free.astype(np.float64)
        first, most = float(np.mean(self.lever.present)), float(self.ample[self.free].max())
        amount = smallest(
            lambda amount: self.nothing if amount == 0.0 else min(self.judged(self._within(amount * even))[0]),
            first=first or most / AMPLE,
            most=most,
            tolerance=self.close,
        )
        return None if amount is None else self._within(amount * even)

    def _within(self, more: Array) -> Array:
        """(year,) further money, no more than is of use."""
        return np.minimum(self.given + more, self.ample)

    @property
    def close(self) -> float:
        """Tolerance of all but the last scaling."""
        return max(self.tolerance or 0.0, _BETTER)

    @property
    def ample(self) -> Array:
        """(year,) more than enough money in the years to be found."""
        return np.where(self.free, self.lever.ample, self.given)

    def _improved(self, best: Array, *, rounds: int = _ROUNDS) -> Array:
        """(year,) better money that is still enough."""
        before = self.futures.runs
        for _ in range(rounds):
            if self.futures.runs - before > (_RUNS if self.tolerance else _LOOKING):
                break
            proposed = self._best(self._gains(best))
            moved = None if proposed is None else self._moved(proposed)
            if moved is None or self._worth(moved) >= self._worth(best) * (1.0 - _BETTER):
                break
            best = moved
        return best

    def _moved(self, proposed: Array) -> Array | None:
        """(year,) a proposed budget, as little of it as is enough unless less of it is worse by the criterion."""
        scaled = self._scaled(proposed, self.close)
        if scaled is None or self._worth(scaled) <= self._worth(proposed) or min(self.judged(proposed)[0]) < 0.0:
            return scaled
        return proposed

    @property
    def terms(self) -> Terms:
        """What further money is judged beside."""
        peak_weight = _EXACT if self.futures.sampling.draws == 1 else _NOISY
        return Terms(self.lever.present, self.lever.before, peak_weight)

    def _worth(self, extra: Array) -> float:
        """How bad further money is by the criterion."""
        return worth(self.criterion, extra, self.terms)

    def judged(self, extra: Array) -> tuple[list[float], Values]:
        """Margin of every target under further money, and the values it rests on."""
        values = self.futures.values(self.lever.applied(self.futures.inputs, extra))
        return [aim.margin(values[aim.name]) for aim in self.aims], values

    def _gains(self, here: Array) -> Gains:
        """Gains from money in each year around a budget, from one run of the deciding draws."""
        margins, values = self.judged(here)
        deciding = self._deciding(values)
        draws, places = np.unique(np.concatenate(deciding), return_inverse=True)
        more = np.maximum(here - self.given, _SMALL * float((here - self.given).mean()))
        levels = np.minimum(more[:, None] * _LEVELS, (self.ample - self.given)[:, None])
        budgets = np.repeat(here[:, None], levels.size, axis=1)
        for year in range(len(here)):
            budgets[year, year * len(_LEVELS) : (year + 1) * len(_LEVELS)] = self.given[year] + levels[year]
        inputs = taken(self.futures.inputs, np.tile(draws, levels.size))
        told = self.futures.values(self.lever.applied(inputs, np.repeat(budgets, len(draws), axis=1)))
        ends = np.cumsum([len(each) for each in deciding])[:-1]
        slopes, missing = [], []
        for aim, margin, mine in zip(self.aims, margins, np.split(places, ends), strict=True):
            table = aim.margins(told[aim.name]).reshape(*levels.shape, len(draws))[..., mine].mean(axis=-1)
            found = _falling(table, levels)
            slopes.append(found)
            held = np.clip((here - self.given)[:, None] - levels[:, :-1], 0.0, np.diff(levels, axis=1))
            missing.append(float((found * held).sum()) - margin)
        return Gains(levels, np.array(slopes), np.array(missing))

    def _deciding(self, values: Values) -> list[npt.NDArray[np.int64]]:
        """Draws next to the quantile of each target."""
        found, count = [], max(6, _DECIDING // len(self.aims))
        for aim in self.aims:
            order = np.argsort(aim.margins(values[aim.name]), kind="stable")
            place = aim.position(len(order))
            first = max(0, min(place - count // 2, len(order) - count))
            found.append(order[first : first + count])
        return found

    def _best(self, gains: Gains) -> Array | None:
        """(year,) best money if gains of years add up; None where they are not enough."""
        from scipy.optimize import linprog

        years, pieces = gains.levels.shape[0], gains.levels.shape[1] - 1
        unit = float(self.lever.ample.max()) or 1.0
        terms = Terms((self.lever.present + self.given) / unit, self.lever.before / unit, self.terms.peak_weight)
        criterion = programme(self.criterion, terms)
        own = len(criterion.cost) - years
        by_piece = np.repeat(np.eye(years), pieces, axis=1)  # (year, year x piece)
        lines = -gains.slopes.reshape(len(gains.slopes), -1)
        sizes = np.maximum(np.abs(lines).max(axis=1, keepdims=True), 1e-300)
        widths = np.where(self.free[:, None], np.diff(gains.levels, axis=1), 0.0).ravel() / unit
        solved = linprog(
            [*(criterion.cost[:years] @ by_piece), *criterion.cost[years:]],
            A_ub=np.vstack(
                [
                    np.hstack([lines / sizes, np.zeros((len(lines), own))]),
                    np.hstack([criterion.above[:, :years] @ by_piece, criterion.above[:, years:]]),
                ]
            ),
            b_ub=np.concatenate([-gains.missing / sizes[:, 0] / unit, criterion.limits]),
            bounds=[*((0.0, width) for width in widths.tolist()), *[(0.0, None)] * own],
            method="highs",
        )
        if solved.x is None:
            return None
        return np.asarray(self.given + by_piece @ solved.x[: years * pieces] * unit)

    def _scaled(self, extra: Array, tolerance: float) -> Array | None:
        """The same money by year, as little of it as is enough."""
        more = extra - self.given
        rising = more > 0.0
        if not rising.any():
            return None
        most = float(np.min((self.ample - self.given)[rising] / more[rising]))

        def margin(share: float) -> float:
            return self.nothing if share == 0.0 else min(self.judged(self.given + share * more)[0])

        share = smallest_near(margin, 1.0, most=most, tolerance=tolerance)
        return None if share is None else self.given + share * more


def _falling(table: Array, levels: Array) -> Array:
    """(year, level - 1) slopes of tabulated gains, made to fall where round-off or a ramp lets them rise."""
    from scipy.optimize import isotonic_regression

    widths = np.diff(levels, axis=1)
    slopes = np.divide(np.diff(table, axis=1), widths, out=np.zeros_like(widths), where=widths > 0.0)
    rows = [
        isotonic_regression(row, weights=np.maximum(width, 1e-300), increasing=False).x
        for row, width in zip(slopes, widths, strict=True)
    ]
    return np.array(rows)
