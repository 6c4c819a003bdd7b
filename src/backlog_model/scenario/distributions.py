"""Uncertain values: what a planner wrote, checked, as a function from a number between 0 and 1 to a value, and sampled.

A new kind of uncertainty is one law in `probability_laws.py`, one function here that reads its numbers, and one line in
`DISTRIBUTIONS`.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from backlog_model.errors import Problem, ScenarioError
from backlog_model.scenario import compound_laws, mixture_law, probability_laws
from backlog_model.scenario.correlation import Copula, matrix_problem
from backlog_model.scenario.distribution_numbers import (
    DistributionError,
    Limits,
    Place,
    fields,
    increasing,
    listed,
    number,
    positive,
    probability_of_key,
)
from backlog_model.scenario.probability_laws import Array, Law
from backlog_model.streams import DESIGN, Design, Streams
from backlog_model.translation import Text

Kind = Callable[[object, Place, Limits], Law]

_OUTSIDE_LIMITS = 1e-3  # of an open tail, the probability that may be cut off without being asked for
_NEARLY_NONE = 1e-4  # of an open tail, what may be cut off by an end that is offered
_LEAST_INSIDE = 1e-9  # of what truncate leaves, the smallest probability that can be drawn from
_WEIGHT_ROUNDING = 1e-9
_WIDEST_SIGMA = 5.0  # nine of ten values within a factor of 3,700; means of much wider ones overflow
_NARROWEST_SD = 1e-8


@dataclass(frozen=True)
class Distribution:
    """An uncertain value of a field with natural limits."""

    kind: str
    law: Law
    limits: Limits

    def quantile(self, u: Array) -> Array:
        """Values at probabilities u (0 < u < 1), in the shape of u."""
        return np.clip(self.law.quantile(np.asarray(u, dtype=np.float64)), *self.limits)

    def cdf(self, values: Array) -> Array:
        """Probability of at most each value."""
        return self.law.cdf(np.asarray(values, dtype=np.float64))

    def central(self) -> float:
        """Value in the central run: the median, or the mean of a chance event."""
        return min(max(self.law.central(), self.limits[0]), self.limits[1])

    def mean(self) -> float:
        """Mean value; not corrected for what the limits cut off, less than 1 in 1000."""
        return self.law.mean()

    @property
    def is_event(self) -> bool:
        """Whether this is a chance event, which enters the central run at its mean."""
        return self.law.is_event

    @property
    def support(self) -> tuple[float, float]:
        """Lowest and highest possible value."""
        low, high = self.law.support
        return max(low, self.limits[0]), min(high, self.limits[1])


Kinds = Mapping[str, Distribution | Mapping[str, object]] | Sequence[Distribution | Mapping[str, object]]


def parse_distribution(mapping: Mapping[str, object], limits: Limits = (-math.inf, math.inf)) -> Distribution:
    """Distribution written as exactly one kind, with `truncate` beside it or not; other keys are left to the caller.

    Parameters
    ----------
    mapping : for example ``{"triangular": [20e6, 22e6, 28e6]}``
    limits : lowest and highest value that the field can have

    Raises
    ------
    DistributionError : with the place inside the mapping, the value seen and what is expected

    Examples
    --------
    >>> cost = parse_distribution({"range": [11, 20, 38]}, (0.0, math.inf))
    >>> cost.central(), cost.support
    (20.0, (10.0, 40.0))
    """
    kind = _kind(mapping, ())
    return Distribution(kind, _law(mapping, (), limits), limits)


def sample(
    kinds: Kinds,
    correlation: npt.ArrayLike | None,
    draws: int,
    seed: int = 1,
    design: Design = DESIGN,
) -> Array:
    """Values of several distributions, drawn together.

    Parameters
    ----------
    kinds : distributions, each as written in a scenario or read already; by name, or in a list
    correlation : (k, k) rank correlations of every two of them; None when they are independent
    draws : number of draws
    seed : start of the random numbers
    design : how the draws are spread, one of `streams.DESIGNS`

    Returns
    -------
    (draws, k) values, columns in the order of `kinds`

    Raises
    ------
    BacklogModelError : for distributions, correlations, draws or a design that cannot be, with the number seen

    Notes
    -----
    Numbers hang on the names (in a list, the places) of the distributions: under `random` and `latin_hypercube` one
    more distribution at the end changes no other column.

    Examples
    --------
    >>> cost = sample({"unit": {"uniform": [20, 22]}, "houses": {"poisson": {"mean": 90}}}, None, draws=1000)
    >>> cost.shape, round(float(cost[:, 0].mean()), 2)
    ((1000, 2), 21.0)
    """
    distributions = _distributions(kinds)
    names = tuple(distributions)
    copula = Copula.of_matrix(names, np.eye(len(names)) if correlation is None else _ranks(correlation, names))
    streams = Streams(seed, draws, design, names)
    values = np.empty((draws, len(names)))
    for first, last in pairwise(streams.edges):
        independent = {name: streams.uniforms(name, slice(first, last))[0, :, 0] for name in names}
        for column, (name, numbers) in enumerate(copula.uniforms(independent).items()):
            values[first:last, column] = distributions[name].quantile(numbers)
    return values


def _distributions(kinds: Kinds) -> dict[str, Distribution]:
    """Distributions by name, or by place in a list; everything wrong with them at once."""
    read, problems = {}, []
    for name, kind in kinds.items() if isinstance(kinds, Mapping) else enumerate(kinds):
        try:
            read[str(name)] = kind if isinstance(kind, Distribution) else parse_distribution(kind)
        except DistributionError as error:
            problems.append(Problem(".".join(map(str, ("kinds", name, *error.at))), str(error)))
    if problems or not read:
        raise ScenarioError(problems or [Problem("kinds", Text("nothing to draw; expected at least one distribution"))])
    return read


def _ranks(correlation: npt.ArrayLike, names: Sequence[str]) -> Array:
    """Rank correlations as a matrix that can be."""
    try:
        matrix = np.asarray(correlation, dtype=np.float64)
    except (TypeError, ValueError):
        message = Text("not a matrix of numbers; expected a row for each value")
        raise ScenarioError([Problem("correlation", message)]) from None
    problem = matrix_problem(matrix, names)
    if problem is not None:
        raise ScenarioError([Problem("correlation", problem)])
    return matrix


def _kind(mapping: Mapping[str, object], at: Place) -> str:
    if not isinstance(mapping, Mapping):
        raise DistributionError(
            at, Text("{mapping!r}; expected a mapping such as {{range: [1, 2, 4]}}", mapping=mapping)
        )
    kinds = [key for key in mapping if key in DISTRIBUTIONS]
    if len(kinds) == 1:
        return kinds[0]
    seen = (
        Text("several kinds ({kinds})", kinds=", ".join(kinds))
        if kinds
        else Text("no kind among {listed}", listed=listed(mapping))
    )
    raise DistributionError(
        at, Text("{seen}; expected exactly one of {kinds}", seen=seen, kinds=", ".join(DISTRIBUTIONS))
    )


def _law(mapping: Mapping[str, object], at: Place, limits: Limits) -> Law:
    kind = _kind(mapping, at)
    law = DISTRIBUTIONS[kind](mapping[kind], (*at, kind), limits)
    if "truncate" in mapping:
        law = _truncated(law, kind, mapping["truncate"], (*at, "truncate"))
    if kind not in ("event", "mixture"):  # their parts have been checked
        _refuse_open_tail(law, (*at, kind), limits)
    return law


def _refuse_open_tail(law: Law, at: Place, limits: Limits) -> None:
    low, high = max(limits[0], law.support[0]), min(limits[1], law.support[1])
    below = law.probability_below(low) if law.support[0] < low else 0.0
    above = 1 - law.probability_up_to(high) if law.support[1] > high else 0.0
    if below + above > _OUTSIDE_LIMITS:
        outside = Text(
            "{share:.2%} of the values lie outside {lowest:g} to {highest:g}",
            share=below + above,
            lowest=limits[0],
            highest=limits[1],
        )
        low, high = (_or_nearly(end, law, share) for end, share in ((low, _NEARLY_NONE), (high, 1 - _NEARLY_NONE)))
        raise DistributionError(
            at, Text("{outside}; narrow it or add truncate: [{low:g}, {high:g}]", outside=outside, low=low, high=high)
        )


def _or_nearly(end: float, law: Law, probability: float) -> float:
    """An end of what can be; where there is none, a place that hardly any value lies beyond, in four digits."""
    return end if math.isfinite(end) else float(f"{law.quantile_at(probability):.4g}")


def _truncated(law: Law, kind: str, seen: object, at: Place) -> Law:
    low, high = increasing(seen, at, ("low", "high"), (-math.inf, math.inf))
    if law.is_event and not law.is_count:
        sizes = Text("its size") if kind == "event" else Text("the sizes inside it")
        raise DistributionError(
            at, Text("a chance event cannot be truncated as a whole; truncate {sizes} instead", sizes=sizes)
        )
    apart = high < law.support[0] or low > law.support[1]
    inside = 0.0 if apart else law.probability_up_to(high) - law.probability_below(low)
    if inside < _LEAST_INSIDE:
        few = Text("only {inside:.2g} of the values lie", inside=inside) if inside > 0 else Text("no value lies")
        most = Text(
            "90 % of them lie from {low:.4g} to {high:.4g}", low=law.quantile_at(0.05), high=law.quantile_at(0.95)
        )
        raise DistributionError(
            at, Text("{few} from {low:g} to {high:g}; {most}", few=few, low=low, high=high, most=most)
        )
    return compound_laws.truncated(law, low, high)


def _range(seen: object, at: Place, limits: Limits) -> Law:
    p05, p50, p95 = increasing(seen, at, ("p05", "p50", "p95"), limits)
    lower, upper = (p50 - p05) / 9, (p95 - p50) / 9  # 5 % of probability at the slope of the 45 % beside it
    probabilities, values = [0.05, 0.5, 0.95], [p05, p50, p95]
    if p05 - lower < limits[0]:
        probabilities.insert(0, 0.05 * (1 - (p05 - limits[0]) / lower))
        values.insert(0, limits[0])
    if p95 + upper > limits[1]:
        probabilities.append(1 - 0.05 * (1 - (limits[1] - p95) / upper))
        values.append(limits[1])
    ends = max(p05 - lower, limits[0]), min(p95 + upper, limits[1])
    return probability_laws.straight_lines([0.0, *probabilities, 1.0], [ends[0], *values, ends[1]])


def _uniform(seen: object, at: Place, limits: Limits) -> Law:
    return probability_laws.straight_lines((0.0, 1.0), increasing(seen, at, ("low", "high"), limits))


def _triangular(seen: object, at: Place, limits: Limits) -> Law:
    return probability_laws.triangular(*increasing(seen, at, ("low", "mode", "high"), limits))


def _pert(seen: object, at: Place, limits: Limits) -> Law:
    return probability_laws.pert(*increasing(seen, at, ("low", "mode", "high"), limits))


def _normal(seen: object, at: Place, limits: Limits) -> Law:
    mean, sd = fields(seen, at, "mean", "sd")
    return probability_laws.normal(number(*mean, limits), positive(*sd))


def _lognormal(seen: object, at: Place, limits: Limits) -> Law:
    median, sigma = fields(seen, at, "median", "sigma")
    number(*median, limits)
    wide = positive(*sigma)
    if wide > _WIDEST_SIGMA:
        raise DistributionError(
            sigma[1], Text("{wide:g} is too wide; expected a sigma of the logarithm up to 5, such as 0.6", wide=wide)
        )
    return probability_laws.lognormal(positive(*median), wide)


def _beta(seen: object, at: Place, limits: Limits) -> Law:
    if isinstance(seen, Mapping) and "mean" not in seen and "sd" not in seen:
        a, b = fields(seen, at, "a", "b")
        return probability_laws.beta(positive(*a), positive(*b))
    mean_at, sd_at = fields(seen, at, "mean", "sd")
    number(*mean_at, limits)
    mean, sd = number(*mean_at, (0.0, 1.0)), positive(*sd_at)
    if not sd**2 < mean * (1 - mean):
        widest = math.sqrt(mean * (1 - mean))
        raise DistributionError(
            sd_at[1],
            Text(
                "{sd:g} is too wide for a mean of {mean:g}; expected less than {widest:.4g}",
                sd=sd,
                mean=mean,
                widest=widest,
            ),
        )
    if sd < _NARROWEST_SD:
        raise DistributionError(sd_at[1], Text("{sd:g} leaves nothing uncertain; write the mean itself", sd=sd))
    total = mean * (1 - mean) / sd**2 - 1
    return probability_laws.beta(mean * total, (1 - mean) * total)


def _quantiles(seen: object, at: Place, limits: Limits) -> Law:
    if not isinstance(seen, Mapping) or not seen:
        raise DistributionError(
            at, Text("{seen!r}; expected probabilities and values, such as {{0.05: 10, 0.5: 12}}", seen=seen)
        )
    points = sorted(
        (probability_of_key(key, at), number(value, (*at, key), limits), key) for key, value in seen.items()
    )
    for (before, smaller, _), (probability, value, key) in pairwise(points):
        if value < smaller or probability == before:
            message = Text(
                "{value:g} at {probability:g} after {smaller:g} at {before:g}; expected values that never fall",
                value=value,
                probability=probability,
                smaller=smaller,
                before=before,
            )
            raise DistributionError((*at, key), message)
    probabilities, values, _ = zip(*points, strict=True)
    return probability_laws.straight_lines((0.0, *probabilities, 1.0), (values[0], *values, values[-1]))


def _samples(seen: object, at: Place, limits: Limits) -> Law:
    if not isinstance(seen, Sequence) or isinstance(seen, str) or not seen:
        raise DistributionError(at, Text("{seen!r}; expected a list of at least one number", seen=seen))
    return probability_laws.empirical([number(each, (*at, place), limits) for place, each in enumerate(seen)])


def _mixture(seen: object, at: Place, limits: Limits) -> Law:
    if not isinstance(seen, Sequence) or isinstance(seen, str) or not seen:
        raise DistributionError(
            at, Text("{seen!r}; expected a list such as [{{weight: 0.9, beta: …}}, {{weight: 0.1, …}}]", seen=seen)
        )
    weights, parts = [], []
    for place, part in enumerate(seen):
        if not isinstance(part, Mapping) or "weight" not in part:
            raise DistributionError(
                (*at, place), Text("{part!r}; expected a weight and one kind of distribution", part=part)
            )
        weights.append(positive(part["weight"], (*at, place, "weight")))
        parts.append(_law(part, (*at, place), limits))
    if abs(sum(weights) - 1) > _WEIGHT_ROUNDING:
        raise DistributionError(at, Text("the weights add to {total:.10g}; expected 1", total=sum(weights)))
    return mixture_law.mixture(weights, parts)


def _event(seen: object, at: Place, limits: Limits) -> Law:
    (chance, chance_at), (size, size_at) = fields(seen, at, "probability", "size")
    probability = number(chance, chance_at, (0.0, 1.0))
    positive = max(limits[0], 0.0), limits[1]
    if isinstance(size, Mapping):
        return compound_laws.event(probability, _law(size, size_at, positive))
    return compound_laws.event(probability, probability_laws.constant(number(size, size_at, positive)))


def _negative_binomial(seen: object, at: Place, limits: Limits) -> Law:
    mean, dispersion = fields(seen, at, "mean", "dispersion")
    number(*mean, limits)
    return probability_laws.negative_binomial(positive(*mean), positive(*dispersion))


def _poisson(seen: object, at: Place, limits: Limits) -> Law:
    ((mean, mean_at),) = fields(seen, at, "mean")
    number(mean, mean_at, limits)
    return probability_laws.poisson(positive(mean, mean_at))


DISTRIBUTIONS: Mapping[str, Kind] = MappingProxyType(
    {
        "range": _range,
        "uniform": _uniform,
        "triangular": _triangular,
        "pert": _pert,
        "normal": _normal,
        "lognormal": _lognormal,
        "beta": _beta,
        "quantiles": _quantiles,
        "samples": _samples,
        "mixture": _mixture,
        "event": _event,
        "negative_binomial": _negative_binomial,
        "poisson": _poisson,
    }
)
