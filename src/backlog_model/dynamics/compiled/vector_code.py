"""The equations of a year as code on vectors: every value stands for neighbouring draws.

What does not vary by draw is computed once for all of them, on single numbers, and left in two tables: numbers of the
year and numbers by region. What varies by draw is computed on vectors: what is the same in all regions before the loop
over regions, the rest inside it. Nothing is reordered or contracted: no draw's numbers depend on its neighbours.
"""

from collections.abc import Iterable
from typing import NamedTuple

from backlog_model.dynamics.compiled.equations import OF_THE_PROVINCE, Equations, Row
from backlog_model.dynamics.compiled.folding import Known, Operand
from backlog_model.dynamics.compiled.text import ALIGNMENT, Loop, Text
from backlog_model.dynamics.compiled.tracing import DRAW, REGION
from backlog_model.dynamics.compiled.water_filling import SHARE, filled_shares


class Places(NamedTuple):
    """Where code finds what it reads and leaves what it keeps."""

    leaves: dict[tuple[object, ...], tuple[int, bool]]  # position in the table of addresses; draws side by side
    slots: dict[int, int]  # element of the state -> place in the memory of a region
    rows: dict[tuple[str, int], int]  # recorded series -> position in the table of addresses
    numbers: dict[int, int]  # node -> place among the numbers of the year
    by_region: dict[int, int]  # node -> place among the numbers by region
    shares: dict[int, int]  # node of bounded shares -> first of its places by region
    width: int  # numbers kept for each region
    memory: int  # vectors kept for each region
    past_caches: bool  # whether so much is recorded that it is written past the caches


class Stage:
    """Code of the part of the equations that is computed on single numbers, or on vectors over draws."""

    def __init__(self, equations: Equations, live: set[int], places: Places, lanes: int) -> None:
        self.graph, self.equations, self.places = equations.graph, equations, places
        self.text, self.vector = Text(lanes), lanes > 1
        own = (n for n in sorted(live) if self.vector == bool(self.graph.levels[n] & DRAW))
        self.own = list(own)
        self.mine = set(self.own)
        self.outer: dict[int, str] = {}
        self.inner: dict[int, str] = {}
        self.region = self.memory = self.numbers = self.position = ""

    def kept_by_region(self) -> list[Operand]:
        """What the main loop over regions leaves behind."""
        raise NotImplementedError

    def keep_now(self, node: Operand) -> None:
        """Write the code that leaves a result as soon as it is there."""

    def keep(self) -> None:
        """Write the code, at the end of the main loop, that leaves the rest."""
        raise NotImplementedError

    def write(self) -> None:
        """Write the code before, inside and after each loop over regions."""
        graph, kept, main = self.graph, self.kept_by_region(), self._main_phase()
        for phase in range(max([main, *(graph.phases[n] for n in self.own)]) + 1):
            self.inner = self.outer
            for node in self.own:
                if graph.phases[node] == phase and not graph.levels[node] & REGION and graph.nodes[node][0] != "sum":
                    self.outer[node] = self.computed(node)
            sums, bounded = self._starting("sum", phase), self._starting("shares", phase)
            if sums or bounded or (phase == main and kept):
                self._loop(sums, bounded, kept if phase == main else [])
            for node in bounded:
                filled_shares(self, self.places.shares[node])
        self.inner = self.outer

    def value(self, one: Operand) -> str:
        """Name of an operand where the code stands, read from a table if it has to be."""
        if isinstance(one, Known):
            return self.text.constant(one.number)
        if one in self.inner:
            return self.inner[one]
        if one in self.outer:
            return self.outer[one]
        if one in self.mine:  # a leaf, read where it is first used
            self.inner[one] = self.computed(one)
            return self.inner[one]
        if self.graph.levels[one] & REGION:
            number = self.text.entry("double", self.numbers, self.places.by_region[one])
        else:
            number = self.text.entry("double", "%numbers", self.places.numbers[one])
        self.inner[one] = self.text.spread(number)
        return self.inner[one]

    def computed(self, node: int) -> str:
        """Name of the result of one operation."""
        operation, *operands = self.graph.nodes[node]
        if operation == "leaf":
            return self._read(operands[0], node)
        return self.text.computed(operation, [self.value(one) for one in operands])

    def place(self, place: int) -> str:
        """Address of a place in the memory of the region at hand."""
        return self.text.address(self.text.kind, self.memory, place)

    def enter(self, loop: Loop) -> None:
        """Stand in a loop over regions: where the memory and the rows of the region at hand are."""
        text, self.inner, self.region = self.text, {}, loop.round
        first = text.set(f"mul i64 {loop.round}, {self.places.width}")
        self.numbers = self.memory = text.address("double", "%by_region", first)
        if self.vector:
            first = text.set(f"mul i64 {loop.round}, {self.places.memory}")
            self.memory = text.address(text.kind, "%memory", first)
            self.position = text.set(f"add i64 {text.set(f'mul i64 {loop.round}, %draws')}, %draw")

    def align(self) -> int:
        """Bytes on which a place begins."""
        return min(ALIGNMENT, 8 * self.text.lanes)

    def _read(self, key: tuple[object, ...], node: int) -> str:
        text = self.text
        if key[0] == "state":
            return text.load(self.place(self.places.slots[int(str(key[1]))]), align=self.align())
        position, side_by_side = self.places.leaves[key]
        address = text.entry("ptr", "%leaves", position)
        if self.graph.levels[node] & REGION:
            stride = text.entry("i64", "%region_strides", position)
            address = text.address("i8", address, text.set(f"mul i64 {self.region}, {stride}"))
        if not self.vector:
            return text.load(address)
        stride = "8" if side_by_side else text.entry("i64", "%draw_strides", position)
        first = text.address("i8", address, text.set(f"mul i64 %draw, {stride}"))
        if self.places.past_caches and self.graph.levels[node] & REGION:
            text.fetch(text.address("i8", first, text.set(f"mul i64 {stride}, {text.lanes}")))
        return text.load(first) if side_by_side else text.gathered(first, stride)

    def _main_phase(self) -> int:
        """Phase of the main loop: the last, since it leaves the closing state where the opening one was."""
        nodes, phases = self.graph.nodes, self.graph.phases
        sums = (phases[n] - 1 for n in self.own if nodes[n][0] == "sum")
        regional = (phases[n] for n in self.own if self.graph.levels[n] & REGION)
        return max((*sums, *regional), default=0)

    def _starting(self, operation: str, phase: int) -> list[int]:
        """Sums or bounded shares that the loop of a phase has to prepare."""
        nodes, phases = self.graph.nodes, self.graph.phases
        return [n for n in self.own if nodes[n][0] == operation and phases[n] == phase + 1]

    def _loop(self, sums: list[int], bounded: list[int], kept: list[Operand]) -> None:
        graph, text = self.graph, self.text
        added = [graph.nodes[n][1] for n in sums]
        parts = [graph.nodes[n][1:] for n in bounded]
        loop = text.begin_loop("%regions")
        self.enter(loop)
        for node in self._inside([*added, *(one for three in parts for one in three), *kept]):
            if graph.nodes[node][0] == "shares":
                place = self.place(self.places.shares[node] + SHARE)
                self.inner[node] = text.load(place, align=self.align())
            elif graph.nodes[node][0] != "leaf":
                self.inner[node] = self.computed(node)
            if kept:
                self.keep_now(node)
        for node, three in zip(bounded, parts, strict=True):
            for offset, one in enumerate(three):
                text.store(self.value(one), self.place(self.places.shares[node] + offset), align=self.align())
        ends = [
            text.computed("add", [text.carried(loop, position), self.value(one)]) for position, one in enumerate(added)
        ]
        if kept:
            self.keep()
        text.end_loop(loop, [text.constant(0.0)] * len(sums), ends)
        self.outer |= dict(zip(sums, ends, strict=True))

    def _inside(self, roots: Iterable[Operand]) -> list[int]:
        """What has to be computed inside a loop over regions for some values, in order."""
        found: set[int] = set()
        waiting = [one for one in roots if isinstance(one, int)]
        while waiting:
            node = waiting.pop()
            if node in found or node not in self.mine or not self.graph.levels[node] & REGION:
                continue
            found.add(node)
            if self.graph.nodes[node][0] not in ("shares", "leaf"):
                waiting += [one for one in self.graph.nodes[node][1:] if isinstance(one, int)]
        return sorted(found)


