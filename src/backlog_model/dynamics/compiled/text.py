"""Lines of LLVM code on numbers or on vectors of them: what is read, computed, compared and kept."""

import struct
from typing import NamedTuple

_COMPARED = {"minimum": "olt", "maximum": "ogt"}
_COMPUTED = {"add": "fadd", "subtract": "fsub", "multiply": "fmul", "divide": "fdiv"}
ALIGNMENT = 64
"""Bytes on which the memory of vectors begins: a line of the cache."""


def literal(number: float) -> str:
    """A number with all its bits, as LLVM writes it."""
    return "0x" + struct.pack(">d", number).hex().upper()


class Loop(NamedTuple):
    """A loop that has begun."""

    block: str
    before: str
    round: str  # name of the number of the round
    until: str
    line: int  # where the lines go that carry values from round to round


class Text:
    """Code of one function, line by line; each line that gives a value names it."""

    def __init__(self, lanes: int) -> None:
        self.lines: list[str] = []
        self.block = "entry"
        self.names = 0
        self.use(lanes)

    def use(self, lanes: int) -> None:
        """Work from here on with vectors of so many lanes; one lane is a single number."""
        self.lanes = lanes
        self.kind = f"<{lanes} x double>" if lanes > 1 else "double"
        self.mask = f"<{lanes} x i1>" if lanes > 1 else "i1"

    def line(self, text: str) -> None:
        """Add a line that gives no value."""
        self.lines.append(f"  {text}")

    def set(self, text: str) -> str:
        """Add a line and name its value."""
        self.names += 1
        self.lines.append(f"  %v{self.names} = {text}")
        return f"%v{self.names}"

    def begin(self, block: str) -> None:
        """Begin a block of lines that can be jumped to."""
        self.block = block
        self.lines.append(f"{block}:")

    def new_block(self) -> str:
        """A name for a block."""
        self.names += 1
        return f"b{self.names}"

    def constant(self, number: float) -> str:
        """The same number in every lane."""
        if self.lanes == 1:
            return literal(number)
        return "<" + ", ".join([f"double {literal(number)}"] * self.lanes) + ">"

    def computed(self, operation: str, names: list[str]) -> str:
        """Result of an operation; a comparison gives 1 or 0."""
        if operation in _COMPUTED:
            return self.set(f"{_COMPUTED[operation]} {self.kind} {names[0]}, {names[1]}")
        if operation in _COMPARED:
            return self.chosen(self.set(f"fcmp {_COMPARED[operation]} {self.kind} {names[0]}, {names[1]}"), *names)
        if operation == "less":
            lower = self.set(f"fcmp olt {self.kind} {names[0]}, {names[1]}")
            return self.chosen(lower, self.constant(1.0), self.constant(0.0))
        holds = self.set(f"fcmp une {self.kind} {names[0]}, {self.constant(0.0)}")
        return self.chosen(holds, names[1], names[2])

    def chosen(self, condition: str, first: str, second: str) -> str:
        """The first where the condition holds, else the second."""
        return self.set(f"select {self.mask} {condition}, {self.kind} {first}, {self.kind} {second}")

    def address(self, kind: str, start: str, position: object) -> str:
        """Address of an element of an array of a kind."""
        return self.set(f"getelementptr {kind}, ptr {start}, i64 {position}")

    def entry(self, kind: str, table: str, position: object) -> str:
        """Element of a table of whole numbers, addresses or numbers."""
        return self.set(f"load {kind}, ptr {self.address(kind, table, position)}")

    def load(self, address: str, *, align: int = 8) -> str:
        """Number or vector at an address."""
        return self.set(f"load {self.kind}, ptr {address}, align {align}")

    def store(self, value: str, address: str, *, align: int = 8) -> None:
        """Keep a number or vector at an address."""
        self.line(f"store {self.kind} {value}, ptr {address}, align {align}")

    def spread(self, number: str) -> str:
        """The same number in every lane, from one read at run time."""
        if self.lanes == 1:
            return number
        one = self.set(f"insertelement {self.kind} poison, double {number}, i64 0")
        return self.set(f"shufflevector {self.kind} {one}, {self.kind} poison, <{self.lanes} x i32> zeroinitializer")

    def gathered(self, address: str, stride: str) -> str:
        """Vector of numbers that lie a stride of bytes apart."""
        vector = "poison"
        for lane in range(self.lanes):
            number = self.set(f"load double, ptr {address}")
            vector = self.set(f"insertelement {self.kind} {vector}, double {number}, i64 {lane}")
            if lane + 1 < self.lanes:
                address = self.address("i8", address, stride)
        return vector

    def record(self, value: str, address: str, *, past_caches: bool) -> None:
        """Keep a vector for good; past the caches where it would only drive out what is needed again."""
        line = f"store {self.kind} {value}, ptr {address}, align {8 * self.lanes}"
        self.line(f"{line}, !nontemporal !0" if past_caches else line)

    def fetch(self, address: str) -> None:
        """Ask for what will be read later."""
        self.line(f"call void @llvm.prefetch.p0(ptr {address}, i32 0, i32 2, i32 1)")

    def begin_loop(self, until: str) -> Loop:
        """Begin a loop over whole numbers from 0."""
        before, block = self.block, self.new_block()
        self.line(f"br label %{block}")
        self.begin(block)
        return Loop(block, before, f"%{block}.round", until, len(self.lines))

    def carried(self, loop: Loop, position: int) -> str:
        """A value that a loop carries from round to round, by its position among them."""
        return f"%{loop.block}.{position}"

    def end_loop(self, loop: Loop, starts: list[str], ends: list[str], *, unless: str = "false") -> None:
        """End a loop, early if a condition holds: values it carries at the start, and at the end of a round."""
        here = self.block
        following = self.set(f"add i64 {loop.round}, 1")
        more = self.set(f"icmp ult i64 {following}, {loop.until}")
        again = self.set(f"select i1 {unless}, i1 false, i1 {more}")
        past = self.new_block()
        self.line(f"br i1 {again}, label %{loop.block}, label %{past}")
        heads = [f"  {loop.round} = phi i64 [ 0, %{loop.before} ], [ {following}, %{here} ]"]
        for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
            both = f"[ {start}, %{loop.before} ], [ {end}, %{here} ]"
            heads.append(f"  {self.carried(loop, position)} = phi {self.kind} {both}")
        self.lines[loop.line : loop.line] = heads
        self.begin(past)

    def all_zero(self, value: str) -> str:
        """Whether a number that is never negative is 0 in every lane."""
        above = self.set(f"fcmp ogt {self.kind} {value}, {self.constant(0.0)}")
        if self.lanes == 1:
            return self.set(f"xor i1 {above}, true")
        bits = self.set(f"bitcast {self.mask} {above} to i{self.lanes}")
        return self.set(f"icmp eq i{self.lanes} {bits}, 0")
