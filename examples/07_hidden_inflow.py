"""How many houses fell into a list that was counted again, and how sure is that? No scenario needed.

Hulu Sungai Tengah: 7,835 houses on the list at the start of 2016, 3,927 at the end of 2022, 5,979 reported handled.
"""

from itertools import pairwise

from backlog_model.history.calibration import Prior, calibrate
from backlog_model.history.forecasting import forecast

years = [2016.0, 2020.0, 2021.42, 2023.0]
counted = [7_835, 4_270, 4_993, 3_927]
handled = [3_644, 1_209, 1_126]  # between two counts, spread evenly over the time of the reports

prior = Prior.from_ranges(
    inflow=(-4_700, 0, 4_700),  # next to nothing is believed of it beforehand
    effectiveness=(0.85, 0.95, 0.99),
    completeness=(0.85, 0.95, 1.0),
    noise_sd=(80, 390, 1_960),
)
found = calibrate(years, counted, handled, prior)
inflow = found.inflow
print(f"net inflow {inflow.median:,.0f} houses a year, 90 %: {inflow.lower:,.0f} to {inflow.upper:,.0f}")
print("read with care:", ", ".join(found.codes))

census = [1_699_105, 2_064_649, 2_597_572, 2_985_240, 3_626_616, 4_073_584]  # 1971, 1980, 1990 ... 2020
growth = [
    (after / before) ** (1 / (9 if place == 0 else 10)) - 1 for place, (before, after) in enumerate(pairwise(census))
]
ahead = forecast(growth, 1, levels=(0.9,))
print(f"population {100 * ahead.mean[0]:.2f} % a year to 2030, 90 %:", end=" ")
print(f"{100 * ahead.lower[0, 0]:.2f} to {100 * ahead.upper[0, 0]:.2f} %", ahead.cautions)
