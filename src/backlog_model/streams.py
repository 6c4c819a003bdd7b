"""Named random numbers: what one assumption draws depends on its name, never on what else is drawn.

Every number is a function of (seed, name, region code, year, draw), computed from a counter (Philox): all scenarios
share it, and neither other assumptions nor the order of regions, blocks, threads or parts of a run can change it.

Designs spread the draws of one name more evenly than chance does. A design is made anew, independently, in each of
several replicates of the run; how much their means differ gives the Monte Carlo error.
"""

import hashlib
import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from backlog_model.errors import BacklogModelError, nearest_hint
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]
Design = Literal["random", "latin_hypercube", "sobol"]
DESIGNS: tuple[Design, ...] = get_args(Design)

DESIGN: Design = "latin_hypercube"
"""Spreads draws evenly; of the designs the smallest error on the headlines (docs/uncertainty.md)."""

REPLICATES = 16
"""Independent repetitions of a design in one run; fewer when there are too few draws for two in each."""

LONGEST_REPLICATE = 32_768
"""Draws of one replicate; a longer run has more replicates."""

MOST_DRAWS = 10_000_000
SOBOL_DIMENSIONS = 1024

_SOBOL_BITS = 30
_SOBOL_AT_A_TIME = 4096  # draws, of all dimensions
_SHORT = 1_000_000  # numbers of one replicate of all names


@dataclass(frozen=True)
class Streams:
    """Numbers in (0, 1) of every name of one run.

    Attributes
    ----------
    seed : start of all numbers
    draws : draws of the whole run, of which any part can be asked for
    design : how the draws of a name that varies over neither years nor regions are spread; others are plain random
    names : names that take a dimension of their own under `sobol`

    Notes
    -----
    Under `random` and `latin_hypercube` a further name changes no other number. Under `sobol` a name takes the
    dimension of its digest; one that meets an occupied dimension moves on, so that in rare cases a further name moves
    another.
    """

    seed: int
    draws: int
    design: Design = DESIGN
    names: tuple[str, ...] = ()
    _dimensions: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _place: Mapping[str, int] = field(init=False, repr=False, compare=False)  # of a name among those dimensions

    def __post_init__(self) -> None:
        """Refuse numbers of draws and designs that cannot be meant."""
        if not 0 < self.draws <= MOST_DRAWS or self.draws % 1:
            raise BacklogModelError(
                Text(
                    "draws: {draws} is not possible; expected 1 to {most_draws:_}",
                    draws=self.draws,
                    most_draws=MOST_DRAWS,
                )
            )
        if self.design not in DESIGNS:
            hint = nearest_hint(self.design, DESIGNS)
            raise BacklogModelError(Text("design: {design}{hint}", design=self.design, hint=hint))
        object.__setattr__(self, "_dimensions", _dimensions(self.names))
        object.__setattr__(self, "_place", {name: place for place, name in enumerate(self._dimensions)})

    @property
    def edges(self) -> tuple[int, ...]:
        """First draw of each replicate, and the number of draws."""
        return replicate_edges(self.draws)

    def uniforms(self, name: str, draws: slice, *, codes: Sequence[str] = ("",), years: Sequence[int] = (0,)) -> Array:
        """Numbers of one name for some of the draws.

        Parameters
        ----------
        name : what is drawn
        draws : which draws, from 0
        codes : region codes, for numbers that differ by region
        years : calendar years, for numbers that differ by year

        Returns
        -------
        (year, draw, region) numbers between 0 and 1, both excluded
        """
        first, last, _ = draws.indices(self.draws)
        if self.design != "random" and tuple(codes) == ("",) and tuple(years) == (0,):
            return self._designed(name, first, last)[None, :, None]
        keys = _draw_keys(self.seed, name, tuple(codes), tuple(years))
        numbers = _unit(_raw(keys, first, last))
        return numbers.reshape(len(years), len(codes), last - first).swapaxes(1, 2)

    def _designed(self, name: str, first: int, last: int) -> Array:
        numbers, edges = np.empty(last - first), self.edges
        for replicate in range(bisect_right(edges, first) - 1, bisect_left(edges, last)):
            start, end = edges[replicate : replicate + 2]
            low, high = max(first, start), min(last, end)
            whole = self._replicate(name, replicate, end - start)
            numbers[low - first : high - first] = whole[low - start : high - start]
        return numbers

    def _replicate(self, name: str, replicate: int, size: int) -> Array:
        if self.design == "sobol":
            kept = _sobol_of_short if size * len(self._dimensions) <= _SHORT else _sobol_of_long
            points: Array = kept(self.seed, replicate, size, tuple(self._dimensions.values()))
            return np.asarray(points[self._place[name]])
        return _latin_hypercube(self.seed, name, replicate, size)


