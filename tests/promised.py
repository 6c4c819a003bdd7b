"""A plan with houses and slum to promise something in, and what is said of each promise."""

from pathlib import Path

from backlog_model.scenario.loading import check
from small_scenario import write

PLAN = """\
title: Houses and slum of two regions
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
  slum_class_share: {light: 0.5, medium: 0.3, heavy: 0.2}
programmes:
  bsps: {treats: [light, medium, heavy], unit_cost_idr: 2e7, budget_idr: {apbn: 1e9}}
  kab: {treats: [light, medium, heavy], unit_cost_idr: 2e7, budget_idr: {apbd: 1e8}}
  kumuh: {treats: slum, authority: province, intervention: partial, unit_cost_idr: 2e8, budget_idr: {apbd: 1e9}}
"""
HANDLED = "variable: reported_handled_houses, year: 2027"
RTLH = "variable: rtlh_houses, year: 2027"


def problems(folder: Path, *targets: str, plan: str = PLAN, warning: bool = False) -> list[str]:
    """What is said of targets a, b, c …, or warned of, without `targets.`."""
    named = zip("abcdef", targets, strict=False)
    text = "targets:\n" + "".join(f"  {name}: {{source: x, {entry}}}\n" for name, entry in named)
    said = [each.message for each in check(write(folder, plan + text)) if each.warning == warning]
    return [each.removeprefix("targets.") for each in said if each.startswith("targets.")]
