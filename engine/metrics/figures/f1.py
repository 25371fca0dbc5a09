"""F1 of each class, and its mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "f1": {
        "title": "F1",
        "definition": "Harmonic mean of precision and recall of the class.",
        "of": "class",
        "rank": 3,
    },
    "mean_f1": {
        "title": "Mean F1",
        "definition": "Plain mean of F1 over the classes present in the reference; every class weighs the "
        "same.",
        "of": "map",
        "headline": True,
        "rank": 2,
    },
}


def f1(totals: Totals) -> NDArray[np.float64]:
    """F1 of each class, SxK; NaN for a class that is in neither the map nor the reference."""
    return 2 * totals.hits_SK / (totals.reference_SK + totals.predicted_SK)


def mean_f1(totals: Totals) -> NDArray[np.float64]:
    """Mean F1 of each of S matrices over the classes of the reference."""
    return totals.mean_of_present(f1(totals))
