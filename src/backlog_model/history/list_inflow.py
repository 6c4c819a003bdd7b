"""The inflow of one counted list: its ledger, calibrated with what is declared about its reports."""

import numpy as np

from backlog_model.history.calibration import Calibration, Prior, calibrate
from backlog_model.history.ledger import LEVEL, Ledger
from backlog_model.history.tables import Row
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.paths import Value

# Weak beliefs, in shares of the first count a year: what one list shows shall speak, not what was thought before.
_INFLOW_SHARE = (-0.60, 0.0, 0.60)
_NOISE_SHARE = (0.01, 0.05, 0.25)
_POINTS = (0.05, 0.5, 0.95)


def calibrated(ledger: Ledger) -> Calibration | None:
    """Net inflow a year of a list, with its interval; None where its ledger shows none.

    The interval is wider than that of the closing ledger: between counts the inflow jumped about, and how much it
    did is how little its mean is known.
    """
    size = ledger.whole.opening.value
    if not ledger.shows_inflow or size <= 0:
        return None
    spans = ledger.spans if all(span.handled is not None for span in ledger.spans) else (ledger.whole,)
    points = (spans[0].opening, *(span.closing for span in spans))
    prior = Prior.from_ranges(
        inflow=tuple(size * share for share in _INFLOW_SHARE),
        effectiveness=range_of(ledger.declared.effectiveness_share),
        completeness=range_of(ledger.declared.completeness_share),
        noise_sd=tuple(size * share for share in _NOISE_SHARE),
    )
    return calibrate(
        [point.at for point in points],
        [point.value for point in points],
        [span.handled or 0.0 for span in spans],
        prior,
        LEVEL,
    )


def range_of(value: Value | None) -> tuple[float, float, float]:
    """The 5, 50 and 95 % points of a declared value; 1 where none is declared."""
    part = 1.0 if value is None else value.form.parts()[0]
    if isinstance(part, Distribution):
        low, middle, high = part.quantile(np.array(_POINTS))
        return float(low), float(middle), float(high)
    number = part if isinstance(part, float) else 1.0
    return number, number, number


def rows_of(ledger: Ledger) -> tuple[Row, ...]:
    """Counts of a ledger, first to last."""
    return (ledger.whole.opening.row, *(span.closing.row for span in ledger.spans))
