"""Small runs to keep, and the ways in which keeping one can be broken off."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from backlog_model import store
from backlog_model.errors import StoreError
from backlog_model.store import disk

NAME, OTHER, HURT = "0123456789ab", "aaaaaaaaaaaa", "bbbbbbbbbbbb"
RECORD = {"files": [{"path": "plan.yaml", "sha256": "0"}], "scenario": "plan", "draws": 5, "seed": 1}
WAYS = {"killed": None, "no space": errno.ENOSPC, "i/o error": errno.EIO, "read-only": errno.EROFS}
EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir", "sqlite3.connect")
WRITER = Path(__file__).with_name("stored_runs_writer.py")
DONE, REFUSED, BUG, NEVER_REACHED = 0, 3, 70, 9


def files(name: str = NAME, values: str = "1\n", **record: object) -> dict[str, bytes]:
    """Everything in the folder of a run."""
    text = json.dumps({**RECORD, "run_id": name, **record})
    found = {"run.json": text.encode(), "values.csv": values.encode(), "scenario/plan.yaml": b"title: x\n"}
    return {**found, "SHA256SUMS": store.sums_of(found)}


def filled(folder: Path) -> Path:
    """A folder with a sound run and a damaged one."""
    store.keep(OTHER, folder, files(OTHER))
    hurt = store.keep(HURT, folder, files(HURT))
    (hurt / "values.csv").write_text("odd\n", encoding="utf-8")
    return folder


def broken_off(work: Callable[[], object], number: int, way: str) -> int:
    """Exit code of work done in a process of its own, whose file operation of this number fails in one way."""
    child = os.fork()
    if child == 0:
        os._exit(_attempt(work, number, way))
    _, status = os.waitpid(child, 0)
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _attempt(work: Callable[[], object], number: int, way: str) -> int:
    left = [number]

    def strike(event: str, arguments: tuple[object, ...] = ()) -> None:
        if event not in EVENTS:
            return
        left[0] -= 1
        if left[0] == 0:
            if WAYS[way] is None:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(WAYS[way], os.strerror(WAYS[way]))

    flush, write = os.fsync, disk.write

    def flushed(handle: int) -> None:
        strike("open")
        flush(handle)

    def half_written(path: Path, content: bytes) -> None:
        if left[0] == 1:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content[: len(content) // 2])
        strike("open")
        write(path, content)

    os.fsync, disk.write = flushed, half_written
    sys.addaudithook(strike)
    try:
        work()
    except StoreError:
        return REFUSED if left[0] <= 0 else BUG
    except BaseException:
        return BUG
    return NEVER_REACHED if left[0] > 0 else DONE


def killed_writers(folder: Path, *, loops: int, writers: int, seed: int) -> set[str]:
    """Names of the runs that writers said were finished before they were killed, again and again."""
    chance, said = random.Random(seed), folder.with_name("said.txt")
    said.touch()
    for loop in range(loops):
        numbers = range(writers * loop, writers * (loop + 1))
        started = [subprocess.Popen([sys.executable, WRITER, folder, said, str(number)]) for number in numbers]
        size, patience = said.stat().st_size, time.monotonic() + 60
        while said.stat().st_size == size and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.1))
        for each in started:
            each.send_signal(signal.SIGKILL)
            each.wait()
    return set(said.read_text(encoding="utf-8").split())
