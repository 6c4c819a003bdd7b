"""Where RTLH of Kalimantan Selatan will stand in 2027 and 2030 if present funding goes on."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
PROVINCE = "63"

projection = bm.run(bm.load_scenario(KALSEL / "baseline.yaml"), draws=0)
rtlh, effective, break_even, slum_share = (
    projection.table(variable, by="province")[PROVINCE]
    for variable in ("rtlh_houses", "effective_handled_houses", "break_even_houses", "slum_handled_share")
)

print(f"31 December 2024: {rtlh[2024]:,.0f} RTLH (the opening stock)")
for year in (2025, 2027, 2030):
    print(
        f"31 December {year}: {rtlh[year]:,.0f} RTLH; programmes cleared {effective[year]:,.0f} in the year and would "
        f"have to clear {break_even[year]:,.0f} for RTLH to stand still; slum handled {slum_share[year]:.2%}"
    )
print("A negative number: RTLH would fall without any programme.")
print(f"From 2025 to 2030 RTLH fall by {rtlh[2025] - rtlh[2030]:,.0f} houses.")
