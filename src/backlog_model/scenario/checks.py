"""Checks of a whole scenario: what only shows when entries are seen together, on central values."""

from collections.abc import Mapping
from itertools import pairwise

from backlog_model.errors import nearest_hint
from backlog_model.scenario.checking import TOLERANCE, Checking, by_class, unread, values_in
from backlog_model.scenario.correlation_checks import check_correlations
from backlog_model.scenario.nodes import Node, leaves
from backlog_model.scenario.paths import Array, Value
from backlog_model.scenario.programme_checks import check_programmes
from backlog_model.scenario.promise_checks import check_promises, warn_promises
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import Record
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.sums import class_keys, one_value, summed, sums_to_one
from backlog_model.scenario.usual_sizes import warn_of_slips
from backlog_model.scenario.vocabulary import AUTHORITIES, SEVERITY_CLASSES, SLUM_CLASSES
from backlog_model.translation import Text, joined

_STOCKS = (
    *("households", "decent_houses", "treated_houses", "rtlh_houses", "ownership_backlog_households"),
    *("psu_estates", "psu_complete_estates", "psu_handed_over_estates"),
)
_BY_AUTHORITY = ("slum_ha", "slum_handled_ha", "slum_base_ha")
_CLASSED = ("substandard_share", "self_improvement_rate", "rtlh_loss_rate", "habitable_share", "effectiveness_share")
_SHARES_OF_ONE = (
    ("deterioration_rate", "decent_loss_rate"),
    ("relapse_rate", "treated_loss_rate"),
    ("finished_same_year_share", "finished_next_year_share"),
)
_PRICES = ("unit_cost_growth_rate", "grant_growth_rate")  # from the year after price_year
_OF_REGIONS = ("households", "population", "population_by_age", "crews", "new_estates", "slum_capacity_ha")
_LONGEST = 100


def check(scenario: Scenario, tree: Node, reading: Reading) -> None:
    """Note everything that contradicts something else in the scenario."""
    checking = Checking(scenario, tree, reading)
    if not _years_are_right(checking):
        return
    _check_classes(checking)
    for value in values_in(scenario):
        _check_reach(value, checking)
    _check_opening(checking)
    _check_rates(checking)
    _check_households_ahead(checking)
    check_programmes(checking)
    check_promises(checking)
    check_correlations(checking)


def warn(scenario: Scenario, tree: Node, reading: Reading) -> None:
    """Note what is usable but should be put right: numbers without a source, targets that do not count."""
    checking = Checking(scenario, tree, reading)
    for value in values_in(scenario):
        if value.path and value.kind == "unstated" and not unread(value):
            checking.warn(value.path, Text("no source; write `source:` or `assumption: true` beside the number"))
        late = [year for year in value.known_years() if year > scenario.years.last]
        if value.path and late and not value.path.startswith("realised_"):
            message = Text(
                "a number for {year}, after the last year, {last}; it is not used",
                year=late[0],
                last=scenario.years.last,
            )
            checking.warn(value.path, message)
    warn_promises(checking)
    warn_of_slips(checking)


def check_rows(tree: Node, file: str, reading: Reading) -> None:
    """Note rows of the tables named in a file that no place of the scenario uses."""
    named: dict[str, set[str]] = {}
    for steps, leaf in leaves(tree):
        if steps[-1] == "csv" and steps != ("targets", "csv") and isinstance(leaf.content, str):
            named.setdefault(leaf.content, set()).add(".".join(str(step) for step in steps[:-1]))
            if leaf.place.file != file:
                named[leaf.content].add("")
    for name, paths in named.items():
        table = reading.tables.get(reading.folder / name)
        if table is None or "" in paths:
            continue
        for key, rows in table.by_key.items():
            if key not in paths:
                message = Text("no entry of {file} takes this row{hint}", file=file, hint=nearest_hint(key, paths))
                reading.findings.add(rows[0].start, key, message)


def _years_are_right(checking: Checking) -> bool:
    years, now = checking.scenario.years, checking.scenario.now
    if years.first > years.last:
        checking.refuse(
            "years.last", Text("{last} comes before years.first, {first}", last=years.last, first=years.first)
        )
        return False
    if years.last - years.first >= _LONGEST:
        checking.refuse(
            "years.last",
            Text(
                "{first} to {last} are more than {longest} years", first=years.first, last=years.last, longest=_LONGEST
            ),
        )
        return False
    if not checking.base_year <= now <= years.last:
        message = Text(
            "{now} lies outside the scenario; expected {base_year} to {last}",
            now=now,
            base_year=checking.base_year,
            last=years.last,
        )
        checking.refuse("now" if checking.written("now") else "years", message)
    return True


