"""Checks of correlations: their values exist, are uncertain, are drawn alike, and can move together as stated."""

from collections.abc import Mapping

from backlog_model.errors import nearest_hint
from backlog_model.scenario.checking import Checking, unread, values_in
from backlog_model.scenario.correlation import Impossible, conflicts, groups, impossible, lowest_for_all
from backlog_model.scenario.findings import Place
from backlog_model.scenario.paths import Value
from backlog_model.translation import Text, joined


def check_correlations(checking: Checking) -> None:
    """Note everything in the correlations that contradicts the values, or each other."""
    stated = checking.scenario.correlations
    values = {value.path: value for value in values_in(checking.scenario) if value.path}
    for position in range(len(stated)):
        _check_members(position, values, checking)
    _check_drawn(values, checking)
    contradictions = conflicts(stated)
    for (one, other), first, second, (number, again) in contradictions:
        earlier = checking.place(_number_of(first))
        message = Text(
            "{again:g} for {one} and {other}, but {number:g} at {earlier}; keep one of them",
            again=again,
            one=one,
            other=other,
            number=number,
            earlier=earlier,
        )
        checking.refuse_at(_number_of(second), message)
    for found in impossible(stated) if not contradictions else ():
        checking.refuse_at(_number_of(found.at), _not_possible(found, checking))


def _number_of(position: int) -> str:
    return f"correlations.{position}.correlation"


def _check_members(position: int, values: Mapping[str, Value], checking: Checking) -> None:
    names = checking.scenario.correlations[position].between
    drawn = [path for path, value in values.items() if value.is_drawn]
    for place, name in enumerate(names):
        path = f"correlations.{position}.between.{place}"
        if name in names[:place]:
            checking.refuse_at(path, Text("{name} stands twice in this list; keep it once", name=name))
        elif name in drawn or _rests(name, path, values, checking):
            continue
        elif name not in values:
            checking.refuse_at(path, Text("unknown value {name}{hint}", name=name, hint=nearest_hint(name, drawn)))
        elif not unread(values[name]):
            advice = Text("give it a distribution such as range, or take it out of this list")
            checking.refuse_at(path, Text("{name} is not uncertain; {advice}", name=name, advice=advice))


def _rests(name: str, path: str, values: Mapping[str, Value], checking: Checking) -> bool:
    """Whether a value became certain, or one for all classes, after its correlation was stated: by a child, say."""
    now = name if name in values else name.rpartition(".")[0]
    return now in values and _version(checking.place(now), checking) > _version(checking.place(path), checking)


def _version(place: Place, checking: Checking) -> int:
    """Which version of the scenario something comes from: the parent, the file itself, or a change made in Python."""
    if not place.line:
        return 2
    return 1 if place.file == checking.tree.place.file else 0


def _check_drawn(values: Mapping[str, Value], checking: Checking) -> None:
    """Values of one group are drawn alike."""
    stated = checking.scenario.correlations
    listed = [(name, f"correlations.{at}.between.{place}") for at, one in enumerate(stated)
              for place, name in enumerate(one.between)]  # fmt: skip
    written = dict(reversed(listed))  # where each stands first
    for group in groups(stated):
        drawn = [values[name] for name in group if name in values and values[name].is_drawn]
        for value in drawn[1:]:
            if value.drawn != drawn[0].drawn:
                other = Text("{path} is drawn: {drawn}", path=drawn[0].path, drawn=drawn[0].drawn)
                message = Text(
                    "{path} is drawn: {drawn}, but {other}; what moves together is drawn alike",
                    path=value.path,
                    drawn=value.drawn,
                    other=other,
                )
                checking.refuse_at(written[value.path], message)


def _not_possible(found: Impossible, checking: Checking) -> str:
    stated = checking.scenario.correlations
    one = stated[found.at]
    seen = Text("smallest eigenvalue {eigenvalue:.2g}", eigenvalue=round(found.eigenvalue, 9))
    if abs(one.correlation) == 1:
        return Text(
            "{correlation:g} leaves nothing to draw ({seen}); write a number nearer 0, such as 0.99",
            correlation=one.correlation,
            seen=seen,
        )
    if len(found.stated) == 1:
        lowest = lowest_for_all(len(one.between))
        return Text(
            "not possible together: {seen}; {count} values can all be correlated above {lowest:.3g} only",
            seen=seen,
            count=len(one.between),
            lowest=lowest,
        )
    others = joined([str(checking.place(_number_of(at))) for at in found.stated if at != found.at], Text(" and "))
    advice = Text("write numbers nearer 0")
    if found.unstated is not None:
        advice = Text(
            "{unstated}, not stated, count as 0: state them, or {advice}",
            unstated=joined(found.unstated, Text(" and ")),
            advice=advice,
        )
    return Text("not possible together with {others}: {seen}; {advice}", others=others, seen=seen, advice=advice)
