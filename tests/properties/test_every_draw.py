"""What holds in every single draw, and what must not change a bit of any."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
import test_bounds
import test_conservation
from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate
from backlog_model.ensemble import streams_of
from backlog_model.inputs import Inputs
from backlog_model.projection import Projection, series_of
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGNS, Streams
from drawn_scenarios import EVERY_KIND, FALLING, REGIONS, drawing, written
from results import parts

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DRAWS = 200
# The identities and limits that hold for any inputs, without the machinery that makes inputs up; those that expect no
# known year, or hectares of all three authorities, are written again below.
_AGAIN = ("test_house_programmes_share_the_crews", "test_hectares_of_every_authority")
IDENTITIES = [
    test
    for module in (test_conservation, test_bounds)
    for name, test in vars(module).items()
    if name.startswith("test_") and name not in _AGAIN
]


def _drawn(scenario: Scenario, design: str = "latin_hypercube", draws: int = DRAWS) -> Inputs:
    return assemble(scenario, drawing(scenario, streams_of(scenario, draws=draws, seed=1, design=design)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture(scope="module")
def scenarios(folder):
    return {
        "every kind": written(folder / "every"),
        "kalsel": bm.load_scenario(SCENARIOS / "kalsel" / "baseline.yaml"),
        "template": bm.load_scenario(SCENARIOS / "template" / "scenario.yaml"),
    }


@pytest.fixture(scope="module")
def drawn(scenarios):
    return {name: _drawn(scenario) for name, scenario in scenarios.items()}


@pytest.fixture(scope="module")
def projections(drawn):
    return {name: simulate(inputs) for name, inputs in drawn.items()}


NAMES = pytest.mark.parametrize("name", ["every kind", "kalsel", "template"])


@NAMES
@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda test: test.__name__.removeprefix("test_"))
def test_identities_hold_in_every_draw(name, identity, drawn):
    identity.hypothesis.inner_test(drawn[name])


@NAMES
def test_crews_are_shared_in_every_draw_of_a_year_that_is_simulated(name, drawn):
    inputs = drawn[name]
    found = simulate(inputs).values["started_houses"].sum(axis=1)
    crews = np.broadcast_to(inputs.yearly.crews * inputs.yearly.houses_per_crew_year, found.shape)
    simulated = inputs.yearly.known[:, : len(inputs.axes.house_programmes)].max(axis=(1, 2, 3)) == 0
    simulated = np.broadcast_to(simulated, len(found))
    assert simulated.any()
    assert (found[simulated] <= crews[simulated] * (1 + 1e-12)).all()


@NAMES
def test_hectares_change_by_what_is_new_only(name, drawn):
    found = parts(drawn[name])
    states, flows = found["states"], found["flows"]
    area = states["slum_ha"].sum(axis=1) + states["slum_handled_ha"].sum(axis=1)
    new = flows["slum_revision_ha"].sum(axis=1) + flows["new_slum_ha"].sum(axis=1)
    np.testing.assert_allclose(np.diff(area, axis=0), new, atol=1e-9)
    assert area.any() == (name != "template")


@NAMES
def test_parts_add_to_the_total_and_regions_to_the_province(name, projections):
    projection = projections[name]
    for variable, quantity in QUANTITIES.items():
        if quantity.kind == "indicator":
            continue
        whole = projection.array(variable)
        size = 1e-12 * np.nanmax(np.abs(whole), initial=1.0) + 1e-9
        labels = projection.parts(variable)
        if labels != ("total",) and labels:
            added = sum(np.nan_to_num(projection.array(variable, part=part)) for part in labels)
            np.testing.assert_allclose(added, np.nan_to_num(whole), rtol=1e-12, atol=size, err_msg=variable)
        if variable != "unallocated_idr":
            regions, province = np.nansum(whole, axis=-1), projection.array(variable, by="province")[..., 0]
            np.testing.assert_allclose(regions, np.nan_to_num(province), rtol=1e-12, atol=size, err_msg=variable)


@NAMES
def test_a_drawn_split_moves_houses_between_regions_only(name, scenarios, drawn):
    opening, central = drawn[name].opening, assemble(scenarios[name]).opening
    rtlh, before = opening.rtlh_houses.sum(axis=0), central.rtlh_houses.sum(axis=0)
    every, houses = (each.decent_houses + each.treated_houses for each in (opening, central))
    np.testing.assert_allclose(rtlh.sum(axis=-1), before.sum(), rtol=1e-12)
    np.testing.assert_allclose(every + rtlh, np.broadcast_to(houses + before, rtlh.shape), rtol=1e-12)
    np.testing.assert_array_equal(opening.treated_houses, np.broadcast_to(central.treated_houses, rtlh.shape))
    assert (rtlh <= (houses + before - central.treated_houses) * (1 + 1e-12)).all()
    assert (rtlh.std(axis=0) > 0).all() == (name != "template")
    assert (opening.decent_houses >= 0).all()


def test_a_split_never_passes_the_houses_of_a_region(folder):
    """So few houses that most shares drawn are cut."""
    text = EVERY_KIND.replace("concentration: 12", "concentration: 1").replace(
        'decent_houses: {by_region: {"63.01": 6000, "63.02": 4000, "63.10": 2500}}',
        'decent_houses: {by_region: {"63.01": 100, "63.02": 700, "63.10": 60}}',
    )
    opening = _drawn(written(folder / "few", text)).opening
    rtlh, untreated = opening.rtlh_houses.sum(axis=0), np.array([1500.0, 1700.0, 660.0])
    cut = (rtlh >= untreated * (1 - 1e-12)).mean(axis=0)
    assert (rtlh <= untreated * (1 + 1e-12)).all()
    assert (cut > 0.1).all(), cut
    np.testing.assert_allclose(rtlh.sum(axis=-1), 3000, rtol=1e-12)
    np.testing.assert_allclose(rtlh + opening.decent_houses, np.broadcast_to(untreated, rtlh.shape), rtol=1e-12)


@pytest.mark.parametrize("name", ["every kind", "kalsel"])
def test_regions_are_wider_with_a_drawn_split_and_the_province_is_not_moved(name, scenarios, projections):
    scenario = scenarios[name]
    written_split = {**scenario.as_written()["opening"]["rtlh_houses"], "concentration": 1e9}
    fixed = simulate(_drawn(scenario.replace({"opening.rtlh_houses": written_split})))
    wide, narrow = (
        np.diff(np.quantile(each.array("rtlh_houses"), (0.05, 0.95), axis=1), axis=0)[0]
        for each in (projections[name], fixed)
    )
    assert (wide[0] > 20 * narrow[0] + 1).all()
    assert (wide[-1] > narrow[-1]).all()
    whole = [each.array("rtlh_houses", by="province")[0] for each in (projections[name], fixed)]
    np.testing.assert_allclose(*whole, rtol=1e-12)


# Bits: neither chunks, blocks, threads, the order of regions nor what else is drawn.


def _arrays(inputs: Inputs) -> dict[str, np.ndarray]:
    return {**inputs.opening._asdict(), **inputs.yearly._asdict()}


def _assert_same_inputs(actual: Inputs, expected: Inputs, first: int, last: int) -> None:
    """Draws of a part against the same draws of the whole; what is the same for all draws has one."""
    for name, array in _arrays(expected).items():
        part = array if array.shape[-2] == 1 else array[..., first:last, :]
        np.testing.assert_array_equal(_arrays(actual)[name], part, err_msg=name)


def _in_parts(scenario: Scenario, streams: Streams, edges: list[int]) -> None:
    whole = assemble(scenario, drawing(scenario, streams))
    for first, last in pairwise(edges):
        _assert_same_inputs(assemble(scenario, drawing(scenario, streams, first, last)), whole, first, last)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("edges", [[*range(20), 20, 100], [*range(0, 100, 7), 100], [0, 64, 100]])
def test_chunks_of_draws_are_assembled_as_all_at_once(edges, design, scenarios):
    scenario = scenarios["every kind"]
    _in_parts(scenario, streams_of(scenario, draws=100, seed=1, design=design), edges)


@pytest.mark.parametrize("edges", [[0, 1, 8, 40], [0, 23, 40]])
def test_kalsel_is_assembled_in_parts_as_at_once(edges, scenarios):
    scenario = scenarios["kalsel"]
    _in_parts(scenario, streams_of(scenario, draws=40, seed=1), edges)


def _assert_same_values(actual: Projection, expected: Projection) -> None:
    assert actual.values.keys() == expected.values.keys()
    for name, array in expected.values.items():
        np.testing.assert_array_equal(actual.values[name], array, err_msg=name)


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_blocks_of_draws_change_no_bit(block, scenarios):
    inputs = _drawn(scenarios["every kind"], draws=70)
    _assert_same_values(simulate(inputs, block=block), simulate(inputs))


def test_a_run_made_in_two_parts_is_the_whole_run(scenarios, projections):
    scenario = scenarios["every kind"]
    streams = streams_of(scenario, draws=DRAWS, seed=1)
    for first, last in ((0, 77), (77, DRAWS)):
        part = simulate(assemble(scenario, drawing(scenario, streams, first, last)))
        for name, array in projections["every kind"].values.items():
            np.testing.assert_array_equal(part.values[name], array[:, :, first:last], err_msg=name)


@pytest.mark.parametrize("limit", [{}, {"memory_limit": 0}], ids=["kept", "counted"])
def test_workers_change_no_bit(limit, scenarios):
    one, two = (bm.run(scenarios["every kind"], draws=160, workers=workers, **limit) for workers in (1, 2))
    _assert_same_values(one, two)
    for series in series_of(one.central):
        each = {"part": series.part, "by": series.by, "points": (0.05, 0.5, 0.95)}
        first, second = (run.statistics(series.variable, **each) for run in (one, two))
        for field in ("mean", "mc_error", "quantiles"):
            np.testing.assert_array_equal(getattr(first, field), getattr(second, field), err_msg=str(series))


def _reversed_regions(text: str) -> str:
    """The text with entries by region the other way round."""
    lines = []
    for line in text.splitlines():
        head, mark, rest = line.partition("by_region: {")
        if mark:
            inside, _, tail = rest.partition("}")
            line = head + mark + ", ".join(reversed(inside.split(", "))) + "}" + tail
        lines.append(line)
    return "\n".join(lines) + "\n"


def test_the_order_of_regions_in_the_files_changes_no_bit(folder, scenarios, projections):
    header, *rows = REGIONS.splitlines()
    table = "\n".join([header, *reversed(rows)]) + "\n"
    text = _reversed_regions(EVERY_KIND)
    assert '{"63.10": 4000, "63.02": 6000, "63.01": 9000}' in text
    other = written(folder / "reversed", text, regions=table)
    assert other.region_table.codes == scenarios["every kind"].region_table.codes
    _assert_same_values(simulate(_drawn(other)), projections["every kind"])


IRRELEVANT = {  # more that is drawn, and nothing that it could move
    "assumption": ("  slum_relapse_rate: 0.03\n", "  slum_relapse_rate: 0.03\n  vacancy_share: {uniform: [0, 0.1]}\n"),
    "programme": (
        "shocks:\n",
        "  idle: {treats: [light], budget_idr: {apbn: 0}, overhead_share: {uniform: [0, 0.2]}}\nshocks:\n",
    ),
    "shock": (
        "targets:\n",
        "  quake:\n    houses: {uniform: [0, 100], drawn: year}\n"
        '    region_share: {by_region: {"63.01": 1, "63.02": 0, "63.10": 0}}\n'
        "    falls_on_decent_share: 0\n    severity_share: {light: 1, medium: 0, heavy: 0}\ntargets:\n",
    ),
    "correlation": (
        "programmes:\n",
        "  - {between: [assumptions.new_slum_rate, assumptions.psu_handover_rate], correlation: 0.5}\nprogrammes:\n",
    ),
}
CHANGED = {  # what it may move
    "assumption": ("occupancy_backlog_households",),
    "programme": (),
    "shock": (),
    "correlation": ("psu_handed_over_estates", "psu_gap_estates"),
}


@pytest.mark.parametrize("design", ["random", "latin_hypercube"])
@pytest.mark.parametrize("what", IRRELEVANT)
def test_more_that_is_drawn_changes_no_bit_of_the_rest(what, design, folder, scenarios):
    before, after = IRRELEVANT[what]
    assert EVERY_KIND.count(before) == 1
    text = EVERY_KIND.replace(before, after)
    more = simulate(_drawn(written(folder / f"more {what}", text), design, 64))
    less = simulate(_drawn(scenarios["every kind"], design, 64))
    for name, array in less.values.items():
        if name in CHANGED[what]:
            assert (more.values[name] != array).any(), name
            continue
        found = more.array(name) if what == "programme" else more.values[name]
        np.testing.assert_array_equal(found, less.array(name) if what == "programme" else array, err_msg=name)


def test_the_seed_and_the_design_change_the_draws(folder):
    scenario = written(folder / "falling", FALLING)
    runs = [bm.run(scenario, draws=50, seed=seed, design=design) for seed in (1, 2) for design in DESIGNS]
    stocks = [run.array("rtlh_houses", by="province")[-1, :, 0] for run in runs]
    for position, one in enumerate(stocks):
        for other in stocks[:position]:
            assert not np.isin(one, other).any()
