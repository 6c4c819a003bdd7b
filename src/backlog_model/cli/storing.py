"""`backlog runs`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import DATA, put
from backlog_model.cli.options import LANG, STORE, cores
from backlog_model.cli.speaking import Command, Group, spoken
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@click.group(cls=Group, short_help="List, show, replay and verify stored runs.")
def runs() -> None:
    """List, show, replay and verify stored runs.

    A run is named by the beginning of its name, as far as no other begins so.
    """


@runs.command("list", cls=Command)
@STORE
@_JSON
@LANG
def list_runs(folder: Path, as_json: bool, lang: "Language | None") -> None:
    """List the runs in a folder, the newest first."""
    from backlog_model import store
    from backlog_model.report import run_answers
    from backlog_model.report.values import SCHEMA_VERSION
    from backlog_model.report.values import as_json as written

    found = store.runs_in(folder)
    if as_json:
        put(written({"schema_version": SCHEMA_VERSION, "runs": [row._asdict() for row in found]}) + "\n")
    else:
        put(run_answers.listing(found, folder.as_posix(), spoken(lang)))


@runs.command(cls=Command)
@click.argument("run")
@STORE
@LANG
def show(run: str, folder: Path, lang: "Language | None") -> None:
    """Show what RUN was made from, and its main numbers; a damaged one is refused."""
    from backlog_model import store
    from backlog_model.report import run_answers

    put(run_answers.shown(store.stored(run, folder), spoken(lang)))


@runs.command(cls=Command)
@click.argument("run")
@STORE
@click.option("--workers", type=click.IntRange(min=1), help="Threads; they change no number. Default: all cores.")
@LANG
def replay(run: str, folder: Path, workers: int | None, lang: "Language | None") -> None:
    """Make RUN once more from its own folder, and say whether every bit is the same; exit 4 when not."""
    from backlog_model import store
    from backlog_model.report import run_answers, stored

    found = stored.replayed(store.stored(run, folder), workers=workers or cores())
    put(run_answers.replay_said(found, spoken(lang), now=run_answers.versions({"versions": store.versions()})))
    if not found.is_equal:
        sys.exit(DATA)


@runs.command(cls=Command)
@click.argument("names", metavar="[RUN]...", nargs=-1)
@STORE
@LANG
def verify(names: tuple[str, ...], folder: Path, lang: "Language | None") -> None:
    """Check every byte of each RUN, by default of all; exit 4 when one is damaged."""
    from backlog_model import store
    from backlog_model.report import run_answers

    checked = store.named(names, folder)
    damaged = [found for found in map(store.damage, checked) if found is not None]
    put(run_answers.verified(damaged, len(checked), spoken(lang)))
    if damaged:
        sys.exit(DATA)


@runs.command(cls=Command)
@STORE
@LANG
def rebuild(folder: Path, lang: "Language | None") -> None:
    """Make the index of a folder anew from the runs in it."""
    from backlog_model import store
    from backlog_model.report import words

    if not folder.is_dir():
        raise click.BadParameter(Text("{folder}: there is no such folder", folder=folder), param_hint="--store")
    put(words.say("runs_rebuilt", spoken(lang), count=len(store.rebuilt(folder))) + "\n")
