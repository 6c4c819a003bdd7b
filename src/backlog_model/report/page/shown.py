"""A figure as a page shows it: chart, table, files to download."""

import re
from urllib.parse import quote

from backlog_model.report.charts import chart, narrow_chart
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import Language
from backlog_model.report.page.parts import Download, Field, Head, Shown, Table
from backlog_model.report.values import cell

LONG = 24
"""Rows beyond which a table scrolls on the screen; behind a chart such a table is not printed."""

_LONG_WORD = re.compile(r"\S{15}")
_AFTER_MARKS = re.compile(r"(?<=[._/])(?=[A-Za-z])")

_FOR_PROGRAMS = {
    "indicators": ("indicator",),
    "ledger": ("line", "kind"),
    "findings": ("code",),
    "slums": ("authority",),
    "flows": ("step", "kind"),
    "funding": ("source",),
    "tornado": ("path",),
    "tournament": ("path",),
    "limits": ("programme",),
    "targets": ("value",),
    **dict.fromkeys(("map_value", "map_change", "map_chance"), ("column", "row")),
}
"""Columns of a figure that name for programs what another column names for people."""

_SUMMED = frozenset(("regions", "regions_by_year", "ledger"))
_NAMES = ("label", "name", "subject", "title", "place", "path", "scenario", "year")


def shown(dossier: Dossier, figure: Figure, *, filtered: bool = False, folded: bool = False) -> Shown:
    """A figure with its chart, its table and its files.

    Parameters
    ----------
    filtered, folded : whether the rows of its table can be searched, and whether it is behind its heading
    """
    has_chart = bool(figure.chart)
    made = table(figure)
    return Shown(
        name=figure.name,
        title=figure.title,
        description=figure.description,
        spec=chart(figure) if has_chart else None,
        narrow=narrow_chart(figure) if has_chart else None,
        table=made,
        notes=figure.notes,
        foot=figure.foot,
        downloads=tuple(_downloads(dossier, figure)),
        filtered=filtered,
        folded=folded or has_chart,
        printed=not (has_chart and made.long),
    )


def table(figure: Figure) -> Table:
    """The table of a figure; names that only programs use are left out, where a name for people stands beside them."""
    names = [column.name for column in figure.read]
    head = next((name for name in _NAMES if name in names), names[0])
    hidden = _FOR_PROGRAMS.get(figure.name, ())
    kept = [at for at, column in enumerate(figure.read) if column.name not in hidden]
    columns = [figure.read[at] for at in kept]
    rows = [figure.texts(record) for record in figure.records]
    return Table(
        name=figure.name,
        caption=figure.title,
        heads=tuple(Head(column.name, column.label, column.unit, _numeric(column)) for column in columns),
        rows=tuple(
            tuple(Field(_pieces(texts[at]), _numeric(figure.read[at]), figure.read[at].name == head) for at in kept)
            for texts in rows
        ),
        long=len(rows) > LONG,
        summed=figure.name in _SUMMED,
    )


def _pieces(text: str) -> tuple[str, ...]:
    """Text in pieces between which a line may break: long words break behind their dots, dashes and strokes.

    Examples
    --------
    >>> _pieces("opening.rtlh_houses"), _pieces("Tanah Laut")
    (('opening.', 'rtlh_', 'houses'), ('Tanah Laut',))
    """
    return tuple(_AFTER_MARKS.split(text)) if _LONG_WORD.search(text) else (text,)


def _numeric(column: Column) -> bool:
    return column.kind == "number"


def _downloads(dossier: Dossier, figure: Figure) -> list[Download]:
    plain = Download(dossier.say("page_csv"), f"{figure.name}.csv", _address(figure.as_csv()))
    excel = Download(dossier.say("page_csv_excel"), f"{figure.name}_excel.csv", _address(_for_excel(figure)))
    return [plain, excel]


def _address(text: str) -> str:
    return f"data:text/csv;charset=utf-8,{quote(text)}"


def _for_excel(figure: Figure) -> str:
    """The table with labels for people, as a spreadsheet set to the language of the figure opens it."""
    lines = [[column.label for column in figure.read]]
    lines += [[_written(record[column.name], figure.language) for column in figure.read] for record in figure.records]
    between = ";" if figure.language == "id" else ","
    quoted = [between.join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in line) for line in lines]
    return "\ufeff" + "\r\n".join(quoted) + "\r\n"


def _written(value: Cell, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return cell(value)
    return str(value).replace(".", ",") if language == "id" else str(value)
