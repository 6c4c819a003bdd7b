"""Slips of unit in a scenario of Kalimantan Selatan: one number a thousand or a million times off, or in percent."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from backlog_model.scenario.findings import Findings
from backlog_model.scenario.nodes import leaves, read_tree

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel"
FACTORS = (1e3, 1e-3, 1e6, 1e-6)
TABLES = ("opening.csv", "budgets.csv", "assumptions.csv", "realised.csv", "shocks.csv")
_MONEY_OR_COUNT = ("idr", "houses", "households", "estates", "ha", "crews", "year", "population", "estate")
_OTHERS = ("share", "rate", "probability", "sigma", "concentration", "dispersion", "base_year", "price_year")


class Slip(NamedTuple):
    """One number written wrong: where, how many times off, and the file as it then is."""

    place: str
    factor: float
    file: str
    content: str


def is_money_or_count(path: str) -> bool:
    steps = path.split(".")
    return any(step.endswith(_MONEY_OR_COUNT) for step in steps) and not any(
        word in path for word in (*_OTHERS, ".table", "years.", "now")
    )


def in_tables() -> Iterator[Slip]:
    """Slips in every row of the tables that holds money or a count."""
    for name in TABLES:
        rows = list(csv.reader(io.StringIO((KALSEL / name).read_text(encoding="utf-8"))))
        value, bounds = rows[0].index("value"), [rows[0].index(column) for column in ("low", "high")]
        for at, row in enumerate(rows[1:], start=1):
            if is_money_or_count(row[0]) and float(row[value]):
                for factor in FACTORS:
                    wrong = [list(each) for each in rows]
                    wrong[at][value] = repr(float(row[value]) * factor)
                    for column in bounds:
                        wrong[at][column] = ""
                    text = io.StringIO()
                    csv.writer(text, lineterminator="\n").writerows(wrong)
                    yield Slip(f"{name}:{at + 1} {row[0]}", factor, name, text.getvalue())


def in_scenario() -> Iterator[Slip]:
    """Slips in every number of the baseline itself that is money or a count, ends of ranges included."""
    lines = (KALSEL / "baseline.yaml").read_text(encoding="utf-8").split("\n")
    tree = read_tree(KALSEL / "baseline.yaml", Findings())
    assert tree is not None
    for steps, node in leaves(tree):
        path = ".".join(map(str, steps))
        is_number = isinstance(node.content, int | float) and not isinstance(node.content, bool) and node.content
        if is_number and is_money_or_count(path):
            yield from (_at(node, lines, path, factor) for factor in FACTORS)


def percent_for_shares() -> Iterator[Slip]:
    """Percent in place of every share and rate of the baseline."""
    lines = (KALSEL / "baseline.yaml").read_text(encoding="utf-8").split("\n")
    tree = read_tree(KALSEL / "baseline.yaml", Findings())
    assert tree is not None
    for steps, node in leaves(tree):
        path = ".".join(map(str, steps))
        named = steps[-1] if isinstance(steps[-1], str) else ""
        is_share = any(str(step).endswith(("_share", "_rate")) for step in steps) and named not in ("sigma", "truncate")
        if is_share and isinstance(node.content, float) and 0.0 < node.content <= 1.0:
            yield _at(node, lines, path, 100.0)


def _at(node, lines, path, factor) -> Slip:
    line, column = node.place.line - 1, node.place.column - 1
    wrong = list(lines)
    after = lines[line][column + len(node.text) :]
    wrong[line] = f"{lines[line][:column]}{float(node.content) * factor!r}{after}"
    return Slip(path, factor, "baseline.yaml", "\n".join(wrong))


def copied(folder: Path) -> Path:
    """The folder of Kalimantan Selatan, to write in."""
    return Path(shutil.copytree(KALSEL, folder / "kalsel", ignore=shutil.ignore_patterns("history")))
