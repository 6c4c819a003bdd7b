"""The target on RTLH that a report looks at most closely."""

import math

from backlog_model.analysis.promises import Promise
from backlog_model.report.dossier import Case


def main_target(case: Case) -> Promise | None:
    """Target on all RTLH of the province that looks farthest ahead, the first written of those; None without one.

    Targets that cannot be held against the stock, since it is counted again before their year, are passed over.
    """
    province = case.projection.axes.province
    found = [
        each
        for each in case.promises
        if (each.target.variable, each.target.region, each.target.part) == ("rtlh_houses", province, "total")
        and not each.redefined
        and math.isfinite(each.central)
        and each.target.year > case.scenario.now
    ]
    return max(found, key=lambda each: each.target.year, default=None)
