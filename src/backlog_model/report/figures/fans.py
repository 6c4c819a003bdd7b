"""Fans: one variable of the province over the years, its range, the target and what was published."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.observed import observed
from backlog_model.report.figures.records import counted_again, records
from backlog_model.report.figures.scales import all_read_as, numbers, read_as
from backlog_model.scenario.schema import Target

POINTS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of the draws: bands of 90 and 50 %, and the median."""

FANS = (
    "rtlh_houses",
    "decent_share",
    "slum_ha",
    "slum_handled_share",
    "ownership_backlog_households",
    "occupancy_backlog_households",
    "psu_share",
)
"""Variables that have a fan where a source covers them."""


_EXACT = 6  # decimals: quantiles of equal draws differ from them by round-off


class _Shown(NamedTuple):
    """What one fan is about."""

    dossier: Dossier
    case: Case
    variable: str
    part: str
    years: tuple[int, ...]  # of the projection, and before them those of published counts

    @property
    def again(self) -> tuple[int, ...]:
        """Years in which the record is counted again."""
        return counted_again(self.case, self.variable, self.years, part=self.part)

    @property
    def name(self) -> str:
        """The variable in words, with its part."""
        name = self.case.view.label(self.variable)
        if self.part == "total":
            return name
        said = words.part(self.part, self.dossier.language)
        message = "figure_authority" if QUANTITIES[self.variable].parts == "authority" else "figure_part"
        return self.dossier.say(message, name=name, part=said)


def fans(dossier: Dossier) -> Iterator[Figure]:
    """A fan of every variable of the leading scenario that some source covers."""
    for variable in FANS:
        if dossier.lead.view.value(variable, dossier.lead.view.focus, part=part_shown(dossier.lead, variable)) >= 0:
            yield fan(dossier, dossier.lead, variable)


def part_shown(case: Case, variable: str) -> str:
    """The part of a variable that its fan shows: the one authority that is covered, gross shares, else the total."""
    parts = QUANTITIES[variable].parts
    if parts == "gross_net":
        return "gross"
    covered = case.view.slum_authorities
    return covered[0] if parts == "authority" and len(covered) == 1 else "total"


def fan(dossier: Dossier, case: Case, variable: str) -> Figure:
    """Central line, bands, published figures and targets of one variable of the province.

    Columns: year, central; with draws p05, p25, p50, p75, p95; observed, target, and where there are targets the kind
    of each; `stricter` where a year has a second target, `record` where the stock is counted again.
    """
    part = part_shown(case, variable)
    seen = observed(case, variable, part)
    own = case.projection.years(variable)
    shown = _Shown(dossier, case, variable, part, (*(year for year in seen if year < own[0]), *own))
    columns, cells = _values(shown)
    columns.append(numbers("observed", dossier.say("figure_observed"), variable, dossier.language))
    cells.append([read_as(seen[year], variable) if year in seen else None for year in shown.years])
    for column, held in (*_targets(shown), *_records(shown)):
        columns.append(column)
        cells.append([held.get(year) for year in shown.years])
    unit = words.unit(QUANTITIES[variable].unit, dossier.language)
    said = {"name": shown.name, "unit": unit, "first": shown.years[0], "last": shown.years[-1]}
    figure = Figure(
        name=f"fan_{variable}",
        chart="fan",
        title=dossier.say("figure_fan_title", **said),
        description="",
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(*_notes(shown), *_off_middle(shown, columns, cells)),
        settings={
            "direction": QUANTITIES[variable].direction,
            "unit": unit,
            "now": case.view.now,
            "again": shown.again,
            "kinds": [dossier.say("figure_published"), dossier.say("figure_illustrative")],
        },
    )
    return _described(figure, dossier, case, said)


