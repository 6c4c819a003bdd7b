"""Boundaries of the user's own: what is read, what is refused and how it is said."""

import json
import math

import altair
import pytest

from backlog_model import DataError, load_scenario
from backlog_model.cli import DONE, INVALID, main
from backlog_model.report import boundaries
from backlog_model.report.boundaries import read_boundaries
from backlog_model.report.charts import picture
from backlog_model.report.charts.drawing import as_svg
from backlog_model.report.figures.maps import maps
from report_case import dossier, kalsel

CODES = ("63.01", "63.10", "63.71")


def square(code, west, south, *, name="kode", size=1.0, **properties):
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {name: code, **properties}, "geometry": geometry}


def squares(*codes):
    return [square(code, 114.0 + place, -3.0) for place, code in enumerate(codes)]


def collection(features):
    return {"type": "FeatureCollection", "features": features}


def written(folder, content):
    path = folder / "map.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def refused(folder, content, codes=CODES):
    with pytest.raises(DataError, match=r"map\.geojson") as caught:
        read_boundaries(written(folder, content), codes)
    return str(caught.value)


# what is read


def test_every_region_is_drawn_once_in_the_order_of_the_codes(tmp_path):
    found = read_boundaries(written(tmp_path, collection(squares("63.71", "63.01", "63.10"))), CODES)
    assert [each["properties"] for each in found["features"]] == [{"region": code} for code in CODES]
    assert set(found["points"]) == set(CODES)


@pytest.mark.parametrize("name", ["code", "KODE", "id", "KODE_KK", "kdcpum"])
def test_the_property_with_the_codes_is_found_by_what_it_holds(tmp_path, name):
    features = [square(code, 114.0 + at, -3.0, name=name, nama="63.01") for at, code in enumerate(CODES)]
    assert len(read_boundaries(written(tmp_path, collection(features)), CODES)["features"]) == 3


def test_codes_without_dots_and_as_whole_numbers_are_known(tmp_path):
    features = squares("6301", 6310, " 63.71 ")
    assert set(read_boundaries(written(tmp_path, collection(features)), CODES)["points"]) == set(CODES)


def test_the_id_of_a_feature_can_be_its_code(tmp_path):
    features = [{**square("x", 114.0 + at, -3.0), "id": code} for at, code in enumerate(CODES)]
    assert set(read_boundaries(written(tmp_path, collection(features)), CODES)["points"]) == set(CODES)


def test_longitudes_are_as_long_as_on_the_ground(tmp_path):
    found = read_boundaries(written(tmp_path, collection([square("63.01", 10.0, 59.5)])), ("63.01",))
    ((ring,),) = found["features"][0]["geometry"]["coordinates"]
    width = max(x for x, _ in ring) - min(x for x, _ in ring)
    assert width == pytest.approx(math.cos(math.radians(60.0)), abs=1e-4)


def test_a_point_lies_inside_even_where_the_middle_does_not(tmp_path):
    ring = [[0, 0], [3, 0], [3, 3], [2.9, 3], [2.9, 0.2], [0.1, 0.2], [0.1, 3], [0, 3], [0, 0]]
    feature = {
        "type": "Feature",
        "properties": {"kode": "63.01"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    x, y = read_boundaries(written(tmp_path, collection([feature])), ("63.01",))["points"]["63.01"]
    assert y > 0.2
    assert 0 <= x <= 0.1 or 2.89 <= x <= 3


def test_corners_that_no_page_shows_are_left_out_and_small_islands_too(tmp_path):
    circle = [
        [114 + math.cos(2 * math.pi * at / 20_000), -3 + math.sin(2 * math.pi * at / 20_000)] for at in range(20_000)
    ]
    island = [[120.0, -3.0], [120.0001, -3.0], [120.0001, -2.9999], [120.0, -3.0]]
    geometry = {"type": "MultiPolygon", "coordinates": [[[*circle, circle[0]]], [island]]}
    feature = {"type": "Feature", "properties": {"kode": "63.01"}, "geometry": geometry}
    found = read_boundaries(written(tmp_path, collection([feature])), ("63.01",))
    polygons = found["features"][0]["geometry"]["coordinates"]
    assert len(polygons) == 1
    assert 100 < len(polygons[0][0]) < 3000


def test_a_region_smaller_than_a_page_shows_is_still_there(tmp_path):
    features = [square("63.01", 90.0, -3.0, size=30.0), square("63.71", 114.0, 40.0, size=0.0001)]
    found = read_boundaries(written(tmp_path, collection(features)), ("63.01", "63.71"))
    assert found["features"][1]["geometry"]["coordinates"][0][0]


# what is refused


def test_missing_regions_are_named(tmp_path):
    said = refused(tmp_path, collection(squares("63.01")))
    assert said == "map.geojson: no feature for 63.10, 63.71; expected every region once"


def test_an_unknown_code_is_named_with_the_nearest_that_is_missing(tmp_path):
    said = refused(tmp_path, collection(squares("63.01", "63.10", "63.72")))
    assert said == "map.geojson: features[2]: code 63.72 is not a region of the scenario; did you mean 63.71?"


def test_a_region_that_stands_twice_is_named(tmp_path):
    said = refused(tmp_path, collection(squares("63.01", "63.10", "63.71", "63.10")))
    assert "features[3]: region 63.10 stands twice" in said


def test_a_number_that_lost_its_last_zero_is_explained(tmp_path):
    said = refused(tmp_path, collection(squares("63.01", 63.1, "63.71")))
    assert "features[1]: code 63.1 is a number, which has lost its last zero if it had one; write it as text" in said


def test_a_feature_without_a_code_is_named(tmp_path):
    features = squares("63.01", "63.10", "63.71")
    features[1]["properties"] = None
    assert "features[1]: no property with a region code" in refused(tmp_path, collection(features))
    assert "features[0]: no property with a region code" in refused(tmp_path, collection([7]))


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "geometry None is no area; expected Polygon or MultiPolygon"),
        ({"type": "Point", "coordinates": [114, -3]}, "geometry Point is no area"),
        ({"type": "Polygon"}, "geometry without coordinates"),
        ({"type": "Polygon", "coordinates": []}, "geometry without coordinates"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "geometry without coordinates"),
        ({"type": "Polygon", "coordinates": [5]}, "geometry without coordinates"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]},
            "a ring of 3 positions; expected four or more",
        ),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "the last like the first"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 95], [0, 0]]]}, r"position \[1, 95\]; expected"),
        (
            {"type": "Polygon", "coordinates": [[[500000, 9600000]] * 4]},
            r"position \[500000, 9600000\]; expected longitude",
        ),
        ({"type": "Polygon", "coordinates": [[[0, True], [1, 0], [1, 1], [0, True]]]}, r"position \[0, True\]"),
        ({"type": "Polygon", "coordinates": [[["0", 0], [1, 0], [1, 1], ["0", 0]]]}, r"position \['0', 0\]"),
        ({"type": "Polygon", "coordinates": [[[0], [1, 0], [1, 1], [0]]]}, r"position \[0\]"),
    ],
)
def test_what_is_no_area_in_degrees_is_refused(tmp_path, geometry, message):
    features = squares("63.01", "63.10", "63.71")
    features[0]["geometry"] = geometry
    with pytest.raises(DataError, match=rf"features\[0\]: .*{message}"):
        read_boundaries(written(tmp_path, collection(features)), CODES)


