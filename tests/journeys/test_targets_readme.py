"""Targets as the README and their page tell them: what stands there is what the examples beside it print."""

import contextlib
import io
import re
import runpy
from pathlib import Path
from typing import get_args

import pytest
import yaml

import backlog_model as bm
from backlog_model.analysis.gaming import Kind as FlagKind
from backlog_model.analysis.money.criteria import CRITERIA
from backlog_model.analysis.paths.target_paths import FAMILIES
from backlog_model.analysis.verdict import Kind as ChangeKind

ROOT = Path(__file__).parents[2]
KALSEL = ROOT / "scenarios" / "kalsel"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = re.search(r"^## Which target for 2027\?\n(.*?)(?=^## )", README, flags=re.MULTILINE | re.DOTALL)[1]
PAGE = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"`python examples/(\w+)\.py`[^\n]*\n\n```text\n(.*?)```", SECTION, flags=re.DOTALL))
EXAMPLES = sorted(
    path.stem for path in (ROOT / "examples").glob("*.py") if path.stem[:2] in ("08", "09", "10", "11", "12")
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
PROVINCE = "63"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What an example prints, run once in an empty folder."""
    folder, known = tmp_path_factory.mktemp("examples"), {}

    def of(number):
        name = next(each for each in EXAMPLES if each.startswith(number))
        if name not in known:
            with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as out:
                runpy.run_path(str(ROOT / "examples" / f"{name}.py"), run_name="__main__")
            assert list(folder.iterdir()) == []
            known[name] = out.getvalue()
        return known[name]

    return of


@pytest.fixture(scope="module")
def baseline():
    return bm.load_scenario(KALSEL / "baseline.yaml")


def numbers(text):
    return [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def row(text, beginning):
    """Numbers of a line after its first words."""
    return numbers(next(each for each in text.splitlines() if each.startswith(beginning))[len(beginning) :])


def chance_of(scenario, name, *, draws=2000, year=None, wanted=None):
    """Chance of a target, counted anew; of another year or number if one is given."""
    projection, target = bm.run(scenario, draws=draws, seed=1), scenario.targets[name]
    goal = projection.goal(target.variable, target.operator, target.wanted if wanted is None else wanted)
    at = projection.years(target.variable).index(year or target.year)
    return float(projection.chance(goal).probability[at])


# the examples


def test_08_compares_budgets_and_counts_chances(printed, baseline):
    text = printed("08")
    rows = {
        name: row(text, name)
        for name in ("all money as in 2025", "regional money as in 2025", "cut of 2026 (baseline)")
    }
    money = bm.run(baseline, draws=0).table("budget_idr", by="province")[PROVINCE] / 1e9
    assert rows["all money as in 2025"][0] == pytest.approx(money[2025], abs=0.05)
    assert rows["cut of 2026 (baseline)"][0] == pytest.approx(money[2027], abs=0.05)
    assert rows["regional money as in 2025"][0] > rows["cut of 2026 (baseline)"][0]
    for column, name in ((1, "ill-rtlh-2027"), (3, "ill-rtlh-2030")):
        assert rows["cut of 2026 (baseline)"][column] == pytest.approx(100 * chance_of(baseline, name), abs=0.051)
        assert rows["regional money as in 2025"][column] > rows["cut of 2026 (baseline)"][column]
        assert row(text, "BSPS surge")[column] > rows["cut of 2026 (baseline)"][column]


def test_09_adds_up_and_is_as_sure_as_wanted(printed):
    text = printed("09")
    years = {year: row(text, f"{year} ") for year in (2027, 2028, 2029, 2030)}
    for present, further, whole, *sources in years.values():
        assert whole == pytest.approx(present + further, abs=0.11)
        assert whole == pytest.approx(sum(sources), abs=0.31)
    total, error = row(text, "Further money in all: Rp ")
    assert total == pytest.approx(sum(year[1] for year in years.values()), abs=0.7)
    assert 0 < error < 0.1 * total
    for name in ("ill-rtlh-2027", "ill-rtlh-2030"):
        _, chance, error = row(text, name + " in ")
        assert chance > 80 - 3 * error


def test_09_each_criterion_is_best_by_its_own_measure(printed):
    table = {name: row(printed("09"), name) for name in CRITERIA}
    totals = {name: numbers[4] for name, numbers in table.items()}
    peaks = {name: numbers[6] for name, numbers in table.items()}
    steps = {name: max(abs(b - a) for a, b in zip((0, *one[:3]), one[:4], strict=True)) for name, one in table.items()}
    assert totals["least_money"] == min(totals.values())
    assert peaks["least_peak"] == min(peaks.values())
    assert steps["smoothest"] == min(steps.values())
    early = {name: sum(2**t * money for t, money in enumerate(one[:4])) for name, one in table.items()}
    assert early["earliest"] == min(early.values())
    for *years, total, _, _ in table.values():
        assert total == pytest.approx(sum(years), abs=2.1)


def test_10_ends_on_the_target_and_names_the_least_regret(printed, baseline):
    text = printed("10")
    known = [line.split()[0] for line in text.splitlines() if line.split()[0] in FAMILIES]
    table = {name: row(text, name) for name in (*known, "honest")}
    assert {table[name][1] for name in known} == {baseline.targets["ill-rtlh-2030"].wanted}
    regrets = {name: found[2] for name, found in table.items()}
    first, second = sorted(regrets.values())[:2]
    assert min(regrets, key=regrets.get) == "honest"
    assert row(text, "Wherever it ends: honest is regretted least, by ")[0] == pytest.approx(second - first, abs=1.1)
    best, runner = sorted(known, key=regrets.get)[:2]
    assert f"Ending on the target: {best} is regretted least" in text
    assert f"less than {runner}" in text
    kept = chance_of(baseline, "ill-rtlh-2027", wanted=table["honest"][0] + 0.5)
    assert kept == pytest.approx(0.8, abs=0.001)


def test_11_a_change_that_is_enough_is_enough(printed, baseline):
    blocks = dict(re.findall(r"^(\S+): (feasible_if.*?)(?=^\S|\Z)", printed("11"), flags=re.MULTILINE | re.DOTALL))
    decent = blocks["ill-decent-2027"]
    year, eased = int(re.search(r"the year (\d+)", decent)[1]), float(re.search(r"([\d.]+) promised", decent)[1])
    assert (
        chance_of(baseline, "ill-decent-2027", year=year) >= 0.8 > chance_of(baseline, "ill-decent-2027", year=year - 1)
    )
    assert chance_of(baseline, "ill-decent-2027", wanted=eased) >= 0.8
    assert chance_of(baseline, "ill-decent-2027", wanted=eased + 0.0002) < 0.8
    more = float(re.search(r"([\d,.]+) billion more in every year from dak", blocks["ill-rtlh-2027"])[1])
    pot = "programmes.dak_housing.budget_idr.dak"
    present = bm.run(baseline, draws=0).table("budget_idr", by="province", part="dak_housing.dak")[PROVINCE]
    for factor, enough in ((1.0, True), (0.98, False)):
        whole = round(present[2027] + factor * more * 1e9)
        funded = baseline.replace({pot: {"table": {2025: 0, 2027: whole}, "assumption": True}})
        assert (chance_of(funded, "ill-rtlh-2027", draws=512) >= 0.8) == enough


def test_12_tells_two_plans_apart(printed):
    text = printed("12")
    assert "differs: programmes.bsps.budget_idr.apbn 2026-2029 (rupiah)" in text
    first, second, percent = row(text, "RTLH 2030: ")[0], *row(text, "RTLH 2030: ")[1:]
    assert percent == pytest.approx(100 * (first - second) / first, abs=0.006)
    fewer, error, _, _, low, high = row(text, "In the same futures bsps_surge leaves ")
    assert low < fewer < high
    assert 0 < error < 0.01 * fewer
    assert row(text, "Chance that it ends with fewer RTLH: ")[0] > 99


# the README


def test_every_example_on_targets_is_named_in_the_readme():
    assert all(f"`python examples/{name}.py`" in SECTION for name in EXAMPLES)
    assert [name[:2] for name in SHOWN] == ["08", "09", "10", "11"]


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_the_readme_shows_is_what_the_example_prints(printed, name):
    lines = [line for line in SHOWN[name].splitlines() if not line.startswith("[...]")]
    known = printed(name[:2]).splitlines()
    assert [line for line in lines if line not in known] == []
    rest = iter(known)
    assert all(line in rest for line in lines)  # in the same order


def test_every_number_said_in_the_readme_stands_in_what_is_shown(baseline):
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", SECTION, flags=re.DOTALL)
    shown = {found for block in SHOWN.values() for found in numbers(block)}
    targets = [baseline.targets[name] for name in ("ill-rtlh-2027", "ill-rtlh-2030")]
    listed = baseline.targets["rpjmd2126-rtlh-2026"].base_value
    opening = bm.run(baseline, draws=0).table("rtlh_houses", by="province")[PROVINCE][2024]
    draws = [512, 2000, 100]  # searched, counted, and "of 100 futures"
    said = {*shown, *(target.wanted for target in targets), listed, opening, *draws, *range(2024, 2031)}
    assert [found for found in numbers(prose) if found not in said] == []


def test_the_targets_of_the_readme_are_illustrations_and_the_published_ones_stand_on_another_list(baseline):
    rtlh = {name: target for name, target in baseline.targets.items() if "rtlh" in name}
    assert all(
        rtlh[name].kind == "illustrative" and rtlh[name].probability == 0.8 for name in rtlh if name[:3] == "ill"
    )
    assert all(not rtlh[name].applies for name in rtlh if name.startswith("rpjmd"))
    mixed = rtlh["rpjmd2126-rtlh-2026"].model_dump(exclude_none=True) | {"applies": True, "unit": "share"}
    with pytest.raises(bm.ScenarioError, match="76_023"):
        baseline.replace({"targets": {"mixed": mixed}})


def test_the_folder_says_how_many_targets_apply(baseline):
    page = (KALSEL / "README.md").read_text(encoding="utf-8")
    said = re.search(r"^## Targets\n(.*?)^## ", page, flags=re.MULTILINE | re.DOTALL)[1]
    kinds = [target.kind for target in baseline.targets.values()]
    applied = [target.kind for target in baseline.targets.values() if target.applies]
    assert f"holds {len(kinds)} targets" in said
    assert f"{kinds.count('published')} are **published**, {kinds.count('illustrative')} **illustrative**" in said
    assert f"Only {applied.count('published')} published targets apply" in said
    assert applied.count("illustrative") == kinds.count("illustrative")


# the page on targets


def test_the_target_on_the_page_is_one(baseline):
    written = yaml.safe_load(re.search(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[1])["targets"]
    found = baseline.replace({"targets": written}).targets["rtlh-2030"]
    assert (found.operator, found.wanted, found.probability) == ("<=", 210_000, 0.8)


def test_the_python_on_the_page_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    names = {}
    exec(re.search(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)[1], names)
    assert names["plan"].extra.sum() > 0


def test_the_page_names_everything_there_is():
    first = [set(re.findall(r"`(\w+)`", line.split("|")[1])) for line in PAGE.splitlines() if line.startswith("| `")]
    named = set().union(*first)
    assert named == {*CRITERIA, *get_args(ChangeKind), *FAMILIES}
    flags = re.search(r"^## On paper only\n(.*?)^## ", PAGE, flags=re.MULTILINE | re.DOTALL)[1]
    assert set(re.findall(r"`(\w+)`", flags)) == set(get_args(FlagKind))


def test_every_link_of_the_page_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
