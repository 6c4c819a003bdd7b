"""Slum area by authority over the years."""

from collections.abc import Iterator, Sequence

from backlog_model.report import words
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.records import counted_again
from backlog_model.report.figures.scales import all_read_as, numbers

VARIABLE = "slum_ha"
_FLOWS = (
    ("handled", "slum_handled_ha", "figure_handled"),
    ("new", "new_slum_ha", "figure_new_slum"),
    ("relapsed", "relapsed_slum_ha", "figure_relapsed"),
)


def slums(dossier: Dossier) -> Iterator[Figure]:
    """Hectares at the end of each year of every authority that a source covers, and what came and went."""
    case = dossier.lead
    if not case.view.slum_authorities:
        return
    columns = [
        Column("year", dossier.say("figure_year"), "year"),
        Column("authority", dossier.say("figure_authority_code"), "text"),
        Column("name", dossier.say("figure_authority_name"), "text"),
        numbers("hectares", dossier.say("figure_hectares"), VARIABLE, dossier.language),
    ]
    columns += [numbers(name, dossier.say(label), variable, dossier.language) for name, variable, label in _FLOWS]
    years = case.projection.years(VARIABLE)
    rows = sorted(_rows(dossier, years), key=lambda row: row[0])
    figure = Figure(
        name="slums",
        chart="slums",
        title=dossier.say("figure_slums_title", first=years[0], last=years[-1]),
        description="",
        columns=tuple(columns),
        rows=tuple((year, *cells) for year, cells in rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier, years)),
        settings={"unit": words.unit("ha", dossier.language), "now": case.view.now},
    )
    ends = {name: _total(figure, year) for name, year in (("start", years[0]), ("end", years[-1]))}
    yield figure.described(dossier.say("figure_slums_description", first=years[0], last=years[-1], **ends))


def _rows(dossier: Dossier, years: Sequence[int]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    view = dossier.lead.view
    for authority in view.slum_authorities:
        name = words.part(authority, dossier.language)
        stock = all_read_as(view.values(VARIABLE, years, part=authority), VARIABLE)
        flows = [all_read_as(view.values(each, years, part=authority), each) for _, each, _ in _FLOWS]
        for year, *cells in zip(years, stock, *flows, strict=True):
            yield year, (authority, name, *cells)


def _total(figure: Figure, year: int) -> str:
    held = [record["hectares"] for record in figure.records if record["year"] == year]
    return figure.text("hectares", sum(each for each in held if isinstance(each, int | float)))


def _notes(dossier: Dossier, years: Sequence[int]) -> Iterator[str]:
    case = dossier.lead
    named = ", ".join(words.part(name, dossier.language) for name in case.view.slum_authorities)
    yield dossier.say("figure_covered", authorities=named)
    rule = words.counting_rule(case.scenario.assumptions.slum_counting_rule, dossier.language)
    yield dossier.say("figure_counting_rule", rule=rule)
    again = counted_again(case, VARIABLE, years)
    if again:
        yield dossier.say("figure_counted_again", years=case.view.span(again))
