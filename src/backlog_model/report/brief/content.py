"""What a brief says, before it is laid out: sentences, key numbers and one table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from backlog_model.inputs import AUTHORITIES
from backlog_model.report import words
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.answer import answer as answer_figure
from backlog_model.report.figures.comparisons import comparisons
from backlog_model.report.figures.fans import fan
from backlog_model.report.figures.figure import Cell, Figure
from backlog_model.report.figures.indicators import indicators
from backlog_model.report.figures.main_target import main_target
from backlog_model.report.figures.register import register
from backlog_model.report.figures.targets import targets
from backlog_model.report.figures.tornado import tornado
from backlog_model.report.headline import figure as read
from backlog_model.report.headline import listing, sentence
from backlog_model.report.notes import split_of
from backlog_model.report.standing import limit_names
from backlog_model.report.view import View

Figures = Mapping[str, Figure]

LONGEST_TITLE, LONGEST_LINE, LONGEST_NOTE, LONGEST_CELL = 140, 330, 150, 60
MOST_ROWS, MOST_NAMES, MOST_ASSUMED = 16, 4, 3


def needed(dossier: Dossier) -> dict[str, Figure]:
    """Figures that a brief is written from, by name: those of the full report that take long are not made."""
    makers = (targets, register, tornado, comparisons)
    made = [each for maker in makers for each in maker(dossier)]
    always = (answer_figure(dossier), indicators(dossier), fan(dossier, dossier.lead, "rtlh_houses"))
    return {each.name: each for each in (*always, *made)}


class Tile(NamedTuple):
    """A key number, what it is, and what stands beside it."""

    label: str
    value: str
    beside: str


class Grid(NamedTuple):
    """The one table: its heading, its rows as people read them, and how many of its columns are text."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int
    note: str = ""


def shortened(text: str, most: int) -> str:
    """Text of at most so many letters, cut between words, with a mark where it was cut.

    Examples
    --------
    >>> shortened("Kalimantan Selatan: pendanaan tetap", 24)
    'Kalimantan Selatan: …'
    """
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip()} …"


def answer(view: View) -> str:
    """The answer in one sentence, and its range in another where there are draws."""
    return " ".join(sentence(view)).strip()


def tiles(dossier: Dossier, found: Figures) -> tuple[Tile, Tile, Tile]:
    """RTLH, break-even and the chance of a target, or the net clearance where there is none."""
    view, told = dossier.lead.view, found["answer"]
    year = view.focus
    if dossier.draws:
        low, high = (told.shown(name, year=year) for name in ("p05", "p95"))
        beside = view.say("brief_stock_range", low=low, high=high)
    else:
        beside = view.say("brief_stock_now", year=view.now, number=told.shown("central", year=view.now))
    stock = Tile(view.say("brief_stock", year=year), told.shown("central", year=year), beside)
    even = Tile(view.say("brief_even", year=year), told.shown("break_even", year=year), _effective(view, told))
    net = told.shown("net_clearance", year=year)
    return (
        stock,
        even,
        _promised(dossier, found.get("targets"))
        or Tile(view.say("brief_net", year=year), net, view.say("brief_net_beside")),
    )


def _effective(view: View, told: Figure) -> str:
    """What break-even means, with the handling beside it."""
    value = told.value("break_even", year=view.focus)
    below = isinstance(value, int | float) and value < 0
    message = "brief_even_negative" if below else "brief_even_beside"
    return view.say(message, effective=told.shown("effective_handled", year=view.focus))


def _promised(dossier: Dossier, promised: Figure | None) -> Tile | None:
    """Chance of the main target on RTLH, or of the first target that has one; None where none has."""
    held = [row for row in promised.records if row.get("chance") is not None] if promised else []
    if promised is None or not held:
        return None
    main = main_target(dossier.lead)
    row = next((row for row in held if main and row["target"] == main.name), held[0])
    said = {name: promised.shown(name, target=row["target"]) for name in ("chance", "error", "wanted_chance")}
    said |= {name: str(row[name]) for name in ("subject", "wanted", "unit", "kind")}
    beside = shortened(dossier.say("brief_chance_beside", **said), LONGEST_NOTE)
    return Tile(dossier.say("brief_chance", year=row["year"]), f"{said['chance']} %", beside)


