"""Sentences and words of the workbook and of the tables made for it, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

_REGISTER: Mapping[str, Message] = {
    "register_title": Message("Daftar asumsi: {scenario}", "Register of assumptions: {scenario}"),
    "register_description": Message(
        "{count} masukan skenario, masing-masing dengan nilai tengah, rentang, satuan, tingkat bukti, dan sumbernya.",
        "{count} entries of the scenario, each with its central value, range, unit, grade and source.",
    ),
    "register_path": Message("kunci", "key"),
    "register_label": Message("asumsi", "assumption"),
    "register_value": Message("nilai tengah", "central value"),
    "register_low": Message("rendah (5\u00a0%)", "low (5\u00a0%)"),
    "register_high": Message("tinggi (95\u00a0%)", "high (95\u00a0%)"),
    "register_unit": Message("satuan", "unit"),
    "register_grade": Message("bukti", "grade"),
    "register_source": Message("sumber", "source"),
    "register_note": Message("catatan", "note"),
    "register_basis": Message("cakupan", "covers"),
    "register_decimals": Message("desimal", "decimals"),
    "register_sourced": Message("bersumber", "sourced"),
    "register_derived": Message("turunan", "derived"),
    "register_assumption": Message("asumsi", "assumption"),
    "register_unstated": Message("tidak dinyatakan", "unstated"),
    "register_span": Message("sampai {last}: {low}–{high}", "to {last}: {low}–{high}"),
    "register_sum": Message("jumlah {count} daerah", "sum of {count} regions"),
    "register_middle": Message(
        "median {count} daerah; rentang dari daerah terendah sampai tertinggi",
        "median of {count} regions; range from the lowest to the highest region",
    ),
    "register_recorded": Message(
        "rentang tertulis di tabel, tidak ikut disimulasikan", "range is told by a table and not simulated"
    ),
    "register_range": Message(
        "Rendah dan tinggi adalah batas 5 % dan 95 % sebarannya; tanda pisah berarti angka itu dianggap pasti.",
        "Low and high are the 5 % and 95 % points of its distribution; a dash means that the number is taken as "
        "certain.",
    ),
    "register_regions": Message(
        "Satu angka untuk tahun yang direncanakan; jumlah yang tertulis per daerah dijumlahkan, laju dan pangsa "
        "diwakili daerah yang di tengah. Kolom cakupan menyebut yang mana.",
        "One number, for the year being planned; amounts by region are added up, rates and shares are told by the "
        "region in the middle. The column on coverage says which.",
    ),
}
_FINDINGS: Mapping[str, Message] = {
    "finding_title": Message("Masalah data dan peringatan", "Data problems and warnings"),
    "finding_description": Message(
        "{data} temuan pada tabel sejarah dan {run} peringatan tentang skenario ini.",
        "{data} findings in the history tables and {run} warnings about this scenario.",
    ),
    "finding_place": Message("tempat", "place"),
    "finding_severity": Message("tingkat", "severity"),
    "finding_code": Message("kode", "code"),
    "finding_kind": Message("jenis", "kind"),
    "finding_message": Message("temuan", "finding"),
    "finding_run": Message("skenario ini", "this scenario"),
    "finding_of_run": Message("peringatan tentang hasil", "warning about the results"),
    "finding_warning": Message("peringatan", "warning"),
    "finding_error": Message("galat", "error"),
    "finding_how": Message(
        "Tempat menyebut berkas dan baris di folder skenario; angka di sana tidak diubah oleh model.",
        "A place is a file and a line in the scenario's folder; the model changes no figure there.",
    ),
}
_LEDGER: Mapping[str, Message] = {
    "ledger_title": Message("Neraca RTLH (rumah), {first}–{last}", "Ledger of RTLH (houses), {first}–{last}"),
    "ledger_description": Message(
        "Stok awal ditambah yang masuk dikurangi yang keluar sama dengan stok akhir, tahun demi tahun.",
        "Opening stock plus what comes in less what goes out is the closing stock, year by year.",
    ),
    "ledger_line": Message("baris", "line"),
    "ledger_label": Message("uraian", "item"),
    "ledger_kind": Message("arah", "direction"),
    "ledger_region": Message("kode", "code"),
    "ledger_name": Message("daerah", "region"),
    "ledger_opening": Message("Stok awal tahun", "Stock at the start of the year"),
    "ledger_closing": Message("Stok akhir tahun", "Stock at the end of the year"),
    "ledger_handled": Message("RTLH tuntas ditangani program (efektif)", "RTLH handled effectively by programmes"),
    "ledger_houses": Message("rumah", "houses"),
    "ledger_whole": Message(
        "Jalur tengah, dibulatkan ke rumah utuh sehingga angka tercetak berjumlah tepat.",
        "Central line, rounded to whole houses so that the printed numbers add up.",
    ),
    "ledger_regions_title": Message(
        "RTLH per kabupaten/kota (rumah), akhir {first}–{last}",
        "RTLH by kabupaten/kota (houses), end of {first}–{last}",
    ),
    "ledger_regions_description": Message(
        "RTLH {count} kabupaten/kota pada akhir setiap tahun menurut jalur tengah; jumlahnya sama dengan provinsi.",
        "RTLH of {count} kabupaten/kota at the end of each year by the central line; they add up to the province.",
    ),
}
_BOOK: Mapping[str, Message] = {
    "book_summary": Message("Ringkasan", "Summary"),
    "book_targets": Message("Sasaran", "Targets"),
    "book_regions": Message("Kabupaten-Kota", "Regions"),
    "book_funding": Message("Pendanaan", "Funding"),
    "book_assumptions": Message("Asumsi", "Assumptions"),
    "book_findings": Message("Temuan Data", "Findings"),
    "book_data": Message("Data", "Data"),
    "book_page": Message("Halaman {page} dari {pages}", "Page {page} of {pages}"),
    "book_title": Message(
        "Proyeksi perumahan dan permukiman: {province}", "Housing and settlement projection: {province}"
    ),
    "book_subtitle": Message("Skenario: {title} (run {run})", "Scenario: {title} (run {run})"),
    "book_formulas": Message(
        "Baris jumlah, neraca dan selisih adalah rumus hidup; angka lainnya hasil hitungan model.",
        "Rows of sums, the ledger and differences are live formulas; all other numbers are computed by the model.",
    ),
    "book_band": Message("lebar rentang 90 %", "width of the 90 % range"),
    "book_by_model": Message("Menurut model", "By the model"),
    "book_difference": Message("Selisih (harus 0)", "Difference (must be 0)"),
    "book_sum_of": Message("Jumlah: {name}", "Sum: {name}"),
    "book_targets_title": Message("Sasaran dan peluangnya: {scenario}", "Targets and their chances: {scenario}"),
    "book_no_targets": Message(
        "Skenario ini tidak memuat target yang dapat dibandingkan.", "This scenario has no target that can be compared."
    ),
    "book_marked": Message(
        "Biru: peluang sudah sebesar yang diminta; jingga: belum.",
        "Blue: the chance is as large as wanted; orange: it is not yet.",
    ),
    "book_regions_title": Message("Kabupaten/kota: {scenario}", "Regions: {scenario}"),
    "book_one_region": Message(
        "Skenario ini hanya memuat satu daerah; angkanya ada di lembar pertama.",
        "This scenario has one region only; its numbers are on the first sheet.",
    ),
    "book_change": Message("perubahan {first}–{last}", "change {first}–{last}"),
    "book_change_how": Message(
        "▼ biru: RTLH berkurang (membaik); ▲ jingga: RTLH bertambah (memburuk).",
        "▼ blue: fewer RTLH (better); ▲ orange: more RTLH (worse).",
    ),
    "book_regions_chart": Message(
        "RTLH per kabupaten/kota (rumah), {years}", "RTLH by kabupaten/kota (houses), {years}"
    ),
    "book_funding_title": Message("Pendanaan: {scenario}", "Funding: {scenario}"),
    "book_no_money": Message("Skenario ini tidak memuat anggaran.", "This scenario has no budget."),
    "book_money_of": Message(
        "{name} menurut sumber dana ({unit}), {first}–{last}", "{name} by source of money ({unit}), {first}–{last}"
    ),
    "book_overspent": Message(
        "Sisa negatif: realisasi yang diketahui melebihi pagu yang tertulis.",
        "A negative rest: known spending exceeds the budget as written.",
    ),
    "book_money": Message("dana", "money"),
    "book_times": Message(
        "{times} kali (Rp {budget} miliar pada {year})", "{times} times (Rp {budget} billion in {year})"
    ),
    "book_from_central": Message("pada {end}, selisih dari jalur tengah", "at {end}, distance from the central line"),
    "book_difference_unit": Message("selisih dari jalur tengah ({unit})", "distance from the central line ({unit})"),
    "book_name": Message("nama variabel", "name of the variable"),
    "book_data_title": Message("Data proyeksi", "Data of the projection"),
    "book_data_how": Message(
        "Satu baris untuk setiap skenario, daerah, variabel dan tahun; skenario pertama juga per kabupaten/kota. Sel "
        "kosong berarti tidak tercakup sumber mana pun. Kuantil daerah tidak berjumlah menjadi kuantil provinsi.",
        "A row for every scenario, region, variable and year; the first scenario by region too. An empty cell is "
        "covered by no source. Quantiles of regions do not add up to those of the province.",
    ),
}
SHEETS: Mapping[str, Message] = {**_REGISTER, **_FINDINGS, **_LEDGER, **_BOOK}
