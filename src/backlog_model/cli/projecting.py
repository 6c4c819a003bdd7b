"""`backlog run`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from backlog_model.cli.exits import NOT_MET, put
from backlog_model.cli.options import SAMPLED, SHARED, cores
from backlog_model.cli.runs import Sample, check_room, loaded, projected
from backlog_model.cli.speaking import Command

if TYPE_CHECKING:
    from backlog_model.projection import Projection
    from backlog_model.report.numbers import Language
    from backlog_model.scenario.schema import Scenario
    from backlog_model.store import Blocks, Run
    from backlog_model.streams import Design

_REQUIRE_HELP = "Exit 5 when the chance of a target that applies is smaller than it wants."
_SPREAD_DRAWS, _FEWEST_FOR_SPREAD = 500, 100


class Request(NamedTuple):
    """What is asked of every scenario of the command."""

    sample: Sample
    out: Path
    require_target: bool
    as_json: bool
    language: "Language | None"
    quiet: bool


class Made(NamedTuple):
    """What one run gave: its files, what is printed of it, and the targets it misses, if that is asked for."""

    run: "Run"
    files: dict[str, bytes]
    shown: Any
    missed: str


@click.command(cls=Command, short_help="Project scenarios and print the answer.")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@SAMPLED
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder that takes a folder for each run.",
)
@click.option("--require-target", is_flag=True, help=_REQUIRE_HELP)
@SHARED
def run(
    scenarios: tuple[Path, ...],
    draws: int,
    seed: int,
    design: "Design",
    workers: int | None,
    out: Path,
    require_target: bool,
    as_json: bool,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Project each SCENARIO: print the answer, write every number to values.csv."""
    sample = Sample(draws, seed, design, workers or cores(), quiet)
    request = Request(sample, out, require_target, as_json, lang, quiet)
    plans = loaded(scenarios)
    check_room(plans, draws, out)
    made = [_made(scenario, request) for scenario in plans]
    _write(made, out)
    put(_documents(made) if as_json else ("" if quiet else "\n\n").join(each.shown for each in made))
    missed = [each.missed for each in made if each.missed]
    if missed:
        click.echo("\n".join(missed), err=True)
        sys.exit(NOT_MET)


def _made(scenario: "Scenario", request: Request) -> Made:
    """What a run of a scenario gives; nothing is written yet."""
    from backlog_model import store
    from backlog_model.report import stored, values

    sample = request.sample
    run = store.described(scenario, draws=sample.draws, seed=sample.seed, design=sample.design)
    projection = projected(scenario, sample, blocks=_blocks(run, request))
    every = values.every_series(scenario, projection, workers=sample.workers)
    files = stored.stored_files(run, projection, every)
    missed = _missed(scenario, projection, request.language) if request.require_target else ""
    if request.as_json:
        return Made(run, files, values.document(scenario, projection, every, run_id=run.run_id, seed=run.seed), missed)
    written = request.out / run.run_id / stored.TABLE
    return Made(run, files, f"{written}\n" if request.quiet else _answer(run, projection, request, written), missed)


def _blocks(run: "Run", request: Request) -> "Blocks":
    """Finished parts of a large run; says so when it goes on from some that are there, or cannot keep any more."""
    from backlog_model import store
    from backlog_model.report import words

    language, scenario = request.language or run.scenario.output.language, run.scenario.name

    def not_kept(reason: str) -> None:
        said = words.say("runs_not_kept", language, scenario=scenario, folder=request.out, reason=reason)
        click.echo(said, err=True)

    blocks = store.Blocks(request.out, run.run_id, tell=not_kept)
    there = blocks.count()
    if there and not request.quiet:
        click.echo(words.say("runs_goes_on", language, scenario=scenario, blocks=there), err=True)
    return blocks


def _write(made: Sequence[Made], out: Path) -> None:
    """Folders of all runs, once all of them have come out."""
    from backlog_model import store

    for each in made:
        store.keep(each.run.run_id, out, each.files)
        store.Blocks(out, each.run.run_id).forget()


def _documents(made: Sequence[Made]) -> str:
    """One document: of the run, or of all runs in a list."""
    from backlog_model.report.values import SCHEMA_VERSION, as_json

    each = [one.shown for one in made]
    return as_json(each[0] if len(each) == 1 else {"schema_version": SCHEMA_VERSION, "runs": each}) + "\n"


def _answer(run: "Run", projection: "Projection", request: Request, written: Path) -> str:
    from backlog_model.ensemble.spread import spread_shares
    from backlog_model.report.answer import answer

    scenario, draws = run.scenario, min(projection.draws, _SPREAD_DRAWS)
    shares = spread_shares(scenario, draws=draws, seed=run.seed) if draws >= _FEWEST_FOR_SPREAD else None
    return answer(scenario, projection, request.language or scenario.output.language, written=written, shares=shares)


def _missed(scenario: "Scenario", projection: "Projection", language: "Language | None") -> str:
    """Targets of which the run is not sure or, without draws, that its central line misses, in a sentence."""
    from backlog_model.analysis.promises import promises
    from backlog_model.report import words

    held = promises(scenario, projection)
    names = [each.name for each in held if (each.is_sure if projection.draws else each.met) is False]
    message = "not_sure" if projection.draws else "not_met"
    said = language or scenario.output.language
    return words.say(message, said, scenario=scenario.name, names=", ".join(names)) if names else ""
