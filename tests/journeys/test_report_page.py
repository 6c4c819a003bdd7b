"""The HTML report in a real browser with the network off."""

from importlib.resources import files

import pytest

from browser import browser as opened_browser
from report_case import dossier, kalsel

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, DESK = (390, 844), (1280, 900)
AXE = """
const done = arguments[arguments.length - 1];
document.querySelectorAll("details").forEach(each => { each.open = true; });
document.querySelectorAll("tbody tr:nth-child(n+8)").forEach(each => each.remove());  // rows are alike
axe.run(document, {runOnly: arguments[0]}).then(found => done(
    found.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))])))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened_browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module", params=["id", "en"])
def report(request, browser, tmp_path_factory):
    """A report on disk, in each language."""
    pytest.importorskip("jinja2", reason="needs the extra report")
    pytest.importorskip("vl_convert", reason="needs the extra report")
    from backlog_model.report.page.document import html

    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    path.write_text(html(dossier(kalsel("baseline", "tkd_cut"), request.param, draws=60)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def page(browser, report):
    """The report, opened on a desk, and the requests it took."""
    browser.size(*DESK)
    return browser, report, browser.open_without_network(report)


def test_one_request_and_nothing_on_the_console(page):
    browser, report, requests = page
    assert requests == [report.as_uri()]
    assert browser.complaints() == []


def test_every_chart_is_drawn(page):
    browser, _, _ = page
    charts = browser.run("return document.querySelectorAll('.chart').length")
    assert charts >= 8
    assert browser.run("return document.querySelectorAll('.chart svg').length") == charts
    assert browser.run("return document.querySelectorAll('.chart .failed').length") == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_accessible_by_the_rules_of_axe(page, size):
    pytest.importorskip("axe_core_python", reason="needs the extra dev")
    browser, report, _ = page
    browser.size(*size)
    browser.open_without_network(report)
    browser.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    assert browser.wait_for(AXE, RULES) == []


def test_fits_a_phone(page):
    browser, report, _ = page
    browser.size(*PHONE)
    browser.open_without_network(report)
    assert browser.run("return document.documentElement.scrollWidth") <= PHONE[0]


def test_scales_are_chosen_with_the_keyboard(page):
    browser, report, _ = page
    browser.size(*DESK)
    browser.open_without_network(report)
    seen = "return [...document.querySelectorAll('#regions .choice .options > div')].map(e => e.offsetHeight > 0)"
    before = browser.run(seen)
    browser.run("document.querySelector('#regions .choice input:checked').focus()")
    browser.press("\ue014")  # right
    after = browser.run(seen)
    assert before.count(True) == after.count(True)
    assert before != after


def test_rows_are_found(page):
    browser, report, _ = page
    browser.open_without_network(report)
    script = (
        "const box = document.querySelector('#assumptions input[type=search]'); box.value = arguments[0];"
        "box.dispatchEvent(new Event('input'));"
        "return [...document.querySelectorAll('#assumptions tbody tr')].filter(each => !each.hidden).length"
    )
    every, some, none = (browser.run(script, text) for text in ("", "relapse_rate", "no such row"))
    assert every > some > none == 0


def test_paper_holds_all_charts_and_the_opened_tables(page):
    browser, report, _ = page
    browser.open_without_network(report)
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    hidden = "return getComputedStyle(document.querySelector(arguments[0])).display"
    assert browser.run(hidden, "nav") == "none"
    assert browser.run(hidden, "#answer .chart") != "none"
    browser.devtools("Emulation.setEmulatedMedia", media="")
    made = browser.devtools("Page.printToPDF", preferCSSPageSize=True)
    assert len(made["data"]) > 100_000
