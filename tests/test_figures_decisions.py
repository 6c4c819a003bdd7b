"""Figures for decisions: what moves RTLH, who pays, which assumption matters, how likely targets are."""

import functools
import itertools
import math

import pytest

import backlog_model as bm
from backlog_model import store
from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.paths import path_choice
from backlog_model.report.charts import CHARTS, chart, picture
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.chances import chance_map
from backlog_model.report.figures.flows import flows
from backlog_model.report.figures.limits import limits
from backlog_model.report.figures.main_target import main_target
from backlog_model.report.figures.money import funding
from backlog_model.report.figures.paths import tournament
from backlog_model.report.figures.targets import targets
from backlog_model.report.figures.tornado import tornado
from backlog_model.report.numbers import number
from drawn_scenarios import written
from small_scenario import SCENARIO, write

MAKERS = (flows, funding, tornado, chance_map, tournament, targets, limits)
TEMPLATE = bm.load_scenario("scenarios/template/scenario.yaml")
KALSEL = tuple(bm.load_scenario(f"scenarios/kalsel/{name}.yaml") for name in ("baseline", "no_dak", "regsosek_rebase"))
DRAWS = 120


@functools.cache
def projections(draws):
    return tuple(bm.run(scenario, draws=draws) for scenario in KALSEL)


def dossier_of(scenarios, *, draws=0, language="id", runs=None):
    runs = runs or [bm.run(scenario, draws=draws) for scenario in scenarios]
    described = [store.described(each, draws=draws, seed=1, design="latin_hypercube") for each in scenarios]
    return Dossier.of(described, list(runs), language)


def kalsel(*, draws=DRAWS, language="id"):
    return dossier_of(KALSEL, draws=draws, language=language, runs=projections(draws))


def made(dossier):
    return {figure.name: figure for maker in MAKERS for figure in maker(dossier)}


@pytest.fixture(scope="module")
def found():
    return made(kalsel())


SMALL = {
    "template": lambda tmp_path: TEMPLATE,
    "no targets": lambda tmp_path: TEMPLATE.replace({"targets": {}}),
    "no programmes": lambda tmp_path: TEMPLATE.replace({"programmes": {}}),
    "smallest": lambda tmp_path: bm.load_scenario(write(tmp_path)),
    "all years known": lambda tmp_path: bm.load_scenario(write(tmp_path, SCENARIO + "now: 2030\n")),
    "counted again": lambda tmp_path: KALSEL[2],
    "every kind of uncertainty": lambda tmp_path: written(tmp_path),
}


@pytest.mark.parametrize("draws", [0, 40])
@pytest.mark.parametrize("name", list(SMALL))
def test_every_scenario_has_its_figures_and_they_can_be_drawn(name, draws, tmp_path):
    figures = made(dossier_of([SMALL[name](tmp_path)], draws=draws))
    assert "flows" in figures
    for figure in figures.values():
        assert figure.rows
        assert figure.title
        assert figure.foot
        assert all(len(row) == len(figure.columns) for row in figure.rows)
        if figure.chart:
            assert {"width", "height", "layer"} <= chart(figure).keys()
            assert picture(figure)["title"]["text"]
    assert ("chance_map" in figures) <= (draws > 0)
    assert ("tournament" in figures) <= (draws > 0)


@pytest.mark.parametrize("form", [chart, picture])
def test_their_specifications_say_nothing_that_is_not_known(form, found):
    """Vega-Lite passes over a misspelt key in silence; its schema does not."""
    altair = pytest.importorskip("altair")
    for figure in found.values():
        if figure.chart:
            altair.Chart.from_dict(form(figure))


def test_figures_that_need_draws_are_absent_without():
    figures = made(kalsel(draws=0))
    assert set(figures) == {"flows", "funding", "tornado", "targets", "limits"}
    assert figures["targets"].chart == ""
    assert "chance" not in [column.name for column in figures["targets"].columns]


def test_all_of_them_are_there_with_draws(found):
    assert set(found) == {"flows", "funding", "tornado", "chance_map", "tournament", "targets", "limits"}
    assert {figure.chart for figure in found.values()} - {""} <= CHARTS.keys()


