"""Checks of targets, each by itself: its number, year and region, and whether it can be reached at all."""

import math
import re

from backlog_model.errors import nearest_hint
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.checking import Checking
from backlog_model.scenario.numbers import grouping
from backlog_model.scenario.schema import Target, better_sense
from backlog_model.scenario.target_bases import HANDLED_HA, HANDLED_HOUSES, check_bases, in_words, opening_of
from backlog_model.scenario.target_conflicts import SIGNED, check_conflicts
from backlog_model.scenario.target_parts import check_part
from backlog_model.scenario.units import unit_of
from backlog_model.translation import Text, joined

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_AT_MOST_ONE = {
    "decent_share": Text("no more than all houses are decent"),
    "psu_share": Text("no more than all estates are handed over"),
    "programme_contribution_share": Text("programmes move no more than everything that leaves RTLH"),
    "rtlh_handled_share": Text("more than the base can only be handled by counting houses that became RTLH later"),
    "slum_handled_share": Text(
        "the share can pass 1 only because new slum is counted when handled but is not in the base"
    ),
}
_HANDLED = (*HANDLED_HOUSES, *HANDLED_HA)
_STOCK_OF = {**dict.fromkeys(HANDLED_HOUSES, "rtlh_houses"), **dict.fromkeys(HANDLED_HA, "slum_ha")}
_NUMBERS = ("value", "percent_of_base")
_LEFT_OUT = Text("applies: false with a reason")


def check_targets(checking: Checking) -> None:
    """Note every target that is no promise about the scenario, and those that contradict each other."""
    sound = {}
    for name, target in checking.scenario.targets.items():
        path = f"targets.{name}"
        if not _NAME.fullmatch(name):
            checking.refuse(
                path, Text("{name!r} is no short name; write lower-case letters, digits, - and _ only", name=name)
            )
        _warn(path, target, checking)
        if _has_a_number(path, target, checking) and target.applies and _fits(path, target, checking):
            sound[name] = target
            _warn_of_sense(path, target, checking)
    check_conflicts(sound, checking)


def _warn(path: str, target: Target, checking: Checking) -> None:
    """Note a target that does not count without saying why, or that has no source."""
    if not target.applies and not target.reason:
        checking.warn(path, Text("does not apply, without a reason; write reason:"))
    if target.source is None:
        checking.warn(path, Text("no source; write who set it, in which document, when"))


def _has_a_number(path: str, target: Target, checking: Checking) -> bool:
    """Whether a known variable and one number are promised; what is wrong is noted."""
    given = [name for name in _NUMBERS if getattr(target, name) is not None]
    if target.variable not in QUANTITIES:
        message = Text(
            "unknown variable {variable}{hint}",
            variable=target.variable,
            hint=nearest_hint(target.variable, QUANTITIES),
        )
        checking.refuse(f"{path}.variable", message)
    written = checking.tree.below(tuple(path.split(".", 1))).entries
    is_unread = not given and any(name in written and written[name].content is not None for name in _NUMBERS)
    if len(given) != 1 and not is_unread:  # what is wrong with a number that cannot be read has been said
        said = joined(given, Text(" and ")) or Text("no number")
        checking.refuse(path, Text("{said}; expected either value or percent_of_base", said=said))
    if target.percent_of_base is not None and target.base is None:
        checking.refuse(f"{path}.base", Text("missing beside percent_of_base; write the number that is 100 percent"))
    problem = _misread(path, target, checking)
    if problem is not None:
        checking.refuse(f"{path}.value", problem)
    known = target.variable in QUANTITIES and len(given) == 1 and problem is None
    return known and not math.isnan(target.wanted) and (target.value is not None or target.base is not None)


def _misread(path: str, target: Target, checking: Checking) -> str | None:
    """What to write instead of a number that is read otherwise than it looks, if it is."""
    if target.value is None or math.isnan(target.value):
        return None
    unit = unit_of(target.variable)
    text = checking.tree.below((*path.split(".", 1), "value")).text
    grouped = grouping(text) if unit.whole else None
    if grouped is not None:
        return Text(
            "{text} is read as {value:g} {words}; {grouped}",
            text=text,
            value=target.value,
            words=unit.words,
            grouped=grouped,
        )
    if target.variable.endswith("_share") and not -10 <= target.value <= 10:
        return Text(
            "{percent:g} for a share; write {share:g} for {percent:g} percent",
            percent=target.value,
            share=target.value / 100,
        )
    return None


def _fits(path: str, target: Target, checking: Checking) -> bool:
    """Whether a target is about a region, year and part of the scenario, on its base, and can be reached."""
    placed = [_check_region(path, target, checking), _check_year(path, target, checking)]
    return (
        all(placed)
        and check_part(path, target, checking)
        and check_bases(path, target, checking)
        and _check_reachable(path, target, checking)
    )


