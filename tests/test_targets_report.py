"""The printed answer on targets: what it says of chance, verdict and money."""

import math
import re
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from backlog_model.analysis import gaming
from backlog_model.analysis.money.criteria import CRITERIA
from backlog_model.analysis.paths import families
from backlog_model.analysis.paths.target_paths import FAMILIES
from backlog_model.analysis.paths.tournament import HONEST
from backlog_model.analysis.verdict import Relaxation, Verdict
from backlog_model.report.layout import WIDTH
from backlog_model.report.targets.answer import answer
from backlog_model.report.targets.funding import funding
from backlog_model.report.targets.standings import by_year, sentence, standings
from backlog_model.report.targets.verdicts import verdicts
from backlog_model.report.targets.view import TargetView, some_years
from small_targets import examined, joined, standing_of, with_group, with_standing, with_verdict


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return examined(tmp_path_factory.mktemp("targets"))


@pytest.fixture(scope="module")
def view(report):
    return TargetView.of(report, "en")


# the whole


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_line_fits_and_no_number_is_undefined(report, language):
    text = answer(report, language)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert not re.search(r"\b(nan|inf)\b|[{}]", text)
    assert "\xa0" not in text


def test_both_languages_have_the_same_sections_and_rows(report):
    first, second = (answer(report, language).splitlines() for language in ("id", "en"))
    assert sum(not line for line in first) == sum(not line for line in second)
    assert len([line for line in first if "2029" in line]) >= 5
    assert first[0].startswith("Kalimantan Selatan – Smallest [plan, 2026-2030]")


def test_all_codes_have_words_in_both_languages(report):
    codes = [f"paths_family_{name}" for name in (*FAMILIES, HONEST)]
    codes += [f"paths_{code}" for code in (*get_args(families.Code), "other_regions", "other_years", "redefined")]
    codes += [f"targets_{name}" for name in (*CRITERIA, *get_args(gaming.Kind))]
    codes += [f"targets_{status}" for status in ("feasible", "feasible_if", "infeasible")]
    for language in ("id", "en"):
        seen = TargetView.of(report, language)
        assert all(seen.say(code, names="x") for code in codes)


def test_the_sentence_counts_verdicts(report, view):
    found = [each.verdict.status for each in report.standings]
    said = joined(sentence(view))
    assert f"{found.count('feasible')} of {len(found)} targets reach the chance wanted" in said
    assert f"{found.count('feasible_if')} would if one thing were changed" in said
    assert f"{found.count('infeasible')} would not under any single change" in said
    unjudged = with_verdict(report, "easy", None)
    assert "1 cannot be judged" in joined(sentence(TargetView.of(unjudged, "en")))


def test_the_dearest_target_takes_most_in_all(report):
    changed = with_verdict(
        report, "fewer", Verdict("feasible_if", (Relaxation("more_money", 3e12, "idr"),), ("more_money",), 0.0)
    )
    changed = with_verdict(
        changed, "occupied", Verdict("feasible_if", (Relaxation("more_money", 4e12, "idr"),), ("more_money",), 0.0)
    )
    said = joined(sentence(TargetView.of(changed, "en")))
    assert "The dearest on its own: fewer, Rp 3,000.0 billion more in each year 2027-2029" in said


# the table of targets


def test_a_row_holds_chance_error_and_verdict(report, view):
    lines = standings(view)
    row = next(line for line in lines if line.startswith("  fewer")).split()
    chance, error = standing_of(report, "fewer").promise.chance
    gap = standing_of(report, "fewer").gaps[2029]
    assert row[:4] == ["fewer", "2029", "<=", "250"]
    assert row[5:8] == [f"{100 * chance:.1f}", f"({100 * error:.1f})", f"{gap.shortfall:.0f}"]
    assert row[-2:] == ["feasible", "if"]
    assert any(line.startswith("  easy*") and line.endswith("  feasible") for line in lines)


