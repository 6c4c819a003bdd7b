"""The inflow of one counted list: its ledger, calibrated with what is declared about its reports."""

import numpy as np

from backlog_model.history.calibration import Calibration, Prior, calibrate
from backlog_model.history.declared_numbers import range_of
from backlog_model.history.ledger import LEVEL, Ledger, Span
from backlog_model.history.tables import Row

# Weak beliefs, in shares of the first count a year: what one list shows shall speak, not what was thought before.
_INFLOW_SHARE = (-0.60, 0.0, 0.60)
_NOISE_SHARE = (0.01, 0.05, 0.25)


def calibrated(ledger: Ledger) -> Calibration | None:
    """Net inflow a year of a list, with its interval; None where its ledger shows none.

    The interval is wider than that of the closing ledger: between counts the inflow jumped about, and how much it
    did is how little its mean is known.
    """
    size, declared = ledger.whole.opening.value, ledger.declared
    if not ledger.shows_inflow or size <= 0:
        return None
    spans = (ledger.whole,) if any(_says_little(span) for span in ledger.spans) else ledger.spans
    shares = {
        name: range_of(getattr(declared, name), declared.region, f"ledgers.{ledger.name}.{name}")
        for name in ("effectiveness_share", "completeness_share")
    }
    prior = Prior.from_ranges(
        inflow=tuple(size * share for share in _INFLOW_SHARE),
        effectiveness=shares["effectiveness_share"],
        completeness=shares["completeness_share"],
        noise_sd=tuple(size * share for share in _NOISE_SHARE),
    )
    known = np.cumsum([0.0, *(span.inflow - span.outflow for span in spans)])
    counts = np.array([spans[0].opening.value, *(span.closing.value for span in spans)])
    return calibrate(
        [spans[0].opening.at, *(span.closing.at for span in spans)],
        counts + known[-1] - known,  # as if all that is known to have come or gone had been there from the start
        [span.handled or 0.0 for span in spans],
        prior,
        LEVEL,
    )


def _says_little(span: Span) -> bool:
    """Whether a span has no report of handling, or ends with a count that was subtracted."""
    return span.handled is None or "closed" in span.codes


def rows_of(ledger: Ledger) -> tuple[Row, ...]:
    """Counts of a ledger, first to last."""
    return (ledger.whole.opening.row, *(span.closing.row for span in ledger.spans))
