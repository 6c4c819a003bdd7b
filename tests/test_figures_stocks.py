"""Figures of stocks: fans, panels and maps of regions, slums by authority, scenarios side by side."""

from dataclasses import replace

import pytest

from backlog_model import load_scenario, store
from backlog_model.ensemble import run
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.comparisons import comparable, comparisons
from backlog_model.report.figures.fans import FANS, fans
from backlog_model.report.figures.maps import chance_of_fall, maps
from backlog_model.report.figures.observed import observed
from backlog_model.report.figures.panels import panels
from backlog_model.report.figures.regions import regions
from backlog_model.report.figures.slums import slums
from report_case import dossier, kalsel
from small_scenario import SCENARIO, write

TEMPLATE = kalsel("baseline")[0].parents[1] / "template" / "scenario.yaml"


@pytest.fixture(scope="module")
def report():
    return dossier(kalsel("baseline"), draws=60)


@pytest.fixture(scope="module")
def several():
    return dossier(kalsel("baseline", "tkd_cut", "full_need", "regsosek_rebase"), draws=40)


@pytest.fixture(scope="module")
def counted_again():
    return dossier(kalsel("regsosek_rebase"), draws=40)


@pytest.fixture(scope="module")
def central():
    return dossier([TEMPLATE], "en", draws=0)


def named(makers, report):
    return {figure.name: figure for figure in makers(report)}


def names(figure):
    return [column.name for column in figure.columns]


def small(folder, text=SCENARIO, *, draws=0, language="en", **tables):
    plan = load_scenario(write(folder, text, **tables))
    described = store.described(plan, draws=draws, seed=1, design="latin_hypercube")
    return Dossier.of([described], [run(plan, draws=draws)], language)


# fans


def test_a_fan_of_every_variable_that_a_source_covers(report, central):
    assert list(named(fans, report)) == [f"fan_{variable}" for variable in FANS]
    covered = ["rtlh_houses", "decent_share", "ownership_backlog_households", "occupancy_backlog_households"]
    assert list(named(fans, central)) == [f"fan_{variable}" for variable in covered]


def test_a_fan_holds_the_projection_in_the_unit_people_read(report):
    figure = named(fans, report)["fan_decent_share"]
    projection = report.lead.projection
    known = projection.statistics("decent_share", by="province", points=(0.05,)).quantiles[0, :, 0]
    assert [record["p05"] for record in figure.records] == pytest.approx(100 * known)
    assert figure.value("central", year=2024) == pytest.approx(77.32, abs=0.01)
    assert figure.title == "Rumah layak huni, 2024–2035 (%)"


def test_bands_lie_within_each_other(report):
    for figure in fans(report):
        for record in figure.records:
            assert record["p05"] <= record["p25"] <= record["p50"] <= record["p75"] <= record["p95"]


def test_without_draws_there_is_no_band(central):
    figure = named(fans, central)["fan_rtlh_houses"]
    assert names(figure) == ["year", "central", "observed", "target", "target_kind"]
    assert "draws" not in figure.description


def test_the_opening_is_on_record_where_it_has_a_source(report, central):
    seen = {record["year"]: record["observed"] for record in named(fans, report)["fan_rtlh_houses"].records}
    assert {year: value for year, value in seen.items() if value is not None} == {2024: 237973}
    assert {record["observed"] for record in named(fans, central)["fan_rtlh_houses"].records} == {None}


def test_the_official_tally_is_no_observation_of_the_stock(report):
    assert 235169 not in observed(report.lead, "rtlh_houses", "total").values()


