"""What a run is made from, and the name that follows from it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from backlog_model import __version__
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Design

LENGTH = 12
"""Characters of the name of a run."""

_TABLES = (".csv",)
_HEXADECIMAL = frozenset("0123456789abcdef")


class Run(NamedTuple):
    """What a run is made from; the same in every folder and on every machine."""

    run_id: str
    scenario: Scenario
    draws: int
    seed: int
    design: Design


def described(scenario: Scenario, *, draws: int, seed: int, design: Design) -> Run:
    """A run with its name: a digest of the scenario and its tables, this package's version, draws, seed and design."""
    tables = {place(path, scenario): digest(path) for path in scenario.files if path.suffix.lower() in _TABLES}
    drawn = design if draws else None  # a run without draws has no design
    made_from = [scenario.name, _as_text_keys(scenario.as_written()), tables, __version__, draws, seed, drawn]
    text = json.dumps(made_from, sort_keys=True, default=str)
    return Run(hashlib.sha256(text.encode()).hexdigest()[:LENGTH], scenario, draws, seed, design)


def _as_text_keys(entry: Any) -> Any:
    """The same data with every key as text: years are numbers where people write them, and keys have to sort."""
    if isinstance(entry, Mapping):
        return {str(key): _as_text_keys(below) for key, below in entry.items()}
    return [_as_text_keys(each) for each in entry] if isinstance(entry, list | tuple) else entry


def place(path: Path, scenario: Scenario) -> str:
    """Path of a file as seen from the scenario's folder: the same on every machine."""
    return path.relative_to(scenario.folder).as_posix()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_name(name: str) -> bool:
    """Whether a folder can be a run by its name.

    Examples
    --------
    >>> is_name("5120a367db02"), is_name(".new-5120a367db02-7-ab")
    (True, False)
    """
    return len(name) == LENGTH and _HEXADECIMAL.issuperset(name)
