"""Quantity and allocation disagreement, which together make up all errors.

Source: Pontius & Millones, "Death to Kappa", International Journal of Remote Sensing 32, 2011. They have no
interval: the difference of two totals that both vary is never below zero, so bootstrap samples overestimate
it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "quantity_disagreement": {
        "title": "Quantity disagreement",
        "definition": "Share of the pixels that must be wrong because the map holds more of some classes "
        "and less of others than the reference (Pontius & Millones 2011).",
        "of": "map",
        "interval": False,
        "rank": 5,
    },
    "allocation_disagreement": {
        "title": "Allocation disagreement",
        "definition": "Share of the pixels that are wrong only because of their place: the map holds "
        "enough of the class, but elsewhere. With the quantity disagreement it makes up all errors.",
        "of": "map",
        "interval": False,
        "rank": 6,
    },
}


def quantity_disagreement(totals: Totals) -> NDArray[np.float64]:
    """Quantity disagreement of each of S matrices, from 0 to 1."""
    difference_S = np.abs(totals.reference_SK - totals.predicted_SK).sum(axis=-1)
    return np.asarray(difference_S / (2 * totals.pixels_S))


def allocation_disagreement(totals: Totals) -> NDArray[np.float64]:
    """Allocation disagreement of each of S matrices, from 0 to 1."""
    missed_SK = np.minimum(totals.reference_SK, totals.predicted_SK) - totals.hits_SK
    return np.asarray(missed_SK.sum(axis=-1) / totals.pixels_S)
