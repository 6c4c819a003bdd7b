"""What `backlog runs` prints."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.layout import paragraph, section, table
from backlog_model.report.numbers import UNDEFINED, Language, number
from backlog_model.report.stored import TABLE, Replay
from backlog_model.store import Damage, Stored
from backlog_model.store.index import Row
from backlog_model.translation import translated

_SHOWN = (
    *("rtlh_houses", "break_even_houses", "effective_handled_houses", "ownership_backlog_households"),
    *("occupancy_backlog_households", "slum_ha", "psu_gap_estates", "spent_idr"),
)
_SCALES = {"share": 100.0, "idr": 1e-9}
_DECIMALS = {"share": 2, "ha": 2, "idr": 1}
_MOST_YEARS = 6


def listing(rows: Sequence[Row], folder: str, language: Language) -> str:
    """The runs of a folder, the newest first."""
    if not rows:
        return words.say("runs_none", language, folder=folder) + "\n"
    header = words.say("runs_columns", language).split("|")
    return "\n".join(table(header, [_listed(row, language) for row in rows], left=len(header))) + "\n"


def _listed(row: Row, language: Language) -> list[str]:
    if row.scenario is None:
        return [row.run_id, "", "", "", "", words.say("runs_unreadable", language)]
    title = row.title_id if language == "id" else row.title_en
    made = (row.created_utc or "").removesuffix("+00:00").replace("T", " ")
    draws = UNDEFINED if row.draws is None else number(row.draws, language)
    return [row.run_id, made, row.scenario, draws, str(row.seed), title or ""]


def shown(run: Stored, language: Language) -> str:
    """What a run was made from, and its main numbers."""
    record = run.record
    title = str(record.get("title", {}).get(language, ""))
    head = words.say("runs_head", language, run=run.run_id, scenario=record.get("scenario"), title=title)
    lines = [*paragraph(head), *paragraph(_made(record, language))]
    lines += section(words.say("runs_numbers", language), _numbers(run, language))
    files = [f"  {each.get('sha256')}  {each.get('path')}" for each in record["files"]]
    return "\n".join([*lines, *section(words.say("runs_files", language), files)]) + "\n"


def _made(record: Mapping[str, Any], language: Language) -> str:
    made = str(record.get("created_utc", "")).removesuffix("+00:00").replace("T", " ")
    fields = {"made": made, "versions": versions(record)}
    if not record.get("draws"):
        return words.say("runs_central", language, **fields)
    design = words.design(str(record["design"]), language)
    draws = number(float(record["draws"]), language)
    return words.say("runs_drawn", language, draws=draws, design=design, seed=record.get("seed"), **fields)


def versions(record: Mapping[str, Any]) -> str:
    """What a run was made with."""
    return ", ".join(f"{name} {version}" for name, version in record.get("versions", {}).items())


def _numbers(run: Stored, language: Language) -> list[str]:
    """Central values of the province in some years, from the table of the run."""
    text = (run.folder / TABLE).read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["part"] == "total" and row["variable"] in _SHOWN]
    province = min((row["region"] for row in rows), key=len, default="")
    found = {(row["variable"], int(row["year"])): row["central"] for row in rows if row["region"] == province}
    years = sorted({year for _, year in found})
    step = -(-len(years) // _MOST_YEARS) or 1
    chosen = years[::-1][::step][::-1]
    return table(["", words.say("unit", language), *map(str, chosen)], _rows(found, chosen, language), left=2)


def _rows(found: Mapping[tuple[str, int], str], years: Sequence[int], language: Language) -> list[list[str]]:
    rows = []
    for variable in _SHOWN:
        quantity = QUANTITIES[variable]
        scale, decimals = _SCALES.get(quantity.unit, 1.0), _DECIMALS.get(quantity.unit, 0)
        texts = [found.get((variable, year), "") for year in years]
        cells = [number(scale * float(text), language, decimals=decimals) if text else UNDEFINED for text in texts]
        rows.append([quantity.said(language), words.unit(quantity.unit, language), *cells])
    return rows


def verified(damaged: Sequence[Damage], count: int, language: Language) -> str:
    """Which runs are damaged, and how many were checked."""
    lines = [translated(each.said, language) for each in damaged]
    said = "runs_damaged" if damaged else "runs_all_sound"
    return "\n".join([*lines, words.say(said, language, count=count, damaged=len(damaged))]) + "\n"


def replay_said(found: Replay, language: Language, *, now: str) -> str:
    """Whether a run came out the same."""
    run = found.stored.run_id
    if found.is_equal:
        rows = number(found.row_count, language)
        return words.say("runs_equal", language, run=run, rows=rows, arrays=len(found.arrays)) + "\n"
    differ = [name for name, same in found.arrays.items() if not same]
    said = words.say("runs_same" if found.rows else "runs_differs", language)
    fields = {"table": said, "arrays": ", ".join(differ) or UNDEFINED, "largest": f"{found.largest:.1e}"}
    return words.say("runs_other", language, run=run, before=versions(found.stored.record), now=now, **fields) + "\n"