HISTORY = """\
title: {id: Masa lalu, en: The past}
regions: regions.csv
scenario: plan.yaml
ledgers:
  list:
    label: {id: Daftar, en: List}
    region: "63"
    definition: {id: daftar, en: list}
    stock:
      - {indicator: rtlh_stock, year: 2020}
      - {indicator: rtlh_stock, year: 2023, as_of: "2023-06-30"}
      - {indicator: rtlh_remaining, year: 2024}
      - {indicator: rtlh_stock, year: 2025}
  other:
    label: {id: Lain, en: Other}
    region: "63"
    definition: {id: lain, en: another}
    stock:
      - {indicator: rtlh_other, year: 2019}
      - {indicator: rtlh_other, year: 2022}
"""
COUNTS = """\
year,region_code,region,indicator,value,unit,source_url,source_date,status,note
2020,63,Kalimantan Selatan,rtlh_stock,620,houses,agency,2021,reported,
2023,63,Kalimantan Selatan,rtlh_stock,555,houses,agency,2023,reported,
2024,63,Kalimantan Selatan,rtlh_remaining,480,houses,agency,2025,reported,
2025,63,Kalimantan Selatan,rtlh_stock,500,houses,agency,2026,reported,
2019,63,Kalimantan Selatan,rtlh_other,900,houses,agency,2020,reported,
2022,63,Kalimantan Selatan,rtlh_other,800,houses,agency,2023,reported,
"""
SOURCED = SCENARIO.replace(
    'rtlh_houses: {by_region: {"63.01": 200, "63.10": 300}}',
    'rtlh_houses: {by_region: {"63.01": 200, "63.10": 300}, source: "agency, list, 2026"}',
)


def with_history(folder, text, *, counts=COUNTS):
    (folder / "history").mkdir()
    (folder / "history" / "history.yaml").write_text(HISTORY, encoding="utf-8")
    (folder / "history" / "counts.csv").write_text(counts, encoding="utf-8")
    return small(folder, text)


def test_earlier_counts_of_the_same_ledger_stand_on_the_axis(tmp_path):
    report = with_history(tmp_path, SOURCED)
    figure = named(fans, report)["fan_rtlh_houses"]
    seen = {record["year"]: record["observed"] for record in figure.records if record["observed"] is not None}
    assert seen == {2020: 620, 2025: 500}  # neither a count within a year, nor another indicator, nor another ledger
    assert figure.value("central", year=2020) is None
    assert "from 500 to" in figure.description


def test_counts_of_another_number_are_another_ledger(tmp_path):
    report = with_history(tmp_path, SOURCED, counts=COUNTS.replace(",500,", ",510,"))
    assert observed(report.lead, "rtlh_houses", "total") == {2025: 500}


def test_a_history_that_cannot_be_read_has_no_counts(tmp_path):
    report = with_history(tmp_path, SOURCED, counts=COUNTS.replace("2020,63,", "2018,63,"))
    assert observed(report.lead, "rtlh_houses", "total") == {2025: 500}


def test_targets_are_told_apart_by_kind_and_a_stricter_one_stands_beside(report):
    figure = named(fans, report)["fan_rtlh_houses"]
    assert {r["year"]: r["target"] for r in figure.records if r["target"] is not None} == {
        2027: 224000,
        2029: 214000,
        2030: 210000,
    }
    assert figure.value("stricter", year=2030) == 200000
    assert figure.value("target_kind", year=2027) == "target ilustrasi"
    assert "Target ilustrasi hanya contoh; belum ditetapkan oleh siapa pun." in figure.notes
    slum = named(fans, report)["fan_slum_handled_share"]
    assert (slum.value("target", year=2026), slum.value("target_kind", year=2026)) == (48, "target resmi")


def test_a_new_count_is_seen_and_takes_no_target(counted_again):
    figure = named(fans, counted_again)["fan_rtlh_houses"]
    assert figure.value("record", year=2026) == "sebelum 2027"
    assert figure.value("record", year=2027) == "sejak 2027"
    assert figure.settings["again"] == (2027,)
    assert all(record["target"] is None for record in figure.records)
    assert figure.notes[0].startswith("Pendataan ulang pada 2027: garis terputus")
    assert "record" not in names(named(fans, counted_again)["fan_slum_ha"])


# regions


def test_no_trend_is_told_across_a_new_count(counted_again):
    fan = named(fans, counted_again)["fan_rtlh_houses"]
    panel = named(panels, counted_again)["regions_index"]
    for figure in (fan, panel):
        assert "terputus karena pendataan ulang" in figure.description
        assert all(figure.text("central", record["central"]) not in figure.description for record in figure.records)


