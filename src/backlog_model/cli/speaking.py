"""The language in which the command itself speaks: its help, what it refuses, and answers that rest on no scenario.

--lang comes first, then the environment variable BACKLOG_LANG, then the language of a scenario that was loaded, then
Indonesian.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import click

from backlog_model.cli.click_words import said_by_click
from backlog_model.translation import Text, catalogue, languages, translated

if TYPE_CHECKING:
    from backlog_model.report.numbers import Language

VARIABLE = "BACKLOG_LANG"
_METAVAR = re.compile(r"INTEGER RANGE|[A-Z]{2,}")
_EXTRA = re.compile(r"(?P<help>.*?)(?:  )?\[(?P<extra>[^\[\]]*)\]", re.DOTALL)


@dataclass
class Speaker:
    """What is known about the language of whoever runs the command."""

    asked: str | None = None
    scenario: str | None = None

    @classmethod
    def of(cls, arguments: Sequence[str]) -> "Speaker":
        """What the arguments ask for, as far as can be said before they are understood.

        Examples
        --------
        >>> Speaker.of(["run", "--lang", "en", "--draws", "many"]).asked
        'en'
        """
        written = arguments[: arguments.index("--")] if "--" in arguments else arguments
        asked = [each.removeprefix("--lang=") for each in written if each.startswith("--lang=")]
        asked += [after for before, after in pairwise(written) if before == "--lang"]
        return cls(asked=next((each for each in asked if each in languages()), None))

    @property
    def language(self) -> "Language":
        """Language of help and of what is refused."""
        wanted = os.environ.get(VARIABLE, "")[:2].lower()
        found = self.asked or (wanted if wanted in languages() else None) or self.scenario or "id"
        return cast("Language", found)


def speaker() -> Speaker:
    """Who speaks in the command that runs."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Speaker) if context is not None else None
    return found or Speaker()


def spoken(asked: "Language | None") -> "Language":
    """Language of an answer that rests on no scenario."""
    return asked or speaker().language


def complain(message: str) -> None:
    """A sentence on stderr."""
    click.echo(translated(message, speaker().language), err=True)


class _Formatter(click.HelpFormatter):
    """Lays help out, in a language."""

    def __init__(self, language: str, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self._language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _named(args, self._language), prefix or f"{self._said('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(self._said(heading))

    def write_text(self, text: str) -> None:
        super().write_text(self._said(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl(
            [(_named(term, self._language), self._help(said)) for term, said in rows], col_max, col_spacing
        )

    def _said(self, sentence: str) -> str:
        return catalogue(self._language).gettext(sentence)

    def _help(self, sentence: str) -> str:
        found = _EXTRA.fullmatch(sentence)
        if found is None:
            return self._said(sentence)
        extra = [translated(said_by_click(each), self._language) for each in found["extra"].split("; ")]
        return f"{self._said(found['help'])}  [{'; '.join(extra)}]".lstrip()


class _Context(click.Context):
    """A context that lays help out in the language of whoever asks."""

    def make_formatter(self) -> click.HelpFormatter:
        found = self.find_object(Speaker) or Speaker()
        return _Formatter(found.language, self.terminal_width, self.max_content_width)


class Command(click.Command):
    """A command that explains itself in the language of whoever asks."""

    context_class = _Context


class Group(click.Group):
    """Commands that explain themselves in the language of whoever asks."""

    context_class = _Context


def _named(line: str, language: str) -> str:
    """A line in which what stands for something to be written is named in a language."""
    return _METAVAR.sub(lambda word: catalogue(language).gettext(word[0]), line)


def show(error: click.ClickException, language: str) -> None:
    """What is wrong with how the command was called, on stderr."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
        return
    lines = []
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines.append(error.ctx.get_usage())
        hint = Text("Try '{command} {option}' for help.", command=error.ctx.command_path, option="--help")
        lines.append(f"{translated(hint, language)}\n")
    lines.append(translated(Text("Error: {message}", message=_said(error, language)), language))
    click.echo("\n".join(lines), err=True)


def _said(error: click.ClickException, language: str) -> str:
    """What click says about an error; our own message in it keeps its template."""
    found = said_by_click(error.format_message())
    if not isinstance(found, Text) or found is error.message:
        return found
    changed: dict[str, object] = {}
    if isinstance(error.message, Text) and found.fields.get("message") == error.message:
        changed["message"] = error.message
    if "hint" in found.fields:
        changed["hint"] = _named(str(found.fields["hint"]), language)
    return Text(found.template, **{**found.fields, **changed})
