"""Titles and columns of the official tables (Permendagri 86/2017; RPJMD 2025-2029), the same in every language."""

from collections.abc import Sequence

from backlog_model.report.forms.form import Head

_MONEY = 15.0  # a hundred billion rupiah, with its marks
_TARGET = 11.0
_TEXT = 20.0


def t_c_27(years: Sequence[int]) -> tuple[Head, ...]:
    """Columns of T-C.27: 20 for five years."""
    return (
        Head("Tujuan", 19.0),
        Head("Sasaran", 19.0),
        Head("Kode", 9.0),
        Head("Program dan Kegiatan", _TEXT),
        Head("Indikator Kinerja Tujuan, Sasaran, Program (outcome) dan Kegiatan (output)", 22.0),
        Head("Data Capaian pada Tahun Awal Perencanaan", 15.5),
        Head("Target Kinerja Program dan Kerangka Pendanaan", below=_by_year(years, "Target", "Rp")),
        Head(
            "Kondisi Kinerja pada akhir periode Renstra Perangkat Daerah",
            below=(Head("Target", _TARGET), Head("Rp", _MONEY)),
        ),
        Head("Unit Kerja Perangkat Daerah Penanggung jawab", 26.0),
        Head("Lokasi", 18.0),
    )


def t_c_29(year: int, last: int) -> tuple[Head, ...]:
    """Columns of T-C.29: 11 for a plan year, and the last year of the Renstra."""
    now = Head(f"Realisasi Capaian Program dan Kegiatan s/d tahun berjalan (tahun {year - 1})", 14.0)
    return (
        Head("Kode", 10.0),
        Head("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", _TEXT + 6),
        Head("Indikator Kinerja Program (outcomes)/ Kegiatan (output)", 26.0),
        Head(f"Target Kinerja Capaian Program (Renstra Perangkat Daerah) Tahun {last}", 14.0),
        Head(f"Realisasi Target Kinerja Hasil Program dan Keluaran Kegiatan s/d tahun {year - 3}", 14.0),
        Head(
            f"Target dan Realisasi Kinerja Program dan Kegiatan Tahun Lalu ({year - 2})",
            below=(
                Head(f"Target Renja Perangkat Daerah tahun {year - 2}", 13.0),
                Head(f"Realisasi Renja Perangkat Daerah tahun {year - 2}", 13.0),
                Head("Tingkat Realisasi (%)", 10.0),
            ),
        ),
        Head(f"Target program dan kegiatan (Renja Perangkat Daerah tahun {year - 1})", 13.0),
        Head(
            "Perkiraan Realisasi Capaian Target Renstra Perangkat Daerah s/d tahun berjalan",
            below=(now, Head("Tingkat Capaian Target Renstra (%)", 10.0)),
        ),
    )


def t_c_30(year: int) -> tuple[Head, ...]:
    """Columns of T-C.30, for a plan year."""
    return (
        Head("No.", 5.0),
        Head("Indikator", 30.0),
        Head("SPM/standar nasional", 11.0),
        Head("IKK", 6.0),
        Head("Target Renstra Perangkat Daerah", below=tuple(_tahun(year + step) for step in (-2, -1, 0, 1))),
        Head("Realisasi Capaian", below=tuple(_tahun(year + step) for step in (-2, -1))),
        Head("Proyeksi", below=tuple(_tahun(year + step) for step in (0, 1))),
        Head("Catatan Analisis", 40.0),
    )


def t_c_31() -> tuple[Head, ...]:
    """Columns of T-C.31."""
    left = (
        Head("No.", 5.0),
        Head("Program/Kegiatan", 22.0),
        Head("Lokasi", 15.0),
        Head("Indikator kinerja", 22.0),
        Head("Target capaian", 12.0),
        Head("Pagu indikatif (Rp)", _MONEY + 2),
    )
    right = (
        Head("Program/Kegiatan", 22.0),
        Head("Lokasi", 15.0),
        Head("Indikator kinerja", 22.0),
        Head("Target capaian", 12.0),
        Head("Kebutuhan dana (Rp)", _MONEY + 2),
    )
    return (
        Head("Rancangan Awal RKPD", below=left),
        Head("Hasil Analisis Kebutuhan", below=right),
        Head("Catatan Penting", 30.0),
    )


def t_c_33(year: int) -> tuple[Head, ...]:
    """Columns of T-C.33, for a plan year."""
    planned = (
        Head("Lokasi", 15.0),
        Head("Target Capaian Kinerja", 12.0),
        Head("Kebutuhan Dana/ Pagu Indikatif (Rp)", _MONEY + 3),
        Head("Sumber Dana", 15.0),
    )
    ahead = (
        Head("Target Capaian Kinerja", 12.0),
        Head("Kebutuhan Dana/ Pagu Indikatif (Rp)", _MONEY + 3),
    )
    return (
        Head("Kode", 10.0),
        Head("Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", 30.0),
        Head("Indikator Kinerja Program/Kegiatan", 28.0),
        Head(f"Rencana Tahun {year} (Tahun Rencana)", below=planned),
        Head("Catatan Penting", 30.0),
        Head(f"Prakiraan Maju Rencana Tahun {year + 1}", below=ahead),
    )


def rpjmd(years: Sequence[int]) -> tuple[Head, ...]:
    """Columns of the programme table of an RPJMD, for five years."""
    return (
        Head("Kode", 9.0),
        Head("Program", _TEXT + 2),
        Head("Outcome", _TEXT),
        Head("Indikator Outcome", 24.0),
        Head("Satuan", 8.0),
        Head("Kondisi Awal", _TARGET),
        Head("Target dan Pagu Indikatif", below=_by_year(years, "Target", "Pagu (Rp)", numbered=False)),
        Head("Perangkat Daerah Penanggung Jawab", 26.0),
    )


def _by_year(years: Sequence[int], target: str, pagu: str, *, numbered: bool = True) -> tuple[Head, ...]:
    names = [f"Tahun-{position} ({year})" if numbered else f"Tahun {year}" for position, year in enumerate(years, 1)]
    return tuple(Head(name, below=(Head(target, _TARGET), Head(pagu, _MONEY))) for name in names)


def _tahun(year: int) -> Head:
    return Head(f"Tahun {year}", 10.5)


def titles(year: int, years: Sequence[int]) -> dict[str, str]:
    """Official title of every table, for a plan year and the years of the five-year plan."""
    return {
        "T-C.27": "Rencana Program, Kegiatan, dan Pendanaan Perangkat Daerah",
        "T-C.29": (
            "Rekapitulasi Evaluasi Hasil Pelaksanaan Renja Perangkat Daerah dan Pencapaian Renstra Perangkat Daerah "
            f"s/d Tahun {year - 1} (tahun berjalan)"
        ),
        "T-C.30": "Pencapaian Kinerja Pelayanan Perangkat Daerah",
        "T-C.31": f"Review terhadap Rancangan Awal RKPD Tahun {year}",
        "T-C.33": (
            f"Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun {year} dan Prakiraan Maju Tahun {year + 1}"
        ),
        "Program RPJMD": (
            "Program Perangkat Daerah, Outcome, Indikator, Target dan Pagu Indikatif RPJMD "
            f"Tahun {years[0]}-{years[-1]}"
        ),
    }
