"""What `backlog report` can write, what each kind needs, and what is refused before anything is simulated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from backlog_model.errors import BacklogModelError
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.report.dossier import Dossier
    from backlog_model.report.figures.figure import Figure
    from backlog_model.scenario.schema import Scenario

Content = str | bytes

_CHARTS, _WORD, _PAGES = ("vl_convert", "vl-convert-python"), ("docx", "python-docx"), ("jinja2", "Jinja2")


class Wanted(NamedTuple):
    """What is to be written: where, which figure alone if any, whether forms alone, in which form of CSV, how fast."""

    out: Path
    figure: str | None
    only_forms: bool
    csv_form: str
    workers: int

    @property
    def ending(self) -> str:
        """Ending of the file, which says what it is."""
        return self.out.suffix.lower()

    @property
    def endings(self) -> tuple[str, ...]:
        """Endings that are possible."""
        if self.figure is not None:
            return tuple(_PICTURES)
        return tuple(_FORMS if self.only_forms else _REPORTS)


def content(dossier: "Dossier", wanted: Wanted) -> Content:
    """The file, as text or bytes."""
    if wanted.figure is not None:
        from backlog_model.report.figures.catalogue import figure

        return _PICTURES[wanted.ending](figure(dossier, wanted.figure), wanted)
    return (_FORMS if wanted.only_forms else _REPORTS)[wanted.ending](dossier, wanted)


def _html(dossier: "Dossier", _: Wanted) -> Content:
    from backlog_model.report.page.document import html

    return html(dossier)


def _xlsx(dossier: "Dossier", _: Wanted) -> Content:
    from backlog_model.report.sheets.workbook import workbook

    return workbook(dossier)


def _docx(dossier: "Dossier", _: Wanted) -> Content:
    from backlog_model.report.brief.document import brief

    return brief(dossier)


def _forms_xlsx(dossier: "Dossier", _: Wanted) -> Content:
    from backlog_model.report.forms.sheets import forms_xlsx

    return forms_xlsx(dossier)


def _forms_docx(dossier: "Dossier", _: Wanted) -> Content:
    from backlog_model.report.forms.word import forms_docx

    return forms_docx(dossier)


def _csv(dossier: "Dossier", wanted: Wanted) -> Content:
    from backlog_model.report import long_table

    made = long_table.excel if wanted.csv_form == "excel" else long_table.iamc
    return made(dossier, workers=wanted.workers)


def _svg(figure: "Figure", _: Wanted) -> Content:
    from backlog_model.report.charts import picture
    from backlog_model.report.charts.drawing import as_svg

    return as_svg(picture(_drawn(figure)))


def _png(figure: "Figure", _: Wanted) -> Content:
    from backlog_model.report.charts import picture
    from backlog_model.report.charts.drawing import as_png

    return as_png(picture(_drawn(figure)))


def _drawn(figure: "Figure") -> "Figure":
    if not figure.chart:
        raise BacklogModelError(
            Text("{name} is a table without a picture; expected a name that ends in .csv", name=figure.name)
        )
    return figure


def _figure_csv(figure: "Figure", wanted: Wanted) -> Content:
    from backlog_model.report.long_table import excel_figure

    return excel_figure(figure) if wanted.csv_form == "excel" else figure.as_csv()


_REPORTS: Mapping[str, Callable[["Dossier", Wanted], Content]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".csv": _csv,
}
_FORMS: Mapping[str, Callable[["Dossier", Wanted], Content]] = {".xlsx": _forms_xlsx, ".docx": _forms_docx}
_PICTURES: Mapping[str, Callable[["Figure", Wanted], Content]] = {".svg": _svg, ".png": _png, ".csv": _figure_csv}
_NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    ".html": (_PAGES, _CHARTS),
    ".docx": (_WORD, _CHARTS),
    ".svg": (_CHARTS,),
    ".png": (_CHARTS,),
}
"""Packages of the extra `report` by kind of file: name of the module, name in the registry."""


def check_request(wanted: Wanted) -> None:
    """Refuse what cannot be written, whatever the scenarios say.

    Raises
    ------
    click.UsageError
        For an ending that is not possible here.
    BacklogModelError
        When a package that it needs is missing.
    StoreError
        When nothing can be written there.
    """
    from backlog_model.report.files import check_writable

    if wanted.figure is not None and wanted.only_forms:
        raise click.UsageError(Text("--figure and --only-forms exclude each other; expected one of them"))
    if wanted.ending not in wanted.endings:
        *first, last = wanted.endings
        said = Text("{first} or {last}", first=", ".join(first), last=last)
        raise click.BadParameter(
            Text("{name}: expected a name that ends in {known}", name=wanted.out.name, known=said), param_hint="--out"
        )
    missing = [package for module, package in _NEEDS.get(wanted.ending, ()) if find_spec(module) is None]
    if missing:
        raise BacklogModelError(
            Text(
                "{kind} files need {packages}, not installed here; install the extra report: "
                'pip install "backlog-model[report]"',
                kind=wanted.ending,
                packages=", ".join(missing),
            )
        )
    check_writable(wanted.out)


def check_plans(paths: Sequence[Path], plans: "Sequence[Scenario]", wanted: Wanted, beside: Sequence[Path]) -> None:
    """Refuse scenarios that cannot stand in one report, and a report that would replace what it is made from.

    Parameters
    ----------
    paths, plans : files as they were named, and what stands in them
    wanted : what is to be written
    beside : further files that are read
    """
    resolved = [path.resolve() for path in paths]
    for position, path in enumerate(resolved):
        if path in resolved[:position]:
            said = Text("{path} is named twice; expected each scenario once", path=paths[position].as_posix())
            raise click.BadParameter(said, param_hint="SCENARIO")
    if wanted.out.resolve() in {file.resolve() for file in (*_read(plans), *beside)}:
        said = Text("{out} is a file of these scenarios; expected a new one", out=wanted.out)
        raise click.BadParameter(said, param_hint="--out")
    first = plans[0]
    for plan in plans[1:]:
        if plan.region_table.province_code != first.region_table.province_code:
            raise BacklogModelError(
                Text(
                    "{first} is about {one} and {second} about {other}; expected scenarios of one province",
                    first=first.name,
                    one=first.region_table.name(first.region_table.province_code),
                    second=plan.name,
                    other=plan.region_table.name(plan.region_table.province_code),
                )
            )


def _read(plans: "Sequence[Scenario]") -> Iterator[Path]:
    """Files that a report is made from: the scenarios', the table of programme codes and the history beside them."""
    from backlog_model.report.forms.plan import mapping_file

    for plan in plans:
        yield from plan.files
        yield mapping_file(plan, None)
        yield from (plan.folder / "history").glob("*")


