"""Sentences and words of `backlog compare`, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

COMPARISON: Mapping[str, Message] = {
    "compare_title": Message(
        "{province}: {count} skenario dibandingkan, acuannya A", "{province}: {count} scenarios compared, A is the base"
    ),
    "compare_scenario": Message("{letter} = {name}: {title}", "{letter} = {name}: {title}"),
    "compare_pairing": Message(
        "Simulasi ke-n dari semua skenario menghadapi masa depan yang sama: selisihnya berasal dari rencana, bukan "
        "dari kebetulan.",
        "Draw n of every scenario meets the same future: differences come from the plans, not from chance.",
    ),
    "compare_counted": Message(
        "Simulasi dihitung, tidak disimpan satu per satu: selisih berpasangan dan peluang tidak dapat diberikan; pakai "
        "--draws yang lebih kecil.",
        "Draws were counted, not kept one by one: there are no paired differences and no chances; use fewer --draws.",
    ),
    "compare_left_out": Message(
        "Hanya pada {name}, jadi tidak dibandingkan: {what} {labels}.",
        "Only in {name}, so not compared: {what} {labels}.",
    ),
    "compare_years": Message("tahun", "years"),
    "compare_regions": Message("daerah", "regions"),
    # inputs
    "compare_inputs": Message(
        "Masukan yang berbeda, A -> {letter} ({count})", "Inputs that differ, A -> {letter} ({count})"
    ),
    "compare_no_input": Message(
        "{name}: tidak ada masukan yang berbeda dari A, dan keluarannya sama persis.",
        "{name}: no input differs from A, and the outputs are exactly the same.",
    ),
    "compare_no_input_but": Message(
        "{name}: tidak ada masukan yang berbeda dari A; keluarannya berbeda karena pembulatan atau bilangan acak saja.",
        "{name}: no input differs from A; the outputs differ by round-off or random numbers alone.",
    ),
    "compare_same_outputs": Message(
        "{name}: keluarannya sama persis dengan A; masukan di atas tidak mengubahnya.",
        "{name}: the outputs are exactly those of A; the inputs above do not change them.",
    ),
    "compare_same_central": Message(
        "{name}: jalur tengahnya sama persis dengan A; rentangnya boleh berbeda, dan hanya simulasi menunjukkannya.",
        "{name}: the central line is exactly that of A; ranges may differ, which only draws can tell.",
    ),
    "compare_lever": Message("Pengungkit (yang diputuskan)", "Levers (what is decided)"),
    "compare_uncertainty": Message("Ketidakpastian (yang tidak diputuskan)", "Uncertainties (what is not decided)"),
    "compare_target": Message("Target", "Targets"),
    "compare_opening": Message("Keadaan awal", "Opening state"),
    "compare_other": Message("Lainnya", "Others"),
    "compare_sourced": Message("bersumber", "sourced"),
    "compare_derived": Message("turunan", "derived"),
    "compare_assumption": Message("asumsi", "assumption"),
    "compare_unstated": Message("tanpa sumber", "no source"),
    "compare_mean": Message("rata-rata daerah", "mean of regions"),
    "compare_apart": Message("{count} daerah berbeda", "{count} regions differ"),
    "compare_nothing": Message("tidak ada", "nothing"),
    "compare_change": Message("{years}: {first} -> {second}{percent}", "{years}: {first} -> {second}{percent}"),
    "compare_written": Message("tertulis: {first} -> {second}", "written: {first} -> {second}"),
    # outputs
    "compare_answer": Message(
        "RTLH akhir {year}: {first} rumah pada A, {second} pada {letter}, selisih {difference} ({percent}).",
        "RTLH at the end of {year}: {first} houses in A, {second} in {letter}, a difference of {difference} "
        "({percent}).",
    ),
    "compare_answer_draws": Message(
        "Dalam masa depan yang sama selisihnya rata-rata {mean} (galat {error}; tanpa pasangan galatnya {unpaired}), "
        "pada 9 dari 10 simulasi antara {low} dan {high}.",
        "In the same futures the difference is {mean} on average (error {error}; unpaired it would be {unpaired}), in "
        "9 of 10 draws between {low} and {high}.",
    ),
    "compare_answer_all": Message("{letter} lebih baik pada semua simulasi.", "{letter} is better in every draw."),
    "compare_answer_never": Message("A lebih baik pada semua simulasi.", "A is better in every draw."),
    "compare_answer_chance": Message(
        "Peluang {letter} lebih baik dari A {second} % (galat {error}), A lebih baik dari {letter} {first} %.",
        "The chance that {letter} beats A is {second} % (error {error}), that A beats {letter} {first} %.",
    ),
    "compare_indicators": Message(
        "Indikator provinsi, {letter} terhadap A (stok per 31 Desember, aliran sepanjang tahun)",
        "Indicators of the province, {letter} against A (stocks at 31 December, flows in the year)",
    ),
    "compare_difference": Message("selisih", "difference"),
    "compare_paired": Message("simulasi (galat)", "draws (error)"),
    "compare_better": Message("{letter} lebih baik %", "{letter} better %"),
    "compare_million": Message("Rp juta", "Rp million"),
    "compare_how": Message(
        "A, {letter}, selisih, %: jalur tengah. Simulasi: rata-rata selisih berpasangan dan galat Monte Carlo-nya (–: "
        "sebagian simulasi tidak punya angka). Lebih baik: bagian simulasi, dalam kurung galatnya; yang sama tidak "
        "dihitung untuk siapa pun; pagu, belanja dan titik impas tidak dinilai.",
        "A, {letter}, difference, %: central line. Draws: mean paired difference and its Monte Carlo error (–: some "
        "draws have no number). Better: share of draws, its error in brackets; ties count for neither; budgets, "
        "spending and break-even are not judged.",
    ),
    "compare_how_central": Message(
        "Jalur tengah saja; peluang hanya ada bila simulasi dipasangkan.",
        "Central lines only; chances need draws that are paired.",
    ),
    "compare_unchanged": Message("Tidak berubah: {names}.", "Unchanged: {names}."),
    "compare_counted_again": Message(
        "Catatan berubah hanya pada salah satu skenario sejak {year}: selisih sesudahnya bukan kemajuan atau "
        "kemunduran, jadi peluangnya tidak dinilai (–).",
        "From {year} records change in only one of the scenarios: later differences are neither progress nor decline, "
        "so their chances are not judged (–).",
    ),
    "compare_by_region": Message(
        "RTLH {year} per kabupaten/kota, {letter} terhadap A", "RTLH {year} by kabupaten/kota, {letter} against A"
    ),
    "compare_rank": Message("urutan", "rank"),
    "compare_change_rank": Message("urutan selisih", "rank by change"),
    "compare_rank_how": Message(
        "Urutan: 1 = RTLH terbanyak (A -> {letter} bila berubah); urutan selisih: 1 = perbaikan terbesar.",
        "Rank: 1 = most RTLH (A -> {letter} where it changes); rank by change: 1 = the greatest improvement.",
    ),
    # regret
    "compare_regret": Message(
        "Penyesalan RTLH: kelebihan rumah di atas skenario terbaik pada masa depan yang sama",
        "Regret in RTLH: houses more than under the scenario that is best in the same future",
    ),
    "compare_largest": Message("terbesar", "largest"),
    "compare_p90": Message("persentil 90", "90th pct"),
    "compare_average": Message("rata-rata (galat)", "mean (error)"),
    "compare_best": Message("terbaik % (galat)", "best % (error)"),
    "compare_regret_how": Message(
        "Terbaik: bagian masa depan di mana skenario itu yang terbaik (bila seri, dibagi rata). Biayanya tidak ikut "
        "dihitung: lihat pagu.",
        "Best: share of futures in which the scenario is the best one (ties are shared). What it costs is not in it: "
        "see the budgets.",
    ),
    "compare_regret_without": Message(
        "Tanpa {names}: catatannya berubah, jadi RTLH-nya tidak sebanding.",
        "Without {names}: its records change, so that its RTLH do not compare.",
    ),
    "compare_file": Message("Semua selisih: {path}", "All differences: {path}"),
}
