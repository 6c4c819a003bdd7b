"""Targets that would be met on paper: by records, definitions, bases, counting rules, or the easiest works alone.

Every flag rests on lines of the ledger of the central run. None is a verdict: a planner may have good reasons, and says
them beside the number.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from backlog_model.analysis.aims import Aim, aims_of
from backlog_model.analysis.central_ledger import CentralLedger, Line
from backlog_model.inputs import Array
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Revision, Scenario, Target, better_sense

Kind = Literal["records", "definition", "base", "touched", "light_only", "output_only"]

_ONLY = 0.95  # works of one class from this share on are works of that class alone
_SAME = 0.005  # bases nearer than this are one base, rounded
_REGISTERED = ("rtlh_houses", "decent_houses", "decent_share", "years_to_clear", "funding_gap_idr", "slum_ha")
_REDEFINED = (*_REGISTERED, "rtlh_handled_share")
_REPORTED = ("reported_handled_houses", "official_handled_houses", "rtlh_handled_share")
_COUNTED = ("slum_handled_ha", "slum_handled_share", "slum_treated_ha")
_CLEARED = ("rtlh_houses", "decent_share", "net_clearance_houses", "effective_handled_houses", *_REPORTED)
_CLEARED_HA = ("slum_ha", "slum_exit_ha", *_COUNTED)


class Flag(NamedTuple):
    """A way in which a target is met, or helped, without the houses or hectares it stands for.

    Attributes
    ----------
    kind : `records` struck off, `definition` changed, another or moving `base`, hectares `touched` and not left slum,
        works of the light class only, outputs only while the stock stays
    line : the ledger line that shows it
    beside : lines to hold it against: for `light_only` all works, then the heavy class before and after; for
        `output_only` what left the stock, then the stock's fall
    met : whether the central line meets the target
    met_without : whether it would without what is flagged; None where that cannot be told
    names : revisions, programmes or the counting rule that do it
    """

    kind: Kind
    line: Line
    beside: tuple[Line, ...]
    met: bool
    met_without: bool | None
    names: tuple[str, ...]


def flags(scenario: Scenario, projection: Projection) -> dict[str, tuple[Flag, ...]]:
    """Targets that would be met on paper, by name, each with its flags; a target without flags is left out.

    Parameters
    ----------
    scenario, projection : a scenario and its run; only the central run is looked at

    Examples
    --------
    >>> import backlog_model as bm
    >>> scenario = bm.load_scenario("scenarios/template/scenario.yaml")
    >>> flags(scenario, bm.run(scenario, draws=0))
    {}
    """
    ledger = CentralLedger(scenario, projection.central)
    found = {}
    for name, aim in aims_of(scenario, ledger.projection).items():
        raised = [screen(ledger, aim, scenario.targets[name]) for screen in _SCREENS]
        found[name] = tuple(flag for flag in raised if flag is not None)
    return {name: raised for name, raised in found.items() if raised}


def _met(aim: Aim, projection: Projection) -> bool:
    return bool(aim.goal.is_met(aim.values(projection))[0])


def _records(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """Records struck off between now and the target's year, which bring the stock down."""
    now, variable = ledger.scenario.now, target.variable
    names = tuple(name for name, one in _revisions(ledger, target) if now < one.year <= aim.year)
    registered = variable in _REGISTERED or target.part == "moving_base"
    if not names or not registered or target.operator != better_sense(variable):
        return None
    line = _revision_line(ledger, aim, target, now + 1, aim.year)
    if line.amount >= 0:
        return None
    return Flag("records", line, (), _met(aim, ledger.projection), _met(aim, ledger.unrevised(now)), names)


