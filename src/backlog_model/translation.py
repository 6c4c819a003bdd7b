"""Sentences for people: written in English where they arise, said in other languages from the catalogues in `locale`.

A `Text` is its English sentence, and remembers how it was made. So a message can be raised, compared and printed like
any other text, and still be said in the language of whoever reads it.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from gettext import NullTranslations
    from pathlib import Path

DOMAIN = "backlog_model"
_LONGEST = 500  # letters that are shown of what was seen


class Text(str):
    """An English sentence made of a template and what is filled in.

    Templates are written out in full where they stand: the catalogues are made from the source.

    Examples
    --------
    >>> message = Text("{text!r} is not a year; expected {first} to {last}", text="20x5", first=1990, last=2100)
    >>> message
    "'20x5' is not a year; expected 1990 to 2100"
    >>> translated(message, "id")
    "'20x5' bukan tahun; seharusnya 1990 sampai 2100"
    """

    __slots__ = ("fields", "template")

    template: str
    fields: dict[str, object]

    def __new__(cls, template: str, /, **fields: object) -> Self:
        """Fill in the template."""
        shown = {name: _shown(field) if type(field) is str else field for name, field in fields.items()}
        text = super().__new__(cls, template.format(**shown))
        text.template = template
        text.fields = shown
        return text

    def __str__(self) -> str:
        """Return the text itself: a message that passes through an exception keeps its template."""
        return self

    def __reduce__(self) -> "tuple[object, tuple[str, dict[str, object]]]":
        """Keep the template when sent to another process."""
        return _made, (self.template, self.fields)


def _shown(seen: str) -> str:
    r"""Text from a file as it can be shown: what cannot be seen is escaped, and what never ends is cut.

    Examples
    --------
    >>> _shown("a\u202eb\x07"), len(_shown("9" * 5000))
    ('a\\u202eb\\x07', 501)
    """
    if len(seen) > _LONGEST:
        seen = f"{seen[:_LONGEST]}…"
    if seen.isprintable():
        return seen
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in seen)


def _made(template: str, fields: dict[str, object]) -> Text:
    return Text(template, **fields)


def joined(parts: Iterable[object], between: str = "") -> Text:
    """One text of several, each of which keeps its template.

    Examples
    --------
    >>> joined(["targets.a", Text("missing; write it here")], ": ")
    'targets.a: missing; write it here'
    """
    fields: dict[str, object] = {}
    for part in parts:
        if fields and between:
            fields[f"part_{len(fields)}"] = between
        fields[f"part_{len(fields)}"] = part
    return Text("".join(f"{{{name}}}" for name in fields), **fields)


def translated(message: str, language: str) -> str:
    """A message in a language; the English where the catalogue has no words for it, and for text that has no template.

    Examples
    --------
    >>> translated("kalsel/baseline.yaml", "id")
    'kalsel/baseline.yaml'
    """
    if not isinstance(message, Text):
        return message
    template = catalogue(language).gettext(message.template) if message.template else ""
    fields = {
        name: translated(field, language) if isinstance(field, Text) else field
        for name, field in message.fields.items()
    }
    return template.format(**fields)


def folder() -> "Path":
    """Where the catalogues are: a folder for each language but English."""
    from pathlib import Path

    return Path(__file__).with_name("locale")


@cache
def languages() -> tuple[str, ...]:
    """Languages that texts can be said in: Indonesian, English, and every other one with a catalogue.

    Examples
    --------
    >>> languages()
    ('id', 'en')
    """
    return tuple(dict.fromkeys(("id", "en", *sorted(each.name for each in folder().iterdir() if each.is_dir()))))


def either(indonesian: str, english: str, language: str) -> str:
    """A text that stands in the source in two languages; in any other one the catalogue has it, the English as a last.

    Examples
    --------
    >>> either("rumah", "houses", "id"), either("rumah", "houses", "en")
    ('rumah', 'houses')
    """
    if language == "id":
        return indonesian
    return english if language == "en" else catalogue(language).pgettext(indonesian, english)


@cache
def catalogue(language: str) -> "NullTranslations":
    """Sentences of a language; of English, and of a language without a catalogue, there are none: they stand."""
    from gettext import GNUTranslations, NullTranslations

    path = folder() / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if language == "en" or not path.is_file():
        return NullTranslations()
    with path.open("rb") as stream:
        return GNUTranslations(stream)
