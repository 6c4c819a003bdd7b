"""A scenario of two regions to set targets in, and what is said about them."""

from pathlib import Path

from backlog_model.scenario.loading import check
from small_scenario import write

PLAN = """\
title: Two regions with houses and slum
years: {first: 2025, last: 2030}
now: 2025
regions: regions.csv
opening:
  households: {by_region: {"63.01": 1000, "63.10": 2000}}
  decent_houses: {by_region: {"63.01": 700, "63.10": 1500}}
  treated_houses: {by_region: {"63.01": 100, "63.10": 100}}
  rtlh_houses: {by_region: {"63.01": 200, "63.10": 400}}
  severity_share: {light: 0.5, medium: 0.3, heavy: 0.2}
  slum_ha: {province: {by_region: {"63.01": 30, "63.10": 20}}}
  slum_base_ha: {province: {by_region: {"63.01": 60, "63.10": 40}}}
  slum_handled_ha: {province: {by_region: {"63.01": 30, "63.10": 20}}}
  slum_class_share: {light: 0.5, medium: 0.3, heavy: 0.2}
assumptions:
  severity_share: {light: 0.6, medium: 0.3, heavy: 0.1}
programmes:
  bsps: {treats: [light, medium, heavy], unit_cost_idr: 2e7, budget_idr: {apbn: 1e9}}
  kab: {treats: [light, medium, heavy], unit_cost_idr: 2e7, budget_idr: {apbd: 1e8}}
  kumuh: {treats: slum, authority: province, intervention: partial, unit_cost_idr: 2e8, budget_idr: {apbd: 1e9}}
"""
HANDLED = "variable: reported_handled_houses, year: 2027"
RTLH = "variable: rtlh_houses, year: 2027"


def targets_of(*targets: str) -> str:
    """Entries of targets a, b, c …"""
    named = zip("abcdef"[: len(targets)], targets, strict=True)
    return "targets:\n" + "".join(f"  {name}: {{source: x, {said}}}\n" for name, said in named)


def problems(tmp_path: Path, *targets: str, plan: str = PLAN, warning: bool = False) -> list[str]:
    """What is said about targets a, b, c …, without the file."""
    found = check(write(tmp_path, plan + targets_of(*targets)))
    said = [each for each in found if each.message.startswith("targets.") and each.warning == warning]
    assert all("plan.yaml:" in each.place for each in said)
    return [each.message.removeprefix("targets.") for each in said]
