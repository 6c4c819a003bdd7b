"""A projection in a notebook: its table, its charts, and that nothing of it loads before it is looked at."""

import base64
import re
from xml.etree import ElementTree

import altair
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from backlog_model import BacklogModelError, load_scenario
from backlog_model.ensemble import run
from backlog_model.report import notebook
from report_case import kalsel
from test_public_names import modules_after


@pytest.fixture(scope="module")
def plan():
    return load_scenario(kalsel("baseline")[0])


@pytest.fixture(scope="module")
def projection(plan):
    return run(plan, draws=60)


@pytest.fixture(scope="module")
def central():
    return run(load_scenario(kalsel("x")[0].parents[1] / "template" / "scenario.yaml"), draws=0)


def cells(html):
    root = ElementTree.fromstring(html)
    return [[cell.text or "" for cell in row] for row in root.iter("tr")]


# table


def test_the_table_holds_the_province_in_some_years(projection):
    head, first, *_ = cells(projection._repr_html_())
    assert head == ["indikator", "2024", "2025", "2026", "2027", "2030", "2035", "rentang 90 % pada 2027"]
    assert first[:2] == ["Rumah tidak layak huni (RTLH) (rumah)", "237.973"]
    low, high = projection.statistics("rtlh_houses", by="province", points=(0.05, 0.95)).quantiles[:, 3, 0]
    assert first[-1].replace(".", "") == f"{low:.0f} – {high:.0f}"


def test_what_no_source_covers_has_no_row_and_without_draws_there_is_no_range(central):
    rows = cells(central._repr_html_())
    assert not any("kumuh" in row[0] or "PSU" in row[0] for row in rows)
    assert rows[0][-1] == "2035"


def test_the_language_is_that_of_the_scenario(plan):
    html = run(plan.replace({"output.language": "en"}), draws=0)._repr_html_()
    assert "Uninhabitable houses (RTLH) (houses)" in html
    assert "237,973" in html


def test_names_of_users_are_text(projection):
    from dataclasses import replace

    html = replace(projection, scenario="<script>&", names={"63": "<b>"})._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;&amp;" in html


def test_the_name_of_a_projection_is_short(projection):
    assert repr(projection) == "Projection(scenario='baseline', years=2025-2035, regions=13, draws=60)"


# charts


def test_a_chart_of_the_province(projection):
    shown = projection.chart("rtlh_houses")
    altair.Chart.from_dict(shown.spec, validate=True)
    assert shown.figure.title == "Rumah tidak layak huni (RTLH), 2024–2035 (rumah)"
    assert shown.figure.value("central", year=2024) == 237973
    median = projection.statistics("rtlh_houses", by="province", points=(0.5,)).quantiles[0, -1, 0]
    assert shown.figure.value("p50", year=2035) == pytest.approx(median)


def test_a_chart_of_the_regions_names_them(projection):
    shown = projection.chart("decent_share", by="region", language="en")
    altair.Chart.from_dict(shown.spec, validate=True)
    assert len({record["name"] for record in shown.figure.records}) == 13
    assert "Tanah Laut" in {record["name"] for record in shown.figure.records}
    assert shown.figure.title == "Decent share by region, 2024–2035 (%): same scale"


@pytest.mark.parametrize(
    ("variable", "part"), [("budget_idr", "bsps.apbn"), ("years_to_clear", "total"), ("slum_ha", "province")]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_flows_parts_and_undefined_years_are_drawn(projection, central, variable, part, language):
    shown = projection.chart(variable, part=part, language=language)
    altair.Chart.from_dict(shown.spec, validate=True)
    assert "<text" in shown._repr_mimebundle_()["image/svg+xml"]


def test_unknown_names_are_refused_with_the_nearest(projection):
    with pytest.raises(BacklogModelError, match="did you mean rtlh_houses"):
        projection.chart("rtlh_house")
    with pytest.raises(BacklogModelError, match="expected 'region' or 'province'"):
        projection.chart("rtlh_houses", by="regions")


def test_what_no_source_covers_is_refused(central):
    with pytest.raises(BacklogModelError, match="slum_ha: covered by no source, nothing to draw"):
        central.chart("slum_ha")


def test_every_kind_of_notebook_finds_a_form(projection):
    shown = projection.chart("rtlh_houses")
    bundle = shown._repr_mimebundle_()
    assert bundle["application/vnd.vegalite.v6+json"] == shown.spec
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"].startswith("Rumah tidak layak huni (RTLH), 2024–2035 (rumah).")
    shown_by_ipython, _ = DisplayFormatter().format(shown)
    assert set(bundle) <= set(shown_by_ipython)


def test_without_the_drawing_library_the_specification_is_left(projection, monkeypatch):
    monkeypatch.setattr(notebook, "find_spec", lambda _: None)
    assert set(projection.chart("rtlh_houses")._repr_mimebundle_()) == {notebook.MIME, "text/plain"}


def test_a_chart_saves_itself(projection, tmp_path):
    shown = projection.chart("rtlh_houses")
    assert "237" in shown.save(tmp_path / "fan.svg").read_text(encoding="utf-8")
    assert shown.save(str(tmp_path / "fan.PNG")).read_bytes().startswith(b"\x89PNG")
    with pytest.raises(BacklogModelError, match=r"fan.pdf: expected a name that ends in .svg, .png"):
        shown.save(tmp_path / "fan.pdf")


def test_counted_draws_are_drawn_too(plan):
    counted = run(plan, draws=60, memory_limit=1)
    assert counted.tallies is not None
    shown = counted.chart("rtlh_houses", by="region")
    assert np.isfinite(shown.figure.value("p95", region="63.01", year=2030))
    assert re.search(r"<td[^>]*>\d", counted._repr_html_())


def test_nothing_of_it_loads_with_a_projection():
    found = modules_after("import backlog_model.projection, backlog_model.ensemble")
    assert "vl_convert" not in found
    assert "pandas" not in found
