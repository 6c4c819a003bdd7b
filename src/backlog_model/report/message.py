"""A text that people read, in both languages."""

from typing import NamedTuple


class Message(NamedTuple):
    """One text in Indonesian and English, with the same {places} to fill in."""

    id: str
    en: str
