"""Checks of slum areas against the authority named: below 10 ha, 10 to 15 ha, 15 ha and more (Law 23/2014)."""

import re
from collections.abc import Iterator

from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.measures import AREA
from backlog_model.history.tables.relations import AUTHORITIES, TARGET, Authority
from backlog_model.translation import Text

__all__ = ["areas_of_authorities"]

_LIMIT = re.compile(r"authority_(min|max)_ha_.*")
_SLUM = re.compile(r"(slum|kumuh|kawasan)")
_OF_A_PART = re.compile(r"handled|treated|remaining|done|target|planned|proposed|identified")
_SINGLE = re.compile(r"\b(single|one|satu|1) (priority |slum )?(area|kawasan|site)\b", re.IGNORECASE)
_OF_ONE_AREA = re.compile(r"(^|_)(kawasan|slum_area_of_one|single_slum)(_|$)")
_LISTED = re.compile(r"\b(\d[\d,]*) (slum )?(areas|kawasan)\b", re.IGNORECASE)
_NAMED = re.compile(r"kawasan\b", re.IGNORECASE)


def areas_of_authorities(figures: Figures) -> Iterator[Finding]:
    """Slum areas, and lists by their mean area, that another authority is in charge of."""
    for row in figures:
        if _LIMIT.fullmatch(row.indicator):
            yield from _wrong_limit(row)
            continue
        authority = _authority(row)
        if authority is None or row.measure.dimension != AREA or not _SLUM.search(row.indicator):
            continue
        counts = _counts(row, figures)
        if counts is not None:
            yield from _wrong_area(row, authority, *counts)


def _authority(row: Row) -> Authority | None:
    """The authority that the indicator names: none where it names all or another kind of works."""
    named = [authority for authority in AUTHORITIES if authority.words.search(row.indicator)]
    return named[0] if len(named) == 1 and "by_" not in row.indicator else None


def _counts(row: Row, figures: Figures) -> tuple[float, Row | None] | None:
    """How many areas the hectares stand for, and the row that says so."""
    listed = re.sub(r"(slum|kumuh)_(area|ha)(?=_|$)", r"\1_areas", row.indicator)
    beside = [each for each in figures.named(listed, row.code, row.year) if each.unit == "areas" and each.value > 0]
    if beside:
        return beside[0].value, beside[0]
    if _SINGLE.search(row.note) or _OF_ONE_AREA.search(row.indicator) or _NAMED.match(row.region):
        return 1.0, None
    said = _LISTED.search(row.note)
    return (float(said[1].replace(",", "")), None) if said and float(said[1].replace(",", "")) > 0 else None


def _wrong_area(row: Row, authority: Authority, count: float, beside: Row | None) -> Iterator[Finding]:
    mean = row.amount / count
    slack = row.rounding * row.measure.scale / count
    low, high = mean < authority.lowest_ha, mean >= authority.below_ha
    part = low and (_OF_A_PART.search(row.indicator) or TARGET.search(row.indicator))
    if not (low or high) or (part and count > 1):  # parts of several areas may well be small
        return
    right = next(each for each in AUTHORITIES if each.lowest_ha <= mean < each.below_ha)
    stated, size = _stated(row, count), _size(authority)
    message = Text(
        "{area} is no area of {authority}, which has {size}", area=stated, authority=authority.name, size=size
    )
    reading = Text("by size an area of {authority}, or the hectares or the authority are wrong", authority=right.name)
    rows = [row, *([beside] if beside is not None else [])]
    rounded = high and mean - slack < authority.below_ha
    level = "warning" if part or rounded else None
    yield compared(message, reading, rows, code="authority_and_area", level=level)


def _stated(row: Row, count: float) -> str:
    """The hectares as written, and of a list of areas their mean."""
    written = f"{figure(row.value)} {row.unit}"
    if count <= 1:
        return written
    areas, mean = figure(count), f"{figure(row.amount / count, 2)} ha"
    return Text("{written} / {areas} areas = {mean}", written=written, areas=areas, mean=mean)


def _size(authority: Authority) -> str:
    lowest, below = figure(authority.lowest_ha), figure(authority.below_ha)
    if authority.below_ha == float("inf"):
        return Text("those of {lowest} ha and more", lowest=lowest)
    return Text("those from {lowest} to below {below} ha", lowest=lowest, below=below)


def _wrong_limit(row: Row) -> Iterator[Finding]:
    authority = _authority(row)
    if authority is None:
        return
    expected = authority.lowest_ha if "_min_" in row.indicator else authority.below_ha
    if abs(row.amount - expected) > 1e-9 * max(expected, 1.0):
        seen, likely = f"{figure(row.value)} {row.unit}", f"{figure(expected)} ha"
        message = Text(
            "{indicator} is {seen}, but the law says {likely}", indicator=row.indicator, seen=seen, likely=likely
        )
        yield compared(message, Text("likely {likely}", likely=likely), [row], code="authority_and_area")
