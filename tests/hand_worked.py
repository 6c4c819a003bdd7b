"""Small scenarios worked by hand, and what their numbers mean."""

from pathlib import Path
from typing import Any, NamedTuple, cast

from backlog_model.scenario.checking import Checking
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.loading import Source, load_scenario
from backlog_model.scenario.reading import Reading
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.usual_sizes import Implied, implied, warn_of_slips

ONE_REGION = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n"
THREE_REGIONS = ONE_REGION + "63.02,Kotabaru\n63.03,Banjar\n"
ONE = """\
title: One region
years: {first: 2026, last: 2028}
severity_classes: [all]
regions: regions.csv
opening:
  households: 1000
  decent_houses: 700
  treated_houses: 100
  rtlh_houses: 200
  ownership_backlog_households: 250
  slum_class_share: {light: 1, medium: 0, heavy: 0}
  slum_ha: {province: 50}
  slum_base_ha: {province: 50}
  psu_estates: 40
  psu_complete_estates: 20
  psu_handed_over_estates: 10
programmes:
  repair: {treats: [all], unit_cost_idr: 20_000_000, budget_idr: {apbn: 1_000_000_000}}
  kumuh:
    treats: slum
    authority: province
    intervention: partial
    unit_cost_idr: 200_000_000
    budget_idr: {apbd: 1_000_000_000}
  rusun: {treats: new_houses, unit_cost_idr: 100_000_000, budget_idr: {apbn: 1_000_000_000}}
  psu: {treats: estates, unit_cost_idr: 5_000_000, houses_per_estate: 40, budget_idr: {apbn: 1_000_000_000}}
  flpp: {treats: finance, quota_households: 20}
"""
THREE = """\
title: Three regions
years: {first: 2026, last: 2028}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 1000, "63.02": 2000, "63.03": 5000}}
  decent_houses: {by_region: {"63.01": 600, "63.02": 1500, "63.03": 3500}}
  treated_houses: {by_region: {"63.01": 100, "63.02": 100, "63.03": 200}}
  rtlh_houses: {by_region: {"63.01": 300, "63.02": 400, "63.03": 1300}}
"""


class Meant(NamedTuple):
    """A number, where it stands, and what it means."""

    where: str
    number: float
    meant: float
    meaning: str


def load(folder: Path, text: str, regions: str = ONE_REGION) -> Scenario:
    """Scenario of a text."""
    (folder / "regions.csv").write_text(regions, encoding="utf-8")
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


def checking_of(scenario: Scenario) -> Checking:
    """A scenario being checked."""
    source = cast(Source, scenario._origin)
    return Checking(scenario, source.tree, Reading(scenario.folder, Findings(), scenario.region_table))


def implied_of(scenario: Scenario, path: str, meaning: str = "") -> list[Implied]:
    """What the numbers at a path mean, those of one meaning or all."""
    return [
        each
        for each in implied(checking_of(scenario))
        if each.path == path and (not meaning or each.usual.meaning == meaning)
    ]


def meant(scenario: Scenario, path: str, meaning: str = "") -> list[Meant]:
    """The same as plain rows."""
    found = implied_of(scenario, path, meaning)
    return [Meant(each.where, each.number, each.meant, str(each.usual.meaning)) for each in found]


def slips(scenario: Scenario, changes: dict[str, Any] | None = None) -> list[str]:
    """Warnings of slips of unit."""
    checking = checking_of(scenario.replace(changes) if changes else scenario)
    warn_of_slips(checking)
    return [problem.message for problem in checking.reading.findings.all()]
