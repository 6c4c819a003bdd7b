"""Checks of targets, known outputs and revisions."""

from backlog_model.errors import nearest_hint
from backlog_model.scenario.checking import Checking, unread
from backlog_model.scenario.programme_checks import check_name
from backlog_model.scenario.schema import Revision
from backlog_model.scenario.target_checks import check_targets
from backlog_model.translation import Text, joined

_REALISED = ("realised_houses", "realised_ha", "realised_spent_idr")


def check_promises(checking: Checking) -> None:
    """Note everything in targets, known outputs and revisions that contradicts something else."""
    check_targets(checking)
    for section in _REALISED:
        _check_realised(section, checking)
    for name, revision in checking.scenario.revisions.items():
        check_name(f"revisions.{name}", name, checking)
        _check_revision(f"revisions.{name}", revision, checking)
    _check_one_kind_a_year(checking)


def warn_promises(checking: Checking) -> None:
    """Note known outputs outside the simulated years."""
    for section in _REALISED:
        for name, value in getattr(checking.scenario, section).items():
            outside = [str(year) for year in value.known_years() if year not in checking.years]
            if outside:
                message = Text(
                    "{outside} outside {first} to {last}; not used",
                    outside=", ".join(outside),
                    first=checking.years[0],
                    last=checking.years[-1],
                )
                checking.warn(f"{section}.{name}", message)


def _check_realised(section: str, checking: Checking) -> None:
    """Known outputs belong to programmes, counted in the right unit."""
    programmes = checking.scenario.programmes
    names = tuple(checking.tree.entries["programmes"].entries) if "programmes" in checking.tree.entries else ()
    for name, value in getattr(checking.scenario, section).items():
        path = f"{section}.{name}"
        if name not in names:
            checking.refuse(path, Text("unknown programme {name}{hint}", name=name, hint=nearest_hint(name, names)))
            continue
        treats_slum = name in programmes and "slum" in programmes[name].treats
        other = {"realised_houses": "realised_ha", "realised_ha": "realised_houses"}.get(section)
        if other is not None and name in programmes and treats_slum == (section == "realised_houses"):
            checking.refuse(
                path,
                Text("{name} treats slum; write it under {other}", name=name, other=other)
                if treats_slum
                else Text("{name} treats no slum; write it under {other}", name=name, other=other),
            )
        elif not value.known_years() and not unread(value):
            checking.refuse(
                path, Text("one number for every year; write the years that are known, such as {{2025: 650}}")
            )


def _check_revision(path: str, revision: Revision, checking: Checking) -> None:
    if revision.year not in checking.years:
        message = Text(
            "{year} is not simulated; expected {first} to {last}",
            year=revision.year,
            first=checking.years[0],
            last=checking.years[-1],
        )
        checking.refuse(f"{path}.year", message)
    slum = revision.variable == "slum_ha"
    ways = ("ha",) if slum else ("ratio", "houses", "classes")
    other = ("ratio", "houses", "classes") if slum else ("ha", "authority")
    for name in other:
        if getattr(revision, name):
            checking.refuse(
                f"{path}.{name}",
                Text("not for {variable}; expected one of {ways}", variable=revision.variable, ways=", ".join(ways)),
            )
    given = [name for name in ways if getattr(revision, name)]
    if len(given) != 1:
        checking.refuse(
            path,
            Text(
                "{given}; expected one of {ways}",
                given=joined(given, Text(" and ")) or Text("no change"),
                ways=", ".join(ways),
            ),
        )
    if slum and revision.authority is None:
        checking.refuse(f"{path}.authority", Text("missing; a revision of slum_ha needs it"))
    for name in revision.classes:
        if name not in checking.scenario.severity_classes:
            hint = nearest_hint(name, checking.scenario.severity_classes)
            checking.refuse(f"{path}.classes.{name}", Text("unknown class{hint}", hint=hint))


def _check_one_kind_a_year(checking: Checking) -> None:
    """Revisions of RTLH in one year either all move houses between the stocks, or all are new records."""
    kinds: dict[int, tuple[str, bool]] = {}
    for name, revision in checking.scenario.revisions.items():
        if revision.variable != "rtlh_houses":
            continue
        first, kind = kinds.setdefault(revision.year, (name, revision.new_records))
        if kind != revision.new_records:
            message = Text(
                "{seen}, but {first} in {year} says otherwise; write both alike",
                seen=str(revision.new_records).lower(),
                first=first,
                year=revision.year,
            )
            checking.refuse(f"revisions.{name}.new_records", message)
