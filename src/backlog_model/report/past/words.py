"""Sentences and words of `backlog history`, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

PAST: Mapping[str, Message] = {
    "past_headline": Message(
        "{errors} temuan data perlu dibetulkan dan {warnings} perlu diingat; {breaks} kali definisi berganti. "
        "{inflow} {stale}",
        "{errors} findings in the data are to be put right and {warnings} to be kept in mind; definitions changed "
        "{breaks} times. {inflow} {stale}",
    ),
    "past_inflow": Message("Arus masuk bersih yang tersembunyi: {shown}.", "The hidden net inflow: {shown}."),
    "past_inflow_of": Message(
        "{list} {middle} rumah setahun (90 %: {lower} sampai {upper})",
        "{list} {middle} houses a year (90 %: {lower} to {upper})",
    ),
    "past_no_inflow": Message(
        "Tidak ada daftar yang dihitung ulang, jadi arus masuk tidak terlihat.",
        "No list was counted again, so no inflow can be seen.",
    ),
    "past_up_to_date": Message(
        "Angka untuk skenario ({file}) sesuai dengan masa lalu.", "The numbers for scenarios ({file}) agree with it."
    ),
    "past_outdated": Message(
        "{file} tidak lagi sesuai dengan masa lalu ({count} angka): tulis ulang dengan --write.",
        "{file} no longer agrees with the past ({count} numbers): write it again with --write.",
    ),
    "past_no_estimates": Message("Tidak ada angka untuk skenario.", "No numbers are made for scenarios."),
    # findings
    "past_findings": Message(
        "Temuan data: {errors} kesalahan, {warnings} peringatan", "Data findings: {errors} errors, {warnings} warnings"
    ),
    "past_all_findings": Message(
        "Semua temuan satu per satu: backlog check {folder}", "Every finding, one by one: backlog check {folder}"
    ),
    "past_error": Message("salah", "error"),
    "past_warning": Message("peringatan", "warning"),
    # ledgers
    "past_ledgers": Message(
        "Buku besar: pembukaan + masuk - keluar = penutupan; arus yang hilang menutupnya (90 %)",
        "Ledgers: opening + inflow - outflow = closing; the missing flow closes them (90 %)",
    ),
    "past_ledger_columns": Message(
        "|dari|sampai|pembukaan|ditangani|penutupan|arus hilang|setahun = titik impas",
        "|from|to|opening|handled|closing|missing flow|a year = break-even",
    ),
    "past_ledger_how": Message(
        "Arus hilang = penutupan - pembukaan + yang ditangani x keberhasilan / kelengkapan laporan: rumah baru tidak "
        "layak dikurangi perbaikan sendiri, bersih. Sebanyak itulah yang harus tuntas setahun agar daftar tidak "
        "bertambah. Daftar dengan definisi berbeda tidak disambung.",
        "Missing flow = closing - opening + handled x effectiveness / completeness of reports: new uninhabitable "
        "houses less own repairs, net. That many have to be cleared a year for the list to stand still. Lists of "
        "different definitions are never chained.",
    ),
    "past_whole": Message("seluruhnya", "in all"),
    "closed": Message(
        "daftar tertutup: rumah yang ditangani dicoret, tidak ada yang dihitung ulang; bukan bukti arus masuk nol",
        "a closed list: handled houses are struck off and nothing is counted again; no evidence that inflow is nil",
    ),
    "handled_unknown": Message(
        "tidak ada laporan penanganan yang mencakup waktu ini: angkanya perubahan bersih sesudah penanganan",
        "no report of handling covers this time: the number is the net change after handling",
    ),
    "handled_spread": Message(
        "laporan penanganan yang lebih panjang dibagi rata menurut waktu",
        "a longer report of handling is spread evenly over time",
    ),
    "handled_extended": Message(
        "sebagian masa tidak dilaporkan dan diambil pada laju sisanya",
        "part of the time is not reported and taken at the pace of the rest",
    ),
    "past_breaks": Message(
        "Patahan definisi: bukan arus masuk, bukan kemajuan, tidak pernah disambung",
        "Breaks of definition: neither inflow nor progress, never chained",
    ),
    "past_break_columns": Message("patahan|tanggal|sebelum|sesudah|kali", "break|date|before|after|times"),
    # decay
    "past_decay": Message(
        "Laju kerusakan setelah buku besar diperhitungkan", "Rate of decay after the ledgers were heard"
    ),
    "past_decay_of": Message(
        "{key}: {before} sebelum ({before_low} sampai {before_high}), {after} sesudah ({after_low} sampai "
        "{after_high}), 90 %. Model mengharapkan {expected} rumah bersih setahun di {region} ({low} sampai {high}). "
        "{draws} simulasi setara; korelasi dengan perbaikan sendiri {correlation}.",
        "{key}: {before} before ({before_low} to {before_high}), {after} after ({after_low} to {after_high}), 90 %. "
        "The model expects {expected} net houses a year in {region} ({low} to {high}). {draws} equally weighted draws; "
        "correlation with own repairs {correlation}.",
    ),
    "past_decay_how": Message(
        "Buku besar di atas menutup angka seperti tercetak; di sini loncatan antarhitungan ikut dihitung, jadi "
        "rentangnya lebih lebar.",
        "The ledgers above close figures as printed; here the jumps between counts count too, hence wider ranges.",
    ),
    "past_calibration_of": Message(
        "{list}: {middle} rumah bersih setahun ({lower} sampai {upper}).",
        "{list}: {middle} net houses a year ({lower} to {upper}).",
    ),
    "few_points": Message(
        "sedikit titik, jadi rentangnya lebar: dari lima angka atau kurang tidak terlihat apakah gerak itu kebetulan",
        "few points, hence a wide range: five figures or fewer cannot show whether a movement is chance",
    ),
    "prior_dominates": Message(
        "data hampir tidak mengubah anggapan awal", "the data hardly move what was believed before"
    ),
    "not_identifiable": Message(
        "penanganan setahun hampir tetap: arus masuk dan keberhasilan tidak dapat dipisahkan oleh data",
        "handling a year hardly varies: the data cannot tell inflow and effectiveness apart",
    ),
    "only_ratio_identified": Message(
        "data hanya menentukan keberhasilan / kelengkapan; masing-masing berasal dari anggapan awal",
        "the data give only effectiveness / completeness; each by itself is what was believed before",
    ),
    "prior_conflict": Message("data bertentangan dengan anggapan awal", "the data contradict what was believed before"),
    "few_regions": Message(
        "sedikit daerah, jadi beda antardaerah hampir tidak diketahui",
        "few regions, so that how much they differ is hardly known",
    ),
    "few_draws": Message("hampir tidak ada simulasi yang cocok", "hardly any draw fits"),
    # forecasts
    "past_outlooks": Message(
        "Prakiraan deret tahunan (rentang 90 %) dan ujian ke belakang",
        "Forecasts of yearly series (90 % ranges) and back-test",
    ),
    "past_outlook_columns": Message(
        "deret|n|terakhir|tahun|prakiraan|rentang 90 %|naif|lurus|kena",
        "series|n|last|year|forecast|90 % range|naive|drift|hits",
    ),
    "past_outlook_how": Message(
        "Naif, lurus: keunggulan atas nilai terakhir dan garis lurus dari titik pertama ke terakhir; di atas 0 "
        "lebih baik, – tidak dapat diuji. Kena: berapa rentang 90 % memuat yang kemudian terjadi. Metode: rata-rata "
        "garis lurus dan Theta dinamis.",
        "Naive, drift: skill against the last value and the line from the first point to the last; above 0 is better, "
        "– cannot be tested. Hits: how many 90 % ranges held what came. Method: mean of drift and dynamic Theta.",
    ),
    "past_too_short": Message(
        "{series}: {count} angka, tidak diramal; tiga diperlukan untuk memperlihatkan arah dan sebarannya.",
        "{series}: {count} figures, not forecast; three are needed to show a direction and its spread.",
    ),
    "missing_years_filled": Message("tahun yang hilang diisi garis lurus", "missing years are filled along a line"),
    "constant": Message(
        "nilainya tidak pernah berubah: tidak ada yang menunjukkan selebar apa rentangnya",
        "its value never changed: nothing shows how wide a range should be",
    ),
    "exact_fit": Message(
        "tepat pada satu garis: rentangnya menunjukkan seberapa jauh deret semacam ini biasanya menyimpang",
        "exactly on one line: the range says how far such series usually stray, not how far this one has",
    ),
    "long_horizon": Message(
        "diramal lebih jauh daripada masa yang teruji untuk deret sependek ini: rentangnya paling sedikit selebar itu",
        "forecast further than series this short were tested: the range is at least that wide",
    ),
    "past_note": Message("{series}: {note}", "{series}: {note}"),
    # agreements
    "past_agreements": Message(
        "Angka yang diselaraskan: sejauh mana tiap sumber bergeser",
        "Figures brought together: how far each source moved",
    ),
    "past_agreement_columns": Message(
        "besaran|disepakati|rentang 90 %|menurut sumber|bergeser|sumber",
        "quantity|agreed|90 % range|stated|moved|source",
    ),
    "past_unstated": Message("dari jumlahnya", "from the total"),
    "past_agreeing": Message(
        "Sumber-sumbernya sesuai dengan ketelitiannya (p = {p}).",
        "The sources agree as closely as they claim (p = {p}).",
    ),
    "past_widened": Message(
        "Sumber-sumbernya berselisih lebih dari ketelitiannya (p = {p}); rentang dilebarkan.",
        "The sources disagree by more than they claim (p = {p}); the ranges are widened.",
    ),
    "past_a_little": Message(
        "Sumber-sumbernya berselisih sedikit lebih dari ketelitiannya, masih mungkin kebetulan (p = {p}); rentang "
        "dilebarkan.",
        "The sources differ a little more than they claim, as chance can have it (p = {p}); the ranges are widened.",
    ),
    "past_unchecked": Message("Tidak ada yang dapat saling menguji.", "Nothing among them can test anything else."),
    # hindcasts
    "past_hindcasts": Message(
        "Andai dulu: prakiraan pada akhir tahun itu, hanya dari yang sudah terbit, terhadap yang kemudian terbit",
        "Would it have worked: forecasts as of that year's end, from what was published by then, against what came",
    ),
    "past_hindcast_columns": Message(
        "per|deret atau daftar|tahun|terjadi|prakiraan|galat|rentang 90 %|kena",
        "as of|series or list|year|came|forecast|error|90 % range|hit",
    ),
    "past_hits": Message(
        "Tanpa pergantian sumber: {hits} dari {count} rentang kena. Melewati patahan definisi: {crossed} prakiraan, "
        "galat {worst} dan lebih: bukan ukuran metode.",
        "Without a change of source: {hits} of {count} ranges hit. Across a break of definition: {crossed} forecasts, "
        "errors of {worst} and more: no measure of a method.",
    ),
    "past_hits_only": Message(
        "Tanpa pergantian sumber: {hits} dari {count} rentang kena.",
        "Without a change of source: {hits} of {count} ranges hit.",
    ),
    "past_silent": Message(
        "Per akhir {year} belum cukup yang terbit untuk: {names}.",
        "At the end of {year} too little had been published for: {names}.",
    ),
    "past_guard": Message(
        "Angka tanpa tanggal terbit tidak dipakai: tidak ada yang dapat menunjukkan bahwa angka itu sudah ada.",
        "Figures without a date of publication are not used: nobody can show that they were there.",
    ),
    "past_yes": Message("ya", "yes"),
    "past_no": Message("tidak", "no"),
    "past_crosses": Message("{name} (patahan)", "{name} (break)"),
    # estimates
    "past_estimates": Message("Angka untuk skenario ({file})", "Numbers for scenarios ({file})"),
    "past_estimate_columns": Message("kunci|daerah|tengah|rentang 90 %", "key|region|middle|90 % range"),
    "past_every_region": Message("semua", "all"),
    "past_wrong": Message(
        "Angka yang salah, dan tidak dipakai: {errors}. Perbaiki dulu, backlog check menyebut satu per satu.",
        "Wrong figures, not used: {errors}. Put them right first, backlog check names each.",
    ),
    "past_not_written": Message(
        "Tidak ditulis; angka yang salah: {errors}. Perbaiki dulu, backlog check menyebut satu per satu.",
        "Not written; wrong figures: {errors}. Put them right first, backlog check names each.",
    ),
}
