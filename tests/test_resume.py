"""A large run that was interrupted goes on from its finished blocks and ends with the same bits."""

import numpy as np
import pytest

import backlog_model as bm
from backlog_model import ensemble
from backlog_model.ensemble import counted
from backlog_model.projection import series_of
from backlog_model.store.blocks import PARTS, Blocks
from drawn_scenarios import FALLING, written

DRAWS = 640


class Interrupted(Exception):
    """Stands for a lost connection to the mains."""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return written(tmp_path_factory.mktemp("resume"), FALLING)


@pytest.fixture(scope="module")
def whole(scenario):
    return ensemble.run(scenario, draws=DRAWS, memory_limit=0)


def same_bits(first, second):
    for name in ("low", "scale", "counts", "sums"):
        one, other = (getattr(each.tallies.whole, name) for each in (first, second))
        assert one.tobytes() == other.tobytes(), name
    for goal, counts in first.tallies.met.items():
        assert counts.tobytes() == second.tallies.met[goal].tobytes()


def interrupted(scenario, blocks, monkeypatch, *, after, workers=1):
    saved, save = [], blocks.save

    def saving(place, key, arrays):
        save(place, key, arrays)
        saved.append(place)
        if len(saved) == after:
            raise Interrupted

    monkeypatch.setattr(blocks, "save", saving)
    with pytest.raises(Interrupted):
        ensemble.run(scenario, draws=DRAWS, memory_limit=0, workers=workers, blocks=blocks)
    monkeypatch.undo()
    return saved


@pytest.mark.parametrize(("after", "workers"), [(1, 1), (5, 1), (3, 2), (15, 2)])
def test_it_goes_on_and_ends_bit_equal(scenario, whole, tmp_path, monkeypatch, after, workers):
    blocks = Blocks(tmp_path, "0123456789ab")
    interrupted(scenario, blocks, monkeypatch, after=after, workers=workers)
    there = blocks.count()
    assert there >= after
    made = []
    count = counted._count_replicate
    monkeypatch.setattr(counted, "_count_replicate", lambda *given: (made.append(given[2]), count(*given)))
    again = ensemble.run(scenario, draws=DRAWS, memory_limit=0, workers=workers, blocks=blocks)
    assert len(made) == len(again.tallies.sampling.edges) - 1 - there
    same_bits(again, whole)
    blocks.forget()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_block_is_counted_anew(scenario, whole, tmp_path, monkeypatch):
    blocks = Blocks(tmp_path, "0123456789ab")
    interrupted(scenario, blocks, monkeypatch, after=3)
    for position, path in enumerate(sorted((tmp_path / f"{PARTS}0123456789ab").iterdir())):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content) if position else b"")
    same_bits(ensemble.run(scenario, draws=DRAWS, memory_limit=0, blocks=blocks), whole)


def test_a_run_whose_blocks_cannot_be_kept_goes_on(scenario, whole, tmp_path):
    (tmp_path / "runs").write_text("a file in place of the folder", encoding="utf-8")
    said = []
    blocks = Blocks(tmp_path / "runs", "0123456789ab", tell=said.append)
    same_bits(ensemble.run(scenario, draws=DRAWS, memory_limit=0, blocks=blocks), whole)
    assert blocks.count() == 0
    assert len(said) == 1  # told once, whatever the system calls it


def test_blocks_made_in_another_way_are_left_alone(tmp_path):
    blocks = Blocks(tmp_path, "0123456789ab")
    blocks.save(0, "one", {"sums": np.ones(2)})
    assert blocks.load(0, "another") is None
    assert blocks.load(0, "one")["sums"].tolist() == [1.0, 1.0]


def test_statistics_are_those_of_an_uninterrupted_run(scenario, whole, tmp_path, monkeypatch):
    blocks = Blocks(tmp_path, "0123456789ab")
    interrupted(scenario, blocks, monkeypatch, after=2)
    again = bm.run(scenario, draws=DRAWS, memory_limit=0, blocks=blocks)
    for series in series_of(whole):
        each = {"part": series.part, "by": series.by}
        one, other = (run.statistics(series.variable, **each).quantiles for run in (whole, again))
        np.testing.assert_array_equal(one, other)
