"""Someone who reads only the README: what it shows is what the package does, and a new programme takes no Python."""

import json
import re
import shutil
from pathlib import Path

import pytest

import backlog_model as bm
from backlog_model import store
from shown import not_printed, texts

ROOT = Path(__file__).parents[2]
KALSEL = ROOT / "scenarios" / "kalsel"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROVINCE = "63"


def blocks(language):
    """Code blocks of the README."""
    return texts(README, language)


TENTH = next(block for block in blocks("yaml") if "rumah_bersama:" in block)


@pytest.fixture(scope="module")
def projections():
    """Central run of every scenario, by name."""
    return {path.stem: bm.run(bm.load_scenario(path), draws=0) for path in KALSEL.glob("*.yaml")}


@pytest.fixture
def folder(tmp_path):
    """A copy of Kalimantan Selatan to write in."""
    return Path(shutil.copytree(KALSEL, tmp_path / "kalsel"))


@pytest.fixture
def backlog(backlog):
    """The command; its exit code and what it prints."""
    return lambda *arguments: backlog(*arguments)[:2]


def written(folder, text):
    path = folder / "rumah_bersama.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def of_province(projection, variable, part="total"):
    return projection.table(variable, by="province", part=part)[PROVINCE]


# a tenth scenario


def test_a_new_programme_takes_no_python(folder, projections):
    baseline, plan = projections["baseline"], bm.run(bm.load_scenario(written(folder, TENTH)), draws=0)
    assert plan.axes.house_programmes == (*baseline.axes.house_programmes, "rumah_bersama")
    assert len(plan.axes.house_programmes) == 8
    money = {source: of_province(plan, "budget_idr", f"rumah_bersama.{source}") for source in ("baznas", "csr")}
    assert money["baznas"].loc[2025:2027].tolist() == pytest.approx([0, 0, 6e9])
    assert money["csr"].loc[2026:2030].tolist() == pytest.approx([0, 4e9, 4e9, 8e9, 8e9])
    for source, budget in money.items():
        spent = of_province(plan, "spent_idr", f"rumah_bersama.{source}")
        assert spent[2027] == pytest.approx(0.92 * 0.972 * budget[2027])  # absorption and drop-out of the baseline
    started = 0.92 * 10e9 * 0.95 * 0.98 / 25e6 * 0.972  # absorbed, less overhead and leakage, by grant, less drop-out
    finished = of_province(plan, "reported_handled_houses", "rumah_bersama")
    assert finished[2027] == pytest.approx(0.90 * started)
    assert finished[2028] == pytest.approx(0.98 * started)
    fall = of_province(baseline, "rtlh_houses") - of_province(plan, "rtlh_houses")
    assert fall.loc[:2026].tolist() == [0, 0, 0]
    assert (fall.loc[2027:].diff().dropna() > 0).all()
    assert fall[2027] > 200
    assert of_province(plan, "official_handled_houses", "rumah_bersama").sum() == 0


def test_the_tenth_scenario_passes_the_check_and_the_command(folder, backlog):
    path = written(folder, TENTH)
    code, out = backlog("check", path, "--lang", "en")
    assert code == 0
    assert out.endswith("; problems: 0; warnings: 0\n")
    code, out = backlog("run", path, "--draws", 50, "--json")
    assert code == 0
    assert json.loads(out)["scenario"] == "rumah_bersama"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("treats:", "treat:", "programmes.rumah_bersama.treat: unknown key; did you mean treats?"),
        ("grant_idr:", "grant_idd:", "programmes.rumah_bersama.grant_idd: unknown key; did you mean grant_idr?"),
        ("[medium, heavy]", "[medium, heavi]", "heavi is nothing to treat; did you mean heavy?"),
        ("proportional_need", "proportional_needs", "did you mean proportional_need?"),
        ("baseline.yaml", "baselin.yaml", "did you mean baseline.yaml?"),
        ("6_000_000_000", "6.000.000.000", "6.000.000.000"),
    ],
)
def test_a_slip_is_answered_with_the_right_word(folder, right, wrong, said):
    path = written(folder, TENTH.replace(right, wrong))
    with pytest.raises(bm.ScenarioError) as refused:
        bm.load_scenario(path)
    assert said in str(refused.value)


def test_the_slip_in_the_readme_is_answered_as_it_says(folder):
    said = next(block for block in blocks("text") if "did you mean" in block).strip()
    path = written(folder, TENTH.replace("treats:", "treat:"))
    with pytest.raises(bm.ScenarioError) as refused:
        bm.load_scenario(path)
    assert said in str(refused.value)


# the README is true


