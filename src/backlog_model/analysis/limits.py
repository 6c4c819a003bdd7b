"""What held each programme back, by region and for the province."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.inputs import Array, Axes
from backlog_model.projection import BINDINGS, Projection
from backlog_model.quantities import QUANTITIES

_NONE = BINDINGS.index("none")


class Binding(NamedTuple):
    """The limit that bound a programme in a region, or in the province as a whole, in a year."""

    programme: str
    region: str
    year: int
    binding: str


def province_limit(codes: npt.NDArray[np.int8], need: Array) -> int:
    """Code of the limit that holds most of the need back, over regions (and programmes).

    For several programmes together: each region and programme counts with what is waiting there, since units of
    different programmes do not add. (For one programme `Projection.province_binding` knows what each limit holds back.)
    Regions where nothing binds count only when nothing binds anywhere; ties go to the limit named first in `BINDINGS`.

    Parameters
    ----------
    codes : positions in `BINDINGS`, any shape
    need : what is waiting, same shape, >= 0

    Examples
    --------
    >>> BINDINGS[province_limit(np.array([0, 1, 1], dtype=np.int8), np.array([50.0, 20.0, 20.0]))]
    'funds'
    """
    bound = codes != _NONE
    if not bound.any():
        return _NONE
    weight = need[bound] if need[bound].any() else np.ones(int(bound.sum()))
    return int(np.bincount(codes[bound], weight, minlength=len(BINDINGS)).argmax())


def needs(projection: Projection) -> Array:
    """What waits for each programme at the start of each year, (year, programme, region); 0 where none is known."""
    axes = projection.axes
    blocks = (
        (axes.house_programmes, "rtlh_houses"),
        (axes.slum_programmes, "slum_ha"),
        (axes.new_house_programmes, "ownership_backlog_households"),
        (axes.estate_programmes, "psu_gap_estates"),
        (axes.finance_programmes, "ownership_backlog_households"),
    )
    slums = dict(zip(axes.slum_programmes, projection.inputs.rules.slum_authority.tolist(), strict=True))
    waiting = [
        projection.array(stock, part=axes.authorities[slums[name]] if name in slums else "total")[:-1, 0]
        for names, stock in blocks
        for name in names
    ]
    shape = (len(axes.years), 0, len(axes.regions))
    return np.nan_to_num(np.stack(waiting, axis=1)) if waiting else np.zeros(shape)


def bindings(projection: Projection) -> list[Binding]:
    """What bound every programme in the province and in every region, year by year."""
    axes = projection.axes
    found = []
    for p, programme in enumerate(axes.programmes):
        for y, year in enumerate(axes.years):
            codes = projection.binding[y, p, 0]
            whole = BINDINGS[int(projection.province_binding[y, p, 0])]
            found.append(Binding(programme, axes.province, year, whole))
            regional = zip(axes.regions, codes.tolist(), strict=True)
            found += [Binding(programme, region, year, BINDINGS[code]) for region, code in regional]
    return found


def joint_limit(projection: Projection, programmes: Sequence[str], year: int, region: str) -> str:
    """The limit that holds most back over several programmes, in a region or the whole province."""
    axes = projection.axes
    if year not in axes.years or not programmes:
        return BINDINGS[_NONE]
    rows = [axes.programmes.index(name) for name in programmes]
    columns = [*range(len(axes.regions))] if region == axes.province else [axes.regions.index(region)]
    place = np.ix_(rows, columns)
    y = axes.years.index(year)
    return BINDINGS[province_limit(projection.binding[y, :, 0][place], needs(projection)[y][place])]


def programmes_of(variable: str, part: str, axes: Axes) -> tuple[str, ...]:
    """Programmes that move a variable: the one that a part names, or all of its kind."""
    named = part.partition(".")[0]
    if named in axes.programmes:
        return (named,)
    if QUANTITIES[variable].unit == "ha" or variable.startswith("slum"):
        return axes.slum_programmes
    if QUANTITIES[variable].unit == "estates" or variable.startswith("psu"):
        return axes.estate_programmes
    if variable.startswith("financed"):
        return axes.finance_programmes
    if variable.startswith(("ownership", "occupancy")):
        return (*axes.new_house_programmes, *axes.finance_programmes)
    return axes.programmes if QUANTITIES[variable].unit == "idr" else axes.house_programmes
