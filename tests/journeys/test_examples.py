"""Every script in examples/ runs from anywhere and answers its question."""

import ast
import re
import runpy
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm

FOLDER = Path(__file__).parents[2] / "examples"
SCRIPTS = sorted(FOLDER.glob("*.py"))
LINES = 40
NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")


@pytest.fixture
def answer(capsys, monkeypatch, tmp_path):
    """Run an example in an empty folder; what it prints."""
    monkeypatch.chdir(tmp_path)

    def printed(name):
        runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
        assert list(tmp_path.iterdir()) == []
        return capsys.readouterr().out

    return printed


def numbers(text):
    return [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def line(text, beginning):
    return next(each for each in text.splitlines() if each.startswith(beginning))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_is_short_numbered_and_says_what_it_answers(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    assert re.fullmatch(r"\d\d_[a-z_]+", path.stem)
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_uses_no_private_name(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert [name for name in names if name.startswith("_") and name != "_replace"] == []
    of_package = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_package(node.value)]
    assert set(of_package) <= set(bm.__all__)


def is_package(node):
    return isinstance(node, ast.Name) and node.id == "bm"


def test_every_example_is_tried_below_or_with_the_targets():
    of_targets = ["08", "09", "10", "11", "12"]  # test_targets_readme
    assert [path.stem[:2] for path in SCRIPTS] == ["01", "02", "03", "04", "05", "06", "07", *of_targets, "13"]


def test_01_says_where_rtlh_stand(answer):
    text = answer("01_where_rtlh_stands")
    assert "31 December 2024: 237,973 RTLH" in text
    stock = {year: numbers(line(text, f"31 December {year}"))[2] for year in (2025, 2027, 2030)}
    assert stock[2027] == pytest.approx(223_102, rel=0.02)
    assert stock[2030] == pytest.approx(211_666, rel=0.02)
    assert numbers(text.splitlines()[-1])[-1] == pytest.approx(stock[2025] - stock[2030], abs=1.5)  # all three rounded


def test_02_puts_two_scenarios_side_by_side(answer):
    text = answer("02_a_second_cut")
    for year in (2026, 2027, 2030, 2035):
        _, kept, cut, more, spent, spent_cut = numbers(line(text, str(year)))
        assert more > 0
        assert more == pytest.approx(cut - kept, abs=1.5)
        assert spent_cut < spent
    assert numbers(text.splitlines()[-1])[2] == numbers(line(text, "2030"))[3]


def test_03_doubles_the_money_and_nearly_the_houses(answer):
    text = answer("03_bsps_doubled")
    for year in (2027, 2030):
        _, money, doubled, houses, more_houses, stock, less, change = numbers(line(text, str(year)).replace("+", ""))
        assert doubled == pytest.approx(2 * money)
        assert 1.85 * houses < more_houses <= 2 * houses + 1  # part of a year's starts finishes in the next
        assert change == pytest.approx(less - stock, abs=1.5)
        assert less < stock


def test_04_names_what_each_region_gets_and_what_binds(answer):
    rows = answer("04_regions_and_limits").splitlines()
    regions = [row for row in rows if re.match(r"63\.\d\d  ", row)]
    assert len(regions) == 13
    assert all(row.split()[-2] == "funds" for row in regions)
    held = [row[:5] for row in regions if row.endswith("capacity")]
    assert f"in {len(held)} regions" in rows[-1]
    assert 0 < len(held) < 13
    assert numbers(rows[-1])[-1] > 50  # percent of all RTLH


def test_05_gives_the_numbers_worked_out_by_hand(answer):
    stock, share = (numbers(row) for row in answer("05_model_on_arrays").splitlines())
    by_hand = [237973.0, 232494.064000, 227270.848712, 222293.978437, 217554.415480, 213043.448006]
    np.testing.assert_allclose(stock, by_hand, rtol=0, atol=1e-6)
    np.testing.assert_allclose(share[::5], [0.790880, 0.821132], rtol=0, atol=1e-6)


def test_06_gives_ranges_and_chances_with_their_errors(answer):
    text = answer("06_how_sure")
    for year, central in ((2027, 223_102), (2030, 211_666)):
        _, _, low, high, _, _, middle, *errors, mean, error, line_of = numbers(line(text, f"31 December {year}"))
        assert low < middle < high
        assert low < mean < high
        assert low < central < high
        assert line_of == pytest.approx(central, rel=0.02)
        assert max(errors) < 0.02 * middle
        assert 0 < error < min(errors)
    rtlh, decent = (line(text, f"ill-{name}-2030").split(" in 2030 ")[1] for name in ("rtlh", "decent"))
    for said in (rtlh, decent):
        chance, error, wanted = numbers(said)[:3]
        assert 0 < chance < 100
        assert 0 < error < 3
        assert wanted == 80
    assert rtlh.endswith("not up to 2035")


def test_07_says_how_little_a_list_shows(answer):
    first, care, last = answer("07_hidden_inflow").splitlines()
    middle, _, low, high = numbers(first)
    assert low < 0 < 200 < middle < 400 < high
    assert "few_points" in care
    growth, _, _, low, high = numbers(last)
    assert low < growth < high
    assert growth == pytest.approx(1.2, abs=0.1)


def test_13_writes_a_page_and_a_workbook(answer, monkeypatch, tmp_path_factory):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("reports")))
    *files, sentence = answer("13_report").splitlines()
    page, workbook = (Path(each) for each in files)
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert workbook.read_bytes().startswith(b"PK")
    assert "RTLH" in sentence
    assert numbers(sentence)[0] == 2027