def test_a_central_line_off_the_middle_of_the_draws_is_explained(report):
    found = named(fans, report)
    for figure in found.values():
        middle = [(record["p25"], record["central"], record["p75"]) for record in figure.records]
        off = any(not low - 1e-5 <= line <= high + 1e-5 for low, line, high in middle)
        assert any(note.startswith("Jalur tengah bisa berada di luar pita") for note in figure.notes) == off
    assert any("di luar pita" in note for note in found["fan_slum_handled_share"].notes)


def test_every_foot_names_the_province(report, central):
    assert named(fans, report)["fan_rtlh_houses"].foot.startswith("Kalimantan Selatan. Sumber: ")
    assert named(fans, central)["fan_rtlh_houses"].foot.startswith("Provinsi Contoh. Source: ")


def test_panels_hold_every_region_and_year(report):
    found = named(panels, report)
    assert list(found) == ["regions_same", "regions_own", "regions_index"]
    assert all(len(figure.rows) == 13 * 12 for figure in found.values())
    same, projection = found["regions_same"], report.lead.projection
    summed = sum(record["central"] for record in same.records if record["year"] == 2030)
    assert summed == pytest.approx(report.lead.view.value("rtlh_houses", 2030))
    low = projection.statistics("rtlh_houses", points=(0.05,)).quantiles[0, -1, 0]
    assert same.value("p05", region="63.01", year=2035) == pytest.approx(low)


def test_titles_say_which_scale(report):
    titles = [figure.title for figure in panels(report)]
    assert titles == [
        "RTLH menurut daerah, 2024–2035 (rumah): skala sama",
        "RTLH menurut daerah, 2024–2035 (rumah): skala masing-masing",
        "RTLH menurut daerah, 2024–2035 (indeks, 2024 = 100): skala sama",
    ]


def test_the_index_starts_at_100(report):
    figure = named(panels, report)["regions_index"]
    assert {record["central"] for record in figure.records if record["year"] == 2024} == {100}


def test_an_assumed_split_is_said(report, central):
    caveat = "Pembagian angka provinsi ke daerah adalah asumsi, bukan hasil pendataan daerah."
    for figure in (*panels(report), *maps(report)):
        assert caveat in figure.notes
    assert any("is an assumption" in note for note in named(panels, central)["regions_same"].notes)


def test_one_region_has_no_panels_and_no_map(tmp_path):
    text = SCENARIO.replace(', "63.10": 2000', "").replace(', "63.10": 1500', "").replace(', "63.10": 300', "")
    report = small(tmp_path, text, regions="code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n")
    assert [*panels(report), *maps(report)] == []


# maps


def test_maps_of_value_change_and_chance(report):
    found, view = named(maps, report), report.lead.view
    assert list(found) == ["map_value", "map_change", "map_chance"]
    value, change, table = found["map_value"], found["map_change"], regions(report)
    for record in value.records:
        now, then = (table.value(f"y{year}", region=record["region"]) for year in (view.now, view.focus))
        assert record["value"] == then  # the same whole houses as in the table of regions
        assert change.value("value", region=record["region"]) == then - now
    assert all(0 <= record["value"] <= 100 for record in found["map_chance"].records)
    assert "akhir 2025–akhir 2027" in change.title
    assert change.description.startswith("Perubahan di 13 daerah: dari -")


def test_chances_of_regions_come_with_their_error(report):
    figure = named(maps, report)["map_chance"]
    largest = max(record["error"] for record in figure.records)
    assert largest > 0
    assert f"Galat Monte Carlo peluang paling besar {figure.text('error', largest)} poin." in figure.notes


def test_the_chance_of_a_fall_is_a_share_of_draws(report):
    values = report.lead.projection.array("rtlh_houses")
    fallen = (values[3] < values[1]).sum(axis=0) / 60
    assert chance_of_fall(report.lead, 2025, 2027).probability == pytest.approx(fallen)


def test_without_draws_there_is_no_chance(central):
    assert list(named(maps, central)) == ["map_value", "map_change"]


def test_no_change_is_shown_across_a_new_count(counted_again):
    assert list(named(maps, counted_again)) == ["map_value"]


def test_kalimantan_selatan_is_recognised(report):
    figure = named(maps, report)["map_value"]
    place = {record["name"]: (record["column"], record["row"]) for record in figure.records}
    assert place["Tabalong"][1] == min(row for _, row in place.values())
    assert place["Tanah Laut"][1] == max(row for _, row in place.values())
    assert place["Kotabaru"][0] == max(column for column, _ in place.values())
    assert place["Kota Banjarmasin"][0] == min(column for column, _ in place.values())
    assert place["Banjar"][0] > place["Kota Banjarmasin"][0]


