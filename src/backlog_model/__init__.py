"""Housing backlogs of a province under funding scenarios: load a scenario, run it, read and compare projections.

The names load on first use, so that importing the package stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from backlog_model.errors import BacklogModelError, DataError, InfeasibleError, ScenarioError, StoreError

if TYPE_CHECKING:
    from backlog_model.analysis.comparison import compare
    from backlog_model.analysis.targets import funding_required
    from backlog_model.ensemble import run
    from backlog_model.projection import Projection
    from backlog_model.scenario.loading import load_scenario
    from backlog_model.scenario.schema import Scenario

__version__ = "0.1.0"

__all__ = [
    "BacklogModelError",
    "DataError",
    "InfeasibleError",
    "Projection",
    "Scenario",
    "ScenarioError",
    "StoreError",
    "compare",
    "funding_required",
    "load_scenario",
    "run",
]

_MODULE_OF = {
    "Projection": "backlog_model.projection",
    "Scenario": "backlog_model.scenario.schema",
    "compare": "backlog_model.analysis.comparison",
    "funding_required": "backlog_model.analysis.targets",
    "load_scenario": "backlog_model.scenario.loading",
    "run": "backlog_model.ensemble",
}


def __getattr__(name: str) -> object:
    """Public name, from the module that defines it."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
