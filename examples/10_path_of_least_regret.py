"""Which path to 210,000 RTLH in 2030 is regretted least over eight funding scenarios, and what flips the choice."""

from pathlib import Path

import backlog_model as bm
from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.paths import path_choice

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
BILLION = 1e9

names = sorted(path.stem for path in KALSEL.glob("*.yaml") if path.stem != "baseline")
baseline, *rivals = (bm.load_scenario(KALSEL / f"{name}.yaml") for name in ("baseline", *names))
projection = bm.run(baseline, draws=2000, seed=1)
choice = path_choice(baseline, aims_of(baseline, projection)["ill-rtlh-2030"], projection, rivals)
held = choice.tournament

print("path                  RTLH 2027  RTLH 2030  mean regret (error)  largest  all kept  Rp billion 2027-2030")
for row, (name, path) in enumerate(held.paths.items()):
    table, kept = held.table, held.table.satisficing.share[row]
    print(
        f"{name:20} {path.values[0]:10,.0f} {path.values[-1]:10,.0f} {table.mean[row]:12,.0f} "
        f"({table.mean_error[row]:.0f}) {table.maximum[row]:11,.0f} {kept:9.0%} "
        f"{choice.money[name].sum() / BILLION:21,.0f}"
    )
print(f"Regret in houses a year, over {len(held.scenarios)} scenarios; left out: {dict(choice.left_out)}.")

for label, found in {"Ending on the target": held.among_families, "Wherever it ends": held.among_all}.items():
    best = found.by_mean
    print(
        f"{label}: {', '.join(best.names)} is regretted least, by {best.lead:,.0f} houses less than {best.second} "
        f"(error {best.mc_error:.0f})."
    )
    for other in (each for each in found.scenarios if each.flips):
        print(f"- under {other.scenario} it would be {other.best}")
    for flip in found.flips:
        print(f"- {flip.name}: {flip.lower} where low, {flip.upper} where high")
