"""How likely the RTLH targets of 2027 and 2030 are at the money of 2025, after the cut of 2026, and with more BSPS."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
NAMES = ("ill-rtlh-2027", "ill-rtlh-2030")

baseline, surge = (bm.load_scenario(KALSEL / f"{name}.yaml") for name in ("baseline", "bsps_surge"))
spent = bm.run(baseline, draws=0)


def as_in_2025(pot):
    """The budget of 2025 of a pot, in every year."""
    programme, source = pot.split(".")
    if not baseline.programmes[programme].budget_idr[source].by_region:
        whole = spent.table("budget_idr", by="province", part=pot)["63"][2025]
        return {"value": round(whole), "assumption": True}
    by_region = spent.table("budget_idr", part=pot).loc[2025]
    return {"by_region": {code: round(money) for code, money in by_region.items()}, "assumption": True}


pots = [f"{name}.{source}" for name, each in baseline.programmes.items() for source in each.budget_idr]
regional = [pot for pot in pots if ".apbd" in pot]  # the money that the cut of transfers touched
kept, uncut = (
    baseline.replace({f"programmes.{pot.replace('.', '.budget_idr.')}": as_in_2025(pot) for pot in chosen})
    for chosen in (pots, regional)
)
print("funding                        Rp billion 2027  " + "  ".join(f"{name:>21}" for name in NAMES))
plans = {"all money as in 2025": kept, "regional money as in 2025": uncut, "cut of 2026 (baseline)": baseline}
for label, scenario in {**plans, "BSPS surge": surge}.items():
    run = bm.run(scenario, draws=2000, seed=1)
    money = run.central.table("budget_idr", by="province", part="total")["63"][2027] / 1e9
    print(f"{label:30} {money:15.1f}", end="")
    for target in (scenario.targets[name] for name in NAMES):
        chance = run.chance(run.goal(target.variable, target.operator, target.wanted))
        at = run.years(target.variable).index(target.year)
        print(f"  {chance.probability[at]:13.1%} ({chance.mc_error[at]:.1%})", end="")
    print()
