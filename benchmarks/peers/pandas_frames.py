"""One pandas frame per year; its rows are draws x regions."""

import numpy as np
import pandas as pd

from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
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


def prepare(draws: int) -> Prepared:
    """Frames that are ready: there is nothing to build."""
    return Prepared(lambda seed: drawn_parameters(seed, draws), _run, _array)


def _run(parameters: Parameters) -> list[pd.DataFrame]:
    frame = _opening(parameters)
    frames = []
    for _ in range(YEARS):
        frame = _next_year(frame)
        frames.append(frame)
    return frames


def _opening(parameters: Parameters) -> pd.DataFrame:
    draws = pd.DataFrame(parameters._asdict()).rename_axis("draw").reset_index()
    regions = pd.DataFrame({"region": range(REGIONS), "share": SHARE})
    frame = draws.merge(regions, how="cross").set_index(["draw", "region"])
    frame["decent"] = DECENT * frame["share"]
    frame["treated"] = 0.0
    frame["rtlh"] = RTLH * frame["share"]
    frame["built"] = BUILT * frame["share"]
    frame["reach"] = REACH * frame["share"]
    return frame


def _next_year(last: pd.DataFrame) -> pd.DataFrame:
    deteriorated = last["deterioration_rate"] * last["decent"]
    relapsed = RELAPSE_RATE * last["treated"]
    improved = last["self_improvement_rate"] * last["rtlh"]
    removed = RTLH_LOSS_RATE * last["rtlh"]
    waiting = last["rtlh"] + deteriorated + relapsed + SUBSTANDARD_SHARE * last["built"] - improved - removed
    effective = last["effectiveness_share"] * np.minimum(last["reach"], waiting)
    inflow = improved + (1 - SUBSTANDARD_SHARE) * last["built"]
    return last.assign(
        decent=last["decent"] + inflow - deteriorated - DECENT_LOSS_RATE * last["decent"],
        treated=last["treated"] + effective - relapsed,
        rtlh=waiting - effective,
    )


def _array(frames: list[pd.DataFrame]) -> Array:
    return np.stack([frame["rtlh"].to_numpy().reshape(-1, REGIONS) for frame in frames])


PANDAS = Tool("pandas, one frame per year", ("pandas",), 16_384, prepare, runs=15)
