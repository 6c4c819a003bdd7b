"""Reads a report as a person does: its text, where the numbers in it come from, and its parts."""

import re
from html.parser import HTMLParser

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
UNREAD = {"script", "style"}


class Page(HTMLParser):
    """A report.

    Attributes
    ----------
    texts : pieces of text with what their element says of their origin; empty where it says nothing
    headings : of the sections
    elements : every start tag with its attributes
    scripts : content of each script, with its attributes
    """

    def __init__(self, html):
        super().__init__()
        self.texts, self.headings, self.elements, self.scripts = [], [], [], []
        self._open = []
        self.feed(html)
        assert self._open == [], "elements that are not closed"

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag == "script":
            self.scripts.append([found, ""])
        if tag == "h2":
            self.headings.append("")
        if tag not in VOID:
            self._open.append((tag, found.get("data-from", "")))
        if tag != "wbr":
            self.texts.append((" ", ""))

    def handle_endtag(self, tag):
        if tag not in VOID:
            opened, _ = self._open.pop()
            assert opened == tag, f"</{tag}> closes <{opened}>"
            self.texts.append((" ", ""))

    def handle_data(self, data):
        tags = [tag for tag, _ in self._open]
        if "script" in tags:
            self.scripts[-1][1] += data
        if "h2" in tags:
            self.headings[-1] += data
        if not UNREAD & set(tags):
            self.texts.append((data, next((origin for _, origin in reversed(self._open) if origin), "")))

    def text(self):
        """All text that is read, whatever its origin."""
        return " ".join("".join(piece for piece, _ in self.texts).split())

    def told(self):
        """Text whose numbers have to be in a table: all that names no other origin."""
        return "".join(piece for piece, origin in self.texts if not origin)


def numbers(text):
    return set(NUMBER.findall(text))


def numbers_in(figures):
    """Numbers of all tables, as people read them and as programs do, with the heads of their columns."""
    found = set()
    for figure in figures.values():
        for column in figure.read:
            found |= numbers(f"{column.label} {column.unit}")
        for record in figure.records:
            found |= numbers(" ".join(figure.texts(record)))
            found |= numbers(" ".join(str(value) for value in record.values()))
    return found
