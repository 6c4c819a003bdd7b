"""Words of the figures of stocks: fans, panels and maps of regions, slums, scenarios side by side."""

from collections.abc import Mapping

from backlog_model.report.message import Message

STOCKS: Mapping[str, Message] = {
    # fan
    "figure_part": Message("{name}, {part}", "{name}, {part}"),
    "figure_authority": Message("{name}, kewenangan {part}", "{name}, authority: {part}"),
    "figure_target_kind": Message("jenis target", "kind of target"),
    "figure_published": Message("target resmi", "official target"),
    "figure_illustrative": Message("target ilustrasi", "illustrative target"),
    "figure_stricter": Message("target lebih ketat", "stricter target"),
    "figure_record": Message("pendataan", "record"),
    "figure_record_before": Message("sebelum {year}", "before {year}"),
    "figure_record_from": Message("sejak {year}", "from {year}"),
    "figure_now": Message("akhir {year}", "end of {year}"),
    "figure_band": Message("{percent} % simulasi", "{percent} % of draws"),
    "figure_again_mark": Message("pendataan ulang", "counted again"),
    "figure_not_from_zero": Message("{unit} (sumbu tidak mulai dari nol)", "{unit} (axis does not start at zero)"),
    "figure_counted_again": Message(
        "Pendataan ulang pada {years}: garis terputus karena definisinya berganti, bukan karena keadaan berubah. "
        "Target untuk tahun itu dan sesudahnya tidak dapat dibandingkan.",
        "Counted again in {years}: the line breaks because the definition changes, not because things did. Targets for "
        "that year and later cannot be compared.",
    ),
    "figure_illustrative_note": Message(
        "Target ilustrasi hanya contoh; belum ditetapkan oleh siapa pun.",
        "Illustrative targets are examples only; nobody has adopted them.",
    ),
    "figure_off_middle": Message(
        "Jalur tengah bisa berada di luar pita separuh simulasi: median setiap asumsi bersama-sama bukan median "
        "hasilnya.",
        "The central line may lie outside the band of half the draws: all assumptions at their median do not "
        "give the median.",
    ),
    "figure_counting_rule": Message("Aturan hitung hektare: {rule}.", "Counting rule of hectares: {rule}."),
    "figure_covered": Message(
        "Hanya kewenangan yang tercakup sumber data: {authorities}.",
        "Only the authorities that a data source covers: {authorities}.",
    ),
    # regions
    "figure_short_rtlh_houses": Message("RTLH", "RTLH"),
    "figure_region": Message("kode", "code"),
    "figure_region_name": Message("daerah", "region"),
    "figure_low": Message("batas bawah (5 %)", "low (5 %)"),
    "figure_high": Message("batas atas (95 %)", "high (95 %)"),
    "figure_index": Message("indeks", "index"),
    "figure_index_unit": Message("indeks, {year} = 100", "index, {year} = 100"),
    "figure_panels_title": Message(
        "{name} menurut daerah, {first}–{last} ({unit}): {scale}", "{name} by region, {first}–{last} ({unit}): {scale}"
    ),
    "figure_scale_same": Message("skala sama", "same scale"),
    "figure_scale_own": Message("skala masing-masing", "own scales"),
    "figure_scale_index": Message("skala sama", "same scale"),
    "figure_panels_same": Message(
        "{count} panel dengan skala sama: besarnya dapat dibandingkan. Pada {last} terbanyak di {most} ({high}), "
        "paling sedikit di {least} ({low}).",
        "{count} panels on the same scale: sizes can be compared. In {last} most in {most} ({high}), fewest in {least} "
        "({low}).",
    ),
    "figure_panels_own": Message(
        "{count} panel, masing-masing dengan skalanya sendiri: bentuknya dapat dibandingkan, besarnya tidak.",
        "{count} panels, each on its own scale: shapes can be compared, sizes cannot.",
    ),
    "figure_panels_index": Message(
        "{count} panel dengan {year} = 100. Pada {last} tertinggi di {most} ({high}), terendah di {least} ({low}).",
        "{count} panels with {year} = 100. In {last} highest in {most} ({high}), lowest in {least} ({low}).",
    ),
    "figure_panels_again": Message(
        "{count} panel. Garisnya terputus karena pendataan ulang: angka sebelum dan sesudahnya tidak sebanding.",
        "{count} panels. Their lines break where RTLH are counted again: before and after do not compare.",
    ),
    "figure_own_scales": Message(
        "Setiap panel memakai skalanya sendiri, yang tidak selalu mulai dari nol: tinggi garis di dua panel tidak "
        "dapat dibandingkan.",
        "Each panel has its own scale, which need not start at zero: heights in two panels cannot be compared.",
    ),
    "figure_split_assumed": Message(
        "Pembagian angka provinsi ke daerah adalah asumsi, bukan hasil pendataan daerah.",
        "How the provincial figure is split over regions is an assumption, not a count by region.",
    ),
    "figure_split_derived": Message(
        "Pembagian angka provinsi ke daerah diturunkan dari data lain.",
        "How the provincial figure is split over regions is derived from other data.",
    ),
    # maps
    "figure_column": Message("kolom", "column"),
    "figure_row": Message("baris", "row"),
    "figure_map_value": Message(
        "{name} menurut daerah, akhir {year} ({unit})", "{name} by region, end of {year} ({unit})"
    ),
    "figure_map_change": Message(
        "Perubahan {name} menurut daerah, akhir {now}–akhir {year} ({unit})",
        "Change in {name} by region, end of {now} to end of {year} ({unit})",
    ),
    "figure_map_chance": Message(
        "Peluang {name} turun menurut daerah, akhir {now}–akhir {year} (%)",
        "Chance that {name} falls by region, end of {now} to end of {year} (%)",
    ),
    "figure_value": Message("nilai", "value"),
    "figure_change": Message("perubahan", "change"),
    "figure_chance": Message("peluang turun", "chance of a fall"),
    "figure_map_description": Message(
        "Peta {count} daerah. Tertinggi: {most} ({high}); terendah: {least} ({low}).",
        "Map of {count} regions. Highest: {most} ({high}); lowest: {least} ({low}).",
    ),
    "figure_map_change_description": Message(
        "Perubahan di {count} daerah: dari {low} ({least}) sampai {high} ({most}).",
        "Change in {count} regions: from {low} ({least}) to {high} ({most}).",
    ),
    "figure_map_error": Message(
        "Galat Monte Carlo peluang paling besar {error} poin.", "Largest Monte Carlo error of a chance {error} points."
    ),
    "figure_tiles": Message(
        "Peta petak: letak kira-kira menurut titik tengah daerah; luas petak tidak berarti luas daerah.",
        "Map of tiles: placed roughly by the centre of each region; the size of a tile says nothing of its area.",
    ),
    "figure_own_boundaries": Message(
        "Batas daerah dari berkas pengguna, hanya untuk gambar.",
        "Boundaries from a file of the user, for the picture alone.",
    ),
    "figure_tiles_by_code": Message(
        "Tabel daerah tidak memuat koordinat: petak disusun menurut kode.",
        "The region table has no coordinates: tiles are laid out by code.",
    ),
    "figure_arrows": Message("▼ turun (lebih baik), ▲ naik (lebih buruk).", "▼ falls (better), ▲ rises (worse)."),
    # slums
    "figure_authority_code": Message("kode kewenangan", "authority code"),
    "figure_authority_name": Message("kewenangan", "authority"),
    "figure_hectares": Message("kumuh, akhir tahun", "slum, end of year"),
    "figure_handled": Message("tertangani dalam tahun", "handled in the year"),
    "figure_new_slum": Message("kumuh baru", "new slum"),
    "figure_relapsed": Message("kembali kumuh", "relapsed"),
    "figure_slums_title": Message(
        "Kawasan kumuh menurut kewenangan, {first}–{last} (ha)", "Slum area by authority, {first}–{last} (ha)"
    ),
    "figure_slums_description": Message(
        "Kawasan kumuh yang tercakup: {start} ha pada akhir {first}, {end} ha pada akhir {last}.",
        "Slum area that is covered: {start} ha at the end of {first}, {end} ha at the end of {last}.",
    ),
    # scenarios side by side
    "figure_scenario": Message("skenario", "scenario"),
    "figure_scenario_title": Message("judul", "title"),
    "figure_comparison_title": Message(
        "{name} menurut skenario, {first}–{last} ({unit})", "{name} by scenario, {first}–{last} ({unit})"
    ),
    "figure_comparison_description": Message(
        "Jalur tengah {count} skenario. Pada {last} paling sedikit: {least} ({low}); paling banyak: {most} ({high}).",
        "Central lines of {count} scenarios. In {last} fewest: {least} ({low}); most: {most} ({high}).",
    ),
    "figure_comparison_alone": Message(
        "Jalur tengah {title} saja: skenario lain menghitung RTLH dengan definisi lain.",
        "Central line of {title} alone: other scenarios count RTLH by another definition.",
    ),
    "figure_zoomed": Message("skenario lain: diperbesar di bawah", "other scenarios: enlarged below"),
    "figure_zoom": Message("Diperbesar, tanpa {titles} ({unit})", "Enlarged, without {titles} ({unit})"),
    "figure_left_off": Message(
        "Tidak digambar: {title}. RTLH-nya dihitung dengan definisi lain ({value} {unit} pada {last}).",
        "Not drawn: {title}. Its RTLH are counted by another definition ({value} {unit} in {last}).",
    ),
    "figure_scenarios_title": Message(
        "Skenario berdampingan, {first}–{last}", "Scenarios side by side, {first}–{last}"
    ),
    "figure_scenarios_illustrative": Message(
        "Di antara target pada kolom peluang ada target ilustrasi: hanya contoh, belum ditetapkan oleh siapa pun.",
        "Among the targets in the columns of chances are illustrative ones: examples only, which nobody has adopted.",
    ),
    "figure_scenarios_error": Message("galat Monte Carlo terbesar peluangnya", "largest Monte Carlo error of these"),
    "figure_scenarios_description": Message(
        "{count} skenario dengan RTLH, kumuh, belanja dan peluang mencapai target.",
        "{count} scenarios with RTLH, slums, money spent and chances of meeting targets.",
    ),
    "figure_in_year": Message("{name}, akhir {year}", "{name}, end of {year}"),
    "figure_spent": Message("belanja {first}–{last}", "spent {first}–{last}"),
    "figure_chance_of": Message("peluang RTLH {sign} {value} pada {year}", "chance of RTLH {sign} {value} in {year}"),
    "figure_other_count": Message(
        "{title}: RTLH dihitung dengan definisi lain; angka RTLH-nya tidak dapat dibandingkan dengan yang lain.",
        "{title}: RTLH are counted by another definition; its numbers of RTLH cannot be compared with the others.",
    ),
    # table of a projection in a notebook
    "figure_notebook_panels": Message(
        "{name}: {count} daerah dengan skala sama, {first} sampai {last}.",
        "{name}: {count} regions on the same scale, {first} to {last}.",
    ),
    "figure_indicator": Message("indikator", "indicator"),
    "figure_range": Message("rentang 90 % pada {year}", "90 % range in {year}"),
}
