"""What pages show: their code blocks, and whether the lines in them are what a command prints."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LEFT_OUT = "[..."


class Block(NamedTuple):
    """A code block, its language, and the text since the block before it."""

    language: str
    text: str
    before: str


def blocks(page: str) -> Iterator[Block]:
    """Code blocks of a page, in order."""
    end = 0
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL):
        yield Block(found[1], found[2], page[end : found.start()])
        end = found.end()


def texts(page: str, language: str) -> list[str]:
    """Code blocks of a page in one language."""
    return [block.text for block in blocks(page) if block.language == language]


def prose(page: str) -> str:
    """A page without code, and without the addresses of its links."""
    return re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|<https?:[^>]*>", "", page, flags=re.DOTALL)


def not_printed(shown: str, printed: str) -> list[str]:
    """Lines shown that are not printed, or not in that order; lines that begin with [... stand for others."""
    rest = iter(printed.splitlines())
    lines = [line for line in shown.splitlines() if not line.startswith(LEFT_OUT)]
    return [line for line in lines if line not in rest]
