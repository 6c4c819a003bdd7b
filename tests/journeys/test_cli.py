"""What a planner types, and what comes back: exit codes, documents, files."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backlog_model import ensemble, store
from backlog_model.scenario.loading import load_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASELINE = SCENARIOS / "kalsel" / "baseline.yaml"
TEMPLATE = SCENARIOS / "template" / "scenario.yaml"


def change(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def described(scenario):
    return store.described(scenario, draws=0, seed=1, design="random")


def test_the_baseline_answers_in_its_own_language_and_leaves_its_numbers(backlog, tmp_path):
    code, out, err = backlog("run", BASELINE, "--draws", 50)
    assert (code, err) == (0, "")
    for said in ("RTLH turun dari 232.105 rumah", "237.973", "235.169", "-2.804", "6.357", "itik impas"):
        assert said in out
    table = tmp_path / out.splitlines()[-1].partition(": ")[2]
    with table.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["variable"] == "official_handled_houses"]
    assert [
        float(row["central"]) for row in rows if (row["region"], row["part"], row["year"]) == ("63", "total", "2025")
    ] == [pytest.approx(2804, abs=1e-6)]


def test_english_on_request(backlog):
    code, out, _ = backlog("run", TEMPLATE, "--draws", 50, "--lang", "en")
    assert code == 0
    assert "RTLH falls from 25,000 houses (end of 2025)" in out
    assert "All numbers: runs" in out


def test_json_is_one_document_with_the_run_it_stored(backlog, tmp_path):
    code, out, err = backlog("run", TEMPLATE, "--draws", 50, "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert list(document)[:5] == ["schema_version", "run_id", "scenario", "draws", "seed"]
    record = json.loads((tmp_path / "runs" / document["run_id"] / "run.json").read_text(encoding="utf-8"))
    for name, value in {"draws": 50, "seed": 1, "design": "latin_hypercube", "run_id": document["run_id"]}.items():
        assert record[name] == document[name] == value
    assert set(record["versions"]) == {"backlog_model", "python", "numpy", "scipy"}
    assert next(file["path"] for file in record["files"]) == "scenario.yaml"
    assert all(len(file["sha256"]) == 64 for file in record["files"])


def test_several_scenarios_make_one_document_and_a_folder_each(backlog, tmp_path):
    others = [BASELINE.with_name("tkd_cut.yaml"), BASELINE.with_name("no_dak.yaml")]
    code, out, _ = backlog("run", *others, "--draws", 50, "--json", "--out", "kept")
    document = json.loads(out)
    assert code == 0
    assert [run["scenario"] for run in document["runs"]] == ["tkd_cut", "no_dak"]
    kept = {path.name for path in (tmp_path / "kept").iterdir() if path.is_dir()}
    assert kept == {run["run_id"] for run in document["runs"]}


def test_quiet_prints_the_path_alone(backlog, tmp_path):
    code, out, _ = backlog("run", TEMPLATE, "--draws", 50, "--quiet", "--out", tmp_path / "kept")
    assert code == 0
    assert out.count("\n") == 1
    assert (
        Path(out.strip()).read_text(encoding="utf-8").startswith("variable,unit,region,region_name,part,year,central,")
    )


def test_the_same_inputs_keep_their_name_and_their_bytes(backlog, province, tmp_path):
    def made():
        return tmp_path / backlog("run", province, "--draws", 50, "--quiet")[1].strip()

    first = made()
    values, record = first.read_bytes(), json.loads(first.with_name("run.json").read_text(encoding="utf-8"))
    assert made() == first
    assert json.loads(first.with_name("run.json").read_text(encoding="utf-8")) == record
    (first.parent / "left_behind.txt").write_text("x", encoding="utf-8")
    assert made() == first
    assert first.read_bytes() == values
    names = ["SHA256SUMS", "draws.npz", "run.json", "scenario", "values.csv"]
    assert sorted(path.name for path in first.parent.iterdir()) == names
    again = json.loads(first.with_name("run.json").read_text(encoding="utf-8"))
    assert {**again, "created_utc": ""} == {**record, "created_utc": ""}
    change(province.with_name("budgets.csv"), ",8000000000", ",8000000001")
    assert made().parent != first.parent
    hidden = [path for path in (tmp_path / "runs").iterdir() if path.name.startswith(".")]
    assert [(path / "left_behind.txt").read_text(encoding="utf-8") for path in hidden] == ["x"]


def test_other_draws_another_seed_and_another_design_are_other_runs():
    scenario = load_scenario(TEMPLATE)
    asked = [(50, 1, "random"), (50, 1, "random"), (50, 2, "random"), (60, 1, "random"), (50, 1, "sobol")]
    names = [store.described(scenario, draws=n, seed=seed, design=design).run_id for n, seed, design in asked]
    assert len(set(names)) == 4
    assert names[0] == names[1]
    central = {store.described(scenario, draws=0, seed=1, design=design).run_id for design in ("random", "sobol")}
    assert len(central) == 1
    assert {len(name) for name in names} == {12}


def test_a_changed_scenario_is_another_run_though_its_files_are_the_same():
    scenario = load_scenario(TEMPLATE)
    other = scenario.replace({"assumptions.deterioration_rate": {"value": 0.005, "assumption": True}})
    assert described(scenario).run_id != described(other).run_id


def test_every_problem_is_printed_and_nothing_is_written(backlog, province, tmp_path):
    change(province, "deterioration_rate:", "deterioraton_rate:")
    change(province, "new_non_owner_share:", "new_non_owner_shar:")
    code, out, err = backlog("run", province, TEMPLATE, tmp_path / "province" / "scenaro.yaml")
    assert (code, out) == (3, "")
    assert "deterioraton_rate: unknown key; did you mean deterioration_rate?" in err
    assert "new_non_owner_shar: unknown key; did you mean new_non_owner_share?" in err
    assert "scenaro.yaml: there is no such file; did you mean scenario.yaml?" in err
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", TEMPLATE, "--draws", "-1"), "-1 is not in the range"),
        (("run", TEMPLATE, "--workers", "0"), "0 is not in the range"),
        (("run", TEMPLATE, "--design", "grid"), "'grid' is not one of"),
        (("run",), "Missing argument"),
        (("run", TEMPLATE, "--lang", "nl"), "is not one of"),
        (("rum", TEMPLATE), "No such command"),
    ],
)
def test_wrong_usage_is_2_and_writes_nothing(backlog, tmp_path, arguments, said):
    code, out, err = backlog(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_missed_target_is_5_only_when_it_is_required(backlog):
    assert backlog("run", BASELINE, "--draws", 0, "--quiet")[0] == 0
    code, out, err = backlog("run", BASELINE, "--draws", 0, "--quiet", "--require-target", "--lang", "en")
    assert code == 5
    assert out.strip().endswith("values.csv")
    assert err.startswith("baseline: the central line does not meet prov-rtlh-2026")


def test_met_targets_are_0(backlog, province):
    change(province, "    value: 20_000\n", "    value: 24_000\n")
    assert backlog("run", province, "--draws", 0, "--quiet", "--require-target")[0] == 0


def test_a_bug_keeps_its_traceback_and_is_70(backlog, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(ensemble, "run", broken)
    code, out, err = backlog("run", TEMPLATE)
    assert (code, out) == (70, "")
    assert "Traceback (most recent call last)" in err
    assert "ZeroDivisionError: a bug" in err


def test_an_interruption_is_130(backlog, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble, "run", interrupted)
    assert backlog("run", TEMPLATE)[0] == 130


def test_check_of_a_sound_scenario_is_0(backlog):
    code, out, _ = backlog("check", BASELINE, TEMPLATE, "--lang", "en")
    assert code == 0
    assert out.splitlines()[-1] == "Files checked: 2; problems: 0; warnings: 0"


def test_check_of_a_wrong_scenario_is_3(backlog, province):
    change(province, "price_year: 2026", "price_year: 2.026")
    code, out, _ = backlog("check", province)
    assert code == 3
    assert "scenario.yaml:" in out
    assert "price_year" in out


def test_check_takes_a_folder_for_all_its_files(backlog):
    code, out, _ = backlog("check", SCENARIOS / "template", "--json")
    document = json.loads(out)
    assert code == 0
    assert [Path(file).name for file in document["files"]] == [
        *("budgets.csv", "forms_example.csv", "history.yaml", "regions.csv", "scenario.yaml"),
    ]
    assert (document["schema_version"], document["findings"]) == (1, [])


def test_check_of_a_folder_leaves_stored_runs_alone(backlog, province):
    assert backlog("run", province, "--draws", 0, "--quiet", "--out", province.parent / "runs")[0] == 0
    assert backlog("check", province.parent, "--lang", "en")[1] == "Files checked: 5; problems: 0; warnings: 0\n"


HISTORY = "year,region_code,region,indicator,value,unit,source_url,source_date,status,note\n"


def test_check_of_a_history_table_with_an_error_is_4_and_with_warnings_0(backlog, tmp_path):
    table = tmp_path / "slum.csv"
    row = "2025,63,Kalsel,units_handled,{value},units,https://example.org,2025,{status},\n"
    table.write_text(HISTORY + row.format(value="2.804", status="reported"), encoding="utf-8")
    code, out, _ = backlog("check", table, "--lang", "en")
    assert code == 4
    assert "slum.csv:2: 2.804 units: units come in whole numbers" in out
    table.write_text(HISTORY + row.format(value="2804", status="conflicting"), encoding="utf-8")
    code, out, _ = backlog("check", table, "--lang", "en")
    assert code == 0
    assert "slum.csv:2: warning: units_handled 2804 is marked conflicting" in out
    assert backlog("check", table, "--quiet") == (0, "", "")


def test_findings_in_the_data_are_told_in_the_language_asked_for(backlog):
    code, out, _ = backlog("check", SCENARIOS / "kalsel" / "history", "--lang", "id")
    *lines, summary = out.splitlines()
    assert code == 0
    assert "berkas diperiksa" in summary
    assert all(": peringatan: " in line for line in lines)
    told = next(line for line in lines if "/psu.csv:9" in line)
    assert "bagian-bagian tidak berjumlah menjadi totalnya: 568 + 1377 = 1945, bukan 1935; totalnya 1945" in told
    assert "(bandingkan " in told
    english = backlog("check", SCENARIOS / "kalsel" / "history", "--lang", "en")[1]
    assert "parts do not make the total: 568 + 1,377 = 1,945, not 1,935" in english


def test_findings_for_programs_are_english_and_have_a_code(backlog, province):
    findings = json.loads(backlog("check", SCENARIOS / "kalsel" / "history", "--json", "--lang", "id")[1])["findings"]
    codes = {finding["code"]: finding["message"] for finding in findings}
    assert codes["parts_and_total"].startswith("parts do not make the total")
    change(province, "price_year: 2026", "price_year: 2.026")
    (problem,) = json.loads(backlog("check", province, "--json")[1])["findings"]
    assert problem.keys() == {"place", "severity", "message"}


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("budgets.csv", ",8000000000", ",8.000.000.000", "8.000.000.000"),
        ("budgets.csv", "key,region", "kei,region", "expected a history table"),
        ("regions.csv", "99.01", "99-01", "is not a region code"),
    ],
)
def test_check_of_a_table_of_a_scenario_is_4(backlog, province, name, before, after, said):
    change(province.with_name(name), before, after)
    code, out, _ = backlog("check", province.with_name(name))
    assert code == 4
    assert said in out


def test_check_offers_the_nearest_name_for_a_file_that_is_missing(backlog, province):
    code, out, _ = backlog("check", province.with_name("budget.csv"), province.with_name("notes.txt"))
    assert code == 3
    assert "budget.csv: there is no such file; did you mean budgets.csv?" in out
    assert "notes.txt: there is no such file" in out


def test_check_refuses_a_kind_of_file_it_cannot_read(backlog, tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    code, out, _ = backlog("check", "notes.txt")
    assert code == 3
    assert "notes.txt: .txt; expected a scenario (.yaml) or a table (.csv)" in out


def test_schema_is_json(backlog):
    code, out, _ = backlog("schema")
    assert code == 0
    assert "programmes" in json.loads(out)["properties"]


def test_version_and_help(backlog):
    assert backlog("--version")[1].startswith("backlog, version ")
    code, out, _ = backlog("--help")
    assert code == 0
    assert [name in out for name in ("check", "run", "schema")] == [True] * 3


def run_python(code, folder, **environment):
    """A fresh interpreter in another folder, which finds the same packages."""
    known = {"PYTHONPATH": os.pathsep.join(str(Path(path).resolve()) for path in sys.path)}
    everything = {**os.environ, **known, **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=folder, env=everything)


def test_a_reader_that_stops_early_gets_no_complaint(tmp_path):
    code = (
        "import os, sys\n"
        "from backlog_model import cli\n"
        "reader, writer = os.pipe(); os.close(reader); os.dup2(writer, 1)\n"
        f"sys.argv = ['backlog', 'run', {str(TEMPLATE)!r}, '--draws', '50']\n"
        "cli.main()"
    )
    answer = run_python(code, tmp_path)
    assert (answer.returncode, answer.stderr) == (0, b"")


def test_a_console_that_lacks_a_letter_still_gets_the_answer(tmp_path):
    typed = ["backlog", "run", str(TEMPLATE), "--draws", "50"]
    code = f"import sys; from backlog_model import cli; sys.argv = {typed}; cli.main()"
    answer = run_python(code, tmp_path, PYTHONIOENCODING="ascii")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert b"Provinsi Contoh ? Contoh" in answer.stdout


def test_check_loads_neither_pandas_nor_scipy(tmp_path):
    code = (
        "import sys\n"
        "from backlog_model import cli\n"
        f"sys.argv = ['backlog', 'check', {str(TEMPLATE.parent)!r}, {str(BASELINE.parent / 'history')!r}]\n"
        "try: cli.main()\n"
        "except SystemExit: print(sorted({'pandas', 'scipy', 'statsmodels'} & set(sys.modules)))"
    )
    assert run_python(code, tmp_path).stdout.splitlines()[-1] == b"[]"
