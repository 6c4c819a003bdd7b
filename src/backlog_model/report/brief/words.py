"""Sentences and words of the Word brief, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

BRIEF: Mapping[str, Message] = {}