@lru_cache(maxsize=64)
def replicate_edges(draws: int) -> tuple[int, ...]:
    """First draw of each replicate of a run, and the number of draws.

    Examples
    --------
    >>> replicate_edges(4)
    (0, 2, 4)
    """
    replicates = max(REPLICATES, math.ceil(draws / LONGEST_REPLICATE))
    replicates = max(1, min(replicates, draws // 2))
    return tuple(draws * replicate // replicates for replicate in range(replicates + 1))


def _key(*parts: object) -> npt.NDArray[np.uint64]:
    """Key of a stream: a stable digest of what names it."""
    text = "\x1f".join(str(part) for part in parts)
    return np.frombuffer(hashlib.blake2b(text.encode(), digest_size=16).digest(), dtype="<u8")


@lru_cache(maxsize=1024)
def _draw_keys(seed: int, name: str, codes: tuple[str, ...], years: tuple[int, ...]) -> npt.NDArray[np.uint64]:
    """(stream, part of the key) of a name: a stream for each region of each year."""
    keys = np.stack([_key("draw", seed, name, code, year) for year in years for code in codes])
    keys.setflags(write=False)
    return keys


def _raw(keys: npt.NDArray[np.uint64], first: int, last: int) -> npt.NDArray[np.uint64]:
    """(stream, number) numbers `first` to `last` of some streams; a step of the counter makes four."""
    start = first // 4
    numbers = np.empty((len(keys), last - 4 * start), dtype=np.uint64)
    generator = np.random.Philox(0)  # sent to the beginning of each stream: a new one takes longer to make than to use
    state, counter = generator.state, np.array([start, 0, 0, 0], dtype=np.uint64)
    for key, row in zip(keys, numbers, strict=True):
        generator.state = {**state, "state": {"counter": counter, "key": key}}
        row[:] = generator.random_raw(len(row))
    return numbers[:, first - 4 * start :]


def _unit(raw: npt.NDArray[np.uint64]) -> Array:
    """Numbers in (0, 1) from 52 random bits each, in the middle of their interval (with 53, rounding can reach 1)."""
    return np.asarray(((raw >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52)


@lru_cache(maxsize=128)
def _latin_hypercube(seed: int, name: str, replicate: int, size: int) -> Array:
    """One number in each of `size` equal intervals, in random order."""
    key = _key("latin_hypercube", seed, name, replicate)
    raw = _raw(key[None], 0, 2 * size)[0]
    order = np.argsort(raw[:size], kind="stable")
    numbers = np.empty(size)
    numbers[order] = (np.arange(size) + _unit(raw[size:])) / size
    numbers = np.clip(numbers, 2.0**-54, 1.0 - 2.0**-53)
    numbers.setflags(write=False)
    return numbers


def _sobol(seed: int, replicate: int, size: int, dimensions: tuple[int, ...]) -> Array:
    """(dimension, draw) points of one independent scrambling, of the dimensions wanted, made some draws at a time."""
    from scipy.stats import qmc

    generator = np.random.default_rng(_key("sobol", seed, replicate).tolist())
    engine = qmc.Sobol(SOBOL_DIMENSIONS, scramble=True, bits=_SOBOL_BITS, rng=generator)
    points = np.empty((len(dimensions), size))
    at_a_time = min(_SOBOL_AT_A_TIME, 2 ** math.ceil(math.log2(size)))
    for start in range(0, size, at_a_time):
        part = engine.random(at_a_time)[: size - start]
        points[:, start : start + len(part)] = part.T[list(dimensions)]
    points += 0.5**_SOBOL_BITS / 2  # from the low end of its interval to the middle
    points.setflags(write=False)
    return points


_sobol_of_short = lru_cache(maxsize=REPLICATES)(_sobol)
_sobol_of_long = lru_cache(maxsize=2)(_sobol)  # a long run is made replicate after replicate


def _dimensions(names: Sequence[str]) -> dict[str, int]:
    """Dimension of each name: where its digest points, or the next free one."""
    taken: dict[int, str] = {}
    wanted = {name: int(_key("dimension", name)[0] % np.uint64(SOBOL_DIMENSIONS)) for name in dict.fromkeys(names)}
    if len(wanted) > SOBOL_DIMENSIONS:
        raise BacklogModelError(
            Text(
                "sobol: {count} uncertain values; expected at most {sobol_dimensions}",
                count=len(wanted),
                sobol_dimensions=SOBOL_DIMENSIONS,
            )
        )
    for name in sorted(wanted, key=lambda each: hashlib.sha256(each.encode()).digest()):
        place = wanted[name]
        while place in taken:
            place = (place + 1) % SOBOL_DIMENSIONS
        taken[place] = name
    return {name: place for place, name in taken.items()}
