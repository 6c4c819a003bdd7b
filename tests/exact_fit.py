"""Reconciliation in fractions: the closed form by elimination, without a rounding error."""

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def solved(rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> Row:
    """Solution of a square system, by Gauss and Jordan."""
    system = [[*map(Fraction, row), Fraction(value)] for row, value in zip(rows, right, strict=True)]
    for place in range(len(system)):
        pivot = next(row for row in range(place, len(system)) if system[row][place])
        system[place], system[pivot] = system[pivot], system[place]
        system[place] = [entry / system[place][place] for entry in system[place]]
        for row in range(len(system)):
            if row != place and system[row][place]:
                factor = system[row][place]
                system[row] = [entry - factor * above for entry, above in zip(system[row], system[place], strict=True)]
    return [row[-1] for row in system]


def inverse(matrix: Sequence[Sequence[Fraction]]) -> list[Row]:
    size = len(matrix)
    columns = [solved(matrix, [Fraction(row == column) for row in range(size)]) for column in range(size)]
    return transposed(columns)


def transposed(matrix: Sequence[Sequence[Fraction]]) -> list[Row]:
    return [list(row) for row in zip(*matrix, strict=True)]


def product(left: Sequence[Sequence[Fraction]], right: Sequence[Sequence[Fraction]]) -> list[Row]:
    turned = transposed(right)
    return [[sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in turned] for row in left]


def fitted(summing: Sequence[Sequence[float]], base: Sequence[float], covariance: Sequence[Sequence[float]]) -> Row:
    """S (S' W^-1 S)^-1 S' W^-1 v of the numbers as they are stored."""
    weights = [[Fraction(entry) for entry in row] for row in summing]
    precision = inverse([[Fraction(entry) for entry in row] for row in covariance])
    normal = product(transposed(weights), precision)
    right = product(normal, [[Fraction(value)] for value in base])
    bottom = solved(product(normal, weights), [row[0] for row in right])
    return [row[0] for row in product(weights, [[value] for value in bottom])]
