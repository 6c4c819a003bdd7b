"""Keeps one run and ends: 0 where it is kept, 3 where that is refused in a sentence. Folder, name of the run."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from backlog_model import store
from backlog_model.errors import StoreError
from stored_runs import REFUSED, files

MARK = "/from-here-on"

if __name__ == "__main__":
    os.access(MARK, os.F_OK)  # what comes before this is Python finding its modules
    try:
        store.keep(sys.argv[2], Path(sys.argv[1]), files(sys.argv[2], values="new\n"))
    except StoreError:
        os._exit(REFUSED)
    os._exit(0)
