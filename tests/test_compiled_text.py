"""Lines of machine code are those that are meant, on single numbers and on vectors."""

import pytest

from backlog_model.dynamics.compiled.text import ALIGNMENT, Text, literal

ZERO, ONE = "0x0000000000000000", "0x3FF0000000000000"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.0, ZERO),
        (-0.0, "0x8000000000000000"),
        (1.0, ONE),
        (-2.5, "0xC004000000000000"),  # -1.25 * 2: exponent 1023 + 1, first bit behind the point 1/4
        (0.1, "0x3FB999999999999A"),
    ],
)
def test_a_number_is_written_with_all_its_bits(number: float, expected: str) -> None:
    assert literal(number) == expected


@pytest.mark.parametrize(
    ("lanes", "kind", "mask"), [(1, "double", "i1"), (2, "<2 x double>", "<2 x i1>"), (8, "<8 x double>", "<8 x i1>")]
)
def test_one_lane_is_a_number_and_more_are_a_vector(lanes: int, kind: str, mask: str) -> None:
    text = Text(4)
    text.use(lanes)
    assert (text.lanes, text.kind, text.mask) == (lanes, kind, mask)
    assert (Text(lanes).lanes, Text(lanes).kind) == (lanes, kind)


def test_values_and_blocks_have_names_of_their_own() -> None:
    text = Text(1)
    assert [text.set("first"), text.new_block(), text.set("second"), text.new_block()] == ["%v1", "b2", "%v3", "b4"]
    text.line("third")
    text.begin("b2")
    assert text.block == "b2"
    assert text.lines == ["  %v1 = first", "  %v3 = second", "  third", "b2:"]
    assert Text(1).block == "entry"


def test_a_constant_fills_every_lane() -> None:
    assert Text(1).constant(1.0) == ONE
    assert Text(2).constant(1.0) == f"<double {ONE}, double {ONE}>"
    assert Text(3).constant(0.0).count(ZERO) == 3


@pytest.mark.parametrize(
    ("operation", "names", "expected"),
    [
        ("add", ["%a", "%b"], ["%v1 = fadd double %a, %b"]),
        ("subtract", ["%a", "%b"], ["%v1 = fsub double %a, %b"]),
        ("multiply", ["%a", "%b"], ["%v1 = fmul double %a, %b"]),
        ("divide", ["%a", "%b"], ["%v1 = fdiv double %a, %b"]),
        ("minimum", ["%a", "%b"], ["%v1 = fcmp olt double %a, %b", "%v2 = select i1 %v1, double %a, double %b"]),
        ("maximum", ["%a", "%b"], ["%v1 = fcmp ogt double %a, %b", "%v2 = select i1 %v1, double %a, double %b"]),
        ("less", ["%a", "%b"], ["%v1 = fcmp olt double %a, %b", f"%v2 = select i1 %v1, double {ONE}, double {ZERO}"]),
        (
            "where",
            ["%c", "%a", "%b"],
            [f"%v1 = fcmp une double %c, {ZERO}", "%v2 = select i1 %v1, double %a, double %b"],
        ),
    ],
)
def test_operations_on_single_numbers(operation: str, names: list[str], expected: list[str]) -> None:
    text = Text(1)
    assert text.computed(operation, names) == f"%v{len(expected)}"
    assert text.lines == [f"  {line}" for line in expected]


def test_operations_on_vectors() -> None:
    text = Text(2)
    text.computed("add", ["%a", "%b"])
    text.computed("less", ["%a", "%b"])
    ones, zeros = f"<double {ONE}, double {ONE}>", f"<double {ZERO}, double {ZERO}>"
    assert text.lines == [
        "  %v1 = fadd <2 x double> %a, %b",
        "  %v2 = fcmp olt <2 x double> %a, %b",
        f"  %v3 = select <2 x i1> %v2, <2 x double> {ones}, <2 x double> {zeros}",
    ]


def test_addresses_and_memory() -> None:
    text = Text(2)
    assert text.address("i8", "%at", 3) == "%v1"
    assert text.entry("i64", "%table", 5) == "%v3"
    text.store(text.load("%v1"), "%v1")
    text.store(text.load("%v1", align=64), "%v1", align=32)
    text.fetch("%v1")
    assert text.lines == [
        "  %v1 = getelementptr i8, ptr %at, i64 3",
        "  %v2 = getelementptr i64, ptr %table, i64 5",
        "  %v3 = load i64, ptr %v2",
        "  %v4 = load <2 x double>, ptr %v1, align 8",
        "  store <2 x double> %v4, ptr %v1, align 8",
        "  %v5 = load <2 x double>, ptr %v1, align 64",
        "  store <2 x double> %v5, ptr %v1, align 32",
        "  call void @llvm.prefetch.p0(ptr %v1, i32 0, i32 2, i32 1)",
    ]


