"""Checks of figures against the figures they come from: sums, percents, overlapping concepts."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from backlog_model.history.relations import (
    ADDITIVE_UNITS,
    BACKLOG_TOTAL,
    CHANGE_SUFFIX,
    DIVISIONS,
    DONE,
    DONE_TOTAL,
    OVERLAPPING,
    PARTS,
    RATIOS,
    SAME,
)
from backlog_model.history.tables import NATIONAL, Finding, Row, best, compared, figure, grouped

_SMALL_SHIFT = 0.01  # of a percent: which base was meant, rather than a wrong figure


def named(rows: Sequence[Row], indicator: str, code: str) -> list[Row]:
    """Rows of one indicator and region."""
    return [row for row in rows if row.indicator == indicator and row.code == code]


def base_rows(rows: Sequence[Row], indicator: str, code: str, year: int) -> list[Row]:
    """What was stated last, up to this year; a base worked out from the percent itself would prove nothing."""
    stated = [row for row in named(rows, indicator, code) if row.firm and row.year <= year]
    return [row for row in stated if row.year == max(each.year for each in stated)]


def parts_and_totals(rows: Sequence[Row]) -> Iterator[Finding]:
    """Totals that are not the sum of their parts."""
    for relation in PARTS:
        for code, year in dict.fromkeys((row.code, row.year) for row in rows if row.indicator in relation.parts):
            totals = base_rows(rows, relation.total, code, year)
            parts = [[row for row in named(rows, name, code) if row.year == year] for name in relation.parts]
            if totals and all(parts):
                yield from _wrong_sum(best(totals), [best(each) for each in parts])
    for group in grouped(rows, lambda row: (row.year, row.code, row.program, row.funding, row.unit)).values():
        for division in DIVISIONS:
            yield from _divided(group, division)


def _divided(group: Sequence[Row], division: Sequence[str]) -> Iterator[Finding]:
    stems = {row.indicator: [_without(row.indicator, word) for word in division] for row in group}
    for stem in dict.fromkeys(stem for stems_of_row in stems.values() for stem in stems_of_row if stem):
        parts = [[row for row in group if stems[row.indicator][place] == stem] for place in range(len(division))]
        totals = [row for row in group if row.indicator in (stem, f"{stem}_total", f"total_{stem}", f"{stem}_all")]
        if totals and all(parts):
            yield from _wrong_sum(best(totals), [best(each) for each in parts])


def _without(indicator: str, word: str) -> str | None:
    """Indicator without a word of a division: psu_not_handed_over_estates is no part by the name of handed_over."""
    bare = re.sub(rf"(^|_)(?<!not_){word}(_|$)", "_", indicator)
    return None if bare == indicator else bare.strip("_")


def _wrong_sum(total: Row, parts: Sequence[Row]) -> Iterator[Finding]:
    added = sum(part.value for part in parts)
    slack = total.rounding + sum(part.rounding for part in parts)
    if abs(added - total.value) > slack + 1e-9 * abs(total.value):
        terms = " + ".join(figure(part.value) for part in parts)
        message = f"parts do not make the total: {terms} = {figure(added)}, not {figure(total.value)}"
        reading = f"either the total is {figure(added)} or a part is off by {figure(abs(added - total.value))}"
        yield compared(message, reading, [total, *parts])


def regions_and_province(rows: Sequence[Row], regions: frozenset[str]) -> Iterator[Finding]:
    """Provincial figures below the sum of the regions given, or above it although every region is given."""
    additive = [row for row in rows if row.unit in ADDITIVE_UNITS and not row.doubted and row.code != NATIONAL]
    same = grouped(additive, lambda row: (row.year, row.planned, *row.series[1:], row.code.partition(".")[0]))
    for group in same.values():
        totals = [row for row in group if "." not in row.code]
        by_region = grouped((row for row in group if "." in row.code), lambda row: row.code)
        parts = [best(each) for each in by_region.values()]
        if not totals or len(parts) < 2:
            continue
        added, total = sum(part.value for part in parts), best(totals)
        complete = {part.code for part in parts} >= {code for code in regions if code.startswith(total.code)}
        if added > total.value or complete:
            yield from _wrong_sum(total, parts)


def percents(rows: Sequence[Row]) -> Iterator[Finding]:
    """Printed percents that the figures beside them do not give."""
    for relation in RATIOS:
        for share in [row for row in rows if row.indicator == relation.share and row.unit == "percent"]:
            wholes = [row for name in relation.wholes for row in base_rows(rows, name, share.code, share.year)]
            wholes = [whole for whole in wholes if whole.value > whole.rounding]
            for part in _evidence(rows, relation.parts, share):
                yield from _wrong_percent(share, part, wholes, complement=False)
            for rest in _evidence(rows, relation.rests, share):
                yield from _wrong_percent(share, rest, wholes, complement=True)


def _evidence(rows: Sequence[Row], indicators: Sequence[str], share: Row) -> list[Row]:
    """Figures of the year that the percent can come from; of equal ones that with the widest rounding."""
    found = [row for name in indicators for row in named(rows, name, share.code) if row.year == share.year]
    stated = grouped((row for row in found if row.status != "derived"), lambda row: row.value)
    return [max(each, key=lambda row: row.rounding) for each in stated.values()]


def _wrong_percent(share: Row, part: Row, wholes: Sequence[Row], complement: bool) -> Iterator[Finding]:
    near = [_percents(part, whole, complement) for whole in wholes]
    if not wholes or any(_prints_as(share, low, high) for low, _, high in near):
        return
    plain = [percent for _, percent, _ in near]
    found = [_division(part, whole, percent, share, complement) for whole, percent in zip(wholes, plain, strict=True)]
    message = f"{share.text} % is printed, but {' and '.join(dict.fromkeys(found))}"
    closest = min(abs(percent - share.value) for percent in plain)
    level = "warning" if closest < _SMALL_SHIFT * abs(share.value) else None
    ordered = sorted([share, part, *wholes], key=lambda row: not row.doubted)
    yield compared(message, _fitting(share, part, wholes[0], complement), ordered, level=level)


def _division(part: Row, whole: Row, percent: float, share: Row, complement: bool) -> str:
    left = "1 - " if complement else ""
    return f"{left}{figure(part.value)} / {figure(whole.value)} = {figure(percent, _decimals(share))} %"


def _fitting(share: Row, part: Row, whole: Row, complement: bool) -> str:
    fraction = 1 - share.value / 100 if complement else share.value / 100
    if fraction <= 0:
        return "no base gives it"
    base = figure(part.value / fraction, _decimals(whole))
    fit = figure(whole.value * fraction, _decimals(part))
    return f"a base of {base}, or {fit} of {figure(whole.value)}, would give {share.text} %: state the base"


def _decimals(row: Row) -> int:
    return len(row.text.partition(".")[2])


def _percents(part: Row, whole: Row, complement: bool) -> tuple[float, float, float]:
    """Lowest, plain and highest percent that the rounded figures allow."""
    pairs = [(0.0, 0.0), (-part.rounding, whole.rounding), (part.rounding, -whole.rounding)]
    shares = [100 * (part.value + up) / (whole.value + down) for up, down in pairs]
    plain = [100 - share for share in shares] if complement else shares
    return min(plain), plain[0], max(plain)


def _prints_as(share: Row, low: float, high: float) -> bool:
    """Whether a percent from low to high can be printed like this, rounded or (as often in the press) cut off."""
    step = 10.0 ** -_decimals(share)
    towards_zero = (0.0, step) if share.value >= 0 else (-step, 0.0)
    lowest, highest = share.value + min(-step / 2, towards_zero[0]), share.value + max(step / 2, towards_zero[1])
    return high >= lowest - 1e-9 and low <= highest + 1e-9


def changes(rows: Sequence[Row]) -> Iterator[Finding]:
    """Printed percent changes that the figures of the two years do not give."""
    for change in rows:
        if not change.indicator.endswith(CHANGE_SUFFIX) or change.unit != "percent":
            continue
        both = named(rows, change.indicator.removesuffix(CHANGE_SUFFIX), change.code)
        before = [row for row in both if row.year == change.year - 1 and row.value > row.rounding]
        for old, new in product(before, [row for row in both if row.year == change.year]):
            low, plain, high = (each - 100 for each in _percents(new, old, complement=False))
            if not _prints_as(change, low, high):
                likely = figure(plain, _decimals(change))
                message = f"{change.text} % is printed, but {figure(new.value)} after {figure(old.value)} is {likely} %"
                level = "warning" if abs(plain - change.value) < _SMALL_SHIFT * abs(change.value) else None
                reading = f"expected {likely}, unless one of the two amounts was rounded"
                yield compared(message, reading, [change, new, old], level=level)


def overlapping_concepts(rows: Sequence[Row]) -> Iterator[Finding]:
    """Sums of backlogs of different kinds: the same household can be in each of them."""
    for group in grouped(rows, lambda row: (row.year, row.code)).values():
        concepts = {name: [row for row in group if form.fullmatch(row.indicator)] for name, form in OVERLAPPING.items()}
        single = [row for each in concepts.values() for row in each]
        together = [*combinations(concepts.values(), 2), tuple(concepts.values())]
        sums = [parts for chosen in together for parts in product(*chosen)]
        for total in [row for row in group if row not in single]:
            made = next((parts for parts in sums if abs(sum(row.value for row in parts) - total.value) < 0.5), None)
            if made is not None and total.unit == made[0].unit:
                terms = " + ".join(f"{figure(row.value)} ({row.indicator})" for row in made)
                message = f"{figure(total.value)} = {terms} adds backlogs of different kinds"
                yield compared(message, _NOT_A_NEED, [total, *made])
            elif BACKLOG_TOTAL.fullmatch(total.indicator):
                yield compared(f"{total.indicator} adds backlogs of different kinds", _NOT_A_NEED, [total])


_NOT_A_NEED = "they overlap, so that the sum is no number of households: keep each by itself"


def one_quantity_two_names(rows: Sequence[Row]) -> Iterator[Finding]:
    """Two names of one quantity with different values."""
    for one, other in SAME:
        for row in [row for row in rows if row.indicator == one]:
            for twin in [twin for twin in named(rows, other, row.code) if twin.year == row.year]:
                if abs(row.value - twin.value) > row.rounding + twin.rounding:
                    later = best([row, twin])
                    message = f"{one} {figure(row.value)} and {other} {figure(twin.value)} are the same quantity"
                    reading = f"use the later statement, {figure(later.value)} ({later.source_date})"
                    yield compared(message, reading, [row, twin], level="warning")


def programmes_and_total(rows: Sequence[Row]) -> Iterator[Finding]:
    """Totals of finished houses that the reports of single programmes already exceed."""
    reported = [row for row in rows if row.indicator in DONE and row.status == "reported"]
    for total in rows:
        if total.indicator != DONE_TOTAL or not total.program.startswith("all") or total.status == "derived":
            continue
        inside = [row for row in reported if row.year == total.year and row.code.startswith(total.code)]
        paid = [row for row in inside if total.funding in ("all", row.funding)]
        parts = [row for row in paid if _scope(row) != _scope(total)]
        least = sum(_least_done(each, total.code) for each in grouped(parts, lambda row: row.funding).values())
        if least > total.value + total.rounding:
            seen = figure(total.value)
            message = f"single programmes report {figure(least)} finished houses, but their total says {seen}"
            reading = f"likely {figure(least)}" if total.funding != "all" else f"take {seen} as a lower bound"
            yield compared(message, reading, [total, *parts], level="warning")


def _scope(row: Row) -> tuple[str, str, str]:
    return row.code, row.program, row.funding


def _least_done(rows: Sequence[Row], code: str) -> float:
    """Houses that one source of money finished at least: its own total, its programmes, or its regions."""
    programmes = grouped(rows, lambda row: (row.code, row.program))
    done = {key: _programme_done(each) for key, each in programmes.items()}
    own = [value for (where, program), value in done.items() if where == code and program.startswith("all")]
    by_programme = sum(value for (where, program), value in done.items() if where == code and program[:3] != "all")
    by_region = sum(value for (where, _), value in done.items() if where != code)
    return max([*own, by_programme, by_region])


def _programme_done(rows: Sequence[Row]) -> float:
    """Houses of one programme: figures of one statement add up, statements do not."""
    by_statement = grouped(rows, lambda row: (row.indicator, row.source, row.source_date))
    return max(sum({row.text: row.value for row in each}.values()) for each in by_statement.values())
