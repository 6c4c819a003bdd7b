"""No file operation of a run can fail so that a finished run is lost or half of one is seen."""

import os
import random
import shutil
import signal
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from backlog_model import store
from backlog_model.store.blocks import Blocks
from stored_runs import BUG, DONE, HURT, NAME, NEVER_REACHED, OTHER, WAYS, broken_off, files, filled, killed_writers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are broken off by fork and signals")


def sound(folder: Path) -> set[str]:
    return {row.run_id for row in store.runs_in(folder) if store.damage(folder / row.run_id) is None}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [NAME, OTHER, HURT])
def test_every_file_operation_broken_loses_nothing_and_shows_no_half(tmp_path, name, way):
    before = filled(tmp_path / "before")
    for number in count(1):
        folder = tmp_path / f"runs{number}"
        shutil.copytree(before, folder)
        code = broken_off(lambda folder=folder: store.keep(name, folder, files(name, values="new\n")), number, way)
        assert code != BUG, number
        damaged = {found.folder.name for found in store.damaged_in(folder)}
        assert damaged <= {HURT}, number
        assert sound(folder) >= {OTHER}, number
        assert sound(folder) <= {NAME, OTHER, HURT}
        store.keep(name, folder, files(name, values="new\n"))
        assert name in sound(folder), number
        if code == NEVER_REACHED:
            break
    assert number > 20


@pytest.mark.parametrize("way", WAYS)
def test_every_file_operation_of_a_block_broken_leaves_a_whole_one_or_none(tmp_path, way):
    for number in count(1):
        blocks = Blocks(tmp_path / str(number), NAME)
        blocks.save(0, "key", {"sums": np.arange(3.0)})
        code = broken_off(lambda blocks=blocks: blocks.save(1, "key", {"sums": np.arange(5.0)}), number, way)
        assert code in (DONE, NEVER_REACHED, -signal.SIGKILL), number
        assert blocks.load(0, "key")["sums"].tolist() == [0.0, 1.0, 2.0]
        found = blocks.load(1, "key")
        assert found is None or found["sums"].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0], number
        blocks.save(1, "key", {"sums": np.arange(5.0)})
        assert blocks.load(1, "key")["sums"].size == 5, number
        if code == NEVER_REACHED:
            break
    assert number > 3


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at // 8] ^= 1 << (at % 8)
    path.write_bytes(bytes(content))


def test_every_flipped_bit_of_a_small_run_is_found(tmp_path):
    final = store.keep(NAME, tmp_path, files())
    places = [(path, at) for path in final.rglob("*") if path.is_file() for at in range(8 * path.stat().st_size)]
    chance = random.Random(1)
    for path, at in chance.sample(places, 400):
        flip(path, at)
        assert store.damage(final) is not None, (path, at)
        flip(path, at)
    assert store.damage(final) is None


def test_writers_killed_at_any_moment_lose_nothing(tmp_path):
    finished = killed_writers(tmp_path / "runs", loops=4, writers=4, seed=1)
    assert len(finished) >= 4
    assert store.damaged_in(tmp_path / "runs") == []
    assert sound(tmp_path / "runs") >= finished
