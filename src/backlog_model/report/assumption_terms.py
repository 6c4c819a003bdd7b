"""Names of the entries of a scenario and of their units, in Indonesian and English; a key is the field's own name.

Where one name stands for different things in different sections, the section stands before it.
"""

from collections.abc import Mapping

from backlog_model.report.message import Message

ASSUMPTIONS: Mapping[str, Message] = {
    "assumption_of": Message("{label}: {name}", "{label}: {name}"),
    "assumption_part": Message("{label}, {part}", "{label}, {part}"),
    "assumption_split": Message("{label}, pembagian menurut daerah", "{label}, split over regions"),
    "assumption_all_of": Message("{label} (semua kelas)", "{label} (all classes)"),
    # households and building
    "assumption_household_growth_rate": Message("pertumbuhan rumah tangga", "growth of households"),
    "assumption_households": Message("jumlah rumah tangga", "number of households"),
    "assumption_population": Message("jumlah penduduk", "population"),
    "assumption_persons_per_household": Message("jiwa per rumah tangga", "persons per household"),
    "assumption_population_by_age": Message("penduduk menurut umur", "population by age"),
    "assumption_headship_rate": Message("rasio kepala rumah tangga", "headship rate"),
    "assumption_built_per_new_household": Message(
        "rumah dibangun per rumah tangga baru", "houses built per new household"
    ),
    "assumption_substandard_share": Message("rumah baru yang tidak layak", "new houses that are substandard"),
    # quality of houses
    "assumption_deterioration_rate": Message("kerusakan rumah layak", "decay of decent houses"),
    "assumption_severity_share": Message("tingkat kerusakan rumah yang baru rusak", "severity of newly decayed houses"),
    "assumption_opening_severity_share": Message("tingkat kerusakan RTLH awal", "severity of the opening RTLH"),
    "assumption_shocks_severity_share": Message("tingkat kerusakan akibat bencana", "severity of disaster damage"),
    "assumption_relapse_rate": Message("rumah tertangani yang kembali RTLH", "treated houses that become RTLH again"),
    "assumption_relapse_severity_share": Message(
        "tingkat kerusakan rumah yang kembali RTLH", "severity of treated houses that become RTLH again"
    ),
    "assumption_self_improvement_rate": Message("RTLH diperbaiki swadaya", "RTLH improved by owners"),
    "assumption_worsening_rate": Message("RTLH bertambah parah", "RTLH that grow worse"),
    "assumption_rtlh_loss_rate": Message("RTLH dibongkar atau ditinggalkan", "RTLH demolished or abandoned"),
    "assumption_decent_loss_rate": Message(
        "rumah layak dibongkar atau ditinggalkan", "decent houses demolished or abandoned"
    ),
    "assumption_treated_loss_rate": Message(
        "rumah tertangani dibongkar atau ditinggalkan", "treated houses demolished or abandoned"
    ),
    "assumption_habitable_share": Message("RTLH yang dihitung sebagai hunian", "RTLH counted as dwellings"),
    "assumption_vacancy_share": Message("rumah kosong", "empty dwellings"),
    # ownership and finance
    "assumption_new_non_owner_share": Message(
        "rumah tangga baru tanpa rumah sendiri", "new households without a home of their own"
    ),
    "assumption_ownership_loss_rate": Message("pemilik yang kehilangan rumah", "owners who lose their home"),
    "assumption_self_acquired_rate": Message("memiliki rumah secara mandiri", "homes acquired by own means"),
    "assumption_other_home_share": Message("memiliki rumah lain", "households that own another home"),
    "assumption_mbr_share": Message("bagian MBR dari backlog", "low-income part of the backlog"),
    "assumption_take_up_rate": Message("peminat pembiayaan", "demand for housing finance"),
    "assumption_first_time_share": Message("pembeli rumah pertama", "first-time buyers"),
    "assumption_new_house_share": Message("unit pembiayaan yang rumah baru", "financed units that are new houses"),
    # capacity
    "assumption_crews": Message("regu tukang", "crews of artisans"),
    "assumption_houses_per_crew_year": Message("rumah per regu tukang", "houses per crew of artisans"),
    "assumption_capacity_share": Message("bagian regu tukang untuk program", "crews open to the programme"),
    "assumption_ramp_rate": Message("kenaikan pelaksanaan tertinggi", "largest growth of starts"),
    "assumption_ramp_start": Message("pelaksanaan yang selalu mungkin", "starts that are always possible"),
    "assumption_developer_capacity_households": Message("kapasitas pengembang", "capacity of developers"),
    "assumption_bank_capacity_households": Message("kapasitas bank", "capacity of banks"),
    # slums and estates
    "assumption_new_slum_rate": Message("kumuh baru", "new slum"),
    "assumption_slum_relapse_rate": Message("kawasan tertangani yang kembali kumuh", "handled areas that relapse"),
    "assumption_slum_worsening_rate": Message("kawasan kumuh bertambah parah", "slum areas that grow worse"),
    "assumption_slum_capacity_ha": Message("kapasitas penanganan kumuh", "capacity for slum works"),
    "assumption_psu_handover_rate": Message("serah terima PSU", "handover of PSU"),
    "assumption_new_estates": Message("perumahan baru", "new estates"),
    "assumption_new_compliant_share": Message(
        "perumahan baru yang langsung serah terima", "new estates handed over at once"
    ),
    "assumption_houses_per_estate": Message("rumah per perumahan", "houses per estate"),
    # terms of programmes
    "assumption_budget_idr": Message("pagu", "budget"),
    "assumption_absorption_share": Message("serapan anggaran", "absorption of the budget"),
    "assumption_cofunding_share": Message("bagian pendanaan bersama", "co-funding share"),
    "assumption_overhead_share": Message("biaya pengelolaan", "overhead"),
    "assumption_leakage_share": Message("kebocoran bantuan", "leakage of grants"),
    "assumption_drop_out_share": Message("penerima yang gugur", "beneficiaries who drop out"),
    "assumption_overlap_share": Message("rumah dilaporkan dua kali", "houses reported twice"),
    "assumption_effectiveness_share": Message("keberhasilan penanganan", "effectiveness of handling"),
    "assumption_eligible_share": Message("RTLH yang memenuhi syarat", "RTLH that are eligible"),
    "assumption_finished_same_year_share": Message("selesai pada tahun yang sama", "finished in the same year"),
    "assumption_finished_next_year_share": Message("selesai pada tahun berikutnya", "finished in the next year"),
    "assumption_severity_mix": Message("tingkat kerusakan rumah terpilih", "severity of the houses chosen"),
    "assumption_unit_cost_idr": Message("biaya satuan", "unit cost"),
    "assumption_unit_cost_growth_rate": Message("kenaikan biaya satuan", "growth of unit costs"),
    "assumption_grant_idr": Message("besar bantuan", "size of the grant"),
    "assumption_grant_growth_rate": Message("kenaikan besar bantuan", "growth of the grant"),
    "assumption_official_tally_share": Message("bagian dalam hitungan resmi", "part in the official tally"),
    "assumption_quota_households": Message("kuota pembiayaan", "quota of finance"),
    "assumption_capacity_index": Message("indeks kapasitas fiskal", "index of fiscal capacity"),
    "assumption_index": Message("indeks pembagian", "index for sharing"),
    "assumption_table": Message("pembagian menurut daerah", "shares of the regions"),
    "assumption_floor_share": Message("bagian terkecil satu daerah", "smallest share of a region"),
    "assumption_cap_share": Message("bagian terbesar satu daerah", "largest share of a region"),
    # opening
    "assumption_opening_households": Message("rumah tangga awal", "opening households"),
    "assumption_decent_houses": Message("rumah layak awal", "opening decent houses"),
    "assumption_treated_houses": Message("rumah tertangani awal", "opening treated houses"),
    "assumption_rtlh_houses": Message("RTLH awal", "opening RTLH"),
    "assumption_ownership_backlog_households": Message("backlog kepemilikan awal", "opening ownership backlog"),
    "assumption_slum_ha": Message("kawasan kumuh awal", "opening slum area"),
    "assumption_slum_class_share": Message("kelas kumuh awal", "classes of the opening slum area"),
    "assumption_slum_handled_ha": Message("kumuh tertangani awal", "slum area handled before"),
    "assumption_slum_base_ha": Message("luas kumuh menurut SK", "slum area of the decree"),
    "assumption_psu_estates": Message("perumahan awal", "opening estates"),
    "assumption_psu_complete_estates": Message("perumahan dengan PSU lengkap", "estates with complete PSU"),
    "assumption_psu_handed_over_estates": Message("perumahan sudah serah terima", "estates handed over before"),
    # disasters, re-registrations, known years
    "assumption_houses": Message("rumah terdampak", "houses struck"),
    "assumption_region_share": Message("daerah terdampak", "regions struck"),
    "assumption_falls_on_decent_share": Message("kerusakan pada rumah layak", "damage that falls on decent houses"),
    "assumption_total_loss_share": Message("rumah hilang sama sekali", "houses lost altogether"),
    "assumption_ratio": Message("rasio pendataan baru", "ratio of the new record"),
    "assumption_revisions_houses": Message("rumah hasil pendataan ulang", "houses of the re-registration"),
    "assumption_classes": Message("pendataan ulang menurut kelas", "re-registration by class"),
    "assumption_ha": Message("hektare hasil pendataan ulang", "hectares of the re-registration"),
    "assumption_realised_houses": Message("rumah selesai", "finished houses"),
    "assumption_realised_ha": Message("hektare tertangani", "hectares handled"),
    "assumption_realised_spent_idr": Message("realisasi belanja", "money spent"),
}
"""Labels of entries; `{name}` is that of a programme, a disaster or a re-registration."""