def _definition(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """A definition, or the whole list, changed between the target's base and its year, in whichever direction."""
    start = max(ledger.opening_year, target.base_year or ledger.opening_year)
    changed = {
        name: one.year
        for name, one in _revisions(ledger, target)
        if start < one.year <= aim.year and (one.definition_before or one.definition_after or one.ratio is not None)
    }
    if not changed:
        return None
    line = _revision_line(ledger, aim, target, min(changed.values()), max(changed.values()))
    met_without = _met(aim, ledger.unrevised(start))
    return Flag("definition", line, (), _met(aim, ledger.projection), met_without, tuple(changed))


def _base(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """A share of a base that moves, or a percentage of another base than the model opens with."""
    opening, met = ledger.opening_year, _met(aim, ledger.projection)
    if target.part == "moving_base":
        fixed = ledger.line("rtlh_houses", aim, opening, opening)
        moving = ledger.line("rtlh_houses", aim, aim.year - 1, aim.year - 1)
        share = aim.values(ledger.projection) * moving.amount / fixed.amount
        return Flag("base", moving, (fixed,), met, bool(aim.goal.is_met(share)[0]), ())
    stock = "rtlh_houses" if target.variable in _REPORTED else "slum_ha"
    if target.percent_of_base is None or target.base is None or target.variable not in (*_REPORTED, *_COUNTED):
        return None
    own = ledger.line(stock, aim, opening, opening)
    if abs(own.amount - target.base) <= _SAME * own.amount:
        return None
    year = target.base_year or opening
    goal = aim.goal._replace(value=target.percent_of_base / 100.0 * own.amount)
    without = bool(goal.is_met(aim.values(ledger.projection))[0])
    return Flag("base", Line(stock, "total", year, year, target.base), (own,), met, without, ())


def _touched(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """More hectares counted as handled than left slum."""
    if target.variable not in _COUNTED:
        return None
    first = aim.year if QUANTITIES[target.variable].kind == "flow" else ledger.projection.axes.years[0]
    treated = target.variable == "slum_treated_ha"
    part = target.part if target.variable == "slum_handled_ha" else "total"
    counted = ledger.line("slum_treated_ha" if treated else "slum_handled_ha", aim, first, aim.year, part)
    exits = ledger.line("slum_exit_ha", aim, first, aim.year, part)
    if not counted.amount > exits.amount * (1 + 1e-9):
        return None
    met = _met(aim, ledger.projection)
    if treated:
        met_without = bool(aim.goal.is_met(np.array([exits.amount]))[0]) if target.part == "total" else None
        return Flag("touched", counted, (exits,), met, met_without, ("slum_treated_ha",))
    rule = ledger.scenario.assumptions.slum_counting_rule
    return Flag("touched", counted, (exits,), met, _met(aim, ledger.strict), (rule,))


def _light_only(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """Works that serve the light class alone, while heavier classes wait."""
    severities = ledger.projection.axes.severities
    if target.variable in _CLEARED and len(severities) > 1 and target.part not in severities:
        return _light_houses(ledger, aim, target)
    return _light_slum(ledger, aim, target) if target.variable in _CLEARED_HA else None


def _light_houses(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    inputs, axes = ledger.projection.inputs, ledger.projection.axes
    ahead = _ahead(ledger, aim)
    works = ledger.by_class(ledger.trace.flows.finished_class_houses, aim)[ahead].sum(axis=0)
    names = axes.house_programmes
    if target.part in axes.house_programmes:  # what one programme finishes is not told by class, but what it treats is
        done = ledger.line("reported_handled_houses", aim, ledger.scenario.now + 1, aim.year, target.part).amount
        position = names.index(target.part)
        alone = _light_alone(inputs.rules.treats, inputs.rules.mix_given, inputs.yearly.severity_mix, position)
        works = np.array([done, 0.0]) if alone else np.zeros(2)
        names = (target.part,)
    stock = ledger.by_class(ledger.trace.states.rtlh_houses, aim)
    return _light_flag(ledger, aim, works, stock, ("reported_handled_houses", "rtlh_houses"), names)


def _light_slum(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    axes, rules = ledger.projection.axes, ledger.projection.inputs.rules
    mix = ledger.projection.inputs.yearly.slum_mix
    authority = {name: axes.authorities[a] for name, a in zip(axes.slum_programmes, rules.slum_authority, strict=True)}
    names = [name for name in axes.slum_programmes if target.part in ("total", "gross", "net", name, authority[name])]
    if not names:
        return None
    treated = ledger.by_class(ledger.trace.flows.slum_treated_ha, aim)[_ahead(ledger, aim)].sum(axis=0)
    works = np.zeros(2)  # on the light class alone, and on several: how those divide is not recorded
    for name in names:
        position = axes.slum_programmes.index(name)
        alone = _light_alone(rules.slum_treats, rules.slum_mix_given, mix, position)
        works[0 if alone else 1] += treated[position]
    stock = ledger.by_class(ledger.trace.states.slum_ha, aim)
    kept = [axes.authorities.index(each) for each in dict.fromkeys(authority[name] for name in names)]
    by_class = np.sum([stock[:, 3 * a : 3 * a + 3] for a in kept], axis=0)
    return _light_flag(ledger, aim, works, by_class, ("slum_treated_ha", "slum_ha"), tuple(names))


def _light_alone(treats: Array, mix_given: Array, mix: Array, programme: int) -> bool:
    """Whether a programme treats the light class alone, or chooses it nearly always."""
    if mix_given[programme] > 0:
        return bool(mix[:, programme, 0].min() >= _ONLY)
    return bool(treats[programme, 0] > 0 and treats[programme].sum() == 1)


def _light_flag(
    ledger: CentralLedger, aim: Aim, works: Array, stock: Array, variables: tuple[str, str], names: tuple[str, ...]
) -> Flag | None:
    """The flag of works by class, where the light ones are all there is and heavier classes wait."""
    now, (flow, kept) = ledger.scenario.now, variables
    before, after = stock[now - ledger.opening_year], stock[aim.year - ledger.opening_year]
    if works.sum() <= 0 or works[0] < _ONLY * works.sum() or before[0] >= _ONLY * before.sum():
        return None
    line = Line(flow, "light", now + 1, aim.year, float(works[0]))
    beside = (
        Line(flow, "total", now + 1, aim.year, float(works.sum())),
        Line(kept, "heavy", now, now, float(before[-1])),
        Line(kept, "heavy", aim.year, aim.year, float(after[-1])),
    )
    return Flag("light_only", line, beside, _met(aim, ledger.projection), None, names)


def _output_only(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    """Outputs that meet a target while the stock stays, or only because not all of them count for the stock."""
    if not _met(aim, ledger.projection):
        return None
    if target.variable in _REPORTED:
        return _reported_only(ledger, aim, target)
    return _counted_only(ledger, aim, target) if target.variable in _COUNTED else None


def _reported_only(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    yearly = QUANTITIES[target.variable].kind == "flow" or target.part == "moving_base"
    first = aim.year if yearly else ledger.projection.axes.years[0]
    part = target.part if target.part in ledger.projection.axes.house_programmes else "total"
    reported = ledger.line("reported_handled_houses", aim, first, aim.year, part)
    effective = ledger.line("effective_handled_houses", aim, first, aim.year, part)
    fall = ledger.line("net_clearance_houses", aim, ledger.scenario.now + 1, aim.year)
    share = effective.amount / reported.amount if reported.amount > 0 else 1.0
    met_without = bool(aim.goal.is_met(aim.values(ledger.projection) * share)[0])
    if fall.amount > 0 and met_without:
        return None
    return Flag("output_only", reported, (effective, fall), True, met_without, ())


def _counted_only(ledger: CentralLedger, aim: Aim, target: Target) -> Flag | None:
    now = ledger.scenario.now
    part = target.part if target.part in ledger.projection.axes.authorities else "total"
    counted = "slum_treated_ha" if target.variable == "slum_treated_ha" else "slum_handled_ha"
    before, after = (ledger.line("slum_ha", aim, year, year, part) for year in (now, aim.year))
    revised = ledger.line("slum_revision_ha", aim, now + 1, aim.year, part)
    if before.amount + revised.amount > after.amount:
        return None
    line = ledger.line(counted, aim, now + 1, aim.year, part if counted == "slum_handled_ha" else "total")
    return Flag("output_only", line, (before, after), True, None, ())


_SCREENS: tuple[Callable[[CentralLedger, Aim, Target], Flag | None], ...] = (
    *(_records, _definition, _base),
    *(_touched, _light_only, _output_only),
)


def _revisions(ledger: CentralLedger, target: Target) -> list[tuple[str, Revision]]:
    """Re-registrations of the stock that a target's variable is read from."""
    on_slum = target.variable in ("slum_ha", "slum_handled_share")
    stock = "slum_ha" if on_slum else "rtlh_houses" if target.variable in _REDEFINED else ""
    among = ("total", "gross", "net", target.part)  # a part that is an authority is touched by its own only
    return [
        (name, one)
        for name, one in ledger.scenario.revisions.items()
        if one.variable == stock and (not on_slum or target.part in among[:3] or one.authority == target.part)
    ]


def _revision_line(ledger: CentralLedger, aim: Aim, target: Target, first: int, last: int) -> Line:
    """The ledger line of the re-registrations that touch a target."""
    if target.variable == "slum_ha":
        return ledger.line("slum_revision_ha", aim, first, last, target.part)
    variable = "slum_revision_ha" if target.variable == "slum_handled_share" else "revision_houses"
    return ledger.line(variable, aim, first, last)


def _ahead(ledger: CentralLedger, aim: Aim) -> list[bool]:
    """Simulated years after the last known one, up to the target's."""
    return [ledger.scenario.now < year <= aim.year for year in ledger.projection.axes.years]
