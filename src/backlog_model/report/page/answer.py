"""The answer: one sentence, three tiles, the chart of RTLH, and the indicators behind them."""

from collections.abc import Iterator

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.fans import FANS
from backlog_model.report.figures.figure import Cell, Figure
from backlog_model.report.figures.main_target import main_target
from backlog_model.report.headline import listing
from backlog_model.report.page.parts import Block, Choice, Figures, Prose, Section, Tile, Tiles, Tone
from backlog_model.report.page.shown import shown


def answer(dossier: Dossier, figures: Figures) -> Section:
    """The first section: what a reader must take away, and the charts and tables it is read from."""
    found = figures["answer"]
    blocks: list[Block] = [
        Prose((sentence(dossier, found),), lead=True),
        Tiles(tuple(_tiles(dossier, figures))),
        Prose(tuple(_beside(dossier, figures))),
        shown(dossier, figures["fan_rtlh_houses"]),
        shown(dossier, found, folded=True),
        *_others(dossier, figures),
    ]
    return Section("answer", dossier.say("page_answer"), tuple(blocks))


def sentence(dossier: Dossier, found: Figure) -> str:
    """Where RTLH go and why, in one sentence; a change of definition is never told as a trend."""
    view = dossier.lead.view
    now, focus, last = found.settings["now"], found.settings["focus"], view.years[-1]
    said = {
        "province": view.region(view.projection.axes.province),
        "now": found.shown("central", year=now),
        "year": now,
        "because": _because(dossier, found),
    }
    if not view.ahead:
        return dossier.say("page_at_end", **said)
    said["verb"] = _verb(dossier, found.value("apart", year=last))
    if not found.settings["revised"]:
        ends = {"then": found.shown("central", year=last), "year": last}
        end = dossier.say("page_and_end", **ends) if last > focus else ""
        return dossier.say("page_trend", **said, then=found.shown("central", year=focus), focus=focus, end=end)
    change = found.value("revision", year=last)
    return dossier.say(
        "page_record",
        **said,
        then=found.shown("central", year=last),
        last=last,
        change=f"{'+' if _size(change) > 0 else ''}{found.shown('revision', year=last)}",
        revised=view.span(found.settings["revised"]),
        mistaken=dossier.say("worsening" if _size(change) > 0 else "improving"),
        apart=found.shown("apart", year=last).removeprefix("-"),
    )


