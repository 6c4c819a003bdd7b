"""Scenarios with uncertain numbers: one with all kinds of them, and small ones whose results are known exactly."""

from pathlib import Path

import backlog_model as bm
from backlog_model.assembly.drawing import Drawing
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams

REGIONS = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n63.02,Kotabaru\n63.10,Tanah Bumbu\n"
EVERY_KIND = """\
title: Every kind of uncertainty
years: {first: 2026, last: 2029}
regions: regions.csv
opening:
  households: {by_region: {"63.01": 9000, "63.02": 6000, "63.10": 4000}}
  decent_houses: {by_region: {"63.01": 6000, "63.02": 4000, "63.10": 2500}}
  treated_houses: {by_region: {"63.01": 300, "63.02": 200, "63.10": 100}}
  rtlh_houses:
    total: {value: 3000}
    split: {by_region: {"63.01": 1400, "63.02": 1000, "63.10": 600}}
    concentration: 12
  severity_share: {light: {uniform: [0.3, 0.6]}, medium: 0.35, heavy: 0.20}
  ownership_backlog_households:
    by_region: {"63.01": 1500, "63.02": 900, "63.10": 700}
    spread: {lognormal: {median: 1, sigma: 0.2}}
  slum_ha:
    kabkota: {by_region: {"63.01": 40, "63.02": 30, "63.10": 25}, spread: {uniform: [0.8, 1.2]}, drawn: region}
  slum_class_share: {light: 0.5, medium: 0.3, heavy: 0.2}
  psu_estates: {by_region: {"63.01": 40, "63.02": 30, "63.10": 25}}
  psu_complete_estates: {by_region: {"63.01": 35, "63.02": 30, "63.10": 20}}
  psu_handed_over_estates: {by_region: {"63.01": 10, "63.02": 10, "63.10": 5}}
assumptions:
  household_growth_rate: {normal: {mean: 0.015, sd: 0.004}, truncate: [0, 0.05], drawn: region}
  built_per_new_household: {triangular: [0.2, 0.5, 0.9]}
  substandard_share: {light: {beta: {a: 4, b: 36}}, medium: {pert: [0, 0.02, 0.1]}, heavy: 0.01}
  deterioration_rate: {lognormal: {median: 0.004, sigma: 0.6}}
  severity_share: {light: 0.7, medium: {uniform: [0.1, 0.3]}, heavy: 0.1}
  relapse_rate: {range: [0.002, 0.01, 0.03]}
  self_improvement_rate:
    light: {uniform: [0, 0.08], drawn: region_year}
    medium: {quantiles: {0.05: 0.01, 0.5: 0.02, 0.95: 0.05}, drawn: year}
    heavy: 0.01
  worsening_rate: {light: {samples: [0, 0.01, 0.04]}, medium: 0.01}
  rtlh_loss_rate: 0.002
  crews: {by_region: {"63.01": 25, "63.02": 15, "63.10": 8}, spread: {range: [0.5, 1, 1.5]}, drawn: region}
  new_non_owner_share: {beta: {mean: 0.35, sd: 0.1}}
  ownership_loss_rate: 0.002
  self_acquired_rate: 0.01
  new_slum_rate: {range: [0.001, 0.01, 0.03]}
  slum_relapse_rate: 0.03
  psu_handover_rate: {range: [0.02, 0.04, 0.08]}
  absorption_share:
    mixture: [{weight: 0.9, beta: {a: 22, b: 2.5}}, {weight: 0.1, beta: {a: 2, b: 8}}]
    drawn: year
  effectiveness_share: {beta: {a: 16, b: 4}}
  drop_out_share: {range: [0.01, 0.028, 0.055]}
  finished_same_year_share: 0.85
  finished_next_year_share: {uniform: [0.05, 0.12]}
  unit_cost_idr: {lognormal: {median: 20_000_000, sigma: 0.2}}
  unit_cost_growth_rate: {range: [0, 0.05, 0.10], drawn: year}
correlations:
  - {between: [assumptions.deterioration_rate, assumptions.relapse_rate], correlation: 0.5}
  - {between: [assumptions.relapse_rate, assumptions.effectiveness_share], correlation: -0.4}
programmes:
  bsps: {treats: [light, medium, heavy], budget_idr: {apbn: 1_500_000_000}}
  own:
    treats: [heavy]
    budget_idr: {apbd: {by_region: {"63.01": 300_000_000, "63.02": 200_000_000, "63.10": 0}}}
    absorption_share: {uniform: [0.6, 1], drawn: region_year}
  works:
    treats: [slum]
    authority: kabkota
    intervention: partial
    unit_cost_idr: 200_000_000
    budget_idr: {apbd: {value: 900_000_000, spread: {triangular: [0.5, 1, 1.2]}, drawn: year}}
  flats: {treats: [new_houses], unit_cost_idr: 150_000_000, budget_idr: {apbn: 600_000_000}}
  flpp: {treats: [finance], quota_households: {range: [20, 60, 120]}}
shocks:
  flood:
    houses: {event: {probability: 0.2, size: {lognormal: {median: 200, sigma: 0.8}}}, drawn: year}
    region_share: {by_region: {"63.01": 0.5, "63.02": 0.3, "63.10": 0.2}}
    severity_share: {light: 0.75, medium: 0.17, heavy: 0.08}
    falls_on_decent_share: {range: [0.6, 0.77, 0.9]}
  fire:
    houses: {negative_binomial: {mean: 30, dispersion: 0.3}, drawn: year}
    region_share: {by_region: {"63.01": 0.4, "63.02": 0.4, "63.10": 0.2}}
    severity_share: {light: 0.2, medium: 0.2, heavy: 0.6}
    total_loss_share: 0.5
targets:
  rtlh-2028: {variable: rtlh_houses, region: "63", year: 2028, operator: "<=", value: 3000}
  slum-2029: {variable: slum_ha, region: "63", year: 2029, operator: "<=", value: 95}
"""

FALLING = """\
title: A stock that falls by an unknown rate
years: {first: 2026, last: 2035}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 1000, "63.02": 500, "63.10": 2000}}
  decent_houses: {by_region: {"63.01": 700, "63.02": 300, "63.10": 1500}}
  rtlh_houses: {by_region: {"63.01": 150, "63.02": 100, "63.10": 250}}
assumptions:
  self_improvement_rate: {uniform: [0.0, 0.2]}
targets:
  half: {variable: rtlh_houses, region: "63", year: 2035, operator: "<=", value: 250}
"""


def written(folder: Path, text: str = EVERY_KIND, *, regions: str = REGIONS, name: str = "plan.yaml") -> Scenario:
    """Scenario of a text, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "regions.csv").write_text(regions, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return bm.load_scenario(folder / name)


def drawing(scenario: Scenario, streams: Streams, first: int = 0, last: int | None = None) -> Drawing:
    """Some of the draws of a scenario."""
    return Drawing.of(scenario, streams, range(first, streams.draws if last is None else last))