def _check_classes(checking: Checking) -> None:
    """Entries by class or authority have known names, and are whole where all must be there."""
    scenario = checking.scenario
    classes = scenario.severity_classes
    if classes not in (SEVERITY_CLASSES, ("all",)):
        message = Text(
            "{classes}; expected [{known}] or [all]",
            classes=", ".join(classes) or Text("nothing"),
            known=", ".join(SEVERITY_CLASSES),
        )
        checking.refuse("severity_classes", message)
        return
    for name in _CLASSED:
        entry = getattr(scenario.assumptions, name)
        if not isinstance(entry, Value):
            class_keys(f"assumptions.{name}", entry, classes, checking)
    for name, known in (("worsening_rate", classes[:-1]), ("slum_worsening_rate", SLUM_CLASSES[:-1])):
        class_keys(f"assumptions.{name}", getattr(scenario.assumptions, name), known, checking, whole=False)
    by_authority = {f"opening.{name}": getattr(scenario.opening, name) for name in _BY_AUTHORITY}
    by_authority["assumptions.slum_capacity_ha"] = scenario.assumptions.slum_capacity_ha
    for path, entry in by_authority.items():
        class_keys(path, entry, AUTHORITIES, checking, whole=False)


def _check_reach(value: Value, checking: Checking) -> None:
    """A value reaches over the simulated years, and stays in its limits there."""
    if not value.path or value.path.startswith("realised_"):
        return
    first, last = checking.years[0], checking.years[-1]
    is_stock = value.path.startswith("opening.")
    needed = checking.base_year if is_stock else first
    if value.path.endswith(_PRICES):
        needed = min(first, checking.scenario.price_year + 1)
    start, known = value.first_year(), value.known_years()
    meant = (
        Text("31 December {needed}", needed=needed)
        if is_stock
        else Text("{needed} to {last}", needed=needed, last=last)
    )
    if start is not None and (start > needed or max(known) < needed):
        written = (
            Text("numbers from {start} to {end}", start=start, end=max(known))
            if start < max(known)
            else Text("a number for {start} only", start=start)
        )
        checking.refuse(value.path, Text("{written}; the scenario needs {meant}", written=written, meant=meant))
        return
    if value.multiply or value.recover or value.spread or known:
        path = value.array((needed,) if is_stock else checking.years, checking.codes)
        for extreme in (float(path.min()), float(path.max())):
            if extreme < value.unit.lower - TOLERANCE or extreme > value.unit.upper + TOLERANCE:
                limits = Text(
                    "{lower:g} to {upper:g} ({words})",
                    lower=value.unit.lower,
                    upper=value.unit.upper,
                    words=value.unit.words,
                )
                checking.refuse(
                    value.path,
                    Text(
                        "reaches {extreme:g} within {meant}; expected {limits}",
                        extreme=extreme,
                        meant=meant,
                        limits=limits,
                    ),
                )


def _check_opening(checking: Checking) -> None:
    opening, classes = checking.scenario.opening, checking.scenario.severity_classes
    ahead = [getattr(checking.scenario.assumptions, name) for name in _OF_REGIONS]
    for value in (*_stocks(opening), *values_in(tuple(ahead))):
        if value.path and not value.by_region and len(checking.codes) > 1 and not unread(value):
            message = Text(
                "one number for the whole province; write it by_region, or as total with a split over regions"
            )
            checking.refuse(value.path, message)
    sums_to_one("opening.severity_share", opening.severity_share, classes, checking)
    if opening.slum_class_share or opening.slum_ha:
        sums_to_one("opening.slum_class_share", opening.slum_class_share, SLUM_CLASSES, checking)
    _check_households(checking)
    _check_dwellings(checking)
    estates = ("psu_handed_over_estates", "psu_complete_estates", "psu_estates")
    given = [name for name in estates if getattr(opening, name) is not None]
    for smaller, larger in pairwise(given):
        _check_order(checking, smaller, larger)
    if given and opening.psu_estates is None:
        checking.refuse("opening.psu_estates", Text("missing beside {given}; write it here", given=given[0]))


def _stocks(opening: Record) -> list[Value]:
    by_name = [getattr(opening, name) for name in _STOCKS]
    by_authority = [value for name in _BY_AUTHORITY for value in getattr(opening, name).values()]
    return [value for value in (*by_name, *by_authority) if value is not None]


