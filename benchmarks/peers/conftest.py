"""Modules that need another project's package are imported by the tests that skip without it, not by collection."""

collect_ignore = ["bptk.py", "ema.py", "numba_lanes.py", "pysd_models.py"]
