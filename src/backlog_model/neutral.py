"""Inputs under which nothing happens and nothing limits: what a scenario, a test or a small case starts from."""

import numpy as np

from backlog_model.inputs import (
    AUTHORITIES,
    NO_LIMIT,
    OPENING_SHAPES,
    SLUM_CLASSES,
    YEAR_SHAPES,
    Array,
    Axes,
    Coverage,
    Opening,
    Rules,
    YearInputs,
    axis_lengths,
)

# What a field holds when the scenario says nothing: no limit, all of it, or (by default) none.
_NEUTRAL = {
    **dict.fromkeys(
        ("quota_households", "developer_capacity_households", "bank_capacity_households", "crews", "slum_capacity_ha"),
        NO_LIMIT,
    ),
    "ramp_start": NO_LIMIT,
    **dict.fromkeys(
        (
            "revision_ratio",
            "revision_reclassified_share",
            "habitable_share",
            "absorption_share",
            "unit_cost_idr",
            "grant_idr",
            "share_weight",
            "cap_share",
            "eligible_share",
            "capacity_share",
            "finished_same_year_share",
            "effectiveness_share",
            "official_tally_share",
            "houses_per_crew_year",
            "houses_per_estate",
        ),
        1.0,
    ),
}


def empty_opening(axes: Axes) -> Opening:
    """Opening stocks of nothing, full size."""
    lengths = axis_lengths(axes)
    shapes = ([lengths[name] for name in OPENING_SHAPES.get(field, ())] for field in Opening._fields)
    return Opening._make(np.zeros((*shape, axes.draws, len(axes.regions))) for shape in shapes)


def neutral_years(axes: Axes) -> YearInputs:
    """Assumptions under which nothing happens and nothing limits; year, draw and region axes of length 1.

    Severity splits are equal over classes.
    """
    lengths = axis_lengths(axes)
    splits = dict.fromkeys(("severity_share", "relapse_severity_share"), 1.0 / lengths["severity"])
    values = {**_NEUTRAL, **splits, "slum_class_share": 1.0 / len(SLUM_CLASSES)}
    return YearInputs._make(
        np.full((1, *(lengths[name] for name in YEAR_SHAPES.get(field, ())), 1, 1), values.get(field, 0.0))
        for field in YearInputs._fields
    )


def plain_rules(axes: Axes) -> Rules:
    """Rules in which programmes treat all classes, share money by weight alone and count hectares on leaving slum."""
    lengths = axis_lengths(axes)
    programmes, slums = lengths["programme"], lengths["slum_programme"]
    return Rules(
        treats=np.ones((lengths["house_programme"], lengths["severity"])),
        mix_given=np.zeros(lengths["house_programme"]),
        slum_treats=np.ones((slums, len(SLUM_CLASSES))),
        slum_mix_given=np.zeros(slums),
        slum_authority=np.zeros(slums, dtype=np.int64),
        slum_lift=np.ones(slums, dtype=np.int64),
        credit_kept=credit_kept("exit"),
        share_by_need=np.zeros(programmes),
        cofunded=np.zeros(programmes),
        whole_houses=np.zeros(programmes),
        funded=np.ones((lengths["source"], programmes)),
        revises=np.ones(2),
    )


def full_coverage(axes: Axes) -> Coverage:
    """Every stock covered in every region."""
    regions = len(axes.regions)
    return Coverage(slum=np.ones((len(AUTHORITIES), regions), dtype=bool), psu=np.ones(regions, dtype=bool))


def credit_kept(rule: str) -> Array:
    """Share of its uncounted credit that a hectare keeps when it moves from class v to b (kappa).

    Parameters
    ----------
    rule : `exit` counts on leaving slum, `step` a class at a time, `proportional` by score, `touched` at first work

    Returns
    -------
    (slum class, 1 + slum class) shares; the first column is "out of slum", the others light, medium, heavy

    Notes
    -----
    `step` uses ranks 1, 2, 3; `proportional` the mid-points of the 16-criterion scores (7.5, 26.5, 48.5, 70).

    Examples
    --------
    >>> credit_kept("step")[2].round(4).tolist()  # heavy -> none, light, medium, heavy
    [0.0, 0.3333, 0.6667, 1.0]
    """
    ranks, scores = np.arange(4.0), np.array([7.5, 26.5, 48.5, 70.0])
    tables: dict[str, Array] = {
        "exit": np.tile([0.0, 1.0, 1.0, 1.0], (3, 1)),
        "step": ranks / ranks[1:, None],
        "proportional": scores / scores[1:, None],
        "touched": np.zeros((3, 4)),
    }
    return tables[rule]
