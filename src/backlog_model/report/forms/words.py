"""Sentences and words of the official planning tables, in Indonesian and English; their titles are in `official`."""

from collections.abc import Mapping

from backlog_model.report.message import Message

FORMS: Mapping[str, Message] = {
    # around every table
    "form_stamp": Message(
        "Versi dokumen: {version} | Tanggal: .................... | Tahun rencana (n): {planned} | Periode Renstra: "
        "{period} | Keadaan data: akhir {now}",
        "Versi dokumen: {version} | Tanggal: .................... | Tahun rencana (n): {planned} | Periode Renstra: "
        "{period} | Keadaan data: akhir {now}",
    ),
    "form_version_ranwal": Message(
        "rancangan awal (ranwal)",
        "ranwal (initial draft)",
    ),
    "form_version_rancangan": Message(
        "rancangan",
        "rancangan (draft)",
    ),
    "form_version_musrenbang": Message(
        "hasil musrenbang",
        "musrenbang (after the planning forum)",
    ),
    "form_version_rancangan_akhir": Message(
        "rancangan akhir",
        "rancangan akhir (final draft)",
    ),
    "form_version_penetapan": Message(
        "penetapan",
        "penetapan (enacted)",
    ),
    "form_version_perubahan": Message(
        "perubahan",
        "perubahan (revision)",
    ),
    "form_source": Message(
        'Sumber: skenario "{scenario}"; kode program dari {file}.',
        'Source: scenario "{scenario}"; programme codes from {file}.',
    ),
    "form_missing": Message(
        "Tabel resmi (T-C.27 sampai T-C.33 dan tabel program RPJMD) tidak dibuat: {file} tidak ada. Tulis satu "
        "baris per indikator dengan kode programnya; contohnya forms_example.csv pada templat.",
        "The official tables (T-C.27 to T-C.33 and the RPJMD programme table) were left out: there is no {file}. "
        "Write a row for each indicator with its programme code; forms_example.csv of the template shows how.",
    ),
    "form_missing_sheet": Message(
        "Tabel resmi",
        "Official tables",
    ),
    # marks
    "form_marks": Message(
        "(p) = proyeksi atau perkiraan jalur tengah model, bukan target dan bukan realisasi resmi; * = target "
        "ilustrasi yang belum ditetapkan siapa pun; - = tidak berlaku atau tidak ada angka.",
        "(p) = projection or estimate on the model's central line, neither a target nor an official realisation; * "
        "= illustrative target that nobody has adopted; - = not applicable, or no number.",
    ),
    "form_aimed": Message(
        "Tanpa target dalam dokumen: keluaran (output) diisi yang terbeli oleh pagu menurut jalur tengah (p); "
        "persentase dan stok diisi -, proyeksinya ada di T-C.30.",
        "Where no document holds a target: outputs show what the ceiling buys on the central line (p); shares and "
        "stocks show -, their projection stands in T-C.30.",
    ),
    "form_money": Message(
        "Uang dalam rupiah penuh, nominal, bukan ribuan. Pagu ditulis sekali, pada indikator pertama tiap program "
        "dan kegiatan; pagu program = jumlah pagu kegiatannya.",
        "Money in full nominal rupiah, not in thousands. A ceiling stands once, at the first indicator of each "
        "programme and activity; a programme's ceiling is the sum of its activities'.",
    ),
    "form_codes": Message(
        "Kode, nomenklatur, tujuan, dan sasaran dari berkas pemetaan; model tidak mengarang kode: - diisi perangkat "
        "daerah.",
        "Codes, names, goals and objectives come from the mapping file; the model invents no code: the agency fills "
        "in -.",
    ),
    "form_unmapped": Message(
        "Program skenario yang tidak dipetakan, sehingga uangnya tidak ada di sini: {names}.",
        "Programmes of the scenario that are not mapped, so that their money is not here: {names}.",
    ),
    "form_total_own": Message(
        "Jumlah pagu perangkat daerah",
        "Jumlah pagu perangkat daerah",
    ),
    "form_total_others": Message(
        "Jumlah sumber dana lain (bukan pagu perangkat daerah)",
        "Jumlah sumber dana lain (bukan pagu perangkat daerah)",
    ),
    # T-C.27
    "form_27_end": Message(
        "Akhir periode: keluaran (output) dijumlah lima tahun, persentase dan stok memakai tahun terakhir, pagu "
        "dijumlah lima tahun. Data capaian awal: akhir {base}.",
        "End of period: outputs are summed over the five years, shares and stocks are of the last year, money is "
        "summed. Opening achievement: end of {base}.",
    ),
    "form_five_years": Message(
        "Lima tahun rencana dimulai sesudah tahun terakhir yang diketahui; ubah dengan --plan-from.",
        "The five years begin after the last known year; --plan-from changes that.",
    ),
    # T-C.29
    "form_29_how": Message(
        "Target (kolom 4, 6, 9) hanya dari dokumen. Kolom 8 = kolom 7 / kolom 6; kolom 11 = kolom 10 / kolom 4; hanya "
        "dihitung bila keduanya ada dan indikator naik berarti lebih baik. Keluaran pada kolom 4, 5, dan 10 dijumlah "
        "sejak tahun pertama Renstra ({first}); tahun sebelumnya tidak dihitung. Kolom 10 memakai jalur tengah untuk "
        "tahun {now}.",
        "Targets (columns 4, 6, 9) only from documents. Column 8 = column 7 / column 6; column 11 = column 10 / column "
        "4; only where both are there and more is better. Outputs of columns 4, 5 and 10 are summed from the first "
        "year of the Renstra ({first}) on; earlier years do not count. Column 10 takes the central line for {now}.",
    ),
    # T-C.30
    "form_30_how": Message(
        "Target hanya dari dokumen yang ada dalam skenario; tanpa target ditulis -. Proyeksi adalah jalur tengah.",
        "Targets only from documents that the scenario holds; - where there is none. Projections are the central line.",
    ),
    "form_30_band": Message(
        "Rentang 90 % tahun {year}: {low} sampai {high}.",
        "90 % range in {year}: {low} to {high}.",
    ),
    "form_30_chance": Message(
        "Peluang target {year}: {chance} (diinginkan {wanted}).",
        "Chance of the {year} target: {chance} ({wanted} wanted).",
    ),
    "form_30_met": Message(
        "Jalur tengah memenuhi target {year}.",
        "The central line meets the {year} target.",
    ),
    "form_30_missed": Message(
        "Jalur tengah tidak memenuhi target {year}.",
        "The central line misses the {year} target.",
    ),
    # T-C.31
    "form_31_how": Message(
        "Kebutuhan dana {year} = uang agar target {year}-{last} tercapai menurut jalur tengah (setiap asumsi pada "
        "mediannya, jadi peluangnya kira-kira separuh), dengan puncak pagu tahunan sekecil mungkin; tambahan dibagi "
        "menurut pagu semua program yang dapat menggerakkan target, termasuk yang bukan pagu perangkat daerah. "
        "Kesenjangan = kebutuhan - pagu, tiap kegiatan dibulatkan ke atas ke Rp 1 juta.",
        "Money needed in {year} = what makes the targets of {year}-{last} come true on the central line (every "
        "assumption at its median, so about an even chance), with the smallest largest yearly budget; what is added "
        "is spread like the money written, over all programmes that can move the targets, those of others included. "
        "Gap = need - ceiling, rounded up to Rp 1 million for each activity.",
    ),
    "form_31_gap": Message(
        "Kesenjangan Rp {gap} untuk target {years}.",
        "Gap Rp {gap} for the targets of {years}.",
    ),
    "form_31_enough": Message(
        "Pagu cukup untuk target {years} menurut jalur tengah.",
        "The ceiling is enough for the targets of {years}.",
    ),
    "form_31_beyond": Message(
        "Target {years} tidak tercapai dengan berapa pun dana program ini (jalur tengah).",
        "No money of this programme reaches the targets of {years} (central line).",
    ),
    "form_31_none": Message(
        "Tidak ada target yang kebutuhan dananya dapat dihitung.",
        "No target whose money can be worked out.",
    ),
    "form_31_unfunded": Message(
        "Tidak ada pagu perangkat daerah dalam skenario.",
        "The scenario holds no money of the agency for it.",
    ),
    "form_31_part": Message(
        "Kebutuhan dana hanya dapat dihitung untuk sebagian kegiatan.",
        "The need of some of the activities cannot be worked out.",
    ),
    "form_30_recount": Message(
        "Didata ulang {years}: angka sesudahnya tidak sebanding dengan angka dan target sebelumnya.",
        "Counted again in {years}: later numbers do not compare with earlier ones and earlier targets.",
    ),
    "form_not_own": Message(
        "Bukan pagu perangkat daerah.",
        "Not in the agency's own ceiling.",
    ),
    # T-C.33
    "form_33_how": Message(
        "Pagu {next} dari skenario yang sama.",
        "Money of {next} is the scenario's.",
    ),
    # RPJMD
    "form_rpjmd_how": Message(
        "Kondisi awal: akhir {base}. Pagu adalah pagu perangkat daerah menurut skenario.",
        "Kondisi awal (baseline): end of {base}. Money is the agency's own ceiling in the scenario.",
    ),
    # titles of columns, which are official and stay Indonesian
    "form_gloss_27": Message(
        "Kolom menurut Permendagri 86/2017: 1-5 tujuan sampai indikator, 6 capaian awal, 7-16 target dan dana lima "
        "tahun, 17-18 akhir periode, 19-20 penanggung jawab dan lokasi.",
        "Official columns (Permendagri 86/2017): 1 goal, 2 objective, 3 code, 4 programme and activity, 5 "
        "indicator, 6 opening achievement, 7-16 target and money of five years, 17-18 end of period, 19 unit "
        "responsible, 20 place.",
    ),
    "form_gloss_29": Message(
        "Kolom menurut Permendagri 86/2017: 1-3 program dan indikator, 4-5 Renstra, 6-8 tahun lalu, 9-11 tahun "
        "berjalan.",
        "Official columns (Permendagri 86/2017): 1 code, 2 programme or activity, 3 indicator, 4 Renstra target, 5 "
        "reached by n-3, 6-8 target, realisation and ratio of n-2, 9 target of n-1, 10-11 expected by n-1 and its "
        "ratio.",
    ),
    "form_gloss_30": Message(
        "Kolom menurut Permendagri 86/2017: 5-8 target Renstra, 9-10 realisasi, 11-12 proyeksi, 13 catatan.",
        "Official columns (Permendagri 86/2017): 2 indicator, 3 minimum service standard, 4 key performance "
        "indicator, 5-8 Renstra targets, 9-10 realised, 11-12 projected, 13 analysis.",
    ),
    "form_gloss_31": Message(
        "Kolom menurut Permendagri 86/2017: kiri rancangan awal RKPD (pagu), kanan hasil analisis kebutuhan.",
        "Official columns (Permendagri 86/2017): left the initial draft (programme, place, indicator, target, "
        "indicative ceiling), right the analysis of need (the same, money needed), then remarks.",
    ),
    "form_gloss_33": Message(
        "Kolom menurut Permendagri 86/2017: 4-7 tahun rencana, 8 catatan, 9-10 prakiraan maju.",
        "Official columns (Permendagri 86/2017): 1-3 code, programme, indicator; 4-7 place, target, ceiling and "
        "source of the plan year; 8 remarks; 9-10 forward estimate (n+1): target and ceiling.",
    ),
    "form_gloss_rpjmd": Message(
        "Kolom menurut tabel program RPJMD putaran 2025-2029.",
        "Columns of the RPJMD programme table of the 2025-2029 round: 1 code, 2 programme, 3 outcome, 4 indicator, "
        "5 unit, 6 baseline, 7-16 target and ceiling of five years, 17 agency responsible.",
    ),
}
