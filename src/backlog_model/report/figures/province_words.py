"""Words of the answer, the indicators, the regions and the fingerprint, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

PROVINCE: Mapping[str, Message] = {
    "figure_error": Message("galat Monte Carlo", "Monte Carlo error"),
    "figure_error_of_median": Message("galat Monte Carlo median", "Monte Carlo error of the median"),
    "figure_point_in": Message("{percent} % simulasi di bawah, {year}", "{percent} % of draws below, {year}"),
    "figure_median_in": Message("median simulasi, {year}", "median of draws, {year}"),
    "figure_variable": Message("variabel", "variable"),
    # answer
    "figure_answer_title": Message(
        "Angka di balik jawaban: RTLH provinsi (rumah), {first}–{last}",
        "Numbers behind the answer: RTLH of the province (houses), {first}–{last}",
    ),
    "figure_answer_description": Message(
        "RTLH provinsi menurut {scenario} pada tahun-tahun kunci {first} sampai {last}, dengan titik impas setahun, "
        "penanganan tuntas, dan perubahan catatan sejak akhir {now}.",
        "RTLH of the province under {scenario} in the key years {first} to {last}, with yearly break-even, effective "
        "handling, and the change of the record since the end of {now}.",
    ),
    "figure_revision": Message("perubahan definisi atau catatan", "change of definition or records"),
    "figure_apart": Message("perubahan selebihnya", "the rest of the change"),
    # indicators
    "figure_indicators_title": Message(
        "Indikator provinsi, {first}–{last}", "Indicators of the province, {first}–{last}"
    ),
    "figure_indicators_description": Message(
        "Indikator provinsi menurut {scenario}, {first} sampai {last}: stok per akhir Desember, aliran sepanjang "
        "tahun.",
        "Indicators of the province under {scenario}, {first} to {last}: stocks at the end of December, flows in the "
        "year.",
    ),
    "figure_never_added": Message(
        "Backlog kepemilikan, backlog kepenghunian dan RTLH bertumpang tindih dan tidak pernah dijumlahkan.",
        "Ownership backlog, occupancy backlog and RTLH overlap and are never added.",
    ),
    "figure_slum_rule": Message(
        "Kumuh neto dikurangi kawasan yang kembali kumuh; bruto tidak.",
        "Net slum handling takes off what relapsed; gross does not.",
    ),
    # regions
    "figure_regions_title": Message(
        "RTLH per kabupaten/kota (rumah), {first}–{last}", "RTLH by kabupaten/kota (houses), {first}–{last}"
    ),
    "figure_regions_description": Message(
        "RTLH tiap kabupaten/kota menurut {scenario}, {first} sampai {last}, dengan titik impas, rentang dan batas "
        "program terbesarnya.",
        "RTLH of each kabupaten/kota under {scenario}, {first} to {last}, with break-even, range and the limit of its "
        "largest programme.",
    ),
    "figure_even_in": Message("titik impas setahun, {year}", "break-even a year, {year}"),
    "figure_largest": Message("batas program terbesar, {year}", "limit of the largest programme, {year}"),
    # fingerprint
    "figure_runs_title": Message("Run di balik laporan ini", "Runs behind this report"),
    "figure_runs_description": Message(
        "Setiap skenario dengan nama run, jumlah simulasi, seed, rancangan dan versi.",
        "Each scenario with the name of its run, draws, seed, design and versions.",
    ),
    "figure_scenario_title": Message("judul", "title"),
    "figure_draws": Message("simulasi acak", "random draws"),
    "figure_design": Message("rancangan", "design"),
    "figure_files_title": Message("Berkas yang dibaca dan sidik jarinya", "Files that were read, and their digests"),
    "figure_files_description": Message(
        "Berkas skenario dan data, masing-masing dengan SHA-256.", "Scenario and data files, each with its SHA-256."
    ),
    "figure_file": Message("berkas", "file"),
}