ASSUMPTION_UNITS: Mapping[str, Message] = {
    "crews of artisans": Message("regu", "crews"),
    "estates": Message("perumahan", "estates"),
    "factor": Message("kali", "times"),
    "hectares": Message("ha", "ha"),
    "households": Message("rumah tangga", "households"),
    "houses": Message("rumah", "houses"),
    "houses per additional household": Message("rumah per rumah tangga", "houses per household"),
    "houses per crew and year": Message("rumah per regu per tahun", "houses per crew and year"),
    "houses per estate": Message("rumah per perumahan", "houses per estate"),
    "houses, hectares or estates a year": Message("per tahun", "a year"),
    "largest growth per year, 1 for doubling": Message("% per tahun", "% a year"),
    "new stock over old stock": Message("kali", "times"),
    "persons": Message("jiwa", "persons"),
    "persons per household": Message("jiwa per rumah tangga", "persons per household"),
    "rupiah": Message("Rp miliar", "Rp billion"),
    "rupiah per house or hectare": Message("Rp juta per unit", "Rp million a unit"),
    "rupiah per house, hectare or household": Message("Rp juta per unit", "Rp million a unit"),
    "share per year": Message("% per tahun", "% a year"),
    "share of a stock per year": Message("% per tahun", "% a year"),
    "share": Message("%", "%"),
    "share of the region's crews": Message("%", "%"),
    "number": Message("indeks", "index"),
}
"""Units by the words of the schema before any limits; of the unit in which people read a number."""