@pytest.mark.parametrize("language", ["id", "en"])
def test_columns_are_the_same_in_both_languages(language, found):
    other = made(kalsel(language=language))
    for name, figure in found.items():
        assert [each.name for each in other[name].columns] == [each.name for each in figure.columns]
        assert other[name].language == language


# flows


@pytest.mark.parametrize("name", list(SMALL))
def test_a_waterfall_adds_up_in_whole_houses(name, tmp_path):
    dossier = dossier_of([SMALL[name](tmp_path)])
    rows = made(dossier)["flows"].records
    view = dossier.lead.view
    years = range(view.now + 1, view.focus + 1) or view.simulated
    assert rows[0]["end"] == round(view.value("rtlh_houses", years[0] - 1))
    assert rows[-1]["end"] == round(view.value("rtlh_houses", years[-1]))
    assert rows[0]["end"] + sum(row["change"] or 0 for row in rows) == rows[-1]["end"]
    for before, after in itertools.pairwise(rows):
        assert after["start"] == before["end"]
    for row in rows[1:-1]:
        assert row["end"] - row["start"] == row["change"] != 0
        assert isinstance(row["change"], int)


def test_what_adds_and_what_takes_away_is_told_apart(found):
    kinds = {row["step"]: row["kind"] for row in found["flows"].records}
    assert kinds["deteriorated_houses"] == "in"
    assert kinds["effective_handled_houses"] == "out"
    assert kinds["opening"] == kinds["closing"] == "stock"
    again = made(dossier_of([KALSEL[2]]))["flows"]
    assert again.value("kind", step="revision_houses") == "record"
    change = number(again.value("change", step="revision_houses"), "id")
    assert again.description.endswith(f"Pendataan ulang mengubah catatan sebesar +{change} rumah; itu bukan arus.")
    added = sum(row["change"] for row in again.records if row["kind"] == "in")
    assert f"bertambah {number(added, 'id')} dan" in again.description


def test_a_cut_axis_is_said_and_one_from_zero_is_not(found, tmp_path):
    assert found["flows"].settings["cut"]
    assert any("terpotong" in note for note in found["flows"].notes)
    fast = bm.load_scenario(write(tmp_path, SCENARIO.replace("1_000_000_000", "6_000_000_000")))
    figure = made(dossier_of([fast]))["flows"]
    assert not figure.settings["cut"]
    assert not any("terpotong" in note for note in figure.notes)


# money


def test_sources_add_up_to_the_budget_of_the_year(found):
    dossier = kalsel()
    for variable in ("budget", "spent"):
        whole = dossier.lead.view.values(f"{variable}_idr", KALSEL[0].years.all)
        for year, amount in zip(KALSEL[0].years.all, whole, strict=True):
            parts = [row[variable] for row in found["funding"].records if row["year"] == year]
            assert math.fsum(parts) == pytest.approx(round(amount / 1e9, 1), abs=1e-6)
    for row in found["funding"].records:
        assert row["unspent"] == pytest.approx(row["budget"] - row["spent"], abs=1e-9)


def test_sources_have_names(found):
    assert found["funding"].value("name", year=2027, source="apbd_kab") == "APBD Kab/Kota"


# tornado


def test_the_tornado_is_sorted_and_tells_what_it_leaves_out(found):
    rows = found["tornado"].records
    spans = [row["swing"] for row in rows]
    assert spans == sorted(spans, reverse=True)
    assert len(rows) == 12
    assert any("asumsi lain" in note for note in found["tornado"].notes)
    assert rows[0]["label"] == "RTLH diperbaiki swadaya (semua kelas)"
    assert rows[0]["low_value"] == "1,50 / 0,75 / 0,30"


def test_no_number_of_a_tornado_looks_like_a_formula(found):
    assert "'" not in found["tornado"].as_csv()
    assert found["tornado"].value("low_value", path="assumptions.household_growth_rate").startswith("\N{MINUS SIGN}")


# chances


def test_the_main_target_looks_farthest_ahead():
    assert main_target(kalsel().lead).name == "ill-rtlh-2030"
    assert main_target(dossier_of([KALSEL[2]]).lead) is None


