"""How much memory a run takes, and how much there is."""

import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams
from backlog_model.tallies import BINS
from backlog_model.translation import Text

KEPT_BYTES = 512 * 2**20
"""Memory that draws which are kept one by one may take; a run of more draws counts them."""

VECTOR = 8
"""Draws that compiled code works on at once."""

_CHUNK_BYTES = 32 * 2**20
_MOST = 4096
_SAMPLE_BYTES = 32 * 2**20
_SMALLEST_SAMPLE, _LARGEST_SAMPLE = 64, 512
_LIBRARIES = 100 * 2**20
_GIB = 2**30


@dataclass(frozen=True)
class Demand:
    """Bytes that the draws of a scenario take.

    Attributes
    ----------
    draws : draws of the run
    inputs, values : bytes of one draw, before and after its years are simulated
    rows : rows of all tables: a year of a part of a variable in a region
    replicates : independent repetitions in the run
    """

    draws: int
    inputs: int
    values: int
    rows: int
    replicates: int

    @classmethod
    def of(cls, scenario: Scenario, central: Projection, streams: Streams) -> "Demand":
        """Demand of a run, from its central run and its first draws."""
        few = range(min(2, streams.draws))
        inputs = assemble(scenario, Drawing.of(scenario, streams, few))
        arrays = (*inputs.opening, *inputs.yearly)
        drawn = sum(array.nbytes for array in arrays if array.shape[-2] == len(few)) // len(few)
        values = sum(array.nbytes for array in central.values.values())
        return cls(streams.draws, drawn, values, values // 4, len(streams.edges) - 1)

    @property
    def kept(self) -> int:
        """Bytes of all draws, kept one by one."""
        return self.draws * (2 * self.inputs + self.values)

    @property
    def chunk(self) -> int:
        """Draws worked on at once when they are counted."""
        fitting = _CHUNK_BYTES // max(1, 2 * self.inputs + self.values)
        return max(VECTOR, min(_MOST, fitting // VECTOR * VECTOR))

    @property
    def sample(self) -> int:
        """Draws from which the bounds of the bins are read; it does not depend on how the run is made."""
        fitting = _SAMPLE_BYTES // max(1, self.values)
        return min(self.draws, max(_SMALLEST_SAMPLE, min(_LARGEST_SAMPLE, fitting)))

    def counted(self, workers: int) -> int:
        """Bytes of a run that counts its draws."""
        each = 2 * (self.inputs + self.values)
        at_once = workers * self.chunk * each + self.sample * each
        return _LIBRARIES + at_once + (workers + 1) * self.rows * (4 * BINS + 8 * self.replicates)

    def refusal(self, needed: float) -> str | None:
        """Why a run that needs this many bytes is not begun; None where they are free."""
        free = available_bytes()
        if needed <= free:
            return None
        return Text(
            "this run needs about {needed:.1f} GiB of memory and {free:.1f} GiB is free; ask for fewer "
            "draws, regions, years or workers",
            needed=needed / _GIB,
            free=free / _GIB,
        )


def available_bytes() -> float:
    """Memory that a new process can have now; unlimited where the system does not say."""
    listed = Path("/proc/meminfo")
    if listed.is_file():
        for line in listed.read_text().splitlines():
            name, _, rest = line.partition(":")
            if name == "MemAvailable":
                return float(rest.split()[0]) * 1024
    if sys.platform == "win32":
        return _available_on_windows()
    return float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))


def _available_on_windows() -> float:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ulong), ("load", ctypes.c_ulong), ("bytes", ctypes.c_ulonglong * 7))

    status = Status(length=ctypes.sizeof(Status))
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return math.inf
    return float(status.bytes[1])  # total, then what is available
