"""How far long work is, on stderr when it is a terminal."""

import sys
import time
from types import TracebackType
from typing import Self

_QUIET_SECONDS = 1.0
_EVERY_SECONDS = 0.2
_WIDTH = 30


class Progress:
    """A line on stderr that says how much is done; nothing for work of less than a second, or without a terminal."""

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        self._name = name
        self._shown = False
        self._wanted = not quiet and sys.stderr.isatty()
        self._start = self._last = time.monotonic()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r" + " " * (len(self._name) + _WIDTH + 24) + "\r")
            sys.stderr.flush()

    def __call__(self, done: float) -> None:
        """Show a share of the work as done, with the time left."""
        now = time.monotonic()
        if not self._wanted or now - self._start < _QUIET_SECONDS or now - self._last < _EVERY_SECONDS:
            return
        self._last, self._shown = now, True
        left = (now - self._start) * (1.0 - done) / max(done, 1e-9)
        bar = "#" * round(_WIDTH * done)
        sys.stderr.write(f"\r{self._name} [{bar:<{_WIDTH}}] {100 * done:3.0f} %  {left:4.0f} s")
        sys.stderr.flush()
