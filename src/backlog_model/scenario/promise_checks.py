"""Checks of targets, known outputs and revisions."""

import math
import re

from backlog_model.errors import nearest_hint
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.checking import Checking, unread
from backlog_model.scenario.numbers import grouping
from backlog_model.scenario.programme_checks import check_name
from backlog_model.scenario.schema import Revision, Target
from backlog_model.scenario.units import unit_of
from backlog_model.scenario.vocabulary import AUTHORITIES, SLUM_CLASSES

_TARGET_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_REALISED = ("realised_houses", "realised_ha", "realised_spent_idr")


def check_promises(checking: Checking) -> None:
    """Note everything in targets, known outputs and revisions that contradicts something else."""
    for name, target in checking.scenario.targets.items():
        if not _TARGET_NAME.fullmatch(name):
            message = f"{name!r} is no short name; write lower-case letters, digits, - and _ only"
            checking.refuse(f"targets.{name}", message)
        _check_promise(f"targets.{name}", target, checking)
    for section in _REALISED:
        _check_realised(section, checking)
    for name, revision in checking.scenario.revisions.items():
        check_name(f"revisions.{name}", name, checking)
        _check_revision(f"revisions.{name}", revision, checking)
    _check_one_kind_a_year(checking)


def warn_promises(checking: Checking) -> None:
    """Note targets that do not count without saying why, and known outputs outside the simulated years."""
    for name, target in checking.scenario.targets.items():
        if not target.applies and not target.reason:
            checking.warn(f"targets.{name}", "does not apply, without a reason; write reason:")
        if target.source is None:
            checking.warn(f"targets.{name}", "no source; write who set it, in which document, when")
    for section in _REALISED:
        for name, value in getattr(checking.scenario, section).items():
            outside = [str(year) for year in value.known_years() if year not in checking.years]
            if outside:
                message = f"{', '.join(outside)} outside {checking.years[0]} to {checking.years[-1]}; not used"
                checking.warn(f"{section}.{name}", message)


def _check_promise(path: str, target: Target, checking: Checking) -> None:
    _check_number(path, target, checking)
    if target.variable not in QUANTITIES:
        message = f"unknown variable {target.variable}{nearest_hint(target.variable, QUANTITIES)}"
        checking.refuse(f"{path}.variable", message)
    if not target.applies:
        return
    regions = checking.reading.regions
    if regions is not None and target.region not in (*regions.codes, regions.province_code):
        known = (regions.province_code, *regions.codes)
        message = f"unknown region {target.region}{nearest_hint(target.region, known)}"
        checking.refuse(f"{path}.region", message)
    last = checking.years[-1]
    if not checking.base_year <= target.year <= last:
        message = f"{target.year} lies outside the scenario; expected {checking.base_year} to {last}, or applies: false"
        checking.refuse(f"{path}.year", message)
    _check_part(path, target, checking)


def _check_number(path: str, target: Target, checking: Checking) -> None:
    given = [name for name in ("value", "percent_of_base") if getattr(target, name) is not None]
    if len(given) != 1:
        said = " and ".join(given) or "no number"
        checking.refuse(path, f"{said}; expected either value or percent_of_base")
    if target.percent_of_base is not None and target.base is None:
        checking.refuse(f"{path}.base", "missing beside percent_of_base; write the number that is 100 percent")
    unit = unit_of(target.variable)
    if target.value is None or math.isnan(target.value):
        return
    text = checking.tree.below(("targets", path.partition(".")[2], "value")).text
    grouped = grouping(text) if unit.whole else None
    if grouped is not None:
        checking.refuse(f"{path}.value", f"{text} is read as {target.value:g} {unit.words}; {grouped}")
    elif target.variable.endswith("_share") and not -10 <= target.value <= 10:
        message = f"{target.value:g} for a share; write {target.value / 100:g} for {target.value:g} percent"
        checking.refuse(f"{path}.value", message)


def _check_part(path: str, target: Target, checking: Checking) -> None:
    scenario = checking.scenario
    first, _, source = target.part.partition(".")
    programme = scenario.programmes.get(first)
    known = ("total", *scenario.severity_classes, *SLUM_CLASSES, *AUTHORITIES, "gross", "net", *scenario.programmes)
    if first not in known:
        checking.refuse(f"{path}.part", f"unknown part {first}{nearest_hint(first, known)}")
    elif source and (programme is None or source not in programme.budget_idr):
        sources = tuple(programme.budget_idr) if programme is not None else ()
        checking.refuse(f"{path}.part", f"unknown source {source}{nearest_hint(source, sources)}")


def _check_realised(section: str, checking: Checking) -> None:
    """Known outputs belong to programmes, counted in the right unit."""
    programmes = checking.scenario.programmes
    names = tuple(checking.tree.entries["programmes"].entries) if "programmes" in checking.tree.entries else ()
    for name, value in getattr(checking.scenario, section).items():
        path = f"{section}.{name}"
        if name not in names:
            checking.refuse(path, f"unknown programme {name}{nearest_hint(name, names)}")
            continue
        treats_slum = name in programmes and "slum" in programmes[name].treats
        other = {"realised_houses": "realised_ha", "realised_ha": "realised_houses"}.get(section)
        if other is not None and name in programmes and treats_slum == (section == "realised_houses"):
            checking.refuse(path, f"{name} treats {'slum' if treats_slum else 'no slum'}; write it under {other}")
        elif not value.known_years() and not unread(value):
            checking.refuse(path, "one number for every year; write the years that are known, such as {2025: 650}")


def _check_revision(path: str, revision: Revision, checking: Checking) -> None:
    if revision.year not in checking.years:
        message = f"{revision.year} is not simulated; expected {checking.years[0]} to {checking.years[-1]}"
        checking.refuse(f"{path}.year", message)
    slum = revision.variable == "slum_ha"
    ways = ("ha",) if slum else ("ratio", "houses", "classes")
    other = ("ratio", "houses", "classes") if slum else ("ha", "authority")
    for name in other:
        if getattr(revision, name):
            checking.refuse(f"{path}.{name}", f"not for {revision.variable}; expected one of {', '.join(ways)}")
    given = [name for name in ways if getattr(revision, name)]
    if len(given) != 1:
        checking.refuse(path, f"{' and '.join(given) or 'no change'}; expected one of {', '.join(ways)}")
    if slum and revision.authority is None:
        checking.refuse(f"{path}.authority", "missing; a revision of slum_ha needs it")
    for name in revision.classes:
        if name not in checking.scenario.severity_classes:
            hint = nearest_hint(name, checking.scenario.severity_classes)
            checking.refuse(f"{path}.classes.{name}", f"unknown class{hint}")


def _check_one_kind_a_year(checking: Checking) -> None:
    """Revisions of RTLH in one year either all move houses between the stocks, or all are new records."""
    kinds: dict[int, tuple[str, bool]] = {}
    for name, revision in checking.scenario.revisions.items():
        if revision.variable != "rtlh_houses":
            continue
        first, kind = kinds.setdefault(revision.year, (name, revision.new_records))
        if kind != revision.new_records:
            message = (
                f"{revision.new_records!s}".lower()
                + f", but {first} in {revision.year} says otherwise; write both alike"
            )
            checking.refuse(f"revisions.{name}.new_records", message)
