"""Forecasts, figures brought together, hindcasts and numbers for scenarios, as lines of text."""

from collections.abc import Sequence

from backlog_model.history.agreements import Agreed
from backlog_model.history.forecasting import Forecast
from backlog_model.history.handover import TABLE
from backlog_model.history.hindcast import Hindcast
from backlog_model.history.ledger import LEVEL
from backlog_model.history.outlook import LEVELS, Outlook
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED
from backlog_model.report.past.view import PastView

_RANGE = LEVELS.index(LEVEL)
_BY_CHANCE = 0.05


def outlooks(view: PastView) -> list[str]:
    """Every series with its forecast and back-test."""
    found = list(view.past.outlooks.values())
    rows = [row for each in found for row in _outlook(view, each)]
    lines = table(view.columns("past_outlook_columns"), rows) if rows else []
    lines += paragraph(view.say("past_outlook_how")) if rows else []
    names = [(view.named(each.declared.label), each.forecast.cautions) for each in found if each.forecast is not None]
    lines += view.remarks(names)
    for each in found:
        name = view.named(each.declared.label)
        if each.forecast is None:
            lines += paragraph(view.say("past_too_short", series=name, count=each.known), indent="  ")
        if each.declared.note is not None:
            lines += paragraph(view.say("past_note", series=name, note=view.named(each.declared.note)), indent="  ")
    return section(view.say("past_outlooks"), lines)


def _outlook(view: PastView, outlook: Outlook) -> list[list[str]]:
    """The first year ahead with the back-test, and the last one below it."""
    forecast, backtest, unit = outlook.forecast, outlook.backtest, outlook.unit
    if forecast is None or backtest is None:
        return []
    label = view.named(outlook.declared.label)
    head = [label, str(outlook.known), view.number(outlook.values[-1], unit)]
    skills = [view.decimal(backtest.skill[name]) for name in ("naive", "drift")]
    hits = backtest.intervals[_RANGE]
    rows = [[*head, *_ahead(view, outlook, forecast, 0), *skills, f"{hits.hits}/{hits.intervals}"]]
    last = len(forecast.mean) - 1
    said = "" if unit == "share" else f"  [{unit}]"
    if last:
        rows.append([said, "", "", *_ahead(view, outlook, forecast, last), "", "", ""])
    return rows


def _ahead(view: PastView, outlook: Outlook, forecast: Forecast, step: int) -> list[str]:
    """One year ahead: the forecast and its range."""
    low, high = (float(each[_RANGE][step]) for each in (forecast.lower, forecast.upper))
    mean = view.number(float(forecast.mean[step]), outlook.unit)
    limits = view.limits(low, high, outlook.unit) if outlook.has_range else UNDEFINED
    return [str(outlook.years_ahead[step]), mean, limits]


def agreements(view: PastView) -> list[str]:
    """Every agreement: what is agreed, what was said, and how far each source moved."""
    lines: list[str] = []
    for each in view.past.agreements.values():
        title = paragraph(f"{view.named(each.declared.label)} [{each.declared.unit}]")
        lines += ["", *title] if lines else title
        lines += table(view.columns("past_agreement_columns"), _agreed(view, each), left=1, wide=5)
        lines += paragraph(f"  {_verdict(view, each)}", indent="  ")
        if each.declared.note is not None:
            lines += paragraph(view.named(each.declared.note), indent="  ")
    return section(view.say("past_agreements"), lines)


def _verdict(view: PastView, agreed: Agreed) -> str:
    result = agreed.result
    if result.verdict == "unchecked":
        return view.say("past_unchecked")
    by_chance = result.verdict == "widened" and result.p_value > _BY_CHANCE
    return view.say("past_a_little" if by_chance else f"past_{result.verdict}", p=view.small(result.p_value))


def _agreed(view: PastView, agreed: Agreed) -> list[list[str]]:
    rows: list[list[str]] = []
    for quantity, label in agreed.declared.quantities.items():
        value = agreed.values[quantity]
        unit = agreed.declared.unit
        exact = value.is_exact
        limits = UNDEFINED if exact else view.limits(value.lower, value.upper, unit)
        head = [view.named(label), view.number(value.middle, unit), limits]
        said = [each for each in agreed.statements if each.quantity == quantity]
        if not said:
            rows.append([*head, view.say("past_unstated"), UNDEFINED, ""])
        for each in said:
            move = view.number(each.move, unit)
            rows.append([*head, view.number(each.row.value, unit), move, _source(each.row.place)])
            head = ["", "", ""]
    return rows


def _source(place: str) -> str:
    return place.replace("\\", "/").rpartition("/")[2]


def hindcasts(view: PastView) -> list[str]:
    """Forecasts as of earlier years, held to what came."""
    found = view.past.hindcasts
    if not found.made and not found.silent:
        return []
    rows = [_hindcast(view, each) for each in found.made]
    lines = table(view.columns("past_hindcast_columns"), rows, left=2) if rows else []
    lines += paragraph(_hits(view, found.made))
    for origin in dict.fromkeys(each.origin for each in found.silent):
        names = [_name(view, each.kind, each.name) for each in found.silent if each.origin == origin]
        lines += paragraph(view.say("past_silent", year=origin, names="; ".join(names)), indent="  ")
    lines += paragraph(view.say("past_guard"), indent="  ")
    return section(view.say("past_hindcasts"), lines)


def _name(view: PastView, kind: str, name: str) -> str:
    declared = view.past.declared
    return view.named(declared.series[name].label if kind == "series" else declared.ledgers[name].label)


def _hindcast(view: PastView, each: Hindcast) -> list[str]:
    name, unit = _name(view, each.kind, each.name), each.actual.unit
    hit = UNDEFINED if each.hit is None or each.crosses else view.say("past_yes" if each.hit else "past_no")
    return [
        str(each.origin),
        view.say("past_crosses", name=name) if each.crosses else name,
        str(each.actual.year),
        view.number(each.actual.value, unit),
        view.number(_rounded(each.forecast)),
        view.number(_rounded(each.error)),
        view.limits(_rounded(each.lower), _rounded(each.upper)),
        hit,
    ]


def _rounded(value: float | None) -> float | None:
    return round(value) if value is not None and abs(value) >= 1000 else value


def _hits(view: PastView, made: Sequence[Hindcast]) -> str:
    held = [each.hit for each in made if each.hit is not None and not each.crosses]
    errors = [abs(each.error) for each in made if each.crosses]
    counts = {"hits": sum(held), "count": len(held)}
    if not errors:
        return view.say("past_hits_only", **counts)
    return view.say("past_hits", **counts, crossed=len(errors), worst=view.number(round(min(errors))))


def estimates(view: PastView) -> list[str]:
    """Numbers that scenarios take over."""
    rows = []
    for each in view.past.estimates:
        interval = each.interval
        everywhere = each.region == view.past.regions.province_code
        region = view.say("past_every_region") if everywhere else view.region(each.region)
        limits = view.limits(interval.lower, interval.upper, "share")
        rows.append([each.key, region, view.number(interval.middle, "share"), limits])
    lines = table(view.columns("past_estimate_columns"), rows, left=2) if rows else []
    return section(view.say("past_estimates", file=TABLE), lines)
