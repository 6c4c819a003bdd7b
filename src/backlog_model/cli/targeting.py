"""`backlog targets`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from backlog_model.cli.exits import NOT_MET, put
from backlog_model.cli.options import SHARED
from backlog_model.cli.runs import loaded
from backlog_model.cli.speaking import Command, complain, speaker
from backlog_model.errors import ScenarioError
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.analysis.money.criteria import Criterion
    from backlog_model.analysis.targets import TargetReport
    from backlog_model.report.numbers import Language
    from backlog_model.scenario.schema import Scenario
    from backlog_model.streams import Design

_DRAWS = 2000  # as in `ensemble`; these names as in `streams` and `analysis.money.solving`: help must load none of them
_DESIGNS = ("latin_hypercube", "random", "sobol")
_CRITERIA = ("least_money", "least_peak", "smoothest", "earliest")
_CRITERION_HELP = "What funding makes as small, or as early, as can be."
_PATH_HELP = "Target that the paths lead to; default: the one on RTLH that looks farthest ahead."
_AGAINST_HELP = "Other funding scenario for the paths; default: all in the same folder with the same regions."
_REQUIRE_HELP = "Exit 5 when the chance of a target that applies is smaller than it wants."


class Question(NamedTuple):
    """What is asked of the targets of a scenario."""

    draws: int
    seed: int
    design: "Design"
    criterion: "Criterion"
    path_target: str | None
    quiet: bool


@click.command(cls=Command, short_help="Say whether targets can be met, and what that takes.")
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--draws", type=click.IntRange(min=1), default=_DRAWS, show_default=True, help="Random draws.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Start of the random numbers.")
@click.option("--design", type=click.Choice(_DESIGNS), default=_DESIGNS[0], show_default=True, help="Spread of draws.")
@click.option(
    "--criterion", type=click.Choice(_CRITERIA), default=_CRITERIA[0], show_default=True, help=_CRITERION_HELP
)
@click.option("--path-target", metavar="NAME", help=_PATH_HELP)
@click.option("--against", metavar="SCENARIO", multiple=True, type=click.Path(path_type=Path), help=_AGAINST_HELP)
@click.option("--alone", is_flag=True, help="Hold the paths against no other scenario.")
@click.option("--require-target", is_flag=True, help=_REQUIRE_HELP)
@SHARED
def targets(
    scenario: Path,
    draws: int,
    seed: int,
    design: "Design",
    criterion: "Criterion",
    path_target: str | None,
    against: tuple[Path, ...],
    alone: bool,
    require_target: bool,
    as_json: bool,
    lang: "Language | None",
    quiet: bool,
) -> None:
    """Chance, gap, verdict and funding required of the targets of SCENARIO, and the paths that lead to one of them.

    Nothing is written to disk.
    """
    from backlog_model.report.targets import answer, document
    from backlog_model.report.values import as_json as written

    if alone and against:
        raise click.UsageError(Text("--alone and --against exclude each other; expected one of them"))
    plan = loaded([scenario])[0]
    rivals = [] if alone else _named(plan, against) if against else _beside(plan)
    report = _examined(plan, rivals, Question(draws, seed, design, criterion, path_target, quiet))
    if as_json:
        put(written(document.document(report)) + "\n")
    elif not quiet:
        put(answer.answer(report, lang or plan.output.language))
    missed = _missed(report, lang or plan.output.language) if require_target else ""
    if missed:
        click.echo(missed, err=True)
        sys.exit(NOT_MET)


def _examined(plan: "Scenario", rivals: "Sequence[Scenario]", question: Question) -> "TargetReport":
    """Everything that is to be said, telling how far it is."""
    from backlog_model.analysis.targets import examine
    from backlog_model.progress import Progress

    with Progress(plan.name, quiet=question.quiet) as progress:
        return examine(
            plan,
            rivals=rivals,
            draws=question.draws,
            seed=question.seed,
            design=question.design,
            criterion=question.criterion,
            path_target=question.path_target,
            progress=progress,
        )


def _named(plan: "Scenario", paths: Sequence[Path]) -> "list[Scenario]":
    """The scenarios asked for; each needs a name of its own, by which it is told."""
    found = loaded(paths)
    names = {plan.name: plan.path}
    for rival in found:
        if rival.name in names:
            raise click.BadParameter(
                Text(
                    "{path}: {other} has the same name; expected another scenario",
                    path=rival.path.as_posix(),
                    other=names[rival.name].as_posix(),
                ),
                param_hint="--against",
            )
        names[rival.name] = rival.path
    return found


def _beside(plan: "Scenario") -> "list[Scenario]":
    """Every other scenario of the same folder with the same regions; those that cannot be used are named on stderr."""
    found = []
    for path in sorted(plan.path.parent.glob("*.yaml")):
        if path.resolve() == plan.path.resolve():
            continue
        try:
            rival = loaded([path])[0]
        except ScenarioError as error:
            others = len(error.problems) - 1
            more = Text(" (and {count} more)", count=others) if others else ""
            complain(
                Text(
                    "{path}: left out, since it does not load: {problem}{more}",
                    path=path.as_posix(),
                    problem=error.problems[0].said(speaker().language),
                    more=more,
                )
            )
            continue
        if rival.region_table.codes == plan.region_table.codes:
            found.append(rival)
        else:
            complain(Text("{path}: left out, since it has other regions", path=path.as_posix()))
    return found


def _missed(report: "TargetReport", language: "Language") -> str:
    """Targets of which the scenario is not as sure as wanted, in a sentence."""
    from backlog_model.report import words

    names = [each.promise.name for each in report.standings if each.promise.is_sure is False]
    return words.say("not_sure", language, scenario=report.scenario.name, names=", ".join(names)) if names else ""
