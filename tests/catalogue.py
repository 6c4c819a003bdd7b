"""The catalogues of translations, held to the source: `python tests/catalogue.py` brings them up to date.

It reads every template of a `Text` in the source, every help text of the command line and every sentence of the command
line library, adds to each `locale/xx/LC_MESSAGES/backlog_model.po` what is new, marks what is gone, and compiles.
A new language is a new folder with an empty file of that name.
"""

import ast
import inspect
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path
from string import Formatter

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from backlog_model.cli import backlog
from backlog_model.cli.click_words import METAVARS, SENTENCES
from backlog_model.translation import DOMAIN, folder

PACKAGE = folder().parent
Key = tuple[str | None, str]  # the context, where there is one, and the English


def keys() -> dict[Key, None]:
    """Everything that people read, in the order of the source."""
    found = [(None, template) for path in sorted(PACKAGE.rglob("*.py")) for template in templates(path)]
    found += [(None, text) for text in help_texts(backlog)]
    found += [(None, sentence) for sentence in (*SENTENCES, *METAVARS)]
    return dict.fromkeys(found)


def templates(path: Path) -> Iterator[str]:
    """Templates of the texts in a file; a template that only puts others together says nothing itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text" and node.args:
            template = node.args[0]
            if isinstance(template, ast.Constant) and isinstance(template.value, str) and has_words(template.value):
                yield template.value


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
    for context, english in keys():
        known = old.get(english, context)
        new.add(english, known.string if known is not None else "", context=context)
    for message in old:
        if message.id and new.get(message.id, message.context) is None and message.string:
            new.obsolete[message.id] = message
    return new


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, under a header that does not change by itself."""
    stream = BytesIO(_HEADER.format(language=catalogue.locale_identifier).encode())
    stream.seek(0, SEEK_END)
    write_po(stream, catalogue, width=110, omit_header=True)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """What is read at run time."""
    stream = BytesIO()
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
