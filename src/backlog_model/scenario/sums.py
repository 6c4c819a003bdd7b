"""Checks of entries that belong together: their names are known, and shares add to one."""

from collections.abc import Iterable, Mapping

from backlog_model.errors import nearest_hint
from backlog_model.scenario.checking import TOLERANCE, Checking, unread
from backlog_model.scenario.paths import Array, Value
from backlog_model.translation import Text


def class_keys(
    path: str, entry: Mapping[str, Value], known: tuple[str, ...], checking: Checking, *, whole: bool = True
) -> bool:
    """Whether the names of entries by class are known and, if `whole`, all there; what is not is noted."""
    strange = [name for name in entry if name not in known]
    for name in strange:
        checking.refuse(f"{path}.{name}", Text("unknown name{hint}", hint=nearest_hint(name, known)))
    missing = [name for name in known if name not in entry] if whole else []
    if missing:
        checking.refuse(
            path, Text("nothing for {missing}; expected {known}", missing=", ".join(missing), known=", ".join(known))
        )
    return not strange and not missing


def sums_to_one(path: str, entry: Mapping[str, Value], known: tuple[str, ...], checking: Checking) -> None:
    """Note shares by class that are not whole, or do not add to 1 in some year or region."""
    if not entry:
        if path.startswith("opening.") and len(known) > 1:
            checking.refuse(path, Text("missing; write the shares of {known}", known=", ".join(known)))
        return
    if class_keys(path, entry, known, checking):
        add_to_one(path, entry.values(), checking)


def add_to_one(path: str, values: Iterable[Value], checking: Checking) -> None:
    """Note values that do not add to 1 in some year or region."""
    total = summed(values, checking, opening=path.startswith("opening."))
    for extreme in (float(total.min()), float(total.max())) if total is not None else ():
        if abs(extreme - 1) > TOLERANCE:
            checking.refuse(path, Text("the shares add to {extreme:.10g}; expected 1", extreme=extreme))
            return


def regions_add_to_one(path: str, value: Value, checking: Checking) -> None:
    """Note shares by region that do not add to 1 in some year."""
    if unread(value):
        return
    if not value.by_region and len(checking.codes) > 1:
        checking.refuse(path, Text("one number for all regions; expected a share of each region, adding to 1"))
        return
    central = checking.central(value)
    if central is None:
        return
    total = central.sum(axis=2)
    for extreme in (float(total.min()), float(total.max())):
        if abs(extreme - 1) > TOLERANCE:
            checking.refuse(path, Text("the shares of the regions add to {extreme:.10g}; expected 1", extreme=extreme))
            return


def summed(values: Iterable[Value], checking: Checking, *, opening: bool = False) -> Array | None:
    """Central sum of values over the years, or at the opening; None when one of them does not reach."""
    total: Array | None = None
    for value in values:
        central = checking.opening(value) if opening else checking.central(value)
        if central is None:
            return None
        total = central if total is None else total + central
    return total


def one_value(checking: Checking, values: Iterable[Value]) -> float | None:
    """Largest central sum of values over years and regions."""
    total = summed(values, checking)
    return None if total is None else float(total.max())
