"""The guides in both languages: what they show is what the package prints, and they tell the same."""

import re
import shlex
import shutil
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

import backlog_model as bm
from backlog_model import store
from backlog_model.cli import backlog as command_group
from shown import blocks, not_printed, prose, texts

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDES = {"id": DOCS / "panduan", "en": DOCS / "guide"}
PAGES = [path for folder in GUIDES.values() for path in sorted(folder.glob("*.md"))]
PAIRS = list(zip(*(sorted(folder.glob("*.md")) for folder in GUIDES.values()), strict=True))
ALL = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
NUMBER = re.compile(r"(?<![\w.])\d[\d.,_]*\d|(?<![\w.])\d")
SMALL = 20  # numbers of steps, chapters and parts are words


def name_of(path):
    return path.relative_to(DOCS).as_posix()


def read(path):
    return path.read_text(encoding="utf-8")


def language_of(path):
    return next(language for language, folder in GUIDES.items() if path.parent == folder)


def numbers(text, language):
    """Numbers of a text, written as Python writes them."""
    decimal, grouped = {"id": (",", "."), "en": (".", ",")}[language]
    return {found.replace(grouped, "").replace(decimal, ".").replace("_", "") for found in NUMBER.findall(text)}


def commands(page):
    """Commands that a page tells to type, in their words."""
    return [shlex.split(line)[1:] for text in texts(page, "sh") for line in text.splitlines()]


