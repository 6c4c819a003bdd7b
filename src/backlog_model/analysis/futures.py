"""One set of futures, simulated again and again under other levers: the same random numbers every time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.aims import Aim
from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.dynamics.simulation import records
from backlog_model.ensemble import streams_of
from backlog_model.ensemble.executors import Executor, Recorder
from backlog_model.inputs import Array, Inputs, Opening, YearInputs
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGN, Design
from backlog_model.summary import Sampling

RUNS = 40
"""Model runs that a question about some futures takes, or so."""

_ALL = ("opening", *YearInputs._fields)

Values = dict[str, Array]
"""By name of an aim, (draw,) values of its variable in its year."""


@dataclass
class Futures:
    """Draws of a scenario, assembled once; without draws the central run is the only future.

    Attributes
    ----------
    inputs : the scenario as written, up to the last year that any aim asks for
    sampling : how the draws were made; one draw, the central run, has none
    aims : what is told of every future
    variables : what must be recorded for that
    recorder : makes the years; what it gave before is overwritten
    runs : model runs made so far; runs of a few draws count as one
    """

    inputs: Inputs
    sampling: Sampling
    aims: tuple[Aim, ...]
    variables: frozenset[str]
    recorder: Recorder
    runs: int = field(default=0)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        aims: Iterable[Aim],
        *,
        draws: int,
        seed: int = 1,
        design: Design = DESIGN,
        runs: int = RUNS,
    ) -> "Futures":
        """Futures of a scenario in which some aims are looked at.

        Parameters
        ----------
        draws, seed, design : as in `run`; without draws the central run is the only future
        runs : how many model runs are expected: many are worth compiling
        """
        wanted = tuple(aims)
        whole = assembled(scenario, draws=draws, seed=seed, design=design)
        last = max((aim.year for aim in wanted), default=whole.axes.years[-1])
        inputs = until(whole, max(last, whole.axes.years[0]))
        recorder = Executor(inputs, max(draws, 1) * runs).recorder()
        return cls(inputs, Sampling(max(draws, 1), seed, design), wanted, names_read(whole, wanted), recorder)

    def about(self, aims: Iterable[Aim]) -> "Futures":
        """The same futures for some of the aims: less is recorded. Their runs are counted apart."""
        wanted = tuple(aims)
        return replace(self, aims=wanted, variables=names_read(self.inputs, wanted), runs=0)

    def projected(self, inputs: Inputs) -> Projection:
        """Projection of the futures under changed inputs, until the next one; only what the aims read is in it."""
        self.runs += 1
        few = inputs.axes.draws < self.inputs.axes.draws
        recorder = records if few else self.recorder
        return Projection(inputs, recorder(inputs, variables=self.variables))

    def values(self, inputs: Inputs, aims: Iterable[Aim] | None = None) -> Values:
        """Values that aims ask for, all of them by default, under changed inputs."""
        projection = self.projected(inputs)
        return {aim.name: np.array(aim.values(projection)) for aim in (self.aims if aims is None else aims)}


def assembled(scenario: Scenario, *, draws: int, seed: int, design: Design = DESIGN) -> Inputs:
    """Inputs of a scenario in all draws of a run; of the central run without draws."""
    if draws == 0:
        return assemble(scenario)
    streams = streams_of(scenario, draws=draws, seed=seed, design=design)
    return assemble(scenario, Drawing.of(scenario, streams, range(draws)))


def until(inputs: Inputs, last: int) -> Inputs:
    """The same inputs without the years after one."""
    axes = inputs.axes
    years = axes.years[: axes.years.index(last) + 1]
    yearly = YearInputs._make(array[: len(years)] if len(array) > 1 else array for array in inputs.yearly)
    return replace(inputs, axes=replace(axes, years=years), yearly=yearly, checked=_ALL)


def changed(inputs: Inputs, fields: Mapping[str, Array]) -> Inputs:
    """The same inputs with other arrays in some fields of the years."""
    yearly = inputs.yearly._replace(**fields)
    kept = ["opening", *(name for name in YearInputs._fields if name not in fields)]
    return replace(inputs, yearly=yearly, checked=kept)


def taken(inputs: Inputs, draws: Sequence[int] | npt.NDArray[np.int64]) -> Inputs:
    """The same inputs for some draws, in an order and as often as wanted."""
    chosen = np.asarray(draws)
    opening = Opening._make(np.ascontiguousarray(array[..., chosen, :]) for array in inputs.opening)
    yearly = YearInputs._make(array if array.shape[-2] == 1 else array[..., chosen, :] for array in inputs.yearly)
    axes = replace(inputs.axes, draws=len(chosen))
    return replace(inputs, axes=axes, opening=opening, yearly=yearly, checked=_ALL)


class _Seen(dict[str, Array]):
    """Values that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, Array]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Array:
        self.names.add(name)
        return super().__getitem__(name)


def names_read(inputs: Inputs, aims: Iterable[Aim]) -> frozenset[str]:
    """Recorded variables that aims are told from, found by telling them once."""
    one = taken(inputs, [0])
    seen = _Seen(records(one))
    projection = Projection(one, seen)
    for aim in aims:
        aim.values(projection)
    return frozenset(seen.names)
