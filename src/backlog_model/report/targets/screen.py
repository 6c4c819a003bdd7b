"""Targets that would be met on paper, with the ledger lines that show it, as lines of text."""

from collections.abc import Sequence
from itertools import groupby

from backlog_model.analysis.central_ledger import Line
from backlog_model.analysis.gaming import Flag
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section
from backlog_model.report.targets.view import TargetView

_MET = {
    (True, False): "targets_met_by_it",
    (True, True): "targets_met_anyway",
    (True, None): "targets_met",
    (False, True): "targets_missed_by_it",
}


def flags(view: TargetView) -> list[str]:
    """Each kind of flag, with the targets that it is raised for."""
    by_kind: dict[tuple[str, tuple[str, ...]], list[tuple[str, Flag]]] = {}
    for standing in view.report.standings:
        for flag in standing.flags:
            by_kind.setdefault((flag.kind, flag.names), []).append((view.name(standing), flag))
    lines: list[str] = []
    for (kind, names), found in by_kind.items():
        shown = view.names([_called(view, each) for each in names])
        lines += paragraph(view.say(f"targets_{kind}", names=shown), indent="  ")
        for name, flag in found:
            met = view.say(_MET.get((flag.met, flag.met_without), "targets_missed"))
            lines += paragraph(
                f"  {view.say('targets_flag', name=name, lines=_lines(view, flag), met=met)}", indent="    "
            )
    return section(view.say("targets_flags"), lines)


def _called(view: TargetView, name: str) -> str:
    """Name of a re-registration or a programme; a counting rule or a variable keeps its own."""
    scenario = view.report.scenario
    if name in scenario.programmes:
        return view.run.programme(name)
    return view.run.named(scenario.revisions[name].label) if name in scenario.revisions else name


def _lines(view: TargetView, flag: Flag) -> str:
    """Amounts of the ledger, those of one variable and part together."""
    found = groupby((flag.line, *flag.beside), key=lambda line: (line.variable, line.part))
    return "; ".join(_told(view, variable, part, [*lines]) for (variable, part), lines in found)


def _told(view: TargetView, variable: str, part: str, lines: Sequence[Line]) -> str:
    amounts = [
        view.say(
            "targets_line_amount",
            amount=view.value(line.amount, variable),
            unit=view.unit(variable),
            years=str(line.last) if line.first == line.last else f"{line.first}-{line.last}",
        )
        for line in lines
    ]
    label, told = view.run.label(variable), ", ".join(amounts)
    if part == "total":
        return view.say("targets_line", label=label, amounts=told)
    name = view.run.programme(part) if part in view.report.scenario.programmes else words.part(part, view.language)
    return view.say("targets_line_of", label=label, part=name, amounts=told)
