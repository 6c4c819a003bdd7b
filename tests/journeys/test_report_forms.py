"""Planning tables through the command line: files that office programs open, and errors that name what to write."""

import os
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASELINE = SCENARIOS / "kalsel" / "baseline.yaml"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TEXT_OF_PDF = shutil.which("pdftotext")
SHEETS = ["T-C.27", "T-C.29", "T-C.30", "T-C.31", "T-C.33", "Program RPJMD"]


def as_pdf(file, folder):
    """Text of every page of a file as an office program prints it."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", folder, file],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    said = subprocess.run(
        [TEXT_OF_PDF, "-layout", folder / f"{file.stem}.pdf", "-"], check=True, capture_output=True, text=True
    )
    return said.stdout.rstrip("\f").split("\f")


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_tables_alone_open_in_an_office_program_and_print(backlog, tmp_path, ending):
    file = tmp_path / f"tabel.{ending}"
    code, out, _ = backlog(
        "report", BASELINE, "--only-forms", "--plan-version", "perubahan", "--draws", 0, "--out", file
    )
    assert (code, out.strip()) == (0, str(file))
    if OFFICE is None or TEXT_OF_PDF is None:
        pytest.skip("LibreOffice and pdftotext print the tables; one of them is not installed here")
    pages = as_pdf(file, tmp_path)
    assert len(pages) <= 12
    for name in SHEETS:
        first = next(page for page in pages if f"Tabel {name}" in page)
        assert "perubahan" in first
    numbered = [page for page in pages if "(1)" in page and "(10)" in page]
    assert len(numbered) >= len(SHEETS)  # heads on every page with rows, each table as wide as one page


def test_the_workbook_of_a_report_holds_the_tables_too(backlog, tmp_path):
    file = tmp_path / "laporan.xlsx"
    code, _, _ = backlog("report", BASELINE, "--draws", 20, "--out", file)
    assert code == 0
    assert openpyxl.load_workbook(file, read_only=True).sheetnames[-len(SHEETS) :] == SHEETS


def test_both_languages_keep_official_titles(backlog, tmp_path):
    files = {language: tmp_path / f"{language}.docx" for language in ("id", "en")}
    for language, file in files.items():
        code, _, _ = backlog("report", BASELINE, "--only-forms", "--draws", 0, "--lang", language, "--out", file)
        assert code == 0
    told = {language: docx.Document(file) for language, file in files.items()}
    for left, right in zip(told["id"].tables, told["en"].tables, strict=True):
        assert [cell.text for cell in left.rows[0].cells] == [cell.text for cell in right.rows[0].cells]
    assert any("Official columns" in paragraph.text for paragraph in told["en"].paragraphs)


def test_tables_need_codes_and_the_error_says_which_file(backlog, tmp_path):
    folder = shutil.copytree(SCENARIOS / "template", tmp_path / "provinsi")
    out = tmp_path / "tabel.xlsx"
    code, _, error = backlog(
        "report", folder / "scenario.yaml", "--only-forms", "--draws", 0, "--lang", "en", "--out", out
    )
    assert code == 3
    assert "provinsi/forms.csv: there is no such file" in error
    assert not out.exists()


def test_wrong_codes_are_named_before_anything_is_drawn(backlog, tmp_path):
    codes = tmp_path / "codes.csv"
    text = (SCENARIOS / "kalsel" / "forms.csv").read_text(encoding="utf-8")
    codes.write_text(text.replace("slum_ha.province", "slum_hectare"), encoding="utf-8")
    code, _, error = backlog(
        *("report", BASELINE, "--only-forms", "--forms", codes, "--draws", 2000, "--lang", "en"),
        *("--out", tmp_path / "tabel.xlsx"),
    )
    assert code == 3
    assert "codes.csv:9:1: column indicator_id: unknown variable slum_hectare; did you mean slum_ha?" in error


def test_a_year_that_the_plan_cannot_begin_in_is_refused(backlog, tmp_path):
    out = tmp_path / "tabel.xlsx"
    code, _, error = backlog(
        "report", BASELINE, "--only-forms", "--plan-from", 2031, "--draws", 0, "--lang", "en", "--out", out
    )
    assert code == 3
    assert "does not hold the year being planned, 2027; expected 2023 to 2027" in error


def test_codes_are_a_table_that_the_check_knows(backlog):
    code, out, _ = backlog("check", SCENARIOS / "kalsel" / "forms.csv", "--lang", "en")
    assert (code, out) == (0, "Files checked: 1; problems: 0; warnings: 0\n")
