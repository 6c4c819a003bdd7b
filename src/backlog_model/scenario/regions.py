"""Region table: official codes as text, names, and whatever else a province keeps about its regions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backlog_model.errors import nearest_hint
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.text_tables import Cell, read_cells
from backlog_model.translation import Text

_CODE = re.compile(r"[0-9A-Z]+(?:\.[0-9]+)*")
_WHOLE = ({"negara", "country"}, {"provinsi", "province"})


@dataclass(frozen=True)
class RegionTable:
    """The regions of a scenario, in the order of their codes, and the whole that they add up to.

    One order whatever the order of rows: sums over regions then have the same last digit for every table.
    """

    codes: tuple[str, ...]
    province_code: str
    names: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """Name of a region or of the province."""
        return self.names.get(code, code)


def read_regions(path: Path, findings: Findings) -> RegionTable | None:
    """Region table of a file; None when nothing in it can be used, which is then among the findings."""
    rows = read_cells(path, findings)
    if rows is None:
        return None
    header = rows[0]
    missing = [name for name in ("code", "name") if name not in (cell.text for cell in header)]
    for name in missing:
        message = Text(
            "the region table has no column {name}{hint}",
            name=name,
            hint=nearest_hint(name, [cell.text for cell in header]),
        )
        findings.add(header[0].place, "", message)
    if missing:
        return None
    records = [{name.text: cell for name, cell in zip(header, row, strict=True)} for row in rows[1:]]
    if not records:
        findings.add(header[0].place, "", Text("the region table has no rows; write one row per region"))
        return None
    return _table(_valid(records, findings), findings, header[0].place)


def _valid(records: list[dict[str, Cell]], findings: Findings) -> list[dict[str, Cell]]:
    first: dict[str, Place] = {}
    valid = []
    for record in records:
        code = record["code"]
        if not _CODE.fullmatch(code.text):
            message = Text(
                "{text!r} is not a region code; expected text such as 63.10 (with its last zero)", text=code.text
            )
            findings.add(code.place, "code", message)
        elif code.text in first:
            findings.add(
                code.place,
                "code",
                Text("{text} stands twice; first at {first}", text=code.text, first=first[code.text]),
            )
        else:
            first[code.text] = code.place
            valid.append(record)
    return valid


def _table(records: list[dict[str, Cell]], findings: Findings, place: Place) -> RegionTable | None:
    if not records:
        return None
    codes = [record["code"].text for record in records]
    whole = _whole(records, codes)
    if whole is None:
        message = Text("no row stands for the whole; add a row for the province, such as 63,Kalimantan Selatan")
        findings.add(place, "", message)
        return None
    regions = tuple(sorted(code for code in codes if code != whole or len(codes) == 1))
    columns = {
        name: {record["code"].text: record[name].text for record in records} for name in records[0] if name != "code"
    }
    return RegionTable(regions, whole, columns["name"], columns)


def _whole(records: list[dict[str, Cell]], codes: list[str]) -> str | None:
    """Code of the row that all others belong to, or the common beginning of all codes."""
    for code in codes:
        if all(other == code or other.startswith(f"{code}.") for other in codes):
            return code if len(codes) > 1 or "." not in code else code.rpartition(".")[0]
    for kinds in _WHOLE:
        marked = [each["code"].text for each in records if "kind" in each and each["kind"].text.lower() in kinds]
        if len(marked) == 1:
            return marked[0]
    beginnings = {code.rpartition(".")[0] for code in codes}
    common = beginnings.pop()
    return common if common and not beginnings else None