@pytest.fixture
def here(tmp_path):
    """A folder with the scenarios, as in the repository."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    return tmp_path


@pytest.fixture(autouse=True)
def nothing_chosen(backlog, monkeypatch):
    """As the pages are read: no language is chosen for all commands."""
    monkeypatch.delenv("BACKLOG_LANG")


# what is shown


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_what_a_page_shows_is_what_its_commands_print(path, here, backlog):
    found, asked, printed = [], None, ""
    for block in blocks(read(path)):
        if block.language == "yaml":
            place = block.text.splitlines()[0].removeprefix("# ")
            (here / place).write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            asked, printed = block.text.splitlines()[-1], ""
        elif block.language == "text":
            if not printed:
                code, printed, problems = backlog(*shlex.split(asked)[1:])
                assert (code, problems) == (3 if "salah" in asked else 0, "")
            found += not_printed(block.text, printed)
    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_scenario_shown_is_one(path, here):
    for text in texts(read(path), "yaml"):
        place = here / text.splitlines()[0].removeprefix("# ")
        place.write_text(text, encoding="utf-8")
        if place.stem == "salah":
            with pytest.raises(bm.ScenarioError, match="did you mean assumption"):
                bm.load_scenario(place)
        else:
            assert bm.load_scenario(place).title.en


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_told_is_one(path):
    for name, *arguments in commands(read(path)):
        command_group.commands[name].make_context(name, arguments)
    known = {option for each in command_group.commands.values() for option in options(each)}
    told = set(re.findall(r"`(--[a-z-]+)", re.sub(r"```.*?```", "", read(path), flags=re.DOTALL)))
    assert told - known - {"--help", "--no-index", "--find-links"} == set()  # the last two belong to pip


def options(command):
    return [option for each in command.params if isinstance(each, click.Option) for option in each.opts]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_number_said_is_shown_in_the_guide(path):
    language, pages = language_of(path), [read(page) for page in path.parent.glob("*.md")]
    shown = {number for page in pages for text in texts(page, "text") for number in numbers(text, language)}
    shown |= {number for page in pages for text in texts(page, "yaml") for number in numbers(text, "en")}
    said = {number for number in numbers(prose(read(path)), language) if float(number) > SMALL}
    years = {str(year) for year in range(2020, 2036)}
    assert said - shown - years - ELSEWHERE == set()


ELSEWHERE = {
    "80",  # the chance wanted of every target of the baseline
    *("86", "2017"),  # Permendagri 86/2017
    "31900",  # about 31,907 of the administrative list: docs/kalsel_past.md
}


def test_numbers_told_from_elsewhere_are_those_of_the_package():
    targets = bm.load_scenario(ROOT / "scenarios" / "kalsel" / "baseline.yaml").targets
    assert {f"{100 * target.probability:g}" for target in targets.values()} == {"80"}
    assert "31,907" in read(DOCS / "kalsel_past.md")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pictures_shown_are_of_the_baseline_as_it_is(path):
    baseline = bm.load_scenario(ROOT / "scenarios" / "kalsel" / "baseline.yaml")
    run = store.described(baseline, draws=2000, seed=1, design="latin_hypercube")
    for picture in re.findall(r"^!\[[^\]]+\]\(([^)]+)\)", read(path), flags=re.MULTILINE):
        assert run.run_id in read(path.parent / picture), f"{picture}: make it again with the command beside it"


# both languages


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1].stem)
def test_both_guides_have_the_same_chapters(pair):
    first, second = (read(path) for path in pair)
    assert pair[0].stem.split("_")[0] == pair[1].stem.split("_")[0]
    assert [block.language for block in blocks(first)] == [block.language for block in blocks(second)]
    assert texts(first, "yaml") == texts(second, "yaml")
    assert [len(heading) for heading in headings(first)] == [len(heading) for heading in headings(second)]
    assert [name for name, *_ in commands(first)] == [name for name, *_ in commands(second)]
    assert numbers(prose(first), "id") == numbers(prose(second), "en")
    for path, other in (pair, pair[::-1]):
        assert f"](../{other.parent.name}/{other.name})" in read(path).splitlines()[2]


def headings(page):
    return re.findall(r"^(#+) ", re.sub(r"```.*?```", "", page, flags=re.DOTALL), flags=re.MULTILINE)


def test_the_guides_say_the_terms_that_the_package_says():
    terms = ("rentang ketidakpastian", "peluang tercapai", "titik impas", "sumber dana", "kebutuhan dana")
    text = " ".join(read(path) for path in GUIDES["id"].glob("*.md")).lower()
    assert [term for term in terms if term not in text] == []


# the manual as a whole


def test_every_page_is_in_the_index():
    listed = [
        line.strip()
        for tree in re.findall(r"^```\{toctree\}\n(.*?)^```$", read(DOCS / "index.md"), flags=re.MULTILINE | re.DOTALL)
        for line in tree.splitlines()
        if line and not line.startswith(":")
    ]
    pages = [path.relative_to(DOCS).with_suffix("").as_posix() for path in ALL if path != DOCS / "index.md"]
    assert [page for page in pages if not any(fnmatch(page, entry) for entry in listed)] == []
    assert [entry for entry in listed if not any(fnmatch(page, entry) for page in pages)] == []


@pytest.mark.parametrize("folder", GUIDES.values(), ids=GUIDES)
def test_every_chapter_is_in_the_contents_of_its_guide(folder):
    linked = re.findall(r"^\| \[[^\]]+\]\(([^)]+)\)", read(folder / "index.md"), flags=re.MULTILINE)
    assert linked == sorted(path.name for path in folder.glob("[0-9]*.md"))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_link_leads_somewhere(path):
    text = re.sub(r"```.*?```|`[^`]*`", "", read(path), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("#", "https://"))]
    assert [link for link in links if not (path.parent / link.split("#")[0]).exists()] == []


def test_every_public_name_is_in_the_reference():
    page = read(DOCS / "reference" / "api.md")
    named = set(re.findall(r"^\.\. auto(?:function|class|exception):: ([A-Za-z_]+)", page, flags=re.MULTILINE))
    assert set(bm.__all__) - named == set()


def test_the_python_of_the_reference_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(texts(read(DOCS / "reference" / "api.md"), "python")[0], {})
    assert "2027" in capsys.readouterr().out
