"""Sentences and words of the HTML report, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message
from backlog_model.report.page.glossary import GLOSSARY
from backlog_model.report.page.method import METHOD

PAGE: Mapping[str, Message] = {
    **GLOSSARY,
    **METHOD,
    # frame
    "page_kind": Message("Laporan proyeksi perumahan dan permukiman", "Report on housing and settlements"),
    "page_skip": Message("Langsung ke isi", "Skip to the content"),
    "page_beside": Message("Dibandingkan dengan: {titles}", "Compared with: {titles}"),
    "page_contents": Message("Isi laporan", "Contents"),
    "page_no_script": Message(
        "Grafik tidak digambar karena skrip dimatikan; semua angkanya ada di tabel.",
        "Charts are not drawn because scripts are off; all of their numbers are in the tables.",
    ),
    "page_not_drawn": Message(
        "Grafik ini gagal digambar; angkanya ada di tabel.", "This chart could not be drawn; see the table."
    ),
    "page_table": Message("Tabel", "Table"),
    "page_table_of": Message("Tabel: {title}", "Table: {title}"),
    "page_chart_of": Message("Grafik: {title}", "Chart: {title}"),
    "page_not_printed": Message(
        "Tabel panjang di balik grafik ini tidak dicetak; unduh dari laporan di layar.",
        "The long table behind this chart is not printed; download it from the report on screen.",
    ),
    "page_slide": Message(
        "Geser grafik ke samping untuk melihat semuanya.", "Slide the chart sideways to see all of it."
    ),
    "page_csv": Message("Unduh CSV", "Download CSV"),
    "page_csv_excel": Message("Unduh CSV untuk Excel", "Download CSV for Excel"),
    "page_filter": Message("Saring baris", "Filter rows"),
    "page_rows_shown": Message("{shown} dari {all} baris", "{shown} of {all} rows"),
    # sections
    "page_answer": Message("Jawaban", "The answer"),
    "page_targets": Message("Target dan peluangnya", "Targets and their chances"),
    "page_comparison": Message("Perbandingan skenario", "Scenarios compared"),
    "page_regions": Message("Kabupaten dan kota", "Kabupaten and kota"),
    "page_money": Message("Pendanaan", "Money"),
    "page_limits": Message("Yang membatasi", "What binds"),
    "page_assumptions": Message("Daftar asumsi", "Register of assumptions"),
    "page_findings": Message("Masalah data yang ditemukan", "Data problems found"),
    "page_method": Message("Metode dalam satu halaman", "The method in a page"),
    "page_glossary": Message("Daftar istilah", "Glossary"),
    "page_fingerprint": Message("Sidik jari run", "Fingerprint of the run"),
    # answer
    "page_trend": Message(
        "Menurut skenario ini RTLH {province} {verb} dari {now} rumah pada akhir {year} menjadi {then} pada akhir "
        "{focus}{end}: {because}.",
        "Under this scenario RTLH of {province} {verb} from {now} houses at the end of {year} to {then} at the end of "
        "{focus}{end}: {because}.",
    ),
    "page_and_end": Message(" dan {then} pada akhir {year}", " and {then} at the end of {year}"),
    "page_record": Message(
        "Catatan RTLH {province} berubah dari {now} rumah pada akhir {year} menjadi {then} pada akhir {last}, tetapi "
        "{change} rumah di antaranya perubahan definisi ({revised}), bukan {mistaken}; di luar itu RTLH {verb} {apart} "
        "rumah: {because}.",
        "The record of RTLH of {province} moves from {now} houses at the end of {year} to {then} at the end of {last}, "
        "but {change} houses of this are a change of definition ({revised}), not {mistaken}; apart from it RTLH {verb} "
        "by {apart} houses: {because}.",
    ),
    "page_at_end": Message(
        "RTLH {province} {now} rumah pada akhir {year}, tahun terakhir skenario: {because}.",
        "RTLH of {province} is {now} houses at the end of {year}, the last year of the scenario: {because}.",
    ),
    "page_above_even": Message(
        "pada {year} yang tuntas {handled} rumah setahun, di atas titik impas {even}",
        "in {year} {handled} houses are cleared in the year, above the break-even of {even}",
    ),
    "page_below_even": Message(
        "pada {year} yang tuntas hanya {handled} rumah setahun, di bawah titik impas {even}",
        "in {year} only {handled} houses are cleared in the year, below the break-even of {even}",
    ),
    "page_without": Message(
        "titik impas {year} negatif ({even} rumah setahun), jadi RTLH turun juga tanpa program, dan program "
        "menuntaskan {handled} rumah",
        "break-even in {year} is negative ({even} houses a year), so RTLH falls even without programmes, and "
        "programmes clear {handled} houses",
    ),
    "page_range": Message(
        "Dalam sembilan dari sepuluh simulasi RTLH berada {ranges}. ({draws} simulasi acak; galat Monte Carlo batasnya "
        "{errors} rumah.)",
        "In nine draws of ten RTLH lies {ranges}. ({draws} random draws; Monte Carlo error of the bounds {errors} "
        "houses.)",
    ),
    "page_central_only": Message(
        "Hanya jalur tengah yang dihitung: tanpa rentang dan tanpa peluang.",
        "The central line alone was computed: there are no ranges and no chances.",
    ),
    "page_later_even": Message(
        "Titik impas dan yang tuntas, rumah setahun: {path}.",
        "Break-even and what is cleared, houses a year: {path}.",
    ),
    "page_even_of": Message("{year}: {even} dan {handled}", "{year}: {even} and {handled}"),
    "page_clearing": Message(
        "Pada laju bersih {year} butuh {years} tahun sampai tuntas.",
        "At the net pace of {year} it takes {years} years to clear.",
    ),
    "page_never_clear": Message(
        "Pada laju bersih {year} RTLH tidak akan pernah tuntas.", "At the net pace of {year} RTLH is never cleared."
    ),
    "page_tile_stock": Message("RTLH, akhir {year}", "RTLH, end of {year}"),
    "page_tile_stock_from": Message("{now} pada akhir {year}", "{now} at the end of {year}"),
    "page_tile_again": Message(
        "definisi baru sejak {revised}, tidak sebanding dengan sebelumnya",
        "a new definition since {revised}, not comparable with before",
    ),
    "page_tile_apart": Message(
        "di luar itu {apart} sejak akhir {year}", "apart from it {apart} since the end of {year}"
    ),
    "page_tile_range": Message("sembilan dari sepuluh simulasi: {low}–{high}", "nine draws of ten: {low}–{high}"),
    "page_tile_even": Message("Tuntas dan titik impas, {year}", "Cleared and break-even, {year}"),
    "page_tile_even_unit": Message("rumah tuntas setahun", "houses cleared in the year"),
    "page_tile_even_beside": Message("titik impas {even}", "break-even {even}"),
    "page_tile_net": Message("penurunan bersih {net}", "net clearance {net}"),
    "page_tile_chance": Message("Peluang target, {year}", "Chance of the target, {year}"),
    "page_tile_chance_of": Message("{subject} {wanted} {unit}", "{subject} {wanted} {unit}"),
    "page_tile_chance_error": Message(
        "diminta {wanted} %; galat Monte Carlo {error}", "wanted {wanted} %; Monte Carlo error {error}"
    ),
    "page_tile_clear": Message("Sampai tuntas, laju {year}", "Until cleared, at the pace of {year}"),
    "page_tile_clear_never": Message("tidak pernah", "never"),
    "page_tile_clear_unit": Message("tahun", "years"),
    "page_tile_clear_note": Message("bila laju bersih tahun itu bertahan", "if the net pace of that year went on"),
    "page_indicator_choice": Message("Indikator yang digambar", "Indicator that is drawn"),
    # targets
    "page_targets_sure": Message("Dengan peluang yang diminta: {names}.", "With the wanted chance: {names}."),
    "page_targets_unsure": Message("Peluangnya di bawah yang diminta: {names}.", "Below the wanted chance: {names}."),
    "page_targets_met": Message("Jalur tengah memenuhi: {names}.", "The central line meets: {names}."),
    "page_targets_missed": Message("Jalur tengah tidak memenuhi: {names}.", "The central line misses: {names}."),
    "page_targets_unjudged": Message("Tidak dapat dinilai: {names}.", "Cannot be judged: {names}."),
    "page_target_in_years": Message("{subject} ({years})", "{subject} ({years})"),
    "page_target_in_years_illustrative": Message("{subject} (ilustrasi, {years})", "{subject} (illustration, {years})"),
    "page_no_targets": Message(
        "Skenario ini tidak memuat target yang dapat dihitung.", "This scenario holds no target that can be counted."
    ),
    # comparison
    "page_compared": Message(
        "RTLH provinsi pada akhir {year} menurut jalur tengah: paling sedikit {least} ({fewest} rumah), paling banyak "
        "{most} ({largest} rumah); {lead}: {own} rumah.",
        "RTLH of the province at the end of {year} on the central line: fewest under {least} ({fewest} houses), most "
        "under {most} ({largest} houses); {lead}: {own} houses.",
    ),
    # regions
    "page_scale_choice": Message("Skala panel", "Scale of the panels"),
    "page_regions_same": Message("Skala sama", "Same scale"),
    "page_regions_own": Message("Skala sendiri", "Own scale"),
    "page_regions_index": Message("Indeks", "Index"),
    "page_map_choice": Message("Isi peta", "What the map shows"),
    "page_map_value": Message("Jumlah", "Amount"),
    "page_map_change": Message("Perubahan", "Change"),
    "page_map_chance": Message("Peluang", "Chance"),
    "page_regions_ends": Message(
        "RTLH terbanyak pada akhir {year}: {most} ({largest} rumah); tersedikit: {least} ({fewest} rumah).",
        "Most RTLH at the end of {year}: {most} ({largest} houses); fewest: {least} ({fewest} houses).",
    ),
    # money
    "page_funding_in": Message("Pagu {year} menurut sumber: {sources}.", "Budget of {year} by source: {sources}."),
    "page_funding_source": Message("{name} Rp {budget} miliar", "{name} Rp {budget} billion"),
    # findings and fingerprint
    "page_again": Message("Jalankan kembali", "Run it again"),
    "page_again_how": Message(
        "Dengan paket dan berkas yang sama, perintah ini membuat laporan yang sama:",
        "With the same package and the same files this command makes the same report:",
    ),
    "page_out": Message("laporan.html", "report.html"),
    "page_notices": Message("Lisensi pustaka grafik", "Licences of the chart libraries"),
    "page_notices_lang": Message("Teks lisensi berbahasa Inggris.", "The licences are in English."),
}
