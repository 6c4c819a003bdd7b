"""Sentences and words of the HTML report, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

PAGE: Mapping[str, Message] = {}
