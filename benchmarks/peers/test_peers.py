"""Every tool gives the numbers of the test vector before it is timed; tools that are not installed are skipped."""

import warnings
from importlib import import_module

import pytest

from case import disagreement
from measuring import TOOLS, expected_houses

NAMES = [(module, name) for module, names in TOOLS.items() for name in names]
NEEDS = {"ema": "ema_workbench", "pysd_models": "pysd", "bptk": "BPTK_Py", "numba_lanes": "numba"}


@pytest.mark.parametrize(("module", "name"), NAMES, ids=[name.lower() for _, name in NAMES])
def test_tool_agrees(module, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other projects' code
        if module in NEEDS:
            pytest.importorskip(NEEDS[module])
        tool = getattr(import_module(module), name)
        try:
            tool.prepare(2)
        except ImportError as error:
            pytest.skip(str(error))
        assert disagreement(tool, expected_houses()) <= 1e-9
