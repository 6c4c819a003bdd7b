"""What `backlog report` writes, and what it refuses before any work is lost."""

import csv
import io
import sys
import zipfile
from pathlib import Path

import pytest

from backlog_model import ensemble
from backlog_model.cli import writers

SCENARIOS = Path(__file__).parents[2] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
BASELINE = KALSEL / "baseline.yaml"
TEMPLATE = SCENARIOS / "template" / "scenario.yaml"
FEW = ("--draws", 40)


@pytest.fixture
def never_run(monkeypatch):
    """Fail when anything is simulated."""

    def run(*_, **__):
        raise AssertionError("simulated before it was refused")

    monkeypatch.setattr(ensemble, "run", run)


def is_archive(path, member):
    return member in zipfile.ZipFile(path).namelist()


# what it writes


@pytest.mark.parametrize("draws", [40, 0])
@pytest.mark.parametrize("ending", ["html", "xlsx", "docx", "csv"])
def test_every_kind_is_written_with_and_without_draws(backlog, tmp_path, ending, draws):
    out = tmp_path / f"report.{ending}"
    code, said, err = backlog("report", TEMPLATE, "--out", out, "--draws", draws)
    assert (code, said, err) == (0, f"{out}\n", "")
    written = out.read_bytes()
    assert {
        "html": lambda: written.lstrip().lower().startswith(b"<!doctype html"),
        "xlsx": lambda: is_archive(out, "xl/workbook.xml"),
        "docx": lambda: is_archive(out, "word/document.xml"),
        "csv": lambda: written.startswith(b"Model,Scenario,Region,Variable,Unit,"),
    }[ending]()


def test_the_first_scenario_leads(backlog, tmp_path):
    out = tmp_path / "report.csv"
    code, *_ = backlog("report", KALSEL / "tkd_cut.yaml", BASELINE, "--out", out, *FEW)
    assert code == 0
    rows = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert list(dict.fromkeys(row["Scenario"] for row in rows)) == ["tkd_cut", "baseline"]


def test_a_table_for_excel_is_in_its_form(backlog, tmp_path):
    out = tmp_path / "report.csv"
    code, *_ = backlog("report", TEMPLATE, "--out", out, "--csv-form", "excel", "--lang", "en", *FEW)
    assert code == 0
    assert out.read_bytes().startswith("\ufeffscenario;region;indicator;".encode())


def test_a_folder_that_is_missing_is_made(backlog, tmp_path):
    out = tmp_path / "new" / "folder" / "REPORT.CSV"
    code, *_ = backlog("report", TEMPLATE, "--out", out, *FEW)
    assert code == 0
    assert [path.name for path in out.parent.iterdir()] == ["REPORT.CSV"]


def test_a_file_that_is_there_is_replaced(backlog, tmp_path):
    out = tmp_path / "report.csv"
    out.write_text("old", encoding="utf-8")
    code, *_ = backlog("report", TEMPLATE, "--out", out, *FEW)
    assert code == 0
    assert out.read_text(encoding="utf-8").startswith("Model,")


def test_quiet_says_the_path_alone(backlog, tmp_path):
    code, said, err = backlog("report", TEMPLATE, "--out", "report.csv", "--quiet", *FEW)
    assert (code, said, err) == (0, "report.csv\n", "")


# single figures


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"year,")])
def test_one_figure_alone(backlog, tmp_path, ending, start):
    out = tmp_path / f"rtlh.{ending}"
    code, *_ = backlog("report", TEMPLATE, "--figure", "fan_rtlh_houses", "--out", out, *FEW)
    assert code == 0
    assert out.read_bytes().startswith(start)


def test_a_picture_is_in_the_language_asked_for(backlog, tmp_path):
    for language, word in (("id", "rumah"), ("en", "houses")):
        out = tmp_path / f"{language}.svg"
        backlog("report", TEMPLATE, "--figure", "fan_rtlh_houses", "--out", out, "--lang", language, *FEW)
        assert word in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("draws", [40, 0])
@pytest.mark.parametrize("name", ["fan_rtlh_houses", "regions_same"])
def test_years_of_a_picture_begin_where_the_scenario_does(backlog, tmp_path, name, draws):
    out = tmp_path / "picture.svg"
    backlog("report", TEMPLATE, "--figure", name, "--out", out, "--draws", draws)
    assert "linear scale with values from 2025 to 2035" in out.read_text(encoding="utf-8")


def test_boundaries_that_cannot_be_read_are_refused_first(backlog, never_run):
    table = TEMPLATE.parent / "regions.csv"
    code, _, err = backlog("report", TEMPLATE, "--map", table, "--out", "x.html", "--lang", "en")
    assert code == 3
    assert "regions.csv" in err


def test_an_unknown_figure_is_answered_with_the_nearest_and_all(backlog, tmp_path):
    code, said, err = backlog(
        "report", TEMPLATE, "--figure", "fan_rtlh", "--out", "x.svg", "--draws", 0, "--lang", "en"
    )
    assert (code, said) == (3, "")
    assert "fan_rtlh: no figure of this report has this name; did you mean fan_rtlh_houses?" in err
    assert "there are answer, indicators," in err
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_no_picture(backlog):
    code, _, err = backlog("report", TEMPLATE, "--figure", "indicators", "--out", "x.png", "--draws", 0, "--lang", "en")
    assert code == 3
    assert err == "indicators is a table without a picture; expected a name that ends in .csv\n"


