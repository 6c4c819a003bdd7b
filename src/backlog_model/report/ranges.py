"""Ranges of the indicators over all draws, how exact they are, and where their spread comes from."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.headline import figure
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.notes import split_of
from backlog_model.report.view import View

_BOUNDS = (0.05, 0.95)
_POINTS = (0.05, 0.50, 0.95)
_ROWS = (
    ("rtlh_houses", "total"),
    ("break_even_houses", "total"),
    ("net_clearance_houses", "total"),
    ("effective_handled_houses", "total"),
    ("decent_share", "total"),
    ("ownership_backlog_households", "total"),
    ("occupancy_backlog_households", "total"),
    ("slum_ha", "total"),
    ("slum_handled_share", "gross"),
    ("psu_share", "total"),
)
_FEWEST = 40  # draws of which two lie beyond either bound
_YEARS = 2  # that fit beside each other: the year being planned and the end of the plan


def ranges(view: View) -> list[str]:
    """Table of 90 % ranges of the province, and how exact they are."""
    if view.ensemble is None:
        return []
    years = (view.ahead or view.years)[:_YEARS]
    header = ["", view.say("unit"), *(str(year) for year in years)]
    rows = [row for variable, part in _ROWS for row in _row(view, view.ensemble, variable, part, years)]
    how = "few_draws" if view.ensemble.draws < _FEWEST else "ranges_how"
    said = [view.say(how, draws=view.number(view.ensemble.draws)), *_exactness(view, view.ensemble)]
    lines = [*table(header, rows, left=2), *(line for text in said for line in paragraph(text))]
    return section(view.say("ranges", draws=view.number(view.ensemble.draws)), lines)


def _row(view: View, ensemble: Projection, variable: str, part: str, years: Sequence[int]) -> Iterator[list[str]]:
    unit = QUANTITIES[variable].unit
    bounds = ensemble.statistics(variable, part=part, by="province", points=_BOUNDS).quantiles[:, :, 0]
    errors = ensemble.quantile_errors(variable, part=part, by="province", points=_BOUNDS)[:, :, 0].max(axis=0)
    if np.isnan(bounds).all():
        return
    known = ensemble.years(variable)
    cells = []
    for year in years:
        at = known.index(year)
        low, high = (figure(view, bounds[side, at], unit) for side in (0, 1))
        cells.append(view.say("from_to", low=low, high=high, error=figure(view, errors[at], unit)))
    label = view.label(variable) if part == "total" else f"{view.label(variable)}, {words.part(part, view.language)}"
    yield [label, words.unit(unit, view.language), *cells]


def _exactness(view: View, ensemble: Projection) -> Iterator[str]:
    """Mean and median of RTLH with their errors, and how many draws the digits shown would take."""
    at = ensemble.years("rtlh_houses").index(view.focus)
    found = ensemble.statistics("rtlh_houses", by="province", points=(0.5,))
    error = float(found.mc_error[at, 0])
    median_error = float(ensemble.quantile_errors("rtlh_houses", by="province", points=(0.5,))[0, at, 0])
    if math.isnan(error):
        yield view.say("too_few")
        return
    yield view.say(
        "exactness",
        year=view.focus,
        mean=view.number(float(found.mean[at, 0])),
        error=view.number(error),
        median=view.number(float(found.at(0.5)[at, 0])),
        median_error=view.number(median_error),
    )
    yield from _beside_central(view, ensemble)
    if 2.0 * median_error > 0.5:
        more = 100 * ensemble.draws
        yield view.say("digits", digits=view.number(2.0 * median_error), draws=more)


def _beside_central(view: View, ensemble: Projection) -> Iterator[str]:
    """That the central line lies far from the middle of the draws, where it does."""
    low, high = ensemble.statistics("rtlh_houses", by="province", points=(1 / 3, 2 / 3)).quantiles[:, :, 0]
    known = ensemble.years("rtlh_houses")
    shown = [(year, view.value("rtlh_houses", year), known.index(year)) for year in view.ahead]
    outside = [year for year, central, at in shown if not low[at] <= central <= high[at]]
    if outside and ensemble.draws >= _FEWEST:
        yield view.say("central_off", years=view.span(outside))


def spread(view: View) -> list[str]:
    """Which share of the spread of RTLH comes from assumptions nobody knows well, and which from chance."""
    if view.shares is None:
        return []
    shown = [(year, share) for year, share in view.shares.items() if year in view.ahead and math.isfinite(share.chance)]
    if not shown:
        return []
    texts = [
        view.say(
            "share_of_chance",
            year=year,
            chance=view.number(100 * share.chance),
            error=view.number(100 * share.mc_error, decimals=1),
        )
        for year, share in shown
    ]
    return paragraph(view.say("spread", shares="; ".join(texts)))


def regional_ranges(view: View) -> list[str]:
    """RTLH of each region in the year being planned, over all draws."""
    ensemble = view.ensemble
    axes = view.projection.axes
    if ensemble is None or len(axes.regions) < 2:
        return []
    at = ensemble.years("rtlh_houses").index(view.focus)
    found = ensemble.statistics("rtlh_houses", points=_POINTS).quantiles[:, at]
    errors = ensemble.quantile_errors("rtlh_houses", points=_POINTS)[1, at]
    whole = ensemble.statistics("rtlh_houses", by="province", points=_POINTS).quantiles[:, at, 0]
    whole_error = ensemble.quantile_errors("rtlh_houses", by="province", points=_POINTS)[1, at, 0]
    rows = [
        [code, view.region(code), *(view.number(value) for value in (*found[:, r], errors[r]))]
        for r, code in enumerate(axes.regions)
    ]
    rows.append(["", view.region(axes.province), *(view.number(value) for value in (*whole, whole_error))])
    header = [view.say("code"), view.say("region"), "5 %", "50 %", "95 %", view.say("error_of_median")]
    how = [view.say("quantiles_do_not_add")]
    drawn = view.scenario.opening.rtlh_houses.has_drawn_split
    if split_of("rtlh_houses", view.scenario):
        how.append(view.say("split_drawn" if drawn else "split_not_drawn"))
    lines = [*table(header, rows, left=2), *(line for text in how for line in paragraph(text))]
    return section(view.say("regional_ranges", year=view.focus), lines)
