"""Places of labels beside each other, none over another."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], *, bottom: float) -> list[float]:
    """Places as near as they can be to those wanted, in the same order, none over another.

    Neighbours that would touch are joined to a block that stands where its members want to be on average (the pool
    adjacent violators algorithm). What then stands below the lower edge moves up, and others with it.

    Parameters
    ----------
    wanted : middle of each label, in pixels from above
    heights : of each label
    bottom : lower edge

    Examples
    --------
    >>> spread([10.0, 11.0, 48.0], [10.0, 10.0, 10.0], bottom=50.0)
    [5.5, 15.5, 45.0]
    """
    blocks: list[list[int]] = []
    for place in sorted(range(len(wanted)), key=lambda each: wanted[each]):
        blocks.append([place])
        while len(blocks) > 1 and _end(blocks[-2], wanted, heights) > _start(blocks[-1], wanted, heights):
            blocks[-2:] = [[*blocks[-2], *blocks[-1]]]
    found = [0.0] * len(wanted)
    for block in reversed(blocks):
        edge = min(_end(block, wanted, heights), bottom)
        for place in reversed(block):
            found[place] = edge - heights[place] / 2
            edge -= heights[place]
        bottom = min(bottom, edge)
    return found


def _start(block: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """Upper edge of a block whose members stand, on average, where they want to be."""
    edge, errors = 0.0, 0.0
    for place in block:
        errors += wanted[place] - (edge + heights[place] / 2)
        edge += heights[place]
    return errors / len(block)


def _end(block: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    return _start(block, wanted, heights) + sum(heights[place] for place in block)
