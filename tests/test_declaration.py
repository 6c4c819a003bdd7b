"""What is asked of the past: read whole, every problem with its line."""

import pytest

from backlog_model.errors import DataError
from backlog_model.history.declaration import check_declaration, read_declaration
from past_folders import write_folder

LEDGER = """\
ledgers:
  list:
    label: {id: "daftar", en: "list"}
    region: "90.01"
    definition: {id: "daftar", en: "list"}
    stock:
      - {indicator: rtlh_stock, year: 2019}
      - {indicator: rtlh_stock, year: 2020, as_of: "2020-06"}
"""


@pytest.fixture
def problems(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def of(declared):
        return [str(problem) for problem in check_declaration(write_folder(tmp_path / "land", declared))]

    return of


def test_a_ledger_needs_little(tmp_path):
    declared = read_declaration(write_folder(tmp_path / "land", LEDGER))
    assert [each.year for each in declared.ledgers["list"].stock] == [2019, 2020]
    assert declared.tables == "history"
    assert declared.estimates == {}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("label:", "lable:", "history.yaml:6:5: ledgers.list.lable: unknown key; did you mean label?"),
        ('"90.01"', '"90.10"', "history.yaml:7:13: ledgers.list.region: 90.10; did you mean 90.02?"),
        ('"2020-06"', '"06/2020"', "history.yaml:11:52: ledgers.list.stock.1.as_of: '06/2020' is not a day; write "),
        ("year: 2019", "year: 19", "history.yaml:10:39: ledgers.list.stock.0.year: 19; expected at least 1900"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(problems, old, new, message):
    assert old in LEDGER
    found = problems(LEDGER.replace(old, new))
    assert any(each.removeprefix("land/history/").startswith(message) for each in found), found


def test_names_that_point_nowhere_are_told(problems):
    found = problems(
        LEDGER
        + """\
estimates:
  assumptions.deterioration_rate: {method: deterioration, of: [lists], note: "x"}
agreements:
  estates:
    label: {id: "a", en: "b"}
    unit: estates
    quantities: {total: {id: "a", en: "b"}}
    statements: [{of: totl, indicator: psu_estates, year: 2025}]
    constraints: [{parts: [total], total: all}]
"""
    )
    assert [each.partition(": ")[2] for each in found] == [
        "estimates.assumptions.deterioration_rate.of.0: lists; did you mean list?",
        "agreements.estates.statements.0.of: totl; did you mean total?",
        "agreements.estates.constraints.0: all; expected one of total",
    ]


def test_reading_stops_with_every_problem(tmp_path):
    folder = write_folder(tmp_path / "land", LEDGER.replace("label:", "lable:").replace('"90.01"', '"90.10"'))
    with pytest.raises(DataError, match=r"(?s)label: missing.*unknown key"):
        read_declaration(folder)
