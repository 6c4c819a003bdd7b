"""Words of the input template and the starter folder, in Indonesian and English, and the names it offers to choose."""

from collections.abc import Mapping
from typing import NamedTuple

from backlog_model.report.message import Message


class Indicator(NamedTuple):
    """A figure that the data checks and the ledger know, with its usual unit and its label in both languages."""

    name: str
    unit: str
    id: str
    en: str


SHEETS: Mapping[str, Message] = {
    "guide": Message("panduan", "guide"),
    "data": Message("data", "data"),
    "regions": Message("daerah", "regions"),
    "lists": Message("daftar", "lists"),
}

# What to write in each column; at most 255 characters, which is what a spreadsheet shows beside a cell.
COLUMN_PROMPTS: Mapping[str, Message] = {
    "year": Message(
        "Satu tahun, misalnya 2025. Stok: keadaan 31 Desember.", "One year, such as 2025. Stocks: 31 December."
    ),
    "region_code": Message(
        "Kode Kemendagri sebagai teks, dengan nol terakhir: 63.10. Provinsi: 63. Nasional: ID.",
        "Official code as text, with its last zero: 63.10. Province: 63. Country: ID.",
    ),
    "region": Message("Nama daerah.", "Name of the region."),
    "indicator": Message(
        "Apa yang dihitung; pilih dari daftar bila ada. Backlog kepemilikan, kepenghunian, dan RTLH tidak dijumlahkan.",
        "What is counted; choose from the list where it fits. Ownership, occupancy and RTLH backlogs are never added.",
    ),
    "program": Message(
        "Program, misalnya BSPS; all = semua program; kosong bila tidak berlaku.",
        "Programme, such as BSPS; all = all programmes; empty where it does not apply.",
    ),
    "funding_source": Message(
        "Sumber dana, misalnya APBN, APBD provinsi; all = semua; kosong bila tidak berlaku.",
        "Source of money, such as APBN; all = all sources; empty where it does not apply.",
    ),
    "value": Message(
        "Satu angka, bukan teks, rumus, atau persen: 2804; 345,029 ha ditulis sebagai angka desimal; 43,62 % ditulis "
        "43,62 dengan satuan percent. Tidak ada data: jangan buat baris; kosong bukan nol.",
        "One number, no text, formula or percent format: 2804; 345.029; 43.62 % is 43.62 with the unit percent. "
        "No figure: leave the row out; missing is not zero.",
    ),
    "unit": Message("Satuan angka itu; pilih dari daftar bila ada.", "Unit of the figure; choose from the list."),
    "source_url": Message(
        "Siapa yang menerbitkan: alamat atau nama dokumen. Wajib, kecuali derived dan assumption dengan note.",
        "Who published it: address or document. Needed, except for derived and assumption with a note.",
    ),
    "source_date": Message(
        "Tanggal sumber sebagai teks: 2025-08-28, 2025-08, 2025, atau unknown.",
        "Date of the source as text: 2025-08-28, 2025-08, 2025 or unknown.",
    ),
    "status": Message(
        "reported = diterbitkan; target = rencana; derived = dihitung; conflicting = bertentangan; assumption.",
        "reported = published; target = a plan; derived = worked out; conflicting; assumption.",
    ),
    "note": Message(
        "Definisi, cara menghitung, pembulatan, pertentangan dengan sumber lain.",
        "Definition, how it was worked out, rounding, conflict with other sources.",
    ),
}

REFUSED: Mapping[str, Message] = {
    "year": Message("Tulis satu tahun antara 1900 dan 2099.", "Write one year from 1900 to 2099."),
    "value": Message("Tulis satu angka.", "Write one number."),
    "status": Message("Pilih salah satu status.", "Choose one of the statuses."),
    "region_code": Message(
        "Kode ini tidak ada di lembar daerah. Hanya ID (nasional) yang boleh; kode lain: tambahkan dahulu di sana.",
        "This code is not in the sheet of regions. Only ID (the country) may be so; add any other code there first.",
    ),
    "other": Message("Tidak ada di daftar. Tetap dipakai?", "Not in the list. Use it all the same?"),
}

UNITS = (
    *("units", "houses", "households", "persons", "estates", "areas", "housing units", "ha", "m2"),
    *("percent", "share", "units/year", "persons/household"),
    *("Rp", "Rp million", "Rp billion", "Rp million/unit", "Rp billion/ha", "index"),
)

FUNDING_SOURCES = (
    *("all", "APBN", "APBD provinsi", "APBD kab/kota", "DAK", "Dana Desa", "Bankeu", "CSR", "BAZNAS", "TMMD"),
    *("Swadaya", "FLPP/KPR", "Hibah"),
)

