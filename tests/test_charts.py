"""Charts: valid specifications, text in the pictures, numbers and words of the language, told apart in grey."""

import json
import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import altair
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog_model.report.charts import CHARTS, chart, picture, theme
from backlog_model.report.charts.comparisons import comparison
from backlog_model.report.charts.drawing import as_png, as_svg
from backlog_model.report.charts.end_labels import spread
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.figures.catalogue import figures
from backlog_model.report.figures.comparisons import comparisons
from backlog_model.report.figures.fans import fans
from backlog_model.report.figures.maps import maps
from backlog_model.report.figures.panels import panels
from backlog_model.report.figures.slums import slums
from backlog_model.report.figures.targets import targets
from report_case import dossier, kalsel

STOCKS = (fans, panels, maps, slums, comparisons)


def in_language(report, language):
    cases = tuple(replace(case, language=language) for case in report.cases)
    return replace(report, cases=cases, language=language)


def drawn(report):
    return {figure.name: figure for maker in STOCKS for figure in maker(report) if figure.chart}


@pytest.fixture(scope="module")
def report():
    return dossier(kalsel("baseline", "tkd_cut", "full_need", "bsps_surge"), draws=40)


@pytest.fixture(scope="module", params=["id", "en"])
def both(request, report):
    """Figures of stocks in each language."""
    return drawn(in_language(report, request.param))


@pytest.fixture(scope="module")
def indonesian(report):
    return drawn(report)


def texts(figure):
    """Every piece of text in the picture of a figure."""
    root = ElementTree.fromstring(as_svg(picture(figure)))
    return ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]


# all charts


def test_every_chart_of_a_report_is_valid(report):
    kinds = set()
    for figure in figures(report).values():
        if figure.chart:
            kinds.add(figure.chart)
            spec = picture(figure)
            altair.Chart.from_dict(spec, validate=True)
            json.dumps(spec, allow_nan=False)
    assert kinds == set(CHARTS)


def test_the_schema_is_that_of_the_release_that_draws():
    assert theme.SCHEMA.endswith(f"{altair.SCHEMA_VERSION}.json")


def test_a_misspelt_key_is_found(indonesian):
    spec = picture(indonesian["fan_rtlh_houses"])
    spec["vconcat"][0]["vconcat"][0]["layer"][0]["encodng"] = {}
    with pytest.raises(jsonschema.ValidationError, match="encodng"):
        altair.Chart.from_dict(spec, validate=True)


def test_pictures_hold_title_unit_years_and_foot(both):
    for figure in both.values():
        shown = " ".join(texts(figure))
        for word in (*figure.title.split(), *figure.foot.split(), *" ".join(figure.notes).split()):
            assert word in shown


def test_every_chart_describes_itself_and_hides_decoration_from_readers(both):
    for figure in both.values():
        spec = chart(figure)
        assert spec["description"] == figure.description
        assert "title" not in spec
        svg = as_svg(spec)
        assert "NaN" not in svg
        assert svg.count("<text") > 3


def test_data_stand_at_the_top_so_that_panels_hold_their_own_region(both):
    for name in ("regions_same", "regions_own", "regions_index"):
        spec = chart(both[name])
        facet = spec["vconcat"][1]
        assert spec["data"] == {"name": "figure"}
        assert not any("data" in layer for layer in facet["spec"]["layer"])


def test_a_picture_can_be_written_as_png(indonesian):
    assert as_png(picture(indonesian["map_value"]), ppi=40).startswith(b"\x89PNG")


# numbers


@pytest.mark.parametrize(("language", "thousands"), [("id", "200.000"), ("en", "200,000")])
def test_axes_write_numbers_as_the_language_does(report, language, thousands):
    shown = texts(drawn(in_language(report, language))["fan_rtlh_houses"])
    assert thousands in shown
    assert "2027" in shown


@pytest.mark.parametrize(("language", "value", "percent"), [("id", "24.751", "93 %"), ("en", "24,751", "93 %")])
def test_tiles_write_numbers_as_the_language_does(report, language, value, percent):
    found = drawn(in_language(report, language))
    assert value in texts(found["map_value"])
    assert any(text.endswith(" %") for text in texts(found["map_chance"])), percent


def test_half_a_tenth_of_a_chance_goes_up_as_in_the_tables(report):
    (figure,) = targets(report)
    at = [column.name for column in figure.columns].index("chance")
    rows = tuple((*row[:at], 45.15, *row[at + 1 :]) for row in figure.rows)
    shown = [text for text in texts(replace(figure, rows=rows)) if "±" in text and text[0].isdigit()]
    assert len(shown) == len(rows)
    assert all(text.startswith("45,2 ±") for text in shown)


def test_tooltips_use_the_formats_of_the_columns(indonesian):
    figure = indonesian["fan_decent_share"]
    lines = {line["field"]: line for line in theme.tooltips(figure)}
    assert lines["year"]["format"] == "d"
    assert lines["central"] == {"field": "central", "title": "jalur tengah", "format": ",.2f"}
    assert theme.config("id")["locale"]["number"]["decimal"] == ","
    assert theme.config("en")["locale"]["number"]["decimal"] == "."


# kinds


def test_a_fan_marks_now_and_names_what_it_draws(indonesian):
    shown = texts(indonesian["fan_rtlh_houses"])
    for text in ("akhir 2025", "90 % simulasi", "50 % simulasi", "jalur tengah", "angka tercatat"):
        assert text in shown
    assert {"target ilustrasi", "target lebih ketat"} <= set(shown)
    assert "rumah (sumbu tidak mulai dari nol)" in shown


