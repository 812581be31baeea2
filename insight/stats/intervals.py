"""How sure we are of a share or a count: Wilson's interval, and exact Poisson limits.

Sources: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; F. Garwood (1936), Biometrika 28, 437-442.
Checked against R's `prop.test(correct = FALSE)`, `qchisq` and `ppois`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, in the unit of what was estimated."""

    low: float
    high: float


def wilson(part: int, whole: int, confidence: float = 0.95) -> Interval:
    """Where the true share lies, 0 to 1, when `part` of `whole` independent cases have a property."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is not a share")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = part / whole
    centre = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    low = 0.0 if part == 0 else (centre - spread) / scale
    high = 1.0 if part == whole else (centre + spread) / scale
    return Interval(low, high)


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """Where the true mean of a count lies, if incidents come independently of each other."""
    if count < 0:
        raise ValueError(f"{count} is not a count")
    tail = (1 - confidence) / 2
    ceiling = count + 12 * sqrt(count + 1) + 12
    high = _crossing(lambda mean: poisson_at_most(count, mean) - tail, ceiling)
    if count == 0:
        return Interval(0.0, high)
    return Interval(_crossing(lambda mean: tail - poisson_at_least(count, mean), ceiling), high)


def poisson_at_least(count: int, mean: float) -> float:
    """The probability of `count` or more when `mean` are expected."""
    if count <= 0:
        return 1.0
    # Each tail is summed from its near end, so that a tiny probability keeps its digits.
    return _upper_sum(count, mean) if count > mean else 1 - _lower_sum(count - 1, mean)


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of `count` or fewer when `mean` are expected."""
    if count < 0:
        return 0.0
    return _lower_sum(count, mean) if count < mean else 1 - _upper_sum(count + 1, mean)


def _probability(count: int, mean: float) -> float:
    if mean == 0:
        return 1.0 if count == 0 else 0.0
    return exp(count * log(mean) - mean - lgamma(count + 1))


def _upper_sum(first: int, mean: float) -> float:
    term = total = _probability(first, mean)
    count = first
    while term > total * 1e-18:
        count += 1
        term *= mean / count
        total += term
    return total


def _lower_sum(last: int, mean: float) -> float:
    term = total = _probability(last, mean)
    for count in range(last, 0, -1):
        term *= count / mean
        total += term
    return total


def _crossing(falling: Callable[[float], float], ceiling: float) -> float:
    """Where a falling function passes zero between 0 and `ceiling`, by halving to the last digit."""
    low, high = 0.0, ceiling
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