def _values(shown: _Shown) -> tuple[list[Column], list[list[Cell]]]:
    """Years, the central line and the quantiles."""
    dossier, case, variable, part, years = shown
    columns = [Column("year", dossier.say("figure_year"), "year")]
    columns.append(numbers("central", dossier.say("figure_central"), variable, dossier.language))
    cells: list[list[Cell]] = [list(years), all_read_as(case.view.values(variable, years, part=part), variable)]
    if case.projection.draws:
        before: list[Cell] = [None] * (len(years) - len(case.projection.years(variable)))
        found = case.projection.statistics(variable, part=part, by="province", points=POINTS).quantiles[:, :, 0]
        for point, values in zip(POINTS, found.tolist(), strict=True):
            label = "figure_median" if point == 0.5 else "figure_point"
            name = dossier.say(label, percent=f"{100 * point:g}")
            columns.append(numbers(f"p{100 * point:02g}", name, variable, dossier.language))
            cells.append([*before, *all_read_as(values, variable)])
    return columns, cells


def _targets(shown: _Shown) -> Iterator[tuple[Column, Mapping[int, Cell]]]:
    """Targets on the province by year, the one most easily met first, and what kind of target each is."""
    dossier, case, variable, part, _ = shown
    province = case.projection.axes.province
    held: dict[int, list[Target]] = {}
    for promise in case.promises:
        target = promise.target
        if promise.redefined or (target.variable, target.region, target.part) != (variable, province, part):
            continue
        held.setdefault(target.year, []).append(target)
    for targets in held.values():
        targets.sort(key=lambda each: each.wanted if each.operator == ">=" else -each.wanted)
    first = {year: read_as(targets[0].wanted, variable) for year, targets in held.items()}
    yield numbers("target", dossier.say("figure_target"), variable, dossier.language), first
    if held:
        kinds = {year: dossier.say(f"figure_{targets[0].kind}") for year, targets in held.items()}
        yield Column("target_kind", dossier.say("figure_target_kind"), "text"), kinds
    stricter = {year: read_as(targets[-1].wanted, variable) for year, targets in held.items() if len(targets) > 1}
    if stricter:
        yield numbers("stricter", dossier.say("figure_stricter"), variable, dossier.language), stricter


def _records(shown: _Shown) -> Iterator[tuple[Column, Mapping[int, Cell]]]:
    """Which count each year belongs to, where a re-registration changes it."""
    found = records(shown.case, shown.variable, shown.years, part=shown.part)
    if found:
        yield Column("record", shown.dossier.say("figure_record"), "text"), found


def _notes(shown: _Shown) -> Iterator[str]:
    dossier, case = shown.dossier, shown.case
    if shown.again:
        yield dossier.say("figure_counted_again", years=case.view.span(shown.again))
    kinds = {promise.target.kind for promise in case.promises if promise.target.variable == shown.variable}
    if "illustrative" in kinds:
        yield dossier.say("figure_illustrative_note")
    if shown.variable == "slum_handled_share":
        rule = words.counting_rule(case.scenario.assumptions.slum_counting_rule, dossier.language)
        yield dossier.say("figure_counting_rule", rule=rule)
    if shown.variable in ("slum_ha", "slum_handled_share"):
        named = ", ".join(words.part(name, dossier.language) for name in case.view.slum_authorities)
        yield dossier.say("figure_covered", authorities=named)


def _off_middle(shown: _Shown, columns: Sequence[Column], cells: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """That the central line may lie outside the band of half the draws, where it does."""
    held = {column.name: values for column, values in zip(columns, cells, strict=True)}
    if "p25" not in held:
        return
    rows = zip(held["p25"], held["central"], held["p75"], strict=True)
    if any(not _size(low) <= _size(line) <= _size(high) for low, line, high in rows if line is not None):
        yield shown.dossier.say("figure_off_middle")


def _size(value: Cell) -> float:
    return round(float(value), _EXACT) if isinstance(value, int | float) else 0.0


def _described(figure: Figure, dossier: Dossier, case: Case, said: Mapping[str, object]) -> Figure:
    known = [record for record in figure.records if record["central"] is not None]
    ends = {name: figure.text("central", known[at]["central"]) for name, at in (("start", 0), ("end", -1))}
    if figure.settings["again"]:
        return figure.described(dossier.say("figure_fan_description_again", scenario=case.title, **said))
    message = "figure_fan_description" if dossier.draws else "figure_fan_description_central"
    return figure.described(dossier.say(message, scenario=case.title, **said, **ends))
