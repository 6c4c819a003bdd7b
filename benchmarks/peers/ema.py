"""EMA Workbench around a Python function: it samples the uncertainties, calls the function and keeps the outcomes."""

from typing import Any

from ema_workbench import ArrayOutcome, Model, RealParameter, Sample, Samplers, perform_experiments
from scipy.stats import triang

from case import RANGES, REGIONS, YEARS, Array, Parameters, Prepared, Tool
from plain_python import SHARES, houses_by_year


def prepare(draws: int) -> Prepared:
    """A model with its uncertainties and its outcome."""
    model = Model("houses", function=_houses)
    model.uncertainties = [RealParameter.from_dist(name, _triangular(*RANGES[name])) for name in RANGES]
    model.outcomes = [ArrayOutcome("rtlh", shape=(REGIONS, YEARS), dtype=float)]

    def drawn(seed: int) -> Any:
        return Samplers.MC.value.generate_samples(model.uncertainties, draws, rng=seed)

    def run(scenarios: Any) -> Any:
        return perform_experiments(model, scenarios=scenarios, log_progress=True)

    return Prepared(drawn, run, _array, _given)


def _houses(**draw: float) -> dict[str, Any]:
    return {"rtlh": [houses_by_year(share, **draw) for share in SHARES]}


def _triangular(low: float, mode: float, high: float) -> Any:
    return triang(c=(mode - low) / (high - low), loc=low, scale=high - low)


def _array(results: Any) -> Array:
    return results[1]["rtlh"].transpose(2, 0, 1)


def _given(parameters: Parameters) -> list[Sample]:
    return [Sample(**draw) for draw in parameters.by_draw()]


EMA = Tool("EMA Workbench around a Python function", ("ema-workbench",), 4_000, prepare)
