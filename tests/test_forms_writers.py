"""Official planning tables as sheets and in Word: what stands in them, and that text stays text."""

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter

import backlog_model as bm
from backlog_model import store
from backlog_model.report.dossier import Dossier
from backlog_model.report.forms.sheets import add_forms, forms_xlsx
from backlog_model.report.forms.tables import forms
from backlog_model.report.forms.word import forms_docx

SCENARIOS = Path(__file__).parents[1] / "scenarios"
HOSTILE = ("=1+1", "@SUM(A1:A9)", "<script>alert(1)</script>", "+cmd|' /C calc'!A0", "{=1}", "http://contoh.id/")


def report(path, *, draws=0, **settings):
    scenario = bm.load_scenario(path)
    run = store.described(scenario, draws=draws, seed=1, design="latin_hypercube")
    return replace(Dossier.of([run], [bm.run(scenario, draws=draws)], "id"), **settings)


@pytest.fixture(scope="module")
def baseline():
    return report(SCENARIOS / "kalsel" / "baseline.yaml")


@pytest.fixture(scope="module")
def hostile(baseline, tmp_path_factory):
    """The same report with a mapping whose words try to be something else."""
    file = tmp_path_factory.mktemp("forms") / "codes.csv"
    with (SCENARIOS / "kalsel" / "forms.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for position, row in enumerate(rows):
        for name in ("indikator", "lokasi", "penanggung_jawab", "tujuan", "sasaran", "outcome", "catatan", "spm"):
            row[name] = HOSTILE[position % len(HOSTILE)]
        row["indikator"] += f" {position}"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return replace(baseline, codes=file)


@pytest.fixture(scope="module")
def made(baseline):
    return forms(baseline)


@pytest.fixture(scope="module")
def workbook(baseline):
    return opened(forms_xlsx(baseline))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_sheet_for_each_table_holds_its_numbers_as_numbers(made, workbook):
    assert workbook.sheetnames == [form.name for form in made]
    for form, sheet in zip(made, workbook, strict=True):
        first = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "(1)") + 1
        for place, line in enumerate(form.lines):
            written = [sheet.cell(first + place, column + 1).value for column in range(len(line.cells))]
            assert written == [pytest.approx(cell.value) if cell.kind != "text" else cell.value for cell in line.cells]


def test_sheets_print_in_landscape_one_page_wide_with_titles_on_every_page(made, workbook):
    for form, sheet in zip(made, workbook, strict=True):
        heads = sheet.freeze_panes
        assert heads is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == (14 if form.wide else 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)  # short enough for one
        first, last = sheet.print_title_rows.replace("$", "").split(":")
        assert int(last) - int(first) == form.depth
        assert sheet.cell(int(last), 1).value == "(1)"


def test_marks_stand_in_the_format_and_not_in_the_number(workbook):
    sheet = workbook["T-C.33"]
    projected = [cell for row in sheet for cell in row if '"(p)"' in cell.number_format or " (p)" in cell.number_format]
    assert projected
    assert all(isinstance(cell.value, int | float) for cell in projected)


def test_no_text_becomes_a_formula_or_a_link(hostile):
    book = opened(forms_xlsx(hostile))
    texts = {cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)}
    assert any(text.startswith("=1+1") for text in texts)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_word_holds_the_same_cells_with_heads_on_every_page(baseline, made):
    document = docx.Document(io.BytesIO(forms_docx(baseline)))
    assert len(document.tables) == len(document.sections) == len(made)
    for form, table, section in zip(made, document.tables, document.sections, strict=True):
        heads = form.depth + 1
        assert section.page_width > section.page_height
        marked = ["w:tblHeader" in row._tr.xml for row in table.rows]
        assert marked == [True] * heads + [False] * len(form.lines)
        for line, row in zip(form.lines, table.rows[heads:], strict=True):
            assert [cell.text for cell in row.cells] == [cell.shown("id") for cell in line.cells]
        widths = sum(cell.width for cell in table.rows[-1].cells)
        assert widths <= section.page_width - section.left_margin - section.right_margin + 100


def test_word_keeps_text_as_text(hostile):
    document = docx.Document(io.BytesIO(forms_docx(hostile)))
    said = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "<script>alert(1)</script>" in said
    assert "w:fldSimple" not in document.element.xml
    assert "w:hyperlink" not in document.element.xml


def test_a_folder_without_codes_gets_a_note_and_no_tables(tmp_path):
    folder = shutil.copytree(SCENARIOS / "template", tmp_path / "provinsi")
    starter = report(folder / "scenario.yaml")
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    add_forms(book, starter)
    book.close()
    (sheet,) = opened(content.getvalue())
    assert "forms.csv tidak ada" in sheet["A1"].value
    with pytest.raises(
        bm.BacklogModelError, match=r"forms\.csv: there is no such file, and the planning tables need it"
    ):
        forms_xlsx(starter)


def test_the_example_of_the_template_makes_tables(tmp_path):
    folder = shutil.copytree(SCENARIOS / "template", tmp_path / "provinsi")
    (folder / "forms_example.csv").rename(folder / "forms.csv")
    made = {form.name: form for form in forms(report(folder / "scenario.yaml", draws=20))}
    assert [line.level for line in made["T-C.33"].lines][-1] == "total"
    assert all(cell.shown("id") for form in made.values() for line in form.lines for cell in line.cells)
