"""What `backlog history` prints, section after section, and the same for programs."""

import math
from typing import Any

from backlog_model.history.agreements import Agreed
from backlog_model.history.breaks import Break
from backlog_model.history.calibration import Calibration
from backlog_model.history.hindcast import Hindcast
from backlog_model.history.inflow import Posterior
from backlog_model.history.ledger import LEVEL, Interval, Ledger, Span
from backlog_model.history.outlook import LEVELS, Outlook
from backlog_model.history.past import Past
from backlog_model.history.tables import Row
from backlog_model.history.tables.findings import Finding
from backlog_model.report.numbers import Language
from backlog_model.report.past.accounts import breaks, decay, ledgers
from backlog_model.report.past.findings import findings, heading
from backlog_model.report.past.prospects import agreements, estimates, hindcasts, outlooks
from backlog_model.report.past.view import PastView
from backlog_model.report.remarks import told

SCHEMA_VERSION = 1
SECTIONS = (heading, findings, ledgers, breaks, decay, outlooks, agreements, hindcasts, estimates)
"""Each turns the past into lines; a section without anything to say is left out."""


def answer(past: Past, language: Language) -> str:
    """The answer as text."""
    view = PastView(past, language)
    return "\n".join(line for each in SECTIONS for line in each(view)) + "\n"


def refusal(past: Past, language: Language, *, written: bool) -> str:
    """That figures are wrong, and that nothing was written if that was asked for."""
    errors = sum(finding.severity == "error" for finding in past.findings)
    return PastView(past, language).say("past_not_written" if written else "past_wrong", errors=errors)


def document(past: Past) -> dict[str, Any]:
    """The same for programs; undefined numbers are null."""
    return {
        "schema_version": SCHEMA_VERSION,
        "folder": past.folder.as_posix(),
        "level": LEVEL,
        "findings": [_finding(each) for each in past.findings],
        "ledgers": [_ledger(each, past.inflows.get(name)) for name, each in past.ledgers.items()],
        "breaks": [_break(each) for each in past.breaks.values()],
        "decay": [_posterior(key, each) for key, each in past.posteriors.items()],
        "forecasts": [_outlook(each) for each in past.outlooks.values()],
        "agreements": [_agreed(each) for each in past.agreements.values()],
        "hindcasts": [_hindcast(each) for each in past.hindcasts.made],
        "not_hindcast": [each.__dict__ for each in past.hindcasts.silent],
        "estimates": [
            {"key": each.key, "region": each.region, **_interval(each.interval), "source": each.source}
            for each in past.estimates
        ],
        "outdated_estimates": list(past.outdated),
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"middle": interval.middle, "lower": interval.lower, "upper": interval.upper}


def _row(row: Row) -> dict[str, object]:
    return {"place": row.place, "year": row.year, "region": row.code, "indicator": row.indicator, "value": row.value}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": finding.place,
        "seen": finding.seen,
        "message": finding.message,
        "message_id": told(finding.message, "id"),
        "reading": finding.reading,
        "reading_id": told(finding.reading, "id"),
        "others": finding.others,
    }


def _ledger(ledger: Ledger, inflow: Calibration | None) -> dict[str, object]:
    shown = None if inflow is None else {name: getattr(inflow.inflow, name) for name in ("median", "lower", "upper")}
    return {
        "name": ledger.name,
        "region": ledger.declared.region,
        "definition": ledger.declared.definition.en,
        "codes": ledger.codes,
        "spans": [_span(each) for each in ledger.spans],
        "whole": _span(ledger.whole),
        "net_inflow_per_year": shown,
        "calibration_codes": None if inflow is None else inflow.codes,
    }


def _span(span: Span) -> dict[str, object]:
    return {
        "from": round(span.opening.at, 4),
        "to": round(span.closing.at, 4),
        "opening": _row(span.opening.row),
        "closing": _row(span.closing.row),
        "handled_houses": span.handled,
        "missing_houses": _interval(span.missing),
        "break_even_houses_per_year": _interval(span.per_year),
        "codes": span.codes,
    }


def _break(each: Break) -> dict[str, object]:
    return {
        "name": each.name,
        "date": each.declared.date,
        "before": _row(each.before),
        "after": _row(each.after),
        "difference": each.difference,
        "ratio": each.ratio,
        "log_ratio": each.log_ratio,
        "bridge": each.declared.bridge.en,
    }


def _posterior(key: str, found: Posterior) -> dict[str, object]:
    return {
        "key": key,
        "before": _interval(found.prior),
        "after": _interval(found.posterior),
        "effective_draws": found.effective_draws,
        "correlation_with_repair": found.correlation_with_repair,
        "expected_net_inflow": {region: _interval(each) for region, each in found.predicted.items()},
        "codes": found.codes,
    }


def _outlook(outlook: Outlook) -> dict[str, object]:
    forecast, backtest = outlook.forecast, outlook.backtest
    values = [None if math.isnan(value) else value for value in outlook.values]
    found: dict[str, object] = {
        "name": outlook.name,
        "unit": outlook.unit,
        "years": outlook.years,
        "values": values,
        "rows": [row.place for row in outlook.rows],
    }
    if forecast is None or backtest is None:
        return found | {"forecast": None, "backtest": None, "codes": ["too_few_points"]}
    ahead = _years_ahead(outlook, forecast.mean, forecast.lower, forecast.upper)
    tested = {
        "scaled_error": backtest.scaled_error,
        "skill": backtest.skill,
        "intervals": [{"level": each.level, "hits": each.hits, "of": each.intervals} for each in backtest.intervals],
        "codes": backtest.codes,
    }
    return found | {"method": forecast.method, "forecast": ahead, "backtest": tested, "codes": forecast.cautions}


def _years_ahead(outlook: Outlook, mean: Any, lower: Any, upper: Any) -> list[dict[str, object]]:
    return [
        {
            "year": year,
            "mean": float(mean[step]),
            "limits": [
                {"level": level, "lower": float(lower[place][step]), "upper": float(upper[place][step])}
                for place, level in enumerate(LEVELS)
            ]
            if outlook.has_range
            else None,
        }
        for step, year in enumerate(outlook.years_ahead)
    ]


def _agreed(agreed: Agreed) -> dict[str, object]:
    result = agreed.result
    return {
        "name": agreed.name,
        "unit": agreed.declared.unit,
        "values": {quantity: _interval(each) for quantity, each in agreed.values.items()},
        "statements": [
            {"quantity": each.quantity, **_row(each.row), "sd": each.sd, "move": each.move}
            for each in agreed.statements
        ],
        "verdict": result.verdict,
        "chi_square": result.chi_square,
        "degrees_of_freedom": result.degrees_of_freedom,
        "p_value": None if math.isnan(result.p_value) else result.p_value,
    }


def _hindcast(each: Hindcast) -> dict[str, object]:
    return {
        "as_of": each.origin,
        "kind": each.kind,
        "name": each.name,
        "known": [row.place for row in each.known],
        "actual": _row(each.actual),
        "forecast": each.forecast,
        "lower": each.lower,
        "upper": each.upper,
        "error": each.error,
        "hit": each.hit,
        "crosses": each.crosses,
    }