def table(dossier: Dossier, found: Figures) -> Grid:
    """Targets with their chances where there are any, or else the indicators of the province."""
    promised = found.get("targets")
    if promised is not None:
        last = ["chance", "first_year"] if dossier.draws else ["met"]
        heading = "brief_targets" if dossier.draws else "brief_targets_central"
        columns = ["subject", "year", "wanted", "central", *last]
        return _grid(dossier, _told_apart(dossier, promised), columns, heading, texts=1)
    years = [f"y{year}" for year in dossier.lead.view.years]
    return _grid(dossier, found["indicators"], ["label", "unit", *years], "brief_indicators", texts=2)


def _told_apart(dossier: Dossier, promised: Figure) -> Figure:
    """Targets that are still ahead, official ones first, illustrative ones marked, each with its unit."""
    view, mine = dossier.lead.view, dossier.say("figure_targets_illustrative")

    def is_ahead(row: Mapping[str, Cell]) -> bool:
        return isinstance(row["year"], int) and row["year"] >= (view.focus if row["kind"] == mine else view.now + 1)

    held = sorted(filter(is_ahead, promised.records), key=lambda row: row["kind"] == mine) or promised.records
    rows = []
    for row in held:
        mark = " *" if row["kind"] == mine else ""
        unit = f" ({row['unit']})"
        named = shortened(str(row["subject"]), LONGEST_CELL - len(unit)) + unit
        told = {**row, "subject": named, "wanted": f"{row['wanted']}{mark}"}
        rows.append(tuple(told[column.name] for column in promised.columns))
    wanted = {promised.text("wanted_chance", row["wanted_chance"]) for row in held if dossier.draws}
    label = dossier.say("brief_first_year", wanted=wanted.pop()) if len(wanted) == 1 else ""
    columns = [c._replace(label=label) if label and c.name == "first_year" else c for c in promised.columns]
    return replace(promised, columns=tuple(columns), rows=tuple(rows))


def _grid(
    dossier: Dossier,
    figure: Figure,
    names: Sequence[str],
    heading: str,
    *,
    texts: int,
) -> Grid:
    """Some columns of a figure, and its first rows."""
    columns = {column.name: column for column in figure.columns}
    labels = tuple(
        f"{columns[name].label} ({columns[name].unit})" if columns[name].unit else columns[name].label for name in names
    )
    places = [[column.name for column in figure.read].index(name) for name in names]
    shown = [figure.texts(record) for record in figure.records[:MOST_ROWS]]
    left = len(figure.rows) - len(shown)
    notes = [dossier.say("brief_illustrative")] if any(text.endswith(" *") for row in shown for text in row) else []
    note = " ".join([*notes, *([dossier.say("brief_more_rows", count=left)] if left > 0 else [])])
    told = tuple(tuple(shortened(row[place], LONGEST_CELL) for place in places) for row in shown)
    return Grid(dossier.say(heading), labels, told, texts, note)


def binding(dossier: Dossier, found: Figures) -> list[str]:
    """What limits the programmes, what money there is, and where the other scenarios lead: a sentence each."""
    view = dossier.lead.view
    return [*_limits(view), *_money(view), *_others(dossier, found)]


def _limits(view: View) -> Iterator[str]:
    year = view.focus
    if year not in view.projection.axes.years or not view.projection.axes.programmes:
        return
    held = [pair for pair in limit_names(view, year) if pair[1] != view.say("no_budget")]
    if not held:
        yield view.say("brief_unlimited", year=year)
        return
    said = []
    by_limit = groupby(sorted(held, key=lambda pair: pair[1]), key=lambda pair: pair[1])
    for limit, pairs in sorted(((limit, list(pairs)) for limit, pairs in by_limit), key=lambda each: -len(each[1])):
        said.append(view.say("brief_limited", limit=limit, programmes=_few(view, [name for name, _ in pairs])))
    yield shortened(view.say("brief_limits", year=year, limits="; ".join(said)), LONGEST_LINE)