def check_planning_tables(plan: "Scenario", wanted: Wanted, *, codes: Path | None, first: int | None) -> None:
    """Refuse a table of programme codes, or years, that no planning table can be made of.

    Raises
    ------
    BacklogModelError
        With everything that is wrong; nothing where no planning tables are made.
    """
    from backlog_model.report.forms.tables import are_possible, check_forms

    in_workbook = wanted.figure is None and wanted.ending == ".xlsx" and are_possible(plan, codes)
    if wanted.only_forms or in_workbook:
        check_forms(plan, codes=codes, first=first)


def check_draws(plans: "Sequence[Scenario]", draws: int) -> None:
    """Refuse more draws than can be kept: a report compares them one by one.

    Raises
    ------
    BacklogModelError
        With the number that is possible.
    """
    from backlog_model.ensemble.keeping import most_kept

    most = min(most_kept(plan) for plan in plans) if draws else 0
    if draws > most:
        raise BacklogModelError(
            Text(
                "--draws {draws}: a report keeps every draw, to compare scenarios in the same futures, and memory "
                "is set aside for {most} draws of these scenarios; ask for --draws {rounded}, or use backlog run",
                draws=draws,
                most=most,
                rounded=_rounded(most),
            )
        )


def _rounded(most: int) -> int:
    """A round number of draws, not above this one.

    Examples
    --------
    >>> _rounded(3641), _rounded(87)
    (3600, 87)
    """
    return most // 100 * 100 or most
