"""Official planning tables: labels and columns, every cell filled, numbers that the run holds, and nothing else."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

import backlog_model as bm
from backlog_model import store
from backlog_model.report.dossier import Dossier
from backlog_model.report.forms.form import DASH, ILLUSTRATIVE, PROJECTED, Cell, Form
from backlog_model.report.forms.plan import Plan
from backlog_model.report.forms.renja import evaluation, services
from backlog_model.report.forms.renstra import added, renstra
from backlog_model.report.forms.tables import forms
from backlog_model.report.forms.values import PlanYears

ROOT = Path(__file__).parents[1]
KALSEL = ROOT / "scenarios" / "kalsel"
NAMES = ("T-C.27", "T-C.29", "T-C.30", "T-C.31", "T-C.33", "Program RPJMD")
COUNTS = (20, 11, 13, 12, 10, 17)


def report(scenario, *, draws=50, language="id", **settings):
    projection = bm.run(scenario, draws=draws)
    run = store.described(scenario, draws=draws, seed=1, design="latin_hypercube")
    return replace(Dossier.of([run], [projection], language), **settings)


@pytest.fixture(scope="module")
def baseline():
    return report(bm.load_scenario(KALSEL / "baseline.yaml"))


@pytest.fixture(scope="module")
def made(baseline) -> dict[str, Form]:
    return {form.name: form for form in forms(baseline)}


def heads(form: Form) -> list[str]:
    return [span.label for span in form.spans()]


def row(form: Form, text: str) -> list[Cell]:
    """Cells of the one row in which a text stands."""
    found = [line.cells for line in form.lines if any(cell.value == text for cell in line.cells)]
    assert len(found) == 1, text
    return list(found[0])


def central(dossier, variable, part, year):
    return dossier.lead.view.value(variable, year, part=part)


def test_every_table_has_its_official_number_of_columns(made):
    assert tuple(made) == NAMES
    assert tuple(len(form.columns) for form in made.values()) == COUNTS
    for form in made.values():
        assert [f"({number})" for number in range(1, len(form.columns) + 1)] == heads(form)[-len(form.columns) :]
        assert {len(line.cells) for line in form.lines} == {len(form.columns)}


def test_titles_of_columns_are_the_official_ones(made):
    assert heads(made["T-C.27"])[:7] == [
        "Tujuan",
        "Sasaran",
        "Kode",
        "Program dan Kegiatan",
        "Indikator Kinerja Tujuan, Sasaran, Program (outcome) dan Kegiatan (output)",
        "Data Capaian pada Tahun Awal Perencanaan",
        "Target Kinerja Program dan Kerangka Pendanaan",
    ]
    assert [head.label for head in made["T-C.27"].columns][6:] == [
        *["Target", "Rp"] * 6,
        "Unit Kerja Perangkat Daerah Penanggung jawab",
        "Lokasi",
    ]
    assert heads(made["T-C.33"])[3:8] == [
        "Rencana Tahun 2027 (Tahun Rencana)",
        "Lokasi",
        "Target Capaian Kinerja",
        "Kebutuhan Dana/ Pagu Indikatif (Rp)",
        "Sumber Dana",
    ]
    assert "Prakiraan Maju Rencana Tahun 2028" in heads(made["T-C.33"])
    assert [head.label for head in made["T-C.31"].heads] == [
        "Rancangan Awal RKPD",
        "Hasil Analisis Kebutuhan",
        "Catatan Penting",
    ]
    assert [head.label for head in made["T-C.30"].heads][4:] == [
        "Target Renstra Perangkat Daerah",
        "Realisasi Capaian",
        "Proyeksi",
        "Catatan Analisis",
    ]


def test_years_run_from_three_before_to_one_after_the_year_being_planned(made):
    evaluation = " ".join(heads(made["T-C.29"]))
    assert all(f"tahun {year}" in evaluation for year in (2024, 2025, 2026))
    years = [head.label for head in made["T-C.30"].columns if head.label.startswith("Tahun")]
    assert years == [f"Tahun {year}" for year in (2025, 2026, 2027, 2028, 2025, 2026, 2027, 2028)]
    by_year = [head.label for head in made["T-C.27"].heads[6].below]
    assert by_year == [f"Tahun-{place} ({year})" for place, year in enumerate(range(2026, 2031), 1)]


def test_titles_that_span_leave_no_gap_and_do_not_overlap(made):
    for form in made.values():
        places = [
            (line, column)
            for span in form.spans()
            for line in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        ]
        assert len(places) == len(set(places)) == (form.depth + 1) * len(form.columns)


def test_every_cell_is_filled_and_titles_are_indonesian_in_both_languages(baseline, made):
    told = {form.name: form for form in forms(replace(baseline, language="en"))}
    for name, form in (*told.items(), *made.items()):
        shown = [cell.shown(form.language) for line in form.lines for cell in line.cells]
        assert all(shown)
        assert not {"nan", "–"} & set(shown)
        assert form.title == made[name].title
        assert heads(form) == heads(made[name])
    assert "goal" in told["T-C.27"].notes[0]
    assert "tujuan" in made["T-C.27"].notes[0]


def test_stage_of_the_plan_date_and_run_stand_on_every_table(baseline):
    assert "rancangan akhir" in services(Plan.of(replace(baseline, plan_version="rancangan_akhir"))).about[-1]


def test_run_years_and_codes_stand_on_every_table(baseline, made):
    for form in made.values():
        stamp = form.about[-1]
        assert "rancangan awal (ranwal)" in stamp
        assert "Tanggal:" in stamp
        assert "Tahun rencana (n): 2027" in stamp
        assert baseline.lead.run.run_id in form.foot
        assert "scenarios/kalsel/forms.csv" in form.foot


def test_known_years_and_targets_and_projections_are_told_apart(made):
    houses = "Jumlah rumah korban bencana yang selesai ditangani (unit)"
    evaluated = row(made["T-C.29"], houses)
    assert (evaluated[4], evaluated[6]) == (Cell(), Cell(825.0, "count"))  # 825 were counted in 2025
    assert evaluated[8] == Cell(313.0, "count")  # published for 2026
    assert evaluated[9].mark == PROJECTED
    hectares = row(made["T-C.30"], next(c for c in texts(made["T-C.30"]) if "kumuh kewenangan provinsi yang" in c))
    assert hectares[5] == Cell(0.48, "percent")
    assert hectares[6] == Cell(0.47, "percent", ILLUSTRATIVE)
    assert hectares[8] == Cell(pytest.approx(345.029 / 791.51), "percent")
    assert hectares[9].mark == PROJECTED
    assert hectares[10].mark == ""  # the column itself says projection


def texts(form: Form) -> list[str]:
    return [cell.value for line in form.lines for cell in line.cells if isinstance(cell.value, str)]


def test_targets_stand_only_where_the_scenario_has_one(baseline, made):
    promised = {(each.target.variable, each.target.year): each.wanted for each in baseline.lead.promises}
    for line in made["T-C.30"].lines:
        for cell in line.cells[4:8]:
            assert cell == Cell() or cell.value in promised.values()
    houses = row(made["T-C.30"], "Jumlah rumah tidak layak huni menurut Regsosek (unit)")
    assert [cell.value for cell in houses[4:8]] == [DASH, DASH, promised["rtlh_houses", 2027], DASH]


def test_of_two_targets_for_one_year_the_first_written_is_taken(made):
    houses = row(made["T-C.27"], "Jumlah rumah tidak layak huni menurut Regsosek (unit)")
    assert houses[14] == Cell(210_000.0, "count", ILLUSTRATIVE)  # not the stretch of 200,000


def test_ceilings_add_up_to_programmes_and_programmes_to_the_agency(baseline, made):
    form, year = made["T-C.33"], 2027
    own = [line for line in form.lines if "Bukan pagu" not in str(line.cells[7].value) and line.level != "total"]
    totals = [line for line in form.lines if line.level == "total"]
    for column in (5, 9):
        activities = [line.cells[column].value for line in own if line.level == "kegiatan"]
        programmes = [line.cells[column].value for line in own if line.level == "program"]
        assert sum(activities) == totals[0].cells[column].value
        assert sum(each for each in programmes if each != DASH) == totals[0].cells[column].value
    pots = ("prov_disaster.apbd_prov", "prov_slum_rtlh.apbd_prov", "slum_prov.apbd_prov")
    written = sum(central(baseline, "budget_idr", pot, year) for pot in pots)
    assert totals[0].cells[5].value == pytest.approx(written, abs=1)


def test_money_of_others_is_never_in_the_agencys_ceiling(made):
    others = [line for line in made["T-C.33"].lines if "Bukan pagu perangkat daerah." in str(line.cells[7].value)]
    assert {line.cells[6].value for line in others} >= {"APBN", "DAK Fisik", "APBD Kab/Kota"}
    for name in ("T-C.27", "T-C.29", "Program RPJMD"):
        assert not any("BSPS" in text for text in texts(made[name]))
    assert any("RS-RTLH Dinas Sosial" in note for note in made["T-C.33"].notes)  # money that no row spends


def test_five_years_add_up_to_the_end_of_the_plan(made):
    for line in made["T-C.27"].lines:
        assert added([line.cells[column] for column in range(7, 17, 2)]) == line.cells[17]
    disaster = row(made["T-C.27"], "Jumlah rumah korban bencana yang selesai ditangani (unit)")
    assert disaster[16].value == sum(disaster[column].value for column in range(6, 16, 2))


def test_need_is_beside_the_ceiling_and_the_gap_is_their_difference(made):
    form = made["T-C.31"]
    total = next(line.cells for line in form.lines if line.level == "total")
    gap = total[10].value - total[5].value
    assert gap > 0
    assert f"Rp {gap:,.0f}".replace(",", ".") in total[11].value
    activities = [line.cells for line in form.lines if line.level == "kegiatan"]
    for cells in activities:
        assert cells[1:4] == cells[6:9]
        if cells[10] != Cell():
            assert cells[10].value >= cells[5].value
            assert cells[9].value >= cells[4].value


def test_what_no_money_reaches_has_a_dash_and_says_so(made):
    estates = row(made["T-C.31"], "Bantuan PSU")
    assert estates[10] == Cell()
    assert "tidak tercapai dengan berapa pun dana" in estates[11].value


def test_a_ratio_needs_a_target_and_an_indicator_that_should_rise(made):
    form = made["T-C.29"]
    handled = next(line.cells for line in form.lines if "seluas 791,51 ha" in str(line.cells[2].value))
    assert handled[10].value == pytest.approx(handled[9].value / handled[3].value)
    remaining = next(line.cells for line in form.lines if "Sisa kawasan kumuh" in str(line.cells[2].value))
    projected = row(form, "Jumlah rumah korban bencana yang selesai ditangani (unit)")
    assert remaining[10] == projected[10] == Cell()


def test_a_projection_is_no_target_but_for_outputs_that_money_buys(made):
    for name, columns in (("T-C.29", (3, 5, 8)), ("T-C.30", range(4, 8))):
        assert PROJECTED not in {line.cells[column].mark for line in made[name].lines for column in columns}
    backlog = "Backlog kepemilikan rumah (rumah tangga)"  # a target for 2030 alone
    assert [row(made["T-C.27"], backlog)[column] for column in (6, 8, 10, 12)] == [Cell()] * 4
    assert [row(made["T-C.33"], backlog)[column] for column in (4, 8)] == [Cell(), Cell()]
    houses = "Jumlah rumah korban bencana yang selesai ditangani (unit)"
    assert [row(made["T-C.33"], houses)[column].mark for column in (4, 8)] == [PROJECTED, PROJECTED]


def test_numbers_are_those_of_the_run_targets_or_budgets(baseline, made):
    """Every number in a cell is a value of the run, a target, a budget or need, or a sum or ratio of these."""
    plan = Plan.of(baseline)
    projection = baseline.lead.projection.central
    known = {each.wanted for each in baseline.lead.promises} | set(plan.needs.money.values())
    runs = [projection, *([plan.needs.run] if plan.needs.run else [])]
    measures = [entry.measure for entry in plan.entries if entry.measure]
    for run in runs:
        for measure in measures:
            known |= {plan.numbers.value(measure, year, run=run) for year in range(2024, 2036)}
    for measure in measures:
        year = 2027
        exact = projection.array(measure.variable, part=measure.part, by="province")
        value = float(exact[projection.years(measure.variable).index(year), 0, 0])
        assert plan.numbers.value(measure, year) == pytest.approx(value, abs=1.0)
    known |= {
        plan.numbers.budget([pot], "63", year) for pot in projection.parts("budget_idr") for year in range(2025, 2036)
    }
    strange = []
    for form in made.values():
        sums = (
            {line.cells[17].value for line in form.lines} | {line.cells[16].value for line in form.lines}
            if (form.name == "T-C.27")
            else set()
        )
        for line in form.lines:
            for position, cell in enumerate(line.cells):
                is_ratio = form.name == "T-C.29" and position in (3, 7, 10)
                number = cell.value
                if isinstance(number, str) or is_ratio or number in known | sums or line.level == "total":
                    continue
                if cell.kind == "money" and line.level == "program":
                    continue  # sums of activities, which another test adds up
                strange.append((form.name, position, cell))
    assert strange == []


def test_parts_printed_add_up_to_their_printed_total(baseline):
    numbers = Plan.of(baseline).numbers
    from backlog_model.report.forms.mapping import Measure

    for year in (2026, 2027, 2030):
        parts = numbers.central.parts("reported_handled_houses")
        printed = [numbers.value(Measure("reported_handled_houses", part, "63"), year) for part in parts]
        assert sum(printed) == numbers.value(Measure("reported_handled_houses", "total", "63"), year)
        assert all(value == math.floor(value) for value in printed)


def test_without_draws_there_are_tables_but_no_bands(made):
    central_only = report(bm.load_scenario(KALSEL / "baseline.yaml"), draws=0)
    told = {form.name: form for form in forms(central_only)}
    assert "Rentang 90 %" in " ".join(texts(made["T-C.30"]))
    assert "Rentang 90 %" not in " ".join(texts(told["T-C.30"]))
    assert [line.cells[5] for line in told["T-C.33"].lines] == [line.cells[5] for line in made["T-C.33"].lines]


def test_where_a_record_is_counted_again_old_targets_are_not_shown():
    rebased = report(bm.load_scenario(KALSEL / "regsosek_rebase.yaml"), draws=0)
    told = {form.name: form for form in forms(rebased)}
    houses = row(told["T-C.30"], "Jumlah rumah tidak layak huni menurut Regsosek (unit)")
    assert houses[4:8] == [Cell()] * 4
    assert "Didata ulang 2027" in houses[12].value
    total = next(line.cells for line in told["T-C.31"].lines if line.level == "total")
    assert total[10] == Cell()  # only a part of the need is known: no total


def test_first_year_of_the_plan_can_be_told(baseline):
    plan = Plan.of(replace(baseline, plan_first=2025))
    assert "Tahun-1 (2025)" in heads(renstra(plan))
    assert "Tahun 2029" in " ".join(heads(evaluation(plan)))
    assert row(evaluation(plan), "Jumlah rumah korban bencana yang selesai ditangani (unit)")[9].value > 825
    assert PlanYears.of(2025) == PlanYears(planned=2027, first=2026)
    with pytest.raises(bm.BacklogModelError, match="expected 2023 to 2027"):
        PlanYears.of(2025, 2028)
