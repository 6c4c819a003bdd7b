"""The numbers behind what a run draws, to tell which of them moves a result."""

from backlog_model.assembly.drawing import Drawing
from backlog_model.ensemble import streams_of
from backlog_model.inputs import Array
from backlog_model.scenario.checking import values_in
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGN, Design


def drawn_assumptions(scenario: Scenario, *, draws: int, seed: int = 1, design: Design = DESIGN) -> dict[str, Array]:
    """Uniform numbers behind each assumption that a run draws once for all years and regions, by dotted path.

    They are the numbers of `run` with the same draws, seed and design, correlations included: a high one means a high
    value of the assumption. Values drawn anew by year or region have no single number and are left out.

    Returns
    -------
    name -> (draw,) numbers between 0 and 1
    """
    streams = streams_of(scenario, draws=draws, seed=seed, design=design)
    drawing = Drawing.of(scenario, streams, range(draws))
    names = dict.fromkeys(value.path for value in values_in(scenario) if value.is_drawn and value.drawn == "draw")
    return {name: drawing.uniform(name, "draw", (0,), ("",))[0, :, 0] for name in names}
