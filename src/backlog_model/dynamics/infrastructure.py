"""Housing estates: how many exist, have complete basic infrastructure (PSU), and were handed over."""

from typing import NamedTuple

import numpy as np

from backlog_model.dynamics.repairs import ramp_limit
from backlog_model.inputs import Array, YearInputs


class Estates(NamedTuple):
    """Estates at the end of the year and what changed."""

    estates: Array
    complete: Array
    handed_over: Array
    aided: Array  # (estate programme, ...) completed with programme money
    ramp_limit: Array  # (estate programme, ...)
    incomplete: Array  # (estate programme, ...) estates each programme could still complete
    handed_over_in_year: Array


def closed_estates(
    estates: Array,
    complete: Array,
    handed_over: Array,
    previous: Array,
    reach: Array,
    first: int,
    year: YearInputs,
) -> Estates:
    """Estates after a year of new estates, aid and handing over.

    A share of new estates arrives complete and handed over; aid completes others; a share of what was complete but
    not handed over on 31 December of last year is handed over. Handed over <= complete <= all, always.

    Parameters
    ----------
    estates, complete, handed_over : (draw, region) at 31 December of last year
    previous, reach : (programme, draw, region) of all blocks; this block begins at position `first`
    """
    compliant = year.new_compliant_share * year.new_estates
    all_estates = estates + year.new_estates
    incomplete = np.maximum(0.0, all_estates - (complete + compliant))
    left = incomplete * 1.0
    aided = np.empty_like(reach[first : first + len(year.houses_per_estate)])
    limit, waiting_for = np.empty_like(aided), np.empty_like(aided)
    for n in range(len(aided)):
        p = first + n
        limit[n] = ramp_limit(year.known[p], year.ramp_start[p], year.ramp_rate[p], previous[p])
        waiting_for[n] = left
        aided[n] = np.minimum(np.minimum(reach[p], limit[n]), left)
        left = np.maximum(0.0, left - aided[n])
    waiting = np.maximum(0.0, complete - handed_over)
    moved = compliant + year.psu_handover_rate * waiting
    return Estates(
        estates=all_estates,
        complete=complete + compliant + (incomplete - left),
        handed_over=handed_over + moved,
        aided=aided,
        ramp_limit=limit,
        incomplete=waiting_for,
        handed_over_in_year=moved,
    )
