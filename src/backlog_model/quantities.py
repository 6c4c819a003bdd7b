"""Units, kinds and labels of everything the model reports, and the arithmetic that all rooms share."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np

from backlog_model.translation import either


class Quantity(NamedTuple):
    """Unit, kind, parts, labels and direction of a reported variable."""

    unit: str
    kind: Literal["stock", "flow", "indicator"]
    parts: str  # which labels its part axis carries; see `projection.part_labels`
    id: str
    en: str
    direction: Literal["down", "up"] | None = None  # which way is better; None where neither is, or it depends

    def said(self, language: str) -> str:
        """Label in a language.

        Examples
        --------
        >>> QUANTITIES["households"].said("id")
        'Rumah tangga'
        """
        return either(self.id, self.en, language)


QUANTITIES: Mapping[str, Quantity] = {
    "rtlh_houses": Quantity(
        "houses", "stock", "severity", "Rumah tidak layak huni (RTLH)", "Uninhabitable houses (RTLH)", "down"
    ),
    "decent_houses": Quantity(
        "houses", "stock", "total", "Rumah layak huni, belum pernah ditangani", "Decent houses, never treated", "up"
    ),
    "treated_houses": Quantity(
        "houses", "stock", "total", "Rumah layak huni hasil penanganan", "Decent houses, treated", "up"
    ),
    "households": Quantity("households", "stock", "total", "Rumah tangga", "Households"),
    "ownership_backlog_households": Quantity(
        "households", "stock", "total", "Backlog kepemilikan", "Ownership backlog", "down"
    ),
    "occupancy_backlog_households": Quantity(
        "households", "stock", "total", "Backlog kepenghunian", "Occupancy backlog", "down"
    ),
    "slum_ha": Quantity("ha", "stock", "authority", "Kawasan kumuh", "Slum area", "down"),
    "psu_estates": Quantity("estates", "stock", "total", "Perumahan (lokasi)", "Housing estates"),
    "psu_handed_over_estates": Quantity(
        "estates", "stock", "total", "Perumahan dengan PSU diserahterimakan", "Estates handed over", "up"
    ),
    "psu_gap_estates": Quantity(
        "estates", "stock", "total", "Perumahan belum serah terima PSU", "Estates not handed over", "down"
    ),
    "new_rtlh_houses": Quantity("houses", "flow", "total", "RTLH baru (semua sebab)", "New RTLH (all inflow)", "down"),
    "deteriorated_houses": Quantity(
        "houses", "flow", "total", "Rumah layak yang rusak menjadi RTLH", "Decent houses that deteriorated", "down"
    ),
    "relapsed_houses": Quantity(
        "houses", "flow", "total", "Rumah tertangani yang kembali RTLH", "Treated houses that relapsed", "down"
    ),
    "disaster_houses": Quantity(
        "houses", "flow", "total", "Rumah rusak karena bencana", "Houses damaged by disasters", "down"
    ),
    "not_struck_houses": Quantity(
        "houses", "flow", "total", "Kerusakan bencana tanpa rumah layak", "Reported damage that found no decent house"
    ),
    "substandard_built_houses": Quantity(
        "houses", "flow", "total", "Rumah baru tidak layak", "New substandard houses", "down"
    ),
    "self_improved_houses": Quantity(
        "houses", "flow", "total", "RTLH diperbaiki swadaya", "RTLH improved by owners", "up"
    ),
    "removed_rtlh_houses": Quantity(
        "houses", "flow", "total", "RTLH dibongkar atau ditinggalkan", "RTLH demolished or abandoned"
    ),
    "removed_houses": Quantity(
        "houses", "flow", "total", "Rumah dibongkar atau ditinggalkan (semua)", "Houses demolished or abandoned (all)"
    ),
    "lost_houses": Quantity(
        "houses", "flow", "total", "Rumah hilang karena bencana", "Houses lost to disasters", "down"
    ),
    "built_houses": Quantity("houses", "flow", "total", "Rumah baru (semua)", "New houses (all)", "up"),
    "self_built_houses": Quantity(
        "houses", "flow", "total", "Rumah baru swadaya dan pasar", "New self-built and market houses", "up"
    ),
    "programme_new_houses": Quantity(
        "houses", "flow", "new_house_programme", "Rumah baru program", "New houses of programmes", "up"
    ),
    "revision_houses": Quantity("houses", "flow", "total", "Perubahan pendataan RTLH", "RTLH re-registered"),
    "clipped_revision_houses": Quantity(
        "houses", "flow", "total", "Perubahan pendataan tanpa rumah", "Re-registration that found no house"
    ),
    "started_houses": Quantity("houses", "flow", "programme", "Rumah mulai ditangani", "Houses started", "up"),
    "reported_handled_houses": Quantity(
        "houses", "flow", "programme", "RTLH selesai ditangani", "RTLH handled (finished)", "up"
    ),
    "official_handled_houses": Quantity(
        "houses", "flow", "programme", "RTLH tertangani menurut hitungan resmi", "RTLH handled, official tally", "up"
    ),
    "effective_handled_houses": Quantity(
        "houses", "flow", "programme", "RTLH tuntas (efektif)", "RTLH handled effectively", "up"
    ),
    "lapsed_houses": Quantity("houses", "flow", "total", "Penanganan tidak selesai", "Paid, never finished", "down"),
    "net_clearance_houses": Quantity("houses", "flow", "total", "Penurunan bersih RTLH", "Net clearance of RTLH", "up"),
    "registry_remaining_houses": Quantity(
        "houses", "stock", "total", "Sisa RTLH menurut hitungan resmi", "RTLH remaining by the official tally", "down"
    ),
    "slum_treated_ha": Quantity(
        "ha", "flow", "slum_programme", "Kawasan kumuh ditangani (fisik)", "Slum area treated", "up"
    ),
    "slum_exit_ha": Quantity("ha", "flow", "authority", "Kawasan keluar dari kumuh", "Slum area that left slum", "up"),
    "slum_handled_ha": Quantity(
        "ha", "flow", "authority", "Kawasan kumuh tertangani (dihitung)", "Slum area handled (counted)", "up"
    ),
    "new_slum_ha": Quantity("ha", "flow", "authority", "Kumuh baru", "New slum area", "down"),
    "relapsed_slum_ha": Quantity("ha", "flow", "authority", "Kawasan kembali kumuh", "Slum area that relapsed", "down"),
    "slum_revision_ha": Quantity("ha", "flow", "authority", "Perubahan pendataan kumuh", "Slum area re-registered"),
    "new_households": Quantity("households", "flow", "total", "Rumah tangga baru", "New households"),
    "financed_households": Quantity(
        "households", "flow", "total", "Rumah dibiayai (FLPP dan lainnya)", "Financed homes (FLPP and others)", "up"
    ),
    "self_acquired_households": Quantity(
        "households", "flow", "total", "Memiliki rumah secara mandiri", "Homes acquired by own means", "up"
    ),
    "excess_backlog_households": Quantity(
        "households", "flow", "total", "Backlog melebihi rumah tangga", "Backlog cut at the number of households"
    ),
    "aided_estates": Quantity(
        "estates", "flow", "estate_programme", "Perumahan dibantu PSU", "Estates completed with aid", "up"
    ),
    "budget_idr": Quantity("idr", "flow", "money", "Pagu", "Budget", "up"),
    "spent_idr": Quantity("idr", "flow", "money", "Realisasi belanja", "Spent", "up"),
    "unspent_idr": Quantity("idr", "flow", "money", "Tidak terserap", "Unspent", "down"),
    "unallocated_idr": Quantity("idr", "flow", "money", "Tidak teralokasi ke daerah", "Allocated to no region", "down"),
    "household_top_up_idr": Quantity("idr", "flow", "total", "Tambahan swadaya rumah tangga", "Household top-up"),
    "decent_share": Quantity("share", "indicator", "total", "Rumah layak huni", "Decent share", "up"),
    "rtlh_handled_share": Quantity("share", "indicator", "handled_base", "RTLH tertangani", "RTLH handled share", "up"),
    "slum_handled_share": Quantity(
        "share", "indicator", "gross_net", "Kawasan kumuh tertangani", "Slum handled share", "up"
    ),
    "break_even_houses": Quantity("houses", "indicator", "total", "Titik impas penanganan", "Break-even handling"),
    "years_to_clear": Quantity("years", "indicator", "total", "Tahun sampai tuntas", "Years to clear", "down"),
    "programme_contribution_share": Quantity("share", "indicator", "total", "Andil program", "Programme contribution"),
    "funding_gap_idr": Quantity("idr", "indicator", "total", "Kesenjangan dana", "Funding gap", "down"),
    "cost_per_net_house_idr": Quantity(
        "idr", "indicator", "total", "Biaya per penurunan bersih satu rumah", "Cost per net house", "down"
    ),
    "psu_share": Quantity("share", "indicator", "total", "PSU diserahterimakan", "PSU handed over", "up"),
}
"""Every variable of the tables; stocks at 31 December, flows in the year."""


def ratio(part: Any, whole: Any) -> Any:
    """Part over whole, 0 where both are 0; only for a part that is 0 whenever the whole is 0.

    Examples
    --------
    >>> ratio(np.array([1.0, 0.0]), np.array([4.0, 0.0]))
    array([0.25, 0.  ])
    """
    return part / np.maximum(whole, 1e-300)


def without_dust(rest: Any, whole: Any) -> Any:
    """What is left of a whole, 0 where only round-off is left, so that it cannot draw money or steer a split.

    Examples
    --------
    >>> without_dust(np.array([2.0, 1e-15]), np.array([3.0, 3.0]))
    array([2., 0.])
    """
    return rest * np.minimum(1.0, np.maximum(0.0, rest - 1e-13 * whole) * 1e200)


def total(classes: Any) -> Any:
    """Sum over the leading axis, in order, so that arrays and scalars give the same bits.

    Examples
    --------
    >>> total(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([4., 6.])
    """
    if len(classes) == 1:
        return classes[0] * 1.0
    added = classes[0] + classes[1]
    for position in range(2, len(classes)):
        added = added + classes[position]
    return added
