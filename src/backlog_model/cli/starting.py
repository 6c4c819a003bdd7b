"""`backlog init` and `backlog schema`: what a new province and its editor begin with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import put
from backlog_model.cli.options import LANG
from backlog_model.cli.speaking import Command, spoken

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language


@click.command(cls=Command, short_help="Make a starter folder for another province.")
@click.argument("folder", type=click.Path(path_type=Path))
@LANG
def init(folder: Path, lang: "Language | None") -> None:
    """Make FOLDER: region table, a scenario that runs, an empty history table, an XLSX input template."""
    from backlog_model.report import starter

    put(starter.make(folder, language=spoken(lang)))


@click.command(cls=Command, short_help="Print the JSON Schema of scenario files.")
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that complete and underline."""
    import json

    from backlog_model.scenario.editor_schema import schema_json

    put(json.dumps(schema_json(), indent=2) + "\n")
