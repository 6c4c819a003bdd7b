"""Which assumption moves a result most: each at the ends of its range in turn, all others at their median.

All futures, two for each assumption and the central one, are one batch. What is a chance of each year (floods, fires,
a late budget) stays where the central run has it: at its mean, or its median. The span of one assumption says what its
own uncertainty is worth; together they do not add up to the spread of the draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backlog_model.analysis.futures import until
from backlog_model.analysis.input_differences import adds_up
from backlog_model.assembly import assemble_moved
from backlog_model.assembly.drawing import Moved
from backlog_model.dynamics.simulation import records
from backlog_model.inputs import Array
from backlog_model.levels import DERIVED, INDICATORS
from backlog_model.projection import Projection
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Correlation, Scenario
from backlog_model.scenario.vocabulary import SEVERITY_CLASSES

ENDS = (0.05, 0.95)
"""Points of the range at which an assumption is looked at: about as often it lies lower, and higher."""

_ONCE = ("draw", "region")  # not anew in each year


@dataclass(frozen=True)
class Move:
    """One assumption, or the classes of one that are stated to move together, at both ends of its range.

    Attributes
    ----------
    paths : where it stands, dotted; several for classes that move together
    values : what is written there
    low_values, high_values : for each path, its number at both ends in the year looked at: of the province, summed
        over regions where it counts something, else their mean
    base, low, high : the result with everything at its median, and with this at its low and at its high end
    """

    paths: tuple[str, ...]
    values: tuple[Value, ...]
    low_values: tuple[float, ...]
    high_values: tuple[float, ...]
    base: float
    low: float
    high: float

    @property
    def swing(self) -> float:
        """How far apart the results lie, the median one included."""
        found = (self.base, self.low, self.high)
        return max(found) - min(found)


def one_at_a_time(
    scenario: Scenario, year: int, *, variable: str = "rtlh_houses", part: str = "total"
) -> tuple[Move, ...]:
    """What each uncertain assumption does to a result of the province by itself, the largest span first.

    Classes of one assumption that a correlation above 0 ties together move together; an assumption drawn apart in each
    region is moved in all of them at once.

    Parameters
    ----------
    year : in which the result is looked at; the model runs no further
    variable, part : the result, as in `Projection.array`

    Raises
    ------
    DataError
        When shares or rates that belong together leave their bounds at the end of a range.

    Examples
    --------
    >>> import backlog_model as bm
    >>> moves = one_at_a_time(bm.load_scenario("scenarios/template/scenario.yaml"), 2030)
    >>> moves[0].paths
    ('assumptions.deterioration_rate',)
    """
    groups = _groups(scenario)
    if not groups:
        return ()
    points = _points(groups)
    found = _results(scenario, points, year, variable, part)
    base, *ends = found.tolist()
    pairs = zip(groups, ends[::2], ends[1::2], strict=True)
    moves = [_move(scenario, values, year, base, low, high) for values, low, high in pairs]
    return tuple(sorted(moves, key=lambda move: -move.swing))


def _groups(scenario: Scenario) -> list[tuple[Value, ...]]:
    """Uncertain assumptions that are the same in every year; classes that move together stand together."""
    uncertain = {value.path: value for value in values_in(scenario) if _is_assumption(value)}
    together: dict[str, list[Value]] = {}
    for path, value in uncertain.items():
        tied = any(_ties(correlation, path) for correlation in scenario.correlations)
        together.setdefault(path.rpartition(".")[0] if tied else path, []).append(value)
    return [tuple(values) for values in together.values()]


def _ties(correlation: Correlation, path: str) -> bool:
    """Whether a correlation makes a class of an assumption rise and fall with another class of it."""
    parent, _, last = path.rpartition(".")
    classes = [each for each in correlation.between if each.rpartition(".")[0] == parent]
    return correlation.correlation > 0.0 and last in SEVERITY_CLASSES and path in classes and len(classes) > 1


def _is_assumption(value: Value) -> bool:
    laws = [each for each in (*value.form.parts(), value.spread) if isinstance(each, Distribution)]
    return value.is_drawn and value.drawn in _ONCE and not any(law.is_event for law in laws)


def _points(groups: Sequence[tuple[Value, ...]]) -> dict[str, Array]:
    """By path, (future,) probabilities: the first future is the median, then two for each group."""
    points = {}
    for place, values in enumerate(groups):
        row = np.full(1 + len(ENDS) * len(groups), 0.5)
        row[1 + len(ENDS) * place : 1 + len(ENDS) * (place + 1)] = ENDS
        points.update({value.path: row for value in values})
    return points


def _results(scenario: Scenario, points: dict[str, Array], year: int, variable: str, part: str) -> Array:
    """(future,) values of the result."""
    inputs = until(assemble_moved(scenario, points), max(year, scenario.years.first))
    recorded = variable not in DERIVED and variable not in INDICATORS
    projection = Projection(inputs, records(inputs, variables=frozenset((variable,)) if recorded else None))
    row = projection.years(variable).index(year)
    return np.asarray(projection.array(variable, part=part, by="province")[row, :, 0])


def _move(scenario: Scenario, values: tuple[Value, ...], year: int, base: float, low: float, high: float) -> Move:
    lows, highs = zip(*(_numbers(value, scenario, year) for value in values), strict=True)
    return Move(tuple(value.path for value in values), values, lows, highs, base, low, high)


def _numbers(value: Value, scenario: Scenario, year: int) -> tuple[float, float]:
    """Numbers of the province at both ends of a value, in a year or in the nearest for which it is written."""
    wanted = scenario.years.first - 1 if value.path.startswith("opening.") else year
    wanted = max(wanted, value.first_year() or wanted)
    codes = scenario.region_table.codes
    ends = Moved({value.path: np.array(ENDS)}, range(len(ENDS)))
    found = value.array((wanted,), codes, ends.uniform)[0]
    low, high = (found.sum(axis=1) if adds_up(value.unit) else found.mean(axis=1)).tolist()
    return low, high
