"""Sentences and words of `backlog runs`, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

RUNS: Mapping[str, Message] = {
    "runs_columns": Message(
        "run|dibuat (UTC)|skenario|simulasi|seed|judul", "run|made (UTC)|scenario|draws|seed|title"
    ),
    "runs_none": Message("Tidak ada run di {folder}.", "There are no runs in {folder}."),
    "runs_unreadable": Message("catatannya tidak terbaca; periksa dengan verify", "unreadable record; see verify"),
    "runs_head": Message("Run {run} [{scenario}]: {title}", "Run {run} [{scenario}]: {title}"),
    "runs_drawn": Message(
        "{draws} simulasi acak ({design}), seed {seed}; dibuat {made} UTC dengan {versions}.",
        "{draws} random draws ({design}), seed {seed}; made {made} UTC with {versions}.",
    ),
    "runs_central": Message(
        "Jalur tengah saja; dibuat {made} UTC dengan {versions}.",
        "Central line alone; made {made} UTC with {versions}.",
    ),
    "runs_files": Message("Berkas yang dipakai, dengan SHA-256:", "Files that were used, with their SHA-256:"),
    "runs_numbers": Message("Jalur tengah, provinsi", "Central line, province"),
    "runs_all_sound": Message("{count} run, semuanya utuh.", "{count} runs, all of them sound."),
    "runs_damaged": Message(
        "{count} run diperiksa, {damaged} rusak; angkanya tidak ditampilkan.",
        "{count} runs checked, {damaged} damaged; their numbers are not shown.",
    ),
    "runs_equal": Message(
        "{run}: sama sampai bit terakhir: {rows} baris dan {arrays} larik simulasi.",
        "{run}: the same to the last bit: {rows} rows and {arrays} arrays of draws.",
    ),
    "runs_other": Message(
        "{run}: TIDAK sama. Tabel: {table}; larik yang berbeda: {arrays}; selisih terbesar {largest}. Dibuat dengan "
        "{before}, diulang dengan {now}.",
        "{run}: NOT the same. Table: {table}; arrays that differ: {arrays}; greatest difference {largest}. Made with "
        "{before}, made again with {now}.",
    ),
    "runs_same": Message("sama", "the same"),
    "runs_differs": Message("berbeda", "differs"),
    "runs_goes_on": Message(
        "{scenario}: melanjutkan run yang terputus; {blocks} bagian sudah selesai.",
        "{scenario}: goes on with a run that was interrupted; {blocks} parts are done.",
    ),
    "runs_not_kept": Message(
        "{scenario}: bagian yang selesai tidak dapat disimpan di {folder} ({reason}); run berjalan terus, tetapi jika "
        "terputus harus diulang dari bagian yang tersimpan.",
        "{scenario}: finished parts cannot be kept in {folder} ({reason}); the run goes on, but if it is interrupted "
        "it starts again from the parts that are kept.",
    ),
    "runs_rebuilt": Message("Indeks dibuat ulang: {count} run.", "Index made anew: {count} runs."),
}
