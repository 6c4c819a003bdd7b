"""Everything that people read is translated, and said in the language that was asked for."""

import ast
import pickle
import re
from gettext import GNUTranslations
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalogue
from backlog_model import translation
from backlog_model.errors import DataError, Problem, nearest_hint
from backlog_model.translation import Text, either, joined, translated

# Calls whose words reach a user.
SAYING = {
    *(
        "BacklogModelError",
        "InfeasibleError",
        "StoreError",
        "DistributionError",
        "Problem",
        "BadParameter",
        "UsageError",
    ),
    *(
        "BadParameter",
        "UsageError",
        "problem",
        "wrong",
        "_wrong",
        "refuse",
        "refuse_at",
        "warn",
        "add",
        "complain",
        "fail",
    ),
}
# The same in both languages: names, units, and what official forms say in any language.
SAME = {
    *(
        "target",
        "ha",
        "median: {base}",
        "RTLH",
        "Data",
        "data",
        "kabupaten/kota",
        "low, value, high: {error}",
        "rupiah",
    ),
    *("FOLDER", "Jumlah pagu perangkat daerah", "Jumlah sumber dana lain (bukan pagu perangkat daerah)"),
    "Versi dokumen: {version} | Tanggal: .................... | Tahun rencana (n): {planned} | Periode Renstra: "
    "{period} | Keadaan data: akhir {now}",
    "Run {run} [{scenario}]: {title}",
}
# What planners must not find: other words for the terms of the glossary, and loose ones for what has an official name.
WRONG_TERMS = {
    r"rumah (?:yang )?tak layak": "rumah tidak layak huni (RTLH)",
    r"(?<!kawasan )(?:pemukiman|permukiman|daerah|area|wilayah) kumuh": "kawasan (permukiman) kumuh",
    r"backlog (?:hunian|penghunian|pemilikan|kualitas)": "backlog kepenghunian, kepemilikan, kelayakan",
    r"probabilitas|kemungkinan tercapai": "peluang (tercapai)",
    r"break[- ]?even": "titik impas",
    r"gap\b": "kesenjangan",
    r"budget|anggaran indikatif": "pagu (indikatif)",
    r"handover|serah[- ]terima(?! PSU|kan|\b)": "serah terima",
    r"uncertainty|band ketidakpastian": "rentang ketidakpastian",
    r"otoritas": "kewenangan",
    r"forward estimate|perkiraan maju": "prakiraan maju",
    r"self[- ]help|gotong royong": "swadaya",
    r"ragam skenario|senario": "skenario",
}


@pytest.fixture(scope="module", params=catalogue.files(), ids=lambda path: path.parts[-3])
def path(request):
    return request.param


@pytest.fixture(scope="module")
def messages(path):
    return [message for message in catalogue.read(path) if message.id]


def open_places(template):
    return sorted((name, how or "", form) for _, name, form, how in Formatter().parse(template) if name is not None)


def without_places(template):
    return re.sub(r"\{[^{}]*\}", " ", template)


# the catalogues


def test_a_catalogue_holds_what_people_read_and_nothing_else(path, messages):
    held, read = {(message.context, message.id) for message in messages}, set(catalogue.keys())
    assert read - held == set(), "new: run `python tests/catalogue.py`, then translate"
    assert held - read == set(), "gone: run `python tests/catalogue.py`"
    assert not catalogue.read(path).obsolete, (
        "delete what is gone (#~) once its words are used elsewhere, or not at all"
    )


def test_everything_is_translated_with_the_same_places(messages):
    assert [message.id for message in messages if not message.string] == []
    assert [each.id for each in messages if open_places(each.id) != open_places(each.string)] == []
    assert [message.id for message in messages if message.fuzzy] == []


def test_blanks_and_marks_at_the_ends_are_kept(messages):
    for message in messages:
        assert re.match(r"\s*;?,?", message.id)[0] == re.match(r"\s*;?,?", message.string)[0], message.id
        assert re.search(r"\s*$", message.id)[0] == re.search(r"\s*$", message.string)[0], message.id


def test_no_english_is_left_in_the_indonesian():
    messages = [each for each in catalogue.read(catalogue.files()[0]) if each.id and each.context is None]
    english = re.compile(r"\b(?:the|is|are|of|and|or|not|expected|with|which|must|without|there|each|every)\b")
    quoted = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\b\w+: |of:|projection\.\S+|^of:")
    for message in messages:
        assert not english.search(without_places(quoted.sub("", message.string))), message.string


def test_a_translation_differs_from_the_english_but_for_a_few(messages):
    assert {message.id for message in messages if message.string == message.id} <= SAME


def test_terms_of_the_glossary_are_used():
    for message in catalogue.read(catalogue.files()[0]):
        for wrong, right in WRONG_TERMS.items():
            if message.id:
                found = re.search(rf"\b(?:{wrong})", without_places(message.string), re.IGNORECASE)
                assert not found, f"{message.string}: write {right}"


