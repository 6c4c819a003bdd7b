"""`backlog check`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import DATA, DONE, INVALID, put
from backlog_model.cli.options import SHARED
from backlog_model.cli.speaking import Command, spoken

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language


@click.command(cls=Command, short_help="Check scenarios and data tables.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@SHARED
def check(files: tuple[Path, ...], as_json: bool, lang: "Language | None", quiet: bool) -> None:
    """Check scenarios, data tables, or folders of them: every problem at once, nothing is run."""
    from backlog_model.report import checked

    found = checked.checked(files)
    language = spoken(lang)
    if as_json:
        put(checked.as_document(found))
    elif quiet:
        put(checked.as_lines(found.errors, language))
    else:
        put(checked.as_lines(found.all, language) + checked.summary(found, language))
    sys.exit(INVALID if found.scenario_errors else DATA if found.errors else DONE)
