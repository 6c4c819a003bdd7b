"""Random draws from the command line: what a run says about how sure it is, and that it can be had again."""

import csv
import json
import math
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backlog_model import cli, ensemble, progress, store, streams
from backlog_model.report import values
from backlog_model.report.values import STATISTICS
from backlog_model.scenario.loading import load_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BASELINE = SCENARIOS / "kalsel" / "baseline.yaml"
TEMPLATE = SCENARIOS / "template" / "scenario.yaml"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


@pytest.fixture(scope="module")
def document():
    """What `--json` prints for the baseline with 50 draws."""
    scenario = load_scenario(BASELINE)
    projection = ensemble.run(scenario, draws=50)
    run = store.described(scenario, draws=50, seed=1, design="latin_hypercube")
    return json.loads(
        values.as_json(
            values.document(scenario, projection, values.every_series(scenario, projection), run_id=run.run_id, seed=1)
        )
    )


@pytest.fixture
def table(backlog):
    """Bytes of values.csv of a run."""

    def written(*arguments):
        code, out, err = backlog("run", *arguments, "--quiet")
        assert (code, err) == (0, "")
        return Path(out.strip()).read_bytes()

    return written


def defined(document, variable):
    return [row for row in document["results"] if row["variable"] == variable and row["central"] is not None]


# the document


def test_every_statistic_of_a_stock_is_a_number_in_order(document):
    rows = [row for variable in ("rtlh_houses", "occupancy_backlog_households") for row in defined(document, variable)]
    assert {row["region"] for row in rows} >= {"63", "63.01", "63.71"}
    for row in rows:
        quantiles = [row[name] for name in ("p05", "p10", "p50", "p90", "p95")]
        assert quantiles == sorted(quantiles)
        assert quantiles[0] <= row["mean"] * (1 + 1e-12)
        assert 0 <= row["mc_error"] < max(1.0, row["mean"])


def test_what_varies_has_a_range_and_an_error(document):
    for row in defined(document, "rtlh_houses"):
        if (row["region"], row["part"]) == ("63", "total") and row["year"] > 2025:
            assert row["p05"] < row["p50"] < row["p95"]
            assert row["mc_error"] > 0
    opening = next(row for row in defined(document, "rtlh_houses") if row["region"] == "63")
    assert (opening["year"], opening["part"], opening["p05"]) == (2024, "total", pytest.approx(237_973))
    assert opening["mc_error"] == pytest.approx(0, abs=1e-6)


def test_what_no_source_covers_is_null_in_every_statistic(document):
    rows = [row for row in document["results"] if (row["variable"], row["part"]) == ("slum_ha", "kabkota")]
    assert len(rows) > 0
    assert {row[name] for row in rows for name in STATISTICS} == {None}


def test_every_target_has_its_chance_and_its_error(document):
    targets = {target["id"]: target for target in document["targets"]}
    assert {"ill-rtlh-2027", "ill-rtlh-2030", "slum-ha-2026"} <= set(targets)
    for target in targets.values():
        assert 0 <= target["probability"] <= 1
        assert target["mc_error"] > 0  # never quite certain, with so few draws
        assert target["wanted_probability"] == 0.8
        chances = {each["year"]: each["probability"] for each in target["by_year"]}
        assert chances[target["year"]] == target["probability"]
        sure = [year for year, chance in chances.items() if year > 2025 and chance >= 0.8]
        assert target["first_year"] == (sure[0] if sure else None)
    assert targets["ill-rtlh-2027"]["probability"] >= targets["ill-rtlh-2030-stretch"]["probability"]


