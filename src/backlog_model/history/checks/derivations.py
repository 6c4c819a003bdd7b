"""Checks of derived figures against the arithmetic that their notes write down."""

import re
from collections.abc import Iterator

from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.measures import MONEY
from backlog_model.history.tables.relations import ROUNDED
from backlog_model.translation import Text

__all__ = ["derived_figures", "worked_out"]

_TOLERANCE = 0.001  # what the rounding of the figures in a note may shift its result by
_HALF = 0.5  # whole numbers are printed rounded, also where they are written 193.0
_MULTIPLES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "percent": 0.01, "%": 0.01}
_SAYS_MULTIPLE = re.compile(r"thousand|million|billion|trillion")
_MORE_THAN_ARITHMETIC = re.compile(r"overhead|held|residual|share of|at least|spread", re.IGNORECASE)
_CLAUSE = re.compile(r"^(.*?)(?:;|: |\. |\.$| = |, (?=[a-z])|$)", re.IGNORECASE)
_ASIDE = re.compile(r"\((?![^()]* [-+/x] )[^()]*[A-Za-z][^()]*\)")
_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?![\d-])|(?P<sign>[-+/x](?= )|[()])|(?P<word>[A-Za-z%][\w%./-]*)|(?P<odd>\S)"
)


def derived_figures(figures: Figures) -> Iterator[Finding]:
    """Derived figures that the arithmetic in their notes does not give; a note in plain words says nothing."""
    for row in figures:
        result = worked_out(row.note) if row.status == "derived" else None
        if result is None or _MORE_THAN_ARITHMETIC.search(row.note) or ROUNDED.search(row.note):
            continue
        if not any(_near(row, abs(result) * multiple) for multiple in _multiples(row)):
            seen, clause = f"{figure(row.value)} {row.unit}", _CLAUSE.match(row.note)[1]  # type: ignore[index]
            message = Text("{seen} is derived, but its note works out {result}", seen=seen, result=figure(result))
            reading = Text("work it out again: {clause}", clause=clause)
            yield compared(message, reading, [row], code="derived_and_note", level="warning")


def _multiples(row: Row) -> tuple[float, ...]:
    """What a result may be multiplied by to be in the unit of the figure."""
    if row.unit.startswith("percent"):
        return 1.0, 100.0
    money = row.measure.dimension.startswith(MONEY) and not _SAYS_MULTIPLE.search(row.note)
    # Rp billion divided by houses, without saying so, is Rp billion a house; the figure is in million.
    return (1.0, 1 / row.measure.scale, *((1e3,) if money else ()))


def _near(row: Row, result: float) -> bool:
    rounding = max(row.rounding, _HALF if abs(row.value) >= 10 and row.value.is_integer() else 0.0)
    return abs(abs(row.value) - result) <= rounding + _TOLERANCE * abs(row.value)


def worked_out(note: str) -> float | None:
    """Result of the arithmetic that opens a note, or nothing where it is no plain arithmetic.

    Words are read over, and so are asides in brackets; a number that no sign joins to the others makes it plain text.

    Examples
    --------
    >>> worked_out("Rp 26 billion / 1,500 units"), worked_out("76,023 x (1 - 0.5), rounded")
    (17333333.333333332, 38011.5)
    >>> worked_out("116 in 2019-2024") is None, worked_out("Plan of 2024 taken as finished") is None
    (True, True)
    """
    clause = _CLAUSE.match(note)
    text = _ASIDE.sub(" ", re.sub(r"(?<=\d),(?=\d{3}\b)", "", clause[1] if clause else ""))
    tokens = _tokens(text)
    if tokens is None or not any(token in ("+", "-", "/", "x") for token in tokens):
        return None
    result, rest = _sum(tokens)
    return result if not rest else None


def _tokens(text: str) -> list[float | str] | None:
    """Numbers, signs and brackets, each number with its multiple; nothing where something else is in between."""
    tokens: list[float | str] = []
    for found in _TOKEN.finditer(text):
        if found["number"]:
            tokens.append(float(found["number"]))
        elif found["sign"]:
            tokens.append(found["sign"])
        elif found["odd"]:
            return None
        elif found["word"] in _MULTIPLES and tokens and isinstance(tokens[-1], float):
            tokens[-1] *= _MULTIPLES[found["word"]]
    return tokens


def _sum(tokens: list[float | str]) -> tuple[float | None, list[float | str]]:
    result, rest = _product(tokens)
    while result is not None and rest and rest[0] in ("+", "-"):
        sign = rest[0]
        term, rest = _product(rest[1:])
        result = None if term is None else result + term if sign == "+" else result - term
    return result, rest


def _product(tokens: list[float | str]) -> tuple[float | None, list[float | str]]:
    result, rest = _term(tokens)
    while result is not None and rest and rest[0] in ("x", "/"):
        sign = rest[0]
        term, rest = _term(rest[1:])
        result = None if not term else result * term if sign == "x" else result / term
    return result, rest


def _term(tokens: list[float | str]) -> tuple[float | None, list[float | str]]:
    if not tokens:
        return None, []
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, float):
        return first, rest
    if first == "(":
        result, rest = _sum(rest)
        return (result, rest[1:]) if rest and rest[0] == ")" else (None, rest)
    return None, rest
