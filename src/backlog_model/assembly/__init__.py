"""From a scenario to arrays: the only place that knows both what a planner writes and what the model reads."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from backlog_model.assembly import assumptions, programmes
from backlog_model.assembly.drawing import Drawing, Moved
from backlog_model.assembly.opening import coverage, opening_stocks, revisions
from backlog_model.assembly.programmes import rules_of
from backlog_model.assembly.reader import Fields, Part, Reader
from backlog_model.inputs import AUTHORITIES, Array, Axes, Inputs
from backlog_model.neutral import empty_opening, neutral_years
from backlog_model.scenario.schema import Scenario

PARTS: tuple[Part, ...] = (*assumptions.PARTS, *programmes.PARTS)
"""What fills the fields of the years that are not re-registrations; each field is filled once."""

_LENGTHS = 4  # numbers of draws for which empty stocks are kept: chunks of a run differ by one draw


def assemble(scenario: Scenario, drawing: Drawing | None = None) -> Inputs:
    """Arrays of a scenario in some draws; without a drawing those of the central run.

    Parameters
    ----------
    scenario : a checked scenario
    drawing : random numbers and the draws wanted; without it every assumption is at its median and chance events are
        at their mean

    Raises
    ------
    DataError
        When shares or rates that belong together leave their bounds in some draw.
    """
    reader = Reader(scenario, axes_of(scenario, draws=len(drawing.draws) if drawing else 1), drawing)
    return _assembled(reader)


def assemble_moved(scenario: Scenario, points: Mapping[str, Array]) -> Inputs:
    """Arrays of the central run, but for some assumptions that stand at other points of their range.

    Parameters
    ----------
    points : by dotted path, (draw,) probability of the value in each future; 0.5 is the median

    Raises
    ------
    DataError
        When shares or rates that belong together leave their bounds in some future.
    """
    draws = len(next(iter(points.values()), ()))
    central = Reader(scenario, axes_of(scenario))
    _assembled(central)
    known = {key: read for key, read in central.read.items() if read[0].path not in points}
    return _assembled(Reader(scenario, axes_of(scenario, draws=draws), Moved(points, range(draws)), known))


def _assembled(reader: Reader) -> Inputs:
    axes = reader.axes
    yearly = neutral_years(axes)._replace(**_fields(PARTS, reader))
    opening = opening_stocks(reader, empty_opening(axes))
    yearly = yearly._replace(**revisions(reader, opening))
    return Inputs(axes, opening, yearly, rules_of(reader), coverage(reader))


def _fields(parts: Iterable[Part], reader: Reader) -> Fields:
    return {name: array for part in parts for name, array in part(reader).items()}


class Assembler:
    """What assembles one scenario again and again, each time in other draws of a run.

    What is the same in every draw is worked out and checked once, at the start. Nothing that is kept changes after
    that, so threads may share an assembler.
    """

    def __init__(self, scenario: Scenario) -> None:
        reader = Reader(scenario, axes_of(scenario))
        self._scenario, self._central = scenario, _assembled(reader)
        self._known = reader.certain()
        self._drawn, self._certain = self._parts()
        self._empty = lru_cache(maxsize=_LENGTHS)(empty_opening)

    def _parts(self) -> tuple[list[Part], set[str]]:
        """What reads an uncertain value, and the fields that all else fills."""
        drawn, certain = [], set[str]()
        for part in PARTS:
            reader = Reader(self._scenario, self._central.axes, read=dict(self._known))
            fields = part(reader)
            if reader.has_read_uncertain:
                drawn.append(part)
            else:
                certain.update(fields)
        return drawn, certain

    def inputs(self, drawing: Drawing) -> Inputs:
        """Arrays of some draws: those of `assemble`."""
        axes = replace(self._central.axes, draws=len(drawing.draws))
        reader = Reader(self._scenario, axes, drawing, dict(self._known))
        yearly = self._central.yearly._replace(**_fields(self._drawn, reader))
        opening = opening_stocks(reader, self._empty(axes))
        yearly = yearly._replace(**revisions(reader, opening))
        return Inputs(axes, opening, yearly, self._central.rules, self._central.coverage, self._certain)


def axes_of(scenario: Scenario, *, draws: int = 1) -> Axes:
    """Labels of every axis; programmes in blocks of one kind, each in the order written."""
    kinds: dict[str, list[str]] = {"houses": [], "slum": [], "new_houses": [], "estates": [], "finance": []}
    for name, programme in scenario.programmes.items():
        kinds["houses" if programme.repairs else programme.treats[0]].append(name)
    sources = dict.fromkeys(source for programme in scenario.programmes.values() for source in programme.budget_idr)
    return Axes(
        years=scenario.years.all,
        province=scenario.region_table.province_code,
        regions=scenario.region_table.codes,
        severities=scenario.severity_classes,
        authorities=_authorities(scenario),
        house_programmes=tuple(kinds["houses"]),
        slum_programmes=tuple(kinds["slum"]),
        new_house_programmes=tuple(kinds["new_houses"]),
        estate_programmes=tuple(kinds["estates"]),
        finance_programmes=tuple(kinds["finance"]),
        sources=tuple(sources),
        draws=draws,
    )


def _authorities(scenario: Scenario) -> tuple[str, ...]:
    """Authorities that have slum, base or works in the scenario, in their usual order."""
    opening = scenario.opening
    named = {*opening.slum_ha, *opening.slum_base_ha, *opening.slum_handled_ha}
    named |= {p.authority or "kabkota" for p in scenario.programmes.values() if "slum" in p.treats}
    named |= {
        revision.authority or "kabkota" for revision in scenario.revisions.values() if revision.variable == "slum_ha"
    }
    return tuple(authority for authority in AUTHORITIES if authority in named)
