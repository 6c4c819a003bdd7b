"""Dossiers for tests of the page: small scenarios and those of Kalimantan Selatan, with few draws."""

from pathlib import Path

from backlog_model import load_scenario, store
from backlog_model.ensemble import run
from backlog_model.report.dossier import Dossier

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"


def kalsel(*names):
    return [SCENARIOS / "kalsel" / f"{name}.yaml" for name in names]


def dossier(paths, language="id", *, draws=60):
    """What a report on these scenario files is written from."""
    scenarios = [load_scenario(path) for path in paths]
    runs = [store.described(each, draws=draws, seed=1, design="latin_hypercube") for each in scenarios]
    return Dossier.of(runs, [run(each, draws=draws) for each in scenarios], language)
