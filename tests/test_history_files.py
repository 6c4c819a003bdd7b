"""What stands in a history folder and is no plain file of it: links that lead away, pipes, tables without end."""

import os
from pathlib import Path

import pytest

from backlog_model.history.checks import check_folder
from backlog_model.history.tables import COLUMNS, first_record, read_table
from backlog_model.history.workbook import read_workbook
from backlog_model.report.figures.observed import _names_any
from backlog_model.scenario.text_files import LARGEST_FILE

TABLE = f"{','.join(COLUMNS)}\n2024,63,Kalimantan Selatan,rtlh_stock,1000,houses,x,2024-12-31,reported,\n"
SAYS = "this is a link to {target}, outside its folder; expected that file itself"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "figures.csv").write_text(TABLE, encoding="utf-8")
    (folder / "input.xlsx").write_bytes(b"whatever")
    return folder


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    return folder


def test_a_table_that_is_a_link_out_of_its_folder_is_refused(elsewhere: Path, history: Path) -> None:
    link, target = history / "figures.csv", elsewhere / "figures.csv"
    link.symlink_to(target)
    rows, findings = read_table(link)
    assert rows == []
    assert [str(each) for each in findings] == [f"{link}: error: {SAYS.format(target=target)}"]
    assert [each.code for each in check_folder(history)] == ["link"]


def test_a_workbook_that_is_a_link_out_of_its_folder_is_refused(elsewhere: Path, history: Path) -> None:
    link, target = history / "input.xlsx", elsewhere / "input.xlsx"
    link.symlink_to(target)
    rows, findings = read_workbook(link)
    assert rows == []
    assert [str(each) for each in findings] == [f"{link}: error: {SAYS.format(target=target)}"]


def test_a_link_to_a_table_beside_it_is_read(history: Path) -> None:
    (history / "figures_2024.csv").write_text(TABLE, encoding="utf-8")
    (history / "figures.csv").symlink_to(history / "figures_2024.csv")
    assert [row.amount for row in read_table(history / "figures.csv")[0]] == [1000.0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(history: Path) -> None:
    os.mkfifo(history / "pipe.csv")
    assert first_record(history / "pipe.csv") == []
    assert check_folder(history) == []
    assert not _names_any(history / "pipe.csv", {"rtlh_stock"})


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_table_beyond_the_limit_is_no_table(history: Path, more: int, is_read: bool) -> None:
    path = history / "figures.csv"
    path.write_bytes(TABLE.encode() + b" " * (LARGEST_FILE - len(TABLE) + more))
    assert _names_any(path, {"rtlh_stock"}) is is_read
