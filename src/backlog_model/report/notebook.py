"""A projection as a notebook shows it: a small table of the province, and a chart of one variable."""

import base64
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from backlog_model import __version__
from backlog_model.errors import BacklogModelError
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.charts import Spec, picture
from backlog_model.report.charts.drawing import as_png, as_svg
from backlog_model.report.figures.fans import POINTS
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.panels import by_region
from backlog_model.report.figures.scales import DECIMALS, all_read_as, numbers, read_as
from backlog_model.report.files import write
from backlog_model.report.numbers import Language, number
from backlog_model.translation import Text

MIME = "application/vnd.vegalite.v6+json"
_ROWS = (
    *("rtlh_houses", "decent_share", "reported_handled_houses", "effective_handled_houses", "new_rtlh_houses"),
    *("slum_ha", "ownership_backlog_households", "occupancy_backlog_households", "psu_share", "spent_idr"),
)
_AHEAD = (1, 2, 3, 6)  # years after the opening: the first ones, and the end of a five-year plan
_FOCUS = 3  # which of the years shown has a range
_BOUNDS = (0.05, 0.95)


@dataclass(frozen=True)
class Picture:
    """Chart of a notebook.

    Attributes
    ----------
    figure : the table that is drawn, with title, unit and description
    """

    figure: Figure

    @property
    def spec(self) -> Spec:
        """Vega-Lite specification, with title and foot."""
        return picture(self.figure)

    def save(self, path: str | Path) -> Path:
        """File with the picture, which is returned; its ending says what is written: .svg or .png.

        Raises
        ------
        BacklogModelError
            For another ending, and where vl-convert-python is missing.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending not in (".svg", ".png"):
            raise BacklogModelError(Text("{name}: expected a name that ends in .svg, .png", name=path.name))
        write(as_svg(self.spec) if ending == ".svg" else as_png(self.spec), path)
        return path

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """The chart in every form, so that each kind of notebook finds one it shows."""
        spec = self.spec
        bundle: dict[str, Any] = {MIME: spec, "text/plain": f"{self.figure.title}. {self.figure.description}"}
        if find_spec("vl_convert") is not None:
            bundle["image/svg+xml"] = as_svg(spec)
            bundle["image/png"] = base64.b64encode(as_png(spec, ppi=144)).decode("ascii")
        return bundle


def chart(
    projection: Projection, variable: str, *, by: Literal["province", "region"], part: str, language: Language
) -> Picture:
    """Fan of the province, or a panel for each region, of one variable.

    Raises
    ------
    BacklogModelError
        For what no source covers.
    """
    columns, rows = _province(projection, variable, part, language)
    if by == "region":
        columns, rows = _regions(projection, variable, part, language)
    values = [row[position] for row in rows for position, each in enumerate(columns) if each.kind == "number"]
    if all(value is None for value in values):
        raise BacklogModelError(Text("{variable}: covered by no source, nothing to draw", variable=variable))
    unit = words.unit(QUANTITIES[variable].unit, language)
    years = projection.years(variable)
    name = _label(variable, language)
    if part != "total":
        name = words.say("figure_part", language, name=name, part=words.part(part, language))
    said = {"name": name, "unit": unit, "first": years[0], "last": years[-1]}
    scale = words.say("figure_scale_same", language)
    fan = by == "province"
    title = "figure_fan_title" if fan else "figure_panels_title"
    figure = Figure(
        name=f"{'fan' if fan else 'regions'}_{variable}",
        chart="fan" if fan else "regions_same",
        title=words.say(title, language, scale=scale, **said),
        description="",
        columns=columns,
        rows=rows,
        foot=_foot(projection, language),
        language=language,
        settings={"unit": unit, "direction": QUANTITIES[variable].direction},
    )
    return Picture(_described(figure, projection, said))


def _described(figure: Figure, projection: Projection, said: Mapping[str, object]) -> Figure:
    """The figure with a sentence on its first and last value, or on the number of its panels."""
    if figure.chart != "fan":
        count = len(projection.axes.regions)
        return figure.described(words.say("figure_notebook_panels", figure.language, count=count, **said))
    known = [each for each in figure.records if each["central"] is not None] or figure.records
    ends = {name: figure.text("central", known[at]["central"]) for name, at in (("start", 0), ("end", -1))}
    message = "figure_fan_description" if projection.draws else "figure_fan_description_central"
    scenario = projection.scenario or "–"
    return figure.described(words.say(message, figure.language, scenario=scenario, **said, **ends))


def _label(variable: str, language: Language) -> str:
    return QUANTITIES[variable].said(language)


def _foot(projection: Projection, language: Language) -> str:
    sampling = projection.sampling
    message = "figure_foot_central" if sampling is None else "figure_foot"
    said = {} if sampling is None else {"draws": number(sampling.draws, language), "seed": sampling.seed}
    return words.say(message, language, version=__version__, runs=projection.scenario or "–", **said)


Table = tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]


def _province(projection: Projection, variable: str, part: str, language: Language) -> Table:
    """Years, the central line and quantiles of the province."""
    years = projection.years(variable)
    central = projection.central.array(variable, part=part, by="province")[:, 0, 0].tolist()
    columns = [Column("year", words.say("figure_year", language), "year")]
    columns.append(numbers("central", words.say("figure_central", language), variable, language))
    cells: list[list[Cell]] = [list(years), all_read_as(central, variable)]
    if projection.draws:
        found = projection.statistics(variable, part=part, by="province", points=POINTS).quantiles[:, :, 0]
        for point, values in zip(POINTS, found.tolist(), strict=True):
            label = words.say("figure_point", language, percent=f"{100 * point:g}")
            columns.append(numbers(f"p{100 * point:02g}", label, variable, language))
            cells.append(all_read_as(values, variable))
    return tuple(columns), tuple(zip(*cells, strict=True))


def _regions(projection: Projection, variable: str, part: str, language: Language) -> Table:
    """Region, name, year and values of every region."""
    labels = {"central": "figure_central", "p05": "figure_low", "p95": "figure_high"}
    values = by_region(projection, variable, part=part)
    columns = (
        Column("region", words.say("figure_region", language), "text"),
        Column("name", words.say("figure_region_name", language), "text"),
        Column("year", words.say("figure_year", language), "year"),
        *(numbers(name, words.say(labels[name], language), variable, language) for name in values),
    )
    rows = [
        (code, projection.names.get(code, code), year, *(read_as(values[name][code][at], variable) for name in values))
        for code in projection.axes.regions
        for at, year in enumerate(projection.years(variable))
    ]
    return columns, tuple(rows)


def table(projection: Projection) -> str:
    """Table of the province as HTML: the central run in some years, with draws the range of one of them."""
    language = projection.language
    opening, last = projection.axes.years[0] - 1, projection.axes.years[-1]
    years = sorted({min(opening + ahead, last) for ahead in (0, *_AHEAD)} | {last})
    focus = years[min(_FOCUS, len(years) - 1)]
    header = [words.say("figure_indicator", language), *(str(year) for year in years)]
    if projection.draws:
        header.append(words.say("figure_range", language, year=focus))
    rows = list(_rows(projection, years, focus))
    name = projection.names.get(projection.axes.province, projection.axes.province)
    caption = f"{name}: {projection.scenario}" if projection.scenario else name
    return _html(caption, header, rows, _foot(projection, language))


def _rows(projection: Projection, years: Sequence[int], focus: int) -> Iterator[list[str]]:
    """Name and numbers of each variable that some source covers."""
    language = projection.language
    for variable in _ROWS:
        known = projection.years(variable)
        central = dict(zip(known, projection.central.array(variable, by="province")[:, 0, 0].tolist(), strict=True))
        if all(math.isnan(value) for value in central.values()):
            continue
        unit = words.unit(QUANTITIES[variable].unit, language)
        row = [f"{_label(variable, language)} ({unit})"]
        row += [_shown(central.get(year, math.nan), variable, language) for year in years]
        if projection.draws:
            found = projection.statistics(variable, by="province", points=_BOUNDS).quantiles[:, known.index(focus), 0]
            row.append(" – ".join(_shown(value, variable, language) for value in found.tolist()))
        yield row


def _shown(value: float, variable: str, language: Language) -> str:
    read = read_as(value, variable)
    held = float(read) if isinstance(read, int | float) else math.nan
    return number(held, language, decimals=DECIMALS.get(QUANTITIES[variable].unit, 0))


def _html(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], foot: str) -> str:
    """A table; every text is text and never a tag."""
    left, right = ("text-align:left", "text-align:right;font-variant-numeric:tabular-nums")
    head = "".join(
        f'<th scope="col" style="{left if at == 0 else right}">{escape(each)}</th>' for at, each in enumerate(header)
    )
    body = "".join(
        f'<tr><th scope="row" style="{left};font-weight:normal">{escape(row[0])}</th>'
        + "".join(f'<td style="{right}">{escape(each)}</td>' for each in row[1:])
        + "</tr>"
        for row in rows
    )
    title = f'<caption style="{left};font-weight:bold">{escape(caption)}</caption>'
    note = f'<tfoot><tr><td colspan="{len(header)}" style="{left};font-size:smaller">{escape(foot)}</td></tr></tfoot>'
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{note}</table>"
