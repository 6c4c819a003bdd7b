"""How two results compare: name by name, to round-off of the size of what was added up."""

import numpy as np

from backlog_model.inputs import Array
from results import Parts

LIMITS = ("eligibility_limit", "capacity_limit", "ramp_limit")


def close(actual: Array, expected: Array, *, relative: float = 1e-9, size: float = 0.0) -> Array:
    """Where two arrays agree; differences of numbers of some size may leave round-off of that size."""
    size = max(size, float(np.abs(expected).max(initial=0.0)))
    return np.asarray(np.abs(actual - expected) <= relative * np.abs(expected) + 1e-9 + 1e-12 * size)


def differences(actual: Parts, expected: Parts, *, relative: float = 1e-9) -> list[str]:
    """Names that differ, in the order of time: part, name, first place, both values."""
    found = []
    largest_budget = float(expected["money"]["budget_idr"].max(initial=0.0))
    for part, names in expected.items():
        for name in sorted(set(names) & set(actual[part])):
            first, second = np.asarray(actual[part][name]), np.asarray(names[name])
            if not second.size or second.dtype.kind == "U":
                continue
            if first.shape != second.shape:
                found.append(f"{part}.{name}: shape {first.shape}, expected {second.shape}")
                continue
            size = largest_budget if name in ("unallocated_idr", "unspent_idr") else 0.0
            wrong = np.argwhere(~close(first, second, relative=relative, size=size))
            if len(wrong):
                at = tuple(int(i) for i in wrong[0])
                found.append(f"{part}.{name} at {at}: {first[at]!r}, expected {second[at]!r}")
    return found


def has_dust(*results: Parts) -> bool:
    """Whether round-off is all that is left of some stock: then it decides how shares and splits fall."""
    for states in (result["states"] for result in results):
        incomplete = states["psu_estates"] - states["psu_complete_estates"]
        stocks = (states["rtlh_houses"], states["slum_ha"], states["ownership_backlog_households"], incomplete)
        if any(((stock != 0) & (np.abs(stock) < 1e-8)).any() for stock in stocks):
            return True
    return False


def bindings_differ(actual: Parts, expected: Parts) -> list[str]:
    """Places where another limit is named although the two limits are not equal."""
    flows = expected["flows"]
    funds, stock, crews, ramp = expected["money"]["reach"], *(flows[name] for name in LIMITS)
    if not funds.size:
        return []
    size = {"funds": funds, "eligibility": stock, "authority": stock, "capacity": crews, "ramp": ramp}
    size |= {"quota": funds, "demand": stock, "developer": crews, "bank": ramp, "none": funds}
    found = []
    for at in np.argwhere(actual["flows"]["binding"] != flows["binding"]):
        place = tuple(int(i) for i in at)
        named, wanted = (str(result["flows"]["binding"][place]) for result in (actual, expected))
        if "none" in (named, wanted) or not close(size[named][place], size[wanted][place]):
            found.append(f"{place}: {named}, expected {wanted}")
    return found
