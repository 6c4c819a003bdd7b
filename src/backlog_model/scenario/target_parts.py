"""Which part of a variable a target may name, and whether the scenario simulates it at all."""

from collections.abc import Mapping

from backlog_model.errors import nearest_hint
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.checking import Checking
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Programme
from backlog_model.scenario.schema import Scenario, Target
from backlog_model.scenario.vocabulary import AUTHORITIES, WORKS_OTHER_THAN_REPAIRS
from backlog_model.translation import Text, joined

_BY_PROGRAMME = {
    "programme": "houses",
    "slum_programme": "slum",
    "new_house_programme": "new_houses",
    "estate_programme": "estates",
}
_MOVED_BY = {"slum_exit_ha": "slum", "slum_handled_ha": "slum", "financed_households": "finance"}


def parts_of(variable: str, scenario: Scenario) -> tuple[str, ...]:
    """Parts of a variable that the scenario simulates, `total` first.

    Parameters
    ----------
    variable : a name of `quantities.QUANTITIES`
    scenario : names of programmes, sources and classes are its own
    """
    kind = QUANTITIES[variable].parts
    if kind in _BY_PROGRAMME:
        return ("total", *programmes_for(_BY_PROGRAMME[kind], scenario))
    fixed: Mapping[str, tuple[str, ...]] = {
        "severity": scenario.severity_classes,
        "authority": AUTHORITIES,
        "handled_base": ("fixed_base", "moving_base"),
        "gross_net": ("gross", "net"),
    }
    if kind == "money":
        return (
            "total",
            *(f"{name}.{source}" for name, one in scenario.programmes.items() for source in one.budget_idr),
        )
    return ("total", *fixed.get(kind, ()))


def programmes_for(work: str, scenario: Scenario) -> tuple[str, ...]:
    """Programmes that treat `houses`, or one of the other kinds of work."""
    return tuple(name for name, programme in scenario.programmes.items() if _work_of(programme) == work)


def check_part(path: str, target: Target, checking: Checking) -> bool:
    """Whether a target names a part of its variable that the scenario simulates; what it does not is noted."""
    known = parts_of(target.variable, checking.scenario)
    if target.part not in known:
        checking.refuse(f"{path}.part", _no_part(target, known, checking.scenario))
        return False
    problem = _nothing_moves(target, checking.scenario) or _not_covered(target, checking)
    if problem is not None:
        checking.refuse(path, problem)
    return problem is None


def _no_part(target: Target, known: tuple[str, ...], scenario: Scenario) -> str:
    first = target.part.partition(".")[0]
    programme, variable = scenario.programmes.get(first), target.variable
    if programme is None:
        hint = nearest_hint(target.part, known)
        return Text("{variable} has no part {part}{hint}", variable=variable, part=target.part, hint=hint)
    kind = QUANTITIES[variable].parts
    if kind == "money":
        sources = tuple(part for part in known if part.startswith(f"{first}."))
        return Text(
            "{variable} has no part {part}; expected {sources}",
            variable=variable,
            part=target.part,
            sources=joined(sources, Text(" or ")) or Text("a programme with a budget"),
        )
    choice = Text("expected one of {known}", known=", ".join(known))
    if kind not in _BY_PROGRAMME:
        return Text(
            "{first} is a programme, and {variable} is not told by programme; {choice}",
            first=first,
            variable=variable,
            choice=choice,
        )
    if target.part != first:
        return Text("{variable} is told by programme, not by source; write {first}", variable=variable, first=first)
    return Text(
        "{first} treats {treats} and cannot move {variable}; {choice}",
        first=first,
        treats=", ".join(programme.treats),
        variable=variable,
        choice=choice,
    )


def _work_of(programme: Programme) -> str:
    return (
        "houses" if programme.repairs else next(each for each in programme.treats if each in WORKS_OTHER_THAN_REPAIRS)
    )


def _nothing_moves(target: Target, scenario: Scenario) -> str | None:
    """Why a flow of programmes stays 0: no programme of the scenario does such work."""
    variable = target.variable
    work = _BY_PROGRAMME.get(QUANTITIES[variable].parts) or _MOVED_BY.get(variable)
    if work is None or programmes_for(work, scenario):
        return None
    return Text(
        "no programme of the scenario treats {work}, so {variable} stays 0; add one, or write applies: false",
        work=work,
        variable=variable,
    )


def _not_covered(target: Target, checking: Checking) -> str | None:
    """Why the model has no number for a target: no source covers its stock there."""
    opening, regions = checking.scenario.opening, checking.reading.regions
    variable, of_authority = target.variable, target.part in AUTHORITIES
    if QUANTITIES[variable].parts in ("authority", "gross_net"):
        key = f"slum_ha.{target.part}" if of_authority else "slum_ha"
        stocks = [value for name, value in opening.slum_ha.items() if target.part == name or not of_authority]
    elif variable.startswith(("psu_", "aided_")):
        key, stocks = "psu_estates", _given(opening.psu_estates)
    elif variable in ("ownership_backlog_households", "financed_households"):
        key, stocks = "ownership_backlog_households", _given(opening.ownership_backlog_households)
    else:
        return None
    codes = checking.codes if regions is None or target.region == regions.province_code else (target.region,)
    if any(any(value.covered(codes)) for value in stocks):
        return None
    return Text(
        "opening.{key} has nothing for {region}, so {variable} is not simulated there; write applies: false",
        key=key,
        region=target.region,
        variable=variable,
    )


def _given(value: Value | None) -> list[Value]:
    return [] if value is None else [value]
