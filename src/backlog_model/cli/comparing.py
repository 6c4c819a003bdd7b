"""`backlog compare`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import put
from backlog_model.cli.options import SAMPLED, SHARED, cores
from backlog_model.cli.runs import Sample, loaded, projected
from backlog_model.cli.speaking import Command
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language
    from backlog_model.streams import Design


@click.command(cls=Command, short_help="Compare scenarios: inputs that differ, then what comes out.")
@click.argument("scenarios", metavar="SCENARIO SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@SAMPLED
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV file that takes every difference.")
@SHARED
def compare(
    scenarios: tuple[Path, ...],
    draws: int,
    seed: int,
    design: "Design",
    workers: int | None,
    out: Path | None,
    as_json: bool,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Compare each further SCENARIO with the first: inputs that differ, then results, draw by draw in the same futures.

    Nothing is written unless --out names a file.
    """
    from backlog_model.analysis.comparison import compare as compared
    from backlog_model.report.comparison import answer, document
    from backlog_model.report.files import write
    from backlog_model.report.values import as_json as written

    _check(scenarios, out)
    by_path = dict(zip(dict.fromkeys(scenarios), loaded(scenarios), strict=True))
    plans = [by_path[path] for path in scenarios]
    if out is not None and any(out.resolve() == file.resolve() for plan in plans for file in plan.files):
        raise click.BadParameter(
            Text("{out} is a file of these scenarios; expected a new one", out=out), param_hint="--out"
        )
    sample = Sample(draws, seed, design, workers or cores(), quiet)
    runs = {path: projected(plan, sample) for path, plan in by_path.items()}
    found = compared(*(runs[path] for path in scenarios))
    if out is not None:
        write(document.table(plans, found, workers=sample.workers), out)
    if as_json:
        put(written(document.document(plans, found, seed=seed, workers=sample.workers)) + "\n")
    elif not quiet:
        put(answer.answer(plans, found, lang or plans[0].output.language, written=out))
    elif out is not None:
        put(f"{out}\n")


def _check(scenarios: tuple[Path, ...], out: Path | None) -> None:
    """Refuse a single scenario, and a file of another kind."""
    if len(scenarios) < 2:
        raise click.UsageError(Text("one scenario has nothing to compare with; expected two or more"))
    if out is not None and out.suffix.lower() != ".csv":
        raise click.BadParameter(
            Text("{name} is not a table; expected a name that ends in .csv", name=out.name), param_hint="--out"
        )
