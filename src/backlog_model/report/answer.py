"""What `backlog run` prints: the answer of one run, section after section."""

from pathlib import Path

from backlog_model.projection import Projection
from backlog_model.report.accounts import money, tally
from backlog_model.report.headline import heading, indicators, sentence
from backlog_model.report.layout import paragraph
from backlog_model.report.numbers import Language
from backlog_model.report.standing import limits, regions, targets
from backlog_model.report.view import View
from backlog_model.report.warnings import warnings
from backlog_model.scenario.schema import Scenario

SECTIONS = (heading, sentence, indicators, tally, money, limits, regions, targets, warnings)
"""Each turns a view into lines; a section without anything to say is left out."""


def answer(scenario: Scenario, projection: Projection, language: Language, *, written: Path) -> str:
    """The answer as text.

    Parameters
    ----------
    scenario, projection : what was run, and what came out
    language : `id` or `en`
    written : file with all numbers, named in the last line
    """
    view = View(scenario, projection, language)
    lines = [line for each in SECTIONS for line in each(view)]
    return "\n".join([*lines, "", *paragraph(view.say("written", path=written))]) + "\n"
