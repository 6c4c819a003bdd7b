"""The Word brief: what it says, in both languages, on exactly two pages."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

import backlog_model as bm
from backlog_model import store
from backlog_model.report.brief import content
from backlog_model.report.brief.document import brief
from backlog_model.report.dossier import Dossier

SCENARIOS = Path(__file__).parents[1] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
BASELINE = KALSEL / "baseline.yaml"
EVERY = [BASELINE, *sorted(set(KALSEL.glob("*.yaml")) - {BASELINE})]
TEMPLATE = SCENARIOS / "template" / "scenario.yaml"
LONG = "Pendanaan perumahan dan kawasan permukiman provinsi menurut rancangan awal rencana kerja pemerintah daerah " * 4
DRAWS = 60

can_print = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")), reason="needs LibreOffice and poppler to count pages"
)


def dossier_of(*plans, language="id", draws=DRAWS):
    runs = [store.described(plan, draws=draws, seed=1, design="latin_hypercube") for plan in plans]
    return Dossier.of(runs, [bm.run(plan, draws=draws) for plan in plans], language)


@pytest.fixture(scope="module")
def baseline():
    return bm.load_scenario(BASELINE)


@pytest.fixture(scope="module")
def dossier(baseline):
    others = [bm.load_scenario(KALSEL / f"{name}.yaml") for name in ("tkd_cut", "full_need", "regsosek_rebase")]
    return dossier_of(baseline, *others)


@pytest.fixture(scope="module")
def written(dossier):
    return brief(dossier)


@pytest.fixture(scope="module")
def document(written):
    return docx.Document(io.BytesIO(written))


def said_in(document):
    """Everything that is read, in paragraphs and cells."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


def flat(text):
    return " ".join(text.split())


# what it says


def test_it_opens_with_the_title_and_the_answer(document, dossier):
    texts = [each.text for each in document.paragraphs]
    assert document.paragraphs[1].style.name == "Title"
    assert texts[1] == "Dasar: pendanaan sekarang berlanjut"
    answer = texts[texts.index("Jawabannya") + 1]
    assert answer == content.answer(dossier.lead.view)
    assert "titik impas" in answer
    assert "Pada 9 dari 10 simulasi" in answer


def test_headings_are_headings(document):
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[:2] == ["Jawabannya", "Yang membatasi, dan uangnya"]
    assert headings[3:] == ["Asumsi yang paling menentukan", "Yang belum pasti dan yang tidak tercakup"]


def test_three_numbers_are_those_of_the_tables(document, dossier):
    cells = document.tables[0].rows[0].cells
    labels, numbers = ([cell.paragraphs[line].text for cell in cells] for line in (0, 1))
    assert labels == ["RTLH akhir 2027", "Titik impas 2027", "Peluang target 2030"]
    told = content.needed(dossier)["answer"]
    assert numbers[:2] == [told.shown("central", year=2027), told.shown("break_even", year=2027)]
    promise = next(each for each in dossier.lead.promises if each.name == "ill-rtlh-2030")
    assert numbers[2] == f"{100 * promise.chance.probability:.1f} %".replace(".", ",")


def test_the_chart_is_described_for_those_who_cannot_see_it(document, dossier):
    (shape,) = document.inline_shapes
    about = shape._inline.docPr
    assert about.get("descr") == content.needed(dossier)["fan_rtlh_houses"].description
    assert shape.width.cm <= 17.3


def test_the_table_repeats_its_head_and_keeps_rows_whole(document):
    table = document.tables[1]
    head, *rows = table._tbl.tr_lst
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (head, *rows))
    assert len({len(row.cells) for row in table.rows}) == 1
    assert all(cell.text for row in table.rows for cell in row.cells)


def test_official_targets_come_first_and_illustrations_are_marked(document, dossier):
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert head[-1] == "tahun pertama dengan peluang 80,0 %"
    kinds = ["*" if row[2].endswith(" *") else "" for row in rows]
    official = [each for each in dossier.lead.promises if each.target.kind == "published"]
    assert kinds == [""] * len(official) + ["*"] * (len(rows) - len(official))
    assert any("(%)" in row[0] and row[2] == "≥ 48,00" for row in rows)
    assert "* Target ilustrasi, belum ditetapkan siapa pun." in said_in(document)


def test_it_says_what_binds_what_is_assumed_and_what_is_not_covered(document):
    said = flat(said_in(document))
    assert "Pembatas program pada 2027: dana (BSPS," in said
    assert re.search(r"Pagu semua program 2027 Rp [\d.,]+ miliar, belanja Rp [\d.,]+ miliar", said)
    assert "Di antara 3 skenario yang dibandingkan" in said
    assert "Skenario yang menghitung RTLH dengan cara lain (regsosek_rebase) tidak dibandingkan." in said
    assert "131 dari 166 masukan skenario ini asumsi" in said
    assert "Pembagian per kabupaten/kota adalah asumsi." in said
    assert "Kumuh: hanya kewenangan provinsi" in said


