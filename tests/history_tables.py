"""History tables written for a test, and the findings of the data checks on them."""

from pathlib import Path

from backlog_model.history.tables import COLUMNS

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel" / "history"


def write(folder, *rows, name="table.csv"):
    """A table of rows (year, code, indicator, value, unit) with status, note, source_date and program where given."""
    lines = [",".join((*COLUMNS, "program", "funding_source"))]
    for year, code, indicator, value, unit, *rest in rows:
        status, note, date, program, funding = (*rest, "", "", "", "", "")[:5]
        region = "Kalimantan Selatan" if code == "63" else f"Region {code}"
        source = f"https://example.org/{date or year}"
        said = (source, date or year, status or "reported", f'"{note}"', program, funding)
        lines.append(",".join(map(str, (year, code, region, indicator, f'"{value}"', unit, *said))))
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def only(findings):
    """The finding, where there is exactly one."""
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


def line_of(finding):
    """Line of the row that a finding names."""
    return int(finding.place.rpartition(":")[2])
