"""Numbers and words as people read them, in both languages."""

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.check_words import CHECKS
from backlog_model.report.layout import GAP, WIDTH, paragraph, table
from backlog_model.report.numbers import number, percent, rounded_to_sum, signed
from backlog_model.scenario.vocabulary import AUTHORITIES

PLACED = [
    pytest.param(message, id=f"{position}-{key}")
    for position, catalogue in enumerate((*words.CATALOGUES, CHECKS))
    for key, message in catalogue.items()
]


def placeholders(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (237973.0, 0, "237.973", "237,973"),
        (43.62, 2, "43,62", "43.62"),
        (-3700.4, 0, "-3.700", "-3,700"),
        (-0.004, 2, "0,00", "0.00"),
        (1234567.891, 1, "1.234.567,9", "1,234,567.9"),
        (float("nan"), 0, "–", "–"),
        (float("inf"), 0, "–", "–"),
    ],
)
def test_numbers_follow_the_language(value, decimals, indonesian, english):
    assert number(value, "id", decimals=decimals) == indonesian
    assert number(value, "en", decimals=decimals) == english


def test_numbers_agree_with_the_locale_data_of_babel():
    babel = pytest.importorskip("babel.numbers")
    for value in (0.0, 999.0, 1000.0, -12345.0, 2804.0, 1e9):
        for language in ("id", "en"):
            assert number(value, language) == babel.format_decimal(value, locale=language)


def test_percentages_and_changes():
    assert percent(0.4362, "id") == "43,62 %"
    assert percent(0.4362, "en") == "43.62 %"
    assert percent(float("nan"), "en") == "–"
    assert [signed(value, "id") for value in (2804.0, -2804.0, 0.2, -0.2)] == ["+2.804", "-2.804", "0", "0"]


@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=20), st.sampled_from([0, 1]))
def test_printed_parts_add_up_to_their_printed_sum(values, decimals):
    rounded = rounded_to_sum(values, decimals=decimals)
    step = 10.0**-decimals
    assert sum(rounded) == pytest.approx(sum(values), abs=0.51 * step)
    assert all(abs(after - before) < 1.001 * step for after, before in zip(rounded, values, strict=True))


def test_an_undefined_part_stays_undefined():
    first, second = rounded_to_sum([float("nan"), 1.6])
    assert first != first
    assert second == 2.0


@pytest.mark.parametrize("message", PLACED)
def test_both_languages_say_the_same_things(message):
    assert message.id.strip()
    assert message.en.strip()
    assert placeholders(message.id) == placeholders(message.en)


def test_every_unit_and_authority_has_a_name_in_both_languages():
    for language in ("id", "en"):
        assert all(words.unit(quantity.unit, language) for quantity in QUANTITIES.values())
        assert all(words.part(name, language) for name in AUTHORITIES)


def test_unknown_names_are_kept():
    assert words.source("zakat_kota", "id") == "zakat_kota"
    assert words.part("kab_housing", "en") == "kab_housing"


def test_a_table_gives_way_in_its_widest_text_column():
    lines = table(["what", "2027"], [["a very long name " * 10, "1"], ["short", "22.222"]])
    assert {len(line) <= WIDTH for line in lines} == {True}
    assert lines[1].endswith(f".{GAP}     1")
    assert lines[2].endswith("22.222")


def test_paragraphs_fit_and_keep_words_whole():
    lines = paragraph("kabupaten/kota " * 30, indent="  ")
    assert max(len(line) for line in lines) <= WIDTH
    assert lines[1].startswith("  kabupaten/kota")
