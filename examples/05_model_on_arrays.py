"""The yearly model on arrays, without a scenario: one region and one class, numbers one can work out by hand."""

import numpy as np

from backlog_model.dynamics.simulation import simulate
from backlog_model.inputs import Axes, Inputs
from backlog_model.neutral import empty_opening, full_coverage, neutral_years, plain_rules

axes = Axes(
    years=(2025, 2026, 2027, 2028, 2029),
    province="63",
    regions=("63.01",),
    severities=("all",),
    house_programmes=("repair",),
    sources=("budget",),
)
written = {
    "deterioration_rate": 0.004,
    "relapse_rate": 0.01,
    "self_improvement_rate": 0.03,
    "rtlh_loss_rate": 0.002,
    "decent_loss_rate": 0.001,
    "self_built_houses": 12_000.0,
    "substandard_share": 0.10,
    "budget_idr": 2_804.0,  # unit cost 1 where nothing is written: one rupiah, one house
    "effectiveness_share": 0.95,
}
neutral = neutral_years(axes)  # nothing happens and nothing limits
yearly = neutral._replace(**{name: np.full_like(getattr(neutral, name), value) for name, value in written.items()})
opening = empty_opening(axes)._replace(
    decent_houses=np.array([[900_000.0]]),  # (draw, region)
    rtlh_houses=np.array([[[237_973.0]]]),  # (severity, draw, region)
)

projection = simulate(Inputs(axes, opening, yearly, plain_rules(axes), full_coverage(axes)))
for name in ("rtlh_houses", "decent_share"):
    values = projection.array(name)[:, 0, 0]
    print(name, " ".join(f"{value:.6f}" for value in values))
