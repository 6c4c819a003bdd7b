"""Learns the factors of prediction intervals on simulated series: python benchmarks/forecasting/learning.py

Prints the module `backlog_model/history/forecasting/interval_factors.py`. Some six minutes on one core, most of them
for `ets`.
"""

import sys
import warnings
from functools import cache

import numpy as np

from backlog_model.history.forecasting import METHODS
from backlog_model.history.forecasting.intervals import UPSIDE_DOWN, movement
from processes import simulate

SEED = 20_251_231
LENGTHS = (3, 4, 5, 7, 10, 15, 22, 35, 60)
HORIZONS = (1, 2, 4, 8, 16)
LEVELS = (0.3, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
REFERENCE = 0.95
SERIES = {"ets": 1_400}
LEARNED_FROM = {"ets": "damped_trend"}  # the slow method gets but its width of its own
MOST_SERIES = 21_000
SHAPED_ON = "combination"
WIDTH = 110
_CONSTANT = 1e-3
_LEAST_ERROR = 1e-9


@cache
def past_and_future(length):
    """Simulated series of a length, and the years that follow."""
    values = simulate(np.random.default_rng([SEED, length]), MOST_SERIES, length + HORIZONS[-1])
    order = np.random.default_rng(SEED).permutation(MOST_SERIES)
    return values[order, :length], values[order, length:]


def errors(method, length):
    """Measures of movement and errors in its size at each horizon, of all series and of the same turned upside down."""
    past, future = (values[: SERIES.get(method, MOST_SERIES)] for values in past_and_future(length))
    size, measures = movement(past, np.full(len(past), length))
    missed = (future - METHODS[method](past, HORIZONS[-1]))[:, np.array(HORIZONS) - 1] / size[:, None]
    return np.concatenate([measures, measures * UPSIDE_DOWN]), np.concatenate([missed, -missed])


def quantile_regression(measures, logarithms):
    """Coefficients of the upper limit of the reference level; 0 for a measure that no series of a length varies in."""
    from statsmodels.regression.quantile_regression import QuantReg

    varies = np.ptp(measures, axis=0) > _CONSTANT
    varies[0] = True
    found = np.zeros(measures.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found[varies] = QuantReg(logarithms, measures[:, varies]).fit(q=upper(REFERENCE), max_iter=500).params
    return found


def shifted(coefficients, measures, logarithms):
    """Coefficients of another method, the first one moved until the reference level holds."""
    over = logarithms - measures @ coefficients.T
    moved = coefficients.copy()
    moved[:, 0] += np.quantile(over, upper(REFERENCE), axis=0)
    return moved


def upper(level):
    """Chance of a value below the upper limit of a level."""
    return (1.0 + level) / 2.0


@cache
def learned(method, length):
    """(horizon, coefficient) and (horizon, level) factors of one method and length."""
    measures, missed = errors(method, length)
    logarithms = np.log(np.maximum(missed, _LEAST_ERROR))
    if method in LEARNED_FROM:
        coefficients = shifted(learned(LEARNED_FROM[method], length)[0], measures, logarithms)
    else:
        coefficients = np.array([quantile_regression(measures, column) for column in logarithms.T])
    over = np.exp(logarithms - measures @ coefficients.T)
    shapes = np.quantile(over, [upper(level) for level in LEVELS], axis=0).T
    return coefficients.round(3), (shapes / shapes[:, [LEVELS.index(REFERENCE)]]).round(3)


def printed(rows):
    """Rows of numbers, as many to a line as fit."""
    lines = [""]
    for row in rows:
        text = f"({', '.join(f'{number:g}' for number in row)}),"
        lines = [*lines[:-1], f"{lines[-1]} {text}"] if len(lines[-1] + text) < WIDTH else [*lines, text]
    return "".join(f"        {line.strip()}\n" for line in lines)


def table(blocks):
    """Blocks of numbers by length."""
    return "".join(f"    (  # {length} years\n{printed(rows)}    ),\n" for length, rows in blocks)


MODULE = '''"""Learned factors of prediction intervals: printed by benchmarks/forecasting/learning.py, not edited."""

LENGTHS = {lengths}
HORIZONS = {horizons}
LEVELS = {levels}

# fmt: off
SHAPES = (
{shapes})
"""By length, horizon and level: distance over that at level {reference}."""

COEFFICIENTS = {{
{coefficients}}}
"""By method, length, horizon and measure of `intervals.movement`: logarithm of the distance at level {reference}."""
'''


def coefficients_of(method):
    """Lines of one method."""
    print(method, file=sys.stderr)
    return f'"{method}": (\n{table((length, learned(method, length)[0]) for length in LENGTHS)}),\n'


def main():
    """Print the module."""
    shapes = table((length, learned(SHAPED_ON, length)[1]) for length in LENGTHS)
    coefficients = "".join(coefficients_of(method) for method in METHODS)
    numbers = {"lengths": LENGTHS, "horizons": HORIZONS, "levels": LEVELS, "reference": REFERENCE}
    print(MODULE.format(shapes=shapes, coefficients=coefficients, **numbers), end="")


if __name__ == "__main__":
    main()