def _check_region(path: str, target: Target, checking: Checking) -> bool:
    regions = checking.reading.regions
    if regions is None:
        return False
    known = (regions.province_code, *regions.codes)
    if target.region not in known:
        whole = f"{regions.province_code} ({regions.name(regions.province_code)})"
        hint = nearest_hint(target.region, known) or Text("; expected {whole} or one of its regions", whole=whole)
        checking.refuse(f"{path}.region", Text("unknown region {region}{hint}", region=target.region, hint=hint))
    return target.region in known


def _check_year(path: str, target: Target, checking: Checking) -> bool:
    now, last = checking.scenario.now, checking.years[-1]
    if now < target.year <= last:
        return True
    years = (
        Text("expected {now} to {last}, or {left_out}", now=now + 1, last=last, left_out=_LEFT_OUT)
        if now < last
        else Text("expected {left_out}", left_out=_LEFT_OUT)
    )
    if target.year <= now:
        message = Text(
            "{year} is over (the last known year is {now}), and a target is a promise; {years}",
            year=target.year,
            now=now,
            years=years,
        )
    else:
        message = Text("{year} lies after the last simulated year; {years}", year=target.year, years=years)
    checking.refuse(f"{path}.year", message)
    return False


def _check_reachable(path: str, target: Target, checking: Checking) -> bool:
    """Whether the number is one that the variable can have."""
    place = f"{path}.{'value' if target.value is not None else 'percent_of_base'}"
    problem = _out_of_range(target) or _more_than_all(target, checking)
    if problem is not None:
        checking.refuse(place, problem)
    return problem is None


def _out_of_range(target: Target) -> str | None:
    wanted, variable = target.wanted, target.variable
    if wanted < 0 and variable not in SIGNED:
        return Text(
            "{wanted:g} is negative, which {variable} cannot be; expected 0 or more", wanted=wanted, variable=variable
        )
    if variable in _AT_MOST_ONE and wanted > 1:
        return Text(
            "{wanted:g} is more than 1: {reason}; expected 0 to 1",
            wanted=wanted,
            reason=_AT_MOST_ONE[variable],
        )
    return None


def _more_than_all(target: Target, checking: Checking) -> str | None:
    """Why an amount handled in one year is more than there is to handle, if it is."""
    if target.variable not in _HANDLED:
        return None
    wanted, unit = target.wanted, unit_of(target.variable).words
    if target.percent_of_base is not None and target.percent_of_base > 100:
        return Text(
            "{percent:g} percent of the base; no more than all of it, 100, can be handled",
            percent=target.percent_of_base,
        )
    if target.base_value is not None and wanted > target.base_value:
        return Text(
            "{wanted} {unit} of a base of {base_value}; expected at most the base",
            wanted=in_words(wanted),
            unit=unit,
            base_value=in_words(target.base_value),
        )
    stock_of = _STOCK_OF[target.variable]
    stock = opening_of(target.model_copy(update={"variable": stock_of}), checking)
    if stock is None or wanted <= stock or _is_revised(stock_of, target.year, checking):
        return None
    return Text(
        "{wanted} {unit} in one year, of {stock} in all at the opening in {region}; expected less "
        "(a sum of several years is written as a stock or a share)",
        wanted=in_words(wanted),
        unit=unit,
        stock=in_words(stock),
        region=target.region,
    )


def _is_revised(stock: str, year: int, checking: Checking) -> bool:
    return any(each.variable == stock and each.year <= year for each in checking.scenario.revisions.values())


def _warn_of_sense(path: str, target: Target, checking: Checking) -> None:
    """Note an operator against the better side, and a number that is worse than what there is already."""
    variable, better = target.variable, better_sense(target.variable)
    if better is None:
        return
    if target.operator != better:
        said = {"operator": target.operator, "variable": variable}
        message = (
            Text("{operator}, but for {variable} less is better; write <=, unless a lower bound is meant", **said)
            if better == "<="
            else Text("{operator}, but for {variable} more is better; write >=, unless an upper bound is meant", **said)
        )
        checking.warn(f"{path}.operator", message)
        return
    now = opening_of(target, checking)
    worse = now is not None and (target.wanted - now) * (1 if better == "<=" else -1) > 1e-9 * abs(now)
    if worse and now is not None and not _is_revised(variable, target.year, checking):
        numbers = {"wanted": in_words(target.wanted), "now": in_words(now)}
        message = (
            Text("{wanted} lies above what is there already, {now}: a promise to get worse", **numbers)
            if better == "<="
            else Text("{wanted} lies below what is there already, {now}: a promise to get worse", **numbers)
        )
        checking.warn(f"{path}.value", message)
