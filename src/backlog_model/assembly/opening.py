"""Stocks on the opening day, what sources cover, and re-registrations of these stocks."""

import numpy as np

from backlog_model.assembly.reader import Fields, Reader
from backlog_model.dynamics.funding import regional_shares
from backlog_model.inputs import AUTHORITIES, SLUM_CLASSES, Array, Coverage, Opening
from backlog_model.quantities import ratio
from backlog_model.scenario.paths import Value


def opening_stocks(reader: Reader, empty: Opening) -> Opening:
    """Stocks on the opening day, full size, in place of empty ones."""
    opening, axes = reader.scenario.opening, reader.axes
    decent, rtlh = _houses_at_opening(reader)
    severity = reader.split(opening.severity_share, axes.severities)[0]
    slum_class = reader.split(opening.slum_class_share, SLUM_CLASSES)[0]
    slum = [reader.opening(opening.slum_ha.get(authority)) for authority in reader.axes.authorities]
    handled = [reader.opening(opening.slum_handled_ha.get(each))[None] for each in axes.authorities]
    nothing = np.zeros((0, axes.draws, len(axes.regions)))
    handed_over = reader.opening(opening.psu_handed_over_estates)
    complete = opening.psu_complete_estates
    return empty._replace(
        decent_houses=decent,
        treated_houses=reader.opening(opening.treated_houses),
        rtlh_houses=rtlh * severity,
        households=reader.opening(opening.households),
        ownership_backlog_households=reader.opening(opening.ownership_backlog_households),
        slum_ha=np.concatenate([nothing, *(hectares * slum_class for hectares in slum)]),
        slum_handled_ha=np.concatenate([nothing, *handled]),
        psu_estates=reader.opening(opening.psu_estates),
        psu_complete_estates=handed_over if complete is None else reader.opening(complete),
        psu_handed_over_estates=handed_over,
    )


def _houses_at_opening(reader: Reader) -> tuple[Array, Array]:
    """Decent and uninhabitable houses of each region, full size.

    Where the split of RTLH over regions is drawn, the houses of a region stay what they are: RTLH never exceed those
    that were not treated, what exceeds them goes to the other regions by weight, and the rest of them is decent.
    """
    value = reader.scenario.opening.rtlh_houses
    decent, rtlh = reader.opening(reader.scenario.opening.decent_houses), reader.opening(value)
    if reader.drawing is None or not value.has_drawn_split:
        return decent, rtlh
    total = rtlh.sum(axis=-1, keepdims=True)
    stated = value.array((reader.base_year,), reader.axes.regions)[0]
    untreated = decent + total * ratio(stated, stated.sum(axis=-1, keepdims=True))
    bound = ratio(untreated, total)
    rtlh = total * regional_shares(rtlh, np.zeros((1, 1)), bound)
    return np.maximum(0.0, untreated - rtlh), rtlh


def coverage(reader: Reader) -> Coverage:
    """Where a source covers a stock."""
    opening, codes = reader.scenario.opening, reader.axes.regions
    nowhere = (False,) * len(codes)
    slum = [opening.slum_ha[each].covered(codes) if each in opening.slum_ha else nowhere for each in AUTHORITIES]
    psu = opening.psu_estates.covered(codes) if opening.psu_estates else nowhere
    return Coverage(np.array(slum), np.array(psu), ownership=opening.ownership_backlog_households is not None)


def revisions(reader: Reader, opening: Opening) -> Fields:
    """Re-registrations, each in its year; a provincial number is split like the opening stock."""
    axes, years = reader.axes, reader.axes.years
    size = (len(years), axes.draws if reader.scenario.revisions else 1, len(axes.regions))
    houses, ratio, moved = np.zeros(size), np.ones(size), np.ones(size)
    classes, slum = (
        np.zeros((size[0], len(axes.severities), *size[1:])),
        np.zeros((size[0], len(axes.authorities), *size[1:])),
    )
    for revision in reader.scenario.revisions.values():
        at, year = years.index(revision.year), (revision.year,)
        if revision.variable == "slum_ha":
            a = axes.authorities.index(revision.authority or "kabkota")
            stock = opening.slum_ha[3 * a : 3 * a + 3].sum(axis=0)
            slum[at, a] += _split(reader, revision.ha, stock, year)
            continue
        stock = opening.rtlh_houses.sum(axis=0)
        houses[at] += _split(reader, revision.houses, stock, year)
        ratio[at] *= reader.at(revision.ratio, default=1.0, years=year)[0]
        moved[at] = 0.0 if revision.new_records else 1.0
        for k, severity in enumerate(axes.severities):
            classes[at, k] += _split(reader, revision.classes.get(severity), stock, year)
    return {
        "revision_houses": houses,
        "revision_ratio": ratio,
        "revision_reclassified_share": moved,
        "revision_class_houses": classes,
        "slum_revision_ha": slum,
    }


def _split(reader: Reader, value: Value | None, stock: Array, year: tuple[int, ...]) -> Array:
    """(draw, region) of a number by region, or of a provincial one in proportion to a stock."""
    array: Array = reader.at(value, years=year)[0]
    if value is None or value.by_region:
        return array
    share: Array = ratio(stock, stock.sum(axis=-1, keepdims=True))
    return array * share
