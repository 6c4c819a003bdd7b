"""Glossary of the report: terms of planning and housing with a line on each, in Indonesian and English."""

from collections.abc import Iterator, Mapping

from backlog_model.report.message import Message

# key: term, what it means
_ENTRIES: Mapping[str, tuple[Message, Message]] = {
    "rtlh": (
        Message("Rumah tidak layak huni (RTLH, rutilahu)", "Uninhabitable house (RTLH)"),
        Message(
            "Rumah yang tidak memenuhi ketahanan bangunan, kecukupan luas, air minum layak atau sanitasi layak.",
            "A house that falls short in durability, floor area, improved water or improved sanitation.",
        ),
    ),
    "decent": (
        Message("Rumah layak huni, hunian layak", "Decent house"),
        Message(
            "Rumah yang memenuhi keempat syarat itu; termasuk RTLH yang sudah tuntas ditangani.",
            "A house that meets all four; RTLH that were cleared are among them.",
        ),
    ),
    "durability": (
        Message("Ketahanan bangunan; kecukupan luas", "Durability; floor-area sufficiency"),
        Message(
            "Mutu atap, lantai dan dinding; luas lantai untuk tiap penghuni.",
            "Quality of roof, floor and walls; floor area for each occupant.",
        ),
    ),
    "water": (
        Message("Air minum layak; sanitasi layak", "Improved water; improved sanitation"),
        Message(
            "Sumber air yang terlindung; jamban dengan pembuangan yang aman.",
            "A protected source of water; a toilet with safe disposal.",
        ),
    ),
    "damage": (
        Message("Rusak ringan, sedang, berat", "Light, medium, heavy damage"),
        Message(
            "Kelas keparahan RTLH; menentukan biaya dan program yang boleh menanganinya.",
            "Classes of severity of RTLH; they decide the cost and which programme may treat the house.",
        ),
    ),
    "handled": (
        Message("Penanganan; tertangani; tuntas", "Handling; handled; cleared"),
        Message(
            "Tertangani: pekerjaan selesai dilaporkan. Tuntas: rumah itu sungguh keluar dari RTLH.",
            "Handled: the work is reported as finished. Cleared: the house has truly left RTLH.",
        ),
    ),
    "improvement": (
        Message("Peningkatan kualitas (PK); pembangunan baru (PB)", "Quality improvement; new build"),
        Message(
            "Memperbaiki rumah yang ada; mendirikan rumah baru di tempat atau lahan lain.",
            "Repair of the house that stands; a new house in its place or on other land.",
        ),
    ),
    "break_even": (
        Message("Titik impas", "Break-even"),
        Message(
            "RTLH yang harus tuntas dalam setahun agar jumlahnya tidak bertambah; negatif bila turun tanpa program.",
            "RTLH to clear in a year for the stock to stand still; negative when it falls without programmes.",
        ),
    ),
    "net_clearance": (
        Message("Penurunan bersih", "Net clearance"),
        Message(
            "Berkurangnya RTLH dalam setahun, setelah RTLH baru diperhitungkan.",
            "By how much RTLH fall in a year, new ones set against those that left.",
        ),
    ),
    "slum": (
        Message("Kawasan permukiman kumuh; kumuh ringan, sedang, berat", "Slum area; light, medium, heavy"),
        Message(
            "Kawasan yang ditetapkan kumuh dengan keputusan kepala daerah, menurut kelas skornya.",
            "An area declared a slum by decree of the head of the region, by class of its score.",
        ),
    ),
    "slum_ways": (
        Message(
            "Pencegahan; pemugaran; peremajaan; permukiman kembali", "Prevention; restoration; renewal; resettlement"
        ),
        Message(
            "Cara menangani kumuh, dari menjaga agar tidak timbul sampai memindahkan permukiman.",
            "Ways to deal with slums, from keeping them from forming to moving a settlement.",
        ),
    ),
    "decree": (
        Message("SK kumuh, baseline, delineasi", "Slum decree, baseline, delineation"),
        Message(
            "Keputusan yang menetapkan luas kumuh, luas awalnya, dan batas kawasannya di peta.",
            "The decree that sets the slum area, its opening size, and its outline on the map.",
        ),
    ),
    "backlogs": (
        Message("Backlog kepemilikan, kepenghunian, kelayakan", "Ownership, occupancy and quality backlog"),
        Message(
            "Rumah tangga tanpa rumah milik; tanpa rumah yang dihuni sendiri; di RTLH. Bertumpang tindih: tidak pernah "
            "dijumlahkan.",
            "Households that own no home; that have no home to themselves; that live in RTLH. They overlap and are "
            "never added.",
        ),
    ),
    "mbr": (
        Message("Masyarakat berpenghasilan rendah (MBR); desil", "Low-income household; decile"),
        Message(
            "Sasaran bantuan perumahan; kelompok sepersepuluh penduduk menurut kesejahteraan.",
            "Whom housing aid is for; a tenth of the population by welfare.",
        ),
    ),
    "psu": (
        Message(
            "Prasarana, sarana, utilitas umum (PSU); serah terima (BAST)", "Basic infrastructure (PSU); handover (BAST)"
        ),
        Message(
            "Jalan, drainase dan fasilitas perumahan; penyerahannya dari pengembang kepada pemerintah daerah.",
            "Roads, drains and facilities of an estate; their handover from developer to local government.",
        ),
    ),
    "self_help": (
        Message("Swadaya; padat karya; TFL", "Self-help; cash-for-work; field facilitator"),
        Message(
            "Tambahan dari penghuni sendiri; upah bagi warga sekitar; tenaga fasilitator lapangan yang mendampingi.",
            "What owners add themselves; wages for neighbours; the field facilitator who guides them.",
        ),
    ),
    "ceiling": (
        Message(
            "Pagu indikatif; kebutuhan dana; realisasi; serapan",
            "Indicative ceiling; need; realised; absorption",
        ),
        Message(
            "Dana yang direncanakan tersedia; yang diperlukan; yang dibelanjakan; bagian pagu yang terbelanjakan.",
            "Money planned to be there; money needed; money spent; the share of the ceiling that was spent.",
        ),
    ),
    "forward": (
        Message("Prakiraan maju", "Forward estimate"),
        Message("Perkiraan kebutuhan tahun sesudah tahun rencana.", "Estimated need of the year after the plan year."),
    ),
    "money": (
        Message("Sumber dana; sharing; luncuran; silpa", "Funding source; co-funding; carry-over; unspent balance"),
        Message(
            "Asal dana; pembiayaan bersama; pekerjaan yang menyeberang tahun; sisa anggaran yang tidak terpakai.",
            "Where money comes from; joint funding; works that run into the next year; budget left over.",
        ),
    ),
    "budgets": (
        Message("APBN, APBD, APBD-P", "State, regional and revised regional budget"),
        Message(
            "Anggaran negara, anggaran daerah, dan anggaran daerah perubahan.",
            "The budget of the state, of a region, and the region's revised one.",
        ),
    ),
    "transfers": (
        Message(
            "TKD, DAU, DBH, DAK, Dana Desa, bankeu", "Transfers, block grant, revenue share, earmarked, village fund"
        ),
        Message(
            "Transfer ke daerah: alokasi umum, bagi hasil, alokasi khusus, dana desa, bantuan keuangan.",
            "Transfers to regions: general allocation, shared revenue, earmarked, village funds, financial assistance.",
        ),
    ),
    "levels": (
        Message(
            "Tujuan, sasaran, program, kegiatan, sub-kegiatan", "Goal, objective, programme, activity, sub-activity"
        ),
        Message("Jenjang isi dokumen perencanaan daerah.", "Levels of a regional planning document."),
    ),
    "indicators": (
        Message("IKU, IKD, IKK, SPM", "Key, regional and performance indicators; minimum service standard"),
        Message(
            "Indikator kinerja utama, daerah dan kunci; standar pelayanan minimal.",
            "Key, regional and core performance indicators; the service everyone is due.",
        ),
    ),
    "target": (
        Message("Target, capaian, kesenjangan, proyeksi, skenario", "Target, achievement, gap, projection, scenario"),
        Message(
            "Yang dijanjikan; yang dicapai; selisihnya; hitungan ke depan; satu susunan masukan untuk hitungan itu.",
            "What is promised; what is achieved; their difference; a count ahead; one set of inputs of such a count.",
        ),
    ),
    "chance": (
        Message("Rentang ketidakpastian; peluang tercapai", "Uncertainty band; probability of reaching target"),
        Message(
            "Batas yang memuat sebagian besar simulasi; bagian simulasi yang memenuhi target.",
            "Bounds that hold most of the draws; the share of draws that meet the target.",
        ),
    ),
    "error": (
        Message("Galat Monte Carlo", "Monte Carlo error"),
        Message(
            "Ketidakpastian karena jumlah simulasi terbatas; mengecil bila simulasi ditambah.",
            "What the limited number of draws leaves open; more draws make it smaller.",
        ),
    ),
    "meetings": (
        Message(
            "Musrenbang, forum perangkat daerah, rakortek", "Planning deliberation, agency forum, coordination meeting"
        ),
        Message("Pertemuan tempat target dan pagu disepakati.", "Meetings in which targets and ceilings are agreed."),
    ),
    "versions": (
        Message(
            "Ranwal, rancangan, rancangan akhir, penetapan, perubahan",
            "Initial draft, draft, final draft, enactment, revision",
        ),
        Message("Tahap satu dokumen rencana.", "Stages of one planning document."),
    ),
    "agencies": (
        Message("Perangkat daerah (PD), Bappeda, Disperkim", "Regional agency, planning board, housing agency"),
        Message(
            "Dinas dan badan daerah; badan perencanaan; dinas perumahan dan permukiman.",
            "Offices of a region; its planning board; its office for housing and settlements.",
        ),
    ),
    "authority": (
        Message("Kewenangan pusat, provinsi, kabupaten/kota", "Central, provincial, local authority"),
        Message(
            "Siapa yang wajib dan boleh menangani, misalnya menurut luas kawasan kumuh.",
            "Who must and may act, for example by the size of a slum.",
        ),
    ),
    "fiscal": (
        Message("Kapasitas fiskal; lokus", "Fiscal capacity; location focus"),
        Message(
            "Kemampuan keuangan suatu daerah; tempat yang didahulukan.",
            "What a region can pay; the places that come first.",
        ),
    ),
    "documents": (
        Message("RP3KP; RPJPD, RPJMD, RKPD; Renstra, Renja", "Housing master plan; planning documents"),
        Message(
            "Rencana perumahan dan kawasan permukiman; rencana daerah jangka panjang, menengah dan tahunan; rencana "
            "perangkat daerah.",
            "The housing and settlement plan; long, medium and yearly plans of a region; plans of its agencies.",
        ),
    ),
    "registries": (
        Message("DTSEN, Regsosek, DTKS; BNBA", "Socio-economic registries; individual list"),
        Message(
            "Data terpadu keluarga; daftar penerima dengan nama dan alamat.",
            "Integrated data of families; lists of recipients by name and address.",
        ),
    ),
}

GLOSSARY: Mapping[str, Message] = {
    f"page_{kind}_{key}": message
    for key, pair in _ENTRIES.items()
    for kind, message in zip(("term", "about"), pair, strict=True)
}
"""Terms and what they mean, as messages of the catalogue."""


def entries() -> Iterator[tuple[str, str]]:
    """Keys of the messages of each entry: the term, and what it means."""
    return ((f"page_term_{key}", f"page_about_{key}") for key in _ENTRIES)
