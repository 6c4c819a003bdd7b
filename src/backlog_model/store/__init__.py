"""Runs on disk: a folder for each, named by what went into it, written whole or not at all, and never shown damaged."""

from backlog_model.store.blocks import Blocks
from backlog_model.store.folders import FORMAT, RECORD, Stored, contents, named, stored, versions
from backlog_model.store.index import rebuilt, runs_in
from backlog_model.store.keeping import check_room, keep
from backlog_model.store.runs import Run, described, digest, place
from backlog_model.store.sums import sums_of
from backlog_model.store.verification import Damage, damage, damaged_in, is_sound

__all__ = [
    "FORMAT",
    "RECORD",
    "Blocks",
    "Damage",
    "Run",
    "Stored",
    "check_room",
    "contents",
    "damage",
    "damaged_in",
    "described",
    "digest",
    "is_sound",
    "keep",
    "named",
    "place",
    "rebuilt",
    "runs_in",
    "stored",
    "sums_of",
    "versions",
]
