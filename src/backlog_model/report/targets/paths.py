"""Paths towards one target, held against each other, as lines of text."""

from backlog_model.analysis.paths import PathChoice
from backlog_model.analysis.paths.flips import Choice, Winner
from backlog_model.analysis.paths.target_paths import TargetPath
from backlog_model.analysis.paths.tournament import HONEST
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED
from backlog_model.report.targets.path_words import PATHS
from backlog_model.report.targets.view import TargetView, some_years
from backlog_model.scenario.schema import Target

_SCALED = ("trend", "national_alignment", "max_feasible")
_CONSTANT = ("constant_units", "percent_of_base", "percent_of_remaining")


def paths(view: TargetView) -> list[str]:
    """Values of the paths, their regrets, and how they fare in each scenario."""
    choice = view.report.choice
    return [] if choice is None else [*_values(view, choice), *_regrets(view, choice), *_scenarios(view, choice)]


def least_regretted(view: TargetView, choice: PathChoice) -> str:
    """The path, among those that end on the target, with the least mean regret; all of those that tie."""
    return view.names([family(view, name) for name in choice.tournament.among_families.by_mean.names])


def family(view: TargetView, name: str) -> str:
    """Name of a family of paths."""
    return view.say(f"paths_family_{name}")


def _target(view: TargetView, choice: PathChoice) -> Target:
    return view.report.scenario.targets[choice.aim.name]


def _values(view: TargetView, choice: PathChoice) -> list[str]:
    """Values by year, the money that each path takes on the central line, and what is constant along it."""
    target, found = _target(view, choice), choice.tournament.paths
    first = next(iter(found.values()))
    years = some_years(first.years)
    columns = [first.years.index(year) for year in years]
    money = [view.say("paths_money" if choice.unit == "idr" else "paths_quota")] if choice.money else []
    rows = [
        [
            family(view, name),
            *(view.value(float(path.values[column]), target.variable) for column in columns),
            *([_money(view, choice, name)] if choice.money else []),
        ]
        for name, path in found.items()
    ]
    lines = table([view.say("paths_path"), *map(str, years), *money], rows)
    for name, path in found.items():
        remark = _remark(view, choice, name, path)
        lines += (
            paragraph(view.say("paths_remark", path=family(view, name), remark=remark), indent="  ") if remark else []
        )
    if choice.money:
        present = view.amount(float(choice.present.sum()), choice.unit)
        lines += paragraph(view.say("paths_money_how", years=view.run.span(first.years), present=present))
    title = view.say(
        "paths_values",
        target=choice.aim.name,
        subject=view.subject(target),
        unit=view.unit(target.variable),
        start=view.value(choice.start, target.variable),
        year=first.years[0] - 1,
    )
    return section(title, [*lines, *_without(view, choice)])


def _money(view: TargetView, choice: PathChoice, name: str) -> str:
    """Money of all years; a dash where none is enough."""
    largest = float(choice.present.sum())
    return view.cells([float(choice.money[name].sum())], choice.unit, largest=largest)[0]


def _remark(view: TargetView, choice: PathChoice, name: str, path: TargetPath) -> str:
    """What is constant along a path."""
    variable = _target(view, choice).variable
    if name == HONEST:
        return view.say("paths_honest_is", wanted=view.run.number(100 * choice.aim.probability))
    if path.scale is not None and name in _SCALED:
        scaled = view.say(f"paths_{name}_scale", scale=view.run.number(path.scale, decimals=2))
        return view.say("paths_out_of_reach", remark=scaled) if name == "max_feasible" and path.scale > 1 else scaled
    if name not in _CONSTANT:
        return ""
    handles = name == "constant_units" and variable == "rtlh_houses"
    said = view.say(
        "paths_effective_units" if handles else f"paths_{name}",
        units=UNDEFINED if path.units is None else view.value(path.units, variable),
        unit=view.steps(variable),
        percent=UNDEFINED if path.percent is None else view.run.percent(path.percent),
    )
    end = path.own_end
    return said if end is None else view.say("paths_leads_to", remark=said, end=view.value(end, variable))


def _without(view: TargetView, choice: PathChoice) -> list[str]:
    """Families that have no path, and scenarios that are left out, each with the reason."""
    undefined = {family(view, name): code for name, code in choice.tournament.undefined.items()}
    lines = []
    for message, found in (("paths_without", undefined), ("paths_left_out", choice.left_out)):
        names = [view.say("paths_because", name=name, reason=view.say(f"paths_{code}")) for name, code in found.items()]
        lines += paragraph(view.say(message, names=view.names(names)), indent="  ") if names else []
    return lines


def _regrets(view: TargetView, choice: PathChoice) -> list[str]:
    """Regret of each path, the least regretted first, and what follows from it."""
    found, variable = choice.tournament, _target(view, choice).variable
    ranks = found.table.ranks["mean"].tolist()
    names = list(found.paths)
    rows = [_regret_row(view, choice, place) for place in sorted(range(len(names)), key=lambda place: ranks[place])]
    lines = table(view.columns("paths_regret_columns"), rows)
    probability = choice.aim.probability
    ratio = view.run.number(probability / (1 - probability), decimals=1).removesuffix(",0").removesuffix(".0")
    lines += paragraph(view.say("paths_regret_how", ratio=ratio, wanted=view.run.number(100 * probability)))
    lines += paragraph(" ".join([*_least(view, choice), *_price(view, choice)]))
    count = len(found.scenarios)
    title = view.say("paths_regret", unit=view.steps(variable), scenarios=view.run.number(count))
    alone = view.say("paths_regret_alone", unit=view.steps(variable))
    return section(title if count > 1 else alone, [*lines, *_flips(view, choice)])


