"""Precision (user's accuracy) of each class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "precision": {
        "title": "Precision",
        "definition": "Of the pixels mapped as the class, the share that is this class in the reference "
        "(user's accuracy).",
        "of": "class",
        "rank": 1,
    }
}


def precision(totals: Totals) -> NDArray[np.float64]:
    """Precision of each class, SxK; NaN for a class that is not in the map."""
    return totals.hits_SK / totals.predicted_SK