def test_the_command_prints_that_document(backlog, document):
    code, out, err = backlog("run", BASELINE, "--draws", 50, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == document
    assert (document["draws"], document["seed"], document["design"]) == (50, 1, "latin_hypercube")
    assert "NaN" not in out
    assert "Infinity" not in out


def test_without_draws_statistics_and_chances_are_null(backlog):
    code, out, _ = backlog("run", BASELINE, "--draws", 0, "--json")
    document = json.loads(out)
    assert (code, document["draws"], document["design"]) == (0, 0, None)
    assert {row[name] for row in document["results"] for name in STATISTICS[1:]} == {None}
    for target in document["targets"]:
        assert (target["probability"], target["mc_error"], target["first_year"], target["by_year"]) == (*[None] * 3, [])


def test_one_draw_has_a_mean_and_no_error(backlog):
    code, out, _ = backlog("run", TEMPLATE, "--draws", 1, "--json")
    row = defined(json.loads(out), "rtlh_houses")[5]
    assert (code, row["mc_error"]) == (0, None)
    assert row["mean"] == row["p05"] == row["p95"]


# the answer


def test_the_answer_gives_ranges_chances_and_where_the_spread_is_from(backlog):
    code, out, err = backlog("run", BASELINE, "--draws", 100, "--lang", "en")
    text = " ".join(out.split())
    assert (code, err) == (0, "")
    for said in ("100 draws", "90 % uncertainty ranges", "share of chance", "error of 50 %", "Wanted chance: 80 %"):
        assert said in text
    assert "no bands of uncertainty" not in text
    assert not {"nan", "none", "inf"} & set(out.lower().split())


@pytest.mark.parametrize("draws", [0, 1, 2, 3])
def test_few_draws_still_give_an_answer(backlog, draws):
    code, out, err = backlog("run", TEMPLATE, "--draws", draws, "--lang", "en")
    assert (code, err) == (0, "")
    assert not {"nan", "none", "inf"} & set(out.lower().split())


# the same again


def test_the_same_seed_gives_the_same_bytes_and_another_others(table):
    first, again, other = (table(BASELINE, "--draws", 50, "--seed", seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize("kept", [True, False])
def test_workers_change_no_byte(table, monkeypatch, kept):
    if not kept:
        monkeypatch.setitem(ensemble.run.__kwdefaults__, "memory_limit", 0)
    one, two = (table(TEMPLATE, "--draws", 400, "--workers", workers) for workers in (1, 2))
    assert one == two


@pytest.mark.parametrize("draws", [0, 50])
def test_the_order_of_the_region_table_changes_no_byte(table, province, draws):
    straight = table(province, "--draws", draws)
    regions = province.with_name("regions.csv")
    header, *rows = regions.read_text(encoding="utf-8").splitlines()
    regions.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    assert table(province, "--draws", draws) == straight


def test_designs_give_other_draws_of_the_same_thing(table):
    tables = {design: table(TEMPLATE, "--draws", 64, "--design", design) for design in ("random", "sobol")}
    medians = {name: median(text, "rtlh_houses", "99", "2030") for name, text in tables.items()}
    assert medians["random"] != medians["sobol"]
    assert medians["sobol"] == pytest.approx(medians["random"], rel=0.05)


def median(text, variable, region, year):
    rows = csv.DictReader(text.decode().splitlines())
    wanted = (variable, region, "total", year)
    row = next(row for row in rows if tuple(row[name] for name in ("variable", "region", "part", "year")) == wanted)
    return float(row["p50"])


# targets that have to be met


def test_a_target_that_is_not_sure_enough_is_5(backlog, province):
    code, out, err = backlog("run", province, "--draws", 50, "--quiet", "--require-target", "--lang", "en")
    assert code == 5
    assert out.strip().endswith("values.csv")
    assert "rtlh-2030" in err
    text = province.read_text(encoding="utf-8")
    province.write_text(text.replace("    value: 20_000\n", "    value: 60_000\n"), encoding="utf-8")
    assert backlog("run", province, "--draws", 50, "--quiet", "--require-target")[0] == 0


# what is refused, and what is broken off


def test_more_draws_than_can_be_meant_are_3_and_write_nothing(backlog, tmp_path):
    code, out, err = backlog("run", TEMPLATE, "--draws", 2_000_000_000)
    assert (code, out) == (3, "")
    assert err.count("\n") == 1
    assert "is not possible; expected" in err
    assert list(tmp_path.iterdir()) == []


def start(folder, *arguments, **streams):
    """The command in a process of its own."""
    known = {"PYTHONPATH": os.pathsep.join(str(Path(path).resolve()) for path in sys.path)}
    command = [sys.executable, "-m", "backlog_model", *map(str, arguments)]
    return subprocess.Popen(command, cwd=folder, env={**os.environ, **known}, preexec_fn=_listening, **streams)


def _listening():
    """Hear interruptions: a shell that runs the tests in its background has children ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@POSIX
def test_an_interruption_ends_a_long_run_at_once(tmp_path):
    arguments = ("run", TEMPLATE, "--draws", 10_000_000, "--workers", 2)  # minutes of work
    with start(tmp_path, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(4)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err.strip()) == (cli.INTERRUPTED, b"", b"")  # err: a line end after ^C
    assert [path.name for path in tmp_path.glob("runs/[!.]*")] == []  # finished parts wait under a hidden name


def shown_on_a_terminal(folder, *arguments, most):
    """What a process writes to stderr in the first seconds, when that is a terminal; it is interrupted then."""
    reader, terminal = os.openpty()
    with start(folder, *arguments, stdout=subprocess.DEVNULL, stderr=terminal) as running:
        os.close(terminal)
        text, end = b"", time.monotonic() + most
        while time.monotonic() < end and b"%" not in text:
            if select.select([reader], [], [], 0.2)[0]:
                text += os.read(reader, 4096)
        running.send_signal(signal.SIGINT)
        text += rest(reader)
        running.wait(timeout=60)
    os.close(reader)
    return text.decode()


def rest(reader):
    """Everything up to the end of a terminal that its other side has closed."""
    parts = []
    try:
        while part := os.read(reader, 4096):
            parts.append(part)
    except OSError:  # Linux ends a terminal with an error
        return b"".join(parts)
    return b"".join(parts)


@POSIX
def test_a_terminal_shows_how_far_a_long_run_is_and_is_wiped(tmp_path):
    text = shown_on_a_terminal(tmp_path, "run", TEMPLATE, "--draws", 3_000_000, most=30)
    assert re.match(r"\rscenario \[#* *\] +\d+ % +\d+ s", text)
    assert text.rstrip("\r\n").split("\r")[-1].strip() == ""
    assert "Traceback" not in text


@POSIX
def test_quiet_shows_no_progress(tmp_path):
    text = shown_on_a_terminal(tmp_path, "run", TEMPLATE, "--draws", 3_000_000, "--quiet", most=5)
    assert text.strip() == ""


def test_progress_is_silent_without_a_terminal_and_for_short_work(monkeypatch, capsys):
    clock = iter([0.0, 0.5, 2.0, 2.1, 3.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.Progress("plan") as tell:
        tell(0.1)
        assert capsys.readouterr().err == ""
        tell(0.5)
        assert capsys.readouterr().err == f"\rplan [{'#' * 15:<30}]  50 %     2 s"
        tell(0.6)
        assert capsys.readouterr().err == ""
        tell(math.nextafter(1.0, 0.0))
        assert " 100 %     0 s" in capsys.readouterr().err
    assert capsys.readouterr().err.strip(" \r") == ""


def test_it_is_said_where_the_central_line_is_far_from_the_draws(backlog):
    said = "The central line of RTLH lies outside the middle third of the draws"
    for name, expected in (("full_need.yaml", True), ("baseline.yaml", False)):
        _, out, _ = backlog("run", BASELINE.parent / name, "--draws", 400, "--lang", "en")
        assert (said in " ".join(out.split())) is expected


def test_the_defaults_of_the_command_are_those_of_the_package():
    options = {each.name: each for each in cli.backlog.commands["run"].params}
    assert options["draws"].default == ensemble.DRAWS == 2000
    assert options["design"].default == streams.DESIGN
    assert set(options["design"].type.choices) == set(streams.DESIGNS)
