"""The catalogues of translations, held to the source: `python tests/catalogue.py` brings them up to date.

It reads every template of a `Text`, every `Message` and other pair of texts, every help text of the command line and
every sentence of the command line library; adds to each `locale/xx/LC_MESSAGES/backlog_model.po` what is new, marks
what is gone, and compiles. A new language is a new folder with an empty file of that name.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import SEEK_END, BytesIO
from pathlib import Path
from string import Formatter

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from backlog_model.cli import backlog
from backlog_model.cli.click_words import METAVARS, SENTENCES
from backlog_model.report.check_words import CHECKS
from backlog_model.translation import DOMAIN, folder

PACKAGE = folder().parent
Key = tuple[str | None, str]  # the context, where there is one, and the English

# Calls that take a text in both languages, and the place of the Indonesian among their arguments.
_PAIRS = {"Message": 0, "Quantity": 3, "Indicator": 2}


def keys() -> dict[Key, None]:
    """Everything that people read, in the order of the source."""
    found: list[Key] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        calls = list(named_calls(path))
        found += [(None, template) for template in templates(calls)]
        found += pairs(calls)
    found += [(message.id, message.en) for message in CHECKS.values()]
    found += [(None, text) for text in help_texts(backlog)]
    found += [(None, sentence) for sentence in (*SENTENCES, *METAVARS)]
    return dict.fromkeys(found)


def named_calls(path: Path) -> Iterator[tuple[str, list[object]]]:
    """Calls by name in a file, with their arguments; None for what is not written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, [each.value if isinstance(each, ast.Constant) else None for each in node.args]


def templates(calls: Iterable[tuple[str, list[object]]]) -> Iterator[str]:
    """Templates of texts; one that only puts others together says nothing itself."""
    for name, arguments in calls:
        if name == "Text" and arguments and isinstance(arguments[0], str) and has_words(arguments[0]):
            yield arguments[0]


def pairs(calls: Iterable[tuple[str, list[object]]]) -> Iterator[Key]:
    """Texts that stand in the source in both languages: the Indonesian is the context of the English."""
    for name, arguments in calls:
        if name in _PAIRS:
            first = _PAIRS[name]
            indonesian, english = arguments[first : first + 2]
            if isinstance(indonesian, str) and isinstance(english, str) and has_words(english):
                yield indonesian, english


def has_words(template: str) -> bool:
    """Whether something is said beside what is filled in."""
    return any(letter.isalpha() for literal, *_ in Formatter().parse(template) for letter in literal)


def help_texts(command: click.Command) -> Iterator[str]:
    """What `--help` says of a command and of those below it."""
    context = click.Context(command)
    yield inspect.cleandoc(command.help or "")
    if command.short_help:
        yield command.short_help
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and parameter.help:
            yield parameter.help
    for each in getattr(command, "commands", {}).values():
        yield from help_texts(each)


def files() -> list[Path]:
    """Catalogue of each language."""
    return sorted(folder().glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Catalogue of a file."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3], domain=DOMAIN)


def updated(old: Catalog) -> Catalog:
    """The same catalogue with exactly what people read; what is gone is kept as obsolete."""
    new = Catalog(locale=old.locale, domain=DOMAIN, charset="utf-8", fuzzy=False)
    known_keys = keys()
    for context, english in known_keys:
        known = old.get(english, context)
        translation = known.string if known is not None else ""
        new.add(english, context if context and new.locale_identifier == "id" else translation, context=context)
    for message in old:
        gone = message.id and message.string and (message.context, message.id) not in known_keys
        if gone and not (message.context and new.locale_identifier == "id"):
            new.obsolete[message.id] = message
    return new


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, under a header that does not change by itself."""
    stream = BytesIO(_HEADER.format(language=catalogue.locale_identifier).encode())
    stream.seek(0, SEEK_END)
    write_po(stream, catalogue, width=110, omit_header=True)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """What is read at run time; the same for the same sentences."""
    stream = BytesIO()
    catalogue.creation_date = _BEGINNING
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> None:
    """Bring every catalogue up to date."""
    for path in files():
        catalogue = updated(read(path))
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        left = [message.id for message in catalogue if message.id and not message.string]
        print(
            f"{path}: {len(catalogue)} sentences, {len(catalogue.obsolete)} gone, {len(left)} to translate",
            *left,
            sep="\n",
        )


_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = """\
# What backlog_model says. `python tests/catalogue.py` adds what is new and marks what is gone.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

if __name__ == "__main__":
    main()
