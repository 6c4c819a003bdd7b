"""Every sentence and word that people read, in Indonesian and English; nothing is written in two places."""

from collections.abc import Mapping

from backlog_model.report.answer_words import ANSWER
from backlog_model.report.assumption_terms import ASSUMPTION_UNITS, ASSUMPTIONS
from backlog_model.report.brief.words import BRIEF
from backlog_model.report.comparison.words import COMPARISON
from backlog_model.report.figures.words import FIGURES
from backlog_model.report.forms.words import FORMS
from backlog_model.report.message import Message
from backlog_model.report.numbers import Language
from backlog_model.report.page.words import PAGE
from backlog_model.report.past.words import PAST
from backlog_model.report.run_words import RUNS
from backlog_model.report.sheets.words import SHEETS
from backlog_model.report.targets.words import TARGETS

_UNITS: Mapping[str, Message] = {
    "houses": Message("rumah", "houses"),
    "households": Message("rumah tangga", "households"),
    "ha": Message("ha", "ha"),
    "estates": Message("perumahan", "estates"),
    "idr": Message("Rp miliar", "Rp billion"),
    "share": Message("%", "%"),
    "years": Message("tahun", "years"),
}
_SOURCES: Mapping[str, Message] = {
    "apbn": Message("APBN", "State (APBN)"),
    "apbd_prov": Message("APBD Provinsi", "Province (APBD)"),
    "apbd_kab": Message("APBD Kab/Kota", "Kab/kota (APBD)"),
    "dak": Message("DAK Fisik", "Earmarked (DAK)"),
    "dana_desa": Message("Dana Desa", "Village funds"),
    "bankeu": Message("Bankeu", "Financial aid"),
    "csr": Message("CSR/TJSL", "CSR"),
    "baznas": Message("BAZNAS", "BAZNAS (alms)"),
    "tmmd": Message("TMMD", "TMMD (army)"),
    "swadaya": Message("Swadaya", "Self-help"),
    "flpp": Message("FLPP/KPR", "FLPP mortgages"),
    "hibah": Message("Hibah/PLN", "Grants"),
    "other": Message("Lainnya", "Others"),
}
_PARTS: Mapping[str, Message] = {
    "kabkota": Message("kabupaten/kota", "kabupaten/kota"),
    "province": Message("provinsi", "province"),
    "centre": Message("pusat", "centre"),
    "gross": Message("bruto", "gross"),
    "net": Message("neto", "net"),
    "light": Message("ringan", "light"),
    "medium": Message("sedang", "medium"),
    "heavy": Message("berat", "heavy"),
    "fixed_base": Message("dari RTLH awal", "of RTLH at the opening"),
    "moving_base": Message("dari RTLH awal tahun", "of RTLH at the start of the year"),
}
_RULES: Mapping[str, Message] = {
    "exit": Message("keluar dari kumuh", "left slum"),
    "step": Message("turun kelas", "step by class"),
    "proportional": Message("menurut skor", "by score"),
    "touched": Message("tersentuh", "touched"),
}
_DESIGNS: Mapping[str, Message] = {
    "random": Message("acak", "random"),
    "latin_hypercube": Message("hiperkubus Latin", "Latin hypercube"),
    "sobol": Message("Sobol teracak", "scrambled Sobol"),
}
_ROOMS = (ANSWER, PAST, COMPARISON, TARGETS, FIGURES, PAGE, SHEETS, FORMS, BRIEF, ASSUMPTIONS, RUNS)
CATALOGUES = (*_ROOMS, _UNITS, _SOURCES, _PARTS, _RULES, _DESIGNS, ASSUMPTION_UNITS)

_EVERY = {key: message for room in _ROOMS for key, message in room.items()}


def say(message: str, language: Language, **fields: object) -> str:
    """A message of the catalogue, filled in.

    Examples
    --------
    >>> say("in_year", "id", number="222.857", year=2027)
    '222.857 pada 2027'
    """
    return _EVERY[message].said(language).format(**fields)


def unit(name: str, language: Language) -> str:
    """Unit of a quantity, in words."""
    return _UNITS[name].said(language)


def source(name: str, language: Language) -> str:
    """Name of a source of money; one that is not known keeps the name the scenario gives it."""
    return _SOURCES[name].said(language) if name in _SOURCES else name


def part(name: str, language: Language) -> str:
    """Name of an authority, a class, or another part; one that is not known keeps its own name."""
    return _PARTS[name].said(language) if name in _PARTS else name


def counting_rule(name: str, language: Language) -> str:
    """Counting rule of slum hectares, in words."""
    return _RULES[name].said(language)


def design(name: str, language: Language) -> str:
    """How draws are spread, in words."""
    return _DESIGNS[name].said(language)
