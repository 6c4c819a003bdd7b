"""What would change if the state doubled its BSPS money for Kalimantan Selatan from 2027 on."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
PROVINCE, BILLION = "63", 1e9

baseline = bm.load_scenario(KALSEL / "baseline.yaml")
doubled = baseline.replace(
    {"programmes.bsps.budget_idr.apbn": {"multiply": {"2027-2035": 2}, "assumption": True, "note": "What if"}}
)
before, after = (bm.run(scenario, draws=0) for scenario in (baseline, doubled))

for year in (2027, 2030):
    stock, stock_after = (each.table("rtlh_houses", by="province")[PROVINCE][year] for each in (before, after))
    houses, houses_after = (
        each.table("reported_handled_houses", by="province", part="bsps")[PROVINCE][year] for each in (before, after)
    )
    money, money_after = (
        each.table("budget_idr", by="province", part="bsps.apbn")[PROVINCE][year] / BILLION for each in (before, after)
    )
    print(
        f"{year}: BSPS Rp {money:,.1f} -> {money_after:,.1f} billion, houses finished {houses:,.0f} -> "
        f"{houses_after:,.0f}, RTLH {stock:,.0f} -> {stock_after:,.0f} ({stock_after - stock:+,.0f})"
    )
