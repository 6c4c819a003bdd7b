"""All code of a structure: one function for each group of years and for the opening, and the loops around them."""

from collections.abc import Iterable
from typing import NamedTuple

from backlog_model.dynamics.compiled.equations import Equations, opening_equations, year_equations
from backlog_model.dynamics.compiled.folding import Operand
from backlog_model.dynamics.compiled.structure import Structure
from backlog_model.dynamics.compiled.tracing import DRAW, REGION
from backlog_model.dynamics.compiled.vector_code import NumbersStage, Places, Stage, VectorStage
from backlog_model.dynamics.compiled.water_filling import PLACES
from backlog_model.inputs import Inputs

ENTRY = "run"


class Program(NamedTuple):
    """Code, and what it has to be given."""

    text: str
    leaves: tuple[tuple[str, int, int], ...]  # (kind, field, element) read, by position
    leaf_places: tuple[tuple[int, int], ...]  # where each is along the axes before the draws, but for the year
    rows: tuple[tuple[str, int], ...]  # (variable, part) recorded, by position
    parts: dict[str, int]  # number of parts of every recorded variable
    numbers: int  # numbers of a year
    by_region: int  # numbers of a year for each region
    memory: int  # vectors kept for each region
    past_caches: bool


def program_of(structure: Structure, inputs: Inputs, lanes: int, *, most_rows_in_caches: int) -> Program:
    """Code for inputs of a structure."""
    groups = [year_equations(structure, inputs, group) for group in structure.groups]
    groups.append(opening_equations(structure, inputs))
    wanted = [(row.variable, row.part) for row in groups[0].rows if _is_wanted(structure, row.variable)]
    slots = _live_slots(groups, set(wanted))
    live = [_live(equations, _roots(equations, set(wanted), slots)) for equations in groups]
    leaves = sorted({key for equations, nodes in zip(groups, live, strict=True) for key in _leaves(equations, nodes)})
    side_by_side = {"year": structure.fields, "first region": structure.fields, "opening": structure.opening}
    shared = Places(
        leaves={key: (n, side_by_side[key[0]][key[1]].side_by_side) for n, key in enumerate(leaves)},
        slots={slot: place for place, slot in enumerate(sorted(slots))},
        rows={row: position for position, row in enumerate(wanted)},
        numbers={},
        by_region={},
        shares={},
        width=0,
        memory=0,
        past_caches=len(wanted) > most_rows_in_caches,
    )
    places = [_places(equations, nodes, shared) for equations, nodes in zip(groups, live, strict=True)]
    width, memory = max(1, *(one.width for one in places)), max(1, *(one.memory for one in places))
    places = [one._replace(width=width, memory=memory) for one in places]
    functions = [
        line
        for name, (equations, nodes, place) in enumerate(zip(groups, live, places, strict=True))
        for line in _functions(name, equations, nodes, place, lanes)
    ]
    numbers = max(1, *(len(one.numbers) for one in places))
    text = "\n".join([*functions, *_loops(len(groups), len(leaves), len(wanted), numbers, width, lanes)])
    parts = {name: count for name, count in groups[0].parts.items() if _is_wanted(structure, name)}
    leaf_places = tuple(_place_along(side_by_side[kind][field].inner, element) for kind, field, element in leaves)
    return Program(text, tuple(leaves), leaf_places, tuple(wanted), parts, numbers, width, memory, shared.past_caches)


def _place_along(lengths: tuple[int, ...], element: int) -> tuple[int, int]:
    """Position of an element along two axes, the second 0 where there is only one."""
    if len(lengths) == 2:
        return divmod(element, lengths[1])
    return element, 0


def _is_wanted(structure: Structure, variable: str) -> bool:
    return structure.variables is None or variable in structure.variables


def _roots(equations: Equations, wanted: set[tuple[str, int]], slots: set[int]) -> list[Operand]:
    rows = [row.value for row in equations.rows if (row.variable, row.part) in wanted]
    return rows + [equations.closing[slot] for slot in sorted(slots)]


def _live(equations: Equations, roots: Iterable[Operand]) -> set[int]:
    """Nodes that results need."""
    nodes, found = equations.graph.nodes, set[int]()
    waiting = [one for one in roots if isinstance(one, int)]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            if nodes[node][0] != "leaf":
                waiting += [one for one in nodes[node][1:] if isinstance(one, int)]
    return found


def _live_slots(groups: list[Equations], wanted: set[tuple[str, int]]) -> set[int]:
    """Elements of the state that some year reads on the way to what is wanted."""
    slots: set[int] = set()
    while True:
        read = set(slots)
        for equations in groups:
            for node in _live(equations, _roots(equations, wanted, slots)):
                operation, *operands = equations.graph.nodes[node]
                if operation == "leaf" and operands[0][0] == "state":
                    read.add(operands[0][1])
        if read == slots:
            return slots
        slots = read


def _leaves(equations: Equations, live: set[int]) -> Iterable[tuple[str, int, int]]:
    nodes = equations.graph.nodes
    return (nodes[n][1] for n in live if nodes[n][0] == "leaf" and nodes[n][1][0] != "state")


