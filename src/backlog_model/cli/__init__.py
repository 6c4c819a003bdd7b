"""The `backlog` command: one short function for each thing it does; whatever is slow to load is imported there."""

import sys
import traceback
from typing import NoReturn

import click

from backlog_model import __version__
from backlog_model.cli.checking import check
from backlog_model.cli.comparing import compare
from backlog_model.cli.exits import BUG, DATA, DONE, INTERRUPTED, INVALID, NOT_MET, USAGE
from backlog_model.cli.past import history
from backlog_model.cli.projecting import run
from backlog_model.cli.reporting import report
from backlog_model.cli.speaking import Group, Speaker, show
from backlog_model.cli.starting import init, schema
from backlog_model.cli.storing import runs
from backlog_model.cli.targeting import targets
from backlog_model.errors import BacklogModelError
from backlog_model.translation import languages

__all__ = ["BUG", "DATA", "DONE", "INTERRUPTED", "INVALID", "NOT_MET", "USAGE", "backlog", "main"]


@click.group(
    cls=Group,
    commands=[check, compare, history, init, report, run, runs, schema, targets],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="backlog")
@click.option("--lang", type=click.Choice(languages()), expose_value=False, help="Language, of help too.")
def backlog() -> None:
    """Project the housing backlogs of a province under funding scenarios."""


def main() -> NoReturn:
    """Run the command and exit with its code: 0, 2, 3, 4, 5, 70 or 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter prints ? instead of stopping
    sys.exit(_exit_code(Speaker.of(sys.argv[1:])))


def _exit_code(speaker: Speaker) -> int:
    try:
        backlog.main(prog_name="backlog", standalone_mode=False, obj=speaker)
    except click.ClickException as error:
        show(error, speaker.language)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BacklogModelError as error:
        click.echo(error.said(speaker.language), err=True)
        return INVALID
    except Exception:  # a bug: its traceback stays whole, only the exit code is set
        traceback.print_exc()
        return BUG
    return DONE
