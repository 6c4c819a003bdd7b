"""What differs between two plans: every entry that means another number, however it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import BacklogModelError
from backlog_model.inputs import Array
from backlog_model.scenario.distributions import Distribution
from backlog_model.scenario.paths import Drawn, Split, Value
from backlog_model.scenario.programmes import Programme
from backlog_model.scenario.records import Record
from backlog_model.scenario.schema import Assumptions, Correlation, Scenario
from backlog_model.scenario.units import Unit
from backlog_model.translation import Text

InputKind = Literal["lever", "uncertainty", "target", "opening", "other"]
Added = Literal["sum", "mean", "same"]

_WORDS = frozenset(
    (
        *("title", "label", "note", "source", "assumption", "definition", "reason", "output", "extends", "regions"),
        *("definition_before", "definition_after", "unit"),
    )
)
_WORDS_OF_VALUES = ("source", "assumption", "note", "definition")
_TABLES = ("csv", "estimated")
_KINDS: Mapping[str, InputKind] = {
    "programmes": "lever",
    "assumptions": "uncertainty",
    "correlations": "uncertainty",
    "shocks": "uncertainty",
    "revisions": "uncertainty",
    "targets": "target",
    "opening": "opening",
}
_NOT_DECIDED = (Programme.model_fields.keys() & Assumptions.model_fields.keys()) - {"unit_cost_idr"}
_ADDS_UP = ("houses", "households", "hectares", "estates", "rupiah", "crews of artisans", "persons")
_PROBABILITIES = np.array([0.005, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 0.995])
_ROUND_OFF = 1e-12


class Written(NamedTuple):
    """What a plan writes at a place, as in its file, and where the number is from; empty where it writes nothing."""

    text: str = ""
    origin: str | None = None  # a kind of `scenario.paths.Kind`; None for what is no number of the plan
    source: str | None = None


class InYear(NamedTuple):
    """Central numbers of one year; NaN where a plan has none."""

    year: int
    first: float
    second: float


@dataclass(frozen=True)
class InputDifference:
    """One entry in which two plans differ.

    Attributes
    ----------
    path : where it stands, dotted
    kind : `lever` (what planners decide), `uncertainty` (what they do not), `target`, `opening`, or `other`
    first, second : what each plan writes there
    unit : what its number measures, in words; empty for what is no number
    added : how regions are put together in `years`: their `sum` or `mean`, or all of them are the `same`
    years : years in which the central number of the province differs
    regions : codes of the regions whose own numbers differ
    """

    path: str
    kind: InputKind
    first: Written
    second: Written
    unit: str = ""
    added: Added = "same"
    years: tuple[InYear, ...] = ()
    regions: tuple[str, ...] = ()


def input_differences(first: Scenario, second: Scenario) -> tuple[InputDifference, ...]:
    """Every entry in which two plans differ, after `extends`; titles, names, sources and notes are no differences.

    Numbers are held against each other as the model reads them, region by region and year by year, at their medians
    and over their ranges: what is merely written in another way is the same.

    Raises
    ------
    BacklogModelError
        When the plans have no region in common.

    Examples
    --------
    >>> import backlog_model as bm
    >>> plan = bm.load_scenario("scenarios/template/scenario.yaml")
    >>> dearer = plan.replace({"assumptions.deterioration_rate": {"multiply": 1.1, "assumption": True}})
    >>> [each.path for each in input_differences(plan, dearer)]
    ['assumptions.deterioration_rate']
    """
    plans = _Plans.of(first, second)
    return (*_different_lists(plans), *_different_entries(plans))


@dataclass(frozen=True)
class _Plans:
    """Two plans, the regions that both have, and the years that any of them has."""

    first: Scenario
    second: Scenario
    codes: tuple[str, ...]

    @classmethod
    def of(cls, first: Scenario, second: Scenario) -> "_Plans":
        others = set(second.region_table.codes)
        codes = tuple(code for code in first.region_table.codes if code in others)
        if not codes:
            raise BacklogModelError(
                Text(
                    "{first} and {second} have no region in common; nothing can be compared",
                    first=first.name,
                    second=second.name,
                )
            )
        return cls(first, second, codes)

    def years(self, path: str) -> tuple[int, ...]:
        """Years in which an entry is read: the opening at the end of the year before the first one, a revision once."""
        section, _, below = path.partition(".")
        if section == "opening":
            return (self.first.years.first - 1,)
        if section == "revisions":
            return ({**self.second.revisions, **self.first.revisions}[below.partition(".")[0]].year,)
        return tuple(year for year in self.first.years.all if year in self.second.years.all)


def _different_lists(plans: _Plans) -> Iterator[InputDifference]:
    """Regions, and programmes that both have: their order is their priority."""
    regions = [plan.region_table.codes for plan in (plans.first, plans.second)]
    orders = [
        [name for name in plan.programmes if name in other.programmes]
        for plan, other in ((plans.first, plans.second), (plans.second, plans.first))
    ]
    for path, (one, other) in (("regions", regions), ("programmes", orders)):
        if list(one) != list(other):
            yield InputDifference(path, _kind(path), Written(", ".join(one)), Written(", ".join(other)))


def _different_entries(plans: _Plans) -> Iterator[InputDifference]:
    for path, first, second in _pairs(plans.first, plans.second, ""):
        if isinstance(first, Value) or isinstance(second, Value):
            found = _different_value(plans, path, first, second)
            if found is not None:
                yield found
        elif first != second:
            yield InputDifference(path, _kind(path), _plain(first), _plain(second))


def _pairs(first: Any, second: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Path of every entry that any of two records, mappings or lists holds, with what each holds; None for nothing."""
    if isinstance(first, Value) and isinstance(second, Mapping):
        first = dict.fromkeys(second, first)  # one value for all classes or sources
    elif isinstance(second, Value) and isinstance(first, Mapping):
        second = dict.fromkeys(first, second)
    if not (_is_branch(first) or _is_branch(second)):
        yield path, first, second
        return
    one, other = _entries(first, second), _entries(second, first)
    for name in dict.fromkeys((*one, *other)):
        yield from _pairs(one.get(name), other.get(name), f"{path}.{name}" if path else name)