def test_targets_of_one_indicator_stand_under_it_once(view):
    lines = standings(view)
    place = lines.index("Uninhabitable houses (RTLH) (houses)")
    assert [line.split()[0] for line in lines[place + 1 : place + 3]] == ["fewer", "easy*"]
    assert lines.count("Uninhabitable houses (RTLH) (houses)") == 1
    assert "Decent share (%)" in lines


def test_a_target_without_a_chance_has_dashes(report):
    standing = standing_of(report, "fewer")
    bare = standing.promise._replace(chances=None, first_year_range=(None, None), redefined=True)
    changed = with_standing(report, replace(standing, promise=bare, aim=None, gaps={}, verdict=None))
    lines = standings(TargetView.of(changed, "en"))
    row = next(line for line in lines if line.startswith("  fewer"))
    assert row.split()[5:] == ["–"] * 4
    assert "cannot be judged" in joined(lines)


@pytest.mark.parametrize(
    ("years", "told"),
    [((2027, 2027), "2027"), ((2027, 2029), "2027-29"), ((2027, None), "2027-..."), ((None, None), "–")],
)
def test_the_first_year_is_as_exact_as_the_error_allows(report, years, told):
    standing = standing_of(report, "fewer")
    changed = with_standing(report, replace(standing, promise=standing.promise._replace(first_year_range=years)))
    row = next(line for line in standings(TargetView.of(changed, "en")) if line.startswith("  fewer"))
    assert row.split()[-3] == told


def test_years_between_are_told_for_targets_that_have_them(report, view):
    lines = by_year(view)
    assert "fewer" in lines
    assert "easy*" not in lines
    assert "early*" not in lines
    gaps = lines[lines.index("fewer") + 2].split()
    central = [standing_of(report, "fewer").gaps[year].central for year in (2027, 2028, 2029)]
    assert gaps == ["gap,", "houses", *(f"{gap:+.0f}" for gap in central)]
    assert len(lines[lines.index("occupied*") + 1].split()) == len(["chance", "%", "(error)"]) + 2 * 2


def test_years_that_do_not_fit_are_left_out():
    assert some_years(range(2027, 2033)) == [*range(2027, 2033)]
    assert len(some_years(range(2027, 2060))) == 6
    assert some_years(range(2027, 2060))[-1] == 2059


# verdicts


def test_relaxations_are_rounded_to_the_side_that_is_enough(report, view):
    fewer, share = (standing_of(report, name).promise.target for name in ("fewer", "share"))
    assert view.money(1.4111e9) == "Rp\xa01.42\xa0billion"
    assert view.money(636.21e9) == "Rp\xa0636.3\xa0billion"
    assert view.money(18.721e6) == "Rp\xa018.73\xa0million"
    assert view.eased(321.2, fewer) == "<=\xa0322\xa0houses"
    assert view.eased(0.78496, share) == ">=\xa078.49\xa0%"
    assert view.eased(1.04e9, fewer.model_copy(update={"variable": "funding_gap_idr"})) == "<=\xa0Rp\xa01.1\xa0billion"
    assert view.value(31.26e6, "cost_per_net_house_idr") == "31.3"
    assert view.amount(11.2, "households") == "12 households"
    assert view.amount(math.nan, "idr") == "–"


def test_every_kind_of_relaxation_is_said(report):
    changes = [
        *(Relaxation("more_money", 2e9, "idr"), Relaxation("more_crews", 12.0, "crews")),
        Relaxation("higher_absorption", 0.9321, "share"),
        *(Relaxation("later_year", 2030.0, "year"), Relaxation("lower_target", 321.2, "houses")),
        *(
            Relaxation("other_source", amount * 1e9, "idr", name)
            for amount, name in ((3, "apbn"), (4, "dak"), (5, "csr"), (6, "flpp"))
        ),
    ]
    changed = with_verdict(report, "fewer", Verdict("feasible_if", tuple(changes), ("more_money",), 0.0))
    said = joined(verdicts(TargetView.of(changed, "en")))
    assert "fewer: now bound by funds. Feasible if there is Rp 2.00 billion more in each year 2027-2029; or" in said
    assert "from one source alone in each year 2027-2029: State (APBN) Rp 3.00 billion, Earmarked (DAK)" in said
    assert "or CSR Rp 5.00 billion; or there are 12 more crews" in said
    assert "FLPP" not in said
    assert "at least 93.3 % of the money is spent" in said
    assert "its year moves to 2030; or the target is eased to <= 322 houses." in said


