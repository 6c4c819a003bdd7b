"""Sentences and words of the official planning tables, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

FORMS: Mapping[str, Message] = {}
