"""Sentences and words on target paths, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

PATHS: Mapping[str, Message] = {
    "paths_answer": Message(
        "Jalur menuju {target} yang paling kecil penyesalannya: {path}.",
        "The path to {target} with the least regret: {path}.",
    ),
    "paths_values": Message(
        "Jalur menuju {target} ({subject}, {unit}): dari {start} pada akhir {year}",
        "Paths to {target} ({subject}, {unit}): from {start} at the end of {year}",
    ),
    "paths_path": Message("jalur", "path"),
    "paths_money": Message("dana, Rp miliar", "money, Rp billion"),
    "paths_quota": Message("kuota", "quota"),
    "paths_money_how": Message(
        "Dana: seluruh pagu {years} agar jalur tengah menepati janji setiap tahun (tertulis {present}); –: berapa pun "
        "tidak cukup. Itu untuk jalur tengah saja; dana untuk peluang yang diminta ada di kebutuhan dana.",
        "Money: whole budget {years} at which the central line keeps every yearly promise (written {present}); –: no "
        "amount is enough. This is for the central line alone; money for the chance wanted is under funding required.",
    ),
    "paths_remark": Message("{path}: {remark}.", "{path}: {remark}."),
    "paths_effective_units": Message(
        "{units} {unit} ditangani tuntas setiap tahun", "{units} {unit} handled effectively every year"
    ),
    "paths_constant_units": Message("{units} {unit} setiap tahun", "{units} {unit} every year"),
    "paths_percent_of_base": Message(
        "{percent} dari nilai awal setiap tahun, {units} {unit} di atas kertas",
        "{percent} of the starting value every year, {units} {unit} on paper",
    ),
    "paths_leads_to": Message(
        "{remark}; karena stok juga bergerak sendiri, sebenarnya berakhir di {end}",
        "{remark}; since the stock also moves by itself, it would really end at {end}",
    ),
    "paths_percent_of_remaining": Message(
        "{percent} dari sisanya setiap tahun", "{percent} of what remains every year"
    ),
    "paths_trend_scale": Message(
        "{scale} x laju tengah tanpa uang baru", "{scale} x the central pace without new money"
    ),
    "paths_national_alignment_scale": Message("{scale} x laju nasional", "{scale} x the national pace"),
    "paths_max_feasible_scale": Message(
        "{scale} x laju tercepat dengan uang tak terbatas", "{scale} x the fastest pace that unlimited money can buy"
    ),
    "paths_out_of_reach": Message("{remark}: di luar jangkauan", "{remark}: out of reach"),
    "paths_honest_is": Message(
        "nilai yang setiap tahun tercapai dengan peluang {wanted} % menurut rencana seperti tertulis; tidak berakhir "
        "di target",
        "the values met in each year with a chance of {wanted} % under the plan as written; it does not end on the "
        "target",
    ),
    "paths_regret": Message(
        "Penyesalan tiap jalur ({unit} setahun) dalam {scenarios} skenario dan masa depan yang sama",
        "Regret of each path ({unit} a year) in {scenarios} scenarios and the same futures",
    ),
    "paths_regret_alone": Message(
        "Penyesalan tiap jalur ({unit} setahun) dalam masa depan yang sama",
        "Regret of each path ({unit} a year) in the same futures",
    ),
    "paths_regret_columns": Message(
        "jalur|peringkat|rata-rata (galat)|90 %|terbesar|terbaik %|ditepati %",
        "path|rank|mean (error)|90 %|largest|best %|kept %",
    ),
    "paths_regret_how": Message(
        "Sebuah jalur adalah janji per tahun. Kerugiannya: meleset dihitung {ratio} kali lebih berat daripada "
        "menjanjikan terlalu sedikit, karena yang diminta peluang {wanted} %. Penyesalan: kerugian di atas jalur "
        "terbaik pada masa depan yang sama. 90 %: tercapai atau terlampaui pada sepersepuluh masa depan. Terbaik: "
        "bagian masa depan di mana jalur itu terbaik (galat; seri dibagi rata). Ditepati: bagian masa depan yang "
        "menepati janji setiap tahun (rentang 90 %).",
        "A path is a promise for each year. Its loss: missing it counts {ratio} times as much as promising too little, "
        "since a chance of {wanted} % is wanted. Regret: loss above that of the best path in the same future. 90 %: "
        "reached or exceeded in a tenth of futures. Best: share of futures in which the path is best (error; ties are "
        "shared). Kept: share of futures that keep the promise of every year (90 % interval).",
    ),
    "paths_kept": Message("{share} ({low}-{high})", "{share} ({low}-{high})"),
    "paths_least": Message(
        "Di antara jalur yang berakhir di target, {path} paling kecil penyesalannya; berikutnya {second}, lebih besar "
        "{lead}: {clear}.",
        "Among paths that end on the target, {path} has the least regret; next is {second}, higher by {lead}: {clear}.",
    ),
    "paths_only": Message("Hanya {path} yang berakhir di target.", "Only {path} ends on the target."),
    "paths_clear": Message("jelas, lebih dari dua galat", "clear, beyond two errors"),
    "paths_unclear": Message("belum jelas, dalam dua galat", "not clear, within two errors"),
    "paths_worst_case": Message("Menurut penyesalan terbesar: {path}.", "By the largest regret: {path}."),
    "paths_price_of_target": Message(
        "Janji jujur berakhir di {end}; janji di target menambah penyesalan {lead} setahun.",
        "The honest promise ends at {end}; promising the target adds a regret of {lead} a year.",
    ),
    "paths_honest_not_best": Message(
        "Janji jujur berakhir di {end} dan lebih disesali daripada {path}.",
        "The honest promise ends at {end} and is regretted more than {path}.",
    ),
    "paths_scenarios": Message(
        "Target {target} dan jalurnya di tiap skenario pendanaan",
        "Target {target} and its paths in each funding scenario",
    ),
    "paths_scenario_columns": Message(
        "skenario|peluang %|sejak|jalur terbaik|rugi bila tetap", "scenario|chance %|from|best path|cost of staying"
    ),
    "paths_scenario_how": Message(
        "Peluang target pada {year} (galat). Sejak: tahun pertama dengan peluang yang diminta. Rugi bila tetap: "
        "penyesalan tambahan di skenario itu bila memilih {path} (galat).",
        "Chance of the target in {year} (error). From: first year with the wanted chance. Cost of staying: regret "
        "added in that scenario by choosing {path} (error).",
    ),
    "paths_flip": Message(
        "{assumption}: {lower} bila di bawah mediannya, {upper} bila di atasnya, rugi bila tetap {loss}",
        "{assumption}: {lower} below its median, {upper} above it, cost of staying {loss}",
    ),
    "paths_among_families": Message("Di antara jalur yang berakhir di target", "Among paths that end on the target"),
    "paths_among_all": Message("Dengan janji jujur di antaranya", "With the honest promise among them"),
    "paths_flips": Message(
        "{among}, asumsi ini mengubah pilihan: {flips}.", "{among}, these assumptions change the choice: {flips}."
    ),
    "paths_no_flip": Message(
        "{among}, tidak ada asumsi yang, di bawah atau di atas mediannya, mengubah pilihan di luar dua galat.",
        "{among}, no assumption changes the choice, below or above its median, by more than two errors.",
    ),
    "paths_not_idle": Message(
        "Penyesalan menilai janji, bukan kerja: jalur yang berat di akhir bukan alasan untuk menunda pekerjaan.",
        "Regret judges promises, not work: a back-loaded path is no reason to put work off.",
    ),
    "paths_without": Message("Tanpa jalur: {names}.", "Without a path: {names}."),
    "paths_because": Message("{name} ({reason})", "{name} ({reason})"),
    "paths_left_out": Message("Skenario yang tidak ikut: {names}.", "Scenarios left out: {names}."),
    # families
    "paths_family_constant_units": Message("unit tetap", "constant units"),
    "paths_family_percent_of_base": Message("persen dari basis", "percent of base"),
    "paths_family_percent_of_remaining": Message("persen dari sisa", "percent of the rest"),
    "paths_family_linear": Message("garis lurus", "straight line"),
    "paths_family_trend": Message("mengikuti tren", "along the trend"),
    "paths_family_front_loaded": Message("berat di awal", "front-loaded"),
    "paths_family_back_loaded": Message("berat di akhir", "back-loaded"),
    "paths_family_s_curve": Message("kurva S", "S-curve"),
    "paths_family_fiscal_share": Message("mengikuti pagu", "along the budget"),
    "paths_family_national_alignment": Message("mengikuti nasional", "along the nation"),
    "paths_family_max_feasible": Message("bentuk laju tercepat", "fastest-pace shape"),
    "paths_family_custom": Message("jalur sendiri", "own path"),
    "paths_family_honest": Message("jujur", "honest"),
    # reasons
    "paths_no_shape_given": Message("bentuknya tidak diberikan", "no shape given"),
    "paths_moves_away": Message("geraknya menjauh dari target", "its own shape moves away"),
    "paths_never_reaches": Message("tidak pernah sampai", "it never gets there"),
    "paths_falls_by_itself": Message("turun sendiri tanpa penanganan", "the stock falls there by itself"),
    "paths_no_money": Message("tidak ada uang", "there is no money"),
    "paths_other_regions": Message("daerahnya lain", "other regions"),
    "paths_other_years": Message("tahunnya lain", "other years"),
    "paths_redefined": Message(
        "catatannya berubah, jadi tidak sebanding", "its records change, so it does not compare"
    ),
    # assumptions that are drawn once for all years
    "paths_assumption": Message("{name} [{path}]", "{name} [{path}]"),
    "paths_assumption_of": Message("{name}, {part} [{path}]", "{name}, {part} [{path}]"),
    "paths_self_improvement_rate": Message("laju perbaikan mandiri", "rate of own improvement"),
    "paths_deterioration_rate": Message("laju kerusakan rumah", "rate of deterioration"),
    "paths_relapse_rate": Message("laju kembali menjadi RTLH", "rate of relapse"),
    "paths_worsening_rate": Message("laju memburuk antarkelas", "rate of worsening"),
    "paths_effectiveness_share": Message("keberhasilan penanganan", "effectiveness of handling"),
    "paths_rtlh_loss_rate": Message("laju RTLH hilang", "rate of RTLH lost"),
    "paths_substandard_share": Message("bagian rumah baru tidak layak", "share of new houses uninhabitable"),
    "paths_unit_cost_idr": Message("biaya satuan", "unit cost"),
    "paths_unit_cost_growth_rate": Message("kenaikan biaya satuan", "growth of unit costs"),
    "paths_absorption_share": Message("serapan", "absorption"),
    "paths_new_slum_rate": Message("laju kumuh baru", "rate of new slum"),
    "paths_slum_relapse_rate": Message("laju kembali kumuh", "rate of slum relapse"),
    "paths_household_growth_rate": Message("pertumbuhan rumah tangga", "growth of households"),
    "paths_psu_handover_rate": Message("laju serah terima PSU", "rate of PSU handover"),
}