INDICATORS = (
    Indicator("rtlh_stock", "units", "RTLH tercatat", "Uninhabitable houses on record"),
    Indicator("rtlh_stock_in_slum", "units", "RTLH di dalam kawasan kumuh", "Uninhabitable houses in slum areas"),
    Indicator("rtlh_baseline_listed", "units", "RTLH pada daftar awal", "Uninhabitable houses on the first list"),
    Indicator("rtlh_handled_cumulative", "units", "RTLH tertangani, kumulatif", "Handled since the first list"),
    Indicator("rtlh_remaining", "units", "Sisa RTLH", "Uninhabitable houses remaining"),
    Indicator("rtlh_handled_share", "percent", "RTLH tertangani", "Share handled"),
    Indicator("units_planned", "units", "Rencana unit ditangani", "Units planned"),
    Indicator("units_budgeted", "units", "Unit dianggarkan", "Units budgeted"),
    Indicator("units_handled", "units", "Unit tertangani", "Units handled"),
    Indicator("units_completed", "units", "Unit selesai sampai laporan", "Units completed by the report"),
    Indicator("units_finished", "houses", "Rumah selesai", "Houses finished"),
    Indicator("budget", "Rp billion", "Pagu", "Budget"),
    Indicator("cost_per_unit", "Rp million/unit", "Biaya per unit", "Cost per unit"),
    Indicator("new_build_cost_per_unit", "Rp million/unit", "Biaya per rumah baru", "Cost per new house"),
    Indicator("slum_area", "ha", "Kawasan kumuh", "Slum area"),
    Indicator("slum_area_provincial", "ha", "Kawasan kumuh kewenangan provinsi", "Slum area of the province"),
    Indicator("slum_area_all_authorities", "ha", "Kawasan kumuh semua kewenangan", "Slum area, all authorities"),
    Indicator("slum_area_handled", "ha", "Kumuh ditangani dalam tahun itu", "Slum area handled in the year"),
    Indicator("slum_area_handled_cumulative", "ha", "Kumuh ditangani, kumulatif", "Slum area handled so far"),
    Indicator("slum_area_handled_target", "ha", "Target kumuh ditangani", "Slum area to be handled"),
    Indicator("slum_area_remaining", "ha", "Sisa kawasan kumuh", "Slum area remaining"),
    Indicator("slum_handled_share", "percent", "Kumuh tertangani", "Share of slum area handled"),
    Indicator("backlog_ownership", "households", "Backlog kepemilikan", "Ownership backlog"),
    Indicator("backlog_occupancy", "households", "Backlog kepenghunian", "Occupancy backlog"),
    Indicator("households", "households", "Rumah tangga", "Households"),
    Indicator("houses_total", "houses", "Rumah", "Houses"),
    Indicator("population", "persons", "Penduduk", "Population"),
    Indicator("population_registered", "persons", "Penduduk terdaftar (Dukcapil)", "Registered population"),
    Indicator("persons_per_household", "persons/household", "Anggota per rumah tangga", "Persons per household"),
    Indicator("households_decent_housing", "percent", "Rumah tangga di hunian layak", "Households in decent housing"),
    Indicator("psu_estates", "estates", "Perumahan (lokasi)", "Housing estates"),
    Indicator("psu_handed_over_estates", "estates", "Perumahan dengan PSU diserahterimakan", "Estates handed over"),
    Indicator("psu_not_handed_over_estates", "estates", "Perumahan belum serah terima", "Estates not handed over"),
    Indicator("financed_units", "units", "Rumah dibiayai (FLPP)", "Financed homes (FLPP)"),
    Indicator("houses_damaged", "houses", "Rumah rusak karena bencana", "Houses damaged by disasters"),
    Indicator("transfer_tkd", "Rp billion", "Transfer ke daerah (TKD)", "Transfers to the region"),
    Indicator("apbd_revenue", "Rp billion", "Pendapatan daerah (APBD)", "Regional revenue"),
    Indicator("apbd_expenditure", "Rp billion", "Belanja daerah (APBD)", "Regional expenditure"),
)

GUIDE = (
    Message("Templat isian data perumahan", "Input template for housing data"),
    Message(
        "1. Lembar {regions}: ganti provinsi rekaan dengan daerah Anda. Kode selalu teks: 63.10, bukan 63.1.",
        "1. Sheet {regions}: replace the made-up province by your regions. Codes are text: 63.10, not 63.1.",
    ),
    Message(
        "2. Lembar {data}: satu angka per baris, dengan tahun, daerah, satuan, dan sumbernya. Jangan gabungkan sel, "
        "jangan ubah nama kolom, jangan tulis rumus.",
        "2. Sheet {data}: one figure a row, with its year, region, unit and source. Do not merge cells, rename columns "
        "or write formulas.",
    ),
    Message(
        "3. Angka yang tidak ada: jangan buat baris. Kosong bukan nol.",
        "3. A figure that is missing: no row. Missing is not zero.",
    ),
    Message(
        "4. Angka yang bertentangan: tulis semuanya, status conflicting, dan jelaskan di note.",
        "4. Figures that conflict: write all of them, status conflicting, and say so in the note.",
    ),
    Message(
        "5. Jangan jumlahkan backlog kepemilikan, kepenghunian, dan RTLH: satu rumah tangga dapat masuk ketiganya.",
        "5. Never add ownership backlog, occupancy backlog and RTLH: one household can be in all three.",
    ),
    Message(
        "6. Hanya angka gabungan: jangan tulis nama orang, alamat, atau NIK.",
        "6. Totals only: no names of people, addresses or identity numbers.",
    ),
    Message(
        "7. Periksa: backlog check input.xlsx. Setiap masalah disebut beserta lembar dan selnya.",
        "7. Check it: backlog check input.xlsx. Every problem is named with its sheet and cell.",
    ),
    Message("Kolom lembar {data}:", "Columns of sheet {data}:"),
)

MADE = Message(
    "Dibuat: {folder}\n"
    "Contoh yang langsung jalan: backlog run {scenario}\n"
    "Isi {template}, lalu periksa: backlog check {template}\n",
    "Made: {folder}\n"
    "An example that runs: backlog run {scenario}\n"
    "Fill in {template}, then check: backlog check {template}\n",
)
