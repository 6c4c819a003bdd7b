"""From a scenario to arrays: the only place that knows both what a planner writes and what the model reads."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from backlog_model.assembly import assumptions, programmes
from backlog_model.assembly.drawing import Drawing
from backlog_model.assembly.opening import coverage, opening_stocks, revisions
from backlog_model.assembly.programmes import rules_of
from backlog_model.assembly.reader import Key, Part, Reader
from backlog_model.inputs import AUTHORITIES, Array, Axes, Coverage, Inputs, Opening, Rules, YearInputs
from backlog_model.neutral import empty_opening, neutral_years
from backlog_model.scenario.schema import Scenario

PARTS: tuple[Part, ...] = (*assumptions.PARTS, *programmes.PARTS)


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
    axes = axes_of(scenario, draws=len(drawing.draws) if drawing else 1)
    reader = Reader(scenario, axes, drawing)
    yearly = neutral_years(axes)._replace(**_fields(PARTS, reader))
    return _inputs(reader, empty_opening(axes), yearly, rules_of(reader), coverage(reader))


class Assembler:
    """What makes the inputs of one scenario again and again, in ever other draws.

    What no draw changes is worked out and checked once, at the start; nothing is kept after that, so that threads may
    share an assembler. The arrays are those of `assemble`.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._axes = axes_of(scenario)
        self._known: dict[Key, Array] = {}
        self._drawn: list[Part] = []
        self._certain = self._certain_fields()
        ...


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


def _fields(parts: Iterable[Part], reader: Reader) -> Fields:
    return {name: array for part in parts for name, array in part(reader).items()}
