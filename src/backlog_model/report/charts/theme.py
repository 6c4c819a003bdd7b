"""What all charts share: palette, fonts, number format, title and foot."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from backlog_model.report.figures.figure import Figure
from backlog_model.report.numbers import Language

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
FONT = "Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"

# Okabe and Ito 2008, Color universal design, and ColorBrewer for ramps (Brewer 2003): told apart without red and green.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW, GREY = (
    *("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#6E6E6E"),
)
CATEGORIES = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, GREY, YELLOW, "#000000")
INK, QUIET, RULE = "#1f2933", "#52606d", "#d9dee4"
_EQUAL = 0.225  # luminance on which white and INK have the same contrast
WORSE_RAMP = ("#fff5eb", "#fdd0a2", "#fd8d3c", "#d94801", "#7f2704")
"""From little to much of what is bad."""
BETTER_RAMP = ("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b")
"""From little to much of what is good."""
DIVERGING = ("#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788")
"""From worse to better, around nothing."""

_LOCALES: Mapping[Language, Mapping[str, Any]] = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""], "percent": " %"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""], "percent": " %"},
}


def config(language: Language) -> Spec:
    """Configuration of a specification: looks, and numbers as the language writes them."""
    return {
        "font": FONT,
        "locale": {"number": dict(_LOCALES.get(language, _LOCALES["en"]))},
        "view": {"stroke": None},
        "background": "#ffffff",
        "padding": 8,
        "axis": {
            **{"labelColor": INK, "titleColor": QUIET, "labelFontSize": 11, "titleFontSize": 11},
            **{"domainColor": "#8a939c", "tickColor": "#8a939c", "gridColor": "#e6e9ed", "titleFontWeight": "normal"},
        },
        "legend": {
            "labelColor": INK,
            "titleColor": QUIET,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "orient": "top",
            "titleFontWeight": "normal",
        },
        "header": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 11},
        "title": {
            **{"anchor": "start", "fontSize": 14, "color": INK, "subtitleColor": QUIET, "subtitleFontSize": 11},
            **{"fontWeight": 600, "offset": 10, "subtitlePadding": 4},
        },
    }


def alone(figure: Figure, body: Spec) -> Spec:
    """Specification without title and foot, for pages that write these themselves.

    Parameters
    ----------
    figure : its rows become the data named `figure`
    body : marks, layers or facets, with their size
    """
    return {
        "$schema": SCHEMA,
        "description": figure.description,
        "datasets": {"figure": figure.records},
        "data": {"name": "figure"},
        "config": config(figure.language),
        **body,
    }


def framed(figure: Figure, body: Spec, *, characters: int = 96) -> Spec:
    """The same with title, notes and foot, for a picture that stands by itself.

    Parameters
    ----------
    characters : that fit on a line of the foot
    """
    title: Spec = {"text": wrapped(figure.title, round(0.75 * characters))}
    if figure.notes:
        title["subtitle"] = [line for note in figure.notes for line in wrapped(note, characters)]
    foot = {
        **{"text": wrapped(figure.foot, round(1.25 * characters)), "orient": "bottom", "anchor": "start"},
        **{"fontSize": 9, "fontWeight": "normal", "color": QUIET, "offset": 12},
    }
    return {**alone(figure, {}), "title": title, "vconcat": [{"title": foot, "vconcat": [body]}]}


def wrapped(text: str, width: int) -> list[str]:
    """Text as lines: charts do not break lines by themselves."""
    return wrap(text, width) or [""]


def number_format(decimals: int) -> str:
    """Format of axis labels and tooltips, in the notation of d3.

    Examples
    --------
    >>> number_format(0), number_format(2)
    (',.0f', ',.2f')
    """
    return f",.{decimals}f"


def dark_from(ramp: Sequence[str]) -> float:
    """Part of a ramp from light to dark, 0 to 1, from which on white letters are read better than dark ones.

    Examples
    --------
    >>> dark_from(["#ffffff", "#000000"])
    0.49
    """
    return next((step / 100 for step in range(101) if _luminance(_at(ramp, step / 100)) < _EQUAL), 1.0)


def _at(ramp: Sequence[str], part: float) -> list[float]:
    """Red, green and blue, 0 to 1, at a part of a ramp."""
    place = min(int(part * (len(ramp) - 1)), len(ramp) - 2)
    share = part * (len(ramp) - 1) - place
    low, high = ([int(ramp[end][start : start + 2], 16) / 255 for start in (1, 3, 5)] for end in (place, place + 1))
    return [before + share * (after - before) for before, after in zip(low, high, strict=True)]


def _luminance(colour: Sequence[float]) -> float:
    """Relative luminance (WCAG 2.1)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def tooltips(figure: Figure) -> list[Spec]:
    """Every column of a figure as lines of a tooltip, numbers as the language writes them."""
    shown: list[Spec] = []
    for each in figure.columns:
        line: Spec = {"field": each.name, "title": each.label}
        if each.kind == "text":
            line["type"] = "nominal"
        else:
            line["format"] = "d" if each.kind == "year" else number_format(each.decimals)
        shown.append(line)
    return shown
