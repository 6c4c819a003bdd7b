"""What `backlog compare` tells a planner and a program: inputs first, then results in the same futures."""

import csv
import json
import re
from pathlib import Path

import pytest

import backlog_model as bm
from backlog_model.report.comparison.answer import answer
from backlog_model.report.layout import WIDTH

SCENARIOS = Path(__file__).parents[2] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
BASELINE = KALSEL / "baseline.yaml"
OTHERS = sorted(set(KALSEL.glob("*.yaml")) - {BASELINE})


def flat(text):
    return " ".join(text.split())


def said_of(*plans, language="en", **options):
    compared = bm.compare(*(bm.run(plan, **{"draws": 40, **options}) for plan in plans))
    return answer(plans, compared, language)


@pytest.fixture(scope="module")
def baseline():
    return bm.load_scenario(BASELINE)


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_scenarios_are_told_in_lines_that_fit(backlog, language):
    code, out, err = backlog("compare", BASELINE, *OTHERS, "--draws", 40, "--lang", language)
    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= WIDTH
    assert "nan" not in re.split(r"[^a-z]", out)
    assert [line[:4] for line in out.splitlines()[1:10]] == [f"{letter} = " for letter in "ABCDEFGHI"]
    assert f"{'I = tkd_cut':<20}" in out


def test_the_answer_is_in_the_language_of_the_first_scenario(backlog, tmp_path):
    code, out, _ = backlog("compare", BASELINE, KALSEL / "csr_drive.yaml", "--draws", 40)
    assert code == 0
    inputs, outputs, regions, regret = (
        out.index(said)
        for said in ("Masukan yang berbeda, A -> B (1)", "Indikator provinsi", "RTLH 2030 per", "Penyesalan RTLH")
    )
    assert inputs < outputs < regions < regret
    assert "programmes.other_community.budget_idr.other; Rp miliar; asumsi" in out
    assert "2026: 3,09 -> 4,64 (+50,0 %);" in out
    assert "2029-2035: 3,09 -> 15,46 (+400,0 %)" in flat(out)
    assert "RTLH akhir 2030: 211.009 rumah pada A, 210.177 pada B, selisih -833 (-0,39 %)." in flat(out)
    assert "B lebih baik pada semua simulasi." in flat(out)
    assert "Tidak berubah: Backlog kepemilikan, Kawasan kumuh, Perumahan belum serah terima PSU." in flat(out)
    assert list(tmp_path.iterdir()) == []


def test_a_worse_plan_is_told_to_be_worse(baseline):
    said = said_of(baseline, bm.load_scenario(KALSEL / "no_dak.yaml"))
    assert "A is better in every draw." in flat(said)
    assert "2027-2035: 2.11 -> 0 (-100.0 %)" in said


def test_money_is_not_judged(baseline):
    said = said_of(baseline, bm.load_scenario(KALSEL / "csr_drive.yaml")).splitlines()
    row = said[said.index("Budget, Rp billion") + 1].split()
    assert row[:2] == ["2027", "159.8"]
    assert row[-2:] == ["–", "–"]


def test_programmes_that_change_alike_stand_together(baseline):
    said = said_of(baseline, bm.load_scenario(KALSEL / "delayed_dpa.yaml"))
    every = "{prov_disaster, prov_slum_rtlh, prov_social, kab_housing}"
    assert f"programmes.{every}.absorption_share; assumption 2027: 92.00 % -> 45.00 %" in flat(said)
    assert "Inputs that differ, A -> B (12)" in said


def test_a_new_count_is_neither_progress_nor_decline(baseline):
    said = said_of(baseline, bm.load_scenario(KALSEL / "regsosek_rebase.yaml"))
    assert "From 2027 records change in only one of the scenarios" in flat(said)
    assert "2027: nothing -> 1.62" in said
    row = said.splitlines()[said.splitlines().index("Uninhabitable houses (RTLH), houses") + 1].split()
    assert row[-2:] == ["–", "–"]
    assert "Regret" not in said


def test_the_same_file_twice_differs_nowhere(backlog):
    code, out, _ = backlog("compare", BASELINE, BASELINE, "--draws", 40, "--lang", "en")
    assert code == 0
    assert flat(out).endswith("B = baseline (2): no input differs from A, and the outputs are exactly the same.")


def test_inputs_that_move_nothing_are_told_so():
    plan = bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")
    (name, target) = next(iter(plan.targets.items()))
    other = plan.replace({f"targets.{name}.value": target.wanted / 2})
    assert "the outputs are exactly those of A; the inputs above do not change them" in flat(said_of(plan, other))
    assert "the central line is exactly that of A; ranges may differ" in flat(said_of(plan, other, draws=0))


def test_without_draws_there_are_no_chances(backlog):
    code, out, _ = backlog("compare", BASELINE, KALSEL / "tkd_cut.yaml", "--draws", 0, "--lang", "en")
    assert code == 0
    assert "Central lines only; chances need draws that are paired." in out
    assert "better" not in out
    assert "Regret" not in out


