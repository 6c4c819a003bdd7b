"""What `backlog compare` prints, section after section."""

from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase

from backlog_model.analysis.comparison import Comparison
from backlog_model.analysis.input_differences import input_differences
from backlog_model.report import words
from backlog_model.report.comparison.inputs import inputs
from backlog_model.report.comparison.outputs import outputs
from backlog_model.report.comparison.regret import regret_lines, regrets
from backlog_model.report.comparison.view import PairView
from backlog_model.report.layout import paragraph
from backlog_model.report.numbers import Language
from backlog_model.report.view import View
from backlog_model.scenario.schema import Scenario


def answer(
    scenarios: Sequence[Scenario], comparison: Comparison, language: Language, *, written: Path | None = None
) -> str:
    """The answer as text.

    Parameters
    ----------
    scenarios, comparison : what was run, the reference first, and how the results compare
    language : `id` or `en`
    written : file with all differences, named in the last line
    """
    views = views_of(scenarios, comparison, language)
    lines = _heading(scenarios, views)
    for scenario, view in zip(scenarios[1:], views, strict=True):
        lines += _pair(scenarios[0], scenario, view)
    if not all(pair.has_same_outputs for pair in comparison.pairs):
        letters = dict(zip(comparison.names, ("A", *(view.letter for view in views)), strict=True))
        lines += regret_lines(views[0], regrets(comparison, views[0].years[:2]), letters)
    lines += ["", *paragraph(views[0].say("compare_file", path=written))] if written is not None else []
    return "\n".join(lines) + "\n"


def views_of(scenarios: Sequence[Scenario], comparison: Comparison, language: Language) -> list[PairView]:
    """Each other scenario beside the reference."""
    seen = [View.of(*each, language) for each in zip(scenarios, comparison.projections, strict=True)]
    letters = [*ascii_uppercase, *(str(place + 1) for place in range(len(ascii_uppercase), len(seen)))]
    return [
        PairView(pair, seen[0], other, letter)
        for pair, other, letter in zip(comparison.pairs, seen[1:], letters[1:], strict=False)
    ]


def _heading(scenarios: Sequence[Scenario], views: Sequence[PairView]) -> list[str]:
    """Which scenarios are compared, and how they were run."""
    first = views[0].reference
    province = first.region(first.projection.axes.province)
    lines = paragraph(first.say("compare_title", province=province, count=len(scenarios)))
    named = [
        ("A", views[0].pair.first_name, first),
        *((each.letter, each.pair.second_name, each.other) for each in views),
    ]
    for letter, name, seen in named:
        title = first.named(seen.scenario.title)
        lines += paragraph(first.say("compare_scenario", letter=letter, name=name, title=title), indent="    ")
    lines += ["", *_kind_of_run(views[0])]
    for view in views:
        for each in view.pair.left_out:
            what, labels = view.say(f"compare_{each.what}"), ", ".join(each.labels)
            lines += paragraph(view.say("compare_left_out", name=each.scenario, what=what, labels=labels))
    return lines


def _kind_of_run(view: PairView) -> list[str]:
    """Draws or the central line alone, and whether draws are paired."""
    sampling = view.pair.first.sampling
    if sampling is None:
        return paragraph(view.say("central"))
    design = words.design(sampling.design, view.language)
    draws = view.reference.number(sampling.draws)
    said = view.say("central_beside", draws=draws, design=design, seed=sampling.seed)
    return [*paragraph(said), *paragraph(view.say("compare_pairing" if view.has_chances else "compare_counted"))]


def _pair(first: Scenario, second: Scenario, view: PairView) -> list[str]:
    """Inputs that differ, then what comes out."""
    found = input_differences(first, second)
    is_same = view.pair.has_same_outputs
    if not found:
        text = view.say("compare_no_input" if is_same else "compare_no_input_but", name=view.named)
        return ["", *paragraph(text), *([] if is_same else outputs(view))]
    if is_same:
        text = view.say("compare_same_outputs" if view.has_chances else "compare_same_central", name=view.named)
        return [*inputs(view, found), "", *paragraph(text)]
    return [*inputs(view, found), *outputs(view)]