def test_regions_without_centres_stand_by_code_and_it_is_said(tmp_path):
    figure = named(maps, small(tmp_path))["map_value"]
    assert [(record["column"], record["row"]) for record in figure.records] == [(0, 0), (1, 0)]
    assert "The region table has no coordinates: tiles are laid out by code." in figure.notes


# slums


def test_slums_of_the_authorities_that_are_covered(report, central):
    figure = named(slums, report)["slums"]
    assert {record["authority"] for record in figure.records} == {"province"}
    assert figure.value("hectares", year=2024) == pytest.approx(482.331)
    assert figure.value("handled", year=2024) is None
    assert figure.value("handled", year=2025) == pytest.approx(35.85)
    assert "Hanya kewenangan yang tercakup sumber data: provinsi." in figure.notes
    assert list(slums(central)) == []


# scenarios


def test_one_scenario_is_compared_with_none(report):
    assert list(comparisons(report)) == []


def test_scenarios_of_another_count_are_left_off_with_a_note(several):
    figure = named(comparisons, several)["comparison"]
    assert {record["scenario"] for record in figure.records} == {"baseline", "tkd_cut", "full_need"}
    (note,) = figure.notes
    assert note.startswith("Tidak digambar: Pendataan ulang RTLH 2027.")
    assert several.cases[3].view.number(several.cases[3].view.value("rtlh_houses", 2035)) in note


def test_where_the_leading_scenario_is_alone_in_its_count_the_others_are_drawn(several):
    turned = replace(several, cases=several.cases[::-1])
    assert [case.name for case in comparable(turned)] == ["full_need", "tkd_cut", "baseline"]
    two = replace(several, cases=(several.cases[3], several.cases[0]))
    assert [case.name for case in comparable(two)] == ["regsosek_rebase"]
    alone = named(comparisons, two)["comparison"]
    assert alone.description.startswith("Jalur tengah Pendataan ulang RTLH 2027 saja")
    assert alone.notes[0].startswith("Pendataan ulang pada 2027: garis terputus")


def test_a_row_for_each_scenario(several):
    figure = named(comparisons, several)["scenarios"]
    assert [record["scenario"] for record in figure.records] == [case.name for case in several.cases]
    lead = several.lead
    assert figure.value("rtlh_2027", scenario="baseline") == pytest.approx(lead.view.value("rtlh_houses", 2027))
    spent = lead.view.added("spent_idr", range(2026, 2036)) / 1e9
    assert figure.value("spent", scenario="baseline") == pytest.approx(spent)
    promise = next(each for each in lead.promises if each.name == "ill-rtlh-2027")
    assert figure.value("chance_1", scenario="baseline") == pytest.approx(100 * promise.chance.probability)
    assert figure.value("chance_1", scenario="regsosek_rebase") is None
    label = next(column.label for column in figure.columns if column.name == "chance_1")
    assert label == "peluang RTLH ≤ 224.000 pada 2027"


def test_chances_side_by_side_have_an_error_and_illustrations_are_called_so(several):
    figure = named(comparisons, several)["scenarios"]
    goals = [each for each in several.lead.promises if each.name.startswith("ill-rtlh-")]
    error = 100 * max(each.chance.mc_error for each in goals)
    assert figure.value("error", scenario="baseline") == pytest.approx(error)
    assert figure.value("error", scenario="regsosek_rebase") is None
    assert any("target ilustrasi" in note for note in figure.notes)


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_are_complete_in_both_languages(several, language):
    cases = tuple(replace(case, language=language) for case in several.cases)
    report = replace(several, cases=cases, language=language)
    for maker in (fans, panels, maps, slums, comparisons):
        for figure in maker(report):
            texts = [figure.title, figure.description, figure.foot, *figure.notes]
            texts += [column.label for column in figure.columns]
            assert all(texts)
            assert not any("{" in text or "nan" in text.split() for text in texts)
            assert report.lead.run.run_id in figure.foot
