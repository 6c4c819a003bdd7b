"""Everything the past of a province says: findings, ledgers, breaks, forecasts, agreements, hindcasts, estimates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backlog_model.errors import close_hint
from backlog_model.history import declaration
from backlog_model.history.agreements import Agreed, agreements
from backlog_model.history.breaks import Break, breaks
from backlog_model.history.calibration import Calibration
from backlog_model.history.checks import check_rows
from backlog_model.history.declaration import NAME, problem, read_declaration
from backlog_model.history.declared_numbers import range_of
from backlog_model.history.handover import (
    TABLE,
    Estimate,
    as_long_table,
    decay_estimates,
    differences,
    estimates,
    prior_estimates,
)
from backlog_model.history.hindcast import Hindcasts, hindcasts
from backlog_model.history.inflow import Posterior, Shown, deterioration
from backlog_model.history.ledger import Ledger, close_ledger
from backlog_model.history.list_inflow import calibrated
from backlog_model.history.outlook import Outlook, outlooks
from backlog_model.history.published import Published
from backlog_model.history.tables import Row, first_record, read_table
from backlog_model.history.tables.findings import Finding
from backlog_model.history.workbook import is_input, read_workbook
from backlog_model.scenario.findings import Findings
from backlog_model.scenario.loading import load_scenario
from backlog_model.scenario.regions import RegionTable, read_regions
from backlog_model.translation import Text


@dataclass(frozen=True)
class Past:
    """What the past of one province says.

    Attributes
    ----------
    folder : of the province
    declared : what is asked of the past
    regions : its region table
    findings : what the data checks say, in the order of the tables
    ledgers, inflows : by name; an inflow only where a ledger shows one
    breaks, outlooks, agreements : by name
    posteriors : by the key of an estimate, rates of decay after what ledgers show
    hindcasts : forecasts as of earlier years
    estimates : numbers for scenarios
    outdated : keys and regions whose row in `estimates.csv` says something else
    """

    folder: Path
    declared: declaration.History
    regions: RegionTable
    findings: tuple[Finding, ...]
    ledgers: Mapping[str, Ledger]
    inflows: Mapping[str, Calibration]
    breaks: Mapping[str, Break]
    outlooks: Mapping[str, Outlook]
    agreements: Mapping[str, Agreed]
    posteriors: Mapping[str, Posterior]
    hindcasts: Hindcasts
    estimates: tuple[Estimate, ...]
    outdated: tuple[str, ...]

    @property
    def has_errors(self) -> bool:
        """Whether figures are wrong rather than only in doubt; what rests on them is not handed over."""
        return any(finding.severity == "error" for finding in self.findings)


def past_of(folder: Path) -> Past:
    """Everything the past of a province says.

    Parameters
    ----------
    folder : holds `history/history.yaml`, the history tables, and the scenario that prior assumptions come from

    Raises
    ------
    DataError, ScenarioError : with everything wrong with what is declared
    """
    _check_folder(folder)
    declared = read_declaration(folder)
    regions = read_regions(folder / declared.regions, Findings())
    if regions is None:
        raise problem(declared.regions, Text("no regions can be read"))
    rows, findings = _read(folder, declared, regions)
    published = Published(rows, left_out=sum(finding.severity == "error" for finding in findings))
    ledgers = {name: close_ledger(name, each, published) for name, each in declared.ledgers.items()}
    found = {name: calibrated(ledger) for name, ledger in ledgers.items()}
    inflows = {name: each for name, each in found.items() if each is not None}
    seen_breaks = breaks(declared, published)
    seen_outlooks = outlooks(declared, published)
    numbers = estimates(declared, seen_outlooks, regions.province_code)
    posteriors = _posteriors(folder, declared, numbers, ledgers, inflows, regions.province_code)
    numbers += decay_estimates(declared, posteriors, regions.province_code)
    return Past(
        folder=folder,
        declared=declared,
        regions=regions,
        findings=findings,
        ledgers=ledgers,
        inflows=inflows,
        breaks=seen_breaks,
        outlooks=seen_outlooks,
        agreements=agreements(declared, published, regions.province_code),
        posteriors=posteriors,
        hindcasts=hindcasts(declared, rows, seen_breaks),
        estimates=numbers,
        outdated=differences(numbers, folder) if numbers else (),
    )


def _check_folder(folder: Path) -> None:
    """Refuse what is not the folder of a province, naming what is meant."""
    if (folder / NAME).is_file():
        return
    if folder.is_file():
        raise problem(
            folder.as_posix(), Text("this is a file; expected the folder of a province, with {name} in it", name=NAME)
        )
    if not folder.is_dir():
        beside = [each.name for each in folder.parent.iterdir()] if folder.parent.is_dir() else []
        hint = close_hint(folder.name, beside)
        raise problem(folder.as_posix(), Text("there is no such folder{hint}", hint=hint))
    raise problem(
        folder.as_posix(), Text("no {name} in this folder; it says which ledgers and series belong together", name=NAME)
    )


def _read(
    folder: Path, declared: declaration.History, regions: RegionTable
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Rows of the history tables and filled-in workbooks that are not wrong, and everything to be said about all."""
    tables = folder / declared.tables
    if not tables.is_dir():
        raise problem(tables.as_posix(), Text("there is no such folder; expected history tables (.csv) in it"))
    rows: list[Row] = []
    findings: list[Finding] = []
    for file in sorted(tables.glob("*.csv")):
        if {"indicator", "value"} <= set(first_record(file)):
            found, wrong = read_table(file)
            rows, findings = [*rows, *found], [*findings, *wrong]
    for file in sorted(folder.iterdir()):
        if is_input(file):
            found, wrong = read_workbook(file)
            rows, findings = [*rows, *found], [*findings, *wrong]
    findings += check_rows(rows, regions.codes)
    places = {finding.place for finding in findings if finding.severity == "error"}
    return tuple(row for row in rows if row.place not in places), tuple(dict.fromkeys(findings))


