"""Another province: a starter folder that runs as it stands, and a template whose slips are named by sheet and cell."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from backlog_model.report import starter

TEMPLATE = Path(__file__).parents[2] / "scenarios" / "template" / "scenario.yaml"
HEADER = (
    *("year", "region_code", "region", "indicator", "program", "funding_source"),
    *("value", "unit", "source_url", "source_date", "status", "note"),
)
FILES = ["README.md", "budgets.csv", "forms_example.csv", "history", "input.xlsx", "regions.csv", "scenario.yaml"]


def fill(path, *rows):
    book = openpyxl.load_workbook(path)
    for indicator, value, unit in rows:
        cells = (2025, "99.01", "Kabupaten Hulu", indicator, None, None, value, unit, "Dinas Contoh", "2026-01-31")
        book["data"].append((*cells, "reported", None))
    book.save(path)


@pytest.fixture
def made(backlog, tmp_path):
    """A starter folder made by the command."""
    assert backlog("init", "baru")[0] == 0
    return tmp_path / "baru"


def test_the_starter_folder_runs_and_passes_the_check_as_it_stands(backlog, made):
    assert sorted(path.name for path in made.iterdir()) == FILES
    code, out, _ = backlog("run", made / "scenario.yaml", "--draws", 20)
    assert (code, "Provinsi Contoh" in out) == (0, True)
    code, out, _ = backlog("check", "baru", "--lang", "en")
    assert (code, out) == (0, "Files checked: 7; problems: 0; warnings: 0\n")


def test_every_number_of_the_starter_folder_says_that_it_is_an_example(made):
    with (made / "budgets.csv").open(encoding="utf-8", newline="") as stream:
        assert {(row["kind"], row["note"].partition(":")[0]) for row in csv.DictReader(stream)} == {
            ("assumption", "Example")
        }
    assert (made / "scenario.yaml").read_text(encoding="utf-8").startswith("# Templat: provinsi rekaan")
    with (made / "history" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [list(HEADER)]


@pytest.mark.parametrize(
    ("language", "said", "sheet"), [("id", "Dibuat: baru", "daerah"), ("en", "Made: baru", "regions")]
)
def test_the_answer_says_what_to_do_next_in_the_language(backlog, tmp_path, language, said, sheet):
    code, out, err = backlog("init", "baru", "--lang", language)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == said
    assert "backlog run baru/scenario.yaml" in out
    assert "backlog check baru/input.xlsx" in out
    book = openpyxl.load_workbook(tmp_path / "baru" / "input.xlsx")
    assert [row[0].value for row in book[sheet].iter_rows()] == ["code", "99", "99.01", "99.02", "99.71"]


@pytest.mark.parametrize(("inside", "named"), [("abc", "a, b, c"), ("abcd", "a, b, c, ...")])
def test_a_folder_with_something_in_it_is_refused_and_left_alone(backlog, tmp_path, inside, named):
    (tmp_path / "baru").mkdir()
    for name in inside:
        (tmp_path / "baru" / name).write_text("mine", encoding="utf-8")
    code, out, err = backlog("init", "baru")
    assert (code, out) == (3, "")
    assert err == f"baru: this folder holds {named}; expected a new or an empty folder\n"
    assert sorted(path.name for path in (tmp_path / "baru").iterdir()) == list(inside)


def test_only_the_files_of_the_starter_folder_are_copied(tmp_path, monkeypatch):
    shipped = shutil.copytree(TEMPLATE.parent, tmp_path / "shipped")
    (shipped / ".DS_Store").write_text("x", encoding="utf-8")
    (shipped / "runs").mkdir()
    monkeypatch.setattr(starter, "_shipped", lambda: shipped)
    starter.make(tmp_path / "made")
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == FILES


def test_a_file_of_that_name_is_refused(backlog, tmp_path):
    (tmp_path / "baru").write_text("mine", encoding="utf-8")
    code, _, err = backlog("init", "baru")
    assert (code, err) == (3, "baru: this is a file; expected a new or an empty folder\n")


@pytest.mark.parametrize("where", [".", "new/deep/one", "empty"])
def test_an_empty_folder_or_a_new_one_is_filled(backlog, tmp_path, where):
    (tmp_path / "empty").mkdir()
    if where == ".":
        (tmp_path / "empty").rmdir()
    assert backlog("init", where)[0] == 0
    assert sorted(path.name for path in (tmp_path / where).iterdir()) == FILES


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_on_the_way_leaves_nothing(backlog, tmp_path, monkeypatch, there):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    if there:
        (tmp_path / "baru").mkdir()
    monkeypatch.setattr(starter, "template", full)
    code, _, err = backlog("init", "baru")
    assert (code, err) == (3, "baru: cannot be written: No space left on device\n")
    assert list(tmp_path.rglob("*")) == ([tmp_path / "baru"] if there else [])


def test_what_cannot_be_moved_is_taken_back(tmp_path, monkeypatch):
    made, folder = tmp_path / "made", tmp_path / "folder"
    made.mkdir()
    folder.mkdir()
    (made / "a.csv").write_text("a", encoding="utf-8")
    (made / "b.csv").mkdir()
    (folder / "b.csv").write_text("came in meanwhile", encoding="utf-8")
    with pytest.raises(OSError, match=r"b\.csv"):
        starter._put_in_place(made, folder)
    assert [path.name for path in folder.iterdir()] == ["b.csv"]


def test_a_filled_in_template_is_checked_like_a_table(backlog, made):
    fill(made / "input.xlsx", ("units_handled", 115, "units"), ("slum_area", 8.5, "ha"))
    code, out, _ = backlog("check", "baru/input.xlsx", "--lang", "en")
    assert (code, out) == (0, "Files checked: 1; problems: 0; warnings: 0\n")


def test_slips_in_cells_and_between_rows_are_named_by_sheet_and_cell(backlog, made):
    fill(
        made / "input.xlsx",
        *(("units_handled", "2.804", "units"), ("psu_estates", 1935, "estates")),
        *(("psu_handed_over_estates", 568, "estates"), ("psu_not_handed_over_estates", 1377, "estates")),
    )
    code, out, _ = backlog("check", "baru/input.xlsx", "--lang", "en")
    lines = out.splitlines()
    assert code == 4
    assert lines[0].startswith("baru/input.xlsx:data!G2: value '2.804' is text")
    assert lines[1].startswith("baru/input.xlsx:data!G3: ")
    assert "568 + 1,377 = 1,945, not 1,935" in lines[1]
    assert lines[1].endswith("(beside baru/input.xlsx:data!G4, baru/input.xlsx:data!G5)")
    assert lines[2] == "Files checked: 1; problems: 2; warnings: 0"
    said = backlog("check", "baru/input.xlsx", "--lang", "id")[1].splitlines()[0]
    assert said.startswith("baru/input.xlsx:data!G2: value '2.804' berupa teks, dan titiknya mungkin pemisah ribuan")


def test_findings_are_listed_from_top_to_bottom(backlog, made):
    fill(made / "input.xlsx", *[("units_handled", "x", "units")] * 10)
    _, out, _ = backlog("check", "baru/input.xlsx", "--json")
    places = [finding["place"].rpartition("!")[2] for finding in json.loads(out)["findings"]]
    assert places == [f"G{line}" for line in range(2, 12)]


def test_a_folder_is_checked_with_its_templates_but_not_with_other_workbooks(backlog, made):
    fill(made / "input.xlsx", ("units_handled", "x", "units"))
    (made / "input.xlsx").rename(made / "Input 99.01.xlsx")
    (made / "report.xlsx").write_bytes(b"PK")
    code, out, _ = backlog("check", "baru", "--lang", "en")
    assert code == 4
    wrong, total = out.splitlines()
    assert wrong.startswith("baru/Input 99.01.xlsx:data!G2: ")
    assert total == "Files checked: 7; problems: 1; warnings: 0"


@pytest.mark.parametrize("name", ["data.xls", "data.xlsx", "data.ods"])
def test_what_is_no_workbook_is_said_in_a_sentence(backlog, tmp_path, name):
    (tmp_path / name).write_text("year,region_code\n", encoding="utf-8")
    code, out, _ = backlog("check", name, "--lang", "en")
    assert code == 4
    assert out.startswith(f"{name}: this is no workbook, whatever its name says; open it in a spreadsheet program")


@pytest.mark.parametrize("typed", [["--help"], ["init", "--help"], ["check", "made"]])
def test_spreadsheet_libraries_load_only_for_workbooks(backlog, tmp_path, typed):
    assert backlog("init", "made")[0] == 0
    (tmp_path / "made" / "input.xlsx").unlink()
    code = (
        "import sys\n"
        "from backlog_model import cli\n"
        f"sys.argv = ['backlog', *{typed!r}]\n"
        "try: cli.main()\n"
        "except SystemExit as end: print(end.code, sorted({'openpyxl', 'xlsxwriter', 'pandas'} & set(sys.modules)))"
    )
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # the working folder is another one here
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=known)
    assert answer.stdout.splitlines()[-1] == "0 []"
