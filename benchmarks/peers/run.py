"""The comparison with other tools, from nothing to the table, on one core.

    python -m venv peers                                  # Python 3.12 or later: what the peers' releases need
    peers/bin/python -m pip install --upgrade pip         # 25.1 or later, for groups
    peers/bin/python -m pip install -e . --group peers
    peers/bin/python benchmarks/peers/run.py --out peers.json

Every tool first has to give the same numbers; then each computes the case of `case.py` several times, random numbers
included. Times are processor time of one thread, so that other work on the machine counts less. The table goes to
standard output, everything measured to the file. `--only numpy` measures the tools whose name contains a word;
`--repeats 3` is quicker. A tool that is not installed is left out, and said so.
"""

import argparse
import json
import os
import sys
from pathlib import Path

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS")


def main() -> None:
    """Measure, print the tables, write the file."""
    options = _options()
    stay_on_one_core()
    from measuring import comparison
    from tables import tables

    measured = comparison(options.only, options.repeats)
    print(tables(measured))
    if options.out:
        options.out.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def stay_on_one_core() -> None:
    """One thread in every library, and the process on one core where the system can do that; before any import."""
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if "numpy" in sys.modules:
        raise RuntimeError("NumPy is loaded already: its threads can no longer be set")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="JSON file for everything measured")
    parser.add_argument("--only", default="", help="measure the tools whose name contains this")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of each tool (5)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
