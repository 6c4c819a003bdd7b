"""The user's table of programme codes: which official programme, activity and unit each indicator belongs to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backlog_model.errors import DataError, nearest_hint
from backlog_model.quantities import QUANTITIES
from backlog_model.report.forms.form import DASH, Level
from backlog_model.scenario.findings import Findings, Place
from backlog_model.scenario.text_tables import Cell, Row, read_cells
from backlog_model.translation import Text

if TYPE_CHECKING:
    from backlog_model.projection import Projection
    from backlog_model.scenario.schema import Scenario

FILE = "forms.csv"
"""Name of the mapping that is looked for beside a scenario."""

REQUIRED = (
    *("indicator_id", "program_code", "program", "kegiatan_code", "subkegiatan_code"),
    *("indikator", "unit", "lokasi", "sumber_dana", "penanggung_jawab"),
)
OPTIONAL = (
    *("kegiatan", "subkegiatan", "programmes", "pagu_pd", "region"),
    *("tujuan", "sasaran", "outcome", "spm", "ikk", "catatan"),
)
_FILLED = ("indicator_id", "indikator", "unit", "lokasi", "penanggung_jawab")
_CODES = ("program_code", "kegiatan_code", "subkegiatan_code")
_LONGEST = 500  # characters that a cell of a table can hold and still be read
_CODE = re.compile(r"[0-9Xx]+(\.[0-9Xx]+)+")
_OWN = {"ya": True, "yes": True, "tidak": False, "no": False}
_TOTALS = {"slum_handled_share": "gross", "rtlh_handled_share": "fixed_base"}
_AGENCY = {True: "province", False: "kabkota"}  # whose programmes an agency's own ones are, for a province or a region


@dataclass(frozen=True)
class Measure:
    """What is counted: a variable, one of its parts, and where."""

    variable: str
    part: str
    region: str


def measured(variable: str, part: str, region: str) -> Measure:
    """What is counted, under one name where the total is one of the parts."""
    return Measure(variable, _TOTALS.get(variable, part) if part == "total" else part, region)


@dataclass(frozen=True)
class Entry:
    """One row of the mapping.

    Attributes
    ----------
    measure : None for an indicator that the model does not count
    pots : `programme.source` whose money it spends
    own : whether that money is in the agency's own ceiling
    words : everything else that is written, by column; a dash where nothing is
    place : where it is written
    """

    measure: Measure | None
    pots: tuple[str, ...]
    own: bool
    words: Mapping[str, str]
    place: Place

    @property
    def level(self) -> Level:
        """What it is an indicator of."""
        if any(self.words[name] != DASH for name in ("kegiatan", "kegiatan_code", "subkegiatan", "subkegiatan_code")):
            return "kegiatan"
        return "program" if self.words["program"] != DASH else "sasaran"

    @property
    def code(self) -> str:
        """Most detailed code that is written; an activity without one has that of its programme, left open."""
        program, *below = (self.words[name] for name in _CODES)
        found = next((code for code in reversed(below) if code != DASH), DASH)
        if found != DASH or program == DASH:
            return found
        return f"{program}.{DASH}" if self.level == "kegiatan" else program

    @property
    def name(self) -> str:
        """What its row is called: the most detailed name that is written."""
        names = (self.words[name] for name in ("subkegiatan", "kegiatan", "program", "sasaran"))
        return next((name for name in names if name != DASH), DASH)

    @property
    def indicator(self) -> str:
        """Name of the indicator, with its unit."""
        unit = self.words["unit"]
        return self.words["indikator"] if unit == DASH else f"{self.words['indikator']} ({unit})"

    @property
    def activity(self) -> tuple[str, ...]:
        """What tells activities apart."""
        return tuple(self.words[name] for name in (*_CODES, "program", "kegiatan", "subkegiatan"))


@dataclass(frozen=True)
class Simulated:
    """Names of what a scenario simulates.

    Attributes
    ----------
    authorities : by programme, whose it is
    province, regions : codes
    pots : `programme.source` of all money
    parts : by variable
    """

    authorities: Mapping[str, str | None]
    province: str
    regions: tuple[str, ...]
    pots: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, scenario: "Scenario", projection: "Projection") -> "Simulated":
        """Names of a scenario and its results."""
        return cls(
            authorities={name: programme.authority for name, programme in scenario.programmes.items()},
            province=projection.axes.province,
            regions=projection.axes.regions,
            pots=projection.parts("budget_idr"),
            parts={variable: ("total", *projection.parts(variable)) for variable in QUANTITIES},
        )


def read_mapping(path: Path, simulated: Simulated) -> tuple[Entry, ...]:
    """Rows of a mapping, checked against what a scenario simulates.

    Raises
    ------
    DataError
        With everything that is wrong with it, each problem with its line.
    """
    findings = Findings()
    entries = mapping_rows(path, simulated, findings)
    if findings.problems():
        raise DataError(findings.problems())
    return entries


def mapping_rows(path: Path, simulated: Simulated | None, findings: Findings) -> tuple[Entry, ...]:
    """Rows of a mapping.

    Parameters
    ----------
    path : the file
    simulated : what its names must be names of; None where that is not known
    findings : takes up whatever is wrong
    """
    rows = read_cells(path, findings)
    entries: list[Entry] = []
    if rows is not None and _header_is_whole(rows[0], findings):
        reader = _Reader(simulated, findings)
        names = [cell.text for cell in rows[0]]
        entries = [reader.entry(dict(zip(names, row, strict=True))) for row in rows[1:]]
        reader.check_together(entries)
        if not entries:
            findings.add(rows[0][0].place, "", Text("the table has no rows; write one for each indicator"))
    return tuple(entries)


def _header_is_whole(header: Row, findings: Findings) -> bool:
    names = [cell.text for cell in header]
    for cell in header:
        if cell.text not in REQUIRED + OPTIONAL:
            hint = nearest_hint(cell.text, [name for name in REQUIRED + OPTIONAL if name not in names])
            findings.add(cell.place, "", Text("unknown column {name!r}{hint}", name=cell.text, hint=hint))
    missing = ", ".join(name for name in REQUIRED if name not in names)
    if missing:
        expected = ",".join(REQUIRED)
        message = Text("column {missing} is missing; expected {expected}", missing=missing, expected=expected)
        findings.add(header[0].place, "", message)
    return not missing


class _Reader:
    """Reads rows, and notes what is wrong with them."""

    def __init__(self, simulated: Simulated | None, findings: Findings) -> None:
        self.simulated, self.findings = simulated, findings

    def entry(self, cells: Mapping[str, Cell]) -> Entry:
        """The row as an entry; what cannot be read is left out of it, and noted."""
        for name in _FILLED:
            if not cells[name].text:
                self.refuse(cells[name], name, Text("empty; write - where there is none"))
        for name, cell in cells.items():
            if len(cell.text) > _LONGEST:
                self.refuse(
                    cell,
                    name,
                    Text("{length} characters; expected at most {most}", length=len(cell.text), most=_LONGEST),
                )
        self._check_codes(cells)
        region = self._region(cells)
        measure = self._measure(cells["indicator_id"], region)
        pots = self._pots(cells.get("programmes"), measure)
        words = {name: _said(cells, name) for name in REQUIRED + OPTIONAL}
        return Entry(measure, pots, self._own(cells.get("pagu_pd"), pots, region), words, cells["indicator_id"].place)

    def refuse(self, cell: Cell, column: str, message: str) -> None:
        """Note a problem with a cell."""
        self.findings.add(cell.place, Text("column {name}", name=column), message)

    def _check_codes(self, cells: Mapping[str, Cell]) -> None:
        program = cells["program_code"].text
        for name in _CODES:
            text = cells[name].text
            if text in ("", DASH):
                continue
            if not _CODE.fullmatch(text):
                message = Text("{text!r} is not a code; expected one such as 1.04.03, or -", text=text)
                self.refuse(cells[name], name, message)
            elif _CODE.fullmatch(program) and not f"{text}.".startswith(f"{program}."):
                message = Text("{text} does not begin with its programme's code {program}", text=text, program=program)
                self.refuse(cells[name], name, message)

    def _region(self, cells: Mapping[str, Cell]) -> str:
        cell, known = cells.get("region"), self.simulated
        written = cell.text if cell is not None and cell.text != DASH else ""
        if known is None:
            return written
        if cell is not None and written and written not in (known.province, *known.regions):
            hint = nearest_hint(written, known.regions)
            self.refuse(cell, "region", Text("unknown region {code}{hint}", code=written, hint=hint))
        return written or known.province

    def _measure(self, cell: Cell, region: str) -> Measure | None:
        if cell.text in ("", DASH):
            return None
        variable, _, part = cell.text.partition(".")
        if variable not in QUANTITIES:
            hint = nearest_hint(variable, QUANTITIES)
            self.refuse(cell, "indicator_id", Text("unknown variable {name}{hint}", name=variable, hint=hint))
            return None
        known = self.simulated.parts[variable] if self.simulated is not None else (part,)
        if part and part not in known:
            hint = nearest_hint(part, known)
            message = Text("{variable} has no part {part}{hint}", variable=variable, part=part, hint=hint)
            self.refuse(cell, "indicator_id", message)
            return None
        return measured(variable, part or "total", region)

    def _pots(self, cell: Cell | None, measure: Measure | None) -> tuple[str, ...]:
        """Pots of the programmes that are named, or else of the programme whose output is counted."""
        if cell is not None and cell.text not in ("", DASH):
            return tuple(pot for name in re.split(r"[;,\s]+", cell.text) if name for pot in self._of(name, cell))
        return self._pots_of(measure.part.partition(".")[0]) if measure else ()

    def _of(self, name: str, cell: Cell) -> tuple[str, ...]:
        known = self.simulated
        if known is None or name in known.pots:
            return (name,)
        if name not in known.authorities:
            hint = nearest_hint(name, (*known.authorities, *known.pots))
            self.refuse(cell, "programmes", Text("unknown programme {name}{hint}", name=name, hint=hint))
        return self._pots_of(name)

    def _pots_of(self, programme: str) -> tuple[str, ...]:
        pots = self.simulated.pots if self.simulated is not None else ()
        return tuple(pot for pot in pots if pot.partition(".")[0] == programme)

    def _own(self, cell: Cell | None, pots: Sequence[str], region: str) -> bool:
        """Whether the money is the agency's: as written, or else by whose programmes they are."""
        if cell is not None and cell.text not in ("", DASH):
            if cell.text.lower() not in _OWN:
                hint = nearest_hint(cell.text, ("ya", "tidak"))
                self.refuse(cell, "pagu_pd", Text("{text!r} is neither ya nor tidak{hint}", text=cell.text, hint=hint))
            return _OWN.get(cell.text.lower(), True)
        known = self.simulated
        if known is None:
            return True
        agency = _AGENCY[region == known.province]
        return all(known.authorities.get(pot.partition(".")[0]) == agency for pot in pots)

    def check_together(self, entries: Iterable[Entry]) -> None:
        """Note what is written twice, and money that stands under two activities."""
        rows: dict[tuple[object, ...], Place] = {}
        names: dict[str, tuple[str, Place]] = {}
        spenders: dict[tuple[str, str], tuple[tuple[str, ...], Place]] = {}
        for entry in entries:
            region = entry.measure.region if entry.measure else ""
            what = entry.measure or entry.words["indikator"]
            self._twice(entry, rows.setdefault((what, entry.activity), entry.place))
            code, name = entry.words["program_code"], entry.words["program"]
            first_name, first = names.setdefault(code, (name, entry.place))
            if code != DASH and first_name != name:
                message = Text("{code} is called {other!r} at {place}", code=code, other=first_name, place=first)
                self.findings.add(entry.place, Text("column {name}", name="program"), message)
            for pot in entry.pots if entry.level == "kegiatan" else ():
                activity, first = spenders.setdefault((pot, region), (entry.activity, entry.place))
                if activity != entry.activity:
                    message = Text("the money of {pot} stands under another activity at {place}", pot=pot, place=first)
                    self.findings.add(entry.place, Text("column {name}", name="programmes"), message)

    def _twice(self, entry: Entry, first: Place) -> None:
        if first != entry.place:
            message = Text("{name} stands twice; first at {place}", name=entry.words["indicator_id"], place=first)
            self.findings.add(entry.place, Text("column {name}", name="indicator_id"), message)


def _said(cells: Mapping[str, Cell], name: str) -> str:
    return (cells[name].text if name in cells else "") or DASH
