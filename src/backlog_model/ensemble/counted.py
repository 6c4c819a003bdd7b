"""Runs whose draws are counted and not kept: many more draws than memory could hold."""

import hashlib
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Event
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from backlog_model.assembly import Assembler
from backlog_model.assembly.drawing import Drawing
from backlog_model.ensemble.executors import Counter, Executor, Recorder
from backlog_model.ensemble.goals import goals_of
from backlog_model.ensemble.memory import VECTOR, Demand
from backlog_model.inputs import Inputs
from backlog_model.projection import Projection, series_of
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams
from backlog_model.summary import Sampling
from backlog_model.tallies import Tallies, Tally

_KEY_LENGTH = 16


class Blocks(Protocol):
    """Where finished replicates of a run are kept, so that one that was interrupted can go on."""

    def load(self, place: int, key: str) -> dict[str, npt.NDArray[Any]] | None:
        """Arrays of a replicate; None where it is not there, or was made in another way."""

    def save(self, place: int, key: str, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Keep the arrays of a replicate."""


@dataclass
class Work:
    """One run under way."""

    scenario: Scenario
    streams: Streams
    sampling: Sampling
    chunk: int
    progress: Callable[[float], None]
    stop: Event
    blocks: Blocks | None = None
    key: str = ""  # of its blocks: all that their bits depend on beside the run itself
    done: int = 0

    @cached_property
    def assembler(self) -> Assembler:
        """What all workers assemble draws with."""
        return Assembler(self.scenario)

    def draws(self, replicate: int) -> Iterator[range]:
        """Draws of a replicate, in chunks of about the same size; whole vectors of compiled code where that goes."""
        start, end = self.sampling.edges[replicate : replicate + 2]
        chunks = -(-(end - start) // self.chunk)
        step = -(-(end - start) // (chunks * VECTOR)) * VECTOR
        for first in range(start, end, step):
            if self.stop.is_set():
                return
            yield range(first, min(first + step, end))

    def simulated(self, draws: range, recorder: Recorder) -> Projection:
        """Projection of some of the draws."""
        inputs = self.inputs(draws)
        return Projection(inputs, recorder(inputs))

    def inputs(self, draws: range) -> Inputs:
        """Inputs of some of the draws."""
        return self.assembler.inputs(Drawing.of(self.scenario, self.streams, draws))

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
    blocks: Blocks | None = None,
) -> Projection:
    """Projection that knows mean, quantiles and chances of every series, and no single draw.

    Every replicate is counted by one worker from its first draw to its last, so that neither the number of workers nor
    the order in which they end can change a sum; nor can it whether a replicate was counted now or is read from blocks.
    """
    work = Work(scenario, streams, sampling, demand.chunk, progress or _silent, Event(), blocks)
    executor = Executor(central.inputs, sampling.draws)
    sample = work.simulated(range(demand.sample), executor.recorder())
    bounds = _bounds(work, sample)
    work.key = _key(bounds, executor)
    counter = executor.counter(sample, bounds)
    shares = [range(first, len(sampling.edges) - 1, workers) for first in range(workers)]
    tasks = [(work, bounds.empty(), share, executor.recorder(), counter) for share in shares]
    del sample, bounds  # their memory is needed for chunks
    with ThreadPoolExecutor(workers) as pool:
        try:
            running = [pool.submit(_count, *task) for task in tasks]
            done = (each.result() for each in as_completed(running))
            whole = next(done)
            for part in done:
                whole.merge(part)
        except BaseException:
            work.stop.set()
            raise
    return replace(central, values={}, sampling=sampling, beside=central, tallies=whole)


def _silent(_: float) -> None:
    pass


def _bounds(work: Work, sample: Projection) -> Tallies:
    """Empty tallies of every series, with bounds from the first draws."""
    replicates = len(work.sampling.edges) - 1
    series = {
        key: Tally.around(sample.array(key.variable, part=key.part, by=key.by), replicates) for key in series_of(sample)
    }
    goals = goals_of(work.scenario, sample).values()
    met = {goal: np.zeros((len(sample.years(goal.variable)), replicates)) for goal in goals}
    return Tallies.joined(work.sampling, series, met)


def _key(bounds: Tallies, executor: Executor) -> str:
    """Digest of the bins and of what computes: a block made with others would not fit."""
    made_with = f"{np.__version__} {platform.python_version()} {platform.machine()} {executor.is_compiled}"
    found = hashlib.sha256(made_with.encode())
    for array in (bounds.whole.low, bounds.whole.scale, bounds.whole.heaped):
        found.update(array.tobytes())
    found.update("".join(map(str, (*bounds.series, *bounds.met))).encode())
    return found.hexdigest()[:_KEY_LENGTH]


def _count(work: Work, tallies: Tallies, replicates: range, recorder: Recorder, counter: Counter) -> Tallies:
    for replicate in replicates:
        if work.blocks is None:
            _count_replicate(work, tallies, replicate, recorder, counter)
            continue
        start, end = work.sampling.edges[replicate : replicate + 2]
        arrays = work.blocks.load(replicate, work.key)
        if arrays is None:
            alone = tallies.empty()
            _count_replicate(work, alone, replicate, recorder, counter)
            if work.stop.is_set():
                break
            arrays = alone.arrays(replicate)
            work.blocks.save(replicate, work.key, arrays)
        else:
            work.advance(range(start, end))
        tallies.take(replicate, arrays)
    return tallies


def _count_replicate(work: Work, tallies: Tallies, replicate: int, recorder: Recorder, counter: Counter) -> None:
    for draws in work.draws(replicate):
        part = work.simulated(draws, recorder)
        counter(part, tallies, replicate)
        for goal, counts in tallies.met.items():
            counts[:, replicate] += part.met(goal).sum(axis=-1)
        work.advance(draws)