def test_a_number_read_at_run_time_is_spread_over_lanes() -> None:
    single, double = Text(1), Text(2)
    assert single.spread("%a") == "%a"
    assert single.lines == []
    assert double.spread("%a") == "%v2"
    assert double.lines == [
        "  %v1 = insertelement <2 x double> poison, double %a, i64 0",
        "  %v2 = shufflevector <2 x double> %v1, <2 x double> poison, <2 x i32> zeroinitializer",
    ]


def test_numbers_that_lie_apart_are_gathered() -> None:
    """Behind the last lane no address is taken."""
    text = Text(2)
    assert text.gathered("%at", "%stride") == "%v5"
    assert text.lines == [
        "  %v1 = load double, ptr %at",
        "  %v2 = insertelement <2 x double> poison, double %v1, i64 0",
        "  %v3 = getelementptr i8, ptr %at, i64 %stride",
        "  %v4 = load double, ptr %v3",
        "  %v5 = insertelement <2 x double> %v2, double %v4, i64 1",
    ]


@pytest.mark.parametrize(("lanes", "align"), [(1, 8), (2, 16), (8, 64)])
def test_records_are_aligned_to_whole_vectors(lanes: int, align: int) -> None:
    text = Text(lanes)
    text.record("%a", "%at", past_caches=False)
    text.record("%a", "%at", past_caches=True)
    assert text.lines == [
        f"  store {text.kind} %a, ptr %at, align {align}",
        f"  store {text.kind} %a, ptr %at, align {align}, !nontemporal !0",
    ]


def test_a_line_of_the_cache_holds_eight_numbers() -> None:
    assert ALIGNMENT == 8 * 8


def test_a_loop_counts_its_rounds_and_carries_values() -> None:
    text = Text(1)
    loop = text.begin_loop("%regions")
    assert (loop.block, loop.before, loop.round, loop.until) == ("b1", "entry", "%b1.round", "%regions")
    ends = [text.computed("add", [text.carried(loop, n), "%a"]) for n in range(2)]
    text.end_loop(loop, [ZERO, ONE], ends)
    assert text.block == "b7"
    assert text.lines == [
        "  br label %b1",
        "b1:",
        "  %b1.round = phi i64 [ 0, %entry ], [ %v4, %b1 ]",
        f"  %b1.0 = phi double [ {ZERO}, %entry ], [ %v2, %b1 ]",
        f"  %b1.1 = phi double [ {ONE}, %entry ], [ %v3, %b1 ]",
        "  %v2 = fadd double %b1.0, %a",
        "  %v3 = fadd double %b1.1, %a",
        "  %v4 = add i64 %b1.round, 1",
        "  %v5 = icmp ult i64 %v4, %regions",
        "  %v6 = select i1 false, i1 false, i1 %v5",
        "  br i1 %v6, label %b1, label %b7",
        "b7:",
    ]


def test_a_loop_inside_a_loop_comes_back_to_the_outer_one() -> None:
    """The round of the outer loop ends in the block behind the inner one, and may be the last."""
    text = Text(1)
    outer = text.begin_loop("3")
    inner = text.begin_loop("2")
    text.end_loop(inner, [], [])
    text.end_loop(outer, [], [], unless="%ready")
    assert text.lines == [
        "  br label %b1",
        "b1:",
        "  %b1.round = phi i64 [ 0, %entry ], [ %v7, %b6 ]",
        "  br label %b2",
        "b2:",
        "  %b2.round = phi i64 [ 0, %b1 ], [ %v3, %b2 ]",
        "  %v3 = add i64 %b2.round, 1",
        "  %v4 = icmp ult i64 %v3, 2",
        "  %v5 = select i1 false, i1 false, i1 %v4",
        "  br i1 %v5, label %b2, label %b6",
        "b6:",
        "  %v7 = add i64 %b1.round, 1",
        "  %v8 = icmp ult i64 %v7, 3",
        "  %v9 = select i1 %ready, i1 false, i1 %v8",
        "  br i1 %v9, label %b1, label %b10",
        "b10:",
    ]


def test_a_vector_is_zero_where_every_lane_is() -> None:
    single, double = Text(1), Text(2)
    assert single.all_zero("%a") == "%v2"
    assert single.lines == [f"  %v1 = fcmp ogt double %a, {ZERO}", "  %v2 = xor i1 %v1, true"]
    assert double.all_zero("%a") == "%v3"
    assert double.lines == [
        f"  %v1 = fcmp ogt <2 x double> %a, <double {ZERO}, double {ZERO}>",
        "  %v2 = bitcast <2 x i1> %v1 to i2",
        "  %v3 = icmp eq i2 %v2, 0",
    ]
