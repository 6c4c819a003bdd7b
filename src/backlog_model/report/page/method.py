"""The method in a page, in Indonesian and English: what the model does, and how to read what comes out."""

from collections.abc import Iterator, Mapping

from backlog_model.report.message import Message

# key: heading, text
_PARAGRAPHS: Mapping[str, tuple[Message, Message]] = {
    "year": (
        Message("Satu tahun dalam model", "One year of the model"),
        Message(
            "Setiap tahun berjalan dalam urutan tetap, kabupaten/kota demi kabupaten/kota. Uang dibagi ke daerah dan "
            "dihitung berapa rumah yang terjangkau; catatan didata ulang bila skenario menyebutnya; bencana merusak "
            "rumah; rumah tangga bertambah dan rumah dibangun; rumah layak menua menjadi RTLH, rumah yang pernah "
            "ditangani bisa kembali rusak, pemilik memperbaiki sendiri, dan sebagian rumah hilang; program "
            "menyelesaikan pekerjaan tahun lalu lalu memulai yang baru; akhirnya stok ditutup per akhir Desember.",
            "Every year runs in a fixed order, region by region. Money is shared over the regions and turned into the "
            "houses within reach; records are counted again where the scenario says so; disasters damage houses; "
            "households grow and houses are built; decent houses decay into RTLH, treated ones may relapse, owners "
            "repair by themselves, and some houses are lost; programmes finish last year's works and start new ones; "
            "at last the stocks are closed at the end of December.",
        ),
    ),
    "limits": (
        Message("Apa yang membatasi penanganan", "What limits handling"),
        Message(
            "Rumah yang dimulai adalah yang terkecil di antara yang terjangkau oleh dana, tukang dan fasilitator, laju "
            "naik program, kewenangan, dan rumah yang memenuhi syarat. Batas yang paling menahan disebut pada bagian "
            "“Yang membatasi”. Dana yang tidak terpakai karena batas lain hangus; tidak pindah ke daerah lain.",
            "Houses started are the least of what money, artisans and facilitators, the ramp of a programme, "
            "authority, and eligible houses allow. The section “What binds” names the limit that holds most back. "
            "Money left unused because of another limit lapses; it moves to no other region.",
        ),
    ),
    "stock": (
        Message("Stok dan hitungan resmi", "The stock and the official tally"),
        Message(
            "RTLH dalam laporan ini adalah stok: berkurang hanya oleh rumah yang sungguh tuntas dan bertambah oleh "
            "RTLH baru. Hitungan resmi mengurangkan capaian dari satu daftar tertutup dan tidak mencatat RTLH baru, "
            "sehingga sisanya selalu tampak turun. Keduanya ditampilkan berdampingan dan tidak disamakan.",
            "RTLH in this report are a stock: it falls only by houses that were truly cleared, and grows by new RTLH. "
            "The official tally takes achievements off a closed list and records no new RTLH, so its remainder always "
            "seems to fall. Both stand side by side and are not forced to agree.",
        ),
    ),
    "central": (
        Message("Jalur tengah dan simulasi", "Central line and draws"),
        Message(
            "Jalur tengah memakai setiap asumsi pada mediannya dan kejadian acak pada rata-ratanya. Simulasi mengambil "
            "setiap asumsi secara acak dari rentang yang ditulis di skenario. Semua skenario memakai angka acak yang "
            "sama, sehingga selisih antarskenario dihitung simulasi demi simulasi. Rata-rata simulasi boleh berbeda "
            "dari jalur tengah.",
            "The central line takes every assumption at its median and chance events at their mean. Draws take every "
            "assumption at random from the range that the scenario gives it. All scenarios share the same random "
            "numbers, so differences between them are taken draw by draw. The mean of draws may differ from the "
            "central line.",
        ),
    ),
    "ranges": (
        Message("Rentang dan galat", "Ranges and errors"),
        Message(
            "Rentang memuat sembilan dari sepuluh simulasi. Isinya hanya ketidakpastian yang ditulis; yang tidak "
            "dimodelkan, atau rentang yang ditulis terlalu sempit, tidak ada di dalamnya. Galat Monte Carlo adalah "
            "galat baku karena jumlah simulasi terbatas; selisih yang lebih kecil daripada dua kali galat tidak "
            "berarti.",
            "Ranges hold nine draws in ten. They contain only the uncertainty that was written; what is not modelled, "
            "or a range written too narrow, is not in them. The Monte Carlo error is the standard error that the "
            "limited number of draws leaves; differences smaller than twice that error mean nothing.",
        ),
    ),
    "chances": (
        Message("Peluang target", "Chance of a target"),
        Message(
            "Peluang adalah bagian simulasi yang memenuhi target pada tahunnya. Target yang definisinya berubah "
            "sebelum tahunnya tidak dinilai.",
            "A chance is the share of draws that meet the target in its year. A target whose definition changes before "
            "its year is not judged.",
        ),
    ),
    "trend": (
        Message("Tren dan pendataan ulang", "Trends and re-registration"),
        Message(
            "Pendataan ulang mengubah catatan, bukan rumahnya. Angka sebelum dan sesudahnya tidak pernah disambung "
            "menjadi tren, dan tidak dihitung sebagai kemajuan atau kemunduran.",
            "A re-registration changes the record, not the houses. Numbers before and after it are never joined into a "
            "trend, and count neither as progress nor as a setback.",
        ),
    ),
    "not_modelled": (
        Message("Yang tidak dimodelkan", "What is not modelled"),
        Message(
            "Harga tidak naik ketika tukang langka; kumuh dihitung sebagai luas per kelas, bukan daftar lokasi; tidak "
            "ada kelompok pendapatan; rumah tangga tidak pindah karena ada pembangunan; program rumah tidak mengurangi "
            "hektare kumuh dan sebaliknya.",
            "Prices do not rise when artisans are short; slums are areas by class, not a list of places; there are no "
            "income groups; households do not move in answer to building; house programmes treat no hectares and slum "
            "works no houses.",
        ),
    ),
}

METHOD: Mapping[str, Message] = {
    f"page_method_{kind}_{key}": message
    for key, pair in _PARAGRAPHS.items()
    for kind, message in zip(("head", "text"), pair, strict=True)
}
"""Headings and paragraphs, as messages of the catalogue."""


def paragraphs() -> Iterator[tuple[str, str]]:
    """Keys of the messages of each paragraph: its heading, and its text."""
    return ((f"page_method_head_{key}", f"page_method_text_{key}") for key in _PARAGRAPHS)
