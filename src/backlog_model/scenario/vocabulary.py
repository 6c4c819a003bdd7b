"""Words that a scenario may use: classes, authorities, rules, and the variables that targets name."""

from typing import Literal

Authority = Literal["kabkota", "province", "centre"]
CountingRule = Literal["exit", "step", "proportional", "touched"]
Intervention = Literal["partial", "comprehensive", "renewal"]
SharingRule = Literal["proportional_need", "fiscal_capacity", "equal", "weighted_index", "fixed_table"]

AUTHORITIES = ("kabkota", "province", "centre")
SEVERITY_CLASSES = ("light", "medium", "heavy")
SLUM_CLASSES = ("light", "medium", "heavy")
WORKS_OTHER_THAN_REPAIRS = ("slum", "new_houses", "estates", "finance")

VARIABLES = (
    *("rtlh_houses", "decent_houses", "treated_houses", "households", "ownership_backlog_households"),
    *("occupancy_backlog_households", "slum_ha", "psu_gap_estates"),
    *("new_rtlh_houses", "deteriorated_houses", "relapsed_houses", "disaster_houses", "substandard_built_houses"),
    *("self_improved_houses", "removed_rtlh_houses", "removed_houses", "lost_houses", "built_houses"),
    *("revision_houses", "started_houses", "reported_handled_houses", "official_handled_houses"),
    *("effective_handled_houses", "lapsed_houses", "net_clearance_houses", "slum_handled_ha", "slum_treated_ha"),
    *("slum_exit_ha", "new_slum_ha", "relapsed_slum_ha", "financed_households", "budget_idr", "spent_idr"),
    *("unspent_idr", "household_top_up_idr"),
    *("decent_share", "rtlh_handled_share", "slum_handled_share", "break_even_houses", "years_to_clear"),
    *("programme_contribution_share", "funding_gap_idr", "cost_per_net_house_idr", "psu_share"),
)
