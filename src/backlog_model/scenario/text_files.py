"""Text files read whole: size, encoding and characters are checked before anything is made of them."""

import re
from pathlib import Path, PureWindowsPath

from backlog_model.errors import close_hint
from backlog_model.scenario.findings import Findings, Place, shown
from backlog_model.translation import Text

LARGEST_FILE = 2_000_000  # bytes
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of text, so that it reads otherwise than it is
    "\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)


def decoded(path: Path, findings: Findings) -> str | None:
    """Text of a UTF-8 file; None when it is missing, too large or not text, which is then among the findings."""
    name = shown(path)
    problem = _unusable(path)
    if problem is not None:
        findings.add(Place(name), "", problem)
        return None
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        findings.add(Place(name), "", Text("cannot be read: {reason}", reason=error.strerror or error))
        return None
    if size > LARGEST_FILE:
        findings.add(
            Place(name),
            "",
            Text("{count:_} bytes; expected at most {largest:_}", count=size, largest=LARGEST_FILE),
        )
        return None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in raw[:4]:
        findings.add(Place(name, 1, 1), "", Text("the file is UTF-16, or not text; save it as UTF-8"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = Text("byte 0x{byte:02X} is not UTF-8; save the file as UTF-8", byte=raw[error.start])
        findings.add(_place(name, raw[: error.start].decode("utf-8", "replace")), "", message)
        return None
    control = CONTROL.search(text)
    if control is not None:
        message = Text("control character U+{character:04X}; delete it", character=ord(control[0]))
        findings.add(_place(name, text[: control.start()]), "", message)
        return None
    return text


def is_file(path: Path) -> bool:
    """Whether a plain file stands at a path; false for one that no system takes, such as a name that is too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def _unusable(path: Path) -> str | None:
    if is_file(path):
        return _link(path)
    try:
        found = path.stat()
    except (OSError, ValueError):
        found = None
    if found is not None and path.is_dir():
        inside = sorted(each.name for each in path.glob("*.yaml"))
        hint = Text("; it holds {inside}", inside=", ".join(inside[:8])) if inside else ""
        return Text("this is a folder; expected a file{hint}", hint=hint)
    if found is not None:
        return Text("this is not a file")
    beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    return Text("there is no such file{hint}", hint=close_hint(path.name, beside))


def _link(path: Path) -> str | None:
    """What is wrong with a link; what belongs to a scenario is looked for beside it, so it must not be elsewhere."""
    target = linked_outside(path)
    if target is None:
        return None
    return Text("this is a link to {target}, outside its folder; expected that file itself", target=target)


def linked_outside(path: Path) -> Path | None:
    """Where a link leads that leaves its folder; None for all else."""
    leaves = path.is_symlink() and inside(path.parent, path.name) is None
    return path.resolve() if leaves else None


def _place(name: str, before: str) -> Place:
    return Place(name, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def inside(folder: Path, name: str) -> Path | None:
    """File of this name in a folder or below; None when it would lie outside."""
    outward = PureWindowsPath(name).anchor or name.startswith("/") or "\\" in name or ".." in name.split("/")
    if not name.strip() or outward:
        return None
    path = folder / name
    return path if path.resolve().is_relative_to(folder.resolve()) else None
