"""What was published of a stock before the years that are simulated, on the same count alone."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from backlog_model.errors import DataError
from backlog_model.history.declaration import NAME, Ledger, Stock, read_declaration
from backlog_model.history.published import Published, moment
from backlog_model.history.tables import Row, read_table
from backlog_model.quantities import QUANTITIES
from backlog_model.report.dossier import Case
from backlog_model.scenario.paths import Split, Value
from backlog_model.scenario.text_files import LARGEST_FILE, is_file

_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "rtlh_houses": ("rtlh_houses",),
    "decent_share": ("decent_houses", "treated_houses", "rtlh_houses"),
    "ownership_backlog_households": ("ownership_backlog_households",),
    "occupancy_backlog_households": ("households", "decent_houses", "treated_houses", "rtlh_houses"),
    "slum_ha": ("slum_ha",),
    "slum_handled_share": ("slum_handled_ha", "slum_base_ha"),
    "psu_share": ("psu_estates", "psu_handed_over_estates"),
}
"""Opening stocks that the first value of a variable is made of."""
_KNOWN = ("sourced", "derived")
_COUNTED = ("houses", "households")  # what the ledgers of a history count
_EXACT = 0.5


def observed(case: Case, variable: str, part: str) -> dict[int, float]:
    """Published values of the province by year: the opening where it has a source, and earlier counts of its ledger.

    Another list, such as an official tally without inflow, is another count and is never among them.
    """
    opening = case.scenario.years.first - 1
    if not _is_known(case, variable):
        return {}
    found = {opening: case.view.value(variable, opening, part=part)}
    if QUANTITIES[variable].unit not in _COUNTED or part != "total":
        return found
    earlier = _same_ledger(case, opening, found[opening])
    return {year: value for year, value in sorted({**earlier, **found}.items()) if year <= case.view.now}


def _is_known(case: Case, variable: str) -> bool:
    """Whether every provincial stock that the opening rests on has a source."""
    stocks: list[Value | None] = []
    for name in _RESTS_ON.get(variable, ()):
        stock = getattr(case.scenario.opening, name)
        stocks += stock.values() if isinstance(stock, Mapping) else [stock]
    totals = [stock.form.total if isinstance(stock.form, Split) else stock for stock in stocks if stock is not None]
    return bool(totals) and all(total.kind in _KNOWN for total in totals)


def _same_ledger(case: Case, opening: int, value: float) -> dict[int, float]:
    """Other year-end counts of the ledger in which the opening of the scenario stands, of the same indicator."""
    for counts in _ledgers(case.scenario.folder, case.projection.axes.province):
        anchors = [each for each in counts if each[0] == opening and abs(each[2] - value) < _EXACT]
        if anchors:
            indicator = anchors[0][1]
            return {year: count for year, name, count in counts if name == indicator}
    return {}


def _ledgers(folder: Path, province: str) -> tuple[tuple[tuple[int, str, float], ...], ...]:
    """Year, indicator and number of every year-end count in each ledger of the province.

    A history that cannot be read has none: what is wrong with it stands among the findings of the report.
    """
    if not (folder / NAME).is_file():
        return ()
    try:
        declared = read_declaration(folder)
        mine = [each for each in declared.ledgers.values() if each.region == province]
        wanted = {stock.indicator for ledger in mine for stock in ledger.stock}
        files = [file for file in sorted((folder / declared.tables).glob("*.csv")) if _names_any(file, wanted)]
        published = Published(row for file in files for row in read_table(file)[0])
        return tuple(tuple(_counts(ledger, published)) for ledger in mine)
    except DataError:
        return ()


def _names_any(file: Path, indicators: Collection[str]) -> bool:
    """Whether a table holds any of these indicators: the others need not be read."""
    if not is_file(file) or file.stat().st_size > LARGEST_FILE:
        return False
    text = file.read_text(encoding="utf-8", errors="replace")
    return any(indicator in text for indicator in indicators)


def _counts(ledger: Ledger, published: Published) -> Iterator[tuple[int, str, float]]:
    for stock in ledger.stock:
        row = published.one(stock, ledger.region, by=ledger.region)
        year = _year_end(stock, row)
        if year is not None:
            yield year, stock.indicator, row.amount


def _year_end(stock: Stock, row: Row) -> int | None:
    """The year at whose end a count was true; None for a count within a year."""
    when = moment(stock.as_of or str(row.year)) - 1.0
    return round(when) if abs(when - round(when)) < 1e-6 else None
