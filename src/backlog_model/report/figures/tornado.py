"""Tornado: which assumption moves RTLH of the province most, each by itself."""

from collections.abc import Iterator, Sequence

from backlog_model.analysis.one_at_a_time import Move, one_at_a_time
from backlog_model.report.assumption_words import assumption_label, assumption_unit
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import number

SHOWN = 12
"""Assumptions that a chart has room for."""

_MINUS = "\N{MINUS SIGN}"  # a hyphen would start a formula in a spreadsheet
_LEAST = 0.5  # of a house: a span that no number shows


def tornado(dossier: Dossier) -> Iterator[Figure]:
    """RTLH in the year being planned with each assumption at both ends of its range; none where nothing is uncertain.

    Columns: path, label, unit, low_value and high_value (text: the assumption at its 5 and 95 % point, by class where
    classes move together), low and high (RTLH there), swing.
    """
    case, year = dossier.lead, dossier.lead.view.focus
    moves = one_at_a_time(case.scenario, year)
    shown = [move for move in moves[:SHOWN] if move.swing >= _LEAST]
    if not shown:
        return
    rows = tuple(_row(case, move) for move in shown)
    texts = ("path", "label", "unit", "low_value", "high_value")
    houses = dossier.say("ledger_houses")
    figure = Figure(
        name="tornado",
        chart="tornado",
        title=dossier.say("figure_tornado_title", year=year),
        description=_description(dossier, rows[0], shown[0].base),
        columns=(
            *(Column(name, dossier.say(f"figure_tornado_{name}"), "text") for name in texts),
            *(Column(name, dossier.say(f"figure_tornado_{name}"), unit=houses) for name in ("low", "high", "swing")),
        ),
        rows=rows,
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier, moves, shown)),
        settings={"base": shown[0].base, "year": year},
    )
    yield figure


def _row(case: Case, move: Move) -> tuple[Cell, ...]:
    unit = assumption_unit(move.values[0].unit, case.language)
    low, high = (
        " / ".join(number(unit.factor * each, case.language, decimals=unit.decimals) for each in ends).replace(
            "-", _MINUS
        )
        for ends in (move.low_values, move.high_values)
    )
    path = _common(move.paths)
    return path, _label(case, move, path), unit.unit, low, high, move.low, move.high, move.swing


def _common(paths: Sequence[str]) -> str:
    """The one path, or that of the assumption whose classes these are."""
    return paths[0] if len(paths) == 1 else paths[0].rpartition(".")[0]


def _label(case: Case, move: Move, path: str) -> str:
    label = assumption_label(path, case.scenario, case.language)
    return label if len(move.paths) == 1 else case.view.say("assumption_all_of", label=label)


def _description(dossier: Dossier, row: Sequence[Cell], base: float) -> str:
    view = dossier.lead.view
    _, label, unit, low_value, high_value, low, high, _ = row
    return dossier.say(
        "figure_tornado_description",
        label=label,
        unit=unit,
        low_value=low_value,
        high_value=high_value,
        low=view.number(float(low or 0.0)),
        high=view.number(float(high or 0.0)),
        base=view.number(base),
        year=view.focus,
    )


def _notes(dossier: Dossier, moves: Sequence[Move], shown: Sequence[Move]) -> Iterator[str]:
    yield dossier.say("figure_tornado_how")
    if any(len(move.paths) > 1 for move in shown):
        yield dossier.say("figure_tornado_classes")
    if any(value.drawn == "region" for move in shown for value in move.values):
        yield dossier.say("figure_tornado_regions")
    if len(moves) > len(shown):
        yield dossier.say("figure_tornado_rest")
