"""The command in Indonesian and in English: what is refused, help, and what the language rests on."""

import pytest

from backlog_model.cli import backlog as command_group


@pytest.fixture(autouse=True)
def nothing_chosen(backlog, monkeypatch):
    monkeypatch.delenv("BACKLOG_LANG")


REFUSED = (
    (("run", "nowhere.yaml"), 3, "berkas ini tidak ada", "there is no such file"),
    (("check", "notes.txt"), 3, "berkas ini tidak ada", "there is no such file"),
    (("history", "nowhere"), 3, "folder ini tidak ada", "there is no such folder"),
    (
        ("run", "a.yaml", "--draws", "-1"),
        2,
        "Galat: Nilai tidak sah untuk '--draws': -1 di luar",
        "Error: Invalid value",
    ),
    (("run", "a.yaml", "--seed", "many"), 2, "'many' bukan bilangan bulat", "'many' is not a valid integer"),
    (("run", "a.yaml", "--drows", "5"), 2, "Tidak ada opsi", "No such option"),
    (
        ("run", "a.yaml", "--draws"),
        2,
        "Opsi '--draws' memerlukan sebuah nilai",
        "Option '--draws' requires an argument",
    ),
    (("run",), 2, "tidak ada.\n", "Missing argument"),
    (("schema", "a"), 2, "Ada argumen yang tidak diharapkan (a)", "Got unexpected extra argument (a)"),
    (("compare", "a.yaml"), 2, "satu skenario tidak punya pembanding", "one scenario has nothing to compare with"),
    (("targets", "a.yaml", "--alone", "--against", "b"), 2, "saling meniadakan", "exclude each other"),
    (("report", "a.yaml", "--out", "a.pdf"), 2, "seharusnya nama yang berakhiran", "expected a name that ends in"),
)


@pytest.mark.parametrize(("arguments", "code", "indonesian", "english"), REFUSED)
def test_what_is_refused_is_said_in_the_language_asked_for(backlog, arguments, code, indonesian, english):
    found, out, err = backlog(*arguments)
    assert (found, indonesian in out + err) == (code, True), out + err
    language = () if "schema" in arguments else ("--lang", "en")
    found, out, err = backlog(*(() if language else ("--lang", "en")), *arguments[:1], *language, *arguments[1:])
    assert (found, english in out + err) == (code, True), out + err


def test_the_variable_is_heard_where_nothing_is_asked_for(backlog, monkeypatch):
    monkeypatch.setenv("BACKLOG_LANG", "en_GB.UTF-8")
    assert backlog("run", "nowhere.yaml")[2] == "nowhere.yaml: there is no such file\n"
    assert backlog("run", "nowhere.yaml", "--lang", "id")[2] == "nowhere.yaml: berkas ini tidak ada\n"
    monkeypatch.setenv("BACKLOG_LANG", "fr")
    assert backlog("run", "nowhere.yaml")[2] == "nowhere.yaml: berkas ini tidak ada\n"


def test_what_rests_on_no_scenario_answers_in_the_language_of_the_variable(backlog, monkeypatch, province):
    assert backlog("check", province)[1] == "1 berkas diperiksa: 0 masalah, 0 peringatan\n"
    monkeypatch.setenv("BACKLOG_LANG", "en")
    assert backlog("check", province)[1] == "Files checked: 1; problems: 0; warnings: 0\n"
    assert "Made: new" in backlog("init", "new")[1]
    assert backlog("run", province, "--draws", "0")[1].startswith("Provinsi Contoh")  # the scenario speaks Indonesian


def test_a_scenario_that_was_loaded_decides_how_what_follows_is_refused(backlog, province):
    text = province.read_text(encoding="utf-8").replace("language: id", "language: en")
    province.write_text(text if "language: en" in text else text + "output: {language: en}\n", encoding="utf-8")
    code, _, err = backlog("targets", province, "--path-target", "nothing")
    assert (code, "unknown" in err) == (3, True), err


def test_problems_of_a_file_are_told_in_both_languages(backlog, province):
    text = province.read_text(encoding="utf-8")
    province.write_text(text.replace("deterioration_rate", "deterioraton_rate"), encoding="utf-8")
    indonesian, english = (backlog("check", province, "--lang", language)[1] for language in ("id", "en"))
    assert "deterioraton_rate: kunci tidak dikenal; apakah maksudnya deterioration_rate?" in indonesian
    assert "deterioraton_rate: unknown key; did you mean deterioration_rate?" in english
    assert [line.partition(": ")[0] for line in indonesian.splitlines()[:-1]] == [
        line.partition(": ")[0] for line in english.splitlines()[:-1]
    ]


@pytest.mark.parametrize("name", [None, *sorted(command_group.commands)])
def test_help_is_in_the_language_asked_for(backlog, name):
    command = () if name is None else (name,)
    code, out, err = backlog(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Pemakaian: backlog")
    assert not any(word in out for word in ("Usage", "Options", "[default", " the ", "SCENARIO", "Show this"))
    english = backlog("--lang", "en", *command, "--help")[1]
    assert english.startswith("Usage: backlog")
    assert "Show this message and exit." in english
    assert len(out.splitlines()) > 5


def test_codes_and_columns_stay_english(backlog, province):
    assert '"severity": "error"' in backlog("check", "nowhere.yaml", "--json", "--lang", "id")[1]
    assert '"there is no such file"' in backlog("check", "nowhere.yaml", "--json", "--lang", "id")[1]
