"""Sections on what is promised, what other scenarios give, and what binds."""

from collections.abc import Iterator

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Figure
from backlog_model.report.page.parts import Block, Figures, Prose, Section
from backlog_model.report.page.shown import shown

_GROUPS = ("sure", "unsure", "met", "missed", "unjudged")
_MESSAGES = ("page_target_in_years", "page_target_in_years_illustrative")  # targets adopted, and illustrations


def targets(dossier: Dossier, figures: Figures) -> Section | None:
    """Targets with their chances, and which path to them is regretted least."""
    found = figures.get("targets")
    if found is None:
        return Section("targets", dossier.say("page_targets"), (Prose((dossier.say("page_no_targets"),)),))
    blocks: list[Block] = [Prose(tuple(_standing(dossier, found))), shown(dossier, found)]
    blocks += [shown(dossier, figures[name]) for name in ("tournament",) if name in figures]
    return Section("targets", dossier.say("page_targets"), tuple(blocks))


def _standing(dossier: Dossier, found: Figure) -> Iterator[str]:
    """Targets by how they stand, each named once with its years; illustrations are called so."""
    standing: dict[str, dict[tuple[str, bool], list[str]]] = {}
    illustration = dossier.say("figure_targets_illustrative")
    for row in found.records:
        key = str(row["subject"]), row["kind"] == illustration
        years = standing.setdefault(_group(dossier, row), {}).setdefault(key, [])
        if str(row["year"]) not in years:
            years.append(str(row["year"]))
    for group in _GROUPS:
        named = [
            dossier.say(_MESSAGES[illustrative], subject=subject, years=", ".join(years))
            for (subject, illustrative), years in standing.get(group, {}).items()
        ]
        if named:
            yield dossier.say(f"page_targets_{group}", names="; ".join(named))


def _group(dossier: Dossier, row: dict[str, Cell]) -> str:
    chance, wanted = row.get("chance"), row.get("wanted_chance")
    if isinstance(chance, int | float) and isinstance(wanted, int | float):
        return "sure" if chance >= wanted else "unsure"
    met = {dossier.say("yes"): "met", dossier.say("no"): "missed"}
    return "unjudged" if dossier.draws else met.get(str(row.get("met")), "unjudged")


def comparison(dossier: Dossier, figures: Figures) -> Section | None:
    """Scenarios side by side; nothing where there is one alone."""
    names = [name for name in ("comparison", "scenarios") if name in figures]
    if not dossier.others or not names:
        return None
    said = tuple(_compared(dossier, figures["comparison"])) if "comparison" in figures else ()
    return Section(
        "comparison",
        dossier.say("page_comparison"),
        (*([Prose(said)] if said else []), *(shown(dossier, figures[name]) for name in names)),
    )


def _compared(dossier: Dossier, found: Figure) -> Iterator[str]:
    """Fewest and most RTLH in the year being planned, beside the first scenario."""
    year = dossier.lead.view.focus
    rows = [row for row in found.records if row["year"] == year and isinstance(row["central"], int | float)]
    if len(rows) < 2 or dossier.lead.name not in {row["scenario"] for row in rows}:
        return
    ordered = sorted(rows, key=lambda row: float(str(row["central"])))
    least, most = ordered[0], ordered[-1]
    yield dossier.say(
        "page_compared",
        year=year,
        least=least["title"],
        fewest=found.text("central", least["central"]),
        most=most["title"],
        largest=found.text("central", most["central"]),
        lead=dossier.lead.title,
        own=found.shown("central", scenario=dossier.lead.name, year=year),
    )


def limits(dossier: Dossier, figures: Figures) -> Section | None:
    """What holds each programme back, and which assumptions move the result most."""
    names = [name for name in ("limits", "tornado") if name in figures]
    blocks = tuple(shown(dossier, figures[name]) for name in names)
    return Section("limits", dossier.say("page_limits"), blocks) if blocks else None
