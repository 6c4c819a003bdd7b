"""Sentences and words of the workbook, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

SHEETS: Mapping[str, Message] = {}