# what it refuses, before it simulates


@pytest.mark.usefixtures("never_run")
@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--out", "report.pdf"), ".html, .xlsx, .docx or .csv"),
        (("--out", "report"), ".html, .xlsx, .docx or .csv"),
        (("--out", "forms.html", "--only-forms"), ".xlsx or .docx"),
        (("--out", "fan.docx", "--figure", "fan_rtlh_houses"), ".svg, .png or .csv"),
    ],
)
def test_another_ending_is_answered_with_those_possible(backlog, options, names):
    code, _, err = backlog("report", TEMPLATE, *options, "--lang", "en")
    assert code == 2
    assert f"expected a name that ends in {names}" in " ".join(err.split())


@pytest.mark.usefixtures("never_run")
def test_a_figure_and_forms_exclude_each_other(backlog):
    code, _, err = backlog("report", TEMPLATE, "--out", "x.csv", "--figure", "flows", "--only-forms", "--lang", "en")
    assert code == 2
    assert "--figure and --only-forms exclude each other" in err


@pytest.mark.usefixtures("never_run")
@pytest.mark.parametrize("name", ["budgets.csv", "forms.csv", "history/population.csv"])
def test_no_file_of_the_scenario_is_replaced(backlog, province, name):
    table = province.parent / name
    table.parent.mkdir(exist_ok=True)
    if not table.exists():
        table.write_text("indicator_id\n", encoding="utf-8")
    before = table.read_bytes()
    code, _, err = backlog("report", province, "--out", table, "--lang", "en")
    assert code == 2
    assert "is a file of these scenarios; expected a new one" in " ".join(err.split())
    assert table.read_bytes() == before


@pytest.mark.usefixtures("never_run")
def test_a_place_where_nothing_can_be_written(backlog, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = backlog("report", TEMPLATE, "--out", tmp_path / "file" / "x.csv", "--lang", "en")
    assert code == 3
    assert "cannot be written" in err


@pytest.mark.usefixtures("never_run")
def test_the_same_scenario_twice(backlog):
    again = TEMPLATE.parent / ".." / "template" / "scenario.yaml"
    code, _, err = backlog("report", TEMPLATE, again, "--out", "x.csv", "--lang", "en")
    assert code == 2
    assert "is named twice; expected each scenario once" in " ".join(err.split())


@pytest.mark.usefixtures("never_run")
def test_scenarios_of_two_provinces(backlog):
    code, _, err = backlog("report", BASELINE, TEMPLATE, "--out", "x.csv", "--lang", "en")
    assert code == 3
    assert "baseline is about Kalimantan Selatan and scenario about" in err
    assert "expected scenarios of one province" in err


@pytest.mark.usefixtures("never_run")
def test_more_draws_than_are_kept(backlog):
    code, _, err = backlog("report", BASELINE, "--out", "x.csv", "--draws", 1_000_000, "--lang", "en")
    assert code == 3
    assert "a report keeps every draw, to compare scenarios in the same futures" in err
    assert "ask for --draws 3" in err


@pytest.mark.usefixtures("never_run")
@pytest.mark.parametrize(
    ("module", "package", "out"),
    [
        ("docx", "python-docx", "x.docx"),
        ("jinja2", "Jinja2", "x.html"),
        ("vl_convert", "vl-convert-python", "x.html"),
    ],
)
def test_a_missing_package_is_named_with_its_extra(backlog, monkeypatch, module, package, out):
    monkeypatch.setitem(sys.modules, module, None)
    code, _, err = backlog("report", TEMPLATE, "--out", out, "--lang", "en")
    assert code == 3
    assert package in err
    assert 'pip install "backlog-model[report]"' in err


def test_a_table_needs_no_extra(backlog, monkeypatch):
    for module in ("docx", "jinja2", "vl_convert"):
        monkeypatch.setitem(sys.modules, module, None)
    code, *_ = backlog("report", TEMPLATE, "--out", "x.csv", *FEW)
    assert code == 0


def test_a_problem_in_a_scenario_is_told_by_line(backlog, province):
    province.write_text(province.read_text(encoding="utf-8").replace("budget_idr:", "budget:", 1), encoding="utf-8")
    code, _, err = backlog("report", province, "--out", "x.csv", "--lang", "en")
    assert code == 3
    assert "did you mean budget_idr?" in err


# interrupted


def test_interrupted_while_working_it_leaves_nothing(backlog, monkeypatch, tmp_path):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(writers, "content", stopped)
    monkeypatch.setattr("backlog_model.cli.reporting.content", stopped)
    code, *_ = backlog("report", TEMPLATE, "--out", tmp_path / "x.csv", *FEW)
    assert code == 130
    assert list(tmp_path.iterdir()) == []


def test_interrupted_while_writing_it_leaves_what_was_there(backlog, monkeypatch, tmp_path):
    def stopped(*_):
        raise KeyboardInterrupt

    out = tmp_path / "x.csv"
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", stopped)
    code, *_ = backlog("report", TEMPLATE, "--out", out, *FEW)
    assert code == 130
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.csv"]
    assert out.read_text(encoding="utf-8") == "old"


# help


def test_help_tells_every_kind_and_option(backlog):
    code, said, _ = backlog("report", "--help")
    assert code == 0
    for told in (".html", ".xlsx", ".docx", ".csv", ".svg", "--figure", "--csv-form", "--plan-version", "--only-forms"):
        assert told in said
    assert "\b" not in said
