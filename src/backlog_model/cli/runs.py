"""Scenarios that a command loads and projects."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from backlog_model.cli.speaking import speaker
from backlog_model.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from backlog_model.ensemble.counted import Blocks
    from backlog_model.projection import Projection
    from backlog_model.scenario.schema import Scenario
    from backlog_model.store import Run
    from backlog_model.streams import Design


class Sample(NamedTuple):
    """How every scenario of a command is drawn, and whether it is told how far that is."""

    draws: int
    seed: int
    design: "Design"
    workers: int
    quiet: bool


def loaded(paths: Sequence[Path]) -> "list[Scenario]":
    """All scenarios, each file once, or everything wrong with any of them."""
    from backlog_model.scenario.loading import load_scenario

    found: list[Scenario] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            found.append(load_scenario(path))
            speaker().scenario = found[0].output.language
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return found


def check_room(scenarios: "Sequence[Scenario]", draws: int, folder: Path) -> None:
    """Refuse runs that would not fit on the disk, before anything is simulated.

    Raises
    ------
    StoreError
        With what is needed and what is free.
    """
    from backlog_model import store
    from backlog_model.report.stored import expected_bytes

    store.check_room(folder, sum(expected_bytes(each, draws) for each in scenarios))


def projected(scenario: "Scenario", sample: Sample, *, blocks: "Blocks | None" = None) -> "Projection":
    """Projection of one scenario, telling how far it is; a large one goes on from blocks that are there."""
    from backlog_model import ensemble
    from backlog_model.progress import Progress

    with Progress(scenario.name, quiet=sample.quiet) as progress:
        return ensemble.run(
            scenario,
            draws=sample.draws,
            seed=sample.seed,
            design=sample.design,
            workers=sample.workers,
            progress=progress,
            blocks=blocks,
        )


def all_projected(scenarios: "Sequence[Scenario]", sample: Sample) -> "list[Projection]":
    """Projections of several scenarios, telling how far they are; runs stand beside each other on the cores there are.

    NumPy lets other threads run while it works: hence threads. Each run keeps to one of them. What comes out the same
    as in the first run is held once.
    """
    from backlog_model import ensemble
    from backlog_model.ensemble.keeping import sharing
    from backlog_model.progress import Progress

    def made(scenario: "Scenario") -> "Projection":
        return ensemble.run(scenario, draws=sample.draws, seed=sample.seed, design=sample.design)

    found: list[Projection] = []
    names = ", ".join(each.name for each in scenarios)
    threads = min(sample.workers, len(scenarios))
    with Progress(names, quiet=sample.quiet) as progress, ThreadPoolExecutor(threads) as pool:
        for projection in pool.map(made, scenarios):
            found.append(sharing(projection, found[0]) if found else projection)
            progress(len(found) / len(scenarios))
    return found


def keep_all(runs: "Sequence[Run]", projections: "Sequence[Projection]", folder: Path, *, workers: int) -> None:
    """Keep several runs in a folder; those that are there already stay as they are."""
    from backlog_model.report.stored import keep

    with ThreadPoolExecutor(min(workers, len(runs))) as pool:
        for _ in pool.map(partial(keep, folder=folder), runs, projections):
            pass
