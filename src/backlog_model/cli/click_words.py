"""Sentences that click says by itself, as templates: what it said is read back with them and said in another language.

They are those of click 8.1 to 8.5; one that is not here is shown in English.
"""

import re
from functools import cache

from backlog_model.translation import Text

SENTENCES = (
    "Usage:",
    "Options",
    "Commands",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Invalid value for {hint}: {message}",
    "Invalid value: {message}",
    "Missing argument {hint}.",
    "Missing argument {hint}. {message}",
    "Missing option {hint}.",
    "Missing option {hint}. {message}",
    "Missing command.",
    "No such option {name}. Did you mean {possibility}?",
    "No such option {name}. (Did you mean one of: {possibilities}?)",
    "No such option {name}.",
    "No such option: {name} (Possible options: {possibilities})",
    "No such option: {name} Did you mean {possibility}?",
    "No such option: {name}",
    "No such command {name}. Did you mean {possibility}?",
    "No such command {name}. (Did you mean one of: {possibilities}?)",
    "No such command {name}.",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument ({given})",
    "Got unexpected extra arguments ({given})",
    "Choose from: {choices}",
    "{value} is not a valid integer.",
    "{value} is not a valid integer range.",
    "{value} is not one of {choices}.",
    "{value} is not in the range {range}.",
    "{kind} {name} does not exist.",
    "{kind} {name} is a file.",
    "{kind} {name} is a directory.",
    "{kind} {name} is not readable.",
    "{kind} {name} is not writable.",
    "default: {default}",
    "required",
    "File",
    "Directory",
    "Path",
)
METAVARS = (
    *("OPTIONS", "ARGS", "COMMAND", "INTEGER RANGE", "INTEGER", "FILE", "FOLDER", "DIRECTORY", "PATH", "TEXT"),
    *("NAME", "SCENARIO", "YEAR"),
)
"""What stands in usage lines for something to be written."""


def said_by_click(sentence: str) -> str:
    """What click said, with the template it is made of where that is known.

    Examples
    --------
    >>> said_by_click("Invalid value for '--draws': 'x' is not a valid integer.").template
    'Invalid value for {hint}: {message}'
    """
    if isinstance(sentence, Text):
        return sentence
    for template in SENTENCES:
        found = _pattern(template).fullmatch(sentence)
        if found is not None:
            return Text(template, **{name: said_by_click(part) for name, part in found.groupdict().items()})
    return sentence


@cache
def _pattern(template: str) -> re.Pattern[str]:
    literal = re.escape(template).replace(r"\ ", r"\s+")
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", literal), re.DOTALL)