def test_a_fan_breaks_where_the_stock_is_counted_again():
    figure = drawn(dossier(kalsel("regsosek_rebase"), draws=40))["fan_rtlh_houses"]
    assert "pendataan ulang" in texts(figure)
    layers = chart(figure)["layer"]
    broken = [layer for layer in layers if layer["encoding"].get("detail", {}).get("field") == "record"]
    assert len(broken) == 3  # two bands and the line


def test_fans_without_draws_and_without_targets_are_drawn():
    for figure in drawn(dossier([kalsel("x")[0].parents[1] / "template" / "scenario.yaml"], draws=0)).values():
        altair.Chart.from_dict(picture(figure), validate=True)
        assert "90 % simulasi" not in texts(figure)


def test_changes_are_told_by_arrows_and_centred_on_nothing(indonesian):
    figure = indonesian["map_change"]
    assert any(text.startswith("▼ ") for text in texts(figure))
    scale = chart(figure)["layer"][0]["encoding"]["color"]["condition"]["scale"]
    assert scale["domain"][0] == -scale["domain"][-1]
    assert scale["domain"][len(scale["domain"]) // 2] == 0


def test_palettes_follow_the_direction_of_the_variable(indonesian):
    def ramp(figure):
        return chart(figure)["layer"][0]["encoding"]["color"]["condition"]["scale"]["range"]

    for name in ("map_value", "map_change", "map_chance"):
        figure = indonesian[name]
        turned = replace(figure, settings={**figure.settings, "direction": "up"})
        assert ramp(figure) != ramp(turned)
    assert ramp(indonesian["map_value"]) == list(theme.WORSE_RAMP)
    assert ramp(indonesian["map_change"])[0] == theme.DIVERGING[-1]  # falling RTLH are better


def luminance(colour):
    return theme._luminance([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


@pytest.mark.parametrize("ramp", [theme.WORSE_RAMP, theme.BETTER_RAMP, theme.DIVERGING[3:], theme.DIVERGING[3::-1]])
def test_ramps_darken_all_the_way_so_that_they_read_in_grey(ramp):
    shades = [luminance(colour) for colour in ramp]
    assert shades == sorted(shades, reverse=True)


@pytest.mark.parametrize("ramp", [theme.WORSE_RAMP, theme.BETTER_RAMP, theme.DIVERGING[3:]])
def test_letters_on_a_ramp_have_enough_contrast(ramp):
    part = theme.dark_from(ramp)
    for step in range(101):
        shade = theme._luminance(theme._at(ramp, step / 100))
        letters = 1.0 if step / 100 > part else luminance(theme.INK)
        light, dark = max(shade, letters), min(shade, letters)
        assert (light + 0.05) / (dark + 0.05) > 3.7


def test_nine_scenarios_differ_without_colour(indonesian):
    figure = indonesian["comparison"]
    rows = [(f"s{place}", f"Skenario {place}", year, 1000.0 - 7 * place) for place in range(9) for year in (2025, 2030)]
    spec = comparison(replace(figure, rows=tuple(rows), settings={**figure.settings, "lead": "s0"}))
    dashes = spec["layer"][0]["encoding"]["strokeDash"]["scale"]["range"]
    assert all(one != other for one, other in combinations(dashes, 2))
    assert [line["lines"][0] for line in spec["layer"][-1]["data"]["values"]][8] == "Skenario 8: 944"


def test_scenarios_that_run_together_are_enlarged(indonesian):
    spec = chart(indonesian["comparison"])
    whole, near = spec["vconcat"]
    assert near["title"]["text"] == ["Diperbesar, tanpa Kebutuhan penuh (belum ada pembayar) (rumah)"]
    kept = near["layer"][0]["transform"][0]["filter"]["oneOf"]
    assert kept == ["baseline", "tkd_cut", "bsps_surge"]
    assert len(whole["layer"][0]["transform"][0]["filter"]["oneOf"]) == 4


def test_bars_of_slums_start_at_zero(indonesian):
    layers = chart(indonesian["slums"])["layer"]
    assert layers[0]["encoding"]["y"]["stack"] == "zero"
    assert "482" in texts(indonesian["slums"])


# labels and legends

HEIGHTS = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=9)


@given(HEIGHTS)
def test_labels_never_lie_over_another_and_keep_their_order(labels):
    wanted, heights = [place for place, _ in labels], [height for _, height in labels]
    found = spread(wanted, heights, bottom=300.0)
    assert all(place + height / 2 <= 300.0 + 1e-6 for place, height in zip(found, heights, strict=True))
    placed = sorted(zip(found, heights, wanted, strict=True))
    for (above, high, first), (below, low, second) in pairwise(placed):
        assert above + high / 2 <= below - low / 2 + 1e-6
        assert first <= second + 1e-9


def test_labels_with_room_stay_where_they_are():
    assert spread([200.0, 20.0, 100.0], [10.0, 10.0, 10.0], bottom=300.0) == [200.0, 20.0, 100.0]


def test_a_legend_wraps_and_stands_above_the_chart():
    layers = legend([Key(f"entry number {place}", "line", stroke="#000000") for place in range(6)], 300)
    rows = {value["y"] for value in layers[-1]["data"]["values"]}
    assert len(rows) > 1
    assert max(rows) < 0
    assert max(value["x"] for value in layers[-1]["data"]["values"]) < 300


def test_text_from_users_is_text(report):
    figure = replace(drawn(report)["map_value"], title="<script>alert(1)</script> & =1+1")
    figure = replace(figure, rows=tuple((row[0], "<b>'\"&", *row[2:]) for row in figure.rows))
    svg = as_svg(picture(figure))
    assert "<script>" not in svg
    assert "<b>" not in svg
    assert not re.search(r"alert\(1\)[^&]*<script", svg)
