"""The official planning tables of a report, as plain data."""

from pathlib import Path

from backlog_model.ensemble import run
from backlog_model.report.dossier import Dossier
from backlog_model.report.forms.form import Form
from backlog_model.report.forms.plan import Plan, mapped, mapping_file
from backlog_model.report.forms.renja import evaluation, programme_plan, review, services
from backlog_model.report.forms.renstra import renstra, rpjmd
from backlog_model.report.forms.values import PlanYears
from backlog_model.scenario.schema import Scenario

TABLES = (renstra, evaluation, services, review, programme_plan, rpjmd)


def forms(dossier: Dossier) -> tuple[Form, ...]:
    """T-C.27, T-C.29, T-C.30, T-C.31, T-C.33 and the RPJMD programme table of the lead scenario.

    Raises
    ------
    DataError
        When there is no mapping of programme codes, or something is wrong with it.
    """
    plan = Plan.of(dossier)
    return tuple(table(plan) for table in TABLES)


def are_possible(scenario: Scenario, codes: Path | None) -> bool:
    """Whether there is a mapping, or one was asked for: a report without is made without these tables."""
    return codes is not None or mapping_file(scenario, codes).is_file()


def check_forms(scenario: Scenario, *, codes: Path | None, first: int | None) -> None:
    """Refuse a mapping, or years, that no table can be made of, before anything is drawn.

    Raises
    ------
    DataError
        When there is no mapping, or something is wrong with it.
    BacklogModelError
        When the five-year plan does not hold the year being planned.
    """
    PlanYears.of(scenario.now, first)
    mapped(scenario, run(scenario, draws=0), codes)
