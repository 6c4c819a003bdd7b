"""The input template: what it offers, refuses and keeps as text, and that it can be read again once filled in."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from backlog_model.history.checks import check_rows
from backlog_model.history.tables import relations
from backlog_model.history.tables.cell_checks import STATUSES
from backlog_model.history.workbook import read_all
from backlog_model.report import template_words
from backlog_model.report.template import template
from filled_workbook import HEADER, filled

SCENARIOS = Path(__file__).parents[1] / "scenarios"
REGIONS = [
    {"code": "63", "name": "Kalimantan Selatan", "level": "province"},
    {"code": "63.10", "name": "Tanah Bumbu", "level": "region"},
]


def made(language="id", regions=REGIONS):
    return openpyxl.load_workbook(io.BytesIO(template(regions, language=language)))


@pytest.fixture(scope="module")
def book():
    return made()


def rules(sheet):
    """Rule of each column of the data sheet, by its name."""
    by_column = {str(rule.sqref).partition("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    return {cell.value: by_column[cell.column_letter] for cell in sheet[1]}


@pytest.mark.parametrize(
    ("language", "names"),
    [("id", ["panduan", "data", "daerah", "daftar"]), ("en", ["guide", "data", "regions", "lists"])],
)
def test_sheets_are_named_in_the_language_and_columns_never_change(language, names):
    book = made(language)
    assert book.sheetnames == names
    assert [cell.value for cell in book["data"][1]] == list(HEADER)
    assert book.active.title == names[0]


def test_the_header_stays_in_sight_and_no_row_is_filled_in(book):
    assert book["data"].freeze_panes == "A2"
    assert book["data"].max_row == 1


def test_codes_and_dates_are_text_and_the_value_is_a_number(book):
    formats = {}
    for group in book["data"].column_dimensions.values():  # neighbours of one width and format are kept together
        names = HEADER[group.min - 1 : group.max]
        formats |= dict.fromkeys(names, group.number_format)
    assert formats == {name: {"year": "0", "value": "General"}.get(name, "@") for name in HEADER}


def test_every_column_says_beside_the_cell_what_to_write(book):
    found = rules(book["data"])
    for name in HEADER:
        assert found[name].promptTitle == name
        assert found[name].prompt == template_words.COLUMN_PROMPTS[name].id
        assert len(found[name].prompt) <= 255
    assert rules(made("en")["data"])["year"].prompt == template_words.COLUMN_PROMPTS["year"].en


def test_years_values_and_statuses_are_refused_when_wrong(book):
    found = rules(book["data"])
    year, value, status = (found[name] for name in ("year", "value", "status"))
    assert (year.type, year.operator, year.formula1, year.formula2) == ("whole", None, "1900", "2099")
    assert (value.type, float(value.formula1)) == ("decimal", -1e15)
    assert (status.type, status.formula1) == ("list", f'"{",".join(STATUSES)}"')
    assert {rule.errorStyle for rule in (year, value, status)} <= {None, "stop"}


def test_rules_and_grouped_thousands_reach_down_the_rows_to_fill_in(book):
    assert {str(rule.sqref).partition(":")[2][1:] for rule in book["data"].data_validations.dataValidation} == {"5001"}
    grouped = {str(area.sqref): area.rules for area in book["data"].conditional_formatting}
    assert list(grouped) == ["G2:G5001"]
    assert grouped["G2:G5001"][0].formula == ["AND(ISNUMBER(G2),G2=INT(G2))"]


def test_lists_point_at_what_is_filled_in(book):
    found = rules(book["data"])
    assert found["region_code"].formula1 == "OFFSET(daerah!$A$2,0,0,MAX(1,COUNTA(daerah!$A$2:$A$601)),1)"
    lists = {cell.value: cell.column_letter for cell in book["daftar"][1]}
    for name in ("indicator", "unit", "funding_source"):
        assert found[name].formula1.startswith(f"OFFSET(daftar!${lists[name]}$2,")
        assert found[name].errorStyle == "information"
    assert found["region_code"].errorStyle == "warning"  # ID, the country, is in no region table
    assert "regions!$A$2" in rules(made("en")["data"])["region_code"].formula1


def test_lists_hold_the_names_units_and_sources(book):
    columns = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["daftar"].columns}
    assert columns["indicator"] == [each.name for each in template_words.INDICATORS]
    assert columns["unit"] == list(template_words.UNITS)
    assert columns["funding_source"] == list(template_words.FUNDING_SOURCES)


def test_every_offered_indicator_is_known_and_has_an_offered_unit():
    known = {name for parts in relations.PARTS for name in (parts.total, *parts.parts)}
    for path in (SCENARIOS / "kalsel" / "history").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            known |= {row.get("indicator", "") for row in csv.DictReader(stream)}
    offered = {each.name for each in template_words.INDICATORS}
    stocks = {name for name in offered for stock in relations.STOCKS.values() if stock.fullmatch(name)}
    assert offered - known - stocks == set()
    assert {each.unit for each in template_words.INDICATORS} - {*template_words.UNITS} == set()


def test_text_is_never_a_formula_a_link_or_a_number():
    typed = {"code": "63.10", "name": '=HYPERLINK("https://example.org")', "level": "https://example.org"}
    sheet = made(regions=[typed])["daerah"]
    assert [cell.value for cell in sheet[2]] == list(typed.values())
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert [cell.hyperlink for cell in sheet[2]] == [None] * 3
    assert {cell.number_format for cell in sheet[2]} == {"@"}


def test_the_guide_is_in_indonesian_and_then_in_english(book):
    text = [[cell.value for cell in row] for row in book["panduan"].iter_rows(max_col=3)]
    assert [row[1:] for row in text[:1]] == [["Templat isian data perumahan", "Input template for housing data"]]
    assert {row[0]: tuple(row[1:]) for row in text if row[0]} == dict(template_words.COLUMN_PROMPTS)
    assert "Sheet regions" in text[1][2]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_clean_template_has_no_rows_and_nothing_wrong(tmp_path, language):
    path = tmp_path / "input.xlsx"
    path.write_bytes(template(REGIONS, language=language))
    assert read_all(path) == ([], ("63", "63.10"), [])


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_filled_in_comes_back_and_passes_the_checks(tmp_path, language):
    book = made(language)
    for row in (
        filled(),
        filled(year=2024, value=2310),
        filled(year=2026, value=36.67, unit="ha", indicator="slum_area"),
    ):
        book["data"].append(row)
    book.save(tmp_path / "input.xlsx")
    found = read_all(tmp_path / "input.xlsx")
    assert found.findings == []
    assert [(row.year, row.code, row.text, row.unit) for row in found.rows] == [
        *((2025, "63.10", "2804", "units"), (2024, "63.10", "2310", "units"), (2026, "63.10", "36.67", "ha")),
    ]
    assert check_rows(found.rows, ["63.10"]) == []