class NumbersStage(Stage):
    """What does not vary by draw, left in the two tables."""

    def __init__(self, equations: Equations, live: set[int], places: Places) -> None:
        super().__init__(equations, live, places, 1)

    def kept_by_region(self) -> list[Operand]:
        """Numbers by region that vectors need."""
        return list(self.places.by_region)

    def keep(self) -> None:
        """Leave them in the table."""
        for node, place in self.places.by_region.items():
            self.text.store(self.value(node), self.place(place))

    def write(self) -> None:
        """Write all code, and leave the numbers of the year in their table at the end."""
        super().write()
        for node, place in self.places.numbers.items():
            self.text.store(self.value(node), self.text.address("double", "%numbers", place))


class VectorStage(Stage):
    """What varies by draw: the state that is left and the rows that are recorded."""

    def __init__(self, equations: Equations, live: set[int], places: Places, lanes: int) -> None:
        super().__init__(equations, live, places, lanes)
        self.rows_of: dict[Operand, list[Row]] = {}
        self.of_the_province: list[Row] = []
        for row in equations.rows:
            if row.variable in OF_THE_PROVINCE and (row.variable, row.part) in places.rows:
                self.of_the_province.append(row)
            elif (row.variable, row.part) in places.rows:
                self.rows_of.setdefault(row.value, []).append(row)

    def kept_by_region(self) -> list[Operand]:
        """Closing state and recorded rows of a region."""
        closing = [self.equations.closing[slot] for slot in self.places.slots]
        return [*closing, *self.rows_of]

    def keep_now(self, node: Operand) -> None:
        """Record a result as soon as it is known, which leaves its register free."""
        for row in self.rows_of.pop(node, ()):
            self._record(row, self.value(node), self.position)

    def keep(self) -> None:
        """Record what was known before the loop, and leave the closing state when the opening one is read."""
        waiting = dict(self.rows_of)
        for node in waiting:
            self.keep_now(node)
        values = [self.value(self.equations.closing[slot]) for slot in self.places.slots]
        for value, place in zip(values, self.places.slots.values(), strict=True):
            self.text.store(value, self.place(place), align=self.align())

    def write(self) -> None:
        """Write all code, and record what has no regions at the end."""
        super().write()
        for row in self.of_the_province:
            self._record(row, self.value(row.value), "%draw")

    def _record(self, row: Row, value: str, position: str) -> None:
        start = self.text.entry("ptr", "%rows", self.places.rows[row.variable, row.part])
        address = self.text.address("double", start, position)
        self.text.record(value, address, past_caches=self.places.past_caches)
