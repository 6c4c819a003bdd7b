"""How numbers are written: which text is a number, which only looks like one, and the right way to write it."""

import math
import re
from decimal import Decimal

from backlog_model.translation import Text

Scalar = int | float | bool | str | None

_WHOLE = r"(?:0|[1-9]\d*(?:_\d+)*)"
_INTEGER = re.compile(rf"[+-]?{_WHOLE}")
_DECIMAL = re.compile(rf"[+-]?(?:{_WHOLE}\.?|{_WHOLE}?\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
_COMMA_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3}(?:\.?\d{3})*,\d+|[+-]?\d+,\d+")
_PERCENT = re.compile(r"([+-]?[\d.,]+)\s*%")
_MONEY = re.compile(r"(?:(?:rp|idr)\.?)?\s*([\d.,_]+)\s*(rb|ribu|jt|juta|m|miliar|milyar|t|triliun)?", re.IGNORECASE)
_SCALE = {"r": 10**3, "j": 10**6, "m": 10**9, "t": 10**12}
_UNKNOWN = {"-", "–", "n/a", "na", "nan", "none", "null", "tidak ada", "tba", "?", ".nan"}
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_YES_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_LONGEST = 40

_LEADING_ZERO = re.compile(r"[+-]?0[\d_]+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_OTHER_BASE = re.compile(r"[+-]?0[xXoObB][\da-fA-F_]+")
_CLOCK = re.compile(r"[+-]?\d+(?::[0-5]?\d)+(?:\.\d*)?")
_NOT_FINITE = re.compile(r"[+-]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_REGION_CODE = re.compile(r"\d{2}(?:\.\d{2}){1,2}(?:\.\d{4})?")


def scalar(text: str) -> tuple[Scalar, str | None]:
    """Value of text written without quotes, and what is wrong with it, if anything.

    Examples
    --------
    >>> scalar("20_000_000"), scalar("1.5e-3"), scalar("true"), scalar("Tanah Laut")
    ((20000000, None), (0.0015, None), (True, None), ('Tanah Laut', None))
    >>> scalar("012")[1]
    '012 begins with 0; write 12, or "012" in quotes when it is a code; for 0,012 write 0.012'
    """
    if text in _NULL:
        return None, None
    if text in _TRUTH:
        return _TRUTH[text], None
    if not (text[0].isdigit() or text[0] in "+-."):
        return text, _yes_or_no(text)
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
        return _number(text)
    return text, _trap(text)


def _number(text: str) -> tuple[Scalar, str | None]:
    if len(text) > _LONGEST:
        return text, Text(
            "{text}… has more than {longest} characters; write a shorter number", text=text[:_LONGEST], longest=_LONGEST
        )
    plain = text.replace("_", "")
    if _INTEGER.fullmatch(text):
        return int(plain), None
    value = float(plain)
    return (value, None) if math.isfinite(value) else (text, Text("{text} is too large for a number", text=text))


def _yes_or_no(text: str) -> str | None:
    truth = _YES_NO.get(text.lower())
    return truth and Text(
        '{text} is read differently by different programs; write {truth}, or "{text}" in quotes for text',
        text=text,
        truth=truth,
    )


def _trap(text: str) -> str | None:
    if _LEADING_ZERO.fullmatch(text):
        bare = ("-" if text[0] == "-" else "") + (text.lstrip("+-0_") or "0")
        digits = text.lstrip("+-")
        comma = Text("; for 0,{digits} write 0.{digits}", digits=digits) if digits.isdigit() else ""
        return Text(
            '{text} begins with 0; write {bare}, or "{text}" in quotes when it is a code{comma}',
            text=text,
            bare=bare,
            comma=comma,
        )
    if _OTHER_BASE.fullmatch(text):
        return Text(
            '{text} is not a decimal number; write it with digits 0 to 9, or "{text}" in quotes for text', text=text
        )
    if _CLOCK.fullmatch(text):
        return Text('{text} is read as a number by some programs; write "{text}" in quotes', text=text)
    if _NOT_FINITE.fullmatch(text):
        return Text("{text} is not a number; write a number, or leave the line out when it is not known", text=text)
    return None


def brief(text: str) -> str:
    """Text as shown in a message, cut when it is long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def is_region_code(text: str) -> bool:
    """Whether text has the form of an official region code below the province, such as 63.10."""
    return _REGION_CODE.fullmatch(text) is not None


def grouping(text: str) -> str | None:
    """What to write instead of a number whose dots could mark thousands; None when they cannot.

    Examples
    --------
    >>> grouping("2.804"), grouping("0.004"), grouping("345.03")
    ('write 2804 (or 2.8040 for a number between 2 and 3)', None, None)
    """
    if not _GROUPED.fullmatch(text):
        return None
    whole = text.replace(".", "")
    if text.count(".") > 1:
        return Text("write {whole}", whole=whole)
    first = int(text.split(".")[0])
    low, high = (first, first + 1) if first >= 0 else (first - 1, first)
    return Text(
        "write {whole} (or {text}0 for a number between {low} and {high})", whole=whole, text=text, low=low, high=high
    )


def instead_of_text(text: str) -> str:
    """What to write where a number is expected and text was found.

    Examples
    --------
    >>> instead_of_text("5%"), instead_of_text("345,029"), instead_of_text("Rp 20 jt")
    ('write 0.05', 'write 345029 (or 345.029 when the comma marks decimals)', 'write 20_000_000')
    >>> instead_of_text("2026"), instead_of_text("3,5"), instead_of_text("about 5")
    ('write 2026 without quotes', 'write 3.5', 'expected a number such as 0.05 or 20_000_000')
    """
    text = text.strip()
    percent, money = _PERCENT.fullmatch(text), _MONEY.fullmatch(text)
    if text.lower() in _UNKNOWN:
        return Text("leave the line out when the number is not known")
    if percent and (share := _amount(percent[1])) is not None:
        return Text("write {written}", written=_written(share / 100))
    if (grouped := grouping(text)) is not None:
        return grouped
    if type(scalar(text)[0]) in (int, float):
        return Text("write {text} without quotes", text=text)
    if _COMMA_GROUPED.fullmatch(text):
        other = (
            Text(" (or {plain} when the comma marks decimals)", plain=text.replace(",", "."))
            if text.count(",") == 1
            else ""
        )
        return Text("write {plain}{other}", plain=text.replace(",", ""), other=other if "." not in text else "")
    if _DECIMAL_COMMA.fullmatch(text):
        return Text("write {plain}", plain=text.replace(".", "").replace(",", "."))
    if money and (amount := _amount(money[1])) is not None:
        return Text("write {written}", written=_written(amount * _SCALE[money[2][0].lower()] if money[2] else amount))
    return Text("expected a number such as 0.05 or 20_000_000")


def _amount(text: str) -> Decimal | None:
    """Number in Indonesian or machine writing."""
    if _GROUPED.fullmatch(text) or _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    text = text.replace("_", "")
    return Decimal(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text) else None


def _written(amount: Decimal) -> str:
    plain = format(amount.normalize(), "f")
    return f"{int(plain):_}" if "." not in plain else plain
