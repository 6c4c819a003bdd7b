"""Specifications as pictures, and the bundle that draws them in a browser."""

from functools import lru_cache
from typing import TYPE_CHECKING

from backlog_model.errors import BacklogModelError
from backlog_model.report.charts.theme import Spec
from backlog_model.translation import Text

if TYPE_CHECKING:
    from types import ModuleType

VERSION = "6.4"
"""Of Vega-Lite, in pictures and in the browser."""

_MISSING = Text(
    "charts need the package vl-convert-python, which is not installed; "
    'install the extra report: pip install "backlog-model[report]"'
)
_NO_FETCHING: list[str] = []  # a specification from elsewhere can reach no address


def _converter() -> "ModuleType":
    try:
        import vl_convert
    except ModuleNotFoundError as error:
        raise BacklogModelError(_MISSING) from error
    return vl_convert


def as_svg(spec: Spec) -> str:
    """Picture of a specification as SVG."""
    svg: str = _converter().vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=_NO_FETCHING)
    return svg


def as_png(spec: Spec, *, ppi: int = 192) -> bytes:
    """Picture of a specification as PNG."""
    png: bytes = _converter().vegalite_to_png(spec, vl_version=VERSION, ppi=ppi, allowed_base_urls=_NO_FETCHING)
    return png


@lru_cache(maxsize=1)
def browser_bundle() -> str:
    """Script that gives a page `vegaEmbed`; the same text every time."""
    script: str = _converter().javascript_bundle(vl_version=VERSION)
    return script
