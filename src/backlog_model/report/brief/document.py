"""The Word brief: two A4 pages for those who decide."""

import io
import struct
from typing import TYPE_CHECKING

from backlog_model.report.brief import content
from backlog_model.report.brief import word_file as word
from backlog_model.report.charts import picture
from backlog_model.report.charts.drawing import as_png
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure

if TYPE_CHECKING:
    from docx.document import Document

CHART = "fan_rtlh_houses"
_HIGHEST_CM = 11.0
_LONG_TITLE = 70  # letters that two lines of the largest letters hold


def brief(dossier: Dossier) -> bytes:
    """Brief of two pages as a Word file: the answer, three numbers and a chart; a table and what stands behind it.

    Raises
    ------
    BacklogModelError
        When python-docx or the package that draws charts is not installed.
    """
    from docx.shared import Pt

    view, found = dossier.lead.view, content.needed(dossier)
    province = view.region(view.projection.axes.province)
    title = content.shortened(dossier.lead.title, content.LONGEST_TITLE)
    document = word.new_document(dossier.language, title=title, subject=dossier.say("brief_kind", province=province))
    _head(document, dossier, title, province)
    document.add_heading(dossier.say("brief_answer"), level=1)
    document.add_paragraph(content.answer(view)).paragraph_format.space_after = Pt(10)
    word.tiles(document, content.tiles(dossier, found))
    _chart(document, found[CHART])
    _told(document, dossier, content.binding(dossier, found), "brief_binds")
    _table(document, content.table(dossier, found))
    _listed(document, dossier, content.assumptions(dossier, found), "brief_assumptions")
    _listed(document, dossier, content.uncertain(dossier, found), "brief_uncertain")
    document.add_paragraph(dossier.say("brief_sources"), style="Subtitle")
    _foot(document, dossier)
    return word.as_bytes(document)


def _head(document: "Document", dossier: Dossier, title: str, province: str) -> None:
    from docx.shared import Pt

    scenario = dossier.lead.scenario
    document.add_paragraph(dossier.say("brief_kind", province=province), style="Subtitle")
    heading = document.add_paragraph(title, style="Title")
    if len(title) > _LONG_TITLE:
        heading.runs[0].font.size = Pt(15)
    said = {"name": dossier.lead.name, "first": scenario.years.first, "last": scenario.years.last}
    document.add_paragraph(dossier.say("brief_scenario", **said), style="Subtitle")


def _chart(document: "Document", figure: Figure) -> None:
    """The picture of a figure, as wide as the text, with its description for those who cannot see it."""
    from docx.shared import Cm, Pt

    png = as_png(picture(figure))
    width, height = struct.unpack(">II", png[16:24])  # of the header of a PNG
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(8)
    shown = paragraph.add_run().add_picture(
        io.BytesIO(png), width=Cm(min(word.TEXT_WIDTH_CM, _HIGHEST_CM * width / height))
    )
    about = shown._inline.docPr
    about.set("descr", figure.description)
    about.set("title", figure.title)


def _table(document: "Document", grid: content.Grid) -> None:
    """The table, at the top of the second page."""
    document.add_heading(grid.heading, level=1).paragraph_format.page_break_before = True
    word.grid(document, grid.header, grid.rows, _widths(grid), left=grid.texts)
    if grid.note:
        document.add_paragraph(grid.note, style="Subtitle")


def _widths(grid: content.Grid) -> list[float]:
    """Widths that fill the text: the first column takes what the others leave."""
    others = [2.2 if column >= grid.texts else 2.7 for column in range(1, len(grid.header))]
    if grid.texts == 1:
        others[0] = 1.5  # a year
    return [word.TEXT_WIDTH_CM - sum(others), *others]


def _told(document: "Document", dossier: Dossier, sentences: list[str], heading: str) -> None:
    if sentences:
        document.add_heading(dossier.say(heading), level=1)
        document.add_paragraph(" ".join(sentences))


def _listed(document: "Document", dossier: Dossier, sentences: list[str], heading: str) -> None:
    if sentences:
        document.add_heading(dossier.say(heading), level=1)
        for each in sentences:
            document.add_paragraph(each, style="List Bullet")


def _foot(document: "Document", dossier: Dossier) -> None:
    """Whose numbers these are, and the number of the page, on every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    foot = document.sections[0].footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(word.TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(dossier.foot(dossier.lead) + "\n\t")
    page, pages = "\ue000", "\ue001"  # stand for the fields until the words around them are known
    said = dossier.say("brief_page", page=page, pages=pages)
    before, _, rest = said.partition(page)
    between, _, after = rest.partition(pages)
    foot.add_run(before)
    word.number_field(foot, "PAGE", "1")
    foot.add_run(between)
    word.number_field(foot, "NUMPAGES", "2")
    foot.add_run(after)
