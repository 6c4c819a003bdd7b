"""Code for provincial pots between floors and caps: what `funding.regional_shares` does, a loop over regions at a time.

The equations are those of `funding`; only the loops are written here. The rounds go on until no draw of a vector has
anything left to share again; a draw that was ready before is left as it is by another round.
"""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from backlog_model.dynamics import funding
from backlog_model.dynamics.compiled.folding import Known
from backlog_model.dynamics.compiled.text import Loop, Text
from backlog_model.dynamics.compiled.tracing import Graph

WEIGHT, FLOOR, CAP, SHARE = range(4)
PLACES = 4
"""Places by region that a share takes: weight, floor, cap and the share itself."""


class Memory(Protocol):
    """Code that stands in a loop over regions, with places in the memory of the region at hand."""

    text: Text

    def enter(self, loop: Loop) -> None:
        """Stand in a loop over regions."""

    def place(self, place: int) -> str:
        """Address of a place in the memory of the region at hand."""

    def align(self) -> int:
        """Bytes on which a place begins."""


def filled_shares(stage: Memory, first: int) -> None:
    """Write the code that turns weight, floor and cap of every region into its share, from its first place on."""
    text = stage.text
    weights, floors = _added(stage, first, [lambda read: read(WEIGHT), lambda read: read(FLOOR)])
    _left(
        stage,
        first,
        lambda read, one: funding.share_by_weight(read(WEIGHT), one(0), read(FLOOR), one(1)),
        [weights, floors],
    )
    rounds = text.begin_loop("%regions")
    excess, opened = _added(
        stage,
        first,
        [
            lambda read: funding.over_cap(read(SHARE), read(CAP)),
            lambda read: funding.open_weight(read(WEIGHT), read(SHARE), read(CAP)),
        ],
    )

    def again(read: Callable[[int], Any], one: Callable[[int], Any]) -> Any:
        own = funding.open_weight(read(WEIGHT), read(SHARE), read(CAP))
        return funding.shared_again(read(SHARE), read(CAP), one(0), own, one(1))

    _left(stage, first, again, [excess, opened])
    text.end_loop(rounds, [], [], unless=text.all_zero(excess))
    _left(stage, first, lambda read, _: np.minimum(read(SHARE), read(CAP)), [])


def _added(stage: Memory, first: int, terms: list[Callable[[Callable[[int], Any]], Any]]) -> list[str]:
    """Sums over regions of terms, each written of the places of a region."""
    text = stage.text
    loop = text.begin_loop("%regions")
    stage.enter(loop)
    graph = Graph()
    values = _computed(stage, first, graph, [term(_reader(graph)) for term in terms], [])
    ends = [text.computed("add", [text.carried(loop, n), value]) for n, value in enumerate(values)]
    text.end_loop(loop, [text.constant(0.0)] * len(ends), ends)
    return ends


def _left(stage: Memory, first: int, share: Callable[..., Any], totals: list[str]) -> None:
    """Leave a new share in every region, written of its places and of sums over all regions."""
    text = stage.text
    loop = text.begin_loop("%regions")
    stage.enter(loop)
    graph = Graph()
    result = share(_reader(graph), lambda position: graph.leaf(("total", position), 0))
    [value] = _computed(stage, first, graph, [result], totals)
    text.store(value, stage.place(first + SHARE), align=stage.align())
    text.end_loop(loop, [], [])


def _reader(graph: Graph) -> Callable[[int], Any]:
    return lambda place: graph.leaf(("place", place), 0)


def _computed(stage: Memory, first: int, graph: Graph, results: list[Any], totals: list[str]) -> list[str]:
    """Names of results of a small graph."""
    names: list[str] = []
    for operation, *operands in graph.nodes:
        if operation == "leaf":
            kind, position = operands[0]
            read = totals[position] if kind == "total" else ""
            names.append(read or stage.text.load(stage.place(first + position), align=stage.align()))
        else:
            values = (stage.text.constant(one.number) if isinstance(one, Known) else names[one] for one in operands)
            names.append(stage.text.computed(operation, list(values)))
    return [names[result.position] for result in results]
