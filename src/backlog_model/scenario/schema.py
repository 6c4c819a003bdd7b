"""Records of a scenario, frozen; every attribute has the name of its key in the YAML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, PrivateAttr, model_validator

from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.paths import Value
from backlog_model.scenario.programmes import Programmes, Shocks
from backlog_model.scenario.records import NOTHING, ByName, BySource, Classed, Label, Record, default
from backlog_model.scenario.regions import RegionTable
from backlog_model.scenario.tables import Entry
from backlog_model.scenario.units import SIGNED_HA, SIGNED_HOUSES
from backlog_model.scenario.vocabulary import SEVERITY_CLASSES, Authority, CountingRule

Year = Annotated[int, Field(ge=1900, le=2200)]
Probability = Annotated[float, Field(gt=0, lt=1)]
Sense = Literal["<=", ">="]

_SENSES: Mapping[str | None, Sense] = {"down": "<=", "up": ">="}


class Years(Record):
    """First and last simulated year."""

    first: Annotated[Year, Field(gt=1900)]  # the year before it is one too
    last: Year

    @property
    def all(self) -> tuple[int, ...]:
        """Every simulated year, in order."""
        return tuple(range(self.first, self.last + 1))


class Opening(Record):
    """Stocks at 31 December of the year before the first one; what is not covered by any source is left out."""

    households: Value
    decent_houses: Value
    treated_houses: Value = default(0.0)
    rtlh_houses: Value
    severity_share: ByName = NOTHING
    ownership_backlog_households: Value | None = None
    slum_ha: ByName = NOTHING
    slum_class_share: ByName = NOTHING
    slum_handled_ha: ByName = NOTHING
    slum_base_ha: ByName = NOTHING
    psu_estates: Value | None = None
    psu_complete_estates: Value | None = None
    psu_handed_over_estates: Value | None = None


class Assumptions(Record):
    """Rates and shares of the model, and those of all programmes that do not state their own."""

    household_growth_rate: Value = default(0.0)
    households: Value | None = None
    population: Value | None = None
    persons_per_household: Value | None = None
    population_by_age: ByName = NOTHING
    headship_rate: ByName = NOTHING

    built_per_new_household: Value = default(0.5)
    substandard_share: Classed = default(0.0)
    deterioration_rate: Value = default(0.0)
    severity_share: ByName = NOTHING
    relapse_rate: Value = default(0.0)
    relapse_severity_share: ByName = NOTHING
    self_improvement_rate: Classed = default(0.0)
    worsening_rate: ByName = NOTHING
    rtlh_loss_rate: Classed = default(0.0)
    decent_loss_rate: Value = default(0.0)
    treated_loss_rate: Value = default(0.0)
    habitable_share: Classed = default(1.0)
    vacancy_share: Value = default(0.0)

    new_non_owner_share: Value = default(0.0)
    ownership_loss_rate: Value = default(0.0)
    self_acquired_rate: Value = default(0.0)
    other_home_share: Value = default(0.0165)
    mbr_share: Value = default(0.8)
    take_up_rate: Value = default(0.1)
    first_time_share: Value = default(0.9)
    new_house_share: Value = default(1.0)

    crews: Value | None = None
    houses_per_crew_year: Value = default(7.0)

    new_slum_rate: Value = default(0.0)
    slum_relapse_rate: Value = default(0.0)
    slum_worsening_rate: ByName = NOTHING
    slum_counting_rule: CountingRule = "step"
    slum_capacity_ha: ByName = NOTHING

    psu_handover_rate: Value = default(0.0)
    new_estates: Value = default(0.0)
    new_compliant_share: Value = default(0.0)

    absorption_share: BySource = default(1.0)
    overhead_share: Value = default(0.0)
    leakage_share: Value = default(0.0)
    drop_out_share: Value = default(0.0)
    overlap_share: Value = default(0.0)
    effectiveness_share: Classed = default(1.0)
    eligible_share: Value = default(1.0)
    finished_same_year_share: Value = default(1.0)
    finished_next_year_share: Value = default(0.0)
    severity_mix: ByName | None = None
    unit_cost_idr: Value | None = None
    unit_cost_growth_rate: Value = default(0.0)
    grant_growth_rate: Value = default(0.0)


class Correlation(Record):
    """Uncertain values, by dotted path, that move together."""

    between: Annotated[tuple[str, ...], Field(min_length=2)]
    correlation: Annotated[float, Field(ge=-1, le=1)]
    source: str | None = None
    assumption: bool = False
    note: str | None = None


class Revision(Record):
    """A re-registration: the record of a stock changes, the houses or hectares do not."""

    label: Label
    year: Year
    variable: Literal["rtlh_houses", "slum_ha"]
    ratio: Value | None = None
    houses: Annotated[Value, SIGNED_HOUSES] | None = None
    classes: Mapping[str, Annotated[Value, SIGNED_HOUSES]] = NOTHING
    ha: Annotated[Value, SIGNED_HA] | None = None
    authority: Authority | None = None
    new_records: bool = False
    definition_before: str | None = None
    definition_after: str | None = None
    source: str | None = None
    note: str | None = None


def better_sense(variable: Any) -> Sense | None:
    """The side of a number on which a variable is better; None where neither is, and for what is no variable.

    Examples
    --------
    >>> better_sense("rtlh_houses"), better_sense("decent_share"), better_sense("households")
    ('<=', '>=', None)
    """
    quantity = QUANTITIES.get(variable) if isinstance(variable, str) else None
    return _SENSES.get(quantity.direction) if quantity is not None else None


class Target(Record):
    """A promise: a variable at most, or at least, a number in a year."""

    variable: str
    region: str
    year: Year
    part: str = "total"
    operator: Sense
    value: float | None = None
    percent_of_base: float | None = None
    base: float | None = None
    base_year: Year | None = None
    base_value: float | None = None
    probability: Probability = 0.8
    kind: Literal["published", "illustrative"] = "illustrative"
    unit: str | None = None
    definition: str | None = None
    source: str | None = None
    note: str | None = None
    applies: bool = True
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_the_better_sense(cls, written: Any) -> Any:
        """An operator that is left out follows from the variable."""
        if not isinstance(written, dict) or written.get("operator") is not None:
            return written
        sense = better_sense(written.get("variable"))
        return written if sense is None else {**written, "operator": sense}

    @property
    def wanted(self) -> float:
        """The number promised: as written, or percent of its base."""
        if self.value is not None:
            return self.value
        return (self.percent_of_base or 0.0) / 100.0 * (self.base or 0.0)


class Output(Record):
    """How results are written for people."""

    language: Literal["id", "en"] = "id"


class Origin(Protocol):
    """Where a scenario comes from, and how it is read again with changes."""

    @property
    def path(self) -> Path:
        """File of the scenario."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was read."""

    @property
    def region_table(self) -> RegionTable:
        """Codes and names of the regions."""

    def as_written(self) -> dict[str, Any]:
        """The scenario in plain data, with its parent merged in."""

    def rows(self, path: str) -> tuple[Entry, ...]:
        """Rows of the tables beside it that stand for what is at a dotted path."""

    def replaced(self, changes: Mapping[str, Any]) -> "Scenario":
        """The scenario with other entries at some dotted paths."""


