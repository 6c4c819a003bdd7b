"""The HTML report: its order, its numbers, its languages, and what it makes of hostile text."""

import json
import re
from functools import lru_cache
from urllib.parse import unquote

import pytest

import small_scenario
from page_reader import Page, numbers, numbers_in
from report_case import SCENARIOS, dossier, kalsel

pytest.importorskip("jinja2", reason="needs the extra report")
pytest.importorskip("vl_convert", reason="needs the extra report")

from backlog_model.errors import BacklogModelError
from backlog_model.report.charts import drawing
from backlog_model.report.figures.catalogue import figures
from backlog_model.report.page import shown
from backlog_model.report.page.document import html

ORDER = {
    "id": (
        *("Jawaban", "Target dan peluangnya", "Perbandingan skenario", "Kabupaten dan kota", "Pendanaan"),
        *("Yang membatasi", "Daftar asumsi", "Masalah data yang ditemukan", "Metode dalam satu halaman"),
        *("Daftar istilah", "Sidik jari run"),
    ),
    "en": (
        *("The answer", "Targets and their chances", "Scenarios compared", "Kabupaten and kota", "Money"),
        *("What binds", "Register of assumptions", "Data problems found", "The method in a page"),
        *("Glossary", "Fingerprint of the run"),
    ),
}
KINDS = {
    "several": (("baseline", "tkd_cut", "regsosek_rebase"), 60),
    "one": (("baseline",), 60),
    "counted again": (("regsosek_rebase",), 60),
    "central": (("baseline", "tkd_cut"), 0),
}
HOSTILE = ("=1+1", "<script>alert(1)</script>", "@SUM(A1)", "</script><img src=x onerror=alert(1)>", "{{ 7 * 7 }}")


@lru_cache
def made(kind, language):
    names, draws = KINDS[kind]
    found = dossier(kalsel(*names), language, draws=draws)
    return found, html(found)


@lru_cache
def template(draws):
    found = dossier([SCENARIOS / "template" / "scenario.yaml"], draws=draws)
    return found, html(found)


CASES = [(kind, language) for kind in KINDS for language in ("id", "en")]


@pytest.mark.parametrize("language", ["id", "en"])
def test_sections_stand_in_their_order(language):
    assert tuple(Page(made("several", language)[1]).headings) == ORDER[language]


def test_one_scenario_has_nothing_to_compare():
    assert ORDER["id"][2] not in Page(made("one", "id")[1]).headings


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_every_number_that_is_told_stands_in_a_table(kind, language):
    found, text = made(kind, language)
    assert numbers(Page(text).told()) - numbers_in(figures(found)) == set()


@pytest.mark.parametrize("draws", [0, 40])
def test_a_province_with_little_data_has_a_report(draws):
    found, text = template(draws)
    assert numbers(Page(text).told()) - numbers_in(figures(found)) == set()
    assert "nan" not in Page(text).text().lower().split()


def test_the_reader_of_numbers_sees_what_is_in_no_table():
    found, text = made("one", "id")
    tampered = text.replace('<p class="lead">', '<p class="lead">98.765.432 rumah. ')
    assert numbers(Page(tampered).told()) - numbers_in(figures(found)) == {"98.765.432"}