def test_the_foot_of_every_page_names_the_run_and_the_page(document, dossier):
    foot = document.sections[0].footer.paragraphs[0]
    assert dossier.lead.run.run_id in foot.text
    assert foot.text.endswith("Halaman 1 dari 2")
    fields = [each.text for each in foot._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_it_speaks_english_too(baseline):
    english = docx.Document(io.BytesIO(brief(dossier_of(baseline, language="en"))))
    said = said_in(english)
    assert "The answer" in said
    assert "Assumptions that matter most" in said
    assert not re.search(r"\b(rumah|dari|yang|tidak)\b", said)
    (spoken, *_) = english.styles.element.iter(qn("w:lang"))
    assert spoken.get(qn("w:val")) == "en-GB"


def test_without_draws_there_are_no_chances_and_no_ranges(baseline):
    said = said_in(docx.Document(io.BytesIO(brief(dossier_of(baseline, draws=0)))))
    assert "Penurunan bersih 2027" in said
    assert "simulasi" not in said.replace("tanpa simulasi", "")


def test_a_small_scenario_has_a_brief(tmp_path):
    from small_scenario import write

    document = docx.Document(io.BytesIO(brief(dossier_of(bm.load_scenario(write(tmp_path))))))
    assert "tidak tercakup sumber mana pun" in said_in(document)


def test_text_of_users_is_only_text(tmp_path):
    from small_scenario import SCENARIO, write

    path = write(tmp_path, SCENARIO.replace("title: Smallest", 'title: "<w:br/>&amp; =1+1"'))
    document = docx.Document(io.BytesIO(brief(dossier_of(bm.load_scenario(path), draws=0))))
    assert document.paragraphs[1].text == "<w:br/>&amp; =1+1"


def test_the_same_report_is_the_same_file(baseline):
    first, second = (brief(dossier_of(baseline, draws=20)) for _ in range(2))
    assert first == second
    times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_missing_library_is_named_with_its_extra(dossier, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(bm.BacklogModelError, match=r"python-docx.*backlog-model\[report\]"):
        brief(dossier)


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("short", 10, "short"), ("one two three", 9, "one two …"), ("x" * 30, 10, "x" * 9 + " …")],
)
def test_long_texts_are_cut_between_words(text, most, shown):
    assert content.shortened(text, most) == shown


# exactly two pages


def pages(folder, briefs):
    """Number of pages of each brief, as LibreOffice lays it out."""
    for name, each in briefs.items():
        (folder / f"{name}.docx").write_bytes(each)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in briefs]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = {}
    for name in briefs:
        told = subprocess.run(["pdfinfo", folder / f"{name}.pdf"], check=True, capture_output=True, text=True).stdout
        found[name] = int(re.search(r"^Pages: +(\d+)$", told, flags=re.MULTILINE)[1])
    return found


@can_print
def test_it_has_two_pages_whatever_the_scenario(tmp_path):
    plans = [bm.load_scenario(path) for path in EVERY]
    projections = [bm.run(plan, draws=DRAWS) for plan in plans]
    runs = [store.described(plan, draws=DRAWS, seed=1, design="latin_hypercube") for plan in plans]
    briefs = {}
    for at, plan in enumerate(plans):
        order = [at, *(each for each in range(len(plans)) if each != at)]
        dossier = Dossier.of([runs[each] for each in order], [projections[each] for each in order], "id")
        briefs[plan.name] = brief(dossier)
    briefs["template"] = brief(dossier_of(bm.load_scenario(TEMPLATE), language="en"))
    briefs["central"] = brief(dossier_of(plans[0], draws=0, language="en"))
    assert pages(tmp_path, briefs) == dict.fromkeys(briefs, 2)


@can_print
def test_it_has_two_pages_with_long_titles_and_many_names(tmp_path, baseline):
    from small_scenario import SCENARIO, write

    long = bm.load_scenario(write(tmp_path, SCENARIO.replace("title: Smallest", f'title: "{LONG.strip()}"')))
    label = {"id": LONG[:150], "en": LONG[:150]}
    named = baseline.replace({f"programmes.{name}.label": label for name in baseline.programmes})
    briefs = {"title": brief(dossier_of(long)), "labels": brief(dossier_of(named))}
    assert pages(tmp_path, briefs) == {"title": 2, "labels": 2}
