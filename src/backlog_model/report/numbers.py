"""Numbers as people write them, in Indonesian or in English; the only place that formats."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Language = Literal["id", "en"]

UNDEFINED = "–"
_INDONESIAN = str.maketrans(",.", ".,")
_DIGITS = 15  # that spreadsheets know of a number
_TOO_LARGE = 1e15  # for decimals that mean anything


def number(value: float, language: Language, *, decimals: int = 0) -> str:
    """A number with its thousands grouped; a dash where it is undefined.

    What lies halfway goes away from zero, as in spreadsheets and in the charts: the same number is the same text
    everywhere. Babel takes longer to load than the whole answer takes to write.

    Examples
    --------
    >>> number(237973.0, "id"), number(43.62, "id", decimals=2), number(43.62, "en", decimals=2)
    ('237.973', '43,62', '43.62')
    >>> number(-0.2, "en"), number(float("nan"), "id")
    ('0', '–')
    >>> number(44.25, "en", decimals=1), number(45.15, "en", decimals=1), number(-0.5, "en")
    ('44.3', '45.2', '-1')
    """
    if not math.isfinite(value):
        return UNDEFINED
    text = f"{_rounded(value, decimals):,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.translate(_INDONESIAN) if language == "id" else text


def _rounded(value: float, decimals: int) -> Decimal | float:
    if abs(value) >= _TOO_LARGE:
        return value
    return Decimal(f"{value:.{_DIGITS}g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def percent(value: float, language: Language, *, decimals: int = 2) -> str:
    """A share as a percentage.

    Examples
    --------
    >>> percent(0.4362, "id"), percent(0.4362, "en")
    ('43,62 %', '43.62 %')
    """
    text = number(100 * value, language, decimals=decimals)
    return text if text == UNDEFINED else f"{text} %"


def signed(value: float, language: Language, *, decimals: int = 0) -> str:
    """A change, with its sign.

    Examples
    --------
    >>> signed(138537.4, "id"), signed(-12.0, "en"), signed(0.0, "en")
    ('+138.537', '-12', '0')
    """
    text = number(value, language, decimals=decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def rounded_to_sum(values: Sequence[float], *, decimals: int = 0) -> list[float]:
    """Values rounded so that the printed ones add up to their printed sum (largest remainder); undefined ones stay.

    Examples
    --------
    >>> rounded_to_sum([1.4, 1.4, 1.2])
    [2.0, 1.0, 1.0]
    """
    scale = 10.0**decimals
    known = [position for position, value in enumerate(values) if math.isfinite(value)]
    whole = {position: math.floor(values[position] * scale + 1e-9) for position in known}
    remainder = {position: values[position] * scale - whole[position] for position in known}
    spare = round(math.fsum(values[position] * scale for position in known)) - sum(whole.values())
    for position in sorted(known, key=lambda each: -remainder[each])[: max(0, spare)]:
        whole[position] += 1
    return [whole[position] / scale if position in whole else value for position, value in enumerate(values)]
