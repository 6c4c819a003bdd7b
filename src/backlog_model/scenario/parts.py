"""The parts of a value: a number, numbers by year, a distribution; for all regions or one by one."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from backlog_model.errors import nearest_hint
from backlog_model.scenario.distribution_numbers import DistributionError
from backlog_model.scenario.distributions import DISTRIBUTIONS, Distribution, parse_distribution
from backlog_model.scenario.nodes import Node, leaves, plain
from backlog_model.scenario.numbers import brief, grouping, instead_of_text
from backlog_model.scenario.paths import Changes, Everywhere, Form, Part, Points, Regional
from backlog_model.scenario.reading import Reading, wrong_number
from backlog_model.scenario.tables import Entry
from backlog_model.scenario.units import FACTOR, GROWTH, Unit
from backlog_model.translation import Text, joined

# Parameters of distributions that are not in the unit of the field.
_SHAPES = {"sigma", "dispersion", "probability", "weight", "a", "b"}


def points(node: Node, path: str, unit: Unit, reading: Reading) -> Points | float:
    """Numbers by year of a mapping from years, or ranges of years, to numbers."""
    if not node.is_mapping or not node.entries:
        reading.refuse(node, path, Text('expected numbers by year, such as {{2026: 10, "2027-2029": 12}}'))
        return math.nan
    by_year: dict[int, float] = {}
    for key, entry in node.entries.items():
        here = f"{path}.{key}"
        number = reading.number(entry, here, unit)
        for year in _years(key, entry, here, reading):
            if year in by_year:
                reading.findings.add(entry.start, here, Text("{year} stands twice", year=year))
            by_year[year] = number
    return _points(by_year)


def _points(by_year: dict[int, float]) -> Points | float:
    years = tuple(sorted(by_year))
    return Points(years, tuple(by_year[year] for year in years)) if years else math.nan


def _years(key: str, entry: Node, path: str, reading: Reading) -> range:
    first, dash, last = key.replace(" ", "").replace("–", "-").partition("-")
    start = reading.year(entry, path, first)
    end = reading.year(entry, path, last) if dash else start
    if start is None or end is None:
        return range(0)
    if end < start:
        reading.findings.add(
            entry.start, path, Text("{key} runs backwards; write {end}-{start}", key=key, end=end, start=start)
        )
    return range(start, end + 1)


def growth(node: Node | None, path: str, reading: Reading) -> float:
    """Growth a year after the last number written; 0 when not given."""
    number = reading.number(node, f"{path}.growth", GROWTH) if node is not None else 0.0
    return 0.0 if math.isnan(number) else number


def distribution(node: Node, path: str, unit: Unit, reading: Reading) -> Distribution | float:
    """Distribution written in a mapping, other keys set aside; NaN, with a problem noted, when it cannot be read."""
    own = {key: entry for key, entry in node.entries.items() if key in DISTRIBUTIONS or key == "truncate"}
    mapping = Node(node.place, own, key_place=node.key_place)
    if _has_wrong_numbers(mapping, path, unit, reading):
        return math.nan
    try:
        read = parse_distribution(plain(mapping), unit.natural_limits)
    except DistributionError as error:
        at = tuple(step if isinstance(step, int) else str(step) for step in error.at)
        here = ".".join([path, *(str(step) for step in at)])
        reading.refuse(mapping.below(at), here, str(error))
        return math.nan
    central = read.central()
    return math.nan if math.isnan(reading.checked(central, Node(node.place, central), path, unit)) else read


def _has_wrong_numbers(mapping: Node, path: str, unit: Unit, reading: Reading) -> bool:
    """Whether something in a distribution is written in a way that could be misread; each is noted."""
    wrong = False
    for steps, leaf in leaves(mapping):
        problem = _wrong_parameter(leaf, str(steps[-1]), unit)
        if problem is not None:
            reading.refuse(leaf, ".".join([path, *(str(step) for step in steps)]), problem)
        wrong = wrong or problem is not None or leaf.is_refused
    return wrong


def _wrong_parameter(leaf: Node, name: str, unit: Unit) -> str | None:
    if isinstance(leaf.content, str):
        return Text(
            "{content!r} is not a number; {advice}", content=brief(leaf.content), advice=instead_of_text(leaf.content)
        )
    if leaf.content is None:
        return Text("no value given; write a number")
    grouped = grouping(leaf.text) if unit.whole and name not in _SHAPES else None
    return grouped and Text(
        "{text} is read as {number:g} {words}; {grouped}",
        text=leaf.text,
        number=plain(leaf),
        words=unit.words,
        grouped=grouped,
    )


def part(node: Node, path: str, unit: Unit, reading: Reading) -> Part:
    """What is written for one region: a number, numbers by year, or a distribution."""
    if not node.is_mapping:
        return reading.number(node, path, unit)
    keys = set(node.entries)
    if keys & set(DISTRIBUTIONS):
        _only(node, path, {*DISTRIBUTIONS, "truncate"}, reading)
        return distribution(node, path, unit, reading)
    if "table" not in keys and all(key[:4].isdigit() for key in keys):
        return points(node, path, unit, reading)
    _only(node, path, {"table", "growth"}, reading)
    if "table" not in keys:
        reading.refuse(node, path, Text("expected a number, a table by year or a distribution"))
        return math.nan
    numbers = points(node.entries["table"], f"{path}.table", unit, reading)
    return growing(numbers, growth(node.entries.get("growth"), path, reading))


def growing(numbers: Part, rate: float) -> Part:
    """The same numbers by year, the last of them growing."""
    return replace(numbers, growth=rate) if isinstance(numbers, Points) else numbers


def _only(node: Node, path: str, known: Iterable[str], reading: Reading) -> None:
    for key, entry in node.entries.items():
        if key not in known:
            reading.unknown_key(entry, f"{path}.{key}", tuple(sorted(known)))


def regional(node: Node, path: str, unit: Unit, reading: Reading, *, whole: bool = True) -> Form:
    """What is written region by region; every region exactly once when `whole`."""
    if not node.is_mapping or not node.entries:
        reading.refuse(node, path, Text('expected numbers by region, such as {{"63.01": 10, "63.02": 12}}'))
        return Everywhere(math.nan)
    for code, entry in node.entries.items():
        if reading.codes is not None and code not in reading.codes:
            reading.findings.add(
                entry.start,
                path,
                Text("unknown region {code}{hint}", code=code, hint=nearest_hint(code, reading.codes)),
            )
    if whole:
        _all_regions(node, path, tuple(node.entries), reading)
    columns = tuple(part(entry, f"{path}.{code}", unit, reading) for code, entry in node.entries.items())
    return Regional(tuple(node.entries), columns)


def _all_regions(node: Node, path: str, codes: tuple[str, ...], reading: Reading) -> None:
    missing = [code for code in reading.codes or () if code not in codes]
    if missing:
        more = Text(" and {count} more", count=len(missing) - 6) if len(missing) > 6 else ""
        few = joined([", ".join(missing[:6]), more])
        reading.findings.add(node.start, path, Text("no number for region {few}; expected every region once", few=few))


def from_rows(node: Node, path: str, unit: Unit, reading: Reading, *, whole: bool = True) -> Form:
    """What the rows of a long table say about this place."""
    return _by_region(reading.rows(node, path), _column, node, path, unit, reading, whole=whole)


def estimated(node: Node, path: str, unit: Unit, reading: Reading, *, whole: bool = True) -> Form:
    """What the past says about this place: rows of a long table with their ranges, each drawn as `range`."""
    return _by_region(reading.rows(node, path, key="estimated"), _range, node, path, unit, reading, whole=whole)


def _by_region(
    rows: tuple[Entry, ...],
    column: Callable[[list[Entry], str, Unit, Reading], Part],
    node: Node,
    path: str,
    unit: Unit,
    reading: Reading,
    *,
    whole: bool,
) -> Form:
    by_region: dict[str, list[Entry]] = {}
    for row in rows:
        by_region.setdefault(row.region, []).append(row)
    columns = {code: column(entries, path, unit, reading) for code, entries in by_region.items()}
    province = reading.regions.province_code if reading.regions is not None else None
    if province in columns and (len(columns) == 1 or reading.codes == (province,)):
        return Everywhere(columns[province])
    if province in columns:
        start = by_region[province][0].start
        message = Text("rows for the province ({province}) beside rows for its regions; keep either", province=province)
        reading.findings.add(start, path, message)
        del columns[province]
    if whole and rows:
        _all_regions(node, path, tuple(columns), reading)
    return Regional(tuple(columns), tuple(columns.values())) if columns else Everywhere(math.nan)


def _range(rows: list[Entry], path: str, unit: Unit, reading: Reading) -> Part:
    """The estimate of one region, with its range."""
    row = rows[0]
    if len(rows) > 1 or row.year is not None:
        reading.findings.add(
            row.start, path, Text("region {region}: an estimate is one row, with an empty year", region=row.region)
        )
        return math.nan
    value = _checked_row(row, path, unit, reading)
    if math.isnan(value):
        return math.nan
    if row.low is None or row.high is None:
        reading.findings.add(row.start, path, Text("low and high are empty; an estimate has a range"))
        return math.nan
    if row.low == value == row.high:
        return value
    try:
        return parse_distribution({"range": [row.low, value, row.high]}, unit.natural_limits)
    except DistributionError as error:
        reading.findings.add(row.start, path, Text("low, value, high: {error}", error=str(error)))
        return math.nan


def _column(rows: list[Entry], path: str, unit: Unit, reading: Reading) -> float | Points:
    numbers = {row.year: _checked_row(row, path, unit, reading) for row in rows}
    if None not in numbers:
        return _points({year: number for year, number in numbers.items() if year is not None})
    if len(numbers) > 1:
        place = next(row.start for row in rows if row.year is None)
        message = Text(
            "region {region}: a row for every year (empty year) beside rows for years; keep either",
            region=rows[0].region,
        )
        reading.findings.add(place, path, message)
    return numbers[None]


def _checked_row(row: Entry, path: str, unit: Unit, reading: Reading) -> float:
    problem = wrong_number(row.value, row.text, unit)
    if problem is None:
        return row.value
    reading.findings.add(row.value_place, path, Text("column value: {problem}", problem=problem))
    return math.nan


def changes(node: Node, path: str, unit: Unit, reading: Reading) -> Changes:
    """Numbers for some years: a number for all of them, numbers by year, or the rows of a table."""
    if "csv" in node.entries:
        _only(node, path, ("csv",), reading)
        form = from_rows(node.entries["csv"], path, unit, reading, whole=False)
        codes = form.codes if isinstance(form, Regional) else None
        return Changes(codes, tuple(each for each in form.parts() if isinstance(each, float | Points)))
    if node.is_mapping:
        return Changes(None, (points(node, path, unit, reading),))
    return Changes(None, (reading.number(node, path, unit),))


def factors(node: Node, path: str, reading: Reading) -> Changes:
    """Factors for some years."""
    return changes(node, path, FACTOR, reading)
