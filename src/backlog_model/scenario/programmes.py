"""Records of a programme: what it treats, its money, its limits, and how provincial money is shared."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import field_validator

from backlog_model.scenario.paths import Value
from backlog_model.scenario.records import NOTHING, ByName, BySource, Classed, Label, Record, default
from backlog_model.scenario.vocabulary import SLUM_CLASSES, Authority, Intervention, SharingRule


class Sharing(Record):
    """How provincial money, or a quota, is shared over regions."""

    rule: SharingRule = "proportional_need"
    capacity_index: Value | None = None
    index: ByName = NOTHING
    table: Value | None = None
    floor_share: Value | None = None
    cap_share: Value | None = None
    whole_houses: bool = False


class Programme(Record):
    """One programme; what is None here follows the assumptions."""

    label: Label
    treats: tuple[str, ...]
    classes: tuple[str, ...] = SLUM_CLASSES
    intervention: Intervention | None = None
    authority: Authority | None = None
    slum_location: Literal["inside", "outside", "any"] = "any"

    budget_idr: ByName = NOTHING
    absorption_share: BySource | None = None
    cofunding_share: ByName = NOTHING
    sharing: Sharing = Sharing()

    unit_cost_idr: Value | None = None
    unit_cost_growth_rate: Value | None = None
    grant_idr: Value | None = None
    grant_growth_rate: Value | None = None
    overhead_share: Value | None = None
    leakage_share: Value | None = None
    drop_out_share: Value | None = None
    overlap_share: Value | None = None
    effectiveness_share: Classed | None = None
    finished_same_year_share: Value | None = None
    finished_next_year_share: Value | None = None
    eligible_share: Value | None = None
    severity_mix: ByName | None = None

    capacity_share: Value = default(1.0)
    ramp_rate: Value | None = None
    ramp_start: Value | None = None
    official_tally_share: Value = default(1.0)
    houses_per_estate: Value = default(100.0)

    quota_households: Value | None = None
    developer_capacity_households: Value | None = None
    bank_capacity_households: Value | None = None

    @field_validator("treats", mode="before")
    @classmethod
    def _one_or_several(cls, written: Any) -> Any:
        return (written,) if isinstance(written, str) else written

    @property
    def repairs(self) -> bool:
        """Whether it repairs uninhabitable houses."""
        return not set(self.treats) & {"slum", "new_houses", "estates", "finance"}


class Shock(Record):
    """A disaster: houses damaged or lost in a year."""

    label: Label
    houses: Value
    region_share: Value | None = None
    severity_share: ByName = NOTHING
    falls_on_decent_share: Value = default(1.0)
    total_loss_share: Value = default(0.0)


Programmes = Mapping[str, Programme]
Shocks = Mapping[str, Shock]
