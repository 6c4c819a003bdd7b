"""Word files: page, fonts, tables, fields, and the same bytes every time."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from backlog_model.errors import BacklogModelError
from backlog_model.report.numbers import Language
from backlog_model.translation import Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

FONT = "Arial"  # on Windows and macOS, and as wide as Liberation Sans elsewhere: pages break alike
INK, QUIET, ACCENT = "1F2933", "52606D", "0B4F7D"
HEAD, TILE = "DCE8F1", "EEF3F7"
MARGIN_CM = 1.9
TEXT_WIDTH_CM = 21.0 - 2 * MARGIN_CM
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: the same report is the same file
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LOCALES: dict[str, str] = {"id": "id-ID", "en": "en-GB"}


def new_document(language: Language, *, title: str, subject: str) -> "Document":
    """An empty A4 document with our styles.

    Raises
    ------
    BacklogModelError
        When python-docx is not installed.
    """
    try:
        import docx
        from docx.shared import Cm
    except ModuleNotFoundError as error:
        raise BacklogModelError(_MISSING) from error
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)
    _styles(document, language)
    about = document.core_properties
    about.title, about.subject, about.author, about.last_modified_by = title, subject, "backlog_model", "backlog_model"
    about.comments, about.language = "", _LOCALES.get(language, language)
    about.created = about.modified = _EPOCH
    return document


def _styles(document: "Document", language: Language) -> None:
    """Fonts, sizes and distances of the styles in use; a document without colours of its theme."""
    for name, size, before, after, bold, colour in (
        ("Normal", 10.5, 0, 6, False, INK),
        ("Title", 20, 0, 2, True, ACCENT),
        ("Subtitle", 9, 0, 4, False, QUIET),
        ("Heading 1", 13, 9, 3, True, ACCENT),
        ("List Bullet", 10.5, 0, 3, False, INK),
        ("Footer", 8, 0, 0, False, QUIET),
    ):
        _style(document, name, size=size, before=before, after=after, bold=bold, colour=colour)
    _spoken(document, language)


def _style(
    document: "Document", name: str, *, size: float, before: float, after: float, bold: bool, colour: str
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{which}"), None)  # a font of the theme would win over ours
    for which in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{which}"), FONT)
    for tight in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(tight)  # letters drawn apart
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    rule = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if rule is not None:
        rule.getparent().remove(rule)  # the line under a title


def _spoken(document: "Document", language: Language) -> None:
    """The language in which Word checks the spelling."""
    from docx.oxml.ns import qn

    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), _LOCALES.get(language, language))


def grid(
    document: "Document", header: Sequence[str], rows: Sequence[Sequence[str]], widths_cm: Sequence[float], *, left: int
) -> None:
    """A table whose header repeats on every page and whose rows stay whole; the first `left` columns hold text."""
    table: Any = document.add_table(rows=0, cols=len(header), style="Table Grid")
    _columns(table, widths_cm)
    for position, cells in enumerate([header, *rows]):
        row = table.add_row()
        _kept_whole(row, heads=position == 0)
        for column, (cell, text, width) in enumerate(zip(row.cells, cells, widths_cm, strict=True)):
            _sized(cell, width)
            fill(cell, text, size=9.5, bold=position == 0, right=column >= left)
            if position == 0:
                shade(cell, HEAD)
    _thin(table)


def tiles(document: "Document", entries: Sequence[tuple[str, str, str]]) -> None:
    """A row of key numbers: what it is, the number, what stands beside it."""
    table: Table = document.add_table(rows=1, cols=len(entries))
    _columns(table, [TEXT_WIDTH_CM / len(entries)] * len(entries))
    for cell, (label, value, beside) in zip(table.rows[0].cells, entries, strict=True):
        _sized(cell, TEXT_WIDTH_CM / len(entries))
        shade(cell, TILE)
        fill(cell, label, size=9, bold=True, colour=QUIET)
        _line(cell.add_paragraph(), value, size=22, bold=True, colour=ACCENT)
        _line(cell.add_paragraph(), beside, size=9, colour=QUIET)
    _kept_whole(table.rows[0], heads=False)


def fill(cell: "_Cell", text: str, *, size: float, bold: bool = False, right: bool = False, colour: str = INK) -> None:
    """Text of a cell."""
    _line(cell.paragraphs[0], text, size=size, bold=bold, right=right, colour=colour)


def _line(
    paragraph: Any, text: str, *, size: float, bold: bool = False, right: bool = False, colour: str = INK
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _columns(table: "Table", widths_cm: Sequence[float]) -> None:
    """Widths as they are given: Word reads them from the cells, other programs from the columns."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)


def _sized(cell: "_Cell", width_cm: float) -> None:
    from docx.shared import Cm

    cell.width = Cm(width_cm)


def shade(cell: "_Cell", colour: str) -> None:
    """Background of a cell."""
    _append(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _kept_whole(row: Any, *, heads: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    _append(properties, "w:cantSplit")
    if heads:
        _append(properties, "w:tblHeader")


def _thin(table: Any) -> None:
    """Thin grey lines between rows, none between columns."""
    borders = _append(table._tbl.tblPr, "w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        _append(borders, f"w:{side}", val="single", sz="4", space="0", color="B8C2CC")
    for side in ("left", "right", "insideV"):
        _append(borders, f"w:{side}", val="nil")


def _append(parent: Any, tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def number_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that Word keeps up to date, such as PAGE; what is shown until then."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else None)
        if kind in ("begin", "separate", "end"):
            _append(run._r, "w:fldChar", fldCharType=kind)
        elif kind == "":
            _append(run._r, "w:instrText").text = text


def as_bytes(document: "Document") -> bytes:
    """The file, the same bytes for the same content: entries of its archive carry no time."""
    drawn = io.BytesIO()
    document.save(drawn)
    packed = io.BytesIO()
    with zipfile.ZipFile(drawn) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return packed.getvalue()


_MISSING = Text(
    "Word documents need the package python-docx, which is not installed; "
    'install the extra report: pip install "backlog-model[report]"'
)
