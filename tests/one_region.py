"""Small simulations for tests that know the answer in closed form."""

from typing import Any

import numpy as np

from backlog_model.inputs import Array, Inputs
from golden_cases import build


def one_region(years: int, *, opening: dict[str, Any], classes: int = 1, money: bool = False, **yearly: Any) -> Inputs:
    """One region and one draw; `money` adds one repair programme with one source."""
    severities = ["light", "medium", "heavy"] if classes == 3 else ["all"]
    axes = {"years": list(range(2025, 2025 + years)), "regions": ["63.01"], "severities": severities}
    if money:
        axes |= {"house_programmes": ["repair"], "sources": ["budget"]}
    return build({"axes": axes, "opening": opening, "yearly": yearly})


def by_year(*values: float) -> Array:
    """A yearly number of one region."""
    return np.array(values)[:, None]


def of_programme(*values: float) -> Array:
    """A yearly budget of the one programme from the one source."""
    return np.array(values)[:, None, None, None]
