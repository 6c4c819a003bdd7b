"""The command as a planner types it, in an empty folder."""

import shutil
import sys
from pathlib import Path

import pytest

from backlog_model import cli

TEMPLATE = Path(__file__).parents[2] / "scenarios" / "template" / "scenario.yaml"


@pytest.fixture
def backlog(monkeypatch, tmp_path, capsys):
    """Run the command in an empty folder; its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKLOG_LANG", "en")  # of what is refused; a scenario still says the language of its answer

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["backlog", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, *capsys.readouterr()

    return command


@pytest.fixture
def province(tmp_path):
    """A copy of the template to write in; its scenario file."""
    folder = tmp_path / "province"
    shutil.copytree(TEMPLATE.parent, folder)
    return folder / "scenario.yaml"
