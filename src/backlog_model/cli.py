"""The `backlog` command: one short function for each thing it does; whatever is slow to load is imported there."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import click

from backlog_model import __version__
from backlog_model.errors import BacklogModelError, Problem, ScenarioError

if TYPE_CHECKING:
    from backlog_model.projection import Projection
    from backlog_model.report.numbers import Language
    from backlog_model.scenario.schema import Scenario
    from backlog_model.store import Run

DONE, USAGE, INVALID, DATA, NOT_MET, BUG, INTERRUPTED = 0, 2, 3, 4, 5, 70, 130

Command = TypeVar("Command", bound=Callable[..., object])


class Made(NamedTuple):
    """One run, and the table it left on disk."""

    run: "Run"
    projection: "Projection"
    language: "Language"
    table: Path


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
@click.option(
    "--draws", type=click.IntRange(min=0), default=0, help="Random draws; this release makes the central run only, 0."
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the random numbers.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder that takes a folder for each run.",
)
@click.option("--require-target", is_flag=True, help="Exit 5 when the central line misses a target that applies.")
@_SHARED
def run(
    scenarios: tuple[Path, ...],
    draws: int,
    seed: int,
    out: Path,
    require_target: bool,
    as_json: bool,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Project each SCENARIO: print the answer, write every number to values.csv."""
    if draws:
        from backlog_model.ensemble import CENTRAL_ONLY

        raise click.UsageError(CENTRAL_ONLY.replace("draws=0", "--draws 0"))
    made = _made(_loaded(scenarios), seed=seed, out=out, language=lang)
    _print((_documents if as_json else _paths if quiet else _answers)(made))
    if require_target and _misses(made):
        sys.exit(NOT_MET)


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


def _made(scenarios: "Sequence[Scenario]", *, seed: int, out: Path, language: "Language | None") -> list[Made]:
    """Runs of all scenarios; nothing is written before all of them have come out."""
    from backlog_model import ensemble, store
    from backlog_model.report.values import table

    projections = [ensemble.run(scenario, seed=seed) for scenario in scenarios]
    made = []
    for scenario, projection in zip(scenarios, projections, strict=True):
        described = store.described(scenario, draws=projection.draws, seed=seed)
        folder = store.write(described, out, {"values.csv": table(scenario, projection)})
        made.append(Made(described, projection, language or scenario.output.language, folder / "values.csv"))
    return made


def _documents(made: Sequence[Made]) -> str:
    """One document: of the run, or of all runs in a list."""
    from backlog_model.report.values import SCHEMA_VERSION, as_json, document

    each = [document(m.run.scenario, m.projection, run_id=m.run.run_id, seed=m.run.seed) for m in made]
    return as_json(each[0] if len(each) == 1 else {"schema_version": SCHEMA_VERSION, "runs": each}) + "\n"


def _paths(made: Sequence[Made]) -> str:
    return "".join(f"{m.table}\n" for m in made)


def _answers(made: Sequence[Made]) -> str:
    from backlog_model.report.answer import answer

    return "\n\n".join(answer(m.run.scenario, m.projection, m.language, written=m.table) for m in made)


def _misses(made: Sequence[Made]) -> bool:
    """Whether the central line of any run misses a target that applies; says which on stderr."""
    from backlog_model.report import words
    from backlog_model.report.promises import promises

    missed = False
    for m in made:
        names = [each.name for each in promises(m.run.scenario, m.projection) if each.met is False]
        if names:
            missed = True
            text = words.say("not_met", m.language, scenario=m.projection.scenario, names=", ".join(names))
            click.echo(text, err=True)
    return missed


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
            raise
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
