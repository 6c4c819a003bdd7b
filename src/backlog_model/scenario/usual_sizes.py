"""Slips of unit: numbers that mean something out of the usual, such as a budget that buys every house at once.

Each number is turned into what it means (a price of a house, a share of a stock, houses that a budget buys) and held
against a range wide enough for any province: a slip of a thousand or a million, or percent written for a share, falls
out of it. Ranges are orders of magnitude, not judgments; what falls out is a warning, never an error.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from backlog_model.scenario import usual as bounds
from backlog_model.scenario.checking import Checking, unread, values_in
from backlog_model.scenario.paths import Everywhere, Split, Value
from backlog_model.scenario.programmes import Programme
from backlog_model.scenario.schema import Target
from backlog_model.scenario.sizes import Sizes
from backlog_model.scenario.usual import Usual
from backlog_model.translation import Text

_TREATED = {"slum": "slum_ha", "new_houses": "ownership", "finance": "ownership", "estates": "psu_estates"}
_MONEY_TARGETS = ("budget_idr", "spent_idr")


class Implied(NamedTuple):
    """A number of a scenario and what it means."""

    path: str
    where: str
    number: float
    meant: float
    usual: Usual

    @property
    def excess(self) -> float:
        """How many times it lies outside the usual: 1 or less where it does not."""
        if self.meant == 0.0:
            return 0.0
        return max(self.usual.low / self.meant, self.meant / self.usual.high)


def warn_of_slips(checking: Checking) -> None:
    """Warn of every number that means something out of the usual, at most once a place.

    What contradicts itself is refused already; what it means cannot be told.
    """
    if checking.reading.findings.problems():
        return
    worst: dict[str, Implied] = {}
    for found in implied(checking):
        if found.excess > 1.0 and found.excess > worst.get(found.path, found._replace(meant=0.0)).excess:
            worst[found.path] = found
    for found in worst.values():
        message = Text(
            "{number:_.10g} ({where}) means {meant:_.4g} {meaning}; usually {low:_.4g} to {high:_.4g}: is it written "
            "in thousands, millions (juta), billions (miliar) or percent?",
            number=found.number,
            where=found.where,
            meant=found.meant,
            meaning=found.usual.meaning,
            low=found.usual.low,
            high=found.usual.high,
        )
        checking.warn(found.path, message)


def implied(checking: Checking) -> Iterator[Implied]:
    """Every number of a scenario that has a usual size, and what it means."""
    sizes = Sizes(checking)
    yield from _assumptions(sizes)
    yield from _opening(sizes)
    for name, programme in checking.scenario.programmes.items():
        yield from _programme(name, programme, sizes)
    yield from _realised(sizes)
    yield from _events(sizes)
    yield from _targets(sizes)
    for value in values_in(checking.scenario):
        yield from _steps(value, sizes)
        yield from _beside_others(value, sizes)
        yield from _ranges(value)


def _each(value: Value, usual: Usual, sizes: Sizes, *, over: str = "", times: float = 1.0) -> Iterator[Implied]:
    """A value, as it is or over a stock of its region."""
    for year, region, number in sizes.numbers(value):
        whole = sizes.of(over, region) if over else 1.0
        if whole > 0.0:
            yield Implied(value.path, sizes.where(year, region), number, abs(number) * times / whole, usual)


def _assumptions(sizes: Sizes) -> Iterator[Implied]:
    written = sizes.checking.scenario.assumptions
    for name, usual in bounds.ASSUMPTIONS.items():
        for value in values_in(getattr(written, name)):
            yield from _each(value, usual, sizes)
    for name, usual, over in (
        ("households", Usual(Text("of the households at the opening"), 0.1, 10.0), "households"),
        ("population", bounds.PERSONS, "households"),
        ("new_estates", bounds.NEW_ESTATES, "psu_estates"),
    ):
        for value in values_in(getattr(written, name)):
            yield from _each(value, usual, sizes, over=over)
    if written.crews is not None:
        able = _mean(written.houses_per_crew_year, sizes)
        yield from _each(written.crews, bounds.CREWS, sizes, over="rtlh_houses", times=able)
    for value in written.slum_capacity_ha.values():
        yield from _each(value, bounds.DONE, sizes, over="slum_ha")


def _opening(sizes: Sizes) -> Iterator[Implied]:
    opening = sizes.checking.scenario.opening
    for value, usual, over in (
        (opening.households, bounds.HOUSEHOLDS_A_HOUSE, "houses"),
        (opening.decent_houses, bounds.HOUSES_A_HOUSEHOLD, "households"),
        (opening.rtlh_houses, bounds.OF_HOUSES, "houses"),
        (opening.rtlh_houses, bounds.OF_HOUSEHOLDS, "households"),
        (opening.treated_houses, bounds.OF_HOUSEHOLDS, "households"),
        (opening.ownership_backlog_households, bounds.OF_HOUSEHOLDS, "households"),
        (opening.psu_estates, bounds.ESTATES, "households"),
        (opening.psu_complete_estates, bounds.OF_ESTATES, "psu_estates"),
        (opening.psu_handed_over_estates, bounds.OF_ESTATES, "psu_estates"),
    ):
        if value is not None:
            yield from _each(value, usual, sizes, over=over, times=1000.0 if usual is bounds.ESTATES else 1.0)
    for authority in {*opening.slum_ha, *opening.slum_base_ha, *opening.slum_handled_ha}:
        yield from _slums(authority, sizes)


def _slums(authority: str, sizes: Sizes) -> Iterator[Implied]:
    """Hectares of one authority against each other: slum left and handled against the base that they started from."""
    opening = sizes.checking.scenario.opening
    areas = [written.get(authority) for written in (opening.slum_ha, opening.slum_base_ha, opening.slum_handled_ha)]
    totals = [sum(sizes._by_region(area)) if area is not None else 0.0 for area in areas]
    for place, area in enumerate(areas):
        others = [total for other, total in enumerate(totals) if other != place and total > 0.0]
        if area is not None and others:
            number = totals[place]
            yield Implied(area.path, str(sizes.checking.base_year), number, number / max(others), bounds.OF_SLUM)


def _kind(programme: Programme) -> str:
    return "houses" if programme.repairs else programme.treats[0]


def _programme(name: str, programme: Programme, sizes: Sizes) -> Iterator[Implied]:
    kind = _kind(programme)
    for term in ("unit_cost_idr", "grant_idr"):
        for value in values_in(sizes.checking.scenario.of_programme(name, term)):
            yield from _each(value, bounds.PRICES[kind], sizes)
    for term in ("unit_cost_growth_rate", "grant_growth_rate"):
        for value in values_in(getattr(programme, term)):
            yield from _each(value, bounds.ASSUMPTIONS[term], sizes)
    if kind == "estates":
        yield from _each(programme.houses_per_estate, bounds.ESTATE, sizes)
    for value in values_in(programme.quota_households):
        yield from _each(value, bounds.QUOTA, sizes, over="households")
    price = price_of(name, sizes)
    if price > 0.0:
        for value in programme.budget_idr.values():
            stock = _TREATED.get(kind, "rtlh_houses")
            yield from _each(value, bounds.BOUGHT, sizes, over=stock, times=1.0 / price)
            yield from _each(
                value, bounds.UNITS if kind != "slum" else bounds.UNITS._replace(low=0.02), sizes, times=1.0 / price
            )


def price_of(name: str, sizes: Sizes) -> float:
    """About what a programme pays for one unit; 0 where it says nothing of it."""
    programme = sizes.checking.scenario.programmes[name]
    houses = _mean(programme.houses_per_estate, sizes) if _kind(programme) == "estates" else 1.0
    for term in ("grant_idr", "unit_cost_idr"):
        for value in values_in(sizes.checking.scenario.of_programme(name, term)):
            return _mean(value, sizes) * houses
    return 0.0


def _mean(value: Value, sizes: Sizes) -> float:
    """Mean over years and regions, of a default too; 0 where nothing can be said."""
    if not value.path and isinstance(value.form, Everywhere) and isinstance(value.form.part, float):
        return value.form.part
    numbers = [number for _, _, number in sizes.numbers(value)]
    return sum(numbers) / len(numbers) if numbers else 0.0


def _realised(sizes: Sizes) -> Iterator[Implied]:
    scenario = sizes.checking.scenario
    for written, over in ((scenario.realised_houses, "rtlh_houses"), (scenario.realised_ha, "slum_ha")):
        for name, value in written.items():
            yield from _each(value, bounds.DONE, sizes, over=over)
            yield from _against_budget(name, value, price_of(name, sizes), sizes)
    for name, value in scenario.realised_spent_idr.items():
        yield from _against_budget(name, value, 1.0, sizes)


def _against_budget(name: str, value: Value, price: float, sizes: Sizes) -> Iterator[Implied]:
    """What was done or spent in a year, in money, against the money written for that year."""
    done: dict[int, float] = {}
    for year, _, number in sizes.numbers(value):
        done[year] = done.get(year, 0.0) + number
    for year, number in done.items():
        budget = _budget(name, year, sizes)
        if budget > 0.0 and price > 0.0:
            yield Implied(value.path, str(year), number, number * price / budget, bounds.SPENT)


def _budget(name: str, year: int, sizes: Sizes, *, source: str = "") -> float:
    """Money of a programme in a year, from one source or from all."""
    total = 0.0
    for each, value in sizes.checking.scenario.programmes[name].budget_idr.items():
        start = value.first_year()
        if source in ("", each) and not unread(value) and (start is None or start <= year):
            total += float(value.array((year,), sizes.checking.codes)[0, 0].sum())
    return total


def _events(sizes: Sizes) -> Iterator[Implied]:
    scenario = sizes.checking.scenario
    for shock in scenario.shocks.values():
        for value in values_in(shock.houses):
            yield from _each(value, bounds.DAMAGED, sizes, over="houses")
    for revision in scenario.revisions.values():
        for value in values_in((revision.houses, *revision.classes.values())):
            yield from _each(value, bounds.REVISED, sizes, over="rtlh_houses")
        for value in values_in(revision.ha):
            yield from _each(value, bounds.REVISED, sizes, over="slum_ha")


def _targets(sizes: Sizes) -> Iterator[Implied]:
    scenario, codes = sizes.checking.scenario, sizes.checking.codes
    for name, target in scenario.targets.items():
        region = codes.index(target.region) if target.region in codes else None
        if not target.applies or target.value is None:
            continue
        meant = _promised(target, region, sizes)
        if meant is not None:
            yield Implied(f"targets.{name}.value", str(target.year), target.value, *meant)


def _promised(target: Target, region: int | None, sizes: Sizes) -> tuple[float, Usual] | None:
    """What a target means: a share of what is there, or of what money buys."""
    stocks = {"rtlh_houses": "rtlh_houses", "decent_houses": "houses", "slum_ha": "slum_ha", "households": "households"}
    stocks |= {"ownership_backlog_households": "ownership", "psu_gap_estates": "psu_estates"}
    value = abs(target.value or 0.0)
    if target.variable in stocks:
        whole = sizes.of(stocks[target.variable], region)
        return (value / whole, bounds.PROMISED) if whole > 0.0 else None
    if target.variable == "occupancy_backlog_households":
        whole = sizes.of("households", region)
        return (value / whole, bounds.OF_HOUSEHOLDS) if whole > 0.0 else None
    programmes = sizes.checking.scenario.programmes
    one, _, source = (target.part or "").partition(".")
    names = [one] if one in programmes else list(programmes)
    money = sum(_budget(name, target.year, sizes, source=source) for name in names)
    if target.variable in _MONEY_TARGETS:
        return (value / money, bounds.SPENT) if money > 0.0 else None
    price = next((price_of(name, sizes) for name in names if one in programmes), 0.0)
    if price > 0.0 and money > 0.0:
        return value * price / money, bounds.SPENT
    return None


def _steps(value: Value, sizes: Sizes) -> Iterator[Implied]:
    """Numbers of one value against the year before them."""
    before: dict[int | None, float] = {}
    for year, region, number in sizes.numbers(value):
        last = before.get(region, 0.0)
        if last > 0.0 and number > 0.0:
            yield Implied(value.path, sizes.where(year, region), number, number / last, bounds.STEP)
        before[region] = number


def _beside_others(value: Value, sizes: Sizes) -> Iterator[Implied]:
    """Numbers of one region against those of all others, for each household; weights of a split are numbers too."""
    written = value.form.weights if isinstance(value.form, Split) else value
    if not (value.unit.whole or value.path.partition(".")[0] == "opening"):
        return
    by_year: dict[int, dict[int, float]] = {}
    for year, region, number in sizes.numbers(written):
        if region is not None and number > 0.0:
            by_year.setdefault(year, {})[region] = number
    for year, numbers in by_year.items():
        whole, homes = sum(numbers.values()), sum(sizes.of("households", region) for region in numbers)
        for region, number in numbers.items():
            mine = sizes.of("households", region)
            others, their_homes = whole - number, homes - mine
            if len(numbers) > 2 and others > 0.0 and mine > 0.0 and their_homes > 0.0:
                times = (number / mine) / (others / their_homes)
                yield Implied(written.path, sizes.where(year, region), number, times, bounds.BESIDE)


def _ranges(value: Value) -> Iterator[Implied]:
    """The highest number of a range against the lowest above 0."""
    for kind, numbers in _written_ranges(value.written):
        above = [number for number in numbers if number > 0.0]
        if len(above) > 1:
            yield Implied(value.path, kind, max(above), max(above) / min(above), bounds.WIDTH)


def _written_ranges(written: object) -> Iterator[tuple[str, list[float]]]:
    if not isinstance(written, Mapping):
        return
    for key, entry in written.items():
        if key in bounds.RANGES and isinstance(entry, tuple):
            yield str(key), [float(each) for each in entry if isinstance(each, int | float)]
        else:
            yield from _written_ranges(entry)
