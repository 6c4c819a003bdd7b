"""Sentences and words of `backlog run`, in Indonesian and English."""

from collections.abc import Mapping

from backlog_model.report.message import Message

ANSWER: Mapping[str, Message] = {
    # head and answer
    "title": Message("{province} – {title} [{name}, {first}-{last}]", "{province} – {title} [{name}, {first}-{last}]"),
    "central": Message(
        "Jalur tengah: setiap asumsi pada mediannya, kejadian acak pada rata-ratanya; tanpa rentang ketidakpastian.",
        "Central line: every assumption at its median, chance events at their mean; no bands of uncertainty.",
    ),
    "central_beside": Message(
        "Jalur tengah: setiap asumsi pada mediannya, kejadian acak pada rata-ratanya. Rentang dan peluang: {draws} "
        "simulasi acak ({design}, seed {seed}).",
        "Central line: every assumption at its median, chance events at their mean. Ranges and chances: {draws} draws "
        "({design}, seed {seed}).",
    ),
    "split_assumed": Message(
        "Pembagian per kabupaten/kota adalah asumsi.", "The split by kabupaten/kota is an assumption."
    ),
    "answer": Message(
        "RTLH {verb} dari {now} rumah (akhir {year}) menjadi {path}; {standing}; {clearing}.",
        "RTLH {verb} from {now} houses (end of {year}) to {path}; {standing}; {clearing}.",
    ),
    "answer_at_end": Message(
        "RTLH {now} rumah pada akhir {year}, tahun terakhir skenario; {standing}; {clearing}.",
        "RTLH are {now} houses at the end of {year}, the last year of the scenario; {standing}; {clearing}.",
    ),
    "answer_revised": Message(
        "Catatan RTLH berubah dari {now} rumah (akhir {year}) menjadi {path}; {change} rumah di antaranya perubahan "
        "definisi ({revised}), bukan {mistaken}, dan di luar itu RTLH {verb} {net} rumah sampai {last}; {standing}; "
        "{clearing}.",
        "The RTLH record moves from {now} houses (end of {year}) to {path}; {change} houses of this are a change of "
        "definition ({revised}), not {mistaken}, and apart from it RTLH {verb} by {net} houses up to {last}; "
        "{standing}; {clearing}.",
    ),
    "nine_of_ten": Message("Pada 9 dari 10 simulasi RTLH {ranges}.", "In 9 of 10 draws RTLH lies {ranges}."),
    "between_in_year": Message("antara {low} dan {high} pada {year}", "between {low} and {high} in {year}"),
    "falls": Message("turun", "falls"),
    "rises": Message("naik", "rises"),
    "stays": Message("tetap", "stays"),
    "up": Message("naik", "up"),
    "down": Message("turun", "down"),
    "worsening": Message("memburuk", "a decline"),
    "improving": Message("membaik", "an improvement"),
    "in_year": Message("{number} pada {year}", "{number} in {year}"),
    "and": Message("{first} dan {last}", "{first} and {last}"),
    "standing": Message(
        "titik impas {even} rumah setahun (penanganan tuntas {effective})",
        "break-even {even} houses a year (effective handling {effective})",
    ),
    "years_to_clear": Message(
        "pada laju bersih {year} butuh {years} tahun sampai tuntas",
        "at the net pace of {year} it takes {years} years to clear",
    ),
    "never_clear": Message(
        "pada laju bersih {year} tidak akan tuntas", "at the net pace of {year} it is never cleared"
    ),
    "and_more": Message("{names} dan {more} lainnya", "{names} and {more} more"),
    # indicators
    "indicators": Message(
        "Indikator provinsi (stok per 31 Desember, aliran sepanjang tahun)",
        "Indicators of the province (stocks at 31 December, flows in the year)",
    ),
    "unit": Message("satuan", "unit"),
    "decent": Message("Rumah layak huni, termasuk hasil penanganan", "Decent houses, treated ones included"),
    "slum_of": Message("Kawasan kumuh, kewenangan {authority}", "Slum area, authority: {authority}"),
    "slum_inflow": Message("Masuk kumuh (baru dan kembali kumuh)", "Into slum (new and relapsed)"),
    "slum_gross": Message("Kumuh tertangani, bruto (hitungan: {rule})", "Slum handled, gross (rule: {rule})"),
    "slum_net": Message("Kumuh tertangani, neto (hitungan: {rule})", "Slum handled, net (rule: {rule})"),
    "slum_rule": Message(
        "Aturan hitung kumuh: {rule}, {words}; neto dikurangi kawasan yang kembali kumuh.",
        "Counting rule of slums: {rule}, {words}; net takes off what relapsed.",
    ),
    "break_even_is": Message(
        "Titik impas: rumah tuntas setahun agar RTLH tidak bertambah; negatif berarti RTLH turun juga tanpa program.",
        "Break-even: houses to clear in a year for RTLH to stand still; negative when it falls without programmes.",
    ),
    "union": Message(
        "Backlog kepemilikan, kepenghunian dan RTLH bertumpang tindih dan tidak pernah dijumlahkan. Yang belum "
        "memiliki rumah atau tinggal di RTLH, akhir {year}: antara {lower} dan {upper} rumah tangga.",
        "Ownership backlog, occupancy backlog and RTLH overlap and are never added. Without a home of their own or in "
        "RTLH, end of {year}: between {lower} and {upper} households.",
    ),
    "slum_covered": Message(
        "Kumuh: hanya kewenangan {authorities}; yang lain tidak tercakup sumber mana pun (kosong, bukan nol).",
        "Slums: authority {authorities} only; others are covered by no source (empty, not zero).",
    ),
    # ranges
    "ranges": Message(
        "Rentang ketidakpastian 90 % dari {draws} simulasi, provinsi",
        "90 % uncertainty ranges of {draws} draws, province",
    ),
    "from_to": Message("{low} – {high} ({error})", "{low} to {high} ({error})"),
    "ranges_how": Message(
        "Satu dari 20 simulasi di bawah angka pertama, satu dari 20 di atas angka kedua; dalam kurung galat Monte "
        "Carlo (galat baku) batas yang lebih kasar.",
        "One draw in 20 lies below the first number, one in 20 above the second; in brackets the Monte Carlo error "
        "(standard error) of the coarser bound.",
    ),
    "exactness": Message(
        "RTLH {year}: rata-rata {mean} (galat {error}), median {median} (galat {median_error}). Rata-rata simulasi "
        "boleh berbeda dari jalur tengah.",
        "RTLH {year}: mean {mean} (error {error}), median {median} (error {median_error}). The mean of draws may "
        "differ from the central line.",
    ),
    "central_off": Message(
        "Jalur tengah RTLH berada di luar sepertiga tengah simulasi ({years}): asumsi yang miring menumpuk; pakailah "
        "median dan rentangnya.",
        "The central line of RTLH lies outside the middle third of the draws ({years}): skewed assumptions add up; use "
        "the median and the range.",
    ),
    "digits": Message(
        "Terlalu sedikit simulasi untuk semua digit di atas: median pasti sampai kira-kira {digits} rumah; seratus "
        "kali simulasi (--draws {draws}) menambah satu digit.",
        "Too few draws for all digits above: the median is good to about {digits} houses; a hundred times the draws "
        "(--draws {draws}) adds one digit.",
    ),
    "few_draws": Message(
        "Hanya {draws} simulasi: terlalu sedikit untuk rentang; batasnya hanya perkiraan kasar.",
        "Only {draws} draws: too few for a range; its bounds are rough guesses.",
    ),
    "too_few": Message("Satu simulasi tidak punya galat.", "One draw has no error."),
    "spread": Message(
        "Sebaran RTLH berasal dari asumsi yang belum diketahui dan dari kebetulan tiap tahun (banjir, kebakaran, "
        "serapan); andil kebetulan: {shares}.",
        "The spread of RTLH comes from assumptions nobody knows well and from the chance of each year (floods, fires, "
        "absorption); share of chance: {shares}.",
    ),
    "share_of_chance": Message("{chance} % pada {year} (galat {error})", "{chance} % in {year} (error {error})"),
    "regional_ranges": Message("RTLH {year} per kabupaten/kota, rentang", "RTLH {year} by kabupaten/kota, ranges"),
    "error_of_median": Message("galat 50 %", "error of 50 %"),
    "quantiles_do_not_add": Message(
        "Batas rentang daerah tidak boleh dijumlahkan.", "The bounds of regions must not be added."
    ),
    "split_drawn": Message(
        "Pembagian RTLH awal ikut diacak di sekitar bobot yang ditulis; jumlah provinsi tidak berubah karenanya.",
        "The split of the opening RTLH is drawn too, around the weights written; it leaves the total of the province "
        "as it is.",
    ),
    "split_not_drawn": Message(
        "Pembagian RTLH awal adalah asumsi yang tidak diacak: rentang daerah terlalu sempit.",
        "The split of the opening RTLH is an assumption that is not drawn: regional ranges are too narrow.",
    ),
    # official tally
    "tally": Message(
        "Hitungan resmi di samping simulasi, {years} (rumah)", "Official tally beside the simulation, {years} (houses)"
    ),
    "tally_official": Message("hitungan resmi", "official tally"),
    "tally_model": Message("simulasi", "simulation"),
    "tally_opening": Message("RTLH akhir {year}", "RTLH, end of {year}"),
    "tally_handled": Message("Tertangani (resmi); tuntas (simulasi)", "Handled (official); cleared (simulation)"),
    "tally_closing": Message("RTLH akhir {year}: sisa registri; stok", "RTLH, end of {year}: registry; stock"),
    "tally_finished": Message(
        "Selesai ditangani {years}, semua sumber: {finished} rumah; masuk hitungan resmi {official}; tuntas "
        "{effective}.",
        "Finished in {years}, all sources: {finished} houses; in the official tally {official}; cleared {effective}.",
    ),
    "tally_why": Message(
        "Hitungan resmi adalah buku tertutup: tidak mencatat RTLH baru, perbaikan swadaya, atau rumah yang hilang (–).",
        "The official tally is a closed ledger: it records no new RTLH, no repairs by owners, no houses lost (–).",
    ),
    # money
    "money": Message("Uang menurut sumber, semua program", "Money by source, all programmes"),
    "idr_billion": Message("Rp miliar", "Rp billion"),
    "budget": Message("pagu", "budget"),
    "spent": Message("belanja", "spent"),
    "unspent": Message("sisa", "unspent"),
    "sum": Message("Jumlah", "Total"),
    "top_up": Message(
        "Tambahan swadaya rumah tangga, di luar pagu: Rp miliar {path}.",
        "Top-up by households, outside the budgets: Rp billion {path}.",
    ),
    # what binds
    "limits": Message("Yang membatasi tiap program", "What binds each programme"),
    "programme": Message("program", "programme"),
    "regions_by_limit": Message("daerah per batas {year}", "regions by limit {year}"),
    "no_budget": Message("tanpa pagu", "no budget"),
    "limits_how": Message(
        "Batas provinsi: yang menahan unit terbanyak.", "Limit of the province: the one that holds most units back."
    ),
    "funds": Message("dana", "funds"),
    "capacity": Message("kapasitas", "capacity"),
    "eligibility": Message("syarat", "eligibility"),
    "ramp": Message("laju naik", "ramp"),
    "authority": Message("kewenangan", "authority"),
    "none": Message("tidak ada", "none"),
    "quota": Message("kuota", "quota"),
    "demand": Message("peminat", "demand"),
    "developer": Message("pengembang", "developers"),
    "bank": Message("bank", "banks"),
    # regions
    "regions": Message("RTLH per kabupaten/kota (rumah)", "RTLH by kabupaten/kota (houses)"),
    "regions_assumed": Message(
        "RTLH per kabupaten/kota (rumah); pembagian per kabupaten/kota adalah asumsi",
        "RTLH by kabupaten/kota (houses); the split by kabupaten/kota is an assumption",
    ),
    "code": Message("kode", "code"),
    "region": Message("daerah", "region"),
    "even_in": Message("impas {year}", "even {year}"),
    "largest": Message("batas: program terbesar {year}", "limit: largest programme {year}"),
    "limit_of": Message("{limit}: {programme}", "{limit}: {programme}"),
    # targets
    "targets": Message("Target yang berlaku, terhadap jalur tengah", "Targets that apply, against the central line"),
    "target": Message("target", "target"),
    "variable": Message("indikator", "indicator"),
    "year": Message("tahun", "year"),
    "wanted": Message("target", "target"),
    "line": Message("tengah", "central"),
    "met": Message("tercapai", "met"),
    "yes": Message("ya", "yes"),
    "no": Message("tidak", "no"),
    "targets_and_chances": Message(
        "Target yang berlaku: jalur tengah, peluang tercapai (galat), tahun pertama dengan peluang yang diminta",
        "Targets that apply: central line, chance of meeting them (error), first year with the wanted chance",
    ),
    "chance": Message("peluang %", "chance %"),
    "chance_of": Message("{chance} ({error})", "{chance} ({error})"),
    "sure_from": Message("sejak", "from"),
    "illustrative": Message("* ilustrasi, tidak ditetapkan siapa pun.", "* an illustration, adopted by no one."),
    "wanted_chance": Message(
        "Peluang yang diminta: {wanted}. Dua tahun: tahun pertama sejauh galat Monte Carlo (dua kali) membedakannya.",
        "Wanted chance: {wanted}. Two years: the first year as far as twice the Monte Carlo error tells.",
    ),
    "not_compared": Message(
        "{count} target lain tidak dapat dibandingkan; alasannya di tabel target.",
        "{count} more targets cannot be compared; the table of targets says why.",
    ),
    "redefined": Message(
        "–: tidak dapat dinilai, karena definisi atau catatan RTLH berubah pada {years}.",
        "–: cannot be judged, since the definition or the records of RTLH change in {years}.",
    ),
    "not_met": Message(
        "{scenario}: jalur tengah tidak memenuhi {names}", "{scenario}: the central line does not meet {names}"
    ),
    "not_sure": Message(
        "{scenario}: peluang lebih kecil dari yang diminta untuk {names}",
        "{scenario}: the chance is smaller than wanted for {names}",
    ),
    # warnings
    "warnings": Message("Peringatan", "Warnings"),
    "assumed_numbers": Message(
        "{assumed} dari {all} masukan skenario ini asumsi, bukan data; {unstated} tanpa sumber.",
        "{assumed} of the {all} entries of this scenario are assumptions, not data; {unstated} have no source.",
    ),
    "said_in_note": Message("{place}: {note}", "{place}: {note}"),
    "revision": Message(
        "{year} {label}: {name} {direction} {change} {unit} karena perubahan definisi, bukan {mistaken}.",
        "{year} {label}: {name} {direction} by {change} {unit} through a change of definition, not {mistaken}.",
    ),
    "revision_new_records": Message(
        "{year} {label}: {name} {direction} {change} {unit} karena catatan baru, bukan {mistaken}.",
        "{year} {label}: {name} {direction} by {change} {unit} through new records, not {mistaken}.",
    ),
    "definitions": Message("Sebelum: {before}. Sesudah: {after}.", "Before: {before}. After: {after}."),
    "old_targets": Message(
        "Target dan tren sebelum dan sesudahnya tidak sebanding.", "Targets and trends before and after do not compare."
    ),
    "clipped": Message(
        "Pendataan ulang {years}: {houses} rumah tidak ada di stok dan tidak dicatat.",
        "Re-registration {years}: {houses} houses were not in any stock and are left out.",
    ),
    "not_struck": Message(
        "Bencana {years}: {houses} rumah rusak tidak menemukan rumah layak dan tidak dihitung.",
        "Disasters {years}: {houses} damaged houses found no decent house and are not counted.",
    ),
    "unallocated": Message(
        "Rp {billion} miliar ({years}) tidak teralokasi ke daerah mana pun.",
        "Rp {billion} billion ({years}) reach no region.",
    ),
    "overspent": Message(
        "Realisasi melebihi pagu yang ditulis ({years}, Rp miliar): {programmes}; periksa pagu tahun yang sudah "
        "diketahui.",
        "Known output cost more than the budget written ({years}, Rp billion): {programmes}; check the budgets of "
        "known years.",
    ),
    "price_pressure": Message(
        "Tukang terpakai lebih dari 90 % di {regions} ({years}): harga bisa naik; model tidak menaikkannya.",
        "Artisans are used to more than 90 % in {regions} ({years}): prices may rise; the model does not raise them.",
    ),
    "more_owners_than_houses": Message(
        "Pemilik baru melebihi rumah baru ({years}): {moves} pindah ke kepemilikan, {built} rumah dibangun pada "
        "{year}; periksa new_non_owner_share, self_acquired_rate dan pembangunan.",
        "More new owners than new houses ({years}): {moves} move into ownership, {built} houses are built in {year}; "
        "check new_non_owner_share, self_acquired_rate and building.",
    ),
    "excess_backlog": Message(
        "Backlog kepemilikan dipotong pada jumlah rumah tangga ({years}): {households} rumah tangga.",
        "The ownership backlog is cut at the number of households ({years}): {households} households.",
    ),
    "uncovered": Message(
        "{name}: tidak tercakup sumber mana pun, kosong di semua keluaran.",
        "{name}: covered by no source, empty in every output.",
    ),
    # the end, and what the commands say
    "written": Message("Semua angka: {path}", "All numbers: {path}"),
    "checked": Message(
        "{files} berkas diperiksa: {problems} masalah, {warnings} peringatan",
        "Files checked: {files}; problems: {problems}; warnings: {warnings}",
    ),
    "warning": Message("peringatan", "warning"),
}
