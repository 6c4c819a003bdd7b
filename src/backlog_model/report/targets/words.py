"""Sentences and words of `backlog targets`, in Indonesian and English; those on paths: `path_words`."""

from collections.abc import Mapping

from backlog_model.report.message import Message
from backlog_model.report.targets.path_words import PATHS

_TARGETS: Mapping[str, Message] = {
    # head and answer
    "targets_drawn": Message(
        "Peluang dihitung dari {draws} simulasi acak ({design}, seed {seed}); jalur tengah: setiap asumsi pada "
        "mediannya. Yang masih dapat diputuskan: uang mulai {plan}.",
        "Chances are counted in {draws} draws ({design}, seed {seed}); central line: every assumption at its median. "
        "Still to be decided: money from {plan} on.",
    ),
    "targets_answer": Message(
        "Dengan rencana seperti tertulis, {sure} dari {count} target mencapai peluang yang diminta; {conditional} bisa "
        "mencapainya bila satu hal diubah; {never} tidak bisa dengan satu perubahan saja.",
        "With the plan as written, {sure} of {count} targets reach the chance wanted; {conditional} would if one thing "
        "were changed; {never} would not under any single change.",
    ),
    "targets_unjudged": Message("{count} tidak dapat dinilai.", "{count} cannot be judged."),
    "targets_dearest": Message(
        "Yang termahal bila didanai sendiri: {name}, {money} lagi {years}.",
        "The dearest on its own: {name}, {money} more {years}.",
    ),
    "targets_together": Message(
        "Kelompok {letter} di bawah sekaligus (target: {count}): {extra} di atas {present} yang tertulis ({years}).",
        "Group {letter} below at once (targets: {count}): {extra} on top of {present} written ({years}).",
    ),
    # table
    "targets_table": Message(
        "Target yang berlaku dan peluangnya dengan rencana seperti tertulis",
        "Targets that apply and their chance with the plan as written",
    ),
    "targets_columns": Message(
        "nama|tahun|target|tengah|peluang %|kurang|sejak|putusan",
        "name|year|target|central|chance %|short|from|verdict",
    ),
    "targets_indicator": Message("{subject} ({unit})", "{subject} ({unit})"),
    "targets_feasible": Message("bisa", "feasible"),
    "targets_feasible_if": Message("bisa bila", "feasible if"),
    "targets_infeasible": Message("tidak bisa", "infeasible"),
    "targets_how": Message(
        "Peluang tercapai, dalam kurung galat Monte Carlo; diminta {wanted}. Kurang: rata-rata kekurangan pada "
        "simulasi yang meleset. Sejak: tahun pertama dengan peluang yang diminta, dua tahun sejauh galat (dua kali) "
        "membedakannya. Putusan: bisa = seperti tertulis; bisa bila = dengan satu perubahan di bawah; tidak bisa = "
        "satu perubahan saja tidak cukup.",
        "Chance of meeting it, Monte Carlo error in brackets; wanted {wanted}. Short: mean shortfall in the draws that "
        "miss it. From: first year with the wanted chance, two years as far as twice the error tells. Verdict: "
        "feasible = as written; feasible if = with one change below; infeasible = no single change is enough.",
    ),
    "targets_points": Message("poin persen", "percentage points"),
    "targets_rp_million": Message("Rp juta", "Rp million"),
    "targets_millions": Message("Rp {amount} juta", "Rp {amount} million"),
    "targets_billions": Message("Rp {amount} miliar", "Rp {amount} billion"),
    # verdicts
    "targets_verdicts": Message(
        "Yang membatasi, dan perubahan terkecil yang cukup: satu saja, selebihnya seperti tertulis",
        "What binds, and the smallest change that is enough: one alone, all else as written",
    ),
    "targets_bound": Message("{name}: kini dibatasi oleh {binding}.", "{name}: now bound by {binding}."),
    "targets_unbound": Message(
        "{name}: tidak ada batas program yang mengikat.", "{name}: no limit of a programme binds."
    ),
    "targets_no_lever": Message(
        "Tidak ada program yang dapat menggerakkannya dengan uang yang masih dapat diputuskan.",
        "No programme can move it with money that is still to be decided.",
    ),
    "targets_no_money": Message(
        "Uang saja tidak pernah cukup: bila dana ditambah, berapa pun, {limit} membatasi.",
        "Money alone is never enough: with more of it, whatever the amount, it is bound by {limit}.",
    ),
    "targets_no_quota": Message(
        "Kuota saja tidak pernah cukup: berapa pun besarnya, {limit} membatasi.",
        "A larger quota alone is never enough: whatever its size, it is bound by {limit}.",
    ),
    "targets_limit_time": Message("waktu", "time"),
    "targets_if": Message("Bisa bila {changes}.", "Feasible if {changes}."),
    "targets_or": Message("; atau ", "; or "),
    "targets_none_helps": Message(
        "Tidak satu pun perubahan yang dicoba cukup, sendiri-sendiri.", "None of the changes tried is enough by itself."
    ),
    "targets_sure": Message(
        "Yang sepasti itu pada {year} hanya {amount}: bukan kemajuan dari sekarang.",
        "What is that sure in {year} is only {amount}: no progress on now.",
    ),
    "targets_more_money": Message("ada {amount}{error} lagi {years}", "there is {amount}{error} more {years}"),
    "targets_more_quota": Message(
        "kuota bertambah {amount} rumah tangga{error} {years}", "the quota grows by {amount} households{error} {years}"
    ),
    "targets_give_or_take": Message(" (galat {error})", " (error {error})"),
    "targets_other_source": Message(
        "tambahannya dari satu sumber saja {years}: {sources}",
        "the addition comes from one source alone {years}: {sources}",
    ),
    "targets_either": Message("{first} atau {last}", "{first} or {last}"),
    "targets_more_crews": Message("ada {amount} regu tukang lagi {years}", "there are {amount} more crews {years}"),
    "targets_higher_absorption": Message(
        "serapan paling sedikit {amount} % {years}", "at least {amount} % of the money is spent {years}"
    ),
    "targets_later_year": Message("tahunnya digeser ke {amount}", "its year moves to {amount}"),
    "targets_lower_target": Message("targetnya dilonggarkan menjadi {amount}", "the target is eased to {amount}"),
    "targets_in_year": Message("pada {year}", "in {year}"),
    "targets_in_years": Message("setiap tahun {first}-{last}", "in each year {first}-{last}"),
    "targets_decided": Message(
        "Uang {year} sudah ditetapkan: tambahan hanya lewat perubahan anggaran.",
        "Money of {year} is already decided: only a revised budget can add to it.",
    ),
    "targets_search": Message(
        "Perubahan dicari dalam {draws} simulasi; yang disebut paling banyak {tolerance} % di atas yang terkecil, lalu "
        "dibulatkan ke sisi yang cukup.",
        "Changes were looked for in {draws} draws; those stated are at most {tolerance} % above the smallest, then "
        "rounded to the side that is enough.",
    ),
    # years
    "targets_by_year": Message("Peluang dan kesenjangan per tahun", "Chance and gap by year"),
    "targets_chance_row": Message("peluang % (galat)", "chance % (error)"),
    "targets_gap_row": Message("kesenjangan, {unit}", "gap, {unit}"),
    "targets_gap_how": Message(
        "Kesenjangan: jalur tengah terhadap nilai target; + belum tercapai, - lebih baik dari target.",
        "Gap: central line against the value of the target; + missing, - better than the target.",
    ),
    # funding
    "targets_funding": Message(
        "Kebutuhan dana {letter} (target sekaligus: {count}), {criterion}, {unit}",
        "Funding required {letter} (targets at once: {count}), {criterion}, {unit}",
    ),
    "targets_funding_of": Message("Agar tercapai: {names}.", "So that these are met: {names}."),
    "targets_least_money": Message("dana paling sedikit", "least money"),
    "targets_least_peak": Message("puncak setahun paling rendah", "lowest yearly peak"),
    "targets_smoothest": Message("paling rata antartahun", "smoothest over the years"),
    "targets_earliest": Message("secepat mungkin", "as early as can be"),
    "targets_present": Message("tertulis", "written"),
    "targets_extra": Message("tambahan", "further"),
    "targets_budget": Message("seluruhnya", "whole"),
    "targets_source": Message("  dari {source}", "  of it {source}"),
    "targets_years_total": Message("jumlah", "total"),
    "targets_error": Message(
        "Galat Monte Carlo jumlah tambahan: {error}.", "Monte Carlo error of the further total: {error}."
    ),
    "targets_one_by_one": Message(
        "Bila tiap target didanai tanpa melihat yang kemudian: tambahan {total}, {difference} lebih banyak daripada "
        "sekaligus.",
        "If each target is funded without looking at later ones: {total} more, {difference} above all at once.",
    ),
    "targets_one_by_one_less": Message(
        "Bila tiap target didanai tanpa melihat yang kemudian: tambahan {total}, {difference} lebih sedikit daripada "
        "sekaligus.",
        "If each target is funded without looking at later ones: {total} more, {difference} below all at once.",
    ),
    "targets_one_by_one_same": Message(
        "Didanai satu per satu jumlahnya sama.", "Funded one after another the total is the same."
    ),
    "targets_one_by_one_never": Message(
        "Didanai satu per satu tidak sampai: berapa pun uang sesudah tahun target yang lebih awal, yang kemudian tidak "
        "terkejar.",
        "Funded one after another they are never all met: no money after the years of the earlier targets is enough "
        "for the later ones.",
    ),
    "targets_may_fall": Message(
        "Awas: lebih banyak uang tidak selalu menolong; pada jumlah yang lebih besar ada target yang peluangnya turun.",
        "Beware: more money does not always help; at larger amounts some target becomes less sure.",
    ),
    "targets_check_columns": Message(
        "target|diminta %|dalam pencarian|simulasi baru", "target|wanted %|where found|fresh draws"
    ),
    "targets_all_at_once": Message("semua pada masa depan yang sama", "all in the same future"),
    "targets_check_how": Message(
        "Tabel peluang: dengan dana itu, % (galat), pada simulasi tempat dananya dicari dan pada {draws} simulasi "
        "baru.",
        "Tables of chances: with this money, % (error), in the draws it was found in and in {draws} fresh ones.",
    ),
    "targets_all_how": Message(
        "Tiap target sepasti yang diminta; semuanya sekaligus tidak pernah lebih sering daripada yang paling jarang.",
        "Each target is as sure as wanted; all of them at once are never surer than the least sure of them.",
    ),
    "targets_by_region": Message(
        "Pagu seluruhnya per kabupaten/kota pada jalur tengah, {years}, Rp miliar",
        "Whole budget by kabupaten/kota on the central line, {years}, Rp billion",
    ),
    "targets_out_of_reach": Message("Di luar jangkauan uang: {names}.", "Out of reach of any money: {names}."),
    "targets_not_together": Message(
        "Masing-masing terjangkau, tetapi tidak ada dana yang mencapai semuanya sekaligus: {names}.",
        "Each within reach, but no money was found that meets all of them at once: {names}.",
    ),
    "targets_decided_before": Message(
        "Tidak dihitung, karena uang tahunnya sudah ditetapkan: {names}.",
        "Not in it, since the money of their years is already decided: {names}.",
    ),
    # gaming screen
    "targets_flags": Message(
        "Waspada: target yang terpenuhi, atau terbantu, di atas kertas (baris buku besar jalur tengah)",
        "Beware: targets met, or helped, on paper (ledger lines of the central run)",
    ),
    "targets_records": Message(
        "Catatan berkurang karena pendataan ulang, bukan karena penanganan ({names}):",
        "Records are struck off, not handled ({names}):",
    ),
    "targets_definition": Message(
        "Definisinya berubah sebelum tahun target ({names}):", "Its definition changes before its year ({names}):"
    ),
    "targets_base": Message(
        "Persennya dari basis yang bergerak atau basis lain dari stok awal model:",
        "Its percentage is of a moving base, or of another base than the model opens with:",
    ),
    "targets_touched": Message(
        "Hektare dihitung sebelum keluar dari kumuh (aturan: {names}):",
        "Hectares count before they leave slum (rule: {names}):",
    ),
    "targets_light_only": Message(
        "Hanya kelas ringan yang ditangani, kelas berat menunggu ({names}):",
        "Only the light class is treated while the heavy class waits ({names}):",
    ),
    "targets_output_only": Message(
        "Keluaran memenuhi target sementara stok tidak turun karenanya:",
        "Output meets the target while the stock does not fall with it:",
    ),
    "targets_flag": Message("{name}: {lines}. {met}", "{name}: {lines}. {met}"),
    "targets_line": Message("{label} {amounts}", "{label} {amounts}"),
    "targets_line_of": Message("{label}, {part}, {amounts}", "{label}, {part}, {amounts}"),
    "targets_line_amount": Message("{amount} {unit} ({years})", "{amount} {unit} ({years})"),
    "targets_met_by_it": Message(
        "Jalur tengah memenuhinya hanya berkat itu.", "The central line meets it only by that."
    ),
    "targets_met_anyway": Message(
        "Jalur tengah memenuhinya juga tanpa itu.", "The central line meets it even without."
    ),
    "targets_met": Message("Jalur tengah memenuhinya.", "The central line meets it."),
    "targets_missed": Message("Jalur tengah tidak memenuhinya.", "The central line misses it."),
    "targets_missed_by_it": Message(
        "Jalur tengah meleset karena itu; tanpa itu terpenuhi.", "The central line misses it because of that."
    ),
    # notes
    "targets_others": Message(
        "Target lain yang tidak berlaku di skenario ini: {count} (alasan lain seperti tertulis di skenario)",
        "Targets that do not apply here: {count} (other reasons as the scenario gives them)",
    ),
    "targets_other_list": Message(
        "{names}: terbit atas daftar {base} rumah, tidak dihadapkan ke stok {stock} rumah model ini; keduanya tidak "
        "dicampur.",
        "{names}: published on a list of {base} houses, not held against the {stock} houses of this model; the two are "
        "never mixed.",
    ),
    "targets_reason": Message("{names}: {reason}.", "{names}: {reason}."),
    "targets_no_reason": Message("tanpa alasan tertulis", "no reason given"),
    "targets_kinds": Message(
        "Target di atas yang terbit secara resmi: {published}; ilustrasi bertanda *, tidak ditetapkan siapa pun: "
        "{illustrative}.",
        "Published among the targets above: {published}; illustrations marked *, adopted by no one: {illustrative}.",
    ),
}

TARGETS: Mapping[str, Message] = {**_TARGETS, **PATHS}
