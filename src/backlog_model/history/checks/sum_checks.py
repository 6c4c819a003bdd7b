"""Checks of sums: parts and totals, regions and province, overlapping concepts, programmes."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from backlog_model.history.checks.figures import Figures
from backlog_model.history.checks.slips import explained
from backlog_model.history.tables import NATIONAL, Row, best, compared, grouped
from backlog_model.history.tables.findings import Finding, figure
from backlog_model.history.tables.relations import (
    ADDITIVE_UNITS,
    ADDS_UP,
    BACKLOG_TOTAL,
    CLOSED_LEDGER,
    DIVISIONS,
    DONE,
    DONE_TOTAL,
    OVERLAPPING,
    PARTS,
    SAME,
)
from backlog_model.translation import Text


def parts_and_totals(figures: Figures) -> Iterator[Finding]:
    """Totals that are not the sum of their parts."""
    for relation in PARTS:
        dated = (row for row in figures if row.indicator in relation.parts)
        for code, year in dict.fromkeys((row.code, row.year) for row in dated):
            totals = figures.stated_last(relation.total, code, year)
            parts = [figures.named(name, code, year) for name in relation.parts]
            if totals and all(parts):
                yield from _wrong_sum(best(totals), [best(each) for each in parts])
    for group in grouped(figures, lambda row: (row.year, row.code, row.program, row.funding, row.unit)).values():
        for division in DIVISIONS:
            yield from _divided(group, division)


def _divided(group: Sequence[Row], division: Sequence[str]) -> Iterator[Finding]:
    """Totals of one group of figures whose parts are told apart by the words of a division."""
    parts: dict[str, dict[str, list[Row]]] = {}
    for row in group:
        for word in division:
            stem = _without(row.indicator, word)
            if stem:
                parts.setdefault(stem, {}).setdefault(word, []).append(row)
    totals = grouped(group, lambda row: row.indicator) if parts else {}
    for stem, by_word in parts.items():
        names = (stem, f"{stem}_total", f"total_{stem}", f"{stem}_all")
        whole = [row for name in names for row in totals.get(name, ())]
        if whole and len(by_word) == len(division):
            yield from _wrong_sum(best(whole), [best(by_word[word]) for word in division])


@lru_cache(maxsize=4096)
def _without(indicator: str, word: str) -> str | None:
    """Indicator without a word of a division: psu_not_handed_over_estates is no part by the name of handed_over."""
    bare = re.sub(rf"(^|_)(?<!not_){word}(_|$)", "_", indicator)
    return None if bare == indicator else bare.strip("_")


def _wrong_sum(total: Row, parts: Sequence[Row]) -> Iterator[Finding]:
    added = sum(part.value for part in parts)
    slack = total.rounding + sum(part.rounding for part in parts)
    if abs(added - total.value) > slack + 1e-9 * abs(total.value):
        terms = " + ".join(figure(part.value) for part in parts)
        message = Text(
            "parts do not make the total: {terms} = {added}, not {value}",
            terms=terms,
            added=figure(added),
            value=figure(total.value),
        )
        off = figure(abs(added - total.value))
        reading = Text("either the total is {added} or a part is off by {off}", added=figure(added), off=off)
        slip = explained(total, parts, slack)
        yield compared(message, slip or reading, [total, *parts], code="parts_and_total")


def regions_and_province(figures: Figures) -> Iterator[Finding]:
    """Provincial figures below the sum of the regions given, or above it although every region is given."""
    additive = (row for row in figures if row.unit in ADDITIVE_UNITS and not row.doubted and row.code != NATIONAL)
    same = grouped(additive, lambda row: (row.year, row.planned, *row.series[1:], row.province))
    for group in same.values():
        totals = [row for row in group if "." not in row.code]
        by_region = grouped((row for row in group if "." in row.code), lambda row: row.code)
        if totals and by_region:
            yield from _wrong_province(best(totals), [best(each) for each in by_region.values()], figures.regions)


def _wrong_province(total: Row, parts: Sequence[Row], regions: frozenset[str]) -> Iterator[Finding]:
    given = {part.code for part in parts}
    stated = any(ADDS_UP.search(part.note) for part in parts)
    complete = len(parts) > 1 and given >= {code for code in regions if code.startswith(total.code)}
    if sum(part.value for part in parts) > total.value or complete or stated:
        yield from _wrong_sum(total, parts)


def overlapping_concepts(figures: Figures) -> Iterator[Finding]:
    """Sums of backlogs of different kinds: the same household can be in each of them."""
    for group in figures.by_code_and_year.values():
        forms = OVERLAPPING.values()
        kinds = [[row for row in group if form.fullmatch(row.indicator)] for form in forms]
        named = [row for row in group if not any(form.fullmatch(row.indicator) for form in forms)]
        sums = _sums(kinds) if named else {}
        for total in named:
            parts = sums.get((round(total.amount), total.unit), ())
            if parts:
                terms = " + ".join(f"{figure(row.value)} ({row.indicator})" for row in parts)
                yield _overlap(f"{figure(total.value)} = {terms}", [total, *parts])
            elif BACKLOG_TOTAL.fullmatch(total.indicator):
                yield _overlap(total.indicator, [total])


def _overlap(what: str, rows: Sequence[Row]) -> Finding:
    message = Text("{what} adds backlogs of different kinds", what=what)
    reading = Text("they overlap, so that the sum is no number of households: keep each by itself")
    return compared(message, reading, rows, code="overlapping_concepts")


def _sums(kinds: Sequence[Sequence[Row]]) -> dict[tuple[int, str], tuple[Row, ...]]:
    """What two or three kinds add up to; of figures stated several times one is enough."""
    single = [list({row.amount: row for row in reversed(rows)}.values())[-_STATEMENTS:] for rows in kinds]
    sums: dict[tuple[int, str], tuple[Row, ...]] = {}
    for chosen in (*combinations(single, 2), tuple(single)):
        for parts in product(*chosen):
            sums.setdefault((round(sum(row.amount for row in parts)), parts[0].unit), parts)
    return sums


_STATEMENTS = 20  # different values of one kind for one region and year that are tried in a sum


def one_quantity_two_names(figures: Figures) -> Iterator[Finding]:
    """Two names of one quantity with different values."""
    for one, other in SAME:
        for row in (row for row in figures if row.indicator == one):
            for twin in figures.named(other, row.code, row.year):
                if abs(row.value - twin.value) > row.rounding + twin.rounding:
                    yield _two_values(row, twin)


def _two_values(row: Row, twin: Row) -> Finding:
    seen, other = f"{row.indicator} {figure(row.value)}", f"{twin.indicator} {figure(twin.value)}"
    message = Text("{seen} and {other} are the same quantity", seen=seen, other=other)
    later = best([row, twin])
    reading = Text(
        "use the later statement, {value} ({source_date})",
        value=figure(later.value),
        source_date=later.source_date or Text("no date"),
    )
    if "derived" in (row.status, twin.status):
        reading = Text("say of each what it counts, and use one of them throughout")
    return compared(message, reading, [row, twin], code="disagreement", level="warning")


def closed_ledgers(figures: Figures) -> Iterator[Finding]:
    """Stocks left that are the stock less what was handled: nobody counted what came in."""
    for remaining in (row for row in figures if row.indicator in CLOSED_LEDGER.left and row.status == "reported"):
        where = remaining.code, remaining.year
        stocks = [row for name in CLOSED_LEDGER.stock for row in figures.named(name, *where)]
        handled = [row for name in CLOSED_LEDGER.handled for row in figures.named(name, *where)]
        left = {stock.value - done.value: (stock, done) for stock, done in product(stocks, handled) if done.value > 0}
        if remaining.value in left:
            stock, done = left[remaining.value]
            terms = f"{figure(remaining.value)} = {figure(stock.value)} - {figure(done.value)}"
            message = Text("{terms} is a subtraction", terms=terms)
            reading = Text("nobody counted what came in: show it beside the stock, never fit to it")
            rows = [remaining, stock, done]
            yield compared(message, reading, rows, code="closed_ledger", level="warning")


def programmes_and_total(figures: Figures) -> Iterator[Finding]:
    """Totals of finished houses that the reports of single programmes already exceed."""
    reported = [row for row in figures if row.indicator in DONE and row.status == "reported"]
    inside = _by_scope(reported)
    for total in figures:
        if total.indicator != DONE_TOTAL or not total.program.startswith("all") or total.status == "derived":
            continue
        paid = [row for row in inside.get((total.code, total.year), ()) if total.funding in ("all", row.funding)]
        parts = [row for row in paid if _scope(row) != _scope(total)]
        least = sum(_least_done(each, total.code) for each in grouped(parts, lambda row: row.funding).values())
        if least > total.value + total.rounding:
            yield _too_few(total, parts, least)


def _too_few(total: Row, parts: Sequence[Row], least: float) -> Finding:
    seen, likely = figure(total.value), figure(least)
    message = Text(
        "single programmes report {likely} finished houses, but their total says {seen}", likely=likely, seen=seen
    )
    reading = Text("likely {likely}", likely=likely)
    if total.funding == "all":
        reading = Text("take {seen} as a lower bound", seen=seen)
    return compared(message, reading, [total, *parts], code="programmes_and_total", level="warning")


def _by_scope(rows: Sequence[Row]) -> dict[tuple[str, int], list[Row]]:
    """Rows of each region and year with those of the regions within it."""
    inside: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        codes = row.code.split(".")
        for length in range(1, len(codes) + 1):
            inside.setdefault((".".join(codes[:length]), row.year), []).append(row)
    return inside


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