class Scenario(Record):
    """A plan: what is there at the start, what is assumed, what is done, what is promised."""

    title: Label
    extends: str | None = None
    years: Years
    now: Year
    price_year: Year
    severity_classes: tuple[str, ...] = SEVERITY_CLASSES
    regions: str
    opening: Opening
    assumptions: Assumptions = Assumptions()
    correlations: tuple[Correlation, ...] = ()
    programmes: Programmes = NOTHING
    shocks: Shocks = NOTHING
    revisions: Mapping[str, Revision] = NOTHING
    realised_houses: ByName = NOTHING
    realised_ha: ByName = NOTHING
    realised_spent_idr: ByName = NOTHING
    targets: Mapping[str, Target] = NOTHING
    output: Output = Output()

    _origin: Origin = PrivateAttr()

    @property
    def path(self) -> Path:
        """File it was read from."""
        return self._origin.path

    @property
    def folder(self) -> Path:
        """Folder of that file."""
        return self._origin.path.parent

    @property
    def name(self) -> str:
        """Short name: the file's, without its ending."""
        return self._origin.path.stem

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was read: the scenario, its parent, the region table and the tables."""
        return self._origin.files

    @property
    def region_table(self) -> RegionTable:
        """Codes and names of its regions."""
        return self._origin.region_table

    def as_written(self) -> dict[str, Any]:
        """Everything written in it, in plain data, with its parent merged in."""
        return self._origin.as_written()

    def rows(self, path: str) -> tuple[Entry, ...]:
        """Rows of the tables beside it that stand for what is at a dotted path; none where nothing of it is a table."""
        return self._origin.rows(path)

    def of_programme(self, programme: str, name: str) -> Any:
        """What a programme says about one of its terms, or else what the assumptions say."""
        own = getattr(self.programmes[programme], name)
        return own if own is not None else getattr(self.assumptions, name, None)

    def replace(self, changes: Mapping[str, Any]) -> "Scenario":
        """New scenario with other entries at some dotted paths, checked like a file.

        Raises
        ------
        ScenarioError : for a path that does not exist, or an entry that is not valid there
        """
        return self._origin.replaced(changes)
