"""Modules that need another project's package are imported by the tests that skip without it, not by collection."""

# This file too: doctest collection would take it for the one of tests/ when both folders are run together.
collect_ignore = ["conftest.py", "bptk.py", "ema.py", "numba_lanes.py", "pysd_models.py"]
