"""Which targets the present plan does not make 80 % sure, and the smallest change of each kind that alone would."""

from math import ceil, floor
from pathlib import Path

import backlog_model as bm
from backlog_model.analysis.targets import examine

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
NAMES = ("ill-rtlh-2027", "ill-rtlh-2030", "ill-decent-2027", "ill-slum-2027", "ill-occ-2027")
WORDS = {  # what is enough; what does not help
    "more_money": ("Rp {:,.1f} billion more in every year, spread as now", "more money"),
    "other_source": ("Rp {:,.1f} billion more in every year from {} alone", "money of one source"),
    "more_crews": ("{:,.0f} more crews of artisans", "more artisans"),
    "higher_absorption": ("{:.1%} of the money spent", "spending all of the money"),
    "later_year": ("the year {:.0f}", "a later year"),
    "lower_target": ("{:,.4f} promised instead", "a lower target that betters today"),
}
BILLION = 1e9


def in_words(change, operator):
    """A single change that is enough, rounded to the side where it stays enough."""
    if change.kind == "lower_target":
        amount = (floor if operator == ">=" else ceil)(1e4 * change.amount) / 1e4
    else:
        amount = ceil(10 * change.amount / BILLION) / 10 if change.amount > BILLION else change.amount
    return WORDS[change.kind][0].format(amount, change.source)


report = examine(bm.load_scenario(KALSEL / "baseline.yaml"))
for promise, verdict in ((each.promise, each.verdict) for each in report.standings if each.promise.name in NAMES):
    least = {change.kind: change for change in reversed(verdict.relaxations)}  # of several sources the cheapest
    print(f"{promise.name}: {verdict.status}, chance {promise.chance.probability:.1%}, bound by {promise.binding}")
    for change in reversed(least.values()):
        print(f"  enough: {in_words(change, promise.target.operator)}")
    print("  no help: " + "; ".join(WORDS[kind][1] for kind in verdict.tried if kind not in least))