def _check_households(checking: Checking) -> None:
    """No more households without a home of their own than households."""
    opening = checking.scenario.opening
    if opening.ownership_backlog_households is None:
        return
    households, backlog = checking.opening(opening.households), checking.opening(opening.ownership_backlog_households)
    other = checking.central(checking.scenario.assumptions.other_home_share)
    if households is None or backlog is None or other is None:
        return
    most = (households * (1 - other[:1]))[0, 0]
    for code, without, owners in zip(checking.codes, _regions(backlog, checking), most, strict=False):
        if without > owners + TOLERANCE:
            message = Text(
                "region {code}: {without:_.0f} without a home of their own, of at most {owners:_.0f} households",
                code=code,
                without=without,
                owners=owners,
            )
            checking.refuse("opening.ownership_backlog_households", message)


def _check_dwellings(checking: Checking) -> None:
    if checking.reading.regions is None:
        return
    opening = checking.scenario.opening
    houses = summed((opening.decent_houses, opening.treated_houses, opening.rtlh_houses), checking, opening=True)
    for code, number in zip(checking.codes, _regions(houses, checking) if houses is not None else (), strict=False):
        if number <= 0:
            checking.refuse(
                "opening",
                Text("region {code} has no houses; expected some in decent, treated or rtlh_houses", code=code),
            )


def _check_order(checking: Checking, smaller: str, larger: str) -> None:
    low, high = (checking.opening(getattr(checking.scenario.opening, name)) for name in (smaller, larger))
    if low is None or high is None:
        return
    for code, few, many in zip(checking.codes, _regions(low, checking), _regions(high, checking), strict=True):
        if few > many + TOLERANCE:
            checking.refuse(
                f"opening.{smaller}",
                Text(
                    "region {code}: {few:g} is more than {larger}, {many:g}",
                    code=code,
                    few=few,
                    larger=larger,
                    many=many,
                ),
            )


def _regions(stock: Array, checking: Checking) -> list[float]:
    """Stock of each region."""
    numbers = stock[0, 0].tolist()
    return [float(number) for number in (numbers if len(numbers) > 1 else numbers * len(checking.codes))]


def _check_rates(checking: Checking) -> None:
    """Shares of one stock do not add to more than the stock."""
    scenario = checking.scenario
    assumptions, classes = scenario.assumptions, scenario.severity_classes
    for name in ("severity_share", "relapse_severity_share", "severity_mix"):
        sums_to_one(f"assumptions.{name}", getattr(assumptions, name) or {}, classes, checking)
    if classes == SEVERITY_CLASSES and not assumptions.severity_share and not _is_zero(assumptions.deterioration_rate):
        checking.refuse(
            "assumptions.severity_share", Text("missing; write the shares of {classes}", classes=", ".join(classes))
        )
    for pair in _SHARES_OF_ONE:
        at_most_one(joined(pair, Text(" and ")), checking, *(getattr(assumptions, name) for name in pair))
    improved, lost = by_class(assumptions.self_improvement_rate, classes), by_class(assumptions.rtlh_loss_rate, classes)
    for each in classes:
        leaving = [rates[each] for rates in (improved, lost, assumptions.worsening_rate) if each in rates]
        at_most_one(
            Text("self_improvement_rate, rtlh_loss_rate and worsening_rate ({each})", each=each), checking, *leaving
        )
    _check_new_houses(checking)


def _check_new_houses(checking: Checking) -> None:
    share, classes = checking.scenario.assumptions.substandard_share, checking.scenario.severity_classes
    if isinstance(share, Mapping):
        at_most_one(Text("substandard_share of all classes"), checking, *share.values())
    elif share.path and len(classes) > 1 and not _is_zero(share) and not unread(share):
        message = Text(
            "one share for {count} classes; write the share of new houses that starts in each class", count=len(classes)
        )
        checking.refuse("assumptions.substandard_share", message)


def _check_households_ahead(checking: Checking) -> None:
    """What households are computed from is whole."""
    assumptions = checking.scenario.assumptions
    for given, needed in (("population", "persons_per_household"), ("population_by_age", "headship_rate")):
        for name, other in ((given, needed), (needed, given)):
            if getattr(assumptions, name) and not getattr(assumptions, other):
                checking.refuse(
                    f"assumptions.{name}", Text("{name} without {other}; write both", name=name, other=other)
                )
    if assumptions.population_by_age and assumptions.headship_rate:
        ages = tuple(assumptions.population_by_age)
        class_keys("assumptions.headship_rate", assumptions.headship_rate, ages, checking)


def at_most_one(what: str, checking: Checking, *values: Value) -> None:
    """Note shares of one stock that add to more than 1 in some year."""
    total = one_value(checking, values)
    if total is not None and total > 1 + TOLERANCE:
        path = next((value.path for value in values if value.path), "assumptions")
        checking.refuse(path, Text("{what} add to {total:g}; expected at most 1", what=what, total=total))


def _is_zero(value: Value) -> bool:
    return not value.is_uncertain and value.written == 0
