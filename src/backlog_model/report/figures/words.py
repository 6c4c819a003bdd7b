"""Words of the tables behind charts, and of the charts, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.figures.decision_words import DECISIONS
from backlog_model.report.figures.province_words import PROVINCE
from backlog_model.report.figures.stock_words import STOCKS
from backlog_model.report.message import Message

FIGURES: Mapping[str, Message] = {
    **PROVINCE,
    **STOCKS,
    **DECISIONS,
    "figure_foot": Message(
        "Sumber: hitungan backlog_model {version}, {draws} simulasi acak, seed {seed}; run: {runs}",
        "Source: computed by backlog_model {version}, {draws} random draws, seed {seed}; run: {runs}",
    ),
    "figure_foot_central": Message(
        "Sumber: hitungan backlog_model {version}, jalur tengah saja; run: {runs}",
        "Source: computed by backlog_model {version}, central line alone; run: {runs}",
    ),
    "figure_year": Message("tahun", "year"),
    "figure_central": Message("jalur tengah", "central line"),
    "figure_median": Message("median simulasi", "median of draws"),
    "figure_point": Message("{percent} % simulasi di bawah", "{percent} % of draws below"),
    "figure_observed": Message("angka tercatat", "figure on record"),
    "figure_target": Message("target", "target"),
    # fan
    "figure_fan_title": Message("{name}, {first}–{last} ({unit})", "{name}, {first}–{last} ({unit})"),
    "figure_fan_description": Message(
        "{name} menurut {scenario}, {first} sampai {last}: jalur tengah dari {start} menjadi {end} {unit}; pita berisi "
        "90 % dan 50 % simulasi.",
        "{name} under {scenario}, {first} to {last}: the central line from {start} to {end} {unit}; the bands hold "
        "90 % and 50 % of the draws.",
    ),
    "figure_fan_description_central": Message(
        "{name} menurut {scenario}, {first} sampai {last}: jalur tengah dari {start} menjadi {end} {unit}.",
        "{name} under {scenario}, {first} to {last}: the central line from {start} to {end} {unit}.",
    ),
    "figure_fan_description_again": Message(
        "{name} menurut {scenario}, {first} sampai {last} ({unit}). Garisnya terputus karena pendataan ulang: angka "
        "sebelum dan sesudahnya tidak sebanding.",
        "{name} under {scenario}, {first} to {last} ({unit}). The line breaks where the stock is counted again: before "
        "and after do not compare.",
    ),
}
