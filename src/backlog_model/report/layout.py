"""Lines of text: tables with aligned columns, and paragraphs that fit a terminal."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

WIDTH = 100
GAP = "  "


def paragraph(text: str, *, indent: str = "") -> list[str]:
    """Lines of a paragraph; only the first one begins at the margin."""
    return wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def shortened(text: str, width: int) -> str:
    """Text cut to a width, with a mark where it was cut.

    Examples
    --------
    >>> shortened("Hulu Sungai Tengah", 12)
    'Hulu Sungai.'
    """
    return text if len(text) <= width else text[: max(0, width - 1)].rstrip() + "."


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1, wide: int | None = None) -> list[str]:
    """Lines of a table: the first `left` columns and the column `wide` begin at their left, the others end right.

    The widest text column gives way when the table is too wide.
    """
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    to_the_left = {*range(left)} if wide is None else {*range(left), wide}
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - WIDTH
    if excess > 0 and to_the_left:
        widest = max(to_the_left, key=lambda column: widths[column])
        widths[widest] = max(12, widths[widest] - excess)
    return [_line(cells, widths, to_the_left) for cells in lines]


def _line(cells: Sequence[str], widths: Sequence[int], to_the_left: set[int]) -> str:
    placed = [
        shortened(cell, width).ljust(width) if column in to_the_left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return GAP.join(placed).rstrip()


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A titled block, after an empty line; nothing when it has no lines."""
    return ["", *paragraph(title), *lines] if lines else []
