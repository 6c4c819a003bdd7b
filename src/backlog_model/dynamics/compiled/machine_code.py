"""From LLVM code to a function that can be called, compiled once for this processor and kept on disk.

Compiled code is kept in the user's cache folder, named by everything it depends on. Where that folder cannot be written
or a file in it is damaged, code is simply compiled again.
"""

import ctypes
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

OPTIMISATION = 2
"""How hard LLVM works on the choice and order of instructions; the equations are simplified before."""

OLDEST = (0, 45)
"""First release of llvmlite whose pointers have no kind."""

MOST_KEPT = 200
"""Files in the cache folder; the oldest make room."""

_DIGEST = 32
_lock = Lock()
_loaded: dict[str, "Loaded"] = {}


class Loaded(NamedTuple):
    """A compiled function, and what keeps its code in memory."""

    function: Callable[..., None]
    engine: Any


class Machine(NamedTuple):
    """The processor that code is compiled for."""

    name: str
    features: str
    version: str

    @property
    def lanes(self) -> int:
        """Numbers of 8 bytes that one instruction works on; more than the processor has is split by LLVM."""
        return 8 if "+avx512f" in self.features else 4


def is_available() -> bool:
    """Whether code can be compiled here: llvmlite is installed, in a release that reads our code."""
    if find_spec("llvmlite") is None:
        return False
    return tuple(int(part) for part in version("llvmlite").split(".")[:2]) >= OLDEST


@cache
def machine() -> Machine:
    """The processor at hand, as LLVM sees it."""
    import llvmlite
    from llvmlite import binding

    return Machine(binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten(), llvmlite.__version__)


def function_of(text: str, entry: str, arguments: int) -> Callable[..., None]:
    """The compiled function of LLVM code; its arguments are addresses and whole numbers.

    Other threads of Python run while it does.
    """
    key = hashlib.sha256("\n".join((*machine(), str(OPTIMISATION), entry, text)).encode()).hexdigest()
    with _lock:
        if key not in _loaded:
            _loaded[key] = _function_in(_object_code(key, text), entry, arguments)
        return _loaded[key].function


def cache_folder() -> Path:
    """Where compiled code is kept."""
    if sys.platform == "win32":
        start = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        start = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(start) / "backlog_model"


def _object_code(key: str, text: str) -> bytes:
    kept = _kept(key)
    if kept is None:
        kept = _compiled(text)
        _keep(key, kept)
    return kept


def _compiled(text: str) -> bytes:
    from llvmlite import binding

    with binding.parse_assembly(text) as module, _target() as target:
        code: bytes = target.emit_object(module)
    return code


def _target() -> Any:
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple().create_target_machine(
        cpu=machine().name, features=machine().features, opt=OPTIMISATION
    )


def _function_in(code: bytes, entry: str, arguments: int) -> Loaded:
    from llvmlite import binding

    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _target())
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    kind = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * arguments)
    return Loaded(kind(engine.get_function_address(entry)), engine)


def _kept(key: str) -> bytes | None:
    """Code kept on disk, if it is there and whole."""
    try:
        found = (cache_folder() / key).read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return None
    digest, code = found[:_DIGEST], found[_DIGEST:]
    return code if hashlib.sha256(code).digest() == digest else None


def _keep(key: str, code: bytes) -> None:
    """Keep code on disk, whole or not at all; a folder that cannot be written keeps nothing."""
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(code).digest() + code)
        Path(name).replace(folder / key)
        newest_last = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in newest_last[:-MOST_KEPT]:
            path.unlink()
