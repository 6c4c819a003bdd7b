"""The workbook of a report as a planner opens and prints it, in a spreadsheet program that is no part of this one."""

import math
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

BASELINE = Path(__file__).parents[2] / "scenarios" / "kalsel" / "baseline.yaml"
OWN = ["Ringkasan", "Sasaran", "Kabupaten-Kota", "Pendanaan", "Asumsi", "Temuan Data", "Data"]
CACHED = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A workbook as the command writes it, with few draws."""
    out = tmp_path_factory.mktemp("report") / "kalsel.xlsx"
    arguments = ("report", BASELINE, "--out", out, "--draws", "20", "--lang", "id", "--quiet")
    command = [sys.executable, "-m", "backlog_model", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    assert done.stdout.strip() == str(out)
    return out


def converted(file, kind, folder):
    """The file in another form, as LibreOffice makes it with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / kind / f"{file.stem}.{kind}"


def without_values(file, folder):
    """The same workbook without the values stored beside its formulas, so that they have to be worked out."""
    copy = folder / "bare.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = CACHED.sub(r"\1", content.decode()).encode()
            new.writestr(name, content)
    return copy


def pages(pdf):
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


@needs_office
@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # those that the other program writes
def test_formulas_worked_out_elsewhere_give_our_values(written, tmp_path):
    ours = load_workbook(written, data_only=True)
    formulas = load_workbook(written)
    theirs = load_workbook(converted(without_values(written, tmp_path), "xlsx", tmp_path), data_only=True)
    assert formulas.sheetnames[: len(OWN)] == OWN
    found = 0
    for sheet in formulas.sheetnames:
        for row in formulas[sheet].iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                place, found = cell.coordinate, found + 1
                pair = ours[sheet][place].value, theirs[sheet][place].value
                assert math.isclose(*pair, rel_tol=1e-9, abs_tol=1e-6), (sheet, place, cell.value, pair)
    assert found > 100


NUMBER = r"-?\d[\d.,]*%?"
LINES = {  # how a row of a table begins, and what must follow on the same line of the same page
    r"\s*asumsi\s+nilai tengah": r".*\bcatatan\b",
    r"\s*tempat\s+tingkat": r".*\btemuan\b",
    r"\s*Stok akhir tahun": rf"\s+rumah(\s+{NUMBER}){{11}}\s*$",
    r"\s*63\s+Jumlah: Kalimantan Selatan": rf"(\s+{NUMBER}){{12}}\s*$",
    r"\s*baseline\s+63": rf".*\s20\d\d(\s+{NUMBER}){{1,4}}\s*$",
    r"\s*Jumlah  ": rf"(\s*{NUMBER}){{11}}\s*$",
}


@needs_office
@needs_poppler
def test_printed_no_table_is_split_sideways(written, tmp_path):
    printed = pages(converted(written, "pdf", tmp_path))
    numbers = [re.search(r"Halaman (\d+) dari (\d+)", page) for page in printed]
    own = [page for page, number in zip(printed, numbers, strict=True) if number]
    assert len(own) > len(OWN)
    lines = [line for page in own for line in page.splitlines()]
    for begin, follows in LINES.items():
        found = [line for line in lines if re.match(begin, line)]
        assert found, begin
        assert [line for line in found if not re.match(begin + follows, line)] == []