def _places(equations: Equations, live: set[int], shared: Places) -> Places:
    """Places of the numbers that vectors take from the tables, and of bounded shares."""
    graph = equations.graph
    on_vectors = [n for n in live if graph.levels[n] & DRAW]
    wanted = {row for row in equations.rows if (row.variable, row.part) in shared.rows}
    roots = [row.value for row in wanted] + [equations.closing[slot] for slot in shared.slots]
    read = {one for n in on_vectors if graph.nodes[n][0] != "leaf" for one in graph.nodes[n][1:]} | set(roots)
    tabled = sorted(one for one in read if isinstance(one, int) and not graph.levels[one] & DRAW)
    by_region = [n for n in tabled if graph.levels[n] & REGION]
    numbers = [n for n in tabled if not graph.levels[n] & REGION]
    shares, used = {}, {True: len(shared.slots), False: len(by_region)}
    for n in sorted(live):
        if graph.nodes[n][0] == "shares":
            vector = bool(graph.levels[n] & DRAW)
            shares[n], used[vector] = used[vector], used[vector] + PLACES
    return shared._replace(
        numbers={n: place for place, n in enumerate(numbers)},
        by_region={n: place for place, n in enumerate(by_region)},
        shares=shares,
        width=used[False],
        memory=used[True],
    )


_TABLES = "ptr noalias %numbers, ptr noalias %by_region, ptr noalias %leaves, ptr noalias %region_strides, i64 %regions"
_VECTORS = f"{_TABLES}, ptr noalias %draw_strides, ptr noalias %rows, ptr noalias %memory, i64 %draw, i64 %draws"


def _functions(name: int, equations: Equations, live: set[int], places: Places, lanes: int) -> list[str]:
    numbers = NumbersStage(equations, live, places)
    vectors = VectorStage(equations, live, places, lanes)
    return [*_function(f"numbers_{name}", _TABLES, numbers), *_function(f"vectors_{name}", _VECTORS, vectors)]


def _function(name: str, arguments: str, stage: Stage) -> list[str]:
    stage.write()
    return [f"define internal void @{name}({arguments}) noinline {{", "entry:", *stage.text.lines, "  ret void", "}"]


_ENTRY = """
define void @run(ptr %groups, ptr %all_numbers, ptr %all_by_region, ptr %all_leaves, ptr %region_strides,
                 ptr %draw_strides, ptr %all_rows, ptr %memory, i64 %years, i64 %regions, i64 %draws) {{
entry:
  br label %prepare
prepare:
  %y = phi i64 [ 0, %entry ], [ %y.next, %prepared ]
  %group.at = getelementptr i64, ptr %groups, i64 %y
  %group = load i64, ptr %group.at
  %numbers.first = mul i64 %y, {numbers}
  %numbers = getelementptr double, ptr %all_numbers, i64 %numbers.first
  %table.size = mul i64 %regions, {width}
  %table.first = mul i64 %y, %table.size
  %by_region = getelementptr double, ptr %all_by_region, i64 %table.first
  %leaves.first = mul i64 %y, {leaves}
  %leaves = getelementptr ptr, ptr %all_leaves, i64 %leaves.first
  switch i64 %group, label %prepared [ {prepare_cases} ]
{prepare_calls}
prepared:
  %y.next = add i64 %y, 1
  %y.more = icmp ult i64 %y.next, %years
  br i1 %y.more, label %prepare, label %draws.begin
draws.begin:
  br label %vector
vector:
  %draw = phi i64 [ 0, %draws.begin ], [ %draw.next, %vector.end ]
  br label %year
year:
  %z = phi i64 [ 0, %vector ], [ %z.next, %year.end ]
  %z.group.at = getelementptr i64, ptr %groups, i64 %z
  %z.group = load i64, ptr %z.group.at
  %z.numbers.first = mul i64 %z, {numbers}
  %z.numbers = getelementptr double, ptr %all_numbers, i64 %z.numbers.first
  %z.table.first = mul i64 %z, %table.size
  %z.by_region = getelementptr double, ptr %all_by_region, i64 %z.table.first
  %z.leaves.first = mul i64 %z, {leaves}
  %z.leaves = getelementptr ptr, ptr %all_leaves, i64 %z.leaves.first
  %z.rows.first = mul i64 %z, {rows}
  %z.rows = getelementptr ptr, ptr %all_rows, i64 %z.rows.first
  switch i64 %z.group, label %year.end [ {year_cases} ]
{year_calls}
year.end:
  %z.next = add i64 %z, 1
  %z.more = icmp ult i64 %z.next, %years
  br i1 %z.more, label %year, label %vector.end
vector.end:
  %draw.next = add i64 %draw, {lanes}
  %draw.more = icmp ult i64 %draw.next, %draws
  br i1 %draw.more, label %vector, label %end
end:
  ret void
}}
declare void @llvm.prefetch.p0(ptr, i32, i32, i32)
!0 = !{{i32 1}}
"""
_PREPARE_CALL = """prepare.{n}:
  call void @numbers_{n}(ptr %numbers, ptr %by_region, ptr %leaves, ptr %region_strides, i64 %regions)
  br label %prepared"""
_YEAR_CALL = """year.{n}:
  call void @vectors_{n}(ptr %z.numbers, ptr %z.by_region, ptr %z.leaves, ptr %region_strides, i64 %regions,
                         ptr %draw_strides, ptr %z.rows, ptr %memory, i64 %draw, i64 %draws)
  br label %year.end"""


def _loops(groups: int, leaves: int, rows: int, numbers: int, width: int, lanes: int) -> list[str]:
    """The function that is called: tables first, then years of one vector of draws after another."""
    return [
        _ENTRY.format(
            prepare_cases=" ".join(f"i64 {n}, label %prepare.{n}" for n in range(groups)),
            prepare_calls="\n".join(_PREPARE_CALL.format(n=n) for n in range(groups)),
            year_cases=" ".join(f"i64 {n}, label %year.{n}" for n in range(groups)),
            year_calls="\n".join(_YEAR_CALL.format(n=n) for n in range(groups)),
            leaves=leaves,
            rows=rows,
            numbers=numbers,
            width=width,
            lanes=lanes,
        )
    ]
