"""What it would cost to make the RTLH targets of 2027 and 2030 80 % sure: by source and year, and by criterion."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
BOTH, LATER = ("ill-rtlh-2027", "ill-rtlh-2030"), "ill-rtlh-2030"
CRITERIA = ("least_money", "least_peak", "smoothest", "earliest")
BILLION = 1e9

scenario = bm.load_scenario(KALSEL / "baseline.yaml")
plan = bm.funding_required(scenario, target=BOTH)

print(f"{' and '.join(BOTH)}, 80 % sure: budget of the house programmes, Rp billion")
columns = {"present": plan.present, "further": plan.extra, "whole": plan.budget, **plan.sources}
print("year  " + "  ".join(f"{name:>9}" for name in columns))
for row, year in enumerate(plan.years):
    print(f"{year}  " + "  ".join(f"{money[row] / BILLION:9,.1f}" for money in columns.values()))
whole, error = plan.extra.sum() / BILLION, plan.error / BILLION
print(f"Further money in all: Rp {whole:,.0f} billion (Monte Carlo error {error:,.0f}).")
for name, found in plan.checked.items():
    print(f"{name} in {plan.fresh.draws:,} fresh draws: {found.probability:.1%} (error {found.mc_error:.1%})")

print(f"\n{LATER} alone, 80 % sure: further money by criterion, Rp billion")
print("criterion    " + "  ".join(f"{year:>7}" for year in plan.years) + "   in all  (error)  largest budget")
for criterion in CRITERIA:
    one = bm.funding_required(scenario, target=LATER, criterion=criterion)
    years = "  ".join(f"{money / BILLION:7,.0f}" for money in one.extra)
    print(
        f"{criterion:11}  {years}  {one.extra.sum() / BILLION:7,.0f}  ({one.error / BILLION:,.0f})"
        f"{one.budget.max() / BILLION:16,.0f}"
    )
