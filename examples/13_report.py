"""A page and a workbook that hold the second cut against the baseline, as `backlog report` makes them."""

import tempfile
from pathlib import Path

import backlog_model as bm
from backlog_model import store
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.catalogue import figure
from backlog_model.report.files import write
from backlog_model.report.page.document import html
from backlog_model.report.sheets.workbook import workbook

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
DRAWS, SEED, DESIGN = 500, 1, "latin_hypercube"
FOLDER = Path(tempfile.mkdtemp(prefix="backlog-"))  # any folder will do

plans = [bm.load_scenario(KALSEL / f"{name}.yaml") for name in ("baseline", "tkd_cut")]
projections = [bm.run(plan, draws=DRAWS, seed=SEED, design=DESIGN) for plan in plans]
runs = [store.described(plan, draws=DRAWS, seed=SEED, design=DESIGN) for plan in plans]
dossier = Dossier.of(runs, projections, "en")  # the first scenario leads

for name, content in (("page.html", html(dossier)), ("workbook.xlsx", workbook(dossier))):
    write(content, FOLDER / name)
    print(FOLDER / name)

# What a chart draws and a sentence says stands in one table.
answer = figure(dossier, "answer")
low, high = (answer.shown(name, year=2027) for name in ("p05", "p95"))
print(f"RTLH in 2027: {answer.shown('central', year=2027)}, in 9 of 10 draws {low} to {high}.")
