"""Sections that let a reader check: assumptions, data problems, method, terms, and what made the numbers."""

import shlex
from importlib.resources import files

from backlog_model.report import words
from backlog_model.report.dossier import Dossier
from backlog_model.report.numbers import Language
from backlog_model.report.page import glossary as terms
from backlog_model.report.page.method import paragraphs
from backlog_model.report.page.parts import Block, Command, Figures, Fold, Passages, Section, Terms
from backlog_model.report.page.shown import shown


def assumptions(dossier: Dossier, figures: Figures) -> Section | None:
    """Every assumption with value, range, source and grade."""
    return _table("assumptions", dossier, figures)


def findings(dossier: Dossier, figures: Figures) -> Section | None:
    """Problems found in the data, and warnings of the run."""
    return _table("findings", dossier, figures)


def _table(name: str, dossier: Dossier, figures: Figures) -> Section | None:
    if name not in figures:
        return None
    return Section(name, dossier.say(f"page_{name}"), (shown(dossier, figures[name], filtered=True),), wide=True)


def method(dossier: Dossier, figures: Figures) -> Section:
    """What the model does, in a page."""
    entries = tuple((dossier.say(head), dossier.say(text)) for head, text in paragraphs())
    return Section("method", dossier.say("page_method"), (Passages(entries),))


def glossary(dossier: Dossier, figures: Figures) -> Section:
    """Terms with a line on each, beside the term of the other language."""
    other: Language = "en" if dossier.language == "id" else "id"
    entries = tuple((dossier.say(term), words.say(term, other), dossier.say(about)) for term, about in terms.entries())
    return Section("glossary", dossier.say("page_glossary"), (Terms(entries, other),))


def fingerprint(dossier: Dossier, figures: Figures) -> Section:
    """What made these numbers, and how to make them again."""
    blocks: list[Block] = [shown(dossier, figures["runs"]), shown(dossier, figures["files"], folded=True)]
    blocks.append(Command(dossier.say("page_again"), dossier.say("page_again_how"), _command(dossier)))
    notices = files("backlog_model.report.page").joinpath("notices.txt").read_text(encoding="utf-8")
    heading, said = dossier.say("page_notices"), dossier.say("page_notices_lang")
    blocks.append(Fold(heading, said, notices, "en"))
    return Section("fingerprint", dossier.say("page_fingerprint"), tuple(blocks))


def _command(dossier: Dossier) -> str:
    """The command that makes this report again."""
    run = dossier.lead.run
    options = ["--draws", str(run.draws), "--seed", str(run.seed)]
    if run.draws:
        options += ["--design", run.design]
    scenarios = [case.scenario.path.name for case in dossier.cases]
    out = ["--lang", dossier.language, "--out", dossier.say("page_out")]
    return shlex.join(["backlog", "report", *scenarios, *options, *out])
