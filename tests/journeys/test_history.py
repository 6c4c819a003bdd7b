"""`backlog history`: on the real data, in both languages, for people and for programs."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from backlog_model.history.forecasting import CAUTIONS
from backlog_model.history.tables.findings import CODES
from backlog_model.history.workbook import CODES as OF_WORKBOOKS
from backlog_model.report import words
from backlog_model.report.check_words import CHECKS
from backlog_model.report.layout import WIDTH

LIMITS = ("few_points", "not_identifiable", "prior_dominates", "only_ratio_identified", "prior_conflict")
KALSEL = Path(__file__).parents[2] / "scenarios" / "kalsel"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province") / "kalsel"
    shutil.copytree(KALSEL, folder)
    return folder


@pytest.fixture
def document(backlog):
    code, out, err = backlog("history", KALSEL, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ("apa kata masa lalu", "Buku besar", "titik impas", "Patahan definisi", "Prakiraan", "Andai dulu")),
        ("en", ("what the past says", "Ledgers", "break-even", "Breaks of definition", "Forecasts", "Would it have")),
    ],
)
def test_the_answer_says_everything_in_both_languages(backlog, language, said):
    code, out, err = backlog("history", KALSEL, "--lang", language)
    assert (code, err) == (0, "")
    for part in said:
        assert part in out
    assert "nan" not in out.lower().replace("penanganan", "").replace("pendanaan", "").split()
    assert max(len(line) for line in out.splitlines()) <= WIDTH
    assert "{" not in out


def test_numbers_are_written_as_the_language_writes_them(backlog):
    assert "237.973" in backlog("history", KALSEL, "--lang", "id")[1]
    assert "237,973" in backlog("history", KALSEL, "--lang", "en")[1]


def test_findings_are_shown_with_their_likely_reading(backlog):
    told = " ".join(backlog("history", KALSEL, "--lang", "id")[1].split())
    assert "psu.csv:9: 1935 estates; 568 estates; 1377 estates -> totalnya 1945, atau satu bagian" in told
    told = " ".join(backlog("history", KALSEL, "--lang", "en")[1].split())
    assert "psu.csv:9: 1935 estates; 568 estates; 1377 estates -> either the total is 1,945" in told


def test_the_document_says_findings_in_both_languages(document):
    finding = next(each for each in document["findings"] if each["code"] == "parts_and_total")
    assert finding["message"] == "parts do not make the total: 568 + 1,377 = 1,945, not 1,935"
    assert finding["message_id"] == "bagian-bagian tidak berjumlah menjadi totalnya: 568 + 1377 = 1945, bukan 1935"
    assert finding["reading"] == "either the total is 1,945 or a part is off by 10"
    assert finding["reading_id"] == "totalnya 1945, atau satu bagian meleset 10"


def test_the_document_holds_every_part(document):
    assert document["schema_version"] == 1
    assert {each["code"] for each in document["findings"]} <= set(CODES)
    ledgers = {each["name"]: each for each in document["ledgers"]}
    assert ledgers["hst_list"]["whole"]["handled_houses"] == 5979
    assert ledgers["regsosek"]["codes"] == ["closed"]
    for each in document["ledgers"]:
        for span in (*each["spans"], each["whole"]):
            middle = span["missing_houses"]["middle"]
            assert span["missing_houses"]["lower"] <= middle <= span["missing_houses"]["upper"]
    assert {each["name"] for each in document["breaks"]} >= {"rtlh_registry_2025", "slum_identification_2025"}
    assert all(each["backtest"] is not None for each in document["forecasts"] if each["forecast"])
    assert document["outdated_estimates"] == []


def test_exact_sums_hold_in_every_agreement(document):
    agreed = {each["name"]: each for each in document["agreements"]}
    estates = {name: each["middle"] for name, each in agreed["estates"]["values"].items()}
    assert estates["handed_over"] + estates["not_handed_over"] == pytest.approx(estates["total"], rel=1e-12)
    slum = {name: each["middle"] for name, each in agreed["slum_province"]["values"].items()}
    assert slum["base"] == 791.51
    assert slum["left"] == pytest.approx(446.481, abs=1e-6)
    transfers = {name: each["middle"] for name, each in agreed["transfers_2026"]["values"].items()}
    assert sum(transfers.values()) == pytest.approx(2 * transfers["all"], rel=1e-12)


def test_estimates_of_the_repository_are_what_the_past_says(document):
    written = (KALSEL / "estimates.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == 1 + len(document["estimates"]) == 16


def test_write_brings_the_table_up_to_date(backlog, copied):
    table = copied / "estimates.csv"
    before = table.read_text(encoding="utf-8")
    table.write_text(
        before.replace("assumptions.unit_cost_growth_rate,63,,0.0", "assumptions.unit_cost_growth_rate,63,,0.1")
    )
    assert "--write" in backlog("history", copied)[1]
    code, out, err = backlog("history", copied, "--write", "--quiet")
    assert (code, out) == (0, "")
    assert "estimates.csv" in err
    assert table.read_text(encoding="utf-8") == before


def test_a_run_takes_the_estimates(backlog, copied):
    code, out, _ = backlog("run", copied / "baseline.yaml", "--draws", "0", "--json")
    assert code == 0
    assert json.loads(out)["scenario"] == "baseline"


def test_what_is_no_province_is_told(backlog, tmp_path):
    code, out, err = backlog("history", "kalsle")
    assert (code, out) == (3, "")
    assert "there is no such folder" in err
    (tmp_path / "empty").mkdir()
    assert "no history/history.yaml in this folder" in backlog("history", "empty")[2]
    (tmp_path / "file.txt").write_text("x")
    assert "this is a file; expected the folder of a province" in backlog("history", "file.txt")[2]


def test_a_slip_in_the_declaration_is_told_with_its_place(backlog, copied):
    path = copied / "history" / "history.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("year: 2016, as_of", "year: 2015, as_of"), encoding="utf-8")
    code, _, err = backlog("history", copied)
    path.write_text(text, encoding="utf-8")
    assert code == 3
    assert "ledgers.hst_list.stock: no row rtlh_stock 63.07 2015 in the history tables" in err


def test_there_are_words_for_every_code():
    codes = (*CAUTIONS, *LIMITS, "closed", "handled_unknown", "handled_spread", "handled_extended", "few_draws")
    for code in codes:
        assert words.say(code, "id") != words.say(code, "en")
    assert {f"check_{code}" for code in (*CODES, *OF_WORKBOOKS)} == set(CHECKS)
    for message in CHECKS.values():
        assert message.id != message.en


def test_a_new_province_is_asked_at_once(backlog, tmp_path):
    assert backlog("init", "baru")[0] == 0
    code, out, err = backlog("history", "baru", "--lang", "id")
    assert (code, err) == (0, "")
    assert "0 temuan data perlu dibetulkan" in out
    assert "Tidak ada daftar yang dihitung ulang" in " ".join(out.split())
    assert backlog("check", "baru")[0] == 0


def test_figures_of_a_workbook_count_like_those_of_tables(backlog, tmp_path):
    backlog("init", "baru")
    path = tmp_path / "baru" / "input.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = next(each for each in workbook.worksheets if each["A1"].value == "year")
    names = [cell.value for cell in sheet[1]]
    for year, value in ((2020, 900), (2021, 950), (2022, 990), (2023, "1.040")):
        cells = {"year": year, "region_code": "99", "region": "Provinsi Contoh", "indicator": "minimum_wage_ump"}
        cells |= {
            "value": value,
            "unit": "Rp/month",
            "source_url": "decree",
            "source_date": "2024",
            "status": "reported",
        }
        sheet.append([cells.get(name) for name in names])
    workbook.save(path)
    asked = tmp_path / "baru" / "history" / "history.yaml"
    lines = asked.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("# series"))
    asked.write_text(
        "\n".join(line.removeprefix("# ") for line in lines[:start] if line[:1] != "#")
        + "\n"
        + "\n".join(line.removeprefix("# ") for line in lines[start : start + 6]),
        encoding="utf-8",
    )
    code, out, err = backlog("history", "baru", "--json", "--lang", "id")
    found = json.loads(out)
    assert (code, err) == (
        4,
        "Angka yang salah, dan tidak dipakai: 1. Perbaiki dulu, backlog check menyebut satu per satu.\n",
    )
    assert [(each["code"], each["severity"]) for each in found["findings"]] == [("text_number", "error")]
    assert "input.xlsx:" in found["findings"][0]["place"]
    assert found["forecasts"][0]["values"] == [900, 950, 990]


def test_wrong_figures_are_not_handed_over(backlog, copied):
    table = copied / "history" / "macro.csv"
    text, before = table.read_text(encoding="utf-8"), (copied / "estimates.csv").read_text(encoding="utf-8")
    table.write_text(text.replace(",2.43,percent", ',"2,43",percent'), encoding="utf-8")
    code, out, err = backlog("history", copied, "--write", "--quiet", "--lang", "en")
    table.write_text(text, encoding="utf-8")
    assert (code, out) == (4, "")
    assert err == "Not written; wrong figures: 1. Put them right first, backlog check names each.\n"
    assert (copied / "estimates.csv").read_text(encoding="utf-8") == before