def _few(view: View, names: Sequence[str]) -> str:
    """The first few of many names."""
    shown = ", ".join(shortened(name.partition(" (")[0], 40) for name in names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else view.say("and_more", names=shown, more=len(names) - MOST_NAMES)


def _money(view: View) -> Iterator[str]:
    year, sources = view.focus, view.projection.axes.sources
    if year not in view.projection.axes.years or not sources:
        return
    parts = view.projection.parts("budget_idr")
    by_source = {
        name: sum(view.value("budget_idr", year, part=part) for part in parts if part.partition(".")[2] == name)
        for name in sources
    }
    largest = sorted(by_source, key=lambda name: -by_source[name])[:3]
    amounts = [
        view.say("brief_money_of", source=shortened(view.source(name), 30), amount=read(view, by_source[name], "idr"))
        for name in largest
        if by_source[name] > 0
    ]
    whole = {name: read(view, view.value(f"{name}_idr", year), "idr") for name in ("budget", "spent")}
    if amounts:
        yield view.say("brief_money", year=year, sources=listing(view, amounts), **whole)


def _others(dossier: Dossier, found: Figures) -> Iterator[str]:
    """Where RTLH end at the end of the plan under the scenarios that count alike."""
    lines = found.get("comparison")
    if lines is None:
        return
    view = dossier.lead.view
    year = view.ahead[min(1, len(view.ahead) - 1)]
    ends = sorted((row["central"], row["title"]) for row in lines.records if row["year"] == year)
    if len(ends) > 1:
        (low, least), (high, most) = ends[0], ends[-1]
        said = {"least": shortened(str(least), 50), "most": shortened(str(most), 50)}
        said |= {"lowest": lines.text("central", low), "highest": lines.text("central", high)}
        yield dossier.say("brief_others", count=len(ends), year=year, **said)
    alike = {row["scenario"] for row in lines.records if row["year"] == year}
    left_out = [case.name for case in dossier.cases if case.name not in alike]
    if left_out:
        yield dossier.say("brief_redefined", names=_few(view, left_out))


def assumptions(dossier: Dossier, found: Figures) -> list[str]:
    """The assumptions that move RTLH most; none where nothing is uncertain."""
    moved = found.get("tornado")
    if moved is None:
        return []
    names = ("label", "unit", "low_value", "high_value", "low", "high")
    year = moved.settings["year"]
    told = [{name: moved.text(name, record[name]) for name in names} for record in moved.records[:MOST_ASSUMED]]
    return [_sentence(shortened(dossier.say("brief_assumption", year=year, **said), LONGEST_LINE)) for said in told]


def _sentence(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def uncertain(dossier: Dossier, found: Figures) -> list[str]:
    """What a reader must know before using the numbers: how firm they are, and what no source covers."""
    view = dossier.lead.view
    known = [*_redefined(view), *_assumed(dossier, found["assumptions"])]
    if split_of("rtlh_houses", view.scenario):
        known.append(view.say("split_assumed"))
    if dossier.draws:
        known.append(view.say("brief_ranges"))
    return [*known, *_uncovered(view), view.say("figure_never_added")]


def _redefined(view: View) -> Iterator[str]:
    for revision in view.scenario.revisions.values():
        label = shortened(view.named(revision.label), 100)
        yield f"{revision.year}: {label}. {view.say('old_targets')}"


def _assumed(dossier: Dossier, register: Figure) -> Iterator[str]:
    """How many entries are assumed, and how many name no source."""
    grades = [record["grade"] for record in register.records]
    counts = {
        "assumed": grades.count(dossier.say("register_assumption")),
        "unstated": grades.count(dossier.say("register_unstated")),
        "all": len(grades),
    }
    view = dossier.lead.view
    yield view.say("assumed_numbers", **{name: view.number(count) for name, count in counts.items()})


def _uncovered(view: View) -> Iterator[str]:
    """Stocks that no source covers, in one sentence; and whose slums are not counted."""
    coverage = view.projection.inputs.coverage
    covered = {
        "slum_ha": coverage.slum.any(),
        "psu_gap_estates": coverage.psu.any(),
        "ownership_backlog_households": coverage.ownership,
    }
    missing = [view.label(name) for name, known in covered.items() if not known]
    if missing:
        yield view.say("uncovered", name=listing(view, missing))
    if view.slum_authorities and len(view.slum_authorities) < len(AUTHORITIES):
        names = [words.part(name, view.language) for name in view.slum_authorities]
        yield view.say("slum_covered", authorities=listing(view, names))
