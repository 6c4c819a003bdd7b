"""Ledgers, breaks of definition and what they say about decay, as lines of text."""

from backlog_model.history.inflow import Posterior
from backlog_model.history.ledger import Ledger, Span
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.past.view import PastView


def ledgers(view: PastView) -> list[str]:
    """Every ledger, span by span, with the flow that closes it."""
    found = list(view.past.ledgers.values())
    if not found:
        return []
    header, *lines = table(view.columns("past_ledger_columns"), [row for each in found for row in _rows(view, each)])
    shown = [header]
    for ledger in found:
        shown += paragraph(f"{view.named(ledger.declared.label)}: {view.named(ledger.declared.definition)}")
        own, lines = lines[: len(_rows(view, ledger))], lines[len(_rows(view, ledger)) :]
        shown += own
        if ledger.declared.note is not None:
            shown += paragraph(f"  {view.named(ledger.declared.note)}", indent="  ")
    shown += paragraph(view.say("past_ledger_how"))
    shown += view.remarks((view.named(each.declared.label), each.codes) for each in found)
    return section(view.say("past_ledgers"), shown)


def _rows(view: PastView, ledger: Ledger) -> list[list[str]]:
    whole = [_row(view, view.say("past_whole"), ledger.whole)]
    return whole if len(ledger.spans) == 1 else [*(_row(view, "", span) for span in ledger.spans), *whole]


def _row(view: PastView, name: str, span: Span) -> list[str]:
    handled = None if span.handled is None else round(span.handled)
    per_year = span.per_year
    limits = "" if per_year.is_exact else f" ({view.limits(round(per_year.lower), round(per_year.upper))})"
    return [
        f"  {name}",
        view.moment(span.opening.at),
        view.moment(span.closing.at),
        view.number(span.opening.value),
        view.number(handled),
        view.number(span.closing.value),
        view.number(round(span.missing.middle)),
        f"{view.number(round(per_year.middle))}{limits}",
    ]


def breaks(view: PastView) -> list[str]:
    """Every break of definition, with the two counts on its sides."""
    rows = [
        [
            view.named(each.declared.label),
            each.declared.date,
            view.number(each.before.value, each.before.unit),
            view.number(each.after.value, each.after.unit),
            view.number(each.ratio),
        ]
        for each in view.past.breaks.values()
    ]
    if not rows:
        return []
    lines = table(view.columns("past_break_columns"), rows, left=1)
    for each in view.past.breaks.values():
        text = view.say("past_note", series=view.named(each.declared.label), note=view.named(each.declared.bridge))
        lines += paragraph(text, indent="  ")
    return section(view.say("past_breaks"), lines)


def decay(view: PastView) -> list[str]:
    """Inflow of each list that shows one, and the rate of decay before and after it was heard."""
    lines = paragraph(view.say("past_decay_how")) if view.past.inflows else []
    for name, found in view.past.inflows.items():
        label = view.named(view.past.ledgers[name].declared.label)
        numbers = {key: view.number(round(getattr(found.inflow, key))) for key in ("lower", "upper")}
        middle = view.number(round(found.inflow.median))
        lines += paragraph(view.say("past_calibration_of", list=label, middle=middle, **numbers), indent="  ")
    lines += view.remarks(
        (view.named(view.past.ledgers[name].declared.label), found.codes) for name, found in view.past.inflows.items()
    )
    lines += [line for key, each in view.past.posteriors.items() for line in _posterior(view, key, each)]
    return section(view.say("past_decay"), lines)


def _posterior(view: PastView, key: str, found: Posterior) -> list[str]:
    region, expected = next(iter(found.predicted.items()))
    text = view.say(
        "past_decay_of",
        key=key,
        before=view.number(found.prior.middle, "share"),
        before_low=view.number(found.prior.lower, "share"),
        before_high=view.number(found.prior.upper, "share"),
        after=view.number(found.posterior.middle, "share"),
        after_low=view.number(found.posterior.lower, "share"),
        after_high=view.number(found.posterior.upper, "share"),
        expected=view.number(round(expected.middle)),
        low=view.number(round(expected.lower)),
        high=view.number(round(expected.upper)),
        region=view.region(region),
        draws=view.number(round(found.effective_draws)),
        correlation=view.decimal(found.correlation_with_repair),
    )
    return [*paragraph(text, indent="  "), *view.remarks([(key, found.codes)])]
