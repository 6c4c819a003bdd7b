"""Small multiples: one panel for each region, on the same scale, on its own, and as an index."""

from collections.abc import Iterator, Mapping

from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.records import counted_again, records
from backlog_model.report.figures.scales import numbers, read_as
from backlog_model.report.notes import ASSUMED, split_of

VARIABLE = "rtlh_houses"
_ENDS = (0.05, 0.95)
_BASE = 100.0


def panels(dossier: Dossier) -> Iterator[Figure]:
    """RTLH of each region over the years, three times: same scale, own scale, index."""
    case = dossier.lead
    if len(case.projection.axes.regions) < 2:
        return
    unit = words.unit(QUANTITIES[VARIABLE].unit, dossier.language)
    values = by_region(case.projection, VARIABLE)
    columns = _columns(dossier, numbers("central", dossier.say("figure_central"), VARIABLE, dossier.language))
    rows = _rows(case, values)
    yield _panels(dossier, "same", unit, columns, rows)
    yield _panels(dossier, "own", unit, columns, rows)
    opening = case.projection.years(VARIABLE)[0]
    if all(values["central"][code][0] for code in values["central"]):
        unit = dossier.say("figure_index_unit", year=opening)
        column = Column("central", dossier.say("figure_index"), decimals=1, unit=unit)
        yield _panels(dossier, "index", unit, _columns(dossier, column), _rows(case, _index(values)))


def by_region(projection: Projection, variable: str, *, part: str = "total") -> dict[str, dict[str, list[float]]]:
    """Central values of each region over the years of a variable, and with draws the ends of its 90 % range."""
    codes = projection.axes.regions
    central = projection.central.array(variable, part=part)[:, 0]
    found = {"central": dict(zip(codes, central.T.tolist(), strict=True))}
    if projection.draws:
        quantiles = projection.statistics(variable, part=part, points=_ENDS).quantiles
        for name, values in zip(("p05", "p95"), quantiles, strict=True):
            found[name] = dict(zip(codes, values.T.tolist(), strict=True))
    return found


def _index(values: Mapping[str, Mapping[str, list[float]]]) -> dict[str, dict[str, list[float]]]:
    """The same as a share of the opening on the central line, 100 at the opening."""
    bases = {code: path[0] for code, path in values["central"].items()}
    return {
        name: {code: [_BASE * value / bases[code] for value in path] for code, path in paths.items()}
        for name, paths in values.items()
    }


def _columns(dossier: Dossier, central: Column) -> tuple[Column, ...]:
    columns = [
        Column("region", dossier.say("figure_region"), "text"),
        Column("name", dossier.say("figure_region_name"), "text"),
        Column("year", dossier.say("figure_year"), "year"),
        central,
    ]
    if dossier.draws:
        columns += [
            central._replace(name=name, label=dossier.say(label))
            for name, label in (("p05", "figure_low"), ("p95", "figure_high"))
        ]
    if counted_again(dossier.lead, VARIABLE, dossier.lead.projection.years(VARIABLE)):
        columns.append(Column("record", dossier.say("figure_record"), "text"))
    return tuple(columns)


def _rows(case: Case, values: Mapping[str, Mapping[str, list[float]]]) -> tuple[tuple[Cell, ...], ...]:
    years = case.projection.years(VARIABLE)
    found = records(case, VARIABLE, years)
    return tuple(
        (
            *(code, case.view.region(code), year),
            *(read_as(values[name][code][position], VARIABLE) for name in values),
            *([found[year]] if found else []),
        )
        for code in case.projection.axes.regions
        for position, year in enumerate(years)
    )


def _panels(
    dossier: Dossier, scale: str, unit: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Figure:
    case = dossier.lead
    years = case.projection.years(VARIABLE)
    said = {"name": dossier.say(f"figure_short_{VARIABLE}"), "unit": unit, "first": years[0], "last": years[-1]}
    figure = Figure(
        name=f"regions_{scale}",
        chart=f"regions_{scale}",
        title=dossier.say("figure_panels_title", scale=dossier.say(f"figure_scale_{scale}"), **said),
        description="",
        columns=columns,
        rows=rows,
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier, scale)),
        settings={"unit": unit, "now": case.view.now, "opening": years[0]},
    )
    message = "figure_panels_again" if counted_again(case, VARIABLE, years) else f"figure_panels_{scale}"
    return figure.described(dossier.say(message, **_extremes(figure), year=years[0], last=years[-1]))


def _extremes(figure: Figure) -> dict[str, object]:
    """Where the last year is highest and lowest."""
    last = [record for record in figure.records if record["year"] == figure.records[-1]["year"]]
    ordered = sorted(last, key=lambda record: float(record["central"] or 0.0))
    low, high = ordered[0], ordered[-1]
    return {
        **{"count": len(last), "most": high["name"], "least": low["name"]},
        **{"high": figure.text("central", high["central"]), "low": figure.text("central", low["central"])},
    }


def _notes(dossier: Dossier, scale: str) -> Iterator[str]:
    case = dossier.lead
    if scale == "own":
        yield dossier.say("figure_own_scales")
    yield from split_note(case, VARIABLE)
    again = counted_again(case, VARIABLE, case.projection.years(VARIABLE))
    if again:
        yield dossier.say("figure_counted_again", years=case.view.span(again))


def split_note(case: Case, variable: str) -> Iterator[str]:
    """That the split of a provincial figure over regions is assumed, or derived, if it is."""
    split = split_of(variable, case.scenario)
    if split is not None:
        yield case.view.say("figure_split_assumed" if split == ASSUMED else "figure_split_derived")
