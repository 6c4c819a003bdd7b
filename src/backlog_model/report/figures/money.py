"""Money: budget and spending by source and year."""

import math
from collections.abc import Iterator, Sequence

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import rounded_to_sum
from backlog_model.report.view import BILLION, View


def funding(dossier: Dossier) -> Iterator[Figure]:
    """Budget and spending of every source and year, all programmes together; none where no source is named.

    Columns: year, source, name, budget, spent, unspent in Rp billion, one decimal; sources of a year add up to the
    rounded sum of the year.
    """
    case, view = dossier.lead, dossier.lead.view
    axes = view.projection.axes
    sources = [name for name in axes.sources if any(_by_year(view, "budget_idr", name, axes.years))]
    if not sources:
        return
    budget, spent = (_rounded(view, variable, sources) for variable in ("budget_idr", "spent_idr"))
    rows: list[tuple[Cell, ...]] = [
        (year, name, view.source(name), ceiling, paid, round(ceiling - paid, 1))
        for year, ceilings, payments in zip(axes.years, budget, spent, strict=True)
        for name, ceiling, paid in zip(sources, ceilings, payments, strict=True)
    ]
    at = axes.years.index(view.focus)
    largest = max(zip(budget[at], sources, strict=True), key=lambda each: each[0])[1]
    unit = dossier.say("idr_billion")
    texts = [Column(name, dossier.say(f"figure_funding_{name}"), "text") for name in ("source", "name")]
    amounts = ("budget", "spent", "unspent")
    yield Figure(
        name="funding",
        chart="funding",
        title=dossier.say("figure_funding_title", first=axes.years[0], last=axes.years[-1]),
        description=dossier.say(
            "figure_funding_description",
            year=view.focus,
            budget=view.number(math.fsum(budget[at]), decimals=1),
            spent=view.number(math.fsum(spent[at]), decimals=1),
            largest=view.source(largest),
        ),
        columns=(
            Column("year", dossier.say("figure_year"), "year"),
            *texts,
            *(Column(name, dossier.say(f"figure_funding_{name}"), decimals=1, unit=unit) for name in amounts),
        ),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(dossier.say("figure_funding_note", year=view.now),),
    )


def _rounded(view: View, variable: str, sources: Sequence[str]) -> list[list[float]]:
    """For each year, Rp billion of each source, to one decimal, adding up to the rounded sum."""
    years = view.projection.axes.years
    columns = zip(*(_by_year(view, variable, name, years) for name in sources), strict=True)
    return [rounded_to_sum(column, decimals=1) for column in columns]


def _by_year(view: View, variable: str, source: str, years: Sequence[int]) -> list[float]:
    """Rp billion of one source, all programmes together, year by year."""
    parts = [part for part in view.projection.parts(variable) if part.partition(".")[2] == source]
    paths = [view.values(variable, years, part=part) for part in parts]
    return [math.fsum(amounts) / BILLION for amounts in zip(*paths, strict=True)]
