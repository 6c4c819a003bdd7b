"""Words that a scenario may use: classes, authorities, works and rules."""

from typing import Literal

Authority = Literal["kabkota", "province", "centre"]
CountingRule = Literal["exit", "step", "proportional", "touched"]
Intervention = Literal["partial", "comprehensive", "renewal"]
SharingRule = Literal["proportional_need", "fiscal_capacity", "equal", "weighted_index", "fixed_table"]

AUTHORITIES = ("kabkota", "province", "centre")
SEVERITY_CLASSES = ("light", "medium", "heavy")
SLUM_CLASSES = ("light", "medium", "heavy")
WORKS_OTHER_THAN_REPAIRS = ("slum", "new_houses", "estates", "finance")
