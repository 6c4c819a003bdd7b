"""Kinds of data findings in Indonesian and English; the English ones stand where the checks are."""

from collections.abc import Mapping

from backlog_model.history.tables.findings import CODES
from backlog_model.history.workbook import CODES as OF_WORKBOOKS
from backlog_model.report.message import Message

_INDONESIAN = {
    "encoding": "berkas tidak dapat dibaca sebagai teks UTF-8 atau CSV",
    "link": "berkas ini tautan ke luar foldernya",
    "columns": "kolom hilang atau ada dua kali",
    "cell_count": "jumlah sel baris tidak sama dengan kepala tabel",
    "empty_cell": "sel yang wajib diisi kosong",
    "year": "tahunnya bukan tahun",
    "region_code": "kode daerah bukan kode, atau dipakai dua daerah",
    "status": "status tidak dikenal",
    "no_source": "tidak disebut siapa yang mengumumkan angkanya",
    "source_date": "tanggal sumber bukan tanggal",
    "number": "nilainya bukan angka biasa",
    "percent_range": "pangsa di luar 0 sampai 100 persen",
    "decimal_mark": "selisih 10 atau 100 kali, atau pecahan dari cacahan: tanda desimal atau ribuan",
    "magnitude": "seribu kali atau lebih dari angka yang sebanding",
    "unit_swap": "angkanya milik satuan lain dari yang tertulis",
    "beyond_the_whole": "bagian lebih besar dari keseluruhannya",
    "implausible_quotient": "dua angka yang hasil baginya (harga, ukuran rumah tangga) tidak mungkin",
    "duplicate": "baris yang sama dua kali",
    "disagreement": "nilai yang berbeda untuk satu angka",
    "known_conflict": "tabel sendiri menandai angka ini bertentangan",
    "price": "dua harga padahal satu harga berlaku di mana-mana",
    "gap": "ada tahun yang hilang dalam deret tahunan",
    "falling_cumulative": "angka kumulatif turun",
    "source_break": "lompatan stok yang berasal dari sumber atau definisi lain",
    "claim_against_stock": "klaim yang tidak terlihat pada stok",
    "parts_and_total": "bagian-bagian tidak berjumlah menjadi totalnya",
    "percent_and_ratio": "persen tercetak yang tidak dihasilkan angka-angkanya",
    "derived_and_note": "angka turunan yang tidak dihasilkan hitungan dalam catatannya",
    "overlapping_concepts": "penjumlahan konsep yang bertumpang tindih",
    "programmes_and_total": "program satu per satu melaporkan lebih dari totalnya",
    "closed_ledger": "stok hasil pengurangan, bukan hasil hitungan",
    "authority_and_area": "kawasan kumuh terlalu kecil atau terlalu luas untuk kewenangan yang disebut",
    "stale_source": "sumber terlalu tua untuk tahun yang diwakilinya",
    "no_file": "berkasnya tidak ada",
    "not_a_workbook": "berkasnya jenis lain",
    "encrypted_file": "buku kerja terkunci kata sandi",
    "broken_file": "buku kerja terpotong atau rusak",
    "too_large": "buku kerja terlalu besar",
    "no_table": "tidak ada lembar yang memuat tabel sejarah",
    "moved_header": "kepala tabel tidak di baris pertama",
    "hidden_cells": "baris, kolom, atau lembar berisi data disembunyikan",
    "merged_cells": "sel gabungan, hanya yang pertama berisi nilai",
    "error_cell": "sel menampilkan galat seperti #REF!",
    "formula": "rumus di tempat nilai",
    "date_cell": "tanggal di tempat sesuatu yang lain diketik",
    "number_code": "kode daerah tersimpan sebagai angka",
    "text_number": "angka tersimpan sebagai teks",
    "percent_format": "angka tampil seratus kali lebih besar, dengan tanda persen",
    "unknown_region": "kode daerah yang tidak ada di tabel daerah buku kerja",
}

CHECKS: Mapping[str, Message] = {
    f"check_{code}": Message(_INDONESIAN.get(code, english), english)
    for code, english in (CODES | OF_WORKBOOKS).items()
}
