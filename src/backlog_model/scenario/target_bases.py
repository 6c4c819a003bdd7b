"""The stock at the opening that a target stands on, and targets that stand on another one."""

import math
from collections.abc import Iterable

from backlog_model.scenario.checking import Checking
from backlog_model.scenario.paths import Value
from backlog_model.scenario.schema import Target
from backlog_model.scenario.vocabulary import AUTHORITIES
from backlog_model.translation import Text

HANDLED_HOUSES = ("reported_handled_houses", "official_handled_houses", "effective_handled_houses", "started_houses")
HANDLED_HA = ("slum_treated_ha", "slum_exit_ha", "slum_handled_ha")

_TOLERANCE = 0.005  # published bases are rounded
_ON_RTLH = ("rtlh_houses", "registry_remaining_houses", "rtlh_handled_share", "net_clearance_houses", *HANDLED_HOUSES)
_ON_DECREE = ("slum_handled_share", *HANDLED_HA)
_STOCKS = ("rtlh_houses", "registry_remaining_houses", "slum_ha", "ownership_backlog_households", "psu_estates")
_SHARES = {
    "decent_share": (("decent_houses", "treated_houses"), ("decent_houses", "treated_houses", "rtlh_houses")),
    "psu_share": (("psu_handed_over_estates",), ("psu_estates",)),
}


def check_bases(path: str, target: Target, checking: Checking) -> bool:
    """Whether a target stands on what the scenario opens with; a number on another list or year cannot be compared.

    The base that its source states is compared, and for a stock the number that is 100 percent too: a percentage of
    something else, such as of a yearly plan, is possible for flows only.
    """
    stated = {"base_value": target.base_value}
    if target.variable in _STOCKS and target.percent_of_base is not None:
        stated["base"] = target.base
    base = base_of(target, checking)
    wrong = [name for name, number in stated.items() if number is not None and _differs(number, base)]
    for name in wrong:
        checking.refuse(f"{path}.{name}", _mixed(target, float(stated[name] or 0.0), float(base or 0.0), checking))
    return not wrong


def base_of(target: Target, checking: Checking) -> float | None:
    """What a target's variable is counted on at the opening, in its region; None where that is not written.

    Houses on the RTLH of the opening, hectares handled on the area of the decree, stocks and other shares on their own
    value then.
    """
    opening, variable = checking.scenario.opening, target.variable
    if variable in _ON_DECREE:
        return _of_authority(opening.slum_base_ha.items(), target, checking)
    if variable in _ON_RTLH:
        return _times_class(_stock([opening.rtlh_houses], target, checking), target, checking)
    return opening_of(target, checking)


def opening_of(target: Target, checking: Checking) -> float | None:
    """Value of a target's variable at the opening, in its region; None for flows, and where it is not written."""
    opening, variable = checking.scenario.opening, target.variable
    if variable == "slum_ha":
        return _of_authority(opening.slum_ha.items(), target, checking)
    if variable == "rtlh_houses":
        return _times_class(_stock([opening.rtlh_houses], target, checking), target, checking)
    if variable in _SHARES:
        part, whole = (
            _stock([getattr(opening, name) for name in names], target, checking) for names in _SHARES[variable]
        )
        return part / whole if part is not None and whole else None
    written = getattr(opening, variable, None)
    return _stock([written], target, checking) if isinstance(written, Value) else None


def in_words(number: float) -> str:
    """A number as it may be written in a scenario."""
    return f"{number:_.0f}" if number >= 1000 else f"{number:.6g}"


def _stock(values: Iterable[Value | None], target: Target, checking: Checking) -> float | None:
    """Central opening stocks added up, in a target's region or the whole province."""
    regions, total = checking.reading.regions, 0.0
    if regions is None or target.region not in (regions.province_code, *regions.codes):
        return None
    chosen = slice(None) if target.region == regions.province_code else regions.codes.index(target.region)
    for value in values:
        central = checking.opening(value) if value is not None else None
        if central is None or central.shape[2] != len(regions.codes):
            return None
        total += float(central[0, 0, chosen].sum())
    return None if math.isnan(total) else total


def _of_authority(areas: Iterable[tuple[str, Value]], target: Target, checking: Checking) -> float | None:
    chosen = [value for name, value in areas if target.part == name or target.part not in AUTHORITIES]
    return _stock(chosen, target, checking) if chosen else None


def _times_class(stock: float | None, target: Target, checking: Checking) -> float | None:
    share = checking.scenario.opening.severity_share.get(target.part)
    if share is None or stock is None:
        return stock
    central = checking.opening(share)
    return None if central is None else stock * float(central.mean())


def _differs(stated: float, base: float | None) -> bool:
    return base is not None and not math.isnan(stated) and abs(stated - base) > _TOLERANCE * abs(base)


def _mixed(target: Target, stated: float, base: float, checking: Checking) -> str:
    year = f" ({target.base_year})" if target.base_year is not None else ""
    here = Text(
        "{base} for {region} at the end of {base_year}",
        base=in_words(base),
        region=target.region,
        base_year=checking.base_year,
    )
    return Text(
        "the target stands on {stated}{year}, the scenario on {here}: another list, year or "
        "definition, and bases are not mixed; restate the target on the base of the scenario, or "
        "write applies: false with a reason",
        stated=in_words(stated),
        year=year,
        here=here,
    )
