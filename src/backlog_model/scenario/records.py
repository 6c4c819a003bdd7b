"""What all records of a scenario share, and the kinds of entry they hold."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from backlog_model.scenario.paths import Value
from backlog_model.translation import Text

ByName = Mapping[str, Value]  # a value for each class, authority, source or age group
Classed = Value | ByName  # one value for all classes, or one for each
BySource = Value | ByName  # one value for all sources of money, or one for each
NOTHING: Mapping[str, Any] = {}  # default of a mapping


class Record(BaseModel):
    """A frozen part of a scenario; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Label(Record):
    """A name for people, in two languages."""

    id: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, written: Any) -> Any:
        return {"id": written, "en": written} if isinstance(written, str) else written


def default(number: float) -> Value:
    """Value that stands where a scenario says nothing."""
    return Value.constant(number, source=Text("default of the model"))
