"""A stored run of each released format can be verified, read and made again by the present version."""

import shutil
from pathlib import Path

import pytest

from backlog_model import store
from backlog_model.report import stored

KEPT = Path(__file__).with_name("stored")
RUNS = sorted(path for path in KEPT.glob("format_*/*") if path.is_dir())


@pytest.fixture(params=RUNS, ids=lambda path: path.parent.name)
def kept(request, tmp_path):
    folder = tmp_path / "runs"
    shutil.copytree(request.param, folder / request.param.name)
    return store.stored(request.param.name, folder)


def test_there_is_a_run_of_every_format():
    assert [path.parent.name for path in RUNS] == [f"format_{number}" for number in range(1, store.FORMAT + 1)]


def test_it_is_sound_and_says_what_it_was_made_from(kept):
    assert store.damage(kept.folder) is None
    assert (kept.record["draws"], kept.record["seed"], kept.record["design"]) == (5, 3, "random")
    assert kept.scenario_file.name == "plan.yaml"
    assert [row.run_id for row in store.runs_in(kept.folder.parent)] == [kept.run_id]


def test_it_is_made_again_but_for_the_last_digits_that_other_libraries_may_give(kept):
    found = stored.replayed(kept)
    assert found.largest < 1e-9
    assert set(found.arrays) == set(kept.record["arrays"])