def test_a_chance_of_the_money_as_written_is_that_of_the_target(found):
    target = found["targets"].record(target="ill-rtlh-2030")
    cell = found["chance_map"].record(year=2030, funding=1.0)
    assert (cell["chance"], cell["error"]) == (target["chance"], target["error"])
    assert "210.000" in found["chance_map"].title


def test_without_a_target_the_level_is_said(found):
    scenario = TEMPLATE.replace({"targets": {}})
    figure = made(dossier_of([scenario], draws=40))["chance_map"]
    assert "22.500" in figure.title
    assert any("10 %" in note for note in figure.notes)


# paths


def test_runs_that_exist_are_as_good_as_runs_made_anew():
    runs = projections(DRAWS)
    aim = aims_of(KALSEL[0], runs[0])["ill-rtlh-2030"]
    anew = path_choice(KALSEL[0], aim, runs[0], KALSEL[1:])
    known = path_choice(KALSEL[0], aim, runs[0], (), beside=list(zip(KALSEL[1:], runs[1:], strict=True)))
    assert known.tournament.scenarios == anew.tournament.scenarios == ("baseline", "no_dak")
    assert known.left_out == anew.left_out == {"regsosek_rebase": "redefined"}
    assert known.tournament.regrets == pytest.approx(anew.tournament.regrets, rel=1e-12)


def test_a_run_of_other_draws_is_made_anew():
    runs = projections(DRAWS)
    aim = aims_of(KALSEL[0], runs[0])["ill-rtlh-2030"]
    other = bm.run(KALSEL[1], draws=50)
    known = path_choice(KALSEL[0], aim, runs[0], (), beside=[(KALSEL[1], other)])
    anew = path_choice(KALSEL[0], aim, runs[0], KALSEL[1:2])
    assert known.tournament.regrets == pytest.approx(anew.tournament.regrets, rel=1e-12)


def test_the_least_regretted_path_stands_first_and_equal_ones_together(found):
    rows = found["tournament"].records
    assert [row["regret"] for row in rows] == sorted(row["regret"] for row in rows)
    assert all(row["largest"] >= row["regret"] >= 0.0 for row in rows)
    assert len({row["label"] for row in rows}) == len(rows)
    assert any("=" in row["label"] for row in rows)
    assert any("regsosek_rebase" in note for note in found["tournament"].notes)


def test_runs_that_counted_their_draws_have_no_tournament():
    counted = bm.run(TEMPLATE, draws=200, memory_limit=1)
    figures = made(dossier_of([TEMPLATE], draws=200, runs=[counted]))
    assert "tournament" not in figures
    assert "chance_map" in figures


# targets and limits


def test_targets_tell_official_ones_apart_and_unknown_chances_are_no_number(found):
    rows = {row["target"]: row for row in found["targets"].records}
    assert rows["bsps-proposal-2026"]["kind"] == "resmi"
    assert rows["ill-rtlh-2027"]["kind"] == "ilustrasi"
    again = made(dossier_of([KALSEL[2]], draws=40))["targets"]
    assert again.value("chance", target="ill-rtlh-2030") is None
    assert again.shown("chance", target="ill-rtlh-2030") == "–"
    assert any(note.startswith("–") for note in again.notes)


def test_targets_are_written_as_people_read_them(found):
    figure = found["targets"]
    assert figure.value("wanted", target="ill-decent-2027") == "≥ 79,50"
    assert figure.value("wanted", target="ill-rtlh-2030") == "≤ 210.000"
    assert figure.shown("central", target="ill-decent-2027").count(",") == 1
    assert figure.value("subject", target="slum-2026") == "Kawasan kumuh tertangani, bruto"
    assert figure.value("subject", target="ill-slum-net-2030") == "Kawasan kumuh, kewenangan provinsi"


def test_limits_stand_in_words(found):
    row = found["limits"].record(programme="bsps")
    assert (row["y2027"], row["regions"]) == ("dana", "dana 13")
    assert found["limits"].value("regions", programme="psu") == "–"
