"""The printed answer: what it says, that it adds up, and that it never says more than is known."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.promises import promises
from backlog_model.report.accounts import ledger, tally
from backlog_model.report.answer import answer
from backlog_model.report.headline import sentence
from backlog_model.report.layout import WIDTH
from backlog_model.report.standing import targets
from backlog_model.report.view import View
from backlog_model.report.warnings import crews_used, moves_into_ownership, warnings

SCENARIOS = Path(__file__).parents[1] / "scenarios"
EVERY = sorted(SCENARIOS.glob("*/*.yaml"))
TEMPLATE = SCENARIOS / "template" / "scenario.yaml"


def view_of(scenario, language="en"):
    return View(scenario, bm.run(scenario, draws=0), language)


def text_of(view):
    return answer(view.scenario, view.projection, view.language, written=Path("runs/abc/values.csv"))


def joined(lines):
    return " ".join(" ".join(lines).split())


@pytest.fixture(scope="module")
def baseline():
    return bm.load_scenario(SCENARIOS / "kalsel" / "baseline.yaml")


@pytest.fixture(scope="module")
def view(baseline):
    return view_of(baseline)


@pytest.fixture(scope="module")
def template():
    return bm.load_scenario(TEMPLATE)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_scenario_gives_an_answer_that_fits(path, language):
    text = text_of(view_of(bm.load_scenario(path), language))
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert "nan" not in re.split(r"[^a-z]", text)
    assert text.splitlines()[-1].endswith("runs/abc/values.csv")


def test_the_years_shown_follow_from_the_scenario(view, template):
    assert view.years == (2025, 2027, 2030, 2035)
    short = template.replace({"years.last": 2028, "targets": {}})
    assert view_of(short).years == (2025, 2027, 2028)


def test_the_sentence_names_stock_break_even_and_years_to_clear(view):
    said = joined(sentence(view))
    for variable in ("rtlh_houses", "break_even_houses", "effective_handled_houses"):
        for year in view.ahead:
            assert view.number(view.value(variable, year)) in said
    assert f"{view.number(view.value('years_to_clear', 2027), decimals=1)} years" in said


def test_a_scenario_that_ends_now_has_no_trend(template):
    said = joined(sentence(view_of(template.replace({"now": 2035, "targets": {}}))))
    assert said.startswith("RTLH are 19,839 houses at the end of 2035, the last year of the scenario; break-even 9 in")


def test_the_official_tally_stands_beside_finished_houses_and_the_stock(view):
    said = joined(tally(view))
    assert "-2,804" in said
    assert "235,169" in said
    assert "Finished in 2025, all sources: 6,357 houses; in the official tally 2,804" in said
    assert view.number(view.value("rtlh_houses", 2025)) in said


def test_the_ledger_adds_up_in_whole_houses(view):
    entries = ledger(view)
    assert math.fsum(entry.model for entry in entries[:-1]) == entries[-1].model
    assert entries[-1].model == pytest.approx(view.value("rtlh_houses", 2025), abs=0.5)
    assert all(entry.model == round(entry.model) for entry in entries)
    opening, handled, closing = entries[0].official, entries[-2].official, entries[-1].official
    assert opening + handled == pytest.approx(closing, abs=1e-6)


def test_the_ledger_holds_revisions_and_several_years(baseline):
    revision = {"label": "x", "year": 2026, "variable": "rtlh_houses", "houses": {"value": 5000, "assumption": True}}
    later = view_of(baseline.replace({"now": 2026, "targets": {}, "revisions": {"recount": revision}}))
    entries = ledger(later)
    assert 5000 in [entry.model for entry in entries]
    assert math.fsum(entry.model for entry in entries[:-1]) == entries[-1].model
    assert "2025-2026" in joined(tally(later))


def test_nothing_is_said_about_a_tally_before_the_first_year(template):
    assert tally(view_of(template)) == []


def test_money_left_over_is_budget_less_spending_as_printed(view):
    line = next(line for line in text_of(view).splitlines() if line.startswith("Province (APBD)"))
    numbers = [round(10 * float(cell)) for cell in line.split()[2:]]
    assert len(numbers) == 9
    assert [numbers[i] - numbers[i + 1] for i in (0, 3, 6)] == [numbers[i] for i in (2, 5, 8)]


def test_the_split_over_regions_is_marked_as_assumed(baseline, template):
    assert "pembagian per kabupaten/kota adalah asumsi" in text_of(view_of(baseline, "id"))
    known = {"source": "register", "by_region": {"99.01": 12_000, "99.02": 8_000, "99.71": 5_000}}
    plain = template.replace({"opening.rtlh_houses": known})
    assert "is an assumption" not in text_of(view_of(plain))


def test_backlogs_are_bounded_and_never_added(view):
    text = text_of(view)
    own, occupancy = (view.value(f"{name}_backlog_households", 2027) for name in ("ownership", "occupancy"))
    assert view.number(own + occupancy) not in text
    lower, upper = (bound[3, 0, 0] for bound in view.projection.backlog_union(by="province"))
    assert f"end of 2027: between {view.number(lower)} and {view.number(upper)} households" in joined(text.split())


def test_a_change_of_definition_is_not_called_decline():
    rebased = view_of(bm.load_scenario(SCENARIOS / "kalsel" / "regsosek_rebase.yaml"), "id")
    said = joined(sentence(rebased))
    assert "RTLH naik" not in said
    assert "perubahan definisi (2027), bukan memburuk, dan di luar itu RTLH turun" in said
    warned = joined(warnings(rebased))
    assert "karena perubahan definisi, bukan memburuk. Sebelum: Regsosek record of 237,973" in warned


def test_targets_of_the_old_definition_are_not_judged():
    rebased = view_of(bm.load_scenario(SCENARIOS / "kalsel" / "regsosek_rebase.yaml"))
    met = {promise.name: promise.met for promise in promises(rebased.scenario, rebased.projection)}
    assert met["ill-rtlh-2030"] is None
    assert met["ill-slum-2029"] is True
    assert "definition or the records of RTLH change in 2027" in joined(targets(rebased))


def test_targets_are_held_against_the_central_line(view):
    met = {promise.name: promise.met for promise in promises(view.scenario, view.projection)}
    assert met["ill-rtlh-2027"] is (view.value("rtlh_houses", 2027) <= 224_000)
    assert met["ill-decent-2027"] is (view.value("decent_share", 2027) >= 0.795)
    others = sum(not target.applies for target in view.scenario.targets.values())
    assert f"{others} more targets cannot be compared" in joined(targets(view))


def test_a_target_in_percent_of_a_base_and_one_without_a_value(template):
    promised = {
        "tenth": {"variable": "rtlh_houses", "year": 2030, "operator": "<=", "percent_of_base": 90, "base": 25000},
        "early": {"variable": "net_clearance_houses", "year": 2026, "operator": ">=", "value": 1},
        "other": {"variable": "rtlh_houses", "year": 2030, "operator": "<=", "value": 1},
    }
    scenario = template.replace({"targets": promised})
    without = {"early": {"year": 2025}, "other": {"part": "kabkota"}}
    changed = {name: target.model_copy(update=without.get(name)) for name, target in scenario.targets.items()}
    scenario = scenario.model_copy(update={"targets": changed})
    tenth, early, other = promises(scenario, bm.run(scenario, draws=0))
    assert (tenth.wanted, tenth.met) == (22500.0, True)
    assert (early.met, other.met) == (None, None)
    assert math.isnan(other.central)


def test_warnings_name_assumptions_and_contradictions_in_the_data(view):
    said = joined(warnings(view))
    assert re.search(r"\d+ of the \d+ entries of this scenario are assumptions, not data; 0 have no source", said)
    assert "The published parts add to 1,945, not to the published 1,935" in said
    assert "Known output cost more than the budget written (2025, Rp billion)" in said


def test_what_no_source_covers_is_said(template):
    said = joined(warnings(view_of(template)))
    assert "Slum area: covered by no source" in said
    assert "Estates not handed over: covered by no source" in said


def test_damage_and_revisions_that_find_no_house_are_said(template):
    shock = {"label": "Flood", "houses": {"by_region": {"99.01": 1e6, "99.02": 0, "99.71": 0}, "assumption": True}}
    revision = {
        "label": "Cut",
        "year": 2027,
        "variable": "rtlh_houses",
        "houses": {"value": -90_000, "assumption": True},
    }
    severity = {
        name: {"value": share, "assumption": True} for name, share in (("light", 1), ("medium", 0), ("heavy", 0))
    }
    changed = template.replace(
        {"shocks": {"flood": {**shock, "severity_share": severity}}, "revisions": {"cut": revision}}
    )
    said = joined(warnings(view_of(changed)))
    assert "damaged houses found no decent house" in said
    assert "Re-registration 2027" in said


def test_crews_close_to_their_limit_warn_of_prices(template):
    crews = {"by_region": {"99.01": 12, "99.02": 500, "99.71": 500}, "assumption": True}
    scenario = template.replace({"assumptions.crews": crews})
    used = crews_used(bm.run(scenario, draws=0))
    assert used[:, 0].max() == pytest.approx(1.0)
    assert used[:, 1:].max() < 0.9
    assert "used to more than 90 % in Kabupaten Hulu (20" in joined(warnings(view_of(scenario)))


def test_crews_without_a_limit_are_never_busy(template):
    unlimited = template.replace(
        {"assumptions.crews": {"by_region": dict.fromkeys(("99.01", "99.02", "99.71"), 1e15), "assumption": True}}
    )
    assert crews_used(bm.run(unlimited, draws=0)).max() == 0.0


def test_moves_into_ownership_follow_from_the_backlog(view):
    """By hand for 2025: (1 - 0.4) x new households + 0.75 x financed + self-acquired."""
    moves = moves_into_ownership(view.projection)
    new, financed, own = (
        view.value(name, 2025) for name in ("new_households", "financed_households", "self_acquired_households")
    )
    assert moves[0] == pytest.approx(0.6 * new + 0.75 * financed + own)
    assert np.all(moves > view.projection.array("built_houses", by="province")[:, 0, 0])
    assert "More new owners than new houses (2025-2035)" in joined(warnings(view))
