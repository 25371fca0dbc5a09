"""Overall accuracy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "overall_accuracy": {
        "title": "Overall accuracy",
        "definition": "Share of the compared pixels whose class in the map is their class in the reference.",
        "of": "map",
        "headline": True,
        "rank": 1,
    }
}


def overall_accuracy(totals: Totals) -> NDArray[np.float64]:
    """Overall accuracy of each of S matrices, from 0 to 1."""
    return np.asarray(totals.hits_SK.sum(axis=-1) / totals.pixels_S)