def _is_branch(entry: Any) -> bool:
    return isinstance(entry, Record | Mapping) or (isinstance(entry, tuple) and _are_correlations(entry))


def _are_correlations(entry: tuple[Any, ...]) -> bool:
    return bool(entry) and isinstance(entry[0], Correlation)


def _entries(entry: Any, other: Any) -> dict[str, Any]:
    """What stands under each name; of a record that the other plan lacks, only what is written."""
    if isinstance(entry, Record):
        names = type(entry).model_fields if isinstance(other, Record) else entry.model_fields_set
        return {name: getattr(entry, name) for name in type(entry).model_fields if name in names and name not in _WORDS}
    if isinstance(entry, Mapping):
        return dict(entry)
    if isinstance(entry, tuple):
        return {" ~ ".join(sorted(each.between)): each.correlation for each in entry}
    return {}


def _kind(path: str) -> InputKind:
    steps = path.split(".")
    if steps[0] == "programmes" and len(steps) > 2 and steps[2] in _NOT_DECIDED:
        return "uncertainty"
    return _KINDS.get(steps[0], "other")


def _plain(entry: Any) -> Written:
    return Written() if entry is None else Written(_short(entry))


def _written(value: Value | None) -> Written:
    if value is None:
        return Written()
    content = _without_words(value.written)
    text = _short(content)[1:-1] if isinstance(content, Mapping) else _short(content)
    return Written(text, value.kind, value.source)


def _without_words(content: Any) -> Any:
    if not isinstance(content, Mapping):
        return content
    kept = {key: _without_words(entry) for key, entry in content.items() if key not in _WORDS_OF_VALUES}
    return kept["value"] if list(kept) == ["value"] else kept


def _short(content: Any) -> str:
    """Plain data as a scenario file has it, on one line."""
    if isinstance(content, Mapping):
        return "{" + ", ".join(f"{key}: {_short(entry)}" for key, entry in content.items()) + "}"
    if isinstance(content, list | tuple):
        return "[" + ", ".join(_short(entry) for entry in content) + "]"
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, float) and content.is_integer() and abs(content) < 1e15:
        content = int(content)
    return f"{content:_}" if isinstance(content, int) and abs(content) >= 10_000 else str(content)


def _different_value(plans: _Plans, path: str, first: Value | None, second: Value | None) -> InputDifference | None:
    if first is not None and second is not None and _read_alike(first, second):
        return None
    years = plans.years(path)
    one, other = (_numbers(value, years, plan) for value, plan in ((first, plans.first), (second, plans.second)))
    shared = [_of_regions(found, plan, plans.codes) for found, plan in ((one, plans.first), (other, plans.second))]
    differs = _differs(*shared)
    if first is not None and second is not None and not differs.any() and _law(first, plans) == _law(second, plans):
        return None
    known = first or second
    added = _added(known, one, other) if known is not None else "same"
    totals = [_together(found[:, 0], added) for found in (one, other)]
    changed = np.flatnonzero(_differs(*totals))
    return InputDifference(
        path,
        _kind(path),
        _written(first),
        _written(second),
        unit=known.unit.words if known is not None else "",
        added=added,
        years=tuple(InYear(years[row], *(float(total[row]) for total in totals)) for row in changed),
        regions=_codes(differs, plans.codes, first, second),
    )


