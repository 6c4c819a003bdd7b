"""What a second round of transfer cuts would do, beside the baseline that already contains the cut of 2026."""

from pathlib import Path

import backlog_model as bm

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
PROVINCE, BILLION = "63", 1e9

kept, cut = (bm.run(bm.load_scenario(KALSEL / f"{name}.yaml"), draws=0) for name in ("baseline", "tkd_cut"))


def of_province(projection, variable):
    """Yearly values of a variable for the province, a pandas series."""
    return projection.table(variable, by="province")[PROVINCE]


print("year  RTLH baseline  RTLH tkd_cut  more RTLH  spent baseline  spent tkd_cut (Rp billion)")
for year in (2026, 2027, 2030, 2035):
    stock, stock_cut = of_province(kept, "rtlh_houses")[year], of_province(cut, "rtlh_houses")[year]
    spent, spent_cut = (of_province(each, "spent_idr")[year] / BILLION for each in (kept, cut))
    print(f"{year}  {stock:13,.0f}  {stock_cut:12,.0f}  {stock_cut - stock:9,.0f}  {spent:14,.1f}  {spent_cut:13,.1f}")

saved = (of_province(kept, "spent_idr") - of_province(cut, "spent_idr")).loc[:2030].sum() / BILLION
more = of_province(cut, "rtlh_houses")[2030] - of_province(kept, "rtlh_houses")[2030]
print(f"Up to 2030 the cut spends Rp {saved:,.1f} billion less and leaves {more:,.0f} more RTLH.")
