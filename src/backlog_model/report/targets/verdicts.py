"""What binds each target that is not feasible as written, and the smallest changes that are enough, as text."""

import math

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.money.levers import PLANNED_AHEAD
from backlog_model.analysis.targets import Standing
from backlog_model.analysis.verdict import TOLERANCE, Relaxation, Verdict
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section
from backlog_model.report.targets.view import TargetView

_CHEAPEST = 3  # sources named
_OF_MONEY = ("more_money", "other_source")


def verdicts(view: TargetView) -> list[str]:
    """A block for each target that is not as sure as wanted."""
    lines: list[str] = []
    for standing in view.report.standings:
        verdict, aim = standing.verdict, standing.aim
        if verdict is None or aim is None or verdict.status == "feasible":
            continue
        said = [_bound(view, standing), *_of_no_use(view, aim, verdict), *_changes(view, standing, aim, verdict)]
        said += _sure(view, standing, verdict)
        lines += paragraph(" ".join(said), indent="  ")
    if lines:
        tolerance = view.run.number(100 * TOLERANCE, decimals=1)
        draws = view.run.number(view.report.search_draws)
        lines += paragraph(view.say("targets_search", draws=draws, tolerance=tolerance))
    return section(view.say("targets_verdicts"), lines)


def _bound(view: TargetView, standing: Standing) -> str:
    """The limit that holds most back."""
    name, binding = view.name(standing), standing.promise.binding
    if binding == "none":
        return view.say("targets_unbound", name=name)
    return view.say("targets_bound", name=name, binding=view.say(binding))


def _of_no_use(view: TargetView, aim: Aim, verdict: Verdict) -> list[str]:
    """That money alone is never enough, and what binds then; or that there is nobody to give it to."""
    if any(each.kind == "more_money" for each in verdict.relaxations):
        return []
    lever = view.lever(aim)
    if lever is None:
        return [view.say("targets_no_lever")]
    limit = view.say("targets_limit_time" if verdict.beyond in ("", "none") else verdict.beyond)
    return [view.say("targets_no_money" if lever.unit == "idr" else "targets_no_quota", limit=limit)]


def _changes(view: TargetView, standing: Standing, aim: Aim, verdict: Verdict) -> list[str]:
    """The changes that are enough, each alone; that none is, where none was found."""
    if not verdict.relaxations:
        return [view.say("targets_none_helps")]
    alone = [each for each in verdict.relaxations if each.kind == "other_source"][:_CHEAPEST]
    others = [each for each in verdict.relaxations if each.kind != "other_source"]
    phrases = [_phrase(view, standing, aim, each) for each in others]
    if alone:
        *some, last = (f"{words.source(each.source, view.language)} {view.money(each.amount)}" for each in alone)
        listed = view.say("targets_either", first=", ".join(some), last=last) if some else last
        before = sum(each.kind == "more_money" for each in others)
        phrases.insert(before, view.say("targets_other_source", years=view.years_of(aim), sources=listed))
    said = [view.say("targets_if", changes=view.say("targets_or").join(phrases))]
    decided = aim.year < view.run.now + PLANNED_AHEAD
    if decided and any(each.kind in _OF_MONEY for each in verdict.relaxations):
        said.append(view.say("targets_decided", year=aim.year))
    return said


def _sure(view: TargetView, standing: Standing, verdict: Verdict) -> list[str]:
    """The value that is as sure as wanted, where it would be no promise."""
    if any(each.kind == "lower_target" for each in verdict.relaxations) or not math.isfinite(verdict.sure):
        return []
    return [
        view.say(
            "targets_sure", amount=view.eased(verdict.sure, standing.promise.target), year=standing.promise.target.year
        )
    ]


def _phrase(view: TargetView, standing: Standing, aim: Aim, relaxation: Relaxation) -> str:
    """One change in words, rounded to the side that is enough."""
    kind, amount = relaxation.kind, relaxation.amount
    if kind == "later_year":
        return view.say("targets_later_year", amount=round(amount))
    if kind == "lower_target":
        return view.say("targets_lower_target", amount=view.eased(amount, standing.promise.target))
    years = view.years_of(aim)
    if kind == "higher_absorption":
        share = math.ceil(round(1000 * amount, 6)) / 10
        return view.say("targets_higher_absorption", amount=view.run.number(share, decimals=1), years=years)
    if kind == "more_crews":
        return view.say("targets_more_crews", amount=view.run.number(amount), years=years)
    error = _error(view, relaxation)
    if relaxation.unit == "households":
        whole = view.run.number(math.ceil(round(amount, 6)))
        return view.say("targets_more_quota", amount=whole, error=error, years=years)
    return view.say("targets_more_money", amount=view.money(amount), error=error, years=years)


def _error(view: TargetView, relaxation: Relaxation) -> str:
    """Monte Carlo error of an amount, in brackets; nothing where it is not known, or there is none."""
    error = relaxation.mc_error
    if not math.isfinite(error) or error <= 0.0:
        return ""
    return view.say("targets_give_or_take", error=view.error(error, relaxation.amount, relaxation.unit))
