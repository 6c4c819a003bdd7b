"""BPTK-Py on its Rust engine, in two forms: its documented call, and the engine itself.

The documented call translates the model anew for every draw. Calling the engine (an undocumented module) avoids that
and steps through the years, which is faster than its `simulate`: that labels every number with its year as text.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from BPTK_Py import Model
from BPTK_Py import sd_functions as sd
from BPTK_Py.modeling.model import load_rust_model

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
    SHARE,
    SUBSTANDARD_SHARE,
    YEARS,
    Array,
    Parameters,
    Prepared,
    Tool,
    drawn_parameters,
)

NAMES = [f"rtlh {region}" for region in range(REGIONS)]


def prepare_call(draws: int) -> Prepared:
    """A model whose constants are set for a draw, and which is then simulated."""
    model = _model()

    def run(parameters: Parameters) -> Any:
        return [_simulated(model, draw) for draw in parameters.by_draw()]

    def array(frames: Any) -> Array:
        return np.stack([frame[NAMES].to_numpy()[1:] for frame in frames], axis=1)

    return Prepared(lambda seed: drawn_parameters(seed, draws), run, array)


def prepare_engine(draws: int) -> Prepared:
    """A model loaded into the engine once, whose constants are set for a draw."""
    engine = load_rust_model(_model())

    def run(parameters: Parameters) -> Any:
        return [list(_stepped(engine, draw)) for draw in parameters.by_draw()]

    def array(runs: Any) -> Array:
        return np.array([[[year[name] for name in NAMES] for year in years] for years in runs]).swapaxes(0, 1)

    return Prepared(lambda seed: drawn_parameters(seed, draws), run, array)


def _simulated(model: Any, draw: dict[str, float]) -> Any:
    for name, value in draw.items():
        model.constants[name].equation = value
    return model.simulate(NAMES, backend="rust")


def _stepped(engine: Any, draw: dict[str, float]) -> Iterator[dict[str, float]]:
    engine.reset()
    for name, value in draw.items():
        engine.set_constant(name, value)
    engine.init(NAMES)
    for _ in range(YEARS):
        yield engine.step()


def _model() -> Any:
    """Every region with stocks and flows of its own: the engine takes arrays apart in the same way."""
    model = Model(starttime=0.0, stoptime=float(YEARS), dt=1.0, name="houses")
    for name, (_, mode, _) in RANGES.items():
        model.constant(name).equation = mode
    for region, share in enumerate(SHARE.tolist()):
        _add_region(model, region, share)
    return model


def _add_region(model: Any, region: int, share: float) -> None:
    decent, treated, rtlh = (model.stock(f"{name} {region}") for name in ("decent", "treated", "rtlh"))
    deteriorated, relapsed, improved, effective = (
        model.flow(f"{name} {region}") for name in ("deteriorated", "relapsed", "improved", "effective")
    )
    waiting = model.converter(f"waiting {region}")
    decent.initial_value, treated.initial_value, rtlh.initial_value = DECENT * share, 0.0, RTLH * share
    deteriorated.equation = model.constants["deterioration_rate"] * decent
    relapsed.equation = RELAPSE_RATE * treated
    improved.equation = model.constants["self_improvement_rate"] * rtlh
    built = BUILT * share
    waiting.equation = rtlh + deteriorated + relapsed + SUBSTANDARD_SHARE * built - improved - RTLH_LOSS_RATE * rtlh
    effective.equation = model.constants["effectiveness_share"] * sd.min(REACH * share, waiting)
    rtlh.equation = deteriorated + relapsed + SUBSTANDARD_SHARE * built - improved - RTLH_LOSS_RATE * rtlh - effective
    decent.equation = improved + (1 - SUBSTANDARD_SHARE) * built - deteriorated - DECENT_LOSS_RATE * decent
    treated.equation = effective - relapsed


BPTK_CALL = Tool("BPTK-Py, Rust back end, `simulate` per draw", ("bptk-py",), 200, prepare_call)
BPTK_ENGINE = Tool("BPTK-Py, Rust engine called directly", ("bptk-py",), 10_000, prepare_engine)
