"""Which kabupaten or kota gets what in 2027, and what holds its programmes back: money, artisans or houses."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
YEAR, MILLION, BILLION = 2027, 1e6, 1e9

scenario, plan = (bm.load_scenario(KALSEL / f"{name}.yaml") for name in ("baseline", "full_need"))
baseline, full_need = (bm.run(each, draws=0) for each in (scenario, plan))
budget, finished, even, stock = (
    baseline.table(variable).loc[YEAR]
    for variable in ("budget_idr", "reported_handled_houses", "break_even_houses", "rtlh_houses")
)

print(f"{YEAR}, baseline; the split over regions is an assumption. Last column: BSPS in the scenario full_need")
print("code   region               Rp billion  houses  Rp million/RTLH  break-even  BSPS   BSPS, full need")
for code in baseline.axes.regions:
    limit, limit_full = (each.binding_name("bsps", YEAR, region=code) for each in (baseline, full_need))
    print(
        f"{code}  {scenario.region_table.name(code):20} {budget[code] / BILLION:10.1f} {finished[code]:7.0f} "
        f"{budget[code] / MILLION / stock[code]:16.2f} {even[code]:11.0f}  {limit}  {limit_full}"
    )
held = [code for code in full_need.axes.regions if full_need.binding_name("bsps", YEAR, region=code) == "capacity"]
share = stock[held].sum() / stock.sum()
print(f"With Rp 700 billion a year artisans would bind in {len(held)} regions that hold {share:.0%} of all RTLH.")
