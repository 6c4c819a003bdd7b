"""The inputs in which two scenarios differ, as lines of text."""

import math
from collections.abc import Iterator, Sequence

from backlog_model.analysis.input_differences import InputDifference, InYear, Written
from backlog_model.report import words
from backlog_model.report.comparison.view import PairView
from backlog_model.report.layout import paragraph, section, shortened
from backlog_model.report.numbers import signed
from backlog_model.report.view import BILLION

_KINDS = ("lever", "uncertainty", "opening", "target", "other")
_UNITS = {"rupiah": "idr", "houses": "houses", "households": "households", "hectares": "ha", "estates": "estates"}
_LONGEST = 160  # letters of what is written in a file
_SMALL = 0.1
_INDENT = "    "


def inputs(view: PairView, found: Sequence[InputDifference]) -> list[str]:
    """Every entry that differs, levers first: years, both numbers, and whether they are sourced or assumed."""
    lines: list[str] = []
    for kind in _KINDS:
        own = [each for each in found if each.kind == kind]
        lines += [f"{view.say(f'compare_{kind}')}:"] if own else []
        lines += _lines(view, own)
    return section(view.say("compare_inputs", count=len(found)), lines)


def _lines(view: PairView, found: Sequence[InputDifference]) -> list[str]:
    """A head and what changes for each entry; programmes that change alike stand together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        before, name, after = _steps(each.path)
        said = _changes(view, each) or _as_written(view, each)
        alike.setdefault((before, after, "; ".join(["", *_beside(view, each)]), said), []).append(name)
    lines: list[str] = []
    for (before, after, beside, said), names in alike.items():
        among = names[0] if len(names) == 1 else f"{{{', '.join(names)}}}"
        lines += paragraph(f"  {before}{among}{after}{beside}", indent=_INDENT)
        lines += paragraph(f"{_INDENT}{said}", indent=_INDENT)
    return lines


def _steps(path: str) -> tuple[str, str, str]:
    """What stands before the name of a programme, the name, and what stands after it; else all of it in the middle."""
    section_name, _, below = path.partition(".")
    name, dot, after = below.partition(".")
    return (f"{section_name}.", name, f"{dot}{after}") if section_name == "programmes" and dot else ("", path, "")


def _beside(view: PairView, found: InputDifference) -> Iterator[str]:
    """Unit, how regions are put together, how many of them differ, and where the numbers are from."""
    unit = _UNITS.get(found.unit) if found.added == "sum" else None
    if unit:
        yield words.unit(unit, view.language)
    if found.added == "mean":
        yield view.say("compare_mean")
    if found.regions:
        yield view.say("compare_apart", count=len(found.regions))
    origins = [_origin(view, each) for each in (found.first, found.second)]
    if any(origins):
        yield " -> ".join(dict.fromkeys(origin for origin in origins if origin))


def _origin(view: PairView, written: Written) -> str:
    return view.say(f"compare_{written.origin}") if written.origin else ""


def _changes(view: PairView, found: InputDifference) -> str:
    """Numbers of both plans, years of the same numbers together; empty where no central number differs."""
    runs: list[list[InYear]] = []
    for each in found.years:
        last = runs[-1][-1] if runs else None
        if last is not None and each.year == last.year + 1 and _same(each, last):
            runs[-1].append(each)
        else:
            runs.append([each])
    return "; ".join(_change(view, found, run) for run in runs)


def _same(one: InYear, other: InYear) -> bool:
    pairs = ((one.first, other.first), (one.second, other.second))
    return all((math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9) for a, b in pairs)


def _change(view: PairView, found: InputDifference, run: Sequence[InYear]) -> str:
    first, second = run[0].first, run[0].second
    relative = second / first - 1.0 if first else math.nan
    percent = f" ({_signed_percent(view, relative)})" if math.isfinite(relative) and not _is_share(found) else ""
    return view.say(
        "compare_change",
        years=view.reference.span([each.year for each in run]),
        first=_amount(view, found, first),
        second=_amount(view, found, second),
        percent=percent,
    )


def _signed_percent(view: PairView, relative: float) -> str:
    return f"{signed(100.0 * relative, view.language, decimals=1)} %"


def _amount(view: PairView, found: InputDifference, value: float) -> str:
    """A number in the unit people read it in, with as many decimals as its size needs."""
    if math.isnan(value):
        return view.say("compare_nothing")
    if _is_share(found):
        return view.reference.percent(value)
    if found.unit == "rupiah":
        value /= BILLION
    decimals = 0 if abs(value) >= 1e4 or value == round(value) else 4 if abs(value) < _SMALL else 2
    return view.reference.number(value, decimals=decimals)


def _is_share(found: InputDifference) -> bool:
    return found.unit.startswith("share")


def _as_written(view: PairView, found: InputDifference) -> str:
    """What stands in the two files, where ranges or rules differ and no central number does."""
    first, second = (
        shortened(each.text, _LONGEST) or view.say("compare_nothing") for each in (found.first, found.second)
    )
    return view.say("compare_written", first=first, second=second)
