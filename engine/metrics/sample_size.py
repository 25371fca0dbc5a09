"""The size of a stratified sample, and its points in each class of the map.

Source: Olofsson et al. 2014, Remote Sensing of Environment 148, 42-57, section 5.1; equations by their
numbers there; Cochran 1977, chapter 5.

Legend: K classes of the map, which are the strata.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray


def points_needed(weights_K: NDArray[Any], users_accuracy_K: NDArray[Any], standard_error: float) -> int:
    """The number of points that gives overall accuracy this standard error.

    ``weights_K`` are the shares of the map's classes, ``users_accuracy_K`` their expected accuracies.
    Equation (13), Cochran's (5.25), for a map with very many pixels.
    """
    accuracy_K = np.asarray(users_accuracy_K, np.float64)
    spread = float((np.asarray(weights_K) * np.sqrt(accuracy_K * (1 - accuracy_K))).sum())
    return math.ceil(round((spread / standard_error) ** 2, 6))


def expected_error(weights_K: NDArray[Any], users_accuracy_K: NDArray[Any], counts_K: NDArray[Any]) -> float:
    """The standard error of overall accuracy that ``counts_K`` points in each class give.

    ``weights_K`` are the shares of the map's classes, ``users_accuracy_K`` their expected accuracies.
    """
    accuracy_K, counts_K = np.asarray(users_accuracy_K, np.float64), np.asarray(counts_K)
    variances_K = (
        np.asarray(weights_K) ** 2 * accuracy_K * (1 - accuracy_K) / np.maximum(counts_K - 1, 1)
    )  # (5)
    return float(np.sqrt(variances_K.sum()))


def allocate(points: int, mapped_px_K: NDArray[Any], fewest: int) -> NDArray[np.int64]:
    """Points for each class, ``points`` in all: between equal and in proportion (section 5.1.2).

    Each class has ``fewest`` points or all its pixels, even if that makes more than ``points`` together.
    Every further point goes to the class in which a point stands for the most pixels (Sainte-Laguë's
    divisors), so large classes share in proportion.
    """
    px_K = np.asarray(mapped_px_K, np.int64)
    counts_K = np.minimum(px_K, fewest)
    for _ in range(min(points, int(px_K.sum())) - int(counts_K.sum())):
        counts_K[np.argmax(np.where(counts_K < px_K, px_K / (counts_K + 0.5), 0))] += 1
    return counts_K
