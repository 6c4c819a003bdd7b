"""The `backlog` command: one short function for each thing it does; whatever is slow to load is imported there."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import click

from backlog_model import __version__
from backlog_model.errors import BacklogModelError, Problem, ScenarioError

if TYPE_CHECKING:
    from backlog_model.projection import Projection
    from backlog_model.report.numbers import Language
    from backlog_model.scenario.schema import Scenario
    from backlog_model.store import Run
    from backlog_model.streams import Design

DONE, USAGE, INVALID, DATA, NOT_MET, BUG, INTERRUPTED = 0, 2, 3, 4, 5, 70, 130

_DRAWS = 2000  # as in `ensemble`, which help must not load
_DRAWS_HELP = "Random draws; 0 for the central run alone."
_DESIGNS = ("latin_hypercube", "random", "sobol")  # as in `streams`, the default first
_DESIGN_HELP = "How draws are spread over what is uncertain."
_WORKERS_HELP = "Threads of a run too large to keep its draws; they change no number. Default: all cores."
_REQUIRE_HELP = "Exit 5 when the chance of a target that applies is smaller than it wants."
_SPREAD_DRAWS, _FEWEST_FOR_SPREAD = 500, 100
TABLE = "values.csv"

Command = TypeVar("Command", bound=Callable[..., object])


class Request(NamedTuple):
    """What is asked of every scenario of a command."""

    draws: int
    seed: int
    design: "Design"
    workers: int
    out: Path
    require_target: bool
    as_json: bool
    language: "Language | None"
    quiet: bool


class Made(NamedTuple):
    """What one run gave: its table, what is printed of it, and the targets it misses, if that is asked for."""

    run: "Run"
    table: str
    shown: Any
    missed: str


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def with_options(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


_SHARED = _options(
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."),
    click.option("--lang", type=click.Choice(["id", "en"]), help="Language; default: the scenario's."),
    click.option("--quiet", is_flag=True, help="Print only what a script needs."),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="backlog")
def backlog() -> None:
    """Project the housing backlogs of a province under funding scenarios."""


@backlog.command(short_help="Project scenarios and print the answer.")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--draws", type=click.IntRange(min=0), default=_DRAWS, show_default=True, help=_DRAWS_HELP)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the random numbers.")
@click.option("--design", type=click.Choice(_DESIGNS), default=_DESIGNS[0], show_default=True, help=_DESIGN_HELP)
@click.option("--workers", type=click.IntRange(min=1), help=_WORKERS_HELP)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder that takes a folder for each run.",
)
@click.option("--require-target", is_flag=True, help=_REQUIRE_HELP)
@_SHARED
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
    request = Request(draws, seed, design, workers or _cores(), out, require_target, as_json, lang, quiet)
    made = [_made(scenario, request) for scenario in _loaded(scenarios)]
    _write(made, out)
    _print(_documents(made) if as_json else ("" if quiet else "\n\n").join(each.shown for each in made))
    missed = [each.missed for each in made if each.missed]
    if missed:
        click.echo("\n".join(missed), err=True)
        sys.exit(NOT_MET)


def _cores() -> int:
    """Cores that this process may use: a container or a queue may lend fewer than the machine has."""
    lent = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(lent(0)) if lent else os.cpu_count() or 1


def _loaded(paths: Sequence[Path]) -> "list[Scenario]":
    """All scenarios, or everything wrong with any of them."""
    from backlog_model.scenario.loading import load_scenario

    loaded: list[Scenario] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            loaded.append(load_scenario(path))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return loaded


def _made(scenario: "Scenario", request: Request) -> Made:
    """What a run of a scenario gives; nothing is written yet."""
    from backlog_model import store
    from backlog_model.report import values

    projection = _projected(scenario, request)
    run = store.described(scenario, draws=request.draws, seed=request.seed, design=request.design)
    every = values.every_series(scenario, projection, workers=request.workers)
    table = values.table(scenario, projection, every)
    missed = _missed(scenario, projection, request.language) if request.require_target else ""
    if request.as_json:
        return Made(run, table, values.document(scenario, projection, every, run_id=run.run_id, seed=run.seed), missed)
    written = request.out / run.run_id / TABLE
    return Made(run, table, f"{written}\n" if request.quiet else _answer(run, projection, request, written), missed)


def _write(made: Sequence[Made], out: Path) -> None:
    """Folders of all runs, once all of them have come out."""
    from backlog_model import store

    for each in made:
        store.write(each.run, out, {TABLE: each.table})


def _projected(scenario: "Scenario", request: Request) -> "Projection":
    """Projection of one scenario, telling how far it is."""
    from backlog_model import ensemble
    from backlog_model.progress import Progress

    with Progress(scenario.name, quiet=request.quiet) as progress:
        return ensemble.run(
            scenario,
            draws=request.draws,
            seed=request.seed,
            design=request.design,
            workers=request.workers,
            progress=progress,
        )


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


@backlog.command(short_help="Check scenarios and data tables.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_SHARED
def check(files: tuple[Path, ...], as_json: bool, lang: "Language | None", quiet: bool) -> None:
    """Check scenarios, data tables, or folders of them: every problem at once, nothing is run."""
    from backlog_model.report import checked

    found = checked.checked(files)
    language = lang or "id"
    if as_json:
        _print(checked.as_document(found))
    elif quiet:
        _print(checked.as_lines(found.errors, language))
    else:
        _print(checked.as_lines(found.all, language) + checked.summary(found, language))
    sys.exit(INVALID if found.scenario_errors else DATA if found.errors else DONE)


@backlog.command(short_help="Say what the past of a province says.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the numbers that scenarios take over to estimates.csv.")
@_SHARED
def history(folder: Path, write: bool, as_json: bool, lang: "Language | None", quiet: bool) -> None:
    """Data checks, ledgers with the inferred inflow, forecasts, agreements and hindcasts of the province in FOLDER."""
    from backlog_model.history.past import past_of
    from backlog_model.report.past import answer, estimates_table
    from backlog_model.report.values import as_json as written

    past = past_of(folder)
    if write and not past.has_errors:
        path = estimates_table.write(past.estimates, folder)
        past = replace(past, outdated=())
        click.echo(path.as_posix(), err=True)
    if as_json:
        _print(written(answer.document(past)) + "\n")
    elif not quiet:
        _print(answer.answer(past, lang or "id"))
    if past.has_errors:
        click.echo(answer.refusal(past, lang or "id", written=write), err=True)
        sys.exit(DATA)


@backlog.command(short_help="Make a starter folder for another province.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Language.")
def init(folder: Path, lang: "Language") -> None:
    """Make FOLDER: region table, a scenario that runs, an empty history table, an XLSX input template."""
    from backlog_model.report import starter

    _print(starter.make(folder, language=lang))


@backlog.command(short_help="Print the JSON Schema of scenario files.")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that complete and underline."""
    import json

    from backlog_model.scenario.editor_schema import schema_json

    _print(json.dumps(schema_json(), indent=2) + "\n")


def _print(text: str) -> None:
    """Text on stdout; a reader who has seen enough, such as `head`, ends it quietly."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # Windows calls a closed pipe an invalid argument
            click.echo(f"the answer cannot be written: {error.strerror}", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(INVALID)
        # Python flushes stdout once more at the end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> NoReturn:
    """Run the command and exit with its code: 0, 2, 3, 4, 5, 70 or 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter prints ? instead of stopping
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        backlog.main(prog_name="backlog", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BacklogModelError as error:
        click.echo(str(error), err=True)
        return INVALID
    except Exception:  # a bug: its traceback stays whole, only the exit code is set
        traceback.print_exc()
        return BUG
    return DONE
