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
    "register_low": Message("rendah (5 %)", "low (5 %)"),
    "register_high": Message("tinggi (95 %)", "high (95 %)"),
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
SHEETS: Mapping[str, Message] = {**_REGISTER, **_FINDINGS, **_LEDGER}
