"""A waterfall adds up in whole houses, whatever moves the stock."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import backlog_model as bm
from backlog_model import store
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.flows import flows
from small_scenario import write


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return bm.load_scenario(write(tmp_path_factory.mktemp("plan")))


@settings(max_examples=40, deadline=None)
@given(
    decay=st.floats(0.0, 0.2),
    repair=st.floats(0.0, 0.4),
    relapse=st.floats(0.0, 0.3),
    substandard=st.floats(0.0, 1.0),
    money=st.floats(0.0, 2e10),
    known=st.integers(2025, 2030),
)
def test_whole_houses_add_up_from_stock_to_stock(scenario, decay, repair, relapse, substandard, money, known):
    plan = scenario.replace(
        {
            "assumptions.deterioration_rate": decay,
            "assumptions.self_improvement_rate": repair,
            "assumptions.relapse_rate": relapse,
            "assumptions.substandard_share": substandard,
            "assumptions.household_growth_rate": 0.02,
            "programmes.bsps.budget_idr.apbn": round(money),
            "now": known,
        }
    )
    described = store.described(plan, draws=0, seed=1, design="latin_hypercube")
    (figure,) = flows(Dossier.of([described], [bm.run(plan, draws=0)], "id"))
    rows = figure.records
    assert rows[0]["end"] + sum(row["change"] or 0 for row in rows) == rows[-1]["end"]
    assert all(after["start"] == before["end"] for before, after in itertools.pairwise(rows[:-1]))
    assert all(isinstance(row["end"], int) and row["end"] >= 0 for row in rows)
