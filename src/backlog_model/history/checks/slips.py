"""Slips of the pen in a sum: one figure that, put right, makes the parts add up."""

from collections.abc import Sequence
from math import isclose, log10

from backlog_model.history.tables import Row
from backlog_model.history.tables.findings import figure
from backlog_model.translation import Text

__all__ = ["explained"]

_LARGEST_POWER = 9


def explained(total: Row, parts: Sequence[Row], slack: float) -> str | None:
    """Reading of a wrong sum if a single slip explains it: two digits that changed places, or a power of ten.

    Parameters
    ----------
    total, parts : figures that should agree
    slack : how far rounding alone may keep them apart
    """
    missing = total.value - sum(part.value for part in parts)
    candidates = [(part, part.value + missing) for part in parts] + [(total, total.value - missing)]
    for row, needed in candidates:
        slip = _slip(row, needed, slack)
        if slip:
            likely, seen = figure(needed), figure(row.value)
            return Text(
                "likely {likely} instead of {seen} for {indicator} of {region}: {slip}",
                likely=likely,
                seen=seen,
                indicator=row.indicator,
                region=row.region,
                slip=slip,
            )
    return None


def _slip(row: Row, needed: float, slack: float) -> str | None:
    if needed <= 0 or row.value <= 0:
        return None
    power = round(log10(row.value / needed))
    if 0 < abs(power) <= _LARGEST_POWER and abs(row.value / 10.0**power - needed) <= slack + 1e-9 * needed:
        return Text("a decimal or thousands mark, or a unit, went wrong")
    return Text("two digits changed places") if _transposed(row, needed) else None


def _transposed(row: Row, needed: float) -> bool:
    """Whether the printed digits are the needed ones with two neighbours swapped.

    A difference that is a multiple of nine in the place of the swap is what bookkeepers look for first.
    """
    decimals = len(row.text.partition(".")[2])
    printed, right = f"{row.value:.{decimals}f}", f"{needed:.{decimals}f}"
    if len(printed) != len(right) or not isclose(float(right), needed, rel_tol=1e-9):
        return False
    places = [place for place, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
    if len(places) != 2:
        return False
    first, second = places
    return (
        printed[first + 1 : second] in ("", ".") and printed[first] == right[second] and printed[second] == right[first]
    )
