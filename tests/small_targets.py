"""Targets of the smallest plan, examined beside one with twice the money, and changed as tests need them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from backlog_model.analysis.targets import Standing, TargetReport, examine
from backlog_model.analysis.verdict import Verdict
from backlog_model.scenario.loading import load_scenario
from small_scenario import SCENARIO, write

TARGETS = """\
targets:
  fewer: {variable: rtlh_houses, region: "63", year: 2029, value: 250, kind: published, source: plan}
  easy: {variable: rtlh_houses, region: "63", year: 2027, value: 450}
  early: {variable: reported_handled_houses, part: bsps, region: "63", year: 2026, value: 80}
  share: {variable: decent_share, region: "63", year: 2029, value: 0.9}
  occupied: {variable: occupancy_backlog_households, region: "63", year: 2028, value: 100}
  other: {variable: rtlh_houses, region: "63", year: 2030, value: 0, base_value: 76023, kind: published,
    applies: false, reason: another list}
  closed: {variable: rtlh_houses, region: "63", year: 2030, value: 0, applies: false, reason: a closed year}
"""
PLAN = SCENARIO.replace("0.004", "{triangular: [0.002, 0.004, 0.008], assumption: true}") + TARGETS


def examined(folder: Path) -> TargetReport:
    """What is said of the targets, in a few draws."""
    rival = load_scenario(write(folder, PLAN.replace("1_000_000_000", "2_000_000_000"), name="more.yaml"))
    return examine(load_scenario(write(folder, PLAN)), rivals=[rival], draws=40)


def joined(lines: list[str]) -> str:
    """Lines as one, as a reader reads them."""
    return " ".join(" ".join(lines).replace("\xa0", " ").split())


def standing_of(report: TargetReport, name: str) -> Standing:
    """Where one target stands."""
    return next(each for each in report.standings if each.promise.name == name)


def with_standing(report: TargetReport, standing: Standing) -> TargetReport:
    """The report with another standing of one target."""
    name = standing.promise.name
    return replace(report, standings=tuple(standing if s.promise.name == name else s for s in report.standings))


def with_verdict(report: TargetReport, name: str, verdict: Verdict | None) -> TargetReport:
    """The report with another verdict on one target."""
    return with_standing(report, replace(standing_of(report, name), verdict=verdict))


def with_group(report: TargetReport, **changes: Any) -> TargetReport:
    """The report with one group of targets that are funded together, in which something is changed."""
    return replace(report, funding=(replace(report.funding[0], **changes),))
