"""Made-up yearly series of many kinds, on which the widths of prediction intervals are learned.

The family was written down from what yearly figures of money, people and houses do in general: they wander, grow at a
rate that lasts a while, follow a line, bend, are registered anew, are measured badly, have calm years and years of
crisis, grow by percentages rather than amounts. How strong each of these is was settled on yearly panels that are not
among those the forecasts are judged by (README.md); no number was fitted to a real series.
"""

import numpy as np

TAILS = (3.0, 5.0, 8.0, np.inf)  # degrees of freedom of what happens in a year
TRENDS = (0.0, 0.3, 0.8)  # typical yearly change, in sizes of what happens in a year
GROWS = 0.8  # of all series: money, people and things grow more often than they shrink
UNSETTLED = 0.6  # largest yearly change of the logarithm of that size: calm years and years of crisis
CALM_LASTS = 0.9  # share that a year keeps of it
MEASURED_BADLY = 0.3  # of all series
GROWS_BY_PERCENTAGES = 0.5
REGISTERED_ANEW = 0.25
YEARS_BETWEEN_REGISTERS = 25.0
BEND_EVERY = 10.0
LARGEST_GROWTH = 3.0  # logarithm: what grows by percentages ends at most twenty times as large, or as small
YEARS_BEFORE = 20  # no series begins when its process does


def events(rng, shape):
    """(series, year) what happens in a year: variance about 1, tails and calm of each series as drawn."""
    freedom = rng.choice(TAILS, size=(shape[0], 1))
    bounded = np.where(np.isinf(freedom), 1e6, freedom)
    heavy = rng.standard_normal(shape) / np.sqrt(rng.chisquare(bounded, shape) / bounded)
    unsettled = rng.uniform(0.0, UNSETTLED, (shape[0], 1)) * rng.standard_normal(shape)
    calm = np.exp(remembered(unsettled, np.full((shape[0], 1), CALM_LASTS)))
    return calm * heavy * np.sqrt((bounded - 2.0) / bounded)


def between(rng, low, high, count):
    """(series, 1) positive numbers, all orders of size between two equally likely."""
    return np.exp(rng.uniform(np.log(low), np.log(high), (count, 1)))


def remembered(shocks, memory):
    """(series, year) what each year keeps of the year before, and its own shock."""
    kept = np.empty_like(shocks)
    last = np.zeros(len(shocks))
    for year in range(shocks.shape[1]):
        last = memory[:, 0] * last + shocks[:, year]
        kept[:, year] = last
    return kept


def trends(rng, count):
    """(series, 1) mean yearly changes, more of them upwards."""
    upwards = np.where(rng.random((count, 1)) < GROWS, 1.0, -1.0)
    return upwards * np.abs(rng.standard_normal((count, 1))) * rng.choice(TRENDS, size=(count, 1))


def walk(rng, shape):
    """Random walk with drift."""
    return np.cumsum(trends(rng, shape[0]) + events(rng, shape), axis=1)


def lasting_growth(rng, shape):
    """Growth that carries over from one year to the next, as in business cycles, or swings back."""
    memory = rng.uniform(-0.2, 0.9, (shape[0], 1))
    return np.cumsum(trends(rng, shape[0]) + remembered(events(rng, shape), memory), axis=1)


def local_trend(rng, shape):
    """Level and trend both wander."""
    trend = np.cumsum(between(rng, 0.05, 0.6, shape[0]) * events(rng, shape), axis=1)
    return np.cumsum(trends(rng, shape[0]) + trend + events(rng, shape), axis=1)


def damped_trend(rng, shape):
    """A trend that wanders and dies away."""
    memory = rng.uniform(0.6, 0.98, (shape[0], 1))
    trend = remembered(between(rng, 0.1, 1.0, shape[0]) * events(rng, shape), memory)
    return np.cumsum(trends(rng, shape[0]) + trend + events(rng, shape), axis=1)


def around_a_line(rng, shape):
    """Departures from a line that fade."""
    memory = rng.uniform(0.0, 0.95, (shape[0], 1))
    line = trends(rng, shape[0]) * np.arange(shape[1])
    return line + remembered(events(rng, shape), memory)


def local_level(rng, shape):
    """A level that wanders without trend, seen with noise."""
    return np.cumsum(events(rng, shape), axis=1) + between(rng, 0.1, 5.0, shape[0]) * events(rng, shape)


def bends(rng, shape):
    """Lines of different slopes, one after the other."""
    new = rng.random(shape) < 1.0 / BEND_EVERY
    slopes = trends(rng, shape[0]) + np.cumsum(np.where(new, 1.5 * rng.standard_normal(shape), 0.0), axis=1)
    return np.cumsum(slopes + events(rng, shape), axis=1)


PROCESSES = (walk, lasting_growth, local_trend, damped_trend, around_a_line, local_level, bends)


def simulate(rng, count, years):
    """(series, year) series of all processes in turn, measured, registered and scaled at random."""
    parts = np.array_split(np.arange(count), len(PROCESSES))
    lived = YEARS_BEFORE + years
    values = np.concatenate([process(rng, (len(part), lived)) for process, part in zip(PROCESSES, parts, strict=True)])
    noise = between(rng, 0.05, 1.0, count) * events(rng, values.shape)
    values = values + np.where(rng.random((count, 1)) < MEASURED_BADLY, noise, 0.0) + registers(rng, values.shape)
    values = values[:, YEARS_BEFORE:] - values[:, [YEARS_BEFORE]]
    return np.where(rng.random((count, 1)) < GROWS_BY_PERCENTAGES, by_percentages(rng, values), values)


def by_percentages(rng, values):
    """(series, year) amounts whose logarithms move like some values."""
    furthest = np.abs(values).max(axis=1, keepdims=True)
    yearly = np.minimum(between(rng, 0.01, 0.15, len(values)), LARGEST_GROWTH / furthest)
    return np.exp(yearly * values) / yearly


def registers(rng, shape):
    """(series, year) steps where a figure was registered anew, in few series."""
    new = rng.random(shape) < np.where(rng.random((shape[0], 1)) < REGISTERED_ANEW, 1.0 / YEARS_BETWEEN_REGISTERS, 0.0)
    return np.cumsum(np.where(new, 5.0 * rng.standard_normal(shape), 0.0), axis=1)