def _size(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _verb(dossier: Dossier, change: Cell) -> str:
    size = _size(change)
    return dossier.say("stays" if abs(size) < 0.5 else "falls" if size < 0 else "rises")


def _because(dossier: Dossier, found: Figure) -> str:
    """Break-even beside the effective handling of the year being planned."""
    year = found.settings["focus"]
    even, handled = (_size(found.value(name, year=year)) for name in ("break_even", "effective_handled"))
    message = "page_without" if even < 0 else "page_above_even" if handled >= even else "page_below_even"
    shown_even, shown_handled = (found.shown(name, year=year) for name in ("break_even", "effective_handled"))
    return dossier.say(message, year=year, even=shown_even, handled=shown_handled)


def _beside(dossier: Dossier, figures: Figures) -> Iterator[str]:
    """Ranges with their draws and errors, break-even of later years, and how long clearing takes."""
    found, view = figures["answer"], dossier.lead.view
    years = view.ahead or view.years
    if dossier.draws:
        bounds = [
            dossier.say(
                "between_in_year",
                low=found.shown("p05", year=year),
                high=found.shown("p95", year=year),
                year=year,
            )
            for year in years
        ]
        errors = " / ".join(found.shown("error", year=year) for year in years)
        draws = figures["runs"].shown("draws", scenario=dossier.lead.name)
        yield dossier.say("page_range", ranges=listing(view, bounds), draws=draws, errors=errors)
    else:
        yield dossier.say("page_central_only")
    path = [
        dossier.say(
            "page_even_of",
            even=found.shown("break_even", year=year),
            handled=found.shown("effective_handled", year=year),
            year=year,
        )
        for year in years
    ]
    yield dossier.say("page_later_even", path="; ".join(path))
    clear = found.value("years_to_clear", year=view.focus)
    message = "page_never_clear" if clear is None else "page_clearing"
    yield dossier.say(message, year=view.focus, years=found.shown("years_to_clear", year=view.focus))


def _tiles(dossier: Dossier, figures: Figures) -> Iterator[Tile]:
    found = figures["answer"]
    yield _stock(dossier, found)
    yield _even(dossier, found)
    yield _chance(dossier, figures) or _clearing(dossier, found)


def _stock(dossier: Dossier, found: Figure) -> Tile:
    now, year = found.settings["now"], found.settings["focus"]
    notes = list(_since(dossier, found, now, year))
    if dossier.draws:
        low, high = (found.shown(name, year=year) for name in ("p05", "p95"))
        notes.append(dossier.say("page_tile_range", low=low, high=high))
    unit = next(each.unit for each in found.columns if each.name == "central")
    return Tile(
        dossier.say("page_tile_stock", year=year),
        found.shown("central", year=year),
        unit,
        tuple(notes),
        _tone(_size(found.value("apart", year=year)) < 0),
    )


def _since(dossier: Dossier, found: Figure, now: int, year: int) -> Iterator[str]:
    """The stock now; after a new count the change apart from it, since the two stocks do not compare."""
    if not _size(found.value("revision", year=year)):
        yield dossier.say("page_tile_stock_from", now=found.shown("central", year=now), year=now)
        return
    apart = found.shown("apart", year=year)
    signed = f"+{apart}" if _size(found.value("apart", year=year)) > 0 else apart
    revised = dossier.lead.view.span([each for each in found.settings["revised"] if each <= year])
    yield dossier.say("page_tile_again", revised=revised)
    yield dossier.say("page_tile_apart", apart=signed, year=now)


def _even(dossier: Dossier, found: Figure) -> Tile:
    year = found.settings["focus"]
    even, net = (found.shown(name, year=year) for name in ("break_even", "net_clearance"))
    notes = (dossier.say("page_tile_even_beside", even=even), dossier.say("page_tile_net", net=net))
    return Tile(
        dossier.say("page_tile_even", year=year),
        found.shown("effective_handled", year=year),
        dossier.say("page_tile_even_unit"),
        notes,
        _tone(_size(found.value("net_clearance", year=year)) > 0),
    )


def _clearing(dossier: Dossier, found: Figure) -> Tile:
    year = found.settings["focus"]
    never = found.value("years_to_clear", year=year) is None
    number = dossier.say("page_tile_clear_never") if never else found.shown("years_to_clear", year=year)
    unit = "" if never else dossier.say("page_tile_clear_unit")
    notes = (dossier.say("page_tile_clear_note"),)
    return Tile(dossier.say("page_tile_clear", year=year), number, unit, notes, "bad" if never else "plain")


def _chance(dossier: Dossier, figures: Figures) -> Tile | None:
    """Chance of the main target on RTLH, or of the first target that has one; None where none has."""
    found = figures.get("targets")
    held = [row for row in found.records if row.get("chance") is not None] if found else []
    if found is None or not held:
        return None
    main = main_target(dossier.lead)
    row = next((row for row in held if main and row["target"] == main.name), held[0])
    chance, error, wanted = (found.shown(name, target=row["target"]) for name in ("chance", "error", "wanted_chance"))
    subject = dossier.say("page_tile_chance_of", subject=row["subject"], wanted=row["wanted"], unit=row["unit"])
    note = dossier.say("page_tile_chance_error", wanted=wanted, error=error)
    notes = (subject, note, *(() if row["kind"] == dossier.say("figure_targets_published") else (str(row["kind"]),)))
    sure = _size(row["chance"]) >= _size(row["wanted_chance"])
    return Tile(dossier.say("page_tile_chance", year=row["year"]), chance, "%", notes, _tone(sure))


def _tone(good: bool) -> Tone:
    return "good" if good else "bad"


def _others(dossier: Dossier, figures: Figures) -> Iterator[Block]:
    """Where the change comes from, the other indicators drawn one at a time, slums by authority, all as a table."""
    if "flows" in figures:
        yield shown(dossier, figures["flows"])
    fans = [figures[name] for name in (f"fan_{variable}" for variable in FANS) if name in figures]
    options = tuple(
        (dossier.lead.view.label(figure.name.removeprefix("fan_")), shown(dossier, figure)) for figure in fans[1:]
    )
    if options:
        yield Choice("indicator", dossier.say("page_indicator_choice"), options)
    yield shown(dossier, figures["indicators"])
    if "slums" in figures:
        yield shown(dossier, figures["slums"])
    if "ledger" in figures:
        yield shown(dossier, figures["ledger"], folded=True)
