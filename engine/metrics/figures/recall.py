"""Recall (producer's accuracy) of each class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "recall": {
        "title": "Recall",
        "definition": "Of the reference pixels of the class, the share that is mapped as this class "
        "(producer's accuracy).",
        "of": "class",
        "rank": 2,
    }
}


def recall(totals: Totals) -> NDArray[np.float64]:
    """Recall of each class, SxK; NaN for a class that is not in the reference."""
    return totals.hits_SK / totals.reference_SK