def test_only_what_names_its_origin_is_not_held_against_the_tables():
    origins = {origin for _, origin in Page(made("several", "id")[1]).texts}
    assert origins == {"", "words", "run", "licence"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_answer_is_what_the_first_table_says(language):
    found, text = made("one", language)
    answer = figures(found)["answer"]
    lead = re.search(r'<p class="lead">(.*?)</p>', text)[1]
    for column, year in (("central", 2025), ("central", 2027), ("break_even", 2027), ("effective_handled", 2027)):
        assert answer.shown(column, year=year) in lead
    assert text.count('<span class="what">') == 3


@pytest.mark.parametrize(("language", "word"), [("id", "perubahan definisi"), ("en", "change of definition")])
def test_a_new_count_is_never_told_as_a_trend(language, word):
    found, text = made("counted again", language)
    lead = re.search(r'<p class="lead">(.*?)</p>', text)[1]
    answer = figures(found)["answer"]
    assert word in lead
    assert answer.shown("apart", year=2035).removeprefix("-") in lead
    assert answer.value("revision", year=2035) > 0
    tile = re.search(r'<ul class="tiles">(.*?)</li>', text, re.DOTALL)[1]
    assert answer.shown("central", year=2025) not in tile
    assert answer.shown("apart", year=2027) in tile


@pytest.mark.parametrize(("language", "word"), [("id", "ilustrasi"), ("en", "illustration")])
def test_no_illustration_is_told_as_a_target_adopted(language, word):
    found, text = made("one", language)
    told = " ".join(re.findall(r"<p>(.*?)</p>", text))
    named = {row["subject"]: row["kind"] for row in figures(found)["targets"].records}
    for subject, kind in named.items():
        assert (f"{subject} ({word}, 20" in told) == (kind == word)


def test_ranges_come_with_draws_and_their_error():
    found, text = made("one", "id")
    answer, runs = figures(found)["answer"], figures(found)["runs"]
    said = next(each for each in re.findall(r"<p>(.*?)</p>", text) if "sembilan dari sepuluh" in each)
    assert runs.shown("draws", scenario="baseline") in said
    assert answer.shown("error", year=2027) in said


def test_the_central_run_alone_has_no_ranges_and_says_so():
    _, text = made("central", "id")
    assert "Hanya jalur tengah yang dihitung" in text
    assert "sembilan dari sepuluh simulasi" not in re.search(r"<main.*?Metode dalam", text, re.DOTALL)[0]


def test_is_small_and_fetches_nothing():
    _, text = made("several", "id")
    assert len(text.encode()) < 5_000_000
    page = Page(text)
    addresses = [value for _, attrs in page.elements for name, value in attrs.items() if name in ("href", "src")]
    assert addresses
    assert all(address.startswith(("#", "data:text/csv", "data:,")) for address in addresses)
    policy = next(attrs["content"] for tag, attrs in page.elements if tag == "meta" and "http-equiv" in attrs)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy


def test_each_chart_has_its_table_and_its_files():
    found, text = made("several", "id")
    page = Page(text)
    for name, figure in figures(found).items():
        if figure.chart:
            assert f'id="spec-{name}"' in text
            assert f'download="{name}.csv"' in text
            assert f'class="of-{name} ' in text
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a" and attrs.get("download") == "answer.csv"]
    assert unquote(links[0]).partition(",")[2] == figures(found)["answer"].as_csv()


def test_tables_have_heads_and_captions():
    page = Page(made("several", "id")[1])
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert all("scope" in attrs for tag, attrs in page.elements if tag == "th")


def hostile(folder):
    """A scenario whose every free text is hostile."""
    title, label, note, source, _ = (json.dumps(text) for text in HOSTILE)
    text = small_scenario.SCENARIO.replace("title: Smallest", f"title: {title}")
    text = text.replace("treats: [all]", f"label: {label}\n    treats: [all]")
    value = f"{{value: 20_000_000, note: {note}, source: {source}}}"
    text = text.replace("unit_cost_idr: 20_000_000", f"unit_cost_idr: {value}")
    text += "    grant_idr: {value: 20_000_000, assumption: true, note: '{{ 7 * 7 }}'}\n"
    return small_scenario.write(folder, text)


def test_text_from_a_scenario_stays_text(tmp_path):
    found = dossier([hostile(tmp_path)], draws=0)
    page = Page(html(found))
    read = page.text()
    for text in HOSTILE[1:]:
        assert " ".join(text.split()) in read
    assert {tag for tag, _ in page.elements} & {"img", "iframe", "object", "embed", "form"} == set()
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    kinds = [attrs.get("type") for attrs, _ in page.scripts]
    assert kinds.count(None) == 2
    assert set(kinds) == {None, "application/json"}
    for attrs, content in page.scripts:
        if attrs.get("type"):
            json.loads(content)
            assert "<" not in content


def test_text_from_a_scenario_is_no_formula_in_files(tmp_path):
    found = dossier([hostile(tmp_path)], draws=0)
    page = Page(html(found))
    files = [unquote(attrs["href"]) for tag, attrs in page.elements if tag == "a" and "download" in attrs]
    assert any("'=1+1" in text for text in files)
    assert not any(re.search(r'(^|[,;"\n])[=@]', text.partition(",")[2]) for text in files)


def test_spreadsheets_get_the_marks_of_their_language():
    for language, mark, between in (("id", ",", ";"), ("en", ".", ",")):
        found, _ = made("one", language)
        figure = shown.shown(found, figures(found)["fan_decent_share"])
        address = next(file.address for file in figure.downloads if "excel" in file.file)
        lines = unquote(address).partition(",")[2].removeprefix("\ufeff").split("\r\n")
        assert lines[1].startswith(f'"2024"{between}"77{mark}')


def test_says_which_extra_is_missing(monkeypatch):
    def missing():
        raise BacklogModelError('install the extra report: pip install "backlog-model[report]"')

    drawing.browser_bundle.cache_clear()
    monkeypatch.setattr(drawing, "_converter", missing)
    with pytest.raises(BacklogModelError, match="extra report"):
        html(made("one", "id")[0])
    drawing.browser_bundle.cache_clear()
