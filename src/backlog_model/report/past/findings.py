"""The head of the answer, and what the data checks found, as lines of text."""

from collections.abc import Sequence

from backlog_model.history.handover import TABLE
from backlog_model.history.tables.findings import Finding
from backlog_model.report.layout import paragraph, section
from backlog_model.report.past.view import PastView
from backlog_model.scenario.findings import shown

_SHOWN = 3  # findings of one kind


def heading(view: PastView) -> list[str]:
    """Title and the answer in a few sentences."""
    past = view.past
    errors, warnings = _counts(past.findings)
    text = view.say(
        "past_headline",
        errors=view.number(errors),
        warnings=view.number(warnings),
        breaks=view.number(len(past.breaks)),
        inflow=_inflow(view),
        stale=_stale(view),
    )
    return [*paragraph(view.named(past.declared.title)), "", *paragraph(text)]


def _counts(findings: Sequence[Finding]) -> tuple[int, int]:
    errors = sum(finding.severity == "error" for finding in findings)
    return errors, len(findings) - errors


def _inflow(view: PastView) -> str:
    if not view.past.inflows:
        return view.say("past_no_inflow")
    said = [
        view.say(
            "past_inflow_of",
            list=view.named(view.past.ledgers[name].declared.label),
            middle=view.number(round(found.inflow.median)),
            lower=view.number(round(found.inflow.lower)),
            upper=view.number(round(found.inflow.upper)),
        )
        for name, found in view.past.inflows.items()
    ]
    return view.say("past_inflow", shown="; ".join(said))


def _stale(view: PastView) -> str:
    if not view.past.estimates:
        return view.say("past_no_estimates")
    if view.past.outdated:
        return view.say("past_outdated", file=TABLE, count=view.number(len(view.past.outdated)))
    return view.say("past_up_to_date", file=TABLE)


def findings(view: PastView) -> list[str]:
    """What the data checks found, kind by kind, the first few of each."""
    errors, warnings = _counts(view.past.findings)
    lines: list[str] = []
    by_code: dict[str, list[Finding]] = {}
    for finding in view.past.findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, found in sorted(by_code.items(), key=lambda each: _gravity(each[1])):
        kind = view.say("past_error" if _is_error(found) else "past_warning")
        lines += paragraph(f"{view.kind_of_finding(code)} ({kind}, {view.number(len(found))})")
        for finding in found[:_SHOWN]:
            said = ["; ".join(finding.seen), "->", view.told(finding.reading)]
            lines += paragraph(f"  {_place(finding)}: {' '.join(filter(None, said))}", indent="    ")
    lines += paragraph(view.say("past_all_findings", folder=shown(view.past.folder))) if lines else []
    return section(view.say("past_findings", errors=view.number(errors), warnings=view.number(warnings)), lines)


def _gravity(found: Sequence[Finding]) -> tuple[bool, int]:
    return not _is_error(found), -len(found)


def _is_error(found: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in found)


def _place(finding: Finding) -> str:
    return finding.place.replace("\\", "/").rpartition("/")[2]
