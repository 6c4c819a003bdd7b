"""Checks of printed percents against the figures they come from."""

from collections.abc import Iterator, Sequence
from itertools import product

from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared, grouped
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.measures import PERCENT
from backlog_model.history.tables.relations import CHANGE_SUFFIX, CHANGES, RATIOS
from backlog_model.translation import Text, joined

__all__ = ["changes", "percents"]

_SMALL_SHIFT = 0.01  # of a percent: which base was meant, rather than a wrong figure
_STATEMENTS = 4  # different values of one figure that a percent is held against


def percents(figures: Figures) -> Iterator[Finding]:
    """Printed percents that the figures beside them do not give."""
    for relation in RATIOS:
        for share in (row for row in figures if row.indicator == relation.share and row.measure.dimension == PERCENT):
            stated = (_distinct(figures.stated_last(name, share.code, share.year)) for name in relation.wholes)
            wholes = [whole for rows in stated for whole in rows if whole.value > whole.rounding]
            for part in _evidence(figures, relation.parts, share):
                yield from _wrong_percent(share, part, wholes, complement=False)
            for rest in _evidence(figures, relation.rests, share):
                yield from _wrong_percent(share, rest, wholes, complement=True)


def _evidence(figures: Figures, indicators: Sequence[str], share: Row) -> list[Row]:
    """Figures of the year that the percent can come from."""
    stated = (figures.named(name, share.code, share.year) for name in indicators)
    return _distinct([row for rows in stated for row in rows if row.status != "derived"])


def _distinct(rows: Sequence[Row]) -> list[Row]:
    """One row of each value, that with the widest rounding: an outlet that repeats a figure adds nothing."""
    by_value = list(grouped(rows, lambda row: row.value).values())
    return [max(each, key=lambda row: row.rounding) for each in by_value[:_STATEMENTS]]


def _wrong_percent(share: Row, part: Row, wholes: Sequence[Row], complement: bool) -> Iterator[Finding]:
    near = [_percents(part, whole, complement) for whole in wholes]
    if not wholes or any(_prints_as(share, low, high) for low, _, high in near):
        return
    plain = [percent for _, percent, _ in near]
    found = [_division(part, whole, percent, share, complement) for whole, percent in zip(wholes, plain, strict=True)]
    divisions = list(dict.fromkeys(found))
    message = Text(
        "{printed} is printed, but {divisions}", printed=_printed(share), divisions=joined(divisions, Text(" and "))
    )
    closest = min(abs(percent - share.amount) for percent in plain)
    level = "warning" if closest < _SMALL_SHIFT * abs(share.amount) else None
    ordered = sorted([share, part, *wholes], key=lambda row: not row.doubted)
    reading = _fitting(share, part, wholes[0], complement)
    yield compared(message, reading, ordered, code="percent_and_ratio", level=level)


def _division(part: Row, whole: Row, percent: float, share: Row, complement: bool) -> str:
    left = "1 - " if complement else ""
    return f"{left}{figure(part.value)} / {figure(whole.value)} = {figure(percent, _percent_decimals(share))} %"


def _fitting(share: Row, part: Row, whole: Row, complement: bool) -> str:
    fraction = 1 - share.amount / 100 if complement else share.amount / 100
    if fraction <= 0:
        return Text("no base gives it")
    base = figure(part.value / fraction, _decimals(whole))
    fit = figure(whole.value * fraction, _decimals(part))
    return Text(
        "a base of {base}, or {fit} of {value}, would give {printed}: state the base",
        base=base,
        fit=fit,
        value=figure(whole.value),
        printed=_printed(share),
    )


def _decimals(row: Row) -> int:
    return len(row.text.partition(".")[2])


def _percent_decimals(share: Row) -> int:
    return max(_decimals(share) - (2 if share.unit == "share" else 0), 0)


def _printed(share: Row) -> str:
    return f"{share.text} {'%' if share.unit == 'percent' else share.unit}"


def _percents(part: Row, whole: Row, complement: bool) -> tuple[float, float, float]:
    """Lowest, plain and highest percent that the rounded figures allow."""
    pairs = [(0.0, 0.0), (-part.rounding, whole.rounding), (part.rounding, -whole.rounding)]
    shares = [100 * (part.value + up) / (whole.value + down) for up, down in pairs]
    plain = [100 - share for share in shares] if complement else shares
    return min(plain), plain[0], max(plain)


def _prints_as(share: Row, low: float, high: float) -> bool:
    """Whether a percent from low to high can be printed like this, rounded or (as often in the press) cut off."""
    step, printed = 10.0 ** -_percent_decimals(share), share.amount
    towards_zero = (0.0, step) if printed >= 0 else (-step, 0.0)
    lowest, highest = printed + min(-step / 2, towards_zero[0]), printed + max(step / 2, towards_zero[1])
    return high >= lowest - 1e-9 and low <= highest + 1e-9


def changes(figures: Figures) -> Iterator[Finding]:
    """Printed percent changes that the figures of the two years do not give."""
    for change in figures:
        if not change.indicator.endswith(CHANGE_SUFFIX) or change.measure.dimension != PERCENT:
            continue
        for amount in (change.indicator.removesuffix(CHANGE_SUFFIX), CHANGES.get(change.indicator, "")):
            before = figures.named(amount, change.code, change.year - 1)
            after = figures.named(amount, change.code, change.year)
            for old, new in product([row for row in _distinct(before) if row.value > row.rounding], _distinct(after)):
                yield from _wrong_change(change, old, new)


def _wrong_change(change: Row, old: Row, new: Row) -> Iterator[Finding]:
    low, plain, high = (each - 100 for each in _percents(new, old, complement=False))
    if not _prints_as(change, low, high):
        likely = figure(plain, _percent_decimals(change))
        level = "warning" if abs(plain - change.amount) < _SMALL_SHIFT * abs(change.amount) else None
        message = Text(
            "{printed} is printed, but {new} after {old} is {likely} %",
            printed=_printed(change),
            new=figure(new.value),
            old=figure(old.value),
            likely=likely,
        )
        reading = Text("expected {likely}, unless one of the two amounts was rounded", likely=likely)
        yield compared(message, reading, [change, new, old], code="percent_and_ratio", level=level)
