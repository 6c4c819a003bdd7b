"""Every number shipped in `scenarios/` has a source beside it, or says that it is an assumption.

The files are read here as plain YAML and CSV, without the package, so that an error of the loader cannot hide one.
"""

import csv
import math
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
FOLDERS = sorted(path for path in SCENARIOS.iterdir() if path.is_dir())
FRAME = re.compile(r"years\.(first|last)|now|price_year|revisions\.\w+\.year")  # set by whoever asks, not found
LONG_TABLE = ["key", "region", "year", "value", "low", "high", "kind", "source", "note"]
CLASS_SHARES = {"severity_share", "relapse_severity_share", "slum_class_share", "severity_mix"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def yaml_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def says_where(node: dict) -> bool:
    """Whether a mapping states its source, or that it is an assumption."""
    return bool(str(node.get("source") or "").strip()) or node.get("assumption") is True


def admits(node: dict, key: str) -> bool:
    """Whether the note of a mapping names one of its numbers as an assumption."""
    return f"{key} {node[key]}, assumption" in str(node.get("note"))


def bare_numbers(node, path: str = "", *, covered: bool = False) -> Iterator[str]:
    """Places of the numbers without a source; a `split` must say its own, a `concentration` beside it in the note."""
    if isinstance(node, dict):
        covered = covered or says_where(node)
        for key, child in node.items():
            here = admits(node, key) if key == "concentration" else covered and key != "split"
            yield from bare_numbers(child, f"{path}.{key}".lstrip("."), covered=here)
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from bare_numbers(child, f"{path}[{place}]", covered=covered)
    elif isinstance(node, int | float) and not isinstance(node, bool) and not covered and not FRAME.fullmatch(path):
        yield path


def tables_used(node, path: str = "") -> Iterator[tuple[str, str]]:
    """Place and file of every table that a scenario reads."""
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        here = f"{path}.{key}".lstrip(".")
        if isinstance(child, dict) and "csv" in child:
            yield here, child["csv"]
        yield from tables_used(child, here)


def fault_of_row(row: dict[str, str]) -> str | None:
    """What is missing in a row of any of the CSV files."""
    if "id" in row:
        if row["kind"] not in {"published", "illustrative"} or row["applies"] not in {"yes", "no"}:
            return "kind or applies"
        needed = ["source", "probability"] if row["applies"] == "yes" else ["source", "reason"]
        return next((name for name in needed if not row[name].strip()), None)
    if "key" in row:
        if row["kind"] not in {"sourced", "derived", "assumption"}:
            return "kind"
        told = row["source"] or (row["kind"] == "assumption" and row["note"])
        return None if told else "source"
    if "status" in row:
        told = row["source_url"] or (row["status"] in {"derived", "assumption"} and row["note"])
        return None if told and row["status"] and row["unit"] else "source_url"
    if "code" in row:
        return None if row["source"] or "assumption" in row["note"].lower() else "source"
    if "program_code" in row:  # codes and words of official tables; no numbers of the model
        return None
    return "columns that this test knows"


def without_source(folder: Path) -> list[str]:
    """Every place of a folder where a number has no source."""
    found = []
    for path in yaml_files(folder):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {place}" for place in bare_numbers(document)]
        for place, table in tables_used(document):
            keys = {row.get("key") for row in rows_of(folder / table)} if place != "targets" else {"targets"}
            found += [] if place in keys else [f"{path.name}: {place} is not in {table}"]
    for path in sorted(folder.rglob("*.csv")):
        for line, row in enumerate(rows_of(path), start=2):
            fault = fault_of_row(row)
            found += [f"{path.name}:{line}: {fault}"] if fault else []
    return found


def number_of(written) -> float:
    return written["value"] if isinstance(written, dict) else written


def splits(node, path: str = "") -> Iterator[tuple[str, float, dict]]:
    if isinstance(node, dict):
        if "total" in node and "split" in node:
            yield path, number_of(node["total"]), node["split"]
        for key, child in node.items():
            yield from splits(child, f"{path}.{key}".lstrip("."))


def class_shares(node, path: str = "") -> Iterator[tuple[str, dict]]:
    if isinstance(node, dict):
        for key, child in node.items():
            here = f"{path}.{key}".lstrip(".")
            if key in CLASS_SHARES and isinstance(child, dict):
                yield here, child
            yield from class_shares(child, here)


def region_codes(folder: Path) -> set[str]:
    return {row["code"] for row in rows_of(folder / "regions.csv") if row["level"] == "region"}


def columns_of_tables(folder: Path) -> dict[tuple[str, str], dict[str, float]]:
    """Values by region of every key and year of the long tables, province rows left out."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for path in folder.glob("*.csv"):
        for row in rows_of(path):
            if "key" in row and row["region"] in region_codes(folder):
                column = found[row["key"], row["year"]]
                assert row["region"] not in column, f"{path.name}: {row['key']} {row['region']} stands twice"
                column[row["region"]] = float(row["value"])
    return found


def does_not_add_up(folder: Path) -> list[str]:
    """Every split, share table and set of class shares of a folder that does not add to its total."""
    columns = columns_of_tables(folder)
    found = []
    for path in yaml_files(folder):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, total, split in splits(document):
            parts = split["by_region"] if "by_region" in split else columns[f"{place}.split", ""]
            if not math.isclose(sum(parts.values()), total, rel_tol=1e-9):
                found.append(f"{path.name}: {place}")
        for place, shares in class_shares(document):
            if not math.isclose(sum(number_of(shares[name]) for name in ("light", "medium", "heavy")), 1, abs_tol=1e-6):
                found.append(f"{path.name}: {place}")
    for (key, _), column in columns.items():
        if set(column) != region_codes(folder):
            found.append(f"{key} does not name every region")
        if key.endswith(("region_share", "sharing.table")) and not math.isclose(sum(column.values()), 1, abs_tol=1e-6):
            found.append(f"{key} does not add to 1")
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_number_has_a_source_or_is_an_assumption(folder):
    assert without_source(folder) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_regions_and_classes_add_to_their_totals(folder):
    assert does_not_add_up(folder) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_long_tables_have_the_same_columns(folder):
    headers = [list(rows_of(path)[0]) for path in folder.glob("*.csv")]
    assert all(header == LONG_TABLE for header in headers if "key" in header)


def test_every_file_of_the_contract_is_there():
    names = {path.stem for path in yaml_files(KALSEL)}
    assert names == {
        *("baseline", "tkd_cut", "cut_and_recovery", "bsps_surge", "no_dak", "csr_drive", "full_need", "delayed_dpa"),
        "regsosek_rebase",
    }
    children = [yaml.safe_load((KALSEL / f"{name}.yaml").read_text(encoding="utf-8")) for name in names - {"baseline"}]
    assert {child["extends"] for child in children} == {"baseline.yaml"}
    assert len(rows_of(KALSEL / "targets.csv")) == 42


def test_houses_and_households_fit_in_every_region():
    columns = columns_of_tables(KALSEL)

    def stock(name: str, code: str) -> float:
        return columns[f"opening.{name}.split", ""][code]

    for code in region_codes(KALSEL):
        houses = sum(stock(name, code) for name in ("decent_houses", "treated_houses", "rtlh_houses"))
        assert 0 < houses < stock("households", code)
        assert stock("psu_handed_over_estates", code) <= stock("psu_complete_estates", code)
        hectares = stock("slum_ha.province", code) + stock("slum_handled_ha.province", code)
        assert math.isclose(hectares, stock("slum_base_ha.province", code), abs_tol=1e-9)


def test_official_tally_of_2025_comes_out_of_the_finished_houses():
    programmes = yaml.safe_load((KALSEL / "baseline.yaml").read_text(encoding="utf-8"))["programmes"]
    finished: dict[str, float] = defaultdict(float)
    for row in rows_of(KALSEL / "realised.csv"):
        kind, programme = row["key"].split(".")
        finished[programme] += float(row["value"]) if kind == "realised_houses" else 0
    assert sum(finished.values()) == 6357
    official = sum(
        houses * programmes[name]["official_tally_share"]["value"] for name, houses in finished.items() if houses
    )
    assert math.isclose(official, 2804, abs_tol=1e-6)  # 4,507 x a share of 17 digits


def rewritten(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(KALSEL, tmp_path / "kalsel"))


@pytest.mark.parametrize(
    ("name", "before", "after", "place"),
    [
        (
            "baseline.yaml",
            "    range: [0.002, 0.01, 0.03]\n    assumption: true\n",
            "    value: 0.01\n",
            "baseline.yaml: assumptions.relapse_rate.value",
        ),
        ("baseline.yaml", ', assumption: true, note: "High 0.05."', "", "baseline.yaml: programmes"),
        ("baseline.yaml", "share: {csv: shocks.csv}", "share: {csv: opening.csv}", "is not in opening.csv"),
        ("baseline.yaml", "    concentration: 190", "    concentration: 120", "opening.rtlh_houses.concentration"),
        ("csr_drive.yaml", "        assumption: true\n        source:", "        note:", "csr_drive.yaml: programmes"),
        ("regsosek_rebase.yaml", "      source: >-", "      definition: >-", "revisions.four_criteria_2027.ratio"),
        ("opening.csv", "https://github.com/cahyadsn/wilayah (2025-07-04)", "", "opening.csv:2: source"),
        ("budgets.csv", ",derived,", ",guess,", "kind"),
        (
            "history/psu.csv",
            "https://urbanbaz.id/pagu-anggaran-kementerian-pkp-tahun-2026-naik-signifikan",
            "",
            "psu.csv:2: source_url",
        ),
    ],
)
def test_a_removed_source_is_found(copied, name, before, after, place):
    rewritten(copied / name, before, after)
    assert [each for each in without_source(copied) if place in each]


@pytest.mark.parametrize(
    ("name", "before", "after", "place"),
    [
        ("baseline.yaml", "value: 237_973", "value: 237_974", "opening.rtlh_houses"),
        (
            "opening.csv",
            "opening.households.split,63.01,,102160",
            "opening.households.split,63.01,,102161",
            "opening.households",
        ),
        ("shocks.csv", "shocks.flood.region_share,63.01,,0.1565", "shocks.flood.region_share,63.01,,0.1566", "to 1"),
        ("baseline.yaml", "light: 0.45\n", "light: 0.46\n", "opening.severity_share"),
        ("realised.csv", "realised_houses.kab_housing,63.01", "realised_houses.kab_housing,63", "every region"),
    ],
)
def test_a_wrong_total_is_found(copied, name, before, after, place):
    rewritten(copied / name, before, after)
    assert [each for each in does_not_add_up(copied) if place in each]
