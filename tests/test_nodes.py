import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.scenario import nodes
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.nodes import plain, read_tree
from backlog_model.scenario.numbers import grouping, instead_of_text, scalar


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _each_loader(request, monkeypatch):
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML without its C parser")
    monkeypatch.setattr(nodes, "_LOADER", getattr(yaml, request.param))


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Plain data of a text (or bytes), and what was found wrong with it."""
    monkeypatch.chdir(tmp_path)

    def reading(content):
        path = tmp_path / "a.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        findings = Findings()
        tree = read_tree(path, findings)
        return (None if tree is None else plain(tree)), [str(problem) for problem in findings.problems()]

    return reading


@pytest.mark.usefixtures("_each_loader")
def test_scalars_are_what_they_look_like(read):
    text = (
        "a: 20_000_000\nb: 1.5e-3\nc: -0.5\nd: true\ne: Tanah Laut\nf: '2026'\ng: \"NO\"\nh:\ni: ~\nj: +5\nk: .5\n"
        "l: 2026-01-05\nm: =\nn: n\no: 1e3\np: [1, {q: 2.50}]\n2026: x\n'63.10': y\n0.05: z\n"
    )
    data, problems = read(text)
    assert problems == []
    assert data == {
        **{"a": 20_000_000, "b": 0.0015, "c": -0.5, "d": True, "e": "Tanah Laut", "f": "2026", "g": "NO"},
        **{"h": None, "i": None, "j": 5, "k": 0.5, "l": "2026-01-05", "m": "=", "n": "n", "o": 1000.0},
        **{"p": (1, {"q": 2.5}), "2026": "x", "63.10": "y", "0.05": "z"},
    }
    assert isinstance(data["a"], int)


@pytest.mark.usefixtures("_each_loader")
def test_places_are_those_of_the_file(tmp_path, read):
    read("a:\n  b: 5\n  cé: [1, 2]\n")
    tree = read_tree(tmp_path / "a.yaml", Findings())
    assert tree is not None
    assert str(tree.below(("a", "b")).place) == "a.yaml:2:6"
    assert str(tree.below(("a", "b")).start) == "a.yaml:2:3"
    assert str(tree.below(("a", "cé", 1)).place) == "a.yaml:3:11"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: NO\n", 'a.yaml:1:4: a: NO is read differently by different programs; write false, or "NO" in quotes'),
        ("a: yes\n", "write true"),
        ("a: On\n", "write true"),
        ("no: 1\n", 'a.yaml:1:1: no is read differently by different programs; write false, or "no" in quotes'),
        ("a: 012\n", 'a.yaml:1:4: a: 012 begins with 0; write 12, or "012" in quotes'),
        ("a: -007.5\n", "begins with 0; write -7.5"),
        ("a: 0x1F\n", "0x1F is not a decimal number"),
        ("a: 0o17\n", "0o17 is not a decimal number"),
        ("a: 12:30\n", 'write "12:30" in quotes'),
        ("a: .nan\n", ".nan is not a number"),
        ("a: -.inf\n", "-.inf is not a number"),
        ("a: 1e999\n", "1e999 is too large"),
        (f"a: {'9' * 5000}\n", "more than 40 characters"),
        ("63.10: 5\n", 'a.yaml:1:1: 63.10 without quotes is read as a number; write "63.10"'),
        ("a: {63.01: 5}\n", 'a.yaml:1:5: a: 63.01 without quotes is read as a number; write "63.01"'),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: key a stands twice; first at line 1"),
        ("a: &x 1\nb: 2\n", "a.yaml:1:4: a: anchor &x; delete it"),
        ("a: 1\nb: *x\n", "alias *x"),
        ("a: !!str 5\n", "a: tag !!str; delete it"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag !!python/object/apply:os.system"),
        ("a: {<<: {b: 1}}\n", "a.yaml:1:5: a: merge key <<; write the entries out"),
        ("a: 1\n---\nb: 2\n", "a second document starts here"),
        ("a:\n\tb: 1\n", "a.yaml:2:1: a tab is used for indentation; write spaces"),
        ("a: [1, 2\n", "not valid YAML"),
        ("a: 'open\n", "not valid YAML"),
        ("a: b: c\n", "not valid YAML"),
        ("? [a, b]\n: c\n", "a list or mapping stands where a key is expected"),
        ("? *a\n: c\n", "alias"),
        (": c\n", "not valid YAML"),
        ("a: [" + "[" * 500 + "]" * 500 + "]\n", "nested deeper than 20 levels"),
        ("", "a.yaml: the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("- a\n- b\n", "a.yaml:1:1: expected keys such as title"),
        ("just text\n", "expected keys such as title"),
        ("a: 1\x00\n", "a.yaml:1:5: control character U+0000"),
        ("a: 1\nb: x\x1b[31m\n", "a.yaml:2:5: control character U+001B"),
        ('a: "x\\0y"\n', "a.yaml:1:4: a: control character U+0000"),
        ('"a\\e[2J": 1\n', "a.yaml:1:1: control character U+001B"),
        ("a: 1\n".encode("utf-16"), "a.yaml:1:1: the file is UTF-16, or not text; save it as UTF-8"),
        ("a: 1\n".encode("utf-16-le"), "save it as UTF-8"),
        ("a: 1\nb: café\n".encode("latin-1"), "a.yaml:2:7: byte 0xE9 is not UTF-8"),
        (b"a: " + b"x" * 2_000_001, "bytes; expected at most 2_000_000"),
    ],
)
@pytest.mark.usefixtures("_each_loader")
def test_traps_are_refused_with_their_place(read, text, problem):
    _, problems = read(text)
    assert any(problem in each for each in problems), problems


@pytest.mark.usefixtures("_each_loader")
def test_all_traps_of_a_file_are_told_from_top_to_bottom(read):
    data, problems = read("a: NO\nb: 1\nc: 012\nb: 5\nd: {63.10: 0x5}\n")
    assert [problem.split(": ")[0] for problem in problems] == [
        *("a.yaml:1:4", "a.yaml:3:4", "a.yaml:4:1", "a.yaml:5:5", "a.yaml:5:12")
    ]
    assert data["b"] == 1


def test_a_byte_order_mark_of_utf8_is_no_problem(read):
    assert read(b"\xef\xbb\xbfa: 1\n") == ({"a": 1}, [])


def test_windows_line_ends_are_no_problem(read):
    data, problems = read("a: 1\r\nb: |\r\n  x\r\n")
    assert (data["a"], problems) == (1, [])


def test_a_hundred_thousand_aliases_do_not_grow(read):
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    _, problems = read("\n".join(lines))
    assert len(problems) == 40 + 2 * 39


def test_missing_file_offers_the_nearest_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "baseline.yaml").write_text("a: 1\n", encoding="utf-8")
    findings = Findings()
    assert read_tree(tmp_path / "basline.yaml", findings) is None
    assert str(findings.problems()[0]) == "basline.yaml: there is no such file; did you mean baseline.yaml?"


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "plan.yaml").write_text("a: 1\n", encoding="utf-8")
    findings = Findings()
    assert read_tree(tmp_path, findings) is None
    assert "this is a folder; expected a file; it holds plan.yaml" in str(findings.problems()[0])


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("5%", "write 0.05"),
        ("43,62 %", "write 0.4362"),
        ("2.804", "write 2804 (or 2.8040"),
        ("1.234.567", "write 1234567"),
        ("345,029", "write 345029 (or 345.029"),
        ("1,000,000", "write 1000000"),
        ("1,000.5", "write 1000.5"),
        ("1.234,5", "write 1234.5"),
        ("3,5", "write 3.5"),
        ("Rp 20 jt", "write 20_000_000"),
        ("Rp2,5 miliar", "write 2_500_000_000"),
        ("20 juta", "write 20_000_000"),
        ("Rp 20.000.000", "write 20_000_000"),
        ("2026", "write 2026 without quotes"),
        ("n/a", "leave the line out"),
        ("-", "leave the line out"),
        ("NaN", "leave the line out"),
        ("twenty", "expected a number such as"),
        ("", "expected a number such as"),
    ],
)
def test_text_in_place_of_a_number_gets_the_right_writing(text, advice):
    assert instead_of_text(text).startswith(advice)


@pytest.mark.parametrize("text", ["0.004", "12.5", "345.03", "1234.567", "2.8040", "1_234.567", "0.345"])
def test_plain_decimals_are_no_grouping(text):
    assert grouping(text) is None


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_read_back(number):
    assert scalar(str(number)) == (number, None)
    assert scalar(f"{number:_}") == (number, None)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_decimals_are_read_back(number):
    assert scalar(repr(number)) == (number, None)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.yaml"
    path.write_bytes(text.encode())
    findings = Findings()
    assert read_tree(path, findings) is not None or findings.problems()


@given(st.text(max_size=40))
def test_any_text_gets_advice(text):
    assert instead_of_text(text)
