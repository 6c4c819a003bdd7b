"""Which count of a stock each year belongs to, where a re-registration changes it."""

from collections.abc import Sequence

from backlog_model.analysis.promises import years_counted_again
from backlog_model.report.dossier import Case


def counted_again(case: Case, variable: str, years: Sequence[int], *, part: str = "total") -> tuple[int, ...]:
    """Those years in which the record that a variable tells is counted again."""
    return tuple(year for year in years_counted_again(variable, part, case.scenario) if year in years)


def records(case: Case, variable: str, years: Sequence[int], *, part: str = "total") -> dict[int, str]:
    """Which count each year belongs to, in words; empty where all years are of one count."""
    again = counted_again(case, variable, years, part=part)
    if not again:
        return {}
    first = case.view.say("figure_record_before", year=again[0])
    found = dict.fromkeys(years, first)
    for start in again:
        found |= {year: case.view.say("figure_record_from", year=start) for year in years if year >= start}
    return found