def test_the_scenario_shown_is_the_file():
    assert (KALSEL / "bsps_surge.yaml").read_text(encoding="utf-8") in blocks("yaml")


def test_the_table_has_the_numbers_of_the_package(projections):
    rows = [re.split(r" *\| *", line)[1:-1] for line in README.splitlines() if line.startswith("| `")]
    table = {row[0].strip("`"): row[1:7] for row in rows if row[0].strip("`") in projections}
    assert set(table) == set(projections)
    for name, printed in table.items():
        projection = projections[name]
        rtlh, slum = of_province(projection, "rtlh_houses"), of_province(projection, "slum_ha")
        spent = of_province(projection, "spent_idr") / 1e9
        assert printed == [
            *(f"{rtlh[year]:,.0f}" for year in (2027, 2030)),
            *(f"{slum[year]:.1f}" for year in (2027, 2030)),
            *(f"{spent[year]:.1f}" for year in (2027, 2030)),
        ], name


def test_the_remarks_have_the_numbers_of_the_package(projections):
    rebased = of_province(projections["regsosek_rebase"], "revision_houses")[2027]
    assert f"{rebased:,.0f} houses change their label" in README
    plan = projections["full_need"]
    limits = {code: plan.binding_name("bsps", 2027, region=code) for code in plan.axes.regions}
    held = [code for code, limit in limits.items() if limit == "capacity"]
    stock = projections["baseline"].table("rtlh_houses").loc[2027]
    share = stock[held].sum() / stock.sum()
    assert len(held) == 5
    assert f"In five regions, which hold {share:.0%}".replace("%", " %") in README


def test_the_answer_shown_is_what_the_command_prints(backlog):
    _, printed = backlog("run", KALSEL / "baseline.yaml", "--lang", "en")
    shown = next(block for block in blocks("text") if block.startswith("Kalimantan Selatan –"))
    assert not_printed(shown, printed) == []
    known = re.search(r"(\d+) of the (\d+) entries of this scenario are assumptions", printed)
    assert f"Of {known[2]} entries of the baseline {known[1]} are assumptions" in README


def test_the_past_shown_is_what_the_command_prints(backlog):
    _, printed = backlog("history", KALSEL, "--lang", "en")
    shown = next(block for block in blocks("text") if "what the past says" in block)
    assert len(shown.splitlines()) > 20
    assert not_printed(shown, printed) == []


def test_the_picture_holds_the_numbers_of_the_package(projections):
    drawing = (ROOT / "docs" / "pictures" / "rtlh.svg").read_text(encoding="utf-8")
    points = re.findall(r'aria-label="year: (\d{4}); houses: ([\d,]+); scenario: (\w+)"', drawing)
    drawn = {(name, int(year)): number for year, number, name in points}
    stocks = {
        (name, year): f"{stock:,.0f}"
        for name, projection in projections.items()
        for year, stock in of_province(projection, "rtlh_houses").items()
        if name != "regsosek_rebase"  # counted by another definition
    }
    assert drawn.items() <= stocks.items()
    assert {name for name, year in drawn if year == 2035} == {name for name, _ in stocks}


def test_the_fan_holds_the_numbers_of_the_package(projections):
    drawing = (ROOT / "docs" / "pictures" / "fan_rtlh.svg").read_text(encoding="utf-8")
    points = re.findall(r'aria-label="year: (\d{4}); houses[^:"]*: ([\d,]+)"', drawing)
    for year, stock in of_province(projections["baseline"], "rtlh_houses").items():
        assert (str(year), f"{stock:,.0f}") in points


def test_the_pictures_are_of_the_scenarios_as_they_are():
    commands = re.findall(r"^backlog report (\S+) --figure .*--out (docs/pictures/\S+)$", README, flags=re.MULTILINE)
    assert len(commands) == 2
    for scenarios, picture in commands:
        assert f"]({picture})" in README
        drawing = (ROOT / picture).read_text(encoding="utf-8")
        draws = 2000 if "draws, seed 1" in drawing else 0
        for path in ROOT.glob(scenarios):
            plan = bm.load_scenario(path)
            run = store.described(plan, draws=draws, seed=1, design="latin_hypercube")
            assert run.run_id in drawing, f"{picture}: make it again with the command in the README"


def test_the_python_shown_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(next(iter(blocks("python"))), {})
    assert "2027" in capsys.readouterr().out


def test_every_link_leads_somewhere():
    for page in (ROOT / "README.md", ROOT / "docs" / "model.md"):
        text = page.read_text(encoding="utf-8")
        links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("#", "https://"))]
        assert [link for link in links if not (page.parent / link).exists()] == []
