"""`backlog report`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlog_model.cli.exits import put
from backlog_model.cli.options import SAMPLED, cores
from backlog_model.cli.runs import Sample, all_projected, loaded
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.report.dossier import Dossier
    from backlog_model.report.numbers import Language
    from backlog_model.streams import Design

_VERSIONS = ("ranwal", "rancangan", "musrenbang", "rancangan_akhir", "penetapan", "perubahan")  # as in `report.dossier`
_OUT_HELP = "File to write; its ending says what: .html, .xlsx, .docx or .csv."
_ONLY_HELP = "Write the official planning tables alone (.xlsx, .docx)."
_FORMS_HELP = "Table of programme codes for the planning tables; default: forms.csv beside the first scenario."
_MAP_HELP = "GeoJSON with the boundaries of the regions, matched by code; default: a map of tiles."
_CSV_HELP = "iamc: a long table that IAMC tools read; excel: what Excel opens with Indonesian settings."


@click.command(short_help="Write a report: web page, workbook, Word brief or table.")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_OUT_HELP)
@click.option(
    "--plan-version", type=click.Choice(_VERSIONS), default="ranwal", show_default=True, help="Stage of plan."
)
@click.option("--forms", "mapping", type=click.Path(dir_okay=False, path_type=Path), help=_FORMS_HELP)
@click.option("--only-forms", is_flag=True, help=_ONLY_HELP)
@click.option("--map", "boundaries", type=click.Path(dir_okay=False, path_type=Path), help=_MAP_HELP)
@click.option("--csv-form", type=click.Choice(["iamc", "excel"]), default="iamc", show_default=True, help=_CSV_HELP)
@SAMPLED
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language; default: the first scenario's.")
@click.option("--quiet", is_flag=True, help="Print only what a script needs.")
def report(
    scenarios: tuple[Path, ...],
    out: Path,
    plan_version: str,
    mapping: Path | None,
    only_forms: bool,
    boundaries: Path | None,
    csv_form: str,
    draws: int,
    seed: int,
    design: "Design",
    workers: int | None,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Write a report on SCENARIO...: the first one leads, the others are held against it.

    The ending of --out says what is written: .html a page that opens without a network, .xlsx a workbook with the
    official planning tables, .docx a brief of two pages, .csv a long table.
    """
    from backlog_model import store
    from backlog_model.report.dossier import Dossier
    from backlog_model.report.files import write

    _check(out, only_forms)
    plans = loaded(scenarios)
    sample = Sample(draws, seed, design, workers or cores(), quiet)
    projections = all_projected(plans, sample)
    runs = [store.described(plan, draws=draws, seed=seed, design=design) for plan in plans]
    language = lang or plans[0].output.language
    dossier = Dossier.of(runs, projections, language)
    write(_WRITERS[out.suffix.lower()](dossier), out)
    put(f"{out}\n")


def _check(out: Path, only_forms: bool) -> None:
    known = (".xlsx", ".docx") if only_forms else tuple(_WRITERS)
    if out.suffix.lower() not in known:
        raise click.BadParameter(
            Text("{name}: expected a name that ends in {known}", name=out.name, known=", ".join(known)),
            param_hint="--out",
        )


def _html(dossier: "Dossier") -> str | bytes:
    from backlog_model.report.page.document import html

    return html(dossier)


def _xlsx(dossier: "Dossier") -> str | bytes:
    from backlog_model.report.sheets.workbook import workbook

    return workbook(dossier)


def _docx(dossier: "Dossier") -> str | bytes:
    from backlog_model.report.brief.document import brief

    return brief(dossier)


def _csv(dossier: "Dossier") -> str | bytes:
    from backlog_model.report.long_table import iamc

    return iamc(dossier)


_WRITERS: Mapping[str, Callable[["Dossier"], str | bytes]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".csv": _csv,
}
