"""Sentences and words of the Word brief, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

BRIEF: Mapping[str, Message] = {
    "brief_kind": Message("Ringkasan untuk pimpinan – {province}", "Brief for decision makers – {province}"),
    "brief_scenario": Message("Skenario {name}, {first}–{last}", "Scenario {name}, {first} to {last}"),
    "brief_answer": Message("Jawabannya", "The answer"),
    # three numbers
    "brief_stock": Message("RTLH akhir {year}", "RTLH, end of {year}"),
    "brief_stock_range": Message("rumah; 9 dari 10 simulasi: {low} – {high}", "houses; 9 of 10 draws: {low} to {high}"),
    "brief_stock_now": Message("rumah; akhir {year}: {number}", "houses; end of {year}: {number}"),
    "brief_even": Message("Titik impas {year}", "Break-even {year}"),
    "brief_even_beside": Message(
        "rumah setahun agar RTLH tidak bertambah; tuntas menurut skenario: {effective}",
        "houses a year for RTLH to stand still; cleared under this scenario: {effective}",
    ),
    "brief_even_negative": Message(
        "rumah setahun: negatif berarti RTLH turun juga tanpa program; tuntas menurut skenario: {effective}",
        "houses a year: negative means RTLH falls even without programmes; cleared under this scenario: {effective}",
    ),
    "brief_chance": Message("Peluang target {year}", "Chance of the {year} target"),
    "brief_chance_beside": Message(
        "{subject} {wanted} {unit} ({kind}); diminta {wanted_chance} %, galat Monte Carlo {error} poin",
        "{subject} {wanted} {unit} ({kind}); wanted {wanted_chance} %, Monte Carlo error {error} points",
    ),
    "brief_net": Message("Penurunan bersih {year}", "Net clearance {year}"),
    "brief_net_beside": Message("rumah setahun, jalur tengah", "houses a year, central line"),
    # the table
    "brief_targets": Message("Target dan peluangnya", "Targets and their chances"),
    "brief_targets_central": Message("Target dan jalur tengah", "Targets and the central line"),
    "brief_indicators": Message("Indikator provinsi", "Indicators of the province"),
    "brief_first_year": Message("tahun pertama dengan peluang {wanted} %", "first year with a chance of {wanted} %"),
    "brief_illustrative": Message(
        "* Target ilustrasi, belum ditetapkan siapa pun.", "* Illustrative target that nobody has adopted."
    ),
    "brief_more_rows": Message(
        "{count} baris lain ada di buku kerja Excel.", "{count} further rows are in the Excel workbook."
    ),
    # what binds, and money
    "brief_binds": Message("Yang membatasi, dan uangnya", "What binds, and the money"),
    "brief_limited": Message("{limit} ({programmes})", "{limit} ({programmes})"),
    "brief_limits": Message("Pembatas program pada {year}: {limits}.", "What limits programmes in {year}: {limits}."),
    "brief_unlimited": Message("Pada {year} tidak ada program berpagu.", "No programme has a budget in {year}."),
    "brief_money": Message(
        "Pagu semua program {year} Rp {budget} miliar, belanja Rp {spent} miliar; terbesar dari {sources}.",
        "The budget of all programmes in {year} is Rp {budget} billion, spending Rp {spent} billion; most of it from "
        "{sources}.",
    ),
    "brief_money_of": Message("{source} (Rp {amount} miliar)", "{source} (Rp {amount} billion)"),
    "brief_others": Message(
        "Di antara {count} skenario yang dibandingkan, RTLH akhir {year} paling sedikit menurut {least} ({lowest}) dan "
        "paling banyak menurut {most} ({highest}).",
        "Of the {count} scenarios compared, RTLH at the end of {year} is lowest under {least} ({lowest}) and highest "
        "under {most} ({highest}).",
    ),
    "brief_redefined": Message(
        "Skenario yang menghitung RTLH dengan cara lain ({names}) tidak dibandingkan.",
        "Scenarios that count RTLH in another way ({names}) are not compared.",
    ),
    # assumptions
    "brief_assumptions": Message("Asumsi yang paling menentukan", "Assumptions that matter most"),
    "brief_assumption": Message(
        "{label}: pada {low_value} {unit}, RTLH akhir {year} {low} rumah; pada {high_value} {unit}, {high} rumah.",
        "{label}: at {low_value} {unit}, RTLH at the end of {year} are {low} houses; at {high_value} {unit}, {high}.",
    ),
    # what is not known
    "brief_uncertain": Message(
        "Yang belum pasti dan yang tidak tercakup", "What is uncertain, and what is not covered"
    ),
    "brief_ranges": Message(
        "Rentang dan peluang berasal dari rentang asumsi yang ditulis dalam skenario; yang tidak dimodelkan, misalnya "
        "kenaikan harga karena kekurangan tukang, tidak ada di dalamnya.",
        "Ranges and chances come from the ranges written in the scenario; what is not modelled, such as prices that "
        "rise when artisans are short, is not in them.",
    ),
    "brief_sources": Message(
        "Setiap masukan dengan sumbernya: register asumsi dalam laporan lengkap (.html, .xlsx).",
        "Every input with its source: the register of assumptions in the full report (.html, .xlsx).",
    ),
    "brief_page": Message("Halaman {page} dari {pages}", "Page {page} of {pages}"),
    # the long table for Excel
    "long_scenario": Message("skenario", "scenario"),
    "long_region": Message("daerah", "region"),
    "long_indicator": Message("indikator", "indicator"),
    "long_variable": Message("variabel", "variable"),
    "long_part": Message("bagian", "part"),
    "long_unit": Message("satuan", "unit"),
    "long_year": Message("tahun", "year"),
    "long_total": Message("jumlah", "total"),
    "long_central": Message("jalur tengah", "central line"),
    "long_mean": Message("rata-rata simulasi", "mean of draws"),
    "long_p05": Message("5 % simulasi di bawah", "5 % of draws below"),
    "long_p10": Message("10 % simulasi di bawah", "10 % of draws below"),
    "long_p50": Message("median simulasi", "median of draws"),
    "long_p90": Message("90 % simulasi di bawah", "90 % of draws below"),
    "long_p95": Message("95 % simulasi di bawah", "95 % of draws below"),
    "long_mc_error": Message("galat Monte Carlo rata-rata", "Monte Carlo error of the mean"),
}