def _posteriors(
    folder: Path,
    declared: declaration.History,
    numbers: Sequence[Estimate],
    ledgers: Mapping[str, Ledger],
    inflows: Mapping[str, Calibration],
    province: str,
) -> dict[str, Posterior]:
    wanted = {key: entry for key, entry in declared.estimates.items() if entry.method == "deterioration"}
    if not wanted:
        return {}
    before = as_long_table((*numbers, *prior_estimates(declared, province)), folder)
    scenario = load_scenario(folder / declared.scenario, tables={TABLE: before})
    return {
        key: deterioration(
            scenario if entry.prior is None else scenario.replace({key: entry.prior.written}),
            [_shown(f"estimates.{key}", ledgers[name], inflows.get(name)) for name in entry.of],
            discrepancy=entry.discrepancy,
        )
        for key, entry in wanted.items()
    }


def _shown(place: str, ledger: Ledger, inflow: Calibration | None) -> Shown:
    if inflow is None:
        raise problem(
            place,
            Text(
                "ledger {name} shows no inflow ({codes}); expected another one",
                name=ledger.name,
                codes=", ".join(ledger.codes),
            ),
        )
    at_risk = ledger.declared.houses_at_risk
    if at_risk is None:
        raise problem(
            f"ledgers.{ledger.name}", Text("houses_at_risk is missing; it says which houses can fall into the list")
        )
    draws, region = inflow.draws["inflow"], ledger.declared.region
    areas = [span.years * (span.opening.value + span.closing.value) / 2 for span in ledger.spans]
    _, houses, _ = range_of(at_risk, region, f"ledgers.{ledger.name}.houses_at_risk")
    return Shown(region, float(draws.mean()), float(draws.std()), sum(areas) / ledger.whole.years, houses)
