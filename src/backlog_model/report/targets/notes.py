"""Targets that do not apply and why, and who has adopted the others, as lines of text."""

import math

from backlog_model.report.layout import paragraph, section
from backlog_model.report.targets.view import TargetView
from backlog_model.scenario.schema import Target

_OF_A_LIST = ("rtlh_houses", "rtlh_handled_share", "reported_handled_houses", "official_handled_houses")
_SAME = 0.005  # lists nearer than this to the model's stock are the same one, rounded


def notes(view: TargetView) -> list[str]:
    """Targets on other lists first, then other reasons as the scenario gives them; who has adopted the rest."""
    targets = view.report.scenario.targets
    others = {name: target for name, target in targets.items() if not target.applies}
    lines: list[str] = []
    other_lists = _other_lists(view, others)
    for (base, stock), names in other_lists.items():
        fields = {"names": view.names(names), "base": view.run.number(base), "stock": view.run.number(stock)}
        lines += paragraph(view.say("targets_other_list", **fields), indent="  ")
    by_reason: dict[str, list[str]] = {}
    told = {name for names in other_lists.values() for name in names}
    for name, target in ((name, target) for name, target in others.items() if name not in told):
        by_reason.setdefault(target.reason or view.say("targets_no_reason"), []).append(name)
    for reason, names in by_reason.items():
        lines += paragraph(view.say("targets_reason", names=view.names(names), reason=reason.rstrip(".")), indent="  ")
    return [*section(view.say("targets_others", count=view.run.number(len(others))), lines), *_adopted(view)]


def _other_lists(view: TargetView, others: dict[str, Target]) -> dict[tuple[float, float], list[str]]:
    """Published targets on RTLH whose list is not the stock of the model, by the two numbers."""
    found: dict[tuple[float, float], list[str]] = {}
    for name, target in others.items():
        if target.kind != "published" or target.variable not in _OF_A_LIST or not target.base_value:
            continue
        stock = _opening(view, target.region)
        if math.isfinite(stock) and abs(target.base_value - stock) > _SAME * stock:
            found.setdefault((target.base_value, stock), []).append(name)
    return found


def _opening(view: TargetView, region: str) -> float:
    """RTLH that the model opens with; NaN for a region that it does not have."""
    projection = view.run.projection
    if region == projection.axes.province:
        return float(projection.array("rtlh_houses", by="province")[0, 0, 0])
    if region not in projection.axes.regions:
        return math.nan
    return float(projection.array("rtlh_houses", by="region")[0, 0, projection.axes.regions.index(region)])


def _adopted(view: TargetView) -> list[str]:
    kinds = [standing.promise.target.kind for standing in view.report.standings]
    counts = {kind: view.run.number(kinds.count(kind)) for kind in ("published", "illustrative")}
    return ["", *paragraph(view.say("targets_kinds", **counts))]
