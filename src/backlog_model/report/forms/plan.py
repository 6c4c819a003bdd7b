"""What the official tables of one scenario are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from backlog_model.errors import DataError, Problem
from backlog_model.projection import Projection
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.forms import official
from backlog_model.report.forms.form import DASH, Cell, Form, Head, Line, text
from backlog_model.report.forms.mapping import FILE, Entry, Simulated, read_mapping
from backlog_model.report.forms.needs import Needs, needs
from backlog_model.report.forms.values import Numbers, PlanYears
from backlog_model.scenario.findings import shown
from backlog_model.scenario.schema import Scenario
from backlog_model.translation import Text


def mapping_file(scenario: Scenario, codes: Path | None) -> Path:
    """Mapping of a report: the one asked for, or the one beside its first scenario."""
    return codes or scenario.folder / FILE


def mapped(scenario: Scenario, projection: Projection, codes: Path | None) -> tuple[Entry, ...]:
    """Rows of the mapping of a report.

    Raises
    ------
    DataError
        When there is none, or something is wrong with it.
    """
    path = mapping_file(scenario, codes)
    if not path.is_file() and codes is None:
        message = Text(
            "there is no such file, and the planning tables need it: write a row for each indicator with its programme "
            "code; forms_example.csv of the template shows how"
        )
        raise DataError([Problem(shown(path), message)])
    return read_mapping(path, Simulated.of(scenario, projection))


@dataclass(frozen=True)
class Plan:
    """The lead scenario of a report with its mapping.

    Attributes
    ----------
    dossier : the report
    entries : rows of the mapping
    years : year being planned, and the five years of the plan
    """

    dossier: Dossier
    entries: tuple[Entry, ...]
    years: PlanYears

    @classmethod
    def of(cls, dossier: Dossier) -> "Plan":
        """Plan of a report.

        Raises
        ------
        DataError
            When there is no mapping, or something is wrong with it.
        """
        case = dossier.lead
        entries = mapped(case.scenario, case.projection.central, dossier.codes)
        return cls(dossier, entries, PlanYears.of(case.scenario.now, dossier.plan_first))

    @property
    def file(self) -> Path:
        """The mapping."""
        return mapping_file(self.case.scenario, self.dossier.codes)

    @property
    def case(self) -> Case:
        """The scenario that the tables are about."""
        return self.dossier.lead

    @cached_property
    def numbers(self) -> Numbers:
        """Its numbers."""
        return Numbers(self.case)

    @cached_property
    def needs(self) -> Needs:
        """What its targets need."""
        return needs(self.numbers, [each.measure for each in self.entries if each.measure is not None], self.years)

    @property
    def own(self) -> tuple[Entry, ...]:
        """Rows of the agency itself: goals, then each programme with its activities."""
        return self._in_order([entry for entry in self.entries if entry.own])

    @property
    def others(self) -> tuple[Entry, ...]:
        """Rows whose money is not in the agency's ceiling."""
        return self._in_order([entry for entry in self.entries if not entry.own])

    def _in_order(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        codes = list(dict.fromkeys((each.words["program_code"], each.words["program"]) for each in entries))
        levels = ("sasaran", "program", "kegiatan")

        def place(entry: Entry) -> tuple[int, int, int]:
            code = codes.index((entry.words["program_code"], entry.words["program"]))
            return int(entry.level != "sasaran"), code, levels.index(entry.level)

        return tuple(sorted(entries, key=place))

    def pots(self, entry: Entry) -> tuple[str, ...]:
        """Pots that a row spends: a programme those of all its rows, a goal none, further indicators none again."""
        if entry.level == "sasaran" or not self.is_first(entry):
            return ()
        if entry.level == "kegiatan":
            return entry.pots
        mine = [each for each in self.entries if each.own == entry.own and _program(each) == _program(entry)]
        return tuple(dict.fromkeys(pot for each in mine for pot in each.pots))

    def is_first(self, entry: Entry) -> bool:
        """Whether a row is the first of its programme or activity: money stands there once."""
        same = (each for each in self.entries if each.own == entry.own and each.activity == entry.activity)
        return next(same) is entry

    def region(self, entry: Entry) -> str:
        """Where a row is about."""
        return entry.measure.region if entry.measure else self.numbers.central.axes.province

    def budget(self, entry: Entry, year: int) -> Cell:
        """Money written for a row in a year; a dash where money does not stand there."""
        if entry.level == "sasaran" or not self.is_first(entry):
            return Cell()
        return self.numbers.budget_cell(self.pots(entry), self.region(entry), year)

    def source(self, entry: Entry) -> Cell:
        """Where the money of a row comes from: as written, or as the scenario says."""
        written = entry.words["sumber_dana"]
        names = dict.fromkeys(words.source(pot.partition(".")[2], "id") for pot in self.pots(entry))
        return text(written if written != DASH else ", ".join(names))

    def form(
        self,
        name: str,
        heads: tuple[Head, ...],
        lines: Sequence[Line],
        notes: Sequence[str],
        *,
        wide: bool = False,
        frozen: int = 2,
    ) -> Form:
        """A table with everything that stands around it."""
        say = self.dossier.say
        foot = f"{say('form_source', scenario=self.case.title, file=shown(self.file))} "
        return Form(
            name=name,
            title=official.titles(self.years.planned, self.years.five)[name],
            about=self._about(),
            heads=heads,
            lines=tuple(lines),
            notes=tuple(note for note in notes if note),
            foot=foot + self.dossier.foot(self.case),
            language=self.dossier.language,
            wide=wide,
            frozen=frozen,
        )

    def _about(self) -> tuple[str, ...]:
        say, years = self.dossier.say, self.years
        province = self.case.scenario.region_table.name(self.numbers.central.axes.province)
        name = province if province.lower().startswith("provinsi") else f"Provinsi {province}"
        agency = next((each.words["penanggung_jawab"] for each in self.own), DASH)
        version = say(f"form_version_{self.dossier.plan_version}")
        period = f"{years.first}-{years.last}"
        return (
            name,
            f"Nama Perangkat Daerah: {agency}",
            say("form_stamp", version=version, planned=years.planned, period=period, now=self.case.scenario.now),
        )


def _program(entry: Entry) -> tuple[str, str]:
    return entry.words["program_code"], entry.words["program"]
