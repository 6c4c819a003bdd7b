"""Entries of a scenario in words: what a dotted path is called, and the unit in which people read its number."""

from collections.abc import Mapping
from typing import NamedTuple

from backlog_model.report import words
from backlog_model.report.assumption_terms import ASSUMPTION_UNITS, ASSUMPTIONS
from backlog_model.report.numbers import Language
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.units import Unit

_SHARED = ("programmes", "shocks", "revisions")
_READ: Mapping[str, tuple[float, int]] = {
    "factor": (1.0, 2),
    "hectares": (1.0, 2),
    "houses per additional household": (1.0, 2),
    "houses per crew and year": (1.0, 1),
    "largest growth per year, 1 for doubling": (100.0, 1),
    "new stock over old stock": (1.0, 3),
    "persons per household": (1.0, 2),
    "rupiah": (1e-9, 1),
    "rupiah per house or hectare": (1e-6, 1),
    "rupiah per house, hectare or household": (1e-6, 1),
    "share per year": (100.0, 2),
    "share of a stock per year": (100.0, 2),
    "share": (100.0, 1),
    "share of the region's crews": (100.0, 1),
    "number": (1.0, 2),
}
"""Factor and decimals of each unit; the number as it is, whole, for any other."""


class ReadAs(NamedTuple):
    """Unit in which people read the number of an entry.

    Attributes
    ----------
    unit : in words; empty for a bare number
    factor : from the number written to the number read
    decimals : behind the decimal mark
    """

    unit: str
    factor: float
    decimals: int


def assumption_label(path: str, scenario: Scenario, language: Language) -> str:
    """What an entry of a scenario is called; the path itself where it is none that is known.

    Examples
    --------
    >>> import backlog_model as bm
    >>> plan = bm.load_scenario("scenarios/template/scenario.yaml")
    >>> assumption_label("assumptions.deterioration_rate", plan, "id")
    'kerusakan rumah layak'
    >>> assumption_label("programmes.bsps.absorption_share.apbn", plan, "en")
    'absorption of the budget, State (APBN): BSPS (state budget)'
    """
    whole = path.removesuffix(".split")
    section, *steps = whole.split(".")
    name = steps.pop(0) if section in _SHARED and steps else ""
    if section.startswith("realised_") and steps:
        section, name, steps = "", steps[0], [section]
    steps = [step for step in steps if step != "sharing"]
    label = _field(section, steps[0], language) if steps else ""
    if not label:
        return path
    for step in steps[1:]:
        label = words.say("assumption_part", language, label=label, part=_part(step, scenario, language))
    if path != whole:
        label = words.say("assumption_split", language, label=label)
    called = _called(name, scenario, language)
    return words.say("assumption_of", language, label=label, name=called) if called else label


def assumption_unit(unit: Unit, language: Language) -> ReadAs:
    """Unit in which people read the number of an entry: percent and not shares, millions and not rupiah.

    Examples
    --------
    >>> from backlog_model.scenario.units import unit_of
    >>> assumption_unit(unit_of("deterioration_rate"), "id")
    ReadAs(unit='% per tahun', factor=100.0, decimals=2)
    """
    known = unit.words if unit.words in ASSUMPTION_UNITS else unit.words.partition(",")[0]
    return ReadAs(ASSUMPTION_UNITS[known].said(language), *_READ.get(known, (1.0, 0)))


def _field(section: str, field: str, language: Language) -> str:
    """Name of a field, that of its section first; empty where there is none."""
    keys = (f"assumption_{section}_{field}", f"assumption_{field}")
    return next((words.say(key, language) for key in keys if key in ASSUMPTIONS), "")


def _part(step: str, scenario: Scenario, language: Language) -> str:
    """Name of a class, an authority, a source or a region."""
    if step in scenario.region_table.codes:
        return scenario.region_table.name(step)
    part = words.part(step, language)
    return words.source(step, language) if part == step else part


def _called(name: str, scenario: Scenario, language: Language) -> str:
    """Name of a programme, a disaster or a re-registration."""
    labels = {
        key: entry.label
        for entries in (scenario.revisions, scenario.shocks, scenario.programmes)
        for key, entry in entries.items()
    }
    if name not in labels:
        return name
    return labels[name].id if language == "id" else labels[name].en
