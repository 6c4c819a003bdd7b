"""Reads the worked cases of `golden/*.yaml` and finds the quantities they expect in a result.

Arrays in a case are written in the order of axes of `Inputs` without the draw axis, the region axis last; leading axes
that are left out repeat, as does an axis of length 1. Expected values are written in the order year, class, region.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from backlog_model.inputs import (
    AUTHORITIES,
    OPENING_SHAPES,
    YEAR_SHAPES,
    Array,
    Axes,
    Inputs,
    Opening,
    YearInputs,
    axis_lengths,
)
from backlog_model.neutral import credit_kept, empty_opening, full_coverage, neutral_years, plain_rules

FOLDER = Path(__file__).parent / "golden"
Parts = dict[str, dict[str, Array]]  # states, flows, money -> name -> array (year, ..., draw, region)


@dataclass(frozen=True)
class Expectation:
    """One row of a table of a case."""

    case: str
    inputs: Inputs
    quantity: str
    select: dict[str, Any]
    values: Array
    relative: float
    absolute: float

    def __str__(self) -> str:
        return " ".join([self.case, self.quantity, *(f"{k}={v}" for k, v in self.select.items())])


def expectations() -> list[Expectation]:
    """Every row of every file."""
    return [row for path in sorted(FOLDER.glob("*.yaml")) for row in _rows(path)]


def _rows(path: Path) -> list[Expectation]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    inputs = {"": build(case["inputs"])}
    rows = []
    for entry in case["expected"]:
        rule = entry.get("counting_rule", "")
        if rule not in inputs:
            inputs[rule] = build(case["inputs"], credit=rule)
        tolerance = {**case["tolerance"], **entry.get("tolerance", {})}
        select = {k: v for k, v in entry.items() if k not in ("quantity", "values", "tolerance")}
        values = np.ravel(np.asarray(entry["values"]))
        rows.append(
            Expectation(
                path.stem, inputs[rule], entry["quantity"], select, values, tolerance["relative"], tolerance["absolute"]
            )
        )
    return rows


def build(written: dict[str, Any], credit: str = "") -> Inputs:
    """Inputs of a case: nothing happens and nothing limits but what is written."""
    axes = Axes(province="63", **{name: tuple(labels) for name, labels in written["axes"].items()})
    lengths, region = axis_lengths(axes), len(axes.regions)
    opening: Opening = empty_opening(axes)
    for name, value in written.get("opening", {}).items():
        shape = (*(lengths[axis] for axis in OPENING_SHAPES.get(name, ())), 1, region)
        opening = opening._replace(**{name: _filled(value, shape)})
    yearly: YearInputs = neutral_years(axes)
    for name, value in written.get("yearly", {}).items():
        shape = (len(axes.years), *(lengths[axis] for axis in YEAR_SHAPES.get(name, ())), 1, region)
        yearly = yearly._replace(**{name: _filled(value, shape)})
    rules = plain_rules(axes)
    for name, value in written.get("rules", {}).items():
        rules = rules._replace(**{name: np.asarray(value, dtype=getattr(rules, name).dtype)})
    if credit:
        rules = rules._replace(credit_kept=credit_kept(credit))
    return Inputs(axes, opening, yearly, rules, full_coverage(axes))


def _filled(value: Any, shape: tuple[int, ...]) -> Array:
    array = np.asarray(value, dtype=float)
    with_draw = array[..., None, :] if array.ndim else array
    return np.broadcast_to(with_draw, shape).copy()


def found(parts: Parts, row: Expectation) -> Array:
    """What a result holds where a row of a case looks, in the order year, class, region."""
    array = _quantity(parts, row.inputs, row.quantity)[..., 0, :]
    opening_first = 1 if len(array) == len(row.inputs.axes.years) + 1 else 0
    years = row.select.get("years", range(1, len(row.inputs.axes.years) + 1))
    array = array[[year - 1 + opening_first for year in years]]
    if "programme" in row.select:
        array = array[:, row.inputs.axes.programmes.index(row.select["programme"])]
    if "authority" in row.select:
        a = AUTHORITIES.index(row.select["authority"])
        array = array[:, 3 * a : 3 * a + 3] if array.shape[1] == 9 else array[:, a]
    if row.select.get("total") == "regions":
        array = array.sum(-1)
    return array.ravel()


def _quantity(parts: Parts, inputs: Inputs, name: str) -> Array:
    if "." in name:
        part, field = name.split(".")
        return parts[part][field]
    return {**_houses(parts), **_households(parts, inputs), **_money(parts, inputs), **_hectares(parts, inputs)}[name]


def _houses(parts: Parts) -> dict[str, Array]:
    states, flows = parts["states"], parts["flows"]
    rtlh, effective = states["rtlh_houses"].sum(1), flows["effective_handled_houses"].sum(1)
    every = states["decent_houses"] + states["treated_houses"] + rtlh
    inflow = sum(flows[f"{name}_houses"] for name in ("deteriorated", "relapsed", "substandard_built", "disaster"))
    return {
        "all_houses": every,
        "decent_share": 1 - rtlh / np.maximum(every, 1e-300),
        "effective": effective,
        "net_clearance": rtlh[:-1] + flows["revision_houses"] - rtlh[1:],
        "break_even": inflow - flows["self_improved_houses"] - flows["removed_rtlh_houses"],
    }


def _households(parts: Parts, inputs: Inputs) -> dict[str, Array]:
    before = {name: array[:-1] for name, array in parts["states"].items()}
    financed, programmes = parts["flows"]["financed_households"], parts["flows"]["programme_new_houses"]
    owners = before["households"] * (1 - inputs.yearly.other_home_share) - before["ownership_backlog_households"]
    return {
        "owners_before": owners,
        "programme_and_financed_houses": inputs.yearly.new_house_share * financed + programmes.sum(1),
    }


def _money(parts: Parts, inputs: Inputs) -> dict[str, Array]:
    spent, budget = parts["money"]["spent_idr"].sum(1), parts["money"]["budget_idr"].sum(1)
    return {
        "unspent_of_programme_idr": parts["money"]["unspent_idr"].sum(1),
        "spent_of_programme_idr": spent,
        "fundable": parts["money"]["reach"] / (1 - inputs.yearly.drop_out_share),
        "budget_of_programme_idr": budget,
    }


def _hectares(parts: Parts, inputs: Inputs) -> dict[str, Array]:
    flows, base = parts["flows"], np.maximum(inputs.yearly.slum_base_ha, 1e-300)
    opening, authority = parts["states"]["slum_handled_ha"][:1], inputs.rules.slum_authority
    gross = (opening + flows["slum_handled_ha"].cumsum(0)) / base
    mine = [np.flatnonzero(authority == a) for a in range(len(AUTHORITIES))]
    return {
        "treated_of_authority_ha": np.stack([flows["slum_treated_ha"][:, own].sum(1) for own in mine], axis=1)
        if len(authority)
        else np.zeros_like(flows["slum_handled_ha"]),
        "gross_share": gross,
        "net_share": gross - flows["relapsed_slum_ha"].cumsum(0) / base,
    }
