"""A stored run made again: what its record must say, and how a difference is told."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from backlog_model import store
from backlog_model.errors import StoreError
from backlog_model.report import stored

RUN = next(path for path in Path(__file__).with_name("stored").glob("format_1/*") if path.is_dir())


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "runs"
    shutil.copytree(RUN, folder / RUN.name)
    return store.stored(RUN.name, folder)


@pytest.mark.parametrize("record", [{"draws": None}, {"seed": "3"}, {"design": None}])
def test_a_record_without_draws_seed_or_design_is_refused(kept, record):
    with pytest.raises(StoreError, match="its record names no draws, seed and design; it cannot be made again"):
        stored.replayed(kept._replace(record={**kept.record, **record}))


def test_arrays_of_another_shape_or_missing_differ_beyond_measure(kept):
    path = kept.folder / stored.DRAWS
    with np.load(path) as found:
        arrays = {name: found[name] for name in found.files}
    first, second, *others = arrays
    path.write_bytes(stored.as_npz({first: arrays[first][:, 1:], **{name: arrays[name] for name in others}}))
    found = stored.replayed(kept)
    assert found.largest == np.inf
    assert not found.is_equal
    assert not found.arrays[first]
    assert not found.arrays[second]


def test_the_difference_is_a_share_of_the_number_that_was_kept(kept):
    path = kept.folder / stored.DRAWS
    with np.load(path) as found:
        arrays = {name: found[name] for name in found.files}
    path.write_bytes(stored.as_npz({**arrays, "rtlh_houses": arrays["rtlh_houses"] / 2}))
    found = stored.replayed(kept)
    assert found.largest == pytest.approx(1.0, rel=1e-9)  # other libraries may give other last digits
    assert not found.arrays["rtlh_houses"]
