"""What follows from other entries when a scenario says nothing: names, dates, shares of a single class."""

from typing import Any

from backlog_model.scenario.reading import Reading
from backlog_model.scenario.records import default

FOLLOWING = (("now",), ("price_year",))
"""Places that need not be written: they follow from the first year."""

_SINGLE = ("all",)


def with_defaults(data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The same data, with what follows from its other entries filled in."""
    for section in ("programmes", "shocks", "revisions"):
        for name, entry in _mapping(data, section).items():
            if isinstance(entry, dict):
                entry.setdefault("label", name)
    for target in _mapping(data, "targets").values():
        if isinstance(target, dict) and reading.regions is not None:
            target.setdefault("region", reading.regions.province_code)
    if reading.first is not None:
        for (name,) in FOLLOWING:
            data.setdefault(name, reading.first - 1)
    if data.get("severity_classes") == _SINGLE:
        _fill_single_class(data)
    assumptions = _mapping(data, "assumptions")
    if "severity_share" in assumptions:
        assumptions.setdefault("relapse_severity_share", assumptions["severity_share"])
    return data


def _fill_single_class(data: dict[str, Any]) -> None:
    """A single class takes everything."""
    data.setdefault("assumptions", {})
    holders = [_mapping(data, "opening"), _mapping(data, "assumptions"), *_mapping(data, "shocks").values()]
    for holder in holders:
        if isinstance(holder, dict):
            holder.setdefault("severity_share", {"all": default(1.0)})


def _mapping(data: dict[str, Any], key: str) -> dict[str, Any]:
    entry = data.get(key)
    return entry if isinstance(entry, dict) else {}