def test_what_is_compiled_is_the_source(path, messages):
    with path.with_suffix(".mo").open("rb") as stream:
        compiled = GNUTranslations(stream)
    said = [
        compiled.pgettext(each.context, each.id) if each.context else compiled.gettext(each.id) for each in messages
    ]
    assert said == [message.string for message in messages], "run `python tests/catalogue.py`"
    assert path.read_bytes() == catalogue.written(catalogue.read(path)), "run `python tests/catalogue.py`"


def test_a_language_needs_a_file_alone(tmp_path, monkeypatch):
    folder = tmp_path / "jv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    monkeypatch.setattr(catalogue, "folder", lambda: tmp_path)
    (folder / "backlog_model.po").write_text("", encoding="utf-8")
    catalogue.main()
    new = catalogue.read(folder / "backlog_model.po")
    for english, string in (("a list", "dhaptar"), ("Households", "Kulawarga")):
        next(each for each in new if each.id == english).string = string
    (folder / "backlog_model.mo").write_bytes(catalogue.compiled(new))
    monkeypatch.setattr(translation, "folder", lambda: tmp_path)
    translation.catalogue.cache_clear()
    translation.languages.cache_clear()
    try:
        assert translation.languages() == ("id", "en", "jv")
        assert translated(Text("a list"), "jv") == "dhaptar"
        assert either("Rumah tangga", "Households", "jv") == "Kulawarga"
        assert either("Perumahan (lokasi)", "Housing estates", "jv") == "Housing estates"
    finally:
        translation.catalogue.cache_clear()
        translation.languages.cache_clear()


def test_no_message_is_said_without_a_template():
    """What is written out where a problem is noted or an error raised is a `Text`, or nobody could translate it."""
    assert [place for path in sorted(catalogue.PACKAGE.rglob("*.py")) for place in said_without_template(path)] == []


def said_without_template(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAYING:
            for argument in (each for each in node.args if is_sentence(each)):
                yield f"{path.relative_to(catalogue.PACKAGE)}:{argument.lineno}"


def is_sentence(node):
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(re.search(r"[a-z]{2,} [a-z]", each) for each in texts)


# texts


def test_a_text_is_its_english_and_keeps_its_template_through_an_exception_and_a_process():
    message = Text("{text!r} is not a year; expected {first} to {last}", text="20x5", first=1990, last=2100)
    assert message == "'20x5' is not a year; expected 1990 to 2100"
    for kept in (str(message), str(ValueError(message)), pickle.loads(pickle.dumps(message))):
        assert translated(kept, "id") == "'20x5' bukan tahun; seharusnya 1990 sampai 2100"


def test_what_is_filled_in_is_translated_too():
    hint = nearest_hint("hevy", ["light", "medium", "heavy"])
    message = joined(["programmes.a.classes", joined(["hevy", hint])], ": ")
    assert message == "programmes.a.classes: hevy; did you mean heavy?"
    assert translated(message, "id") == "programmes.a.classes: hevy; apakah maksudnya heavy?"


def test_errors_say_every_problem_in_a_language():
    error = DataError([Problem("a.csv:2", Text("a list")), Problem("", "plain")])
    assert error.said("id") == "a.csv:2: sebuah daftar\nplain"
    assert error.said("en") == str(error) == "a.csv:2: a list\nplain"


@given(
    fields=st.dictionaries(
        st.sampled_from(["seen", "first", "last", "hint"]),
        st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.just(Text("a list"))),
    ),
    language=st.sampled_from(["id", "en", "xx"]),
)
def test_no_field_breaks_a_translation(fields, language):
    message = Text("".join(f"{{{name}!s}} " for name in fields) + "is {{braced}}", **fields)
    assert isinstance(translated(message, language), str)
    assert translated(joined([message, *map(str, fields.values())], "{}"), "en") == str(
        joined([message, *map(str, fields.values())], "{}")
    )


PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=100)


@given(st.lists(PRINTABLE), PRINTABLE)
def test_joined_is_join(parts, between):
    assert joined(parts, between) == between.join(parts)


@given(st.text(), st.text(min_size=501))
def test_what_was_seen_is_shown_in_letters_that_can_be_seen_and_not_at_any_length(seen, endless):
    assert Text("{seen} here", seen=seen).isprintable()
    assert len(Text("{seen}", seen=endless)) < 6000


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("en", "and 1300 more; `backlog check` tells them all"),
        ("id", "dan 1300 lagi; `backlog check` menyebutkan semuanya"),
    ],
)
def test_what_nobody_reads_to_its_end_is_cut(language, last):
    error = DataError(Problem(f"t.csv:{line}", "wrong") for line in range(1500))
    told = error.said(language).splitlines()
    assert told == [*(f"t.csv:{line}: wrong" for line in range(200)), last]
    assert len(str(error).splitlines()) == 1500
