"""The register of assumptions, the findings, and the tables of whole houses that add up."""

import csv
import io

import pytest

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.catalogue import figures
from backlog_model.report.figures.findings import findings
from backlog_model.report.figures.ledger import ledger, regions_by_year, whole
from backlog_model.report.figures.register import register
from backlog_model.scenario.checking import values_in
from report_case import SCENARIOS, dossier, kalsel
from small_scenario import SCENARIO, write

TEMPLATE = SCENARIOS / "template" / "scenario.yaml"


@pytest.fixture(scope="module")
def report():
    return dossier(kalsel("baseline"), draws=0)


@pytest.fixture(scope="module")
def kept(report):
    (found,) = register(report)
    return {row["path"]: row for row in found.records}


@pytest.fixture(scope="module")
def template():
    (found,) = register(dossier([TEMPLATE], "en", draws=0))
    return {row["path"]: row for row in found.records}


def small(folder, text, **tables):
    (found,) = register(dossier([write(folder, text, **tables)], "en", draws=0))
    return {row["path"]: row for row in found.records}


def test_every_entry_of_the_scenario_stands_once(report, kept):
    assert set(kept) == {value.path for value in values_in(report.lead.scenario) if value.path}
    assert all(row["label"] and row["grade"] for row in kept.values())


def test_a_rate_is_read_in_percent_with_the_ends_of_its_range(template):
    row = template["assumptions.household_growth_rate"]
    assert (row["value"], row["low"], row["high"]) == (1.0, 0.6, 1.4)
    assert (row["unit"], row["grade"], row["decimals"], row["basis"]) == ("% a year", "assumption", 2, "")


def test_a_number_that_is_certain_has_no_range(template):
    row = template["assumptions.overhead_share"]
    assert (row["value"], row["low"], row["high"]) == (5.0, None, None)


def test_amounts_by_region_are_added_and_say_so(template):
    row = template["opening.households"]
    assert (row["value"], row["basis"]) == (150_000, "2025; sum of 3 regions")


def test_shares_of_regions_are_told_by_the_middle_one_and_the_widest(template):
    row = template["shocks.flood.region_share"]
    assert (row["value"], row["low"], row["high"]) == (20, 20, 60)
    assert row["basis"].startswith("median of 3 regions")


def test_a_budget_is_the_one_of_the_year_being_planned_with_its_span(template):
    row = template["programmes.bsps.budget_idr.apbn"]
    assert (row["value"], row["unit"], row["basis"]) == (8.0, "Rp billion", "2027; to 2035: 8.0–10.0")


def test_a_chance_event_has_its_mean_and_a_range_that_may_begin_at_nothing(template):
    row = template["shocks.flood.houses"]
    assert row["low"] == 0
    assert row["low"] < row["value"] < row["high"]


def test_a_range_that_only_a_table_tells_is_marked_as_not_simulated(kept):
    row = kept["programmes.bsps.budget_idr.apbn"]
    assert (row["value"], row["low"], row["high"]) == (44.5, 13.90625, 78.9875)
    assert "tidak ikut disimulasikan" in row["basis"]


def test_a_spread_beside_a_table_is_the_range_rather_than_the_rows(kept):
    row = kept["assumptions.crews"]
    assert (row["value"], row["low"], row["high"]) == (3566, 1783, 5349)
    assert "simulasi" not in row["basis"]


def test_known_results_are_those_of_their_last_year(kept):
    row = kept["realised_houses.kab_housing"]
    assert row["value"] == 4507
    assert row["basis"].startswith("2025; jumlah 13 daerah")


def test_source_note_and_grade_are_those_of_the_scenario(kept):
    row = kept["opening.rtlh_houses"]
    assert row["source"].startswith("Disperkim Kalsel, coordination meeting, 12 February 2026")
    assert row["note"].startswith("Never chained")
    assert row["grade"] == "asumsi"  # as weak as its split
    assert kept["assumptions.unit_cost_idr"]["grade"] == "bersumber"


