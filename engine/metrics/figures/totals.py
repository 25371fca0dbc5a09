"""The totals of confusion matrices, from which all figures are computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Totals:
    """Pixel counts of S confusion matrices of K classes; exact below 2^53.

    ``present_K`` are the classes of the whole reference, over which means run: a sample of its blocks may
    lack some.
    """

    hits_SK: NDArray[np.float64]
    """The diagonal: pixels that are the class in map and reference."""
    reference_SK: NDArray[np.float64]
    """Sums of the rows: pixels that are the class in the reference."""
    predicted_SK: NDArray[np.float64]
    """Sums of the columns: pixels that are the class in the map."""
    present_K: NDArray[np.bool_]

    @classmethod
    def of(cls, margins_S3K: NDArray[Any], present_K: NDArray[np.bool_]) -> Totals:
        """Diagonals, row sums and column sums, as `confusion.margins` gives them."""
        hits_SK, reference_SK, predicted_SK = np.moveaxis(margins_S3K.astype(np.float64), -2, 0)
        return cls(hits_SK, reference_SK, predicted_SK, present_K)

    @cached_property
    def pixels_S(self) -> NDArray[np.float64]:
        """Number of all counted pixels."""
        return np.asarray(self.reference_SK.sum(axis=-1))

    @cached_property
    def errors_S(self) -> NDArray[np.float64]:
        """Number of pixels whose class in the map is not their class in the reference."""
        return np.asarray(self.pixels_S - self.hits_SK.sum(axis=-1))

    @cached_property
    def chance_errors_S(self) -> NDArray[np.float64]:
        """The number of errors that a map with the same class totals makes by chance, times all pixels.

        It is a sum of products of counts, without cancellation.
        """
        return np.asarray((self.reference_SK * (self.pixels_S[..., None] - self.predicted_SK)).sum(axis=-1))

    def mean_of_present(self, figure_SK: NDArray[np.float64]) -> NDArray[np.float64]:
        """Plain mean of ``figure_SK`` over the classes of the reference for which it is defined."""
        return np.asarray(np.nanmean(figure_SK[..., self.present_K], axis=-1))
