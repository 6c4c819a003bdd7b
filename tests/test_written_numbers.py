"""Which text is a number, and what a planner is told to write instead, case by case."""

import pytest

from backlog_model.scenario.numbers import Scalar, brief, grouping, instead_of_text, is_region_code, scalar

CODE = 'write {bare}, or "{text}" in quotes when it is a code'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("0", 0),
        ("5", 5),
        ("+5", 5),
        ("-5", -5),
        ("1_000", 1000),
        ("1_000.25", 1000.25),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5e3", -500.0),
        ("1e3", 1000.0),
        ("2E-2", 0.02),
        ("9" * 40, 10**40 - 1),  # the longest number
        ("0." + "3" * 38, 1 / 3),
        *((word, word) for word in ("Tanah Laut", "nothing", "tRUE", "-", "+", ".", "...", "12abc", "1__000", "1_")),
        *((word, word) for word in ("2026-01-05", "-x", "+62 511", "5%", "1,5", "63.01.02")),
    ],
)
def test_text_without_quotes(text: str, value: Scalar) -> None:
    read, problem = scalar(text)
    assert problem is None
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("yes", 'yes is read differently by different programs; write true, or "yes" in quotes for text'),
        ("On", 'On is read differently by different programs; write true, or "On" in quotes for text'),
        ("NO", 'NO is read differently by different programs; write false, or "NO" in quotes for text'),
        ("off", 'off is read differently by different programs; write false, or "off" in quotes for text'),
        ("012", f"012 begins with 0; {CODE.format(bare='12', text='012')}; for 0,012 write 0.012"),
        ("00", f"00 begins with 0; {CODE.format(bare='0', text='00')}; for 0,00 write 0.00"),
        ("-007.5", f"-007.5 begins with 0; {CODE.format(bare='-7.5', text='-007.5')}"),
        ("+01e3", f"+01e3 begins with 0; {CODE.format(bare='1e3', text='+01e3')}"),
        ("0x1F", '0x1F is not a decimal number; write it with digits 0 to 9, or "0x1F" in quotes for text'),
        ("-0b1", '-0b1 is not a decimal number; write it with digits 0 to 9, or "-0b1" in quotes for text'),
        ("12:30", '12:30 is read as a number by some programs; write "12:30" in quotes'),
        ("-.inf", "-.inf is not a number; write a number, or leave the line out when it is not known"),
        (".NaN", ".NaN is not a number; write a number, or leave the line out when it is not known"),
        ("1e999", "1e999 is too large for a number"),
        ("-1e999", "-1e999 is too large for a number"),
        ("9" * 41, f"{'9' * 40}… has more than 40 characters; write a shorter number"),
        ("0." + "3" * 39, f"0.{'3' * 38}… has more than 40 characters; write a shorter number"),
    ],
)
def test_text_that_only_looks_like_a_number(text: str, problem: str) -> None:
    assert scalar(text) == (text, problem)


def test_only_long_text_is_cut() -> None:
    assert brief("x" * 39) == "x" * 39
    assert brief("x" * 40) == "x" * 40
    assert brief("x" * 41) == "x" * 40 + "…"


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        *((code, True) for code in ("63.10", "63.10.01", "63.10.01.2004")),
        *((code, False) for code in ("63", "63.1", "063.10", "63.10.1", "63.10.01.204", "x63.10", "63.10 ")),
    ],
)
def test_codes_of_regions(text: str, is_code: bool) -> None:
    assert is_region_code(text) is is_code


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1.234", "write 1234 (or 1.2340 for a number between 1 and 2)"),
        ("2.804", "write 2804 (or 2.8040 for a number between 2 and 3)"),
        ("-2.804", "write -2804 (or -2.8040 for a number between -3 and -2)"),
        ("-1.234", "write -1234 (or -1.2340 for a number between -2 and -1)"),
        ("999.999", "write 999999 (or 999.9990 for a number between 999 and 1000)"),
        ("1.000.000", "write 1000000"),
        ("-1.234.567", "write -1234567"),
        ("1234.567", None),
        ("0.804", None),
        ("1.23", None),
        ("1.2345", None),
        ("1,234", None),
        ("2804", None),
    ],
)
def test_dots_that_could_mark_thousands(text: str, advice: str | None) -> None:
    assert grouping(text) == advice


UNKNOWN = "leave the line out when the number is not known"
SUCH_AS = "expected a number such as 0.05 or 20_000_000"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        *((text, UNKNOWN) for text in ("-", "–", "N/A", "NaN", " none ", "Null", "tidak ada", "TBA", "?", ".nan")),
        ("5%", "write 0.05"),
        ("-5 %", "write -0.05"),
        ("100%", "write 1"),
        ("200000%", "write 2_000"),
        ("1.234,5%", "write 12.345"),
        ("1.2.3%", SUCH_AS),
        ("2.804", "write 2804 (or 2.8040 for a number between 2 and 3)"),
        ("2026", "write 2026 without quotes"),
        ("  7 ", "write 7 without quotes"),
        ("1.5e3", "write 1.5e3 without quotes"),
        ("1,000", "write 1000 (or 1.000 when the comma marks decimals)"),
        ("-1,000", "write -1000 (or -1.000 when the comma marks decimals)"),
        ("1,000,000", "write 1000000"),
        ("1,000.5", "write 1000.5"),
        ("1.234,5", "write 1234.5"),
        ("1.000.000,25", "write 1000000.25"),
        ("-3,5", "write -3.5"),
        ("0,004", "write 0.004"),
        ("rp. 5", "write 5"),
        ("Rp 20.000.000", "write 20_000_000"),
        ("Rp 1_000", "write 1_000"),
        ("IDR 1.5 M", "write 1_500_000_000"),
        ("Rp 0,5", "write 0.5"),
        *((f"2 {word}", "write 2_000") for word in ("rb", "ribu", "RIBU")),
        *((f"12,5{word}", "write 12_500_000") for word in ("jt", " juta")),
        *((f"4 {word}", "write 4_000_000_000") for word in ("m", "miliar", "milyar")),
        *((f"6 {word}", "write 6_000_000_000_000") for word in ("t", "triliun")),
        *((text, SUCH_AS) for text in ("", "  ", "twenty", "12 34", "Rp", "Rp 1.2.3", "5 m.", "1.2.3 jt", "about 5")),
    ],
)
def test_what_to_write_instead_of_text(text: str, advice: str) -> None:
    assert instead_of_text(text) == advice
