"""How sure the RTLH numbers of 2027 and 2030 are, and how likely the targets of 2030."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
PROVINCE, WANTED = "63", 0.8
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95

scenario = bm.load_scenario(KALSEL / "baseline.yaml")
projection = bm.run(scenario, draws=2000, seed=1)

found = projection.statistics("rtlh_houses", by="province", points=(LOW, MIDDLE, HIGH))
errors = projection.quantile_errors("rtlh_houses", by="province", points=(LOW, MIDDLE, HIGH))[:, :, 0]
central = projection.central.table("rtlh_houses", by="province")[PROVINCE]
for year in (2027, 2030):
    at = projection.years("rtlh_houses").index(year)
    low, middle, high = found.quantiles[:, at, 0]
    print(
        f"31 December {year}: {low:,.0f} to {high:,.0f} RTLH in 9 of 10 draws, as many above as below {middle:,.0f} "
        f"(Monte Carlo errors {errors[0, at]:,.0f}, {errors[2, at]:,.0f} and {errors[1, at]:,.0f}); "
        f"mean {found.mean[at, 0]:,.0f} (error {found.mc_error[at, 0]:,.0f}), central line {central[year]:,.0f}"
    )

for name in ("ill-rtlh-2030", "ill-decent-2030"):
    target = scenario.targets[name]
    goal = projection.goal(target.variable, target.operator, target.wanted)
    at = projection.years(target.variable).index(target.year)
    chance, error = (each[at] for each in projection.chance(goal))
    first = projection.first_year(goal, WANTED, after=scenario.now) or f"not up to {scenario.years.last}"
    print(
        f"{name}: {target.variable} {target.operator} {target.wanted:g} in {target.year} has a chance of {chance:.1%} "
        f"(error {error:.1%}); first year with {WANTED:.0%}: {first}"
    )
