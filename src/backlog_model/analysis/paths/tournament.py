"""Tournament of target paths: promises held against what funding scenarios deliver in the same futures.

A path is judged by how honest it is. Where less is better and a future delivers y of a promised v, the loss is the
pinball loss at the wanted chance P, P·max(0, y - v) + (1 - P)·max(0, v - y): the first part where the promise is
missed, the second where too little was promised; mirrored where more is better; the mean over the years of the path, in
units of the variable (Koenker and Bassett 1978, Regression quantiles). The promise of least mean loss is exactly the
one kept with chance P: whoever wants 80 % is told that a house short costs four times as much as a house promised too
few. Scenarios share their draws, so that draw i is the same future under each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.paths.flips import Choice, choice
from backlog_model.analysis.paths.target_paths import TargetPath, path_of
from backlog_model.analysis.regret import RegretTable, mean_errors, regret_table
from backlog_model.errors import DataError, Problem, nearest_hint
from backlog_model.inputs import Array
from backlog_model.summary import Chance, Sampling, chance
from backlog_model.translation import Text

HONEST = "honest"
"""Further option: in each year the value met with the wanted chance under the first scenario, wherever that ends."""

_ROUND_OFF = 1e-9


@dataclass(frozen=True)
class Tournament:
    """Target paths held against funding scenarios.

    Attributes
    ----------
    paths : families in the order given, then `honest`: the options
    undefined : code of the reason for each family without a path
    scenarios : names, the present plan first
    table : regrets over all futures (option, scenario, draw); acceptable is a future that keeps every yearly promise
    every_kept, last_kept : (option, scenario) chance that every yearly promise is kept, and that the last one is
    gaps : (option, scenario, year) promised less mean projected value, above 0 where it is missing
    regrets, regret_errors : (option, scenario) mean regret and its Monte Carlo error
    first_years : first year of the path in which the target itself is met with the wanted chance, by scenario; None
        where there is none (the same for every path: a promise builds no house)
    among_families : what to choose among paths that end on the target
    among_all : the same with `honest`, which says what the target costs in honesty
    """

    paths: Mapping[str, TargetPath]
    undefined: Mapping[str, str]
    scenarios: tuple[str, ...]
    table: RegretTable
    every_kept: Chance
    last_kept: Chance
    gaps: Array
    regrets: Array
    regret_errors: Array
    first_years: Mapping[str, int | None]
    among_families: Choice
    among_all: Choice


def tournament(
    paths: Mapping[str, TargetPath],
    delivered: Mapping[str, npt.ArrayLike],
    aim: Aim,
    *,
    sampling: Sampling,
    undefined: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
    assumptions: Mapping[str, npt.ArrayLike] | None = None,
) -> Tournament:
    """Paths held against what each scenario delivers in the same futures.

    Parameters
    ----------
    paths, undefined : as from `target_paths`
    delivered : scenario, the present plan first -> (year, draw) values of the variable in the years of the paths
    aim : the target: its direction, value and wanted chance
    sampling : how the draws, the same in all scenarios, were made
    weights : by scenario, >= 0; equal unless given
    assumptions : name -> (draw,), as from `drawn_assumptions`

    Raises
    ------
    DataError
        When years or draws do not fit each other, a value is no finite number, or nothing is to be compared.
    """
    years = _checked_paths(paths)
    values = _checked_delivered(delivered, years, sampling.draws)
    honest = _honest(next(iter(paths.values())), values[0], aim)
    options = {**paths, HONEST: honest}
    promised = np.stack([path.values for path in options.values()])
    losses = promise_losses(promised, values, probability=aim.probability, sign=aim.sign)
    shares = _checked_weights(weights, tuple(delivered))
    kept = _kept(promised, values, aim.sign)
    every = np.logical_and.reduce(kept, axis=2)
    table = regret_table(losses, weights=shares[:, None], sampling=sampling, acceptable=every)
    choose = partial(choice, scenarios=tuple(delivered), sampling=sampling, weights=shares, assumptions=assumptions)
    return Tournament(
        paths=options,
        undefined=dict(undefined or {}),
        scenarios=tuple(delivered),
        table=table,
        every_kept=chance(every, sampling),
        last_kept=chance(kept[:, :, -1], sampling),
        gaps=aim.sign * (promised[:, None] - values.mean(axis=2)[None]),
        regrets=table.regret.mean(axis=2),
        regret_errors=mean_errors(table.regret.reshape(-1, sampling.draws), sampling).reshape(losses.shape[:2]),
        first_years=dict(zip(delivered, _first_years(values, years, aim), strict=True)),
        among_families=choose(losses[:-1], tuple(paths)),
        among_all=choose(losses, tuple(options)),
    )


def promise_losses(promised: Array, delivered: Array, *, probability: float, sign: float) -> Array:
    """Mean pinball loss a year of each promise in each future.

    Parameters
    ----------
    promised : (option, year)
    delivered : (scenario, year, draw)
    probability : wanted chance that a promise is kept
    sign : 1 where more is better, -1 where less is

    Returns
    -------
    (option, scenario, draw) in units of the variable

    Examples
    --------
    Of 100 houses promised at most, 110 remain (10 short), or 90 (10 promised too few).

    >>> promise_losses(np.array([[100.0]]), np.array([[[110.0, 90.0]]]), probability=0.8, sign=-1.0)
    array([[[8., 2.]]])
    """
    options, years = promised.shape
    total = np.zeros((options, delivered.shape[0], delivered.shape[2]))
    for year in range(years):
        missing = sign * (promised[:, year, None, None] - delivered[None, :, year])
        total += np.maximum(probability * missing, (probability - 1.0) * missing)
    return np.asarray(total / years)


def _honest(other: TargetPath, own: Array, aim: Aim) -> TargetPath:
    """Path of the values that the wanted share of draws (year, draw) meets."""
    ordered = np.sort(aim.sign * own, axis=1)
    values = aim.sign * ordered[:, aim.position(own.shape[1])]
    return path_of(HONEST, float(other.values[0] - other.steps[0]), other.years, values)


def _kept(promised: Array, delivered: Array, sign: float) -> npt.NDArray[np.bool_]:
    """(option, scenario, year, draw) whether a promise is kept, up to round-off as in `Goal.is_met`."""
    slack = _ROUND_OFF * np.maximum(1.0, np.abs(promised))
    least = (sign * promised - slack)[:, None, :, None]
    return np.asarray(sign * delivered[None] >= least)


def _first_years(delivered: Array, years: tuple[int, ...], aim: Aim) -> list[int | None]:
    reached = aim.goal.is_met(delivered).mean(axis=2) >= aim.probability
    return [next((year for year, met in zip(years, row, strict=True) if met), None) for row in reached]


def _checked_paths(paths: Mapping[str, TargetPath]) -> tuple[int, ...]:
    if not paths:
        raise _wrong("paths", Text("none; expected one or more"))
    if HONEST in paths:
        raise _wrong(
            "paths", Text("{honest} is the name of an option of its own; expected another name", honest=HONEST)
        )
    years = next(iter(paths.values())).years
    for name, path in paths.items():
        if path.years != years:
            raise _wrong(
                name,
                Text("years {years}; expected {expected}, those of the other paths", years=path.years, expected=years),
            )
    return years


def _checked_delivered(delivered: Mapping[str, npt.ArrayLike], years: tuple[int, ...], draws: int) -> Array:
    """(scenario, year, draw) values."""
    shape = len(years), draws
    if not delivered:
        raise _wrong("delivered", Text("no scenario; expected one or more"))
    arrays = {name: np.asarray(values, dtype=np.float64) for name, values in delivered.items()}
    for name, values in arrays.items():
        if values.shape != shape:
            raise _wrong(
                name,
                Text(
                    "shape {shape}; expected {expected}, the years of the paths and the same draws in all",
                    shape=values.shape,
                    expected=shape,
                ),
            )
        if not np.isfinite(values).all():
            year, draw = np.argwhere(~np.isfinite(values))[0].tolist()
            raise _wrong(
                name,
                Text(
                    "{value} in year {year}, draw {draw} (from 0); expected a finite number",
                    value=values[year, draw],
                    year=years[year],
                    draw=draw,
                ),
            )
    return np.stack(list(arrays.values()))


def _checked_weights(weights: Mapping[str, float] | None, scenarios: tuple[str, ...]) -> Array:
    for name in weights or {}:
        if name not in scenarios:
            raise _wrong(
                "weights", Text("{name}: no such scenario{hint}", name=name, hint=nearest_hint(name, scenarios))
            )
    return np.array([1.0 if weights is None else weights.get(name, 0.0) for name in scenarios])


def _wrong(name: str, message: str) -> DataError:
    return DataError([Problem(name, message)])