def test_growth_counts_where_one_number_is_written(tmp_path):
    text = SCENARIO.replace("{apbn: 1_000_000_000}", "{apbn: {table: {2026: 1_000_000_000}, growth: 0.5}}")
    row = small(tmp_path, text)["programmes.bsps.budget_idr.apbn"]
    assert row["value"] == pytest.approx(1.5)  # a year after the first
    assert row["basis"] == "2027; to 2030: 1.0–5.1"


def test_findings_are_those_of_the_history_tables_and_the_warnings_of_the_run(report):
    (found,) = findings(report)
    codes = {row["code"] for row in found.records}
    assert {"parts_and_total", "percent_and_ratio", "source_break", "magnitude", ""} <= codes
    slip = next(row for row in found.records if row["code"] == "parts_and_total")
    assert slip["place"] == "history/psu.csv:9"
    assert "568 + 1377 = 1945" in slip["message"]
    assert slip["kind"] == "bagian-bagian tidak berjumlah menjadi totalnya"
    assert sum(row["code"] == "" for row in found.records) == found.settings["run"] > 0


def test_a_scenario_without_history_has_warnings_alone(tmp_path):
    (found,) = findings(dossier([write(tmp_path, SCENARIO)], "en", draws=0))
    assert {row["place"] for row in found.records} == {"this scenario"}
    assert found.settings["data"] == 0


def test_the_warning_counts_what_the_register_lists():
    report = dossier([TEMPLATE], "en", draws=0)
    (found,) = findings(report)
    (kept,) = register(report)
    assert any(f"of the {len(kept.rows)} entries" in row["message"] for row in found.records)


def test_the_ledger_adds_up_down_and_across(report):
    (found,) = ledger(report)
    years = [column.name for column in found.columns if column.name.startswith("y")]
    opening, *flows, closing = found.records
    for year, following in zip(years, [*years[1:], None], strict=True):
        assert opening[year] + sum(flow[year] for flow in flows) == closing[year]
        assert following is None or opening[following] == closing[year]
    assert opening["y2025"] == 237_973
    assert closing["y2027"] == round(report.lead.view.value("rtlh_houses", 2027))
    assert {row["kind"] for row in flows} == {"in", "out"}


def test_a_re_registration_has_a_line_of_its_own():
    (found,) = ledger(dossier(kalsel("regsosek_rebase"), draws=0))
    changes = next(row for row in found.records if row["line"] == "revision_houses")
    assert [year for year, value in changes.items() if year.startswith("y") and value] == ["y2027"]


def test_regions_add_up_to_their_province_in_every_year(report):
    (found,) = regions_by_year(report)
    *regions, province = found.records
    assert len(regions) == 13
    for column in found.columns[2:]:
        assert sum(row[column.name] for row in regions) == province[column.name]


def test_one_region_has_no_table_of_regions(tmp_path):
    text = SCENARIO.replace(', "63.10": 2000', "").replace(', "63.10": 1500', "").replace(', "63.10": 300', "")
    path = write(tmp_path, text)
    (tmp_path / "regions.csv").write_text("code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n", encoding="utf-8")
    assert list(regions_by_year(dossier([path], "en", draws=0))) == []


@pytest.mark.parametrize(
    ("flows", "total", "expected"),
    [([0.5, 0.5], 1, [1, 0]), ([0.4, 0.4], 0, [0, 0]), ([-1.5, 2.25], 1, [-1, 2]), ([], 0, [])],
)
def test_whole_flows_make_their_total(flows, total, expected):
    assert whole(flows, total) == expected
    assert sum(whole(flows, total)) == total


def test_tables_of_the_register_are_among_the_figures_and_are_good_csv(tmp_path):
    report: Dossier = dossier([write(tmp_path, SCENARIO)], draws=0)
    found = figures(report)
    for name in ("assumptions", "findings", "ledger", "regions_by_year"):
        rows = list(csv.reader(io.StringIO(found[name].as_csv())))
        assert rows[0] == [column.name for column in found[name].read]
        assert len(rows) == 1 + len(found[name].rows)
