"""Options that commands share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from backlog_model.cli.speaking import speaker
from backlog_model.translation import languages

_DRAWS = 2000  # as in `ensemble`, which help must not load
_DRAWS_HELP = "Random draws; 0 for the central run alone."
_DESIGNS = ("latin_hypercube", "random", "sobol")  # as in `streams`, the default first
_DESIGN_HELP = "How draws are spread over what is uncertain."
_LANG_HELP = "Language; default: the scenario's, and of what rests on none BACKLOG_LANG, else Indonesian."
_WORKERS_HELP = "Threads of a run too large to keep its draws; they change no number. Default: all cores."

Command = TypeVar("Command", bound=Callable[..., object])


def _asked_before() -> str | None:
    """Language asked for before the name of the command, if any."""
    return speaker().asked


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def with_options(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


SAMPLED = _options(
    click.option("--draws", type=click.IntRange(min=0), default=_DRAWS, show_default=True, help=_DRAWS_HELP),
    click.option(
        "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the random numbers."
    ),
    click.option("--design", type=click.Choice(_DESIGNS), default=_DESIGNS[0], show_default=True, help=_DESIGN_HELP),
    click.option("--workers", type=click.IntRange(min=1), help=_WORKERS_HELP),
)
"""How many draws a command makes, and how: `draws`, `seed`, `design`, `workers`."""

LANG = click.option("--lang", type=click.Choice(languages()), default=_asked_before, help=_LANG_HELP)
"""In which language a command answers."""

STORE = click.option(
    "--store",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("runs"),
    show_default=True,
    help="Folder where runs are kept.",
)
"""Where runs are kept: `folder`."""

SHARED = _options(
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."),
    LANG,
    click.option("--quiet", is_flag=True, help="Print only what a script needs."),
)
"""How a command answers: `as_json`, `lang`, `quiet`."""


def cores() -> int:
    """Cores that this process may use: a container or a queue may lend fewer than the machine has."""
    lent = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(lent(0)) if lent else os.cpu_count() or 1
