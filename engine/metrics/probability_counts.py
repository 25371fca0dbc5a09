"""Counts of pixels by their probabilities, in one pass over a map of per cent, window by window.

The memory that it needs does not depend on the map's size. Level b of B levels is the probability b / (B -
1): whole per cent make 101 levels without any loss.

Legend: K classes of the map; B levels of probability; N pixels; 2: first wrong (or another class), then right
(or the class).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.classified import NO_PERCENT
from ..core.counting import histogram
from ..core.legend import IGNORE, MOST_CLASSES

PERCENT_LEVELS = 101
FINE_LEVELS = 10_001
"""Number of levels for probabilities in floating point, which are rounded to 0.0001."""
_PIECE_PX = 1 << 18


class ProbabilityCounts:
    """Counts pixels by probability, window by window; any order and any cut into windows gives the same.

    ``counts_K2B[k]`` has, for each level of class k's probability, the pixels of other classes and those of
    class k; ``top_2B`` has, for each level of the most probable class, the pixels where it is wrong and those
    where it is right.
    """

    def __init__(self, classes: int, levels: int = PERCENT_LEVELS) -> None:
        assert 0 < classes <= MOST_CLASSES  # nosec B101 (users' classes are counted where they are read)
        self.counts_K2B = np.zeros((classes, 2, levels), np.int64)
        self.top_2B = np.zeros((2, levels), np.int64)

    @property
    def pixels(self) -> int:
        return int(self.top_2B.sum())

    def add(self, reference_HW: NDArray[np.uint8], percent_KHW: NDArray[Any]) -> None:
        """Count the pixels of a window that have both a class in the reference and probabilities.

        ``reference_HW`` holds class ids, `IGNORE` where there is none. Ids beyond the K classes are classes
        that the map does not know, so their pixels count as negatives for each of its classes.
        ``percent_KHW`` holds whole per cent in uint8 (`NO_PERCENT`: no data; needs 101 levels) or
        probabilities in floating point (NaN: no data); a pixel without data in one band is left out. If
        several classes are the most probable, the first counts. Raises `ValueError` for values that are no
        probabilities.
        """
        classes = len(self.counts_K2B)
        # `open_probabilities` counts the bands.
        assert percent_KHW.shape == (classes, *reference_HW.shape)  # nosec B101
        is_percent = percent_KHW.dtype == np.uint8 and self.top_2B.shape[1] == PERCENT_LEVELS
        # It also checks their type.
        assert is_percent or np.issubdtype(percent_KHW.dtype, np.floating)  # nosec B101
        reference_N, scores_KN = reference_HW.reshape(-1), percent_KHW.reshape(classes, -1)
        for start in range(0, reference_N.size, _PIECE_PX):
            piece = slice(start, start + _PIECE_PX)
            self._add_piece(reference_N[piece], scores_KN[:, piece])

    def _add_piece(self, reference_N: NDArray[np.uint8], scores_KN: NDArray[Any]) -> None:
        highest_N = scores_KN.max(axis=0)
        has_data_N = highest_N != NO_PERCENT if scores_KN.dtype == np.uint8 else ~np.isnan(highest_N)
        counted_N = has_data_N & (reference_N != IGNORE)
        if not counted_N.all():
            reference_N, scores_KN = reference_N[counted_N], scores_KN.compress(counted_N, axis=1)
        for number, scores_N in enumerate(scores_KN):
            self.counts_K2B[number] += self._count(scores_N, reference_N == number)
        self.top_2B += self._count(highest_N[counted_N], _first_highest(scores_KN) == reference_N)

    def _count(self, scores_N: NDArray[Any], is_right_N: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Number of pixels, wrong and right, at each level of their probability: 2xB."""
        levels = self.top_2B.shape[1]
        levels_N = scores_N
        if scores_N.dtype != np.uint8:
            levels_N = np.rint(np.multiply(scores_N, levels - 1, dtype=np.result_type(scores_N, np.float32)))
        if levels_N.size and not 0 <= levels_N.min() <= levels_N.max() < levels:
            raise ValueError("a value is not a probability: it is outside 0 to 100 % and is not nodata")
        # Both in one number: a byte where that is enough.
        both_N: NDArray[Any] = levels_N.astype(np.uint8 if 2 * levels <= 256 else np.intp)
        both_N += is_right_N * both_N.dtype.type(levels)
        return histogram(both_N, 2 * levels).reshape(2, levels)


def _first_highest(scores_KN: NDArray[Any]) -> NDArray[np.uint8]:
    """The result of ``argmax(axis=0)``, many times faster: numpy computes that pixel by pixel."""
    highest_N = scores_KN[0].copy()
    ids_N = np.zeros(highest_N.shape, np.uint8)
    for number, scores_N in enumerate(scores_KN[1:], start=1):
        np.maximum(ids_N, (scores_N > highest_N) * np.uint8(number), out=ids_N)
        np.maximum(highest_N, scores_N, out=highest_N)
    return ids_N
