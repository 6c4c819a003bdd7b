"""Checks of programmes and shocks: what they treat, their money and limits, how money is shared."""

import re

from backlog_model.errors import nearest_hint
from backlog_model.scenario.checking import TOLERANCE, Checking, unread
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Programme, Shock
from backlog_model.scenario.sums import add_to_one, class_keys, one_value, regions_add_to_one, sums_to_one
from backlog_model.scenario.vocabulary import SEVERITY_CLASSES, SLUM_CLASSES, WORKS_OTHER_THAN_REPAIRS
from backlog_model.translation import Text, joined

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LENT = ("quota_households", "developer_capacity_households", "bank_capacity_households")


def check_programmes(checking: Checking) -> None:
    """Note everything in programmes and shocks that contradicts something else."""
    scenario = checking.scenario
    for name, programme in scenario.programmes.items():
        path = f"programmes.{name}"
        _check_names(path, name, programme, checking)
        if _check_treats(path, programme, checking):
            _check_money(path, name, programme, checking)
            _check_limits(path, name, programme, checking)
            _check_sharing(path, programme, checking)
    finance = [name for name, programme in scenario.programmes.items() if "finance" in programme.treats]
    for name in finance[1:]:
        checking.refuse(
            f"programmes.{name}.treats",
            Text("a second finance programme beside {finance}; keep one", finance=finance[0]),
        )
    for name, shock in scenario.shocks.items():
        _check_shock(f"shocks.{name}", name, shock, checking)


def _check_names(path: str, name: str, programme: Programme, checking: Checking) -> None:
    for where, word in ((path, name), *((f"{path}.budget_idr.{source}", source) for source in programme.budget_idr)):
        check_name(where, word, checking)


def check_name(path: str, name: str, checking: Checking) -> None:
    """Note a name that could not stand in the columns and paths of results."""
    if not _NAME.fullmatch(name):
        checking.refuse(path, Text("{name!r} is no short name; write lower-case letters, digits and _ only", name=name))


def _check_treats(path: str, programme: Programme, checking: Checking) -> bool:
    """Whether what a programme treats is known."""
    classes, treats = checking.scenario.severity_classes, programme.treats
    known = (*classes, *WORKS_OTHER_THAN_REPAIRS)
    strange = [each for each in treats if each not in known]
    for each in strange:
        checking.refuse(
            f"{path}.treats", Text("{each} is nothing to treat{hint}", each=each, hint=nearest_hint(each, known))
        )
    if not treats:
        checking.refuse(f"{path}.treats", Text("an empty list; expected classes of {known}", known=", ".join(known)))
    elif len(set(treats)) < len(treats):
        checking.refuse(f"{path}.treats", Text("a class stands twice"))
    elif len(treats) > 1 and set(treats) & set(WORKS_OTHER_THAN_REPAIRS):
        both = ", ".join(treats)
        checking.refuse(
            f"{path}.treats", Text("{both} in one programme; write one programme for each kind of work", both=both)
        )
    if "slum" in treats:
        for name in ("authority", "intervention"):
            if getattr(programme, name) is None:
                checking.refuse(f"{path}.{name}", Text("missing; a programme that treats slum needs it"))
        for each in programme.classes:
            if each not in SLUM_CLASSES:
                checking.refuse(f"{path}.classes", joined([each, nearest_hint(each, SLUM_CLASSES)]))
        if not programme.classes:
            checking.refuse(
                f"{path}.classes", Text("an empty list; expected classes of {classes}", classes=", ".join(SLUM_CLASSES))
            )
    return not strange and bool(treats)


def _check_money(path: str, name: str, programme: Programme, checking: Checking) -> None:
    scenario = checking.scenario
    if "finance" in programme.treats:
        if programme.quota_households is None:
            checking.refuse(f"{path}.quota_households", Text("missing; a finance programme needs it"))
        if programme.budget_idr:
            checking.refuse(f"{path}.budget_idr", Text("a finance programme has a quota, not a budget; delete it"))
        return
    for each in _LENT:
        if getattr(programme, each) is not None:
            checking.refuse(f"{path}.{each}", Text("only for a programme that treats finance; delete it"))
    if not programme.budget_idr:
        checking.refuse(
            f"{path}.budget_idr", Text("missing; write the money by source, such as {{apbn: 1_000_000_000}}")
        )
    if scenario.of_programme(name, "unit_cost_idr") is None:
        checking.refuse(f"{path}.unit_cost_idr", Text("missing; write it here or in assumptions"))
    sources = tuple(programme.budget_idr)
    shares = programme.cofunding_share
    if shares and class_keys(f"{path}.cofunding_share", shares, sources, checking, whole=False):
        add_to_one(f"{path}.cofunding_share", shares.values(), checking)
    if programme.absorption_share is not None and not isinstance(programme.absorption_share, Value):
        class_keys(f"{path}.absorption_share", programme.absorption_share, sources, checking)


