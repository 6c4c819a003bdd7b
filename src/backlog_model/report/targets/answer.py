"""What `backlog targets` prints, section after section."""

from backlog_model.analysis.targets import TargetReport
from backlog_model.report.numbers import Language
from backlog_model.report.targets.funding import funding
from backlog_model.report.targets.notes import notes
from backlog_model.report.targets.paths import paths
from backlog_model.report.targets.screen import flags
from backlog_model.report.targets.standings import by_year, heading, sentence, standings
from backlog_model.report.targets.verdicts import verdicts
from backlog_model.report.targets.view import TIED, TargetView

SECTIONS = (heading, sentence, standings, verdicts, by_year, funding, paths, flags, notes)
"""Each turns a view into lines; a section without anything to say is left out."""


def answer(report: TargetReport, language: Language) -> str:
    """The answer as text.

    Parameters
    ----------
    report : chances, verdicts, funding required and paths
    language : `id` or `en`
    """
    view = TargetView.of(report, language)
    lines = [line.replace(TIED, " ") for each in SECTIONS for line in each(view)]
    return "\n".join(lines) + "\n"
