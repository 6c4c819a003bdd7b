"""The report as one HTML file that opens without a network."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from backlog_model.errors import BacklogModelError
from backlog_model.report.charts.drawing import browser_bundle
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.catalogue import figures
from backlog_model.report.page import answer, places, register, standing
from backlog_model.report.page.parts import Figures, Section
from backlog_model.translation import Text

if TYPE_CHECKING:
    from jinja2 import Environment

SECTIONS: tuple[Callable[[Dossier, Figures], Section | None], ...] = (
    answer.answer,
    standing.targets,
    standing.comparison,
    places.regions,
    places.money,
    standing.limits,
    register.assumptions,
    register.findings,
    register.method,
    register.glossary,
    register.fingerprint,
)
"""Each makes a section of the report, in this order, or nothing where there is nothing to say."""

_MISSING = Text(
    "the web page needs the package Jinja2, which is not installed; "
    'install the extra report: pip install "backlog-model[report]"'
)
# Nothing is fetched and no script runs but those of this file, whatever a scenario holds.
_POLICY = (
    "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def html(dossier: Dossier) -> str:
    """The report: text, charts, tables and the scripts that draw, in one file.

    Raises
    ------
    BacklogModelError
        When the packages of the extra `report` are not installed.
    """
    scripts = tuple(_scripts())
    found = figures(dossier)
    sections = [section for make in SECTIONS if (section := make(dossier, found))]
    view = dossier.lead.view
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            sections=sections,
            language=dossier.language,
            say=dossier.say,
            province=view.region(view.projection.axes.province),
            titles=[case.title for case in dossier.cases],
            first=view.scenario.years.first,
            last=view.scenario.years.last,
            foot=dossier.foot(),
            policy=_POLICY.format(hashes=" ".join(_hash(script) for script in scripts)),
            style=_part("page.css"),
            scripts=scripts,
        )
    )


def _environment() -> "Environment":
    """What fills the template; whatever is filled in is text, never markup."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise BacklogModelError(_MISSING) from error
    made = Environment(
        loader=PackageLoader("backlog_model.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"allow_nan": False, "ensure_ascii": False, "separators": (",", ":")}
    return made


def _scripts() -> Iterator[str]:
    """The bundle that draws, in a function so that its names stay its own, and what calls it."""
    yield f"(function () {{{browser_bundle()}\n}})();"
    yield _part("page.js")


def _part(name: str) -> str:
    return files("backlog_model.report.page").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
