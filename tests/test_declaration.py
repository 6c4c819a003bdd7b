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
  assumptions.deterioration_rate: {method: deterioration, of: [lists], prior: 0.004, note: "x"}
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


@pytest.mark.parametrize(
    ("estimate", "message"),
    [
        (
            "assumptions.relaps_rate: {method: level, of: [a], note: x}",
            "a scenario has no relaps_rate; did you mean relapse_rate?",
        ),
        ("assumptions.relapse_rate: {method: level, of: [], note: x}", "of: expected one name or more, each once"),
        ("assumptions.relapse_rate: {method: level, of: [a, a], note: x}", "of: expected one name or more, each once"),
        ("assumptions.relapse_rate: {method: level, of: [a, b], note: x}", "of: a, b; a level is that of one series"),
        (
            "assumptions.relapse_rate: {method: deterioration, of: [list], prior: 0.01, note: x}",
            "deterioration is found for assumptions.deterioration_rate only",
        ),
        ("assumptions.deterioration_rate: {method: deterioration, of: [list], note: x}", "prior: missing; write what"),
        ("assumptions.relapse_rate: {method: level, of: [a], scale: -1, note: x}", "scale: -1; expected more than 0"),
    ],
)
def test_estimates_that_cannot_be_made_are_told(problems, estimate, message):
    series = """\
series:
  a: {label: {id: "a", en: "b"}, indicator: a, region: "90.01"}
  b: {label: {id: "a", en: "b"}, indicator: b, region: "90.01"}
"""
    found = problems(f"{LEDGER}{series}estimates:\n  {estimate}\n")
    assert any(message in each and "history.yaml:16:" in each for each in found), found


@pytest.mark.parametrize("parts", ["[]", "[a, a]", "[a, total]", "[total]"])
def test_sums_that_cannot_be_meant_are_told(problems, parts):
    quantities = "{total: {id: a, en: b}, a: {id: a, en: b}}"
    found = problems(
        "agreements:\n  x:\n    label: {id: a, en: b}\n    unit: ha\n    quantities: " + quantities + "\n"
        "    statements: [{of: a, indicator: x, year: 2020}]\n    constraints: [{parts: " + parts + ", total: total}]\n"
    )
    assert [each.partition(": ")[2] for each in found] == [
        "agreements.x.constraints.0: expected parts, each once, and a total that is none of them"
    ]