def test_counted_draws_are_refused_in_a_sentence(tmp_path):
    plan = bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")
    other = plan.replace({"programmes.bsps.budget_idr.apbn": {"multiply": 2, "assumption": True}})
    said = said_of(plan, other, memory_limit=1)
    assert "Draws were counted, not kept one by one: there are no paired differences and no chances" in flat(said)


def test_json_is_one_document(backlog):
    code, out, err = backlog("compare", BASELINE, *OTHERS[:2], "--draws", 40, "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    keys = ["schema_version", "draws", "seed", "design", "scenarios", "comparisons", "regret"]
    assert list(document) == keys
    assert [each["name"] for each in document["scenarios"]] == ["baseline", "bsps_surge", "csr_drive"]
    first = document["comparisons"][0]
    assert (first["first"], first["second"], first["same_outputs"]) == ("baseline", "bsps_surge", False)
    (changed,) = first["inputs"]
    assert (changed["path"], changed["kind"]) == ("programmes.bsps.budget_idr.apbn", "lever")
    assert changed["years"][0] == {"year": 2026, "first": 51_063_750_000, "second": 60_075_000_000}
    row = next(each for each in first["results"] if (each["variable"], each["year"]) == ("rtlh_houses", 2030))
    assert (row["region"], row["direction"], row["first_rank"]) == ("63", "down", None)
    assert row["second_better"] == 1
    assert row["mean_difference"] == pytest.approx(row["second_mean"] - row["first_mean"])
    regret = {(each["year"], each["scenario"]): each for each in document["regret"]}
    assert set(regret) == {(year, each["name"]) for year in (2027, 2030) for each in document["scenarios"]}
    assert regret[2030, "bsps_surge"]["maximum"] == 0
    assert regret[2030, "baseline"]["mean"] == pytest.approx(-row["mean_difference"])
    assert regret[2030, "baseline"]["mc_error"] == pytest.approx(row["mc_error"])


def test_json_without_draws_has_null_for_what_needs_them(backlog):
    document = json.loads(backlog("compare", BASELINE, OTHERS[0], "--draws", 0, "--json")[1])
    row = document["comparisons"][0]["results"][0]
    assert document["design"] is None
    assert {row[name] for name in ("mean_difference", "mc_error", "p05", "first_better", "same")} == {None}
    assert document["regret"] == []


def test_the_table_is_written_only_where_it_is_asked_for(backlog, tmp_path):
    code, out, _ = backlog("compare", BASELINE, OTHERS[1], "--draws", 40, "--quiet", "--out", "tables/all.csv")
    assert (code, Path(out.strip())) == (0, Path("tables/all.csv"))
    assert [path.name for path in (tmp_path / "tables").iterdir()] == ["all.csv"]
    with (tmp_path / "tables" / "all.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    regions = {row["region"] for row in rows if row["variable"] == "rtlh_houses" and row["year"] == "2030"}
    assert len(regions) == 14
    (banjar,) = [row for row in rows if (row["variable"], row["region"], row["year"]) == ("slum_ha", "63.03", "2030")]
    assert (banjar["first_scenario"], banjar["second_scenario"]) == ("baseline", "csr_drive")
    assert banjar["region_name"] == "Banjar"
    assert float(banjar["difference"]) == 0
    shown = backlog("compare", BASELINE, OTHERS[1], "--draws", 0, "--lang", "en", "--out", "again.csv")[1]
    assert shown.splitlines()[-1] == "All differences: again.csv"


def test_a_table_that_cannot_be_written_leaves_nothing_behind(backlog, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, out, err = backlog("compare", BASELINE, OTHERS[1], "--draws", 0, "--out", "file/all.csv")
    assert (code, out) == (3, "")
    assert "all.csv: cannot be written" in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((BASELINE,), "one scenario has nothing to compare with; expected two or more"),
        ((), "Missing argument"),
        ((BASELINE, OTHERS[0], "--out", "all.xlsx"), "all.xlsx is not a table; expected a name that ends in .csv"),
        ((BASELINE, OTHERS[0], "--out", KALSEL / "budgets.csv"), "is a file of these scenarios"),
    ],
)
def test_wrong_usage_is_2(backlog, arguments, said):
    code, out, err = backlog("compare", *arguments)
    assert (code, out) == (2, "")
    assert said in flat(err)


def test_scenarios_of_different_provinces_are_refused_in_a_sentence(backlog):
    code, out, err = backlog("compare", BASELINE, SCENARIOS / "template" / "scenario.yaml", "--draws", 0)
    assert (code, out) == (3, "")
    assert err == "baseline is about 63 and scenario about 99; expected scenarios of one province\n"


def test_years_of_one_alone_are_told(backlog, province):
    other = province.with_name("longer.yaml")
    text = province.read_text(encoding="utf-8")
    first, last = re.search(r"years: \{first: (\d+), last: (\d+)\}", text).groups()
    shorter = f"years: {{first: {first}, last: {int(last) - 1}}}"
    other.write_text(text.replace(f"years: {{first: {first}, last: {last}}}", shorter), encoding="utf-8")
    code, out, _ = backlog("compare", province, other, "--draws", 0, "--lang", "en")
    assert code == 0
    assert f"Only in scenario, so not compared: years {last}." in flat(out)
    assert f"years.last written: {last} -> {int(last) - 1}" in flat(out)
