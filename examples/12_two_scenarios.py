"""What sets two scenarios apart: the inputs that differ, RTLH in 2030, and how often one ends better than the other."""

from pathlib import Path

import backlog_model as bm
from backlog_model.analysis.input_differences import input_differences

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
NAMES, YEAR, PROVINCE = ("tkd_cut", "bsps_surge"), 2030, "63"

plans = [bm.load_scenario(KALSEL / f"{name}.yaml") for name in NAMES]
for each in input_differences(*plans):
    print(f"differs: {each.path} {each.years[0].year}-{each.years[-1].year} ({each.unit})")

compared = bm.compare(*(bm.run(plan, draws=2000, seed=1) for plan in plans))
row = compared.table("rtlh_houses").loc[(NAMES[1], "rtlh_houses", PROVINCE, YEAR)]
first, second = row["first"], row["second"]
print(f"RTLH {YEAR}: {first:,.0f} under {NAMES[0]}, {second:,.0f} under {NAMES[1]} ({row['percent']:+.2f} %)")
print(
    f"In the same futures {NAMES[1]} leaves {-row['mean_difference']:,.0f} RTLH fewer (error {row['mc_error']:,.0f}), "
    f"in 9 of 10 futures {-row['p95']:,.0f} to {-row['p05']:,.0f}."
)
print(f"Chance that it ends with fewer RTLH: {row['second_better']:.1%} (error {row['second_better_error']:.2%}).")

by_region = compared.table("rtlh_houses", by="region").xs(YEAR, level="year").droplevel([0, 1])
most = by_region["difference"].idxmin()
name, fewer = plans[0].region_table.name(most), -by_region["difference"][most]
print(f"Greatest improvement: {name}, {fewer:,.0f} houses fewer (the split over regions is an assumption).")