def _regret_row(view: TargetView, choice: PathChoice, place: int) -> list[str]:
    found, variable = choice.tournament.table, _target(view, choice).variable
    kept = found.satisficing
    mean, error = float(found.mean[place]), float(found.mean_error[place])
    largest = _largest(choice)
    interval = UNDEFINED
    if kept is not None:
        ends = {name: view.percent(float(getattr(kept, name)[place])) for name in ("share", "low", "high")}
        interval = view.say("paths_kept", **ends)
    return [
        family(view, list(choice.tournament.paths)[place]),
        str(int(found.ranks["mean"][place])),
        view.with_error(mean, error, variable, largest=largest),
        view.fine(float(found.percentile_90[place]), variable, largest=largest),
        view.fine(float(found.maximum[place]), variable, largest=largest),
        view.chance(float(found.best_chance[place]), float(found.best_error[place])),
        interval,
    ]


def _largest(choice: PathChoice) -> float:
    """Largest regret of all, which sets the decimals of every regret."""
    return float(choice.tournament.table.maximum.max())


def _least(view: TargetView, choice: PathChoice) -> list[str]:
    """The path with the least regret among those that end on the target, and how sure that is."""
    found, variable = choice.tournament.among_families, _target(view, choice).variable
    mean: Winner = found.by_mean
    if mean.second is None:
        return [view.say("paths_only", path=least_regretted(view, choice))]
    said = view.say(
        "paths_least",
        path=least_regretted(view, choice),
        second=family(view, mean.second),
        lead=view.with_error(mean.lead, mean.mc_error, variable, largest=_largest(choice)),
        clear=view.say("paths_clear" if mean.is_clear else "paths_unclear"),
    )
    worst = view.names([family(view, name) for name in found.by_maximum.names])
    return [said, view.say("paths_worst_case", path=worst)]


def _price(view: TargetView, choice: PathChoice) -> list[str]:
    """What promising the target costs against an honest promise."""
    best, variable = choice.tournament.among_all.by_mean, _target(view, choice).variable
    end = view.value(float(choice.tournament.paths[HONEST].values[-1]), variable)
    if HONEST not in best.names:
        return [view.say("paths_honest_not_best", end=end, path=family(view, best.names[0]))]
    if best.second is None:
        return []
    lead = view.with_error(best.lead, best.mc_error, variable, largest=_largest(choice))
    return [view.say("paths_price_of_target", end=end, lead=lead)]


def _flips(view: TargetView, choice: PathChoice) -> list[str]:
    """Assumptions that change the choice, among the paths that end on the target and with the honest promise."""
    found = {"among_families": choice.tournament.among_families, "among_all": choice.tournament.among_all}
    lines = [line for name, each in found.items() for line in _flips_of(view, choice, f"paths_{name}", each)]
    return [*lines, *paragraph(view.say("paths_not_idle"))]


def _flips_of(view: TargetView, choice: PathChoice, among: str, found: Choice) -> list[str]:
    """Assumptions that change one choice."""
    variable = _target(view, choice).variable
    if not found.flips:
        return paragraph(view.say("paths_no_flip", among=view.say(among)))
    said = [
        view.say(
            "paths_flip",
            assumption=assumption(view, each.name),
            lower=family(view, each.lower),
            upper=family(view, each.upper),
            loss=view.with_error(each.loss, each.mc_error, variable, largest=_largest(choice)),
        )
        for each in found.flips
    ]
    return paragraph(view.say("paths_flips", among=view.say(among), flips="; ".join(said)), indent="  ")


def assumption(view: TargetView, path: str) -> str:
    """An assumption in words, with its place in the scenario; the place alone where there are no words for it."""
    place, last = path.rpartition(".")[::2]
    name, part = (last, "") if f"paths_{last}" in PATHS else (place.rpartition(".")[2], last)
    if f"paths_{name}" not in PATHS:
        return path
    said = view.say(f"paths_{name}")
    if not part:
        return view.say("paths_assumption", name=said, path=path)
    return view.say("paths_assumption_of", name=said, part=words.part(part, view.language), path=path)


def _scenarios(view: TargetView, choice: PathChoice) -> list[str]:
    """Chance of the target in each scenario, and the path that is best there."""
    found, variable = choice.tournament, _target(view, choice).variable
    if len(found.scenarios) < 2:
        return []
    rows = []
    for place, best in enumerate(found.among_families.scenarios):
        chance = (float(each[0, place]) for each in found.last_kept)
        first = found.first_years[best.scenario]
        stays = UNDEFINED
        if best.flips:
            stays = view.with_error(best.loss, best.mc_error, variable, largest=_largest(choice))
        rows.append(
            [
                best.scenario,
                view.chance(*chance),
                UNDEFINED if first is None else str(first),
                family(view, best.best),
                stays,
            ]
        )
    lines = table(view.columns("paths_scenario_columns"), rows)
    path = least_regretted(view, choice)
    lines += paragraph(view.say("paths_scenario_how", year=choice.aim.year, path=path))
    return section(view.say("paths_scenarios", target=choice.aim.name), lines)