def _read_alike(first: Value, second: Value) -> bool:
    """Whether two values are written in the same words, none of which names a table."""
    return first is second or (first.written == second.written and not _names_table(first.written))


def _names_table(content: Any) -> bool:
    if not isinstance(content, Mapping):
        return False
    return any(key in _TABLES or _names_table(entry) for key, entry in content.items())


def _law(value: Value, plans: _Plans) -> tuple[object, ...]:
    """What numbers at some probabilities do not tell: how often a value is drawn, where its ranges end, who has one."""
    concentration = value.form.concentration if isinstance(value.form, Split) else None
    laws = [each for each in (*value.form.parts(), value.spread) if isinstance(each, Distribution)]
    ends = tuple((*each.support, each.central(), each.mean()) for each in laws)
    drawn = value.drawn if value.is_drawn else None
    own_money = value.by_region if value.unit.words in _ADDS_UP else None
    return drawn, concentration, value.weight, own_money, ends, value.covered(plans.codes)


def _numbers(value: Value | None, years: tuple[int, ...], plan: Scenario) -> Array:
    """(year, central or probability, region or 1) numbers; NaN in years without one."""
    if value is None:
        return np.full((len(years), 1, 1), np.nan)
    start = value.first_year()
    known = tuple(year for year in years if start is None or year >= start)
    if value.path.startswith("realised_"):
        known = tuple(year for year in known if year in value.known_years())
    codes = plan.region_table.codes
    found = np.full(
        (len(years), 1 + len(_PROBABILITIES), len(codes) if value.by_region or "region" in value.drawn else 1), np.nan
    )
    if known:
        rows = [years.index(year) for year in known]
        found[rows, :1] = value.array(known, codes)
        found[rows, 1:] = value.array(known, codes, _at_probabilities)
    return found


def _at_probabilities(name: str, drawn: Drawn, years: tuple[int, ...], regions: tuple[str, ...]) -> Array:
    """The same probabilities for everything, in the shape that a value asks for."""
    shape = (len(years) if "year" in drawn else 1, len(_PROBABILITIES), len(regions) if "region" in drawn else 1)
    return np.broadcast_to(_PROBABILITIES[None, :, None], shape)


def _of_regions(found: Array, plan: Scenario, codes: tuple[str, ...]) -> Array:
    """Those of some regions, in their order; what holds for the province as a whole stays."""
    own = plan.region_table.codes
    return found if found.shape[2] == 1 else found[:, :, [own.index(code) for code in codes]]


def _differs(first: Array, second: Array) -> npt.NDArray[np.bool_]:
    one, other = np.broadcast_arrays(first, second)
    both_absent = np.isnan(one) & np.isnan(other)
    return np.asarray(~(both_absent | np.isclose(one, other, rtol=_ROUND_OFF, atol=0.0)))


def _added(value: Value, first: Array, second: Array) -> Added:
    """How regions are put together."""
    if adds_up(value.unit):
        return "sum"
    apart = [np.nan_to_num(np.ptp(found, axis=2)).max(initial=0.0) for found in (first, second)]
    return "mean" if max(apart) > 0 else "same"


def adds_up(unit: Unit) -> bool:
    """Whether numbers of regions, in a unit, add up to that of the province."""
    return unit.words in _ADDS_UP or unit.words.startswith(("houses,", "hectares,"))


def _together(central: Array, added: Added) -> Array:
    """(year,) numbers of the province from (year, region)."""
    return np.asarray(central.sum(axis=1) if added == "sum" else central.mean(axis=1))


def _codes(
    differs: npt.NDArray[np.bool_], codes: tuple[str, ...], first: Value | None, second: Value | None
) -> tuple[str, ...]:
    by_region = any(value is not None and value.by_region for value in (first, second))
    apart = np.atleast_1d(differs.any(axis=(0, 1)))
    if not by_region or len(apart) != len(codes):
        return ()
    return tuple(code for code, each in zip(codes, apart, strict=True) if each)
