"""What a reader must know before using the numbers: about the data, about the model, about changed definitions."""

from collections.abc import Iterator

import numpy as np

from backlog_model.inputs import NO_LIMIT, Array
from backlog_model.projection import Projection
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section
from backlog_model.report.view import BILLION, View
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.schema import Revision

BUSY = 0.9
"""Share of the crews in use above which prices are likely to rise."""

_LEAST = 0.5  # half a house, a household or a rupiah: less is round-off
_LEAST_OVER = 0.05 * BILLION  # what would be printed as 0.1
_MARKED = "WARNING:"


def warnings(view: View) -> list[str]:
    """Every warning, one a paragraph."""
    lines = [line for text in warning_texts(view) for line in paragraph(f"- {text}", indent="  ")]
    return section(view.say("warnings"), lines)


def warning_texts(view: View) -> list[str]:
    """Every warning, as a text of one or more sentences."""
    return [*_revisions(view), *_data(view), *_model(view)]


def _revisions(view: View) -> Iterator[str]:
    """Re-registrations, each with what was counted before and after."""
    for revision in view.scenario.revisions.values():
        slum = revision.variable == "slum_ha"
        variable = "slum_revision_ha" if slum else "revision_houses"
        change = view.value(variable, revision.year, part=revision.authority or "total" if slum else "total")
        fields = {
            "year": revision.year,
            "label": view.named(revision.label),
            "name": view.label(revision.variable),
            "change": view.number(abs(change), decimals=2 if slum else 0),
            "unit": words.unit("ha" if slum else "houses", view.language),
            "direction": view.say("up" if change > 0 else "down"),
            "mistaken": view.say("worsening" if change > 0 else "improving"),
        }
        said = view.say("revision_new_records" if revision.new_records else "revision", **fields)
        yield " ".join((said, *_definitions(view, revision), view.say("old_targets")))


def _definitions(view: View, revision: Revision) -> Iterator[str]:
    before, after = revision.definition_before, revision.definition_after
    if before and after:
        yield view.say("definitions", before=before, after=after)


def _data(view: View) -> Iterator[str]:
    """How much is assumed, what contradicts itself, what no source covers."""
    written = list({value.path: value for value in values_in(view.scenario) if value.path}.values())
    kinds = [value.kind for value in written]
    counts = {"assumed": kinds.count("assumption"), "all": len(kinds), "unstated": kinds.count("unstated")}
    yield view.say("assumed_numbers", **{name: view.number(count) for name, count in counts.items()})
    for value in written:
        if value.note and value.note.startswith(_MARKED):
            yield view.say("said_in_note", place=value.path, note=value.note.removeprefix(_MARKED).strip())
    coverage = view.projection.inputs.coverage
    covered = {
        "slum_ha": coverage.slum.any(),
        "psu_gap_estates": coverage.psu.any(),
        "ownership_backlog_households": coverage.ownership,
    }
    for variable, known in covered.items():
        if not known:
            yield view.say("uncovered", name=view.label(variable))


def _model(view: View) -> Iterator[str]:
    """What the rules of the model cut off or left over, and where its outcome strains belief."""
    yield from _left_over(view)
    yield from _overspent(view)
    yield from _busy_crews(view)
    yield from _crowded_ownership(view)


def _left_over(view: View) -> Iterator[str]:
    flows = (
        ("clipped_revision_houses", "clipped", "houses"),
        ("not_struck_houses", "not_struck", "houses"),
        ("excess_backlog_households", "excess_backlog", "households"),
    )
    for variable, message, unit in flows:
        sizes = np.abs(np.nan_to_num(view.projection.array(variable, by="province")))[:, 0, 0]
        years = _years_above(view, sizes, _LEAST)
        if years:
            yield view.say(message, years=view.span(years), **{unit: view.number(float(sizes.sum()))})
    lost = view.projection.array("unallocated_idr", by="province")[:, 0, 0]
    years = _years_above(view, lost, _LEAST)
    if years:
        yield view.say("unallocated", years=view.span(years), billion=view.number(lost.sum() / BILLION, decimals=1))


def _overspent(view: View) -> Iterator[str]:
    """Known output that cost more than the budget as written."""
    programmes, years = [], set()
    for part in view.projection.parts("unspent_idr"):
        left = view.projection.array("unspent_idr", part=part, by="province")[:, 0, 0]
        over = _years_above(view, -left, _LEAST_OVER)
        if over:
            years |= {*over}
            amount = view.number(-left[left < 0].sum() / BILLION, decimals=1)
            programmes.append(f"{view.programme(part.partition('.')[0])} {amount}")
    if programmes:
        yield view.say("overspent", years=view.span(sorted(years)), programmes="; ".join(programmes))


def _busy_crews(view: View) -> Iterator[str]:
    used = crews_used(view.projection)
    busy = np.asarray((used > BUSY).any(axis=0))
    if busy.any():
        codes = [code for code, is_busy in zip(view.projection.axes.regions, busy.tolist(), strict=True) if is_busy]
        years = _years_above(view, used.max(axis=1), BUSY)
        yield view.say("price_pressure", regions=view.listed(codes), years=view.span(years))


def crews_used(projection: Projection) -> Array:
    """Houses started over what the crews of a region can do, (year, region); 0 where crews are no limit."""
    yearly = projection.inputs.yearly
    started = projection.array("started_houses")[:, 0]
    able = np.broadcast_to((yearly.crews * yearly.houses_per_crew_year)[:, 0], started.shape)
    limited = (able < NO_LIMIT) & (able > 0)
    return np.divide(started, able, out=np.zeros(started.shape), where=limited)


def _crowded_ownership(view: View) -> Iterator[str]:
    """More households that become owners than houses that are built."""
    moves = moves_into_ownership(view.projection)
    built = view.projection.array("built_houses", by="province")[:, 0, 0]
    years = _years_above(view, moves - built, _LEAST)
    if years and view.projection.inputs.coverage.ownership:
        first = view.projection.axes.years.index(years[0])
        numbers = {"moves": view.number(moves[first]), "built": view.number(built[first]), "year": years[0]}
        yield view.say("more_owners_than_houses", years=view.span(years), **numbers)


def moves_into_ownership(projection: Projection) -> Array:
    """Households that become owners in each year of the province: new ones, and those that leave the backlog."""
    yearly = projection.inputs.yearly
    names = ("households", "ownership_backlog_households", "new_households", "excess_backlog_households")
    households, backlog, formed, excess = (np.nan_to_num(projection.array(name))[:, 0] for name in names)
    share, lost, other = (
        getattr(yearly, name)[:, 0] for name in ("new_non_owner_share", "ownership_loss_rate", "other_home_share")
    )
    owners = np.maximum(0.0, households[:-1] - backlog[:-1] - other * households[:-1])
    left_backlog = backlog[:-1] + share * formed + lost * owners - excess - backlog[1:]
    return np.asarray(((1.0 - share) * formed + left_backlog).sum(axis=-1))


def _years_above(view: View, sizes: Array, least: float) -> tuple[int, ...]:
    return tuple(year for year, size in zip(view.projection.axes.years, sizes.tolist(), strict=True) if size > least)
