"""A small province folder with a past, written anew for each test."""

import csv
from pathlib import Path
from textwrap import dedent

COLUMNS = ("year", "region_code", "region", "indicator", "value", "unit", "source_url", "source_date", "status", "note")
REGIONS = """\
code,name,kind,level,parent
90,Contoh,provinsi,province,
90.01,Utara,kabupaten,region,90
90.02,Selatan,kabupaten,region,90
"""
TABLE = (*COLUMNS[:4], "program", "funding_source", *COLUMNS[4:])


def row(year, indicator, value, **others):
    """One row of a history table, reported by somebody on 1 July of the next year unless told otherwise."""
    cells = {
        "year": year,
        "region_code": "90.01",
        "region": "Utara",
        "indicator": indicator,
        "program": "",
        "funding_source": "",
        "value": value,
        "unit": "units",
        "source_url": "agency",
        "source_date": f"{year + 1}-07-01",
        "status": "reported",
        "note": "",
    }
    return cells | others


def write_table(folder, rows, name="rtlh_stock.csv"):
    path = Path(folder) / "history" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, TABLE)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_folder(folder, declared, rows=()):
    """A province of two regions, its history tables and what is asked of them."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    write_table(folder, rows)
    head = 'title: {id: "Dulu", en: "Past"}\nregions: regions.csv\nscenario: scenario.yaml\n'
    (folder / "history" / "history.yaml").write_text(head + dedent(declared), encoding="utf-8")
    return folder
