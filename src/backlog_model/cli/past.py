"""`backlog history`."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import DATA, put
from backlog_model.cli.options import SHARED
from backlog_model.cli.speaking import Command, spoken

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language


@click.command(cls=Command, short_help="Say what the past of a province says.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write the numbers that scenarios take over to estimates.csv.")
@SHARED
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
        put(written(answer.document(past)) + "\n")
    elif not quiet:
        put(answer.answer(past, spoken(lang)))
    if past.has_errors:
        click.echo(answer.refusal(past, spoken(lang), written=write), err=True)
        sys.exit(DATA)
