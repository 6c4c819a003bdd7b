"""What a run assembles chunk after chunk: the same bits as draws that are assembled alone, whatever came before."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.assembly import PARTS, Assembler, assemble
from backlog_model.assembly.opening import opening_stocks, revisions
from backlog_model.assembly.reader import Reader
from backlog_model.ensemble import streams_of
from backlog_model.errors import DataError
from backlog_model.inputs import Inputs, YearInputs
from backlog_model.neutral import empty_opening
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGNS, Streams
from drawn_scenarios import EVERY_KIND, FALLING, drawing, written

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel"
DRAWS = 100
REVISED = """\
revisions:
  record: {variable: rtlh_houses, year: 2027, ratio: {uniform: [0.9, 1.2]}, source: "assumption"}
"""
CHUNKS = pytest.mark.parametrize("chunk", [1, 7, 64])
NAMES = pytest.mark.parametrize("name", ["every kind", "revised", "falling", "kalsel", "rebased"])


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chunks")
    return {
        "every kind": written(folder / "every"),
        "revised": written(folder / "revised", EVERY_KIND + REVISED),
        "falling": written(folder / "falling", FALLING),
        "kalsel": bm.load_scenario(KALSEL / "baseline.yaml"),
        "rebased": bm.load_scenario(KALSEL / "regsosek_rebase.yaml"),
    }


def _streams(scenario: Scenario, design: str = "latin_hypercube") -> Streams:
    return streams_of(scenario, draws=DRAWS, seed=1, design=design)


def _edges(chunk: int) -> list[tuple[int, int]]:
    """The first chunks, and a last one that is shorter than most."""
    return [*pairwise(range(0, min(DRAWS, 3 * chunk + 1), chunk)), (DRAWS - 1, DRAWS)]


def _assert_same(actual: Inputs, expected: Inputs) -> None:
    assert actual.axes == expected.axes
    for one, other in ((actual.opening, expected.opening), (actual.yearly, expected.yearly)):
        for name, array in other._asdict().items():
            found = getattr(one, name)
            np.testing.assert_array_equal(found, array, err_msg=name, strict=True)
            assert not found.flags.writeable, name
    for one, other in zip(actual.rules, expected.rules, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)
    np.testing.assert_array_equal(actual.coverage.slum, expected.coverage.slum)
    np.testing.assert_array_equal(actual.coverage.psu, expected.coverage.psu)


@NAMES
@CHUNKS
def test_chunks_are_those_assembled_alone(name, chunk, scenarios):
    scenario = scenarios[name]
    assembler, streams = Assembler(scenario), _streams(scenario)
    for first, last in _edges(chunk):
        part = drawing(scenario, streams, first, last)
        _assert_same(assembler.inputs(part), assemble(scenario, drawing(scenario, streams, first, last)))


@CHUNKS
@pytest.mark.parametrize("design", DESIGNS)
def test_chunks_of_every_design_are_parts_of_the_whole(design, chunk, scenarios):
    scenario = scenarios["every kind"]
    assembler, streams = Assembler(scenario), _streams(scenario, design)
    whole = assemble(scenario, drawing(scenario, streams))
    for first, last in _edges(chunk):
        found = assembler.inputs(drawing(scenario, streams, first, last))
        for part, all_draws in ((found.opening, whole.opening), (found.yearly, whole.yearly)):
            for name, array in all_draws._asdict().items():
                expected = array if array.shape[-2] == 1 else array[..., first:last, :]
                np.testing.assert_array_equal(getattr(part, name), expected, err_msg=name)


@CHUNKS
def test_threads_share_an_assembler(chunk, scenarios):
    scenario = scenarios["every kind"]
    assembler, streams = Assembler(scenario), _streams(scenario)
    chunks = [(first, min(first + chunk, DRAWS)) for first in range(0, DRAWS, chunk)] * 2
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda edges: assembler.inputs(drawing(scenario, streams, *edges)), chunks))
    for edges, inputs in zip(chunks, found, strict=True):
        _assert_same(inputs, assemble(scenario, drawing(scenario, streams, *edges)))


def test_what_no_draw_changes_is_the_same_array_in_every_chunk(scenarios):
    scenario = scenarios["kalsel"]
    assembler, streams = Assembler(scenario), _streams(scenario)
    one, other = (assembler.inputs(drawing(scenario, streams, first, first + 10)).yearly for first in (0, 10))
    shared = {name for name in YearInputs._fields if getattr(one, name) is getattr(other, name)}
    assert {"budget_idr", "realised", "share_weight", "vacancy_share", "severity_share"} <= shared
    assert not {"absorption_share", "disaster_damaged_houses", "deterioration_rate", "households"} & shared


@NAMES
def test_every_field_is_filled_once(name, scenarios):
    """A field of two parts, one of them certain, would hold the one in a chunk and the other in a run at once."""
    reader = Reader(scenarios[name], assemble(scenarios[name]).axes)
    filled = Counter(field for part in PARTS for field in part(reader))
    filled.update(list(revisions(reader, opening_stocks(reader, empty_opening(reader.axes)))))
    assert set(filled.values()) == {1}
    assert filled.keys() <= set(YearInputs._fields)


def test_drawn_rates_that_leave_their_bounds_are_found_in_their_chunk(tmp_path):
    """One of two rates that must not pass 1 together is drawn, the other is checked at the start."""
    text = FALLING.replace("{uniform: [0.0, 0.2]}", "{uniform: [0.5, 0.9]}\n  rtlh_loss_rate: 0.25")
    scenario = written(tmp_path, text)
    assembler, streams = Assembler(scenario), _streams(scenario)
    rates = streams.uniforms("assumptions.self_improvement_rate", slice(None))[0, :, 0] * 0.4 + 0.5
    low, high = int(rates.argmin()), int(rates.argmax())
    assembler.inputs(drawing(scenario, streams, low, low + 1))
    with pytest.raises(DataError, match=r"worsening_rate \+ self_improvement_rate \+ rtlh_loss_rate is 1\.\d+"):
        assembler.inputs(drawing(scenario, streams, high, high + 1))


def test_lost_houses_that_alone_are_drawn(tmp_path):
    """Hit houses are one number, how many of them are lost is another in each draw."""
    shock = """\
shocks:
  storm:
    houses: {by_region: {"63.01": 100, "63.02": 50, "63.10": 0}}
    severity_share: {all: 1}
    total_loss_share: {uniform: [0.2, 0.4]}
targets:
"""
    scenario = written(tmp_path, FALLING.replace("targets:\n", shock))
    yearly = Assembler(scenario).inputs(drawing(scenario, _streams(scenario))).yearly
    assert yearly.disaster_destroyed_houses.shape == (1, DRAWS, 3)
    together = yearly.disaster_damaged_houses[:, 0] + yearly.disaster_destroyed_houses
    np.testing.assert_allclose(together, np.broadcast_to([100.0, 50.0, 0.0], together.shape), rtol=1e-12)
    lost = yearly.disaster_destroyed_houses[..., 0]
    assert 20 < lost.min() < lost.max() < 40
