"""The table of programme codes: what is wrong with it is named with its line, and the nearest right name."""

import csv
import io
from pathlib import Path

import pytest

import backlog_model as bm
from backlog_model.errors import DataError
from backlog_model.report.forms.mapping import REQUIRED, Measure, Simulated, mapping_rows, read_mapping
from backlog_model.scenario.findings import Findings

FOLDER = Path(__file__).parents[1] / "scenarios"
KALSEL = FOLDER / "kalsel"
ROW = {
    "indicator_id": "reported_handled_houses.prov_disaster",
    "program_code": "1.04.02",
    "program": "PROGRAM PENGEMBANGAN PERUMAHAN",
    "kegiatan_code": "1.04.02.1.03",
    "subkegiatan_code": "-",
    "indikator": "Rumah korban bencana",
    "unit": "unit",
    "lokasi": "13 kabupaten/kota",
    "sumber_dana": "",
    "penanggung_jawab": "Disperkim",
}


@pytest.fixture(scope="module")
def simulated():
    scenario = bm.load_scenario(KALSEL / "baseline.yaml")
    return Simulated.of(scenario, bm.run(scenario, draws=0))


@pytest.fixture
def read(tmp_path, simulated):
    def of(*rows):
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
        file = tmp_path / "forms.csv"
        file.write_text(text.getvalue(), encoding="utf-8")
        return read_mapping(file, simulated)

    return of


def problems(read, *rows):
    with pytest.raises(DataError, match=r"forms\.csv:\d+:\d+") as caught:
        read(*rows)
    return [f"{problem.place.rpartition('/')[2]} {problem.message}" for problem in caught.value.problems]


def test_a_row_is_read_with_its_money_and_level(read):
    (entry,) = read(ROW)
    assert entry.measure == Measure("reported_handled_houses", "prov_disaster", "63")
    assert (entry.pots, entry.own) == (("prov_disaster.apbd_prov",), True)
    assert (entry.level, entry.code, entry.name) == ("kegiatan", "1.04.02.1.03", "PROGRAM PENGEMBANGAN PERUMAHAN")
    assert entry.indicator == "Rumah korban bencana (unit)"


def test_levels_follow_from_what_is_written(read):
    goal, program, activity = read(
        {**ROW, "indicator_id": "rtlh_houses", "program_code": "-", "program": "-", "kegiatan_code": "-"},
        {**ROW, "indicator_id": "slum_handled_share", "kegiatan_code": "-"},
        ROW,
    )
    assert [each.level for each in (goal, program, activity)] == ["sasaran", "program", "kegiatan"]
    assert [each.code for each in (goal, program)] == ["-", "1.04.02"]
    assert program.measure == Measure("slum_handled_share", "gross", "63")  # as targets of the share are


def test_an_activity_without_a_code_leaves_it_open(read):
    (entry,) = read({**ROW, "kegiatan_code": "-", "kegiatan": "RTLH korban bencana"})
    assert (entry.code, entry.name) == ("1.04.02.-", "RTLH korban bencana")


def test_an_indicator_that_the_model_does_not_count_may_stand_there(read):
    (entry,) = read({**ROW, "indicator_id": "-"})
    assert (entry.measure, entry.pots) == (None, ())


def test_money_of_others_is_not_the_agencys_unless_it_says_so(read):
    bsps = {**ROW, "indicator_id": "reported_handled_houses.bsps"}
    assert [entry.own for entry in read(bsps)] == [False]
    assert [entry.own for entry in read({**bsps, "pagu_pd": "ya"})] == [True]
    kab = {**ROW, "indicator_id": "reported_handled_houses.kab_housing", "region": "63.01"}
    assert [entry.own for entry in read(kab)] == [True]  # a kabupaten's table: its own programme


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"indicator_id": "rtlh_house"},
            "forms.csv:2:1 column indicator_id: unknown variable rtlh_house; did you mean",
        ),
        ({"indicator_id": "rtlh_houses.havy"}, "rtlh_houses has no part havy; did you mean heavy?"),
        ({"programmes": "prov_disastr"}, "unknown programme prov_disastr; did you mean prov_disaster?"),
        ({"region": "63.99"}, "column region: unknown region 63.99"),
        ({"program_code": "104"}, "'104' is not a code; expected one such as 1.04.03, or -"),
        ({"kegiatan_code": "1.04.03.1.03"}, "1.04.03.1.03 does not begin with its programme's code 1.04.02"),
        ({"pagu_pd": "iya"}, "'iya' is neither ya nor tidak; did you mean ya?"),
        ({"lokasi": ""}, "column lokasi: empty; write - where there is none"),
        ({"lokasi": "x" * 501}, "501 characters; expected at most 500"),
        ({"sumberdana": "APBN"}, "unknown column 'sumberdana'"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(read, change, message):
    assert any(message in problem for problem in problems(read, {**ROW, **change}))


def test_a_column_that_is_missing_is_named(read):
    without = {name: text for name, text in ROW.items() if name != "lokasi"}
    assert problems(read, without) == [
        f"forms.csv:1:1 column lokasi is missing; expected {','.join(REQUIRED)}",
    ]


def test_rows_that_contradict_each_other_are_named(read):
    other = {**ROW, "indicator_id": "reported_handled_houses.bsps", "programmes": "prov_disaster"}
    found = problems(read, ROW, ROW, {**other, "program": "PROGRAM LAIN", "kegiatan_code": "1.04.02.1.04"})
    assert found[0].startswith("forms.csv:3:1 column indicator_id: reported_handled_houses.prov_disaster stands twice")
    assert "forms.csv:4:1 column program: 1.04.02 is called 'PROGRAM PENGEMBANGAN PERUMAHAN' at" in found[1]
    assert "the money of prov_disaster.apbd_prov stands under another activity at" in found[2]


def test_every_problem_is_told_at_once(read):
    found = problems(read, {**ROW, "indicator_id": "rtlh", "region": "1", "pagu_pd": "?"}, {**ROW, "unit": ""})
    assert [problem.split()[0] for problem in found] == [
        "forms.csv:2:1",
        "forms.csv:2:11",
        "forms.csv:2:12",
        "forms.csv:3:7",
    ]


def test_the_shipped_tables_are_right(simulated):
    entries = read_mapping(KALSEL / "forms.csv", simulated)
    assert {entry.words["program_code"] for entry in entries} == {"-", "1.04.02", "1.04.03", "1.04.04", "1.04.05"}
    assert {entry.words["kegiatan_code"] for entry in entries} == {"-"}  # none is invented
    findings = Findings()
    assert mapping_rows(FOLDER / "template" / "forms_example.csv", None, findings)
    assert findings.all() == []


def test_shipped_codes_follow_where_houses_stand(simulated):
    scenario = bm.load_scenario(KALSEL / "baseline.yaml")
    for entry in read_mapping(KALSEL / "forms.csv", simulated):
        for pot in entry.pots:
            name, _, source = pot.partition(".")
            programme = scenario.programmes[name]
            if programme.slum_location == "inside":
                assert entry.words["program_code"] == "1.04.03"
            assert entry.own == (programme.authority == "province")
            assert (source == "apbd_prov") == (entry.words["sumber_dana"] == "APBD Provinsi")
