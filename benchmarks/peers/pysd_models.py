"""PySD, in three forms: a run per draw (regions one after another, or as a subscript), and draws as a subscript.

The models are written in Vensim's language and translated by PySD; neither that nor loading them is timed. Shares are
written as whole weights over their sum, since the translation keeps eight digits of a list of numbers.
"""

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pysd
import xarray as xr

from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
    RANGES,
    REACH,
    REGIONS,
    RELAPSE_RATE,
    RTLH,
    RTLH_LOSS_RATE,
    SUBSTANDARD_SHARE,
    WEIGHT_OF_ALL,
    WEIGHT_OF_REGION,
    YEARS,
    Array,
    Parameters,
    Prepared,
    Tool,
    drawn_parameters,
)

CELL, REGION, DRAW = "[draw,region]", "[region]", "[draw]"
OPTIONS = {"return_columns": ["rtlh"], "return_timestamps": range(1, YEARS + 1), "flatten_output": False}

EQUATIONS = {
    f"weight{REGION}": ",".join(f"{weight:g}" for weight in WEIGHT_OF_REGION),
    f"share{REGION}": f"weight{REGION} / {WEIGHT_OF_ALL}",
    **{f"{name.replace('_', ' ')}{DRAW}": str(mode) for name, (_, mode, _) in RANGES.items()},
    f"built{REGION}": f"{BUILT} * share{REGION}",
    f"reach{REGION}": f"{REACH} * share{REGION}",
    f"deteriorated{CELL}": f"deterioration rate{DRAW} * decent{CELL}",
    f"relapsed{CELL}": f"{RELAPSE_RATE} * treated{CELL}",
    f"improved{CELL}": f"self improvement rate{DRAW} * rtlh{CELL}",
    f"removed{CELL}": f"{RTLH_LOSS_RATE} * rtlh{CELL}",
    f"inflow{CELL}": f"deteriorated{CELL} + relapsed{CELL} + {SUBSTANDARD_SHARE} * built{REGION}",
    f"waiting{CELL}": f"rtlh{CELL} + inflow{CELL} - improved{CELL} - removed{CELL}",
    f"effective{CELL}": f"effectiveness share{DRAW} * MIN(reach{REGION}, waiting{CELL})",
    f"rtlh{CELL}": (f"INTEG(inflow{CELL} - improved{CELL} - removed{CELL} - effective{CELL}, {RTLH} * share{REGION})"),
    f"decent{CELL}": (
        f"INTEG(improved{CELL} + {1 - SUBSTANDARD_SHARE} * built{REGION} - deteriorated{CELL}"
        f" - {DECENT_LOSS_RATE} * decent{CELL}, {DECENT} * share{REGION})"
    ),
    f"treated{CELL}": f"INTEG(effective{CELL} - relapsed{CELL}, 0)",
    "INITIAL TIME": "0",
    "FINAL TIME": str(YEARS),
    "TIME STEP": "1",
    "SAVEPER": "1",
}


def prepare_subscripted(draws: int) -> Prepared:
    """A model whose subscripts are draws and regions: one run does all draws."""
    model = _model(f"draw: (d1-d{draws}) ~~|\nregion: (r1-r{REGIONS}) ~~|\n{_text()}")
    labels = {"draw": model.subscripts["draw"]}

    def run(parameters: Parameters) -> Any:
        given = {name.replace("_", " "): xr.DataArray(values, labels) for name, values in _named(parameters)}
        return model.run(params=given, **OPTIONS)["rtlh"]

    return Prepared(
        lambda seed: drawn_parameters(seed, draws), run, lambda years: np.stack([year.to_numpy() for year in years])
    )


def prepare_per_draw(draws: int) -> Prepared:
    """A model whose subscript is regions, run once per draw."""
    model = _model(f"region: (r1-r{REGIONS}) ~~|\n{_text().replace('draw,', '').replace(DRAW, '')}")

    def run(parameters: Parameters) -> Any:
        return [model.run(params=_spelt(draw), **OPTIONS)["rtlh"] for draw in parameters.by_draw()]

    def array(runs: Any) -> Array:
        return np.stack([np.stack([year.to_numpy() for year in years]) for years in runs], axis=1)

    return Prepared(lambda seed: drawn_parameters(seed, draws), run, array)


def prepare_per_region(draws: int) -> Prepared:
    """A model without subscripts, run once per draw and region."""
    text = re.sub(r"\[[a-z,]*\]", "", _text().replace(EQUATIONS[f"weight{REGION}"], "1"))
    model = _model(text)

    def run(parameters: Parameters) -> Any:
        return [
            [model.run(params={**_spelt(draw), "weight": weight}, **OPTIONS)["rtlh"] for weight in WEIGHT_OF_REGION]
            for draw in parameters.by_draw()
        ]

    return Prepared(
        lambda seed: drawn_parameters(seed, draws), run, lambda runs: np.array(runs, dtype=float).transpose(2, 0, 1)
    )


def _text() -> str:
    return "\n".join(f"{name} = {equation} ~~|" for name, equation in EQUATIONS.items())


def _model(text: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "houses.mdl")
        path.write_text("{UTF-8}\n" + text + "\n", encoding="utf-8")
        return pysd.read_vensim(str(path))


def _named(parameters: Parameters) -> Any:
    return parameters._asdict().items()


def _spelt(draw: dict[str, float]) -> dict[str, float]:
    return {name.replace("_", " "): value for name, value in draw.items()}


PYSD_PER_DRAW = Tool("PySD, a run per draw, regions as a subscript", ("pysd",), 10, prepare_per_draw)
PYSD_PER_REGION = Tool("PySD, a run per draw and region", ("pysd",), 40, prepare_per_region)
PYSD_SUBSCRIPTED = Tool("PySD, draws and regions as subscripts", ("pysd",), 20_000, prepare_subscripted)
