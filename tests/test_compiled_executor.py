"""The compiled executor gives what the array path gives, the same bits however draws are cut up and whoever runs it.

Compiling random models is the slow part; LLVM's optimisation, which changes no result, is off for most of them.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics import compiled, simulation
from backlog_model.dynamics.compiled import execution, machine_code
from backlog_model.inputs import Array, Axes, Inputs
from backlog_model.linear import Sums
from backlog_model.tallies import count_in_bins
from strategies import ALL, build

pytest.importorskip("llvmlite")

OPTIMISATION = machine_code.OPTIMISATION
COMPILES = ALL - {"whole houses"}
EVERYTHING = Axes(
    years=(2025, 2026, 2027),
    province="63",
    regions=("63.01", "63.02", "63.03", "63.04"),
    house_programmes=("first", "second"),
    slum_programmes=("partial", "renewal"),
    new_house_programmes=("new",),
    estate_programmes=("estates",),
    finance_programmes=("finance",),
    sources=("one", "two"),
    draws=19,
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(machine_code, "OPTIMISATION", 0)
    return tmp_path


@pytest.fixture
def nothing_compiled_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "_ready", {})
    monkeypatch.setattr(machine_code, "_loaded", {})


@pytest.fixture(scope="module")
def thousand_draws() -> Inputs:
    return build(replace(EVERYTHING, draws=1000), COMPILES, 3)


def random_axes(rng: np.random.Generator) -> Axes:
    def some(name: str, low: int, high: int) -> tuple[str, ...]:
        return tuple(f"{name}{i}" for i in range(rng.integers(low, high + 1)))

    return Axes(
        years=tuple(range(2025, 2026 + int(rng.integers(0, 4)))),
        province="63",
        regions=some("63.0", 1, 5),
        severities=("light", "medium", "heavy") if rng.random() < 0.7 else ("all",),
        house_programmes=some("house", 0, 3),
        slum_programmes=some("slum", 0, 2),
        new_house_programmes=some("new", 0, 2),
        estate_programmes=some("estate", 0, 1),
        finance_programmes=some("finance", 0, 1),
        sources=some("source", 1, 2),
        draws=int(rng.integers(9, 28)),
    )


def random_model(seed: int) -> Inputs:
    rng = np.random.default_rng(seed)
    chosen = COMPILES if rng.random() < 0.5 else frozenset(name for name in sorted(COMPILES) if rng.random() < 0.5)
    return build(random_axes(rng), chosen, seed)


def assert_close(actual: dict[str, Array], expected: dict[str, Array], what: object = "") -> None:
    assert actual.keys() == expected.keys()
    for name, array in expected.items():
        floor = 1e-12 * np.abs(array).max(initial=0.0)
        np.testing.assert_allclose(actual[name], array, rtol=1e-12, atol=floor, err_msg=f"{what} {name}")


def assert_same(actual: dict[str, Array], expected: dict[str, Array], draws: slice = slice(None)) -> None:
    assert actual.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(actual[name], array[:, :, draws], err_msg=name)


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_random_models_give_what_arrays_give(first: int) -> None:
    for seed in range(first, first + 20):
        case = random_model(seed)
        assert compiled.supports(case)
        assert_close(compiled.records(case), simulation.records(case), seed)


@pytest.mark.usefixtures("nothing_compiled_yet")
@pytest.mark.parametrize("seed", range(3))
def test_optimised_code_gives_what_arrays_give(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(machine_code, "OPTIMISATION", OPTIMISATION)
    case = build(EVERYTHING, COMPILES, seed)
    assert_close(compiled.records(case), simulation.records(case))


def test_money_is_shared_alike_over_many_regions() -> None:
    axes = replace(EVERYTHING, regions=tuple(f"63.{r:03d}" for r in range(200)), years=(2025,), draws=16)
    case = build(axes, COMPILES - {"known"}, 11)
    assert_close(compiled.records(case), simulation.records(case))


def test_provincial_budgets_may_be_written_by_region() -> None:
    case = build(EVERYTHING, COMPILES, 4)
    shape = (*case.yearly.provincial_budget_idr.shape[:-1], len(EVERYTHING.regions))
    budget = np.broadcast_to(case.yearly.provincial_budget_idr, shape).copy()
    by_region = replace(case, yearly=case.yearly._replace(provincial_budget_idr=budget))
    assert_same(compiled.records(by_region), compiled.records(case))


def test_vectors_of_any_length_give_the_same_bits(thousand_draws: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    case = simulation.draws_of(thousand_draws, slice(0, 24))
    expected = compiled.records(case)
    for lanes in (2, 4, 8):
        _forget(monkeypatch)
        monkeypatch.setattr(machine_code.Machine, "lanes", lanes)
        assert_same(compiled.records(case), expected)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_draws_cut_into_pieces_give_the_same_bits(thousand_draws: Inputs, size: int) -> None:
    whole = compiled.records(thousand_draws)
    starts = range(0, 1000, size) if size > 7 else range(0, 8 * size, size)
    for first in starts:
        draws = slice(first, min(first + size, 1000))
        assert_same(compiled.records(simulation.draws_of(thousand_draws, draws)), whole, draws)


def test_neighbouring_draws_do_not_matter(thousand_draws: Inputs) -> None:
    case = simulation.draws_of(thousand_draws, slice(0, 16))
    backwards = simulation.draws_of(thousand_draws, slice(15, None, -1))
    assert_same(compiled.records(backwards), compiled.records(case), slice(None, None, -1))


def test_memory_layout_of_inputs_does_not_matter(thousand_draws: Inputs) -> None:
    case = simulation.draws_of(thousand_draws, slice(0, 24))
    yearly = case.yearly._make(_draws_side_by_side(array) for array in case.yearly)
    opening = case.opening._make(_draws_side_by_side(array) for array in case.opening)
    assert_same(compiled.records(replace(case, yearly=yearly, opening=opening)), compiled.records(case))


def _draws_side_by_side(array: Array) -> Array:
    return np.ascontiguousarray(array.swapaxes(-1, -2)).swapaxes(-1, -2)


def test_writing_past_the_caches_changes_nothing(thousand_draws: Inputs, monkeypatch: pytest.MonkeyPatch) -> None:
    case = simulation.draws_of(thousand_draws, slice(0, 24))
    through = compiled.records(case)
    monkeypatch.setattr(execution, "PAST_CACHES", 0)
    assert_same(compiled.records(case), through)


def test_threads_give_the_same_bits(thousand_draws: Inputs) -> None:
    whole = compiled.records(thousand_draws)
    pieces = [slice(first, first + 200) for first in range(0, 1000, 200)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda draws: compiled.records(simulation.draws_of(thousand_draws, draws)), pieces))
    for draws, piece in zip(pieces, found, strict=True):
        assert_same(piece, whole, draws)


@pytest.mark.parametrize("names", [(), ("rtlh_houses",), ("unallocated_idr", "spent_idr", "slum_ha")])
def test_fewer_variables_give_the_same_numbers(thousand_draws: Inputs, names: tuple[str, ...]) -> None:
    case, wanted = simulation.draws_of(thousand_draws, slice(0, 16)), frozenset(names)
    whole = compiled.records(case)
    assert_same(compiled.records(case, variables=wanted), {name: whole[name] for name in whole if name in wanted})
    of_arrays = simulation.records(case)
    assert_same(
        simulation.records(case, variables=wanted), {name: of_arrays[name] for name in of_arrays if name in wanted}
    )


@pytest.mark.parametrize("seed", range(8))
def test_unallocated_money_alone_is_read_before_the_state_is_left(seed: int) -> None:
    case, wanted = build(EVERYTHING, COMPILES, seed), frozenset(["unallocated_idr"])
    assert_same(
        compiled.records(case, variables=wanted), {"unallocated_idr": compiled.records(case)["unallocated_idr"]}
    )


def test_the_array_twin_gives_what_is_projected(thousand_draws: Inputs) -> None:
    case = simulation.draws_of(thousand_draws, slice(0, 5))
    assert_same(simulation.records(case, block=2), dict(simulation.simulate(case).values))


def test_memory_is_used_again(thousand_draws: Inputs) -> None:
    workspace = compiled.Workspace()
    first, second = (simulation.draws_of(thousand_draws, slice(n, n + 16)) for n in (0, 16))
    before = compiled.records(first, workspace=workspace)["rtlh_houses"]
    after = compiled.records(second, workspace=workspace)
    assert after["rtlh_houses"].base is before.base
    assert_same(after, compiled.records(second))


def test_whole_houses_are_left_to_arrays() -> None:
    case = build(EVERYTHING, ALL, 1)
    rules = case.rules._replace(whole_houses=np.ones(len(EVERYTHING.programmes)))
    assert not compiled.supports(replace(case, rules=rules))


@pytest.mark.usefixtures("nothing_compiled_yet")
def test_code_is_kept_on_disk_and_loaded_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_model(8)
    expected = compiled.records(case)
    _forget(monkeypatch)
    monkeypatch.setattr(machine_code, "_compiled", _refused)
    assert_same(compiled.records(case), expected)
    assert list((cache / "backlog_model").iterdir())


def _refused(text: str) -> bytes:
    raise AssertionError(text)


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "_ready", {})
    monkeypatch.setattr(machine_code, "_loaded", {})


@pytest.mark.usefixtures("nothing_compiled_yet")
@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_damaged_code_on_disk_is_compiled_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    case = random_model(8)
    expected = compiled.records(case)
    for path in (cache / "backlog_model").iterdir():
        path.write_bytes(path.read_bytes()[:-10] if damage is None else damage)
    _forget(monkeypatch)
    assert_same(compiled.records(case), expected)


@pytest.mark.usefixtures("nothing_compiled_yet")
def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    case = random_model(8)
    assert_close(compiled.records(case), simulation.records(case))


@pytest.mark.parametrize("draws", [1, 8, 21, 1000])
def test_values_are_counted_as_arrays_count_them(draws: int) -> None:
    rng = np.random.default_rng(5)
    arrays = [rng.normal(size=(2, draws, 3)), rng.normal(size=(1, 1, draws, 4)).astype(np.float32)[0]]
    arrays[0][rng.random((2, draws, 3)) < 0.1] = np.nan
    arrays[1][:, :, 3] = np.inf
    low, scale = rng.normal(size=10), rng.uniform(0.0, 30.0, 10)
    found, expected = ((np.ones((10, 64), np.uint32), np.ones(10)) for _ in range(2))
    compiled.tally(arrays, Sums.alone(np.arange(10)), low, scale, *found)
    count_in_bins([array.astype(float) for array in arrays], low, scale, *expected)
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_allclose(found[1], expected[1], rtol=1e-12)


@pytest.mark.parametrize("draws", [1, 8, 21, 1000])
def test_weighted_sums_are_counted_in_their_rows(draws: int) -> None:
    rng = np.random.default_rng(6)
    source = rng.normal(size=(3, 2, 5, draws)).swapaxes(-1, -2)
    rows = source.swapaxes(-1, -2).reshape(30, draws)
    sums = Sums(np.array([4, 0, 1]), np.array([0, 1, 4, 6]), np.array([7, 29, 0, 1, 3, 3]), rng.normal(size=6))
    values = np.zeros((5, draws))
    for row, first, last in zip(sums.rows, sums.firsts, sums.firsts[1:], strict=False):
        values[row] = sums.weights[first:last] @ rows[sums.sources[first:last]]
    low, scale = np.full(5, -2.0), np.full(5, 16.0)
    found, expected = ((np.zeros((5, 64), np.uint32), np.zeros(5)) for _ in range(2))
    compiled.tally([source], sums, low, scale, *found)
    count_in_bins([values[:, :, None]], low, scale, *expected)
    expected[0][2:4] = 0  # these rows are not summed
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_allclose(found[1], expected[1], rtol=1e-12, atol=1e-12)


def test_arrays_of_any_layout_are_counted() -> None:
    values = np.random.default_rng(6).random((3, 4, 24))
    low, scale = np.zeros(12), np.full(12, 10.0)
    for part in (values[:, :, :21], values[:, :, ::2], np.asfortranarray(values)):
        array = part.swapaxes(1, 2)
        found, expected = ((np.zeros((12, 10), np.uint32), np.zeros(12)) for _ in range(2))
        compiled.tally([array], Sums.alone(np.arange(12)), low, scale, *found)
        count_in_bins([array], low, scale, *expected)
        np.testing.assert_array_equal(found[0], expected[0])
        np.testing.assert_allclose(found[1], expected[1], rtol=1e-12)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"counts": np.zeros((2, 4), np.int64)}, "counts: expected 2 contiguous rows of uint32"),
        ({"scale": np.zeros(3)}, "scale: expected 2 contiguous rows of float64"),
        ({"totals": np.zeros((2, 2))[:, 0]}, "totals: expected 2 contiguous rows"),
        ({"sums": Sums.alone(np.arange(1, 3))}, "sums: expected rows below 2"),
        ({"sums": Sums(np.arange(2), np.array([0, 0, 1]), np.array([0]), np.ones(1))}, "sums: expected a term in each"),
        ({"arrays": [np.zeros((1, 3, 1)), np.zeros((1, 4, 1))]}, "arrays: expected as many draws in each"),
    ],
)
def test_tables_that_do_not_fit_are_refused(wrong: dict[str, Any], message: str) -> None:
    tables: dict[str, Any] = {"low": np.zeros(2), "scale": np.ones(2)}
    tables |= {"counts": np.zeros((2, 4), np.uint32), "totals": np.zeros(2)}
    with pytest.raises(ValueError, match=message):
        compiled.tally(**({"arrays": [np.zeros((1, 3, 2))], "sums": Sums.alone(np.arange(2))} | tables | wrong))


def test_no_draws_are_counted_as_none() -> None:
    counts, totals = np.zeros((2, 4), np.uint32), np.zeros(2)
    compiled.tally([np.zeros((1, 0, 2))], Sums.alone(np.arange(2)), np.zeros(2), np.ones(2), counts, totals)
    assert not counts.any()
