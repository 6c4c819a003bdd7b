"""A plan of two regions as plain data, changed place by place, and what is said about it."""

import copy
import json
from pathlib import Path
from typing import Any

from backlog_model.scenario.loading import check
from small_scenario import REGIONS, write

ONE_REGION = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n"
CLASSES = ("light", "medium", "heavy")


def regional(*numbers: Any) -> dict[str, Any]:
    """Numbers of the two regions, in order; one number alone is that of the first."""
    return {"by_region": dict(zip(("63.01", "63.10"), numbers, strict=False))}


def thirds(*numbers: Any) -> dict[str, Any]:
    """Numbers of light, medium and heavy."""
    return dict(zip(CLASSES, numbers, strict=False))


PLAN: dict[str, Any] = {
    "title": "Two regions, three classes",
    "years": {"first": 2026, "last": 2028},
    "regions": "regions.csv",
    "opening": {
        "households": regional(1000, 2000),
        "decent_houses": regional(700, 1500),
        "rtlh_houses": regional(200, 300),
        "severity_share": thirds(0.5, 0.3, 0.2),
    },
    "assumptions": {"severity_share": thirds(0.6, 0.3, 0.1), "deterioration_rate": 0.01},
    "programmes": {"bsps": {"treats": list(CLASSES), "unit_cost_idr": 20_000_000, "budget_idr": {"apbn": 1e9}}},
}
SLUM = {
    "treats": "slum",
    "authority": "province",
    "intervention": "partial",
    "unit_cost_idr": 2e8,
    "budget_idr": {"apbd": 1e9},
}
SLUM_STOCKS = {
    "opening.slum_ha": {"province": regional(30, 20)},
    "opening.slum_class_share": thirds(0.5, 0.3, 0.2),
}


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The plan with other entries at dotted paths; None takes one out."""
    plan = copy.deepcopy(PLAN)
    for path, entry in changes.items():
        *above, name = path.split(".")
        inside = plan
        for step in above:
            inside = inside.setdefault(step, {})
        if entry is None:
            del inside[name]
        else:
            inside[name] = entry
    return plan


def said(
    folder: Path, changes: dict[str, Any], *, warning: bool = False, regions: str = REGIONS, **tables: str
) -> list[str]:
    """Problems of the changed plan, or its warnings, without their places, from top to bottom."""
    found = check(write(folder, json.dumps(changed(changes)), regions=regions, **tables))
    return [str(each.message) for each in found if each.warning == warning]
