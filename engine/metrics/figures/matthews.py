"""Matthews correlation coefficient (MCC) of any number of classes.

Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient",
Computational Biology and Chemistry 28, 2004.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "matthews": {
        "title": "Matthews correlation",
        "definition": "Correlation of map and reference over all classes (Gorodkin 2004): 1 is perfect, 0 "
        "no better than chance; undefined where the map or the reference holds a single class.",
        "of": "map",
        "as_percent": False,
        "rank": 8,
    }
}


def matthews(totals: Totals) -> NDArray[np.float64]:
    """Matthews correlation of each of S matrices, from -1 to 1; NaN if either side has a single class."""
    covariance_S = totals.chance_errors_S - totals.pixels_S * totals.errors_S
    pixels_S1 = totals.pixels_S[..., None]
    reference_S, predicted_S = (
        (counts_SK * (pixels_S1 - counts_SK)).sum(axis=-1)
        for counts_SK in (totals.reference_SK, totals.predicted_SK)
    )
    spread_S = np.sqrt(reference_S * predicted_S)
    return np.where(spread_S > 0, covariance_S / spread_S, np.nan)
