"""History tables without a slip: sums and ratios exact, growth smooth, one source a year."""

import random

from history_tables import write

CODES = ("63.01", "63.02", "63.03", "63.04", "63.05", "63.10", "63.71")
FIRST = 2015
COUNTS = {
    "households_total": "households",
    "population": "persons",
    "houses_total": "houses",
    "rtlh_stock": "units",
    "units_handled": "units",
}
STEADY = ("households_total", "population", "houses_total", "rtlh_stock")


def clean_rows(seed, regions, years):
    """Rows (year, code, indicator, value, unit, status, note, date) of a province and its regions."""
    chance = random.Random(seed)
    rows = [row for code in CODES[:regions] for row in _region(chance, code, years)]
    for indicator, unit in COUNTS.items():
        for year in range(FIRST, FIRST + years):
            total = sum(row[3] for row in rows if row[0] == year and row[2] == indicator)
            rows.append(_row(year, "63", indicator, total, unit))
    return [*rows, *_slums(chance, years)]


def _row(year, code, indicator, value, unit):
    return year, code, indicator, value, unit, "reported", "", str(year + 1)


def _region(chance, code, years):
    households = chance.uniform(20_000, 300_000)
    growth, size, poverty = chance.uniform(1.002, 1.03), chance.uniform(3.3, 4.3), chance.uniform(3, 9)
    poor, fall = chance.uniform(0.05, 0.25), chance.uniform(0.95, 0.99)
    for place in range(years):
        year, count = FIRST + place, round(households * growth**place)
        stock = round(0.9 * count * poor * fall**place)
        handled = round(stock * chance.uniform(0.02, 0.04)) + 1
        values = (count, round(count * size), round(0.9 * count), stock, handled)
        for (indicator, unit), value in zip(COUNTS.items(), values, strict=True):
            yield _row(year, code, indicator, value, unit)
        yield _row(year, code, "budget", round(handled * 0.02, 3), "Rp billion")
        yield _row(year, code, "poverty_rate", round(poverty * chance.uniform(0.95, 1.05), 2), "percent")


def _slums(chance, years):
    """Hectares of one decree, what is handled of them, what is left, and the printed percent."""
    area, handled = round(chance.uniform(300, 900), 2), 0.0
    for year in range(FIRST, FIRST + years):
        handled = round(handled + area * chance.uniform(0.03, 0.06), 2)
        yield _row(year, "63", "slum_area_provincial", f"{area:.2f}", "ha")
        yield _row(year, "63", "slum_area_handled_cumulative", f"{handled:.2f}", "ha")
        yield _row(year, "63", "slum_area_remaining", f"{area - handled:.2f}", "ha")
        yield _row(year, "63", "slum_handled_share", f"{100 * handled / area:.1f}", "percent")


def slipped(value, factor):
    """The number as it is printed after a slip by a power of ten."""
    return f"{float(value) * factor:.12f}".rstrip("0").rstrip(".")


def swapped(value, place):
    """The number with two neighbouring digits swapped, or nothing where they are equal or a zero would lead."""
    text = str(value)
    if place + 1 >= len(text) or text[place] == text[place + 1] or (place == 0 and text[1] == "0"):
        return None
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def table(folder, rows):
    """The rows as a table; the province and its regions are all there."""
    return write(folder, *rows, name="simulated.csv")
