"""One region, two programmes and three years of money: scenarios in which every budget can be tried."""

REGION = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n"
THREE_YEARS = """\
title: Money over three years
years: {first: 2026, last: 2029}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 30000}}
  decent_houses: {by_region: {"63.01": 20000}}
  rtlh_houses: {by_region: {"63.01": 5000}}
assumptions:
  houses_per_crew_year: 10
programmes:
  bsps: {treats: [all], unit_cost_idr: 20_000_000, budget_idr: {apbn: 2_000_000_000}}
  own: {treats: [all], unit_cost_idr: 25_000_000, budget_idr: {apbd: 1_000_000_000}}
targets:
  wanted: {variable: rtlh_houses, region: "63", year: 2029, operator: "<=", value: 3500}
  sooner: {variable: rtlh_houses, region: "63", year: 2028, operator: "<=", value: 4300}
"""
UNEVEN = {"table": {2026: 2e9, 2027: 12e9, 2028: 1e9, 2029: 5e9}}
PLANS = {
    "dearer": {"assumptions.unit_cost_growth_rate": 0.06},
    "a little dearer": {"assumptions.unit_cost_growth_rate": 0.015},
    "better later": {"assumptions.self_improvement_rate": 0.08, "targets.wanted.value": 2800},
    "crews": {"assumptions.crews": 60, "assumptions.unit_cost_growth_rate": 0.06},
    "few eligible": {"assumptions.eligible_share": 0.15, "assumptions.unit_cost_growth_rate": 0.03},
    "late papers": {"assumptions.absorption_share": {"table": {2026: 0.9, 2027: 0.4, 2028: 0.9}}},
    "uneven": {"programmes.bsps.budget_idr.apbn": UNEVEN, "assumptions.unit_cost_growth_rate": 0.03},
    "half a year late": {"assumptions.finished_same_year_share": 0.5, "assumptions.finished_next_year_share": 0.5},
    "ramp": {"programmes.bsps.ramp_rate": 0.5, "programmes.bsps.ramp_start": 300},
}
