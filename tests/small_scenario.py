"""The smallest useful scenario, as text to vary in tests."""

from pathlib import Path

REGIONS = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n63.10,Tanah Bumbu\n"
SCENARIO = """\
title: Smallest
years: {first: 2026, last: 2030}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 1000, "63.10": 2000}}
  decent_houses: {by_region: {"63.01": 700, "63.10": 1500}}
  rtlh_houses: {by_region: {"63.01": 200, "63.10": 300}}
assumptions:
  deterioration_rate: 0.004
programmes:
  bsps:
    treats: [all]
    unit_cost_idr: 20_000_000
    budget_idr: {apbn: 1_000_000_000}
"""


def write(folder: Path, text: str = SCENARIO, name: str = "plan.yaml", **tables: str) -> Path:
    """File of a scenario in a folder with a region table and other tables (their names without .csv)."""
    for table, rows in {"regions": REGIONS, **tables}.items():
        (folder / f"{table}.csv").write_text(rows, encoding="utf-8")
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
