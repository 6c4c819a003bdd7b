"""Projections side by side: differences by variable, year and region, and which is better in the same futures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from backlog_model.analysis.paired_draws import POINTS
from backlog_model.analysis.pairs import Differences, Pair, variables
from backlog_model.errors import BacklogModelError
from backlog_model.projection import Projection
from backlog_model.summary import Sampling
from backlog_model.translation import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """Projections of one province, each held against the first.

    Attributes
    ----------
    projections : the first one is the reference
    names : what they are called: their scenarios, with a number behind where two have the same name
    """

    projections: tuple[Projection, ...]
    names: tuple[str, ...]

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Each other projection with the first."""
        first, *others = zip(self.projections, self.names, strict=True)
        return tuple(Pair(first[0], other, first[1], name) for other, name in others)

    def table(
        self,
        variable: str | None = None,
        *,
        by: str = "province",
        part: str = "total",
        quantiles: Sequence[float] = POINTS,
    ) -> "pd.DataFrame":
        """Values side by side, a row for each scenario compared, variable, region and year.

        Parameters
        ----------
        variable : a name of `quantities.QUANTITIES`; every variable unless one is given
        by : `province`, or `region`
        part : `total`, or a part that both projections have
        quantiles : points of the paired difference

        Returns
        -------
        Columns: `first`, `second`, `difference`, `percent` of central values; by region the ranks by value (1 the
        largest) and by difference (1 the greatest improvement); with draws both means, the mean paired difference and
        its Monte Carlo error, its quantiles, the chance that either is better, with errors, and that they tie. Better
        is smaller or larger by `Quantity.direction`; where that is None, `better` only means larger.

        Raises
        ------
        BacklogModelError
            For an unknown name, part or level.
        """
        import pandas as pd

        names = variables(by) if variable is None else (variable,)
        frames = {
            (pair.second_name, name): _frame(pair.differences(name, by=by, part=part, points=quantiles))
            for pair in self.pairs
            for name in names
        }
        return pd.concat(frames, names=["scenario", "variable"])


def _frame(found: Differences) -> "pd.DataFrame":
    import pandas as pd

    places = pd.MultiIndex.from_product([found.regions, found.years], names=["region", "year"])
    return pd.DataFrame({name: values.T.ravel() for name, values in found.columns().items()}, index=places)


def compare(first: Projection, *others: Projection) -> Comparison:
    """Comparison of projections of one province, each with the first.

    Draws are paired: draw 7 of one and draw 7 of the other meet the same future, so that their difference tells what
    the plans do, not what chance does. Years and regions that only one has are left out, see `Pair.left_out`.

    Parameters
    ----------
    first : the reference
    others : one or more projections with the same number of draws, seed and design

    Raises
    ------
    BacklogModelError
        For a single projection, another province, no year or region in common, and draws that are not the same.

    Examples
    --------
    >>> import backlog_model as bm
    >>> plan = bm.load_scenario("scenarios/template/scenario.yaml")
    >>> more = plan.replace({"programmes.bsps.budget_idr.apbn": {"multiply": 2, "assumption": True}})
    >>> compared = bm.compare(bm.run(plan, draws=50), bm.run(more, draws=50))
    >>> bool(compared.table("rtlh_houses")["mean_difference"].iloc[-1] < 0)
    True
    """
    if not others:
        raise BacklogModelError(Text("nothing to compare with; expected two or more projections"))
    names = _distinct([each.scenario or "scenario" for each in (first, *others)])
    for name, other in zip(names[1:], others, strict=True):
        _check(first, other, names[0], name)
    return Comparison((first, *others), names)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number behind every one that stood before."""
    found: list[str] = []
    for name in names:
        numbered = (name if number == 1 else f"{name} ({number})" for number in count(1))
        found.append(next(each for each in numbered if each not in found))
    return tuple(found)


def _check(first: Projection, other: Projection, first_name: str, name: str) -> None:
    """Refuse what cannot be compared."""
    provinces = first.axes.province, other.axes.province
    if provinces[0] != provinces[1]:
        raise BacklogModelError(
            Text(
                "{first} is about {one} and {second} about {other}; expected scenarios of one province",
                first=first_name,
                one=provinces[0],
                second=name,
                other=provinces[1],
            )
        )
    for what, ours, theirs in (
        (Text("year"), first.axes.years, other.axes.years),
        (Text("region"), first.axes.regions, other.axes.regions),
    ):
        if not set(map(str, ours)) & set(map(str, theirs)):
            raise BacklogModelError(
                Text(
                    "{first} and {second} have no {what} in common; nothing can be compared",
                    first=first_name,
                    second=name,
                    what=what,
                )
            )
    if first.sampling != other.sampling:
        raise BacklogModelError(
            Text(
                "{first} has {one} and {second} {other}; expected the same number of draws, seed and "
                "design, since draws are compared one by one",
                first=first_name,
                one=_said(first.sampling),
                second=name,
                other=_said(other.sampling),
            )
        )


def _said(sampling: Sampling | None) -> str:
    return (
        Text("{draws} draws (seed {seed}, {design})", draws=sampling.draws, seed=sampling.seed, design=sampling.design)
        if sampling
        else Text("no draws")
    )
