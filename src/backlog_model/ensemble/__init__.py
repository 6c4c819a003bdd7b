"""Runs of a scenario: the central run, and as many random draws as are asked for."""

from collections.abc import Callable
from dataclasses import replace

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.dynamics.simulation import simulate
from backlog_model.ensemble import counted
from backlog_model.ensemble.counted import Blocks
from backlog_model.ensemble.executors import Executor
from backlog_model.ensemble.memory import KEPT_BYTES, Demand
from backlog_model.errors import BacklogModelError
from backlog_model.projection import Projection
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGN, Design, Streams
from backlog_model.summary import Sampling
from backlog_model.translation import Text

DRAWS = 2000
"""Draws of a run unless another number is asked for."""

Progress = Callable[[float], None]
_SHARE_ASSEMBLED = 0.3


def run(
    scenario: Scenario,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    design: Design = DESIGN,
    workers: int = 1,
    memory_limit: int = KEPT_BYTES,
    progress: Progress | None = None,
    blocks: Blocks | None = None,
) -> Projection:
    """Projection of a scenario: every draw, and the central run beside them.

    Draws that fit into the memory limit are kept one by one; more are counted, see `tallies`.

    Parameters
    ----------
    scenario : a checked scenario
    draws : number of random draws; 0 for the central run alone, every assumption at its median and chance events at
        their mean
    seed : start of the random numbers, which all scenarios share
    design : `random`, `latin_hypercube` or `sobol`
    workers : threads of a run that counts its draws; they change no number
    memory_limit : bytes that draws which are kept may take
    progress : told the share that is done, from time to time
    blocks : where finished parts of a run that counts its draws are kept, and found again when it is run once more

    Raises
    ------
    BacklogModelError
        For a number of draws, seed or design that cannot be meant, and when the run does not fit into memory.
    DataError
        When drawn shares or rates that belong together leave their bounds.

    Examples
    --------
    >>> import backlog_model as bm
    >>> projection = bm.run(bm.load_scenario("scenarios/template/scenario.yaml"), draws=200, seed=1)
    >>> projection.statistics("rtlh_houses", by="province").mean.shape
    (11, 1)
    """
    _check(draws, seed, workers)
    names, language = scenario.region_table.names, scenario.output.language
    central = replace(simulate(assemble(scenario)), scenario=scenario.name, names=names, language=language)
    if draws == 0:
        return central
    streams = streams_of(scenario, draws=draws, seed=seed, design=design)
    demand = Demand.of(scenario, central, streams)
    sampling = Sampling(draws, seed, design)
    is_kept = demand.kept <= memory_limit  # never by what is free: the same run gives the same numbers everywhere
    refusal = demand.refusal(demand.kept if is_kept else demand.counted(workers))
    if refusal is not None:
        raise BacklogModelError(refusal)
    if is_kept:
        return _kept(scenario, streams, sampling, central, progress)
    return counted.run(scenario, streams, sampling, central, demand, workers, progress, blocks)


def streams_of(scenario: Scenario, *, draws: int, seed: int, design: Design = DESIGN) -> Streams:
    """Random numbers of a run of a scenario."""
    drawn = (value.path for value in values_in(scenario) if value.is_drawn and value.drawn == "draw")
    correlated = (name for one in scenario.correlations for name in one.between)  # needed even where one is certain
    return Streams(seed, draws, design, tuple(dict.fromkeys([*drawn, *correlated])))


def _check(draws: int, seed: int, workers: int) -> None:
    if draws < 0:
        raise BacklogModelError(
            Text("draws: {draws} is not possible; expected 0 (the central run alone) or more", draws=draws)
        )
    if seed < 0:
        raise BacklogModelError(Text("seed: {seed} is not possible; expected 0 or more", seed=seed))
    if workers < 1:
        raise BacklogModelError(Text("workers: {workers} is not possible; expected 1 or more", workers=workers))


def _kept(
    scenario: Scenario, streams: Streams, sampling: Sampling, central: Projection, progress: Progress | None
) -> Projection:
    inputs = assemble(scenario, Drawing.of(scenario, streams, range(sampling.draws)))
    if progress:
        progress(_SHARE_ASSEMBLED)
    values = Executor(inputs, sampling.draws).recorder()(inputs)
    if progress:
        progress(1.0)
    return replace(central, inputs=inputs, values=values, sampling=sampling, beside=central)
