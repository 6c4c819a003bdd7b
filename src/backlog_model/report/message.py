"""A text that people read, in both languages."""

from typing import NamedTuple

from backlog_model.translation import either


class Message(NamedTuple):
    """One text in Indonesian and English, with the same {places} to fill in."""

    id: str
    en: str

    def said(self, language: str) -> str:
        """The text in a language, its places still open.

        Examples
        --------
        >>> Message("{number} rumah", "{number} houses").said("id")
        '{number} rumah'
        """
        return either(self.id, self.en, language)
