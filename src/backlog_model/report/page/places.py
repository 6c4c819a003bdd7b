"""Sections on the regions and on the money."""

from collections.abc import Iterator

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.page.parts import Block, Choice, Figures, Prose, Section
from backlog_model.report.page.shown import shown

_SCALES = ("regions_same", "regions_own", "regions_index")
_MAPS = ("map_value", "map_change", "map_chance")


def regions(dossier: Dossier, figures: Figures) -> Section | None:
    """Regions as panels, on a map and in a table; nothing where the province has one region."""
    found = figures.get("regions")
    if found is None:
        return None
    blocks: list[Block] = [Prose(tuple(_ends(dossier, found)))]
    blocks += _choices(dossier, figures)
    blocks.append(shown(dossier, found))
    blocks += [shown(dossier, figures[name], folded=True) for name in ("regions_by_year",) if name in figures]
    return Section("regions", dossier.say("page_regions"), tuple(blocks))


def _choices(dossier: Dossier, figures: Figures) -> Iterator[Block]:
    """Panels and maps, one at a time by choice."""
    for name, names in (("scale", _SCALES), ("map", _MAPS)):
        held = [each for each in names if each in figures]
        options = tuple((dossier.say(f"page_{each}"), shown(dossier, figures[each])) for each in held)
        if len(options) > 1:
            yield Choice(name, dossier.say(f"page_{name}_choice"), options)
        elif options:
            yield options[0][1]


def _ends(dossier: Dossier, found: Figure) -> Iterator[str]:
    """Regions with most and with fewest RTLH in the year being planned."""
    year = dossier.lead.view.focus
    column = f"y{year}"
    rows = [row for row in found.records if row["region"] != found.settings["total"]]
    ordered = sorted(rows, key=lambda row: float(str(row[column] or 0)))
    least, most = ordered[0], ordered[-1]
    yield dossier.say(
        "page_regions_ends",
        year=year,
        most=most["name"],
        largest=found.text(column, most[column]),
        least=least["name"],
        fewest=found.text(column, least[column]),
    )


def money(dossier: Dossier, figures: Figures) -> Section | None:
    """Money by source and year, and which chance more of it would buy."""
    blocks: list[Block] = []
    if "funding" in figures:
        blocks += [Prose(tuple(_sources(dossier, figures["funding"]))), shown(dossier, figures["funding"])]
    blocks += [shown(dossier, figures[name]) for name in ("chance_map",) if name in figures]
    return Section("money", dossier.say("page_money"), tuple(blocks)) if blocks else None


def _sources(dossier: Dossier, found: Figure) -> Iterator[str]:
    """Budget of the year being planned, source by source."""
    year = dossier.lead.view.focus
    rows = [row for row in found.records if row["year"] == year and row["budget"]]
    if rows:
        named = [(row["name"], found.text("budget", row["budget"])) for row in rows]
        sources = [dossier.say("page_funding_source", name=name, budget=budget) for name, budget in named]
        yield dossier.say("page_funding_in", year=year, sources="; ".join(sources))