def test_money_that_is_of_no_use_is_said(report, view):
    changed = with_verdict(report, "fewer", Verdict("infeasible", (), ("more_money",), 0.0, beyond="capacity"))
    said = joined(verdicts(TargetView.of(changed, "en")))
    assert "Money alone is never enough: with more of it, whatever the amount, it is bound by capacity." in said
    assert "None of the changes tried is enough by itself" in said
    occupied = joined(verdicts(view)).partition("occupied*: ")[2]
    assert occupied.startswith("no limit of a programme binds. No programme can move it")


def test_money_that_is_already_decided_is_said_of_early_targets_only(view):
    said = joined(verdicts(view))
    assert said.count("Money of 2026 is already decided") == 1
    assert "early*: now bound by funds" in said
    assert "easy*" not in said


# funding


def test_the_money_adds_up_by_year_and_source(report, view):
    group = report.funding[0]
    lines = funding(view)
    rows = {line[:9].strip(): line.split() for line in lines if line.startswith(("written", "further", "whole"))}
    assert float(rows["whole"][-1]) == pytest.approx(group.budget.sum() / 1e9, abs=0.005)
    assert float(rows["written"][-1]) == pytest.approx(3.0)
    total = next(line for line in lines if line.split()[:1] == ["Total"]).split()
    regional = [float(line.split()[-1]) for line in lines if line.startswith(("63.01", "63.10"))]
    assert sum(regional) == pytest.approx(float(total[-1]), abs=1e-9)


def test_chances_of_fresh_draws_and_of_all_at_once_are_told(report, view):
    group, lines = report.funding[0], funding(view)
    fresh = group.checked["fewer"]
    row = next(line for line in lines if line.startswith("fewer "))
    assert row.endswith(f"{100 * fresh.probability:.1f} ({100 * fresh.mc_error:.1f})")
    together = next(line for line in lines if line.startswith("all in the same future"))
    assert f"{100 * group.together.probability:.1f}" in together
    assert "40 fresh ones" in joined(lines)


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (None, "never all met"),
        (1.0, "the total is the same"),
        (1.5, "above all at once"),
        (0.5, "below all at once"),
    ],
)
def test_one_by_one_stands_beside_all_at_once(report, factor, said):
    extra = report.funding[0].extra
    changed = with_group(report, one_by_one=None if factor is None else factor * extra)
    assert said in joined(funding(TargetView.of(changed, "en")))


def test_cautions_about_money_are_said(report, view):
    changed = with_group(report, rises=False, error=math.nan)
    said = joined(funding(TargetView.of(changed, "en")))
    assert "more money does not always help" in said
    assert "Monte Carlo error of the further total: –." in said
    assert "more money does not always help" not in joined(funding(view))
    assert "already decided: early." in said


def test_a_quota_is_told_in_households_and_has_no_regions(report):
    changed = with_group(report, unit="households", regions={}, extra=np.array([1.2, 0.0, 0.0]), present=np.zeros(3))
    lines = funding(TargetView.of(changed, "en"))
    assert lines[1].endswith("least money, households")
    assert "by kabupaten/kota" not in joined(lines)


def test_targets_out_of_reach_are_named(report):
    alone = replace(report, funding=(), out_of_reach=("occupied",), apart=("fewer", "easy"))
    lines = funding(TargetView.of(alone, "id"))
    assert lines[:2] == ["", "Di luar jangkauan uang: occupied."]
    assert lines[2].endswith("tidak ada dana yang mencapai semuanya sekaligus: fewer, easy.")
