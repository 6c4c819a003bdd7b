"""Runs whose draws are counted and not kept: any number of draws in the same memory."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from threading import Event

import numpy as np

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.ensemble.executors import Executor, Recorder
from backlog_model.ensemble.goals import goals_of
from backlog_model.ensemble.memory import SAMPLE_DRAWS, Demand
from backlog_model.inputs import Inputs
from backlog_model.projection import Projection, series_of
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams
from backlog_model.summary import Sampling
from backlog_model.tallies import Tallies, Tally


@dataclass
class Work:
    """One run under way."""

    scenario: Scenario
    streams: Streams
    sampling: Sampling
    chunk: int
    progress: Callable[[float], None]
    stop: Event
    done: int = 0

    def draws(self, replicate: int) -> Iterator[range]:
        """Draws of a replicate, a chunk at a time."""
        start, end = self.sampling.edges[replicate : replicate + 2]
        for first in range(start, end, self.chunk):
            if self.stop.is_set():
                return
            yield range(first, min(first + self.chunk, end))

    def simulated(self, draws: range, recorder: Recorder) -> Projection:
        """Projection of some of the draws."""
        inputs = self.inputs(draws)
        return Projection(inputs, recorder(inputs))

    def inputs(self, draws: range) -> Inputs:
        """Inputs of some of the draws."""
        return assemble(self.scenario, Drawing.of(self.scenario, self.streams, draws))

    def advance(self, draws: range) -> None:
        """Tell how far the run is."""
        self.done += len(draws)
        self.progress(self.done / self.sampling.draws)


def run(
    scenario: Scenario,
    streams: Streams,
    sampling: Sampling,
    central: Projection,
    demand: Demand,
    workers: int,
    progress: Callable[[float], None] | None,
) -> Projection:
    """Projection that knows mean, quantiles and chances of every series, and no single draw.

    Every replicate is counted by one worker from its first draw to its last, so that neither the number of workers nor
    the order in which they end can change a sum.
    """
    work = Work(scenario, streams, sampling, demand.chunk, progress or _silent, Event())
    executor = Executor(work.inputs(range(1)), sampling.draws)
    bounds = _bounds(work, executor.recorder())
    shares = [range(first, len(sampling.edges) - 1, workers) for first in range(workers)]
    whole = bounds.empty()
    with ThreadPoolExecutor(workers) as pool:
        try:
            running = [pool.submit(_count, work, bounds, share, executor) for share in shares]
            for each in as_completed(running):
                whole.merge(each.result())
        except BaseException:
            work.stop.set()
            raise
    return replace(central, values={}, sampling=sampling, beside=central, tallies=whole)


def _silent(_: float) -> None:
    pass


def _bounds(work: Work, recorder: Recorder) -> Tallies:
    """Empty tallies of every series, with bounds from the first draws."""
    sample = work.simulated(range(min(SAMPLE_DRAWS, work.sampling.draws)), recorder)
    replicates = len(work.sampling.edges) - 1
    series = {
        key: Tally.around(sample.array(key.variable, part=key.part, by=key.by), replicates) for key in series_of(sample)
    }
    goals = goals_of(work.scenario, sample).values()
    met = {goal: np.zeros((len(sample.years(goal.variable)), replicates)) for goal in goals}
    return Tallies(work.sampling, series, met)


def _count(work: Work, bounds: Tallies, replicates: range, executor: Executor) -> Tallies:
    tallies, recorder = bounds.empty(), executor.recorder()
    for replicate in replicates:
        for draws in work.draws(replicate):
            part = work.simulated(draws, recorder)
            for key, tally in tallies.series.items():
                tally.add(part.array(key.variable, part=key.part, by=key.by), replicate, executor.counting)
            for goal, counts in tallies.met.items():
                counts[:, replicate] += part.met(goal).sum(axis=-1)
            work.advance(draws)
    return tallies
