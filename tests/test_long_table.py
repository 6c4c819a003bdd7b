"""Every value as one long table: the IAMC template, and what an Indonesian Excel opens by a double click."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model import store
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Column, Figure
from backlog_model.report.long_table import excel, excel_figure, excel_form, iamc
from small_scenario import SCENARIO, write

SCENARIOS = Path(__file__).parents[1] / "scenarios"
DRAWS = 30
INDEX = ["Model", "Scenario", "Region", "Variable", "Unit"]
YEAR = re.compile(r"(19|20)\d\d")


def dossier_of(*plans, language="id", draws=DRAWS):
    runs = [store.described(plan, draws=draws, seed=1, design="latin_hypercube") for plan in plans]
    return Dossier.of(runs, [bm.run(plan, draws=draws) for plan in plans], language)


@pytest.fixture(scope="module")
def plan():
    return bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")


@pytest.fixture(scope="module")
def dossier(plan):
    other = plan.replace({"programmes.bsps.budget_idr.apbn": {"multiply": 2, "assumption": True}})
    return dossier_of(plan, other)


@pytest.fixture(scope="module")
def table(dossier):
    return list(csv.reader(io.StringIO(iamc(dossier))))


def as_rows(table):
    header, *rows = table
    return [dict(zip(header, row, strict=True)) for row in rows]


def lines_of(content):
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


# the IAMC template


def test_columns_are_those_of_the_template(table, dossier):
    header = table[0]
    assert header[:5] == INDEX
    assert [int(year) for year in header[5:]] == list(dossier.lead.projection.years("rtlh_houses"))
    assert all(all(row[:5]) for row in table[1:])


def test_no_row_stands_twice(table):
    places = [tuple(row[:5]) for row in table[1:]]
    assert len(places) == len(set(places))
    assert len({place[:4] for place in places}) == len(places)  # one unit for each variable


def test_scenarios_of_one_name_are_numbered(table):
    assert list(dict.fromkeys(row[1] for row in table[1:])) == ["scenario", "scenario (2)"]


def test_regions_are_told_by_code_and_name(table, dossier):
    regions = list(dict.fromkeys(row[2] for row in table[1:]))
    axes = dossier.lead.projection.axes
    assert [region.split(" ", 1)[0] for region in regions] == [axes.province, *axes.regions]
    assert all(re.search("[a-z]", region) for region in regions)


def test_numbers_are_those_of_the_projection(table, dossier):
    projection = dossier.lead.projection
    rows = {(row["Scenario"], row["Region"], row["Variable"]): row for row in as_rows(table)}
    whole = f"{projection.axes.province} {dossier.lead.view.region(projection.axes.province)}"
    central = [float(value) for name, value in rows["scenario", whole, "rtlh_houses"].items() if YEAR.fullmatch(name)]
    np.testing.assert_array_equal(central, projection.central.array("rtlh_houses", by="province")[:, 0, 0])
    low = [float(value) for name, value in rows["scenario", whole, "rtlh_houses [p05]"].items() if YEAR.fullmatch(name)]
    np.testing.assert_array_equal(low, projection.statistics("rtlh_houses", by="province").at(0.05)[:, 0])


def test_parts_alone_follow_a_bar_and_add_up(table):
    rows = [row for row in as_rows(table) if row["Scenario"] == "scenario"]
    for variable in ("rtlh_houses", "budget_idr"):
        known = [row for row in rows if row["Variable"] == variable]
        parts = [row for row in rows if row["Variable"].startswith(f"{variable}|")]
        assert not any("[" in row["Variable"] for row in parts)
        year = "2027"
        for whole in known:
            added = sum(float(row[year]) for row in parts if row["Region"] == whole["Region"])
            assert added == pytest.approx(float(whole[year]))


def test_regions_add_up_to_the_province(table):
    rows = [row for row in as_rows(table) if row["Scenario"] == "scenario" and row["Variable"] == "rtlh_houses"]
    whole, *regions = rows
    assert sum(float(row["2030"]) for row in regions) == pytest.approx(float(whole["2030"]))


def test_what_is_undefined_or_not_covered_is_empty(table):
    cells = {cell for row in table[1:] for cell in row[5:]}
    assert "" in cells
    assert not cells & {"nan", "None", "inf"}


def test_without_draws_there_is_the_central_line_alone(plan):
    rows = as_rows(csv.reader(io.StringIO(iamc(dossier_of(plan, draws=0)))))
    assert rows
    assert not any("[" in row["Variable"] for row in rows)


def test_text_of_users_is_no_formula(tmp_path):
    path = write(tmp_path, name="=1+1.yaml")
    content = iamc(dossier_of(bm.load_scenario(path), draws=0))
    assert "'=1+1," in content
    assert ",=1+1" not in content


# what Excel opens


@pytest.fixture(scope="module")
def opened(dossier):
    return lines_of(excel(dossier))


def test_the_columns_are_named_in_the_language_of_the_reader(opened, plan):
    assert opened[0][:8] == ["skenario", "daerah", "indikator", "variabel", "bagian", "satuan", "tahun", "jalur tengah"]
    english = lines_of(excel(dossier_of(plan, language="en", draws=0)))
    assert english[0] == ["scenario", "region", "indicator", "variable", "part", "unit", "year", "central line"]


def test_numbers_have_a_decimal_comma_and_no_thousands_mark(opened):
    numbers = {cell for row in opened[1:] for cell in row[6:]}
    assert all(re.fullmatch(r"(-?\d+(,\d{1,4})?)?", cell) for cell in numbers)
    assert any("," in cell for cell in numbers)


def test_no_text_is_taken_for_a_number_or_a_date(opened):
    texts = {cell for row in opened[1:] for cell in (*row[:5], row[5])}
    assert not any(re.fullmatch(r"[\d.,:/ -]+", cell) for cell in texts)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in texts)


def test_people_read_billions_and_percent(opened, dossier):
    projection = dossier.lead.projection
    row = next(row for row in opened if row[3] == "budget_idr" and row[4] == "jumlah" and row[6] == "2027")
    assert row[5] == "Rp miliar"
    at = projection.years("budget_idr").index(2027)
    budget = projection.central.array("budget_idr", by="province")[at, 0, 0] / 1e9
    assert float(row[7].replace(",", ".")) == pytest.approx(budget, abs=1e-4)
    share = next(row for row in opened if row[3] == "decent_share")
    assert share[5] == "%"
    assert 1 < float(share[7].replace(",", ".")) < 100


def test_a_scenario_named_like_a_date_stays_text(tmp_path):
    path = write(tmp_path, name="12-03.yaml")
    rows = lines_of(excel(dossier_of(bm.load_scenario(path), draws=0)))
    assert rows[1][0] == "12-03 – Smallest"


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "+62", "-1"])
def test_no_title_becomes_a_formula(tmp_path, title):
    path = write(tmp_path, SCENARIO.replace("title: Smallest", f'title: "{title}"'), name=f"{title[0]}x.yaml")
    for content in (excel(dossier_of(bm.load_scenario(path), draws=0)),):
        assert not any(cell.startswith(("=", "+", "@")) for row in lines_of(content) for cell in row)


def test_a_figure_has_the_same_form():
    columns = (Column("region", "daerah", "text"), Column("value", "pagu", decimals=1, unit="Rp miliar"))
    rows = (("63.10", 1234.5), ("=1", None))
    figure = Figure("money", "", "t", "d", columns, rows, "f", "id")
    assert lines_of(excel_figure(figure)) == [["daerah", "pagu (Rp miliar)"], ["'63.10", "1234,5"], ["'=1", ""]]


def test_a_semicolon_in_text_stays_in_its_cell():
    assert lines_of(excel_form(["a;b"], iter([["c;d"]]))) == [["a;b"], ["c;d"]]