def _check_limits(path: str, name: str, programme: Programme, checking: Checking) -> None:
    scenario = checking.scenario
    if (programme.ramp_rate is None) != (programme.ramp_start is None):
        given, absent = ("ramp_rate", "ramp_start") if programme.ramp_start is None else ("ramp_start", "ramp_rate")
        checking.refuse(
            f"{path}.{given}", Text("{given} without {absent}; a ramp needs both", given=given, absent=absent)
        )
    finished = [scenario.of_programme(name, f"finished_{each}_year_share") for each in ("same", "next")]
    total = one_value(checking, finished)
    if any(share.path.startswith(path) for share in finished) and total is not None and total > 1 + TOLERANCE:
        message = Text(
            "finished_same_year_share and finished_next_year_share add to {total:g}; expected at most 1", total=total
        )
        checking.refuse(path, message)
    for lost in ("overhead_share", "leakage_share"):
        share = scenario.of_programme(name, lost)
        most = one_value(checking, [share])
        if most is not None and most >= 1:
            checking.refuse(
                share.path or path, Text("{lost} {most:g} leaves no money; expected less than 1", lost=lost, most=most)
            )
    if programme.effectiveness_share is not None and not isinstance(programme.effectiveness_share, Value):
        treated = programme.treats if programme.repairs else scenario.severity_classes
        effect = programme.effectiveness_share
        if class_keys(f"{path}.effectiveness_share", effect, scenario.severity_classes, checking, whole=False):
            class_keys(f"{path}.effectiveness_share", effect, tuple(dict.fromkeys((*treated, *effect))), checking)
    if programme.severity_mix is not None:
        mix = programme.severity_mix
        treated = programme.treats if programme.repairs else programme.classes
        if class_keys(f"{path}.severity_mix", mix, treated, checking, whole=False) and mix:
            add_to_one(f"{path}.severity_mix", mix.values(), checking)


def _check_sharing(path: str, programme: Programme, checking: Checking) -> None:
    sharing, path = programme.sharing, f"{path}.sharing"
    needed = {"fiscal_capacity": "capacity_index", "weighted_index": "index", "fixed_table": "table"}
    for rule, name in needed.items():
        if sharing.rule == rule and not getattr(sharing, name):
            checking.refuse(f"{path}.{name}", Text("missing; the rule {rule} needs it", rule=rule))
        elif sharing.rule != rule and getattr(sharing, name):
            checking.refuse(
                f"{path}.{name}",
                Text("not used by the rule {rule}; delete it, or write rule: {needed}", rule=sharing.rule, needed=rule),
            )
    if sharing.table is not None:
        regions_add_to_one(f"{path}.table", sharing.table, checking)
    for name, value in sharing.index.items():
        if value.weight is None:
            checking.refuse(f"{path}.index.{name}", Text("no weight; write weight: beside the numbers"))
    if sharing.capacity_index is not None and not sharing.capacity_index.by_region and len(checking.codes) > 1:
        checking.refuse(f"{path}.capacity_index", Text("one number for all regions; expected a number for each"))
    _check_floors(path, sharing.floor_share, sharing.cap_share, checking)


def _check_floors(path: str, floor: Value | None, cap: Value | None, checking: Checking) -> None:
    low = checking.central(floor) if floor is not None else None
    high = checking.central(cap) if cap is not None else None
    regions = len(checking.codes)
    if low is not None:
        total = float((low.sum(axis=2) * (regions if low.shape[2] == 1 else 1)).max())
        if total > 1 + TOLERANCE:
            message = Text(
                "the floors of {regions} regions add to {total:g}; expected at most 1", regions=regions, total=total
            )
            checking.refuse(f"{path}.floor_share", message)
    if low is not None and high is not None and float((low - high).max()) > TOLERANCE:
        checking.refuse(f"{path}.cap_share", Text("a cap lies below the floor of its region"))


def _check_shock(path: str, name: str, shock: Shock, checking: Checking) -> None:
    check_name(path, name, checking)
    classes = checking.scenario.severity_classes
    if shock.severity_share:
        sums_to_one(f"{path}.severity_share", shock.severity_share, classes, checking)
    elif classes == SEVERITY_CLASSES:
        checking.refuse(
            f"{path}.severity_share", Text("missing; write the shares of {classes}", classes=", ".join(classes))
        )
    if shock.houses.by_region and shock.region_share is not None:
        checking.refuse(f"{path}.region_share", Text("the houses are given by region already; delete one of the two"))
    elif shock.region_share is not None:
        regions_add_to_one(f"{path}.region_share", shock.region_share, checking)
    elif not shock.houses.by_region and len(checking.codes) > 1 and not unread(shock.houses):
        checking.refuse(f"{path}.region_share", Text("missing; write how houses of the province fall on its regions"))