def test_numbers_that_are_not_finite_are_refused(tmp_path):
    text = json.dumps(collection(squares(*CODES))).replace("114.0", "NaN")
    assert "features[0]: position [nan, -3.0]; expected longitude" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "this is no valid JSON (line 1, column 2)"),
        ("", "this is no valid JSON"),
        ("[]", "this is no FeatureCollection"),
        ('{"type": "Topology", "objects": {}}', "this is no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "this is no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "no feature for 63.01, 63.10, 63.71"),
        ("[" * 200_000, "brackets within brackets too deep"),
    ],
)
def test_what_is_no_collection_is_refused(tmp_path, content, message):
    assert message in refused(tmp_path, content)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"nothing\.geojson: cannot be read"):
        read_boundaries(tmp_path / "nothing.geojson", CODES)
    path = tmp_path / "map.geojson"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="not UTF-8 text"):
        read_boundaries(path, CODES)


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(boundaries, "LARGEST", 1_000_000)
    said = refused(tmp_path, " " * 1_500_000)
    assert said.endswith("2 MB; expected at most 1 MB: simplify the boundaries first")


def test_of_many_problems_the_first_are_told_and_the_rest_counted(tmp_path):
    said = refused(tmp_path, collection([7] * 40)).splitlines()
    assert len(said) == 13
    assert said[-1] == "map.geojson: and 28 more"


def test_messages_are_said_in_indonesian(tmp_path):
    with pytest.raises(DataError, match="stands twice") as caught:
        read_boundaries(written(tmp_path, collection(squares("63.01", "63.01"))), CODES)
    assert "daerah 63.01 ada dua kali" in caught.value.said("id")


# what is drawn


@pytest.mark.parametrize("language", ["id", "en"])
def test_maps_are_drawn_on_boundaries(tmp_path, language):
    report = dossier(kalsel("baseline"), language, draws=20)
    codes = report.lead.projection.axes.regions
    features = [square(code, 114.0 + at % 4, -3.0 + at // 4) for at, code in enumerate(codes)]
    outlined = report.__class__(
        report.cases, language, boundaries=read_boundaries(written(tmp_path, collection(features)), codes)
    )
    for figure in maps(outlined):
        altair.Chart.from_dict(picture(figure), validate=True)
        svg = as_svg(picture(figure))
        assert svg.count('aria-roledescription="geoshape"') == 13
        assert all(name in svg for name in ("Tanah Laut", "Kota Banjarbaru", ">13<"))
        assert not any("petak" in note or "tiles" in note for note in figure.notes)


def test_the_command_draws_on_the_file_and_refuses_a_wrong_one_before_it_simulates(tmp_path, monkeypatch, capsys):
    (plan,) = kalsel("baseline")
    codes = load_scenario(plan).region_table.codes
    features = [square(code, 114.0 + at % 4, -3.0 + at // 4) for at, code in enumerate(codes)]
    out = tmp_path / "map.svg"

    def asked(collected):
        path = str(written(tmp_path, collection(collected)))
        call = [str(plan), "--draws", "0", "--quiet", "--figure", "map_value", "--map", path, "--out", str(out)]
        monkeypatch.setattr("sys.argv", ["backlog", "report", *call])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code

    assert asked(features[1:]) == INVALID
    assert "63.01" in capsys.readouterr().err
    assert not out.exists()
    assert asked(features) == DONE
    assert out.read_text(encoding="utf-8").count('aria-roledescription="geoshape"') == 13
