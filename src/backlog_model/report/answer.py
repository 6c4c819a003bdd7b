"""What `backlog run` prints: the answer of one run, section after section."""

from collections.abc import Mapping
from pathlib import Path

from backlog_model.ensemble.spread import SpreadShares
from backlog_model.projection import Projection
from backlog_model.report.accounts import money, tally
from backlog_model.report.headline import heading, indicators, sentence
from backlog_model.report.layout import paragraph
from backlog_model.report.numbers import Language
from backlog_model.report.ranges import ranges, regional_ranges, spread
from backlog_model.report.standing import limits, regions, targets
from backlog_model.report.view import View
from backlog_model.report.warnings import warnings
from backlog_model.scenario.schema import Scenario

SECTIONS = (
    heading,
    sentence,
    indicators,
    ranges,
    spread,
    tally,
    money,
    limits,
    regions,
    regional_ranges,
    targets,
    warnings,
)
"""Each turns a view into lines; a section without anything to say is left out."""


def answer(
    scenario: Scenario,
    projection: Projection,
    language: Language,
    *,
    written: Path,
    shares: Mapping[int, SpreadShares] | None = None,
) -> str:
    """The answer as text.

    Parameters
    ----------
    scenario, projection : what was run, and what came out
    language : `id` or `en`
    written : file with all numbers, named in the last line
    shares : by year, where the spread of RTLH comes from
    """
    view = View.of(scenario, projection, language, shares)
    lines = [line for each in SECTIONS for line in each(view)]
    return "\n".join([*lines, "", *paragraph(view.say("written", path=written))]) + "\n"
