"""`backlog report`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backlog_model.cli.exits import put
from backlog_model.cli.options import LANG, SAMPLED, STORE, cores
from backlog_model.cli.runs import Sample, all_projected, check_room, keep_all, loaded
from backlog_model.cli.speaking import Command
from backlog_model.cli.writers import Wanted, check_draws, check_planning_tables, check_plans, check_request, content

if TYPE_CHECKING:
    from backlog_model.report.dossier import Dossier, PlanVersion
    from backlog_model.report.numbers import Language
    from backlog_model.scenario.schema import Scenario
    from backlog_model.streams import Design

_VERSIONS = ("ranwal", "rancangan", "musrenbang", "rancangan_akhir", "penetapan", "perubahan")  # as in `report.dossier`
_OUT_HELP = "File to write; its ending says what: .html, .xlsx, .docx or .csv."
_FIGURE_HELP = "Write one figure alone, such as fan_rtlh_houses: .svg or .png for its picture, .csv for its table."
_ONLY_HELP = "Write the official planning tables alone (.xlsx, .docx)."
_VERSION_HELP = "Stage of the plan, stamped on the planning tables."
_FORMS_HELP = "Table of programme codes for the planning tables; default: forms.csv beside the first scenario."
_YEARS_HELP = "First year of the five-year plan in the planning tables; default: the year after the last known one."
_MAP_HELP = "GeoJSON with the boundaries of the regions, matched by code; default: a map of tiles."
_CSV_HELP = "iamc: a long table that IAMC tools read; excel: what Excel opens with Indonesian settings."


@click.command(cls=Command, short_help="Write a report: web page, workbook, Word brief or table.")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_OUT_HELP)
@click.option("--figure", metavar="NAME", help=_FIGURE_HELP)
@click.option("--plan-version", type=click.Choice(_VERSIONS), default="ranwal", show_default=True, help=_VERSION_HELP)
@click.option("--forms", "mapping", type=click.Path(dir_okay=False, path_type=Path), help=_FORMS_HELP)
@click.option("--plan-from", "plan_first", type=int, metavar="YEAR", help=_YEARS_HELP)
@click.option("--only-forms", is_flag=True, help=_ONLY_HELP)
@click.option("--map", "boundaries", type=click.Path(dir_okay=False, path_type=Path), help=_MAP_HELP)
@click.option("--csv-form", type=click.Choice(["iamc", "excel"]), default="iamc", show_default=True, help=_CSV_HELP)
@SAMPLED
@STORE
@LANG
@click.option("--quiet", is_flag=True, help="Show no progress: print only the path of the file.")
def report(
    scenarios: tuple[Path, ...],
    out: Path,
    figure: str | None,
    plan_version: "PlanVersion",
    mapping: Path | None,
    plan_first: int | None,
    only_forms: bool,
    boundaries: Path | None,
    csv_form: str,
    draws: int,
    seed: int,
    design: "Design",
    workers: int | None,
    folder: Path,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Write a report on SCENARIO...: the first one leads, the others are held against it.

    The ending of --out says what is written: .html a page that opens without a network, .xlsx a workbook with the
    official planning tables, .docx a brief of two pages, .csv a table of every number. The runs behind it are kept in
    --store, so that each of its numbers can be made again: backlog runs replay.

    \b
      backlog report scenarios/kalsel/*.yaml --out kalsel.html
      backlog report scenarios/kalsel/baseline.yaml --out brief.docx --lang en
      backlog report scenarios/kalsel/baseline.yaml --figure fan_rtlh_houses --out rtlh.png
    """  # noqa: D301
    from backlog_model.report.files import write

    wanted = Wanted(out, figure, only_forms, csv_form, workers or cores())
    check_request(wanted)
    plans = loaded(scenarios)
    check_plans(scenarios, plans, wanted, [each for each in (mapping, boundaries) if each])
    check_planning_tables(plans[0], wanted, codes=mapping, first=plan_first)
    check_draws(plans, draws)
    check_room(plans, draws, folder)
    outlines = _outlines(boundaries, plans[0])
    sample = Sample(draws, seed, design, wanted.workers, quiet)
    dossier = _dossier(plans, sample, lang or plans[0].output.language)
    dossier = replace(dossier, plan_version=plan_version, plan_first=plan_first, codes=mapping, boundaries=outlines)
    made = content(dossier, wanted)
    cases = dossier.cases
    keep_all([each.run for each in cases], [each.projection for each in cases], folder, workers=wanted.workers)
    write(made, out)
    put(f"{out}\n")


def _outlines(boundaries: Path | None, plan: "Scenario") -> "dict[str, Any] | None":
    """Boundaries to draw maps on, if a file was named."""
    if boundaries is None:
        return None
    from backlog_model.report.boundaries import read_boundaries

    return read_boundaries(boundaries, plan.region_table.codes)


def _dossier(plans: "list[Scenario]", sample: Sample, language: "Language") -> "Dossier":
    """What the report is about, once every scenario is run."""
    from backlog_model import store
    from backlog_model.report.dossier import Dossier

    draws, seed, design = sample.draws, sample.seed, sample.design
    runs = [store.described(plan, draws=draws, seed=seed, design=design) for plan in plans]
    return Dossier.of(runs, all_projected(plans, sample), language)
