"""Fingerprint of the runs: what made these numbers, so that anyone can make them again."""

import platform

import numpy as np

from backlog_model import __version__, store
from backlog_model.report import words
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Column, Figure


def runs(dossier: Dossier) -> Figure:
    """Runs of a report, a row for each.

    Columns: scenario, title, run_id, draws, seed, design, version, python, numpy.
    """
    design = words.design(dossier.lead.run.design, dossier.language) if dossier.draws else None
    versions = (__version__, platform.python_version(), np.__version__)
    return Figure(
        name="runs",
        chart="",
        title=dossier.say("figure_runs_title"),
        description=dossier.say("figure_runs_description"),
        columns=(
            Column("scenario", dossier.say("figure_scenario"), "text"),
            Column("title", dossier.say("figure_scenario_title"), "text"),
            Column("run_id", "run", "text"),
            Column("draws", dossier.say("figure_draws")),
            Column("seed", "seed", "year"),
            Column("design", dossier.say("figure_design"), "text"),
            Column("version", "backlog_model", "text"),
            Column("python", "Python", "text"),
            Column("numpy", "NumPy", "text"),
        ),
        rows=tuple(
            (case.name, case.title, case.run.run_id, dossier.draws, case.run.seed, design, *versions)
            for case in dossier.cases
        ),
        foot=dossier.foot(),
        language=dossier.language,
    )


def files(dossier: Dossier) -> Figure:
    """Files that the runs read, each once.

    Columns: path, as seen from the scenario's folder; sha256.
    """
    found = {
        (store.place(path, case.scenario), store.digest(path)): None
        for case in dossier.cases
        for path in case.scenario.files
    }
    return Figure(
        name="files",
        chart="",
        title=dossier.say("figure_files_title"),
        description=dossier.say("figure_files_description"),
        columns=(Column("path", dossier.say("figure_file"), "text"), Column("sha256", "SHA-256", "text")),
        rows=tuple(found),
        foot=dossier.foot(),
        language=dossier.language,
    )
