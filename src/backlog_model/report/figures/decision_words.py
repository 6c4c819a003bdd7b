"""Words of the figures for decisions: flows, money, assumptions, chances, paths, targets and limits."""

from collections.abc import Mapping

from backlog_model.report.message import Message

DECISIONS: Mapping[str, Message] = {
    # flows
    "figure_flows_title": Message(
        "Mengapa RTLH berubah (rumah), akhir {first} sampai akhir {last}",
        "Why RTLH change (houses), end of {first} to end of {last}",
    ),
    "figure_flows_description": Message(
        "RTLH {scenario}: {start} pada akhir {first}, bertambah {inflow} dan berkurang {outflow}, menjadi {end} pada "
        "akhir {last}.",
        "RTLH, {scenario}: {start} at the end of {first}, {inflow} more and {outflow} fewer, {end} at the end of "
        "{last}.",
    ),
    "figure_flows_record": Message(
        " Pendataan ulang mengubah catatan sebesar {change} rumah; itu bukan arus.",
        " Counting again changes the record by {change} houses, which is no flow.",
    ),
    "figure_flows_stock": Message("RTLH akhir {year}", "RTLH, end of {year}"),
    "figure_flows_handled": Message("RTLH tuntas oleh program (efektif)", "RTLH cleared by programmes (effective)"),
    "figure_flows_whole": Message(
        "Jalur tengah; rumah bulat yang dijumlah tepat.", "Central line; whole houses that add up exactly."
    ),
    "figure_flows_cut": Message(
        "Sumbu terpotong: panjang batang hanya untuk arus; stok digambar sebagai garis batas, bukan batang.",
        "The axis is cut: lengths of bars tell flows only; stocks are drawn as lines and not as bars.",
    ),
    "figure_flows_axis": Message("RTLH (rumah)", "RTLH (houses)"),
    "figure_flows_axis_cut": Message(
        "RTLH (rumah; sumbu terpotong ≈, tidak mulai dari nol)", "RTLH (houses; axis cut ≈, does not start at zero)"
    ),
    "figure_flows_step": Message("langkah", "step"),
    "figure_flows_label": Message("arus atau stok", "flow or stock"),
    "figure_flows_change": Message("perubahan", "change"),
    "figure_flows_start": Message("dari", "from"),
    "figure_flows_end": Message("menjadi", "to"),
    "figure_flows_kind": Message("jenis", "kind"),
    "figure_flows_kind_stock": Message("stok", "stock"),
    "figure_flows_kind_in": Message("menambah RTLH", "adds RTLH"),
    "figure_flows_kind_out": Message("mengurangi RTLH", "takes RTLH away"),
    "figure_flows_kind_record": Message("pendataan ulang, bukan perubahan rumah", "counted again, no house changed"),
    # funding
    "figure_funding_title": Message(
        "Pagu dan belanja menurut sumber dana (Rp miliar), {first}–{last}",
        "Budget and spending by source of money (Rp billion), {first}–{last}",
    ),
    "figure_funding_description": Message(
        "Pagu {year}: Rp {budget} miliar, dibelanjakan Rp {spent} miliar; sumber terbesar {largest}.",
        "Budget of {year}: Rp {budget} billion, spent Rp {spent} billion; the largest source is {largest}.",
    ),
    "figure_funding_source": Message("kode sumber", "code of source"),
    "figure_funding_name": Message("sumber dana", "source of money"),
    "figure_funding_budget": Message("pagu", "budget"),
    "figure_funding_spent": Message("belanja", "spent"),
    "figure_funding_unspent": Message("tidak terserap", "unspent"),
    "figure_funding_spent_all": Message("belanja semua sumber", "spent, all sources"),
    "figure_funding_axis": Message("Rp miliar, nominal", "Rp billion, nominal"),
    "figure_funding_note": Message(
        "Semua program; rupiah nominal. Angka di atas batang: jumlah pagu. Belanja sesudah {year} proyeksi, bukan "
        "realisasi.",
        "All programmes; nominal rupiah. Number above a bar: the whole budget. Spending after {year} is projected, not "
        "realised.",
    ),
    # tornado
    "figure_tornado_title": Message(
        "Asumsi yang paling menentukan RTLH (rumah), akhir {year}",
        "Assumptions that matter most for RTLH (houses), end of {year}",
    ),
    "figure_tornado_description": Message(
        "Paling menentukan: {label}; RTLH akhir {year} {low} bila {low_value} dan {high} bila {high_value} {unit}, "
        "semua yang lain pada mediannya ({base}).",
        "What matters most: {label}; RTLH at the end of {year} are {low} at {low_value} and {high} at {high_value} "
        "{unit}, all else at its median ({base}).",
    ),
    "figure_tornado_path": Message("entri", "entry"),
    "figure_tornado_label": Message("asumsi", "assumption"),
    "figure_tornado_unit": Message("satuan", "unit"),
    "figure_tornado_low_value": Message("asumsi pada persentil 5", "assumption at its 5 % point"),
    "figure_tornado_high_value": Message("asumsi pada persentil 95", "assumption at its 95 % point"),
    "figure_tornado_low": Message("RTLH pada persentil 5 asumsi", "RTLH at the 5 % point"),
    "figure_tornado_high": Message("RTLH pada persentil 95 asumsi", "RTLH at the 95 % point"),
    "figure_tornado_swing": Message("rentang", "span"),
    "figure_tornado_axis": Message(
        "RTLH provinsi akhir {year} (rumah)", "RTLH of the province, end of {year} (houses)"
    ),
    "figure_tornado_low_key": Message("asumsi rendah (persentil 5)", "assumption low (5 % point)"),
    "figure_tornado_high_key": Message("asumsi tinggi (persentil 95)", "assumption high (95 % point)"),
    "figure_tornado_base": Message("median: {base}", "median: {base}"),
    "figure_tornado_how": Message(
        "Satu asumsi diubah, semua yang lain pada mediannya; kejadian tiap tahun (banjir, kebakaran, serapan) tetap "
        "pada rata-rata atau mediannya. Rentang tidak dapat dijumlahkan.",
        "One assumption is moved, all others stand at their median; what falls out anew each year (floods, fires, "
        "absorption) stays at its mean or median. Spans do not add up.",
    ),
    "figure_tornado_classes": Message(
        "Semua kelas: kelas-kelas satu asumsi yang berkorelasi diubah bersama; angkanya menurut kelas, dari yang "
        "paling ringan.",
        "All classes: correlated classes of one assumption are moved together; their numbers by class, the lightest "
        "first.",
    ),
    "figure_tornado_regions": Message(
        "Asumsi yang lepas antardaerah diubah di semua daerah sekaligus.",
        "Assumptions that differ apart in each region are moved in all regions at once.",
    ),
    "figure_tornado_rest": Message(
        "Tiap asumsi lain menggeser lebih sedikit daripada yang terakhir di sini.",
        "Every other assumption moves less than the last one here.",
    ),
    # chance by year and funding
    "figure_chance_title": Message(
        "Peluang (%) RTLH provinsi {operator} {level} rumah, menurut tahun dan dana, {first}–{last}",
        "Chance (%) that RTLH of the province are {operator} {level} houses, by year and money, {first}–{last}",
    ),
    "figure_chance_of_target": Message(
        "{level} rumah adalah target {target} untuk {year}.", "{level} houses are the target {target} for {year}."
    ),
    "figure_chance_of_target_illustrative": Message(
        "{level} rumah adalah target {target} untuk {year}: ilustrasi, belum ditetapkan siapa pun.",
        "{level} houses are the target {target} for {year}: an illustration, adopted by no one.",
    ),
    "figure_chance_of_stock": Message(
        "Tidak ada target RTLH yang berlaku; {level} rumah adalah 10 % di bawah RTLH akhir {year}.",
        "No target on RTLH applies; {level} houses are 10 % below RTLH at the end of {year}.",
    ),
    "figure_chance_how": Message(
        "Dana: semua program rumah mulai {first}, dikalikan sama di setiap sumber dan daerah (tertera: pagu rata-rata "
        "setahun); simulasi acak yang sama. Galat Monte Carlo paling besar {error} poin.",
        "Money: all house programmes from {first} on, multiplied alike in every source and region (shown: mean budget "
        "a year); the same random draws. Largest Monte Carlo error {error} points.",
    ),
    "figure_chance_description": Message(
        "Dengan dana seperti tertulis peluangnya {now} % pada {last}; dengan {most} kali dana {best} %.",
        "With the money as written the chance is {now} % in {last}; with {most} times the money {best} %.",
    ),
    "figure_chance_funding": Message("kali dana tertulis", "times the money written"),
    "figure_chance_budget": Message("pagu program rumah", "budget of house programmes"),
    "figure_chance_chance": Message("peluang", "chance"),
    "figure_chance_error": Message("galat Monte Carlo", "Monte Carlo error"),
    "figure_chance_row": Message("{multiple} kali: Rp {budget} miliar", "{multiple} times: Rp {budget} billion"),
    "figure_chance_row_now": Message("seperti tertulis: Rp {budget} miliar", "as written: Rp {budget} billion"),
    # tournament
    "figure_tournament_title": Message(
        "Penyesalan tiap jalur target menuju {level} rumah RTLH pada {last} (rumah setahun), {first}–{last}",
        "Regret of each target path to {level} RTLH in {last} (houses a year), {first}–{last}",
    ),
    "figure_tournament_description": Message(
        "Paling kecil penyesalannya: {path} ({regret} rumah setahun), dalam {scenarios} skenario.",
        "Least regret: {path} ({regret} houses a year), in {scenarios} scenarios.",
    ),
    "figure_tournament_description_alone": Message(
        "Paling kecil penyesalannya: {path} ({regret} rumah setahun).", "Least regret: {path} ({regret} houses a year)."
    ),
    "figure_tournament_path": Message("kode jalur", "code of path"),
    "figure_tournament_label": Message("jalur", "path"),
    "figure_tournament_same": Message("{one} = {other}", "{one} = {other}"),
    "figure_tournament_regret": Message("penyesalan rata-rata", "mean regret"),
    "figure_tournament_error": Message("galat Monte Carlo", "Monte Carlo error"),
    "figure_tournament_largest": Message("penyesalan terbesar", "largest regret"),
    "figure_tournament_kept": Message("janji tiap tahun ditepati", "every yearly promise kept"),
    "figure_tournament_money": Message("dana jalur tengah", "money on the central line"),
    "figure_tournament_end": Message("RTLH yang dijanjikan untuk {year}", "RTLH promised for {year}"),
    "figure_tournament_axis": Message("penyesalan, rumah setahun", "regret, houses a year"),
    "figure_tournament_how": Message(
        "Penyesalan: kerugian janji di atas jalur terbaik pada masa depan yang sama; meleset dihitung {ratio} kali "
        "lebih berat daripada menjanjikan terlalu sedikit (peluang yang diminta {wanted} %).",
        "Regret: loss of a promise above that of the best path in the same future; missing it counts {ratio} times as "
        "much as promising too little (chance wanted {wanted} %).",
    ),
    "figure_tournament_scenarios": Message(
        "Skenario: {names}, semua sama beratnya.", "Scenarios: {names}, all with equal weight."
    ),
    "figure_tournament_honest": Message(
        "Jujur: nilai yang tercapai dengan peluang {wanted} % menurut rencana tertulis; berakhir di {end} rumah, bukan "
        "di target.",
        "Honest: values met with a chance of {wanted} % under the plan as written; ends at {end} houses, not on the "
        "target.",
    ),
    "figure_tournament_largest_key": Message("terbesar", "largest"),
    "figure_tournament_mean_key": Message("rata-rata ± 2 galat", "mean ± 2 errors"),
    # targets
    "figure_targets_title": Message(
        "Peluang (%) tiap target tercapai, {first}–{last}", "Chance (%) that targets are met, {first}–{last}"
    ),
    "figure_targets_title_one": Message(
        "Peluang (%) tiap target tercapai, {first}", "Chance (%) that targets are met, {first}"
    ),
    "figure_targets_title_central": Message(
        "Target yang dapat dinilai dan jalur tengah", "Targets that apply, and the central line"
    ),
    "figure_targets_description": Message(
        "{sure} dari {count} target mencapai peluang yang diminta.",
        "{sure} of {count} targets reach the chance wanted.",
    ),
    "figure_targets_description_central": Message(
        "Jalur tengah memenuhi {sure} dari {count} target.", "The central line meets {sure} of {count} targets."
    ),
    "figure_targets_target": Message("target", "target"),
    "figure_targets_subject": Message("yang dijanjikan", "what is promised"),
    "figure_targets_unit": Message("satuan", "unit"),
    "figure_targets_wanted": Message("target", "target"),
    "figure_targets_value": Message("nilai target", "value of the target"),
    "figure_targets_chance": Message("peluang tercapai", "chance of being met"),
    "figure_targets_error": Message("galat Monte Carlo", "Monte Carlo error"),
    "figure_targets_wanted_chance": Message("peluang yang diminta", "chance wanted"),
    "figure_targets_first_year": Message("tahun pertama dengan peluang itu", "first year with that chance"),
    "figure_targets_or_later": Message("{year} atau sesudahnya", "{year} or later"),
    "figure_targets_met": Message("jalur tengah memenuhi", "central line meets it"),
    "figure_targets_kind": Message("jenis", "kind"),
    "figure_targets_published": Message("resmi", "official"),
    "figure_targets_illustrative": Message("ilustrasi", "illustration"),
    "figure_targets_reached": Message("mencapai peluang yang diminta", "reaches the chance wanted"),
    "figure_targets_short": Message("belum mencapainya", "falls short of it"),
    "figure_targets_line_wanted": Message("{wanted} {unit}, {year} ({kind})", "{wanted} {unit}, {year} ({kind})"),
    "figure_targets_unknown": Message(
        "–: peluangnya tidak diketahui, karena definisi atau catatannya berubah atau modelnya tidak menghitungnya.",
        "–: the chance is not known, since the definition or records change or the model does not count it.",
    ),
    "figure_targets_others": Message(
        "Target lain tidak dapat dibandingkan; alasannya tertulis pada tiap target di skenario.",
        "Other targets cannot be compared; the scenario gives the reason beside each.",
    ),
    # limits
    "figure_limits_title": Message("Yang membatasi tiap program, {years}", "What limits each programme, {years}"),
    "figure_limits_description": Message(
        "Batas tiap program di provinsi menurut tahun, dan berapa daerah tertahan oleh batas itu pada {year}.",
        "The limit of each programme in the province by year, and how many regions each limit holds in {year}.",
    ),
    "figure_limits_programme": Message("kode program", "code of programme"),
    "figure_limits_name": Message("program", "programme"),
    "figure_limits_regions": Message("daerah per batas, {year}", "regions by limit, {year}"),
}
