"""Cohen's kappa.

Source: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20,
1960.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .totals import Totals

FIGURES = {
    "kappa": {
        "title": "Kappa",
        "definition": "Cohen's kappa: agreement beyond what two independent maps with these class shares "
        "would reach; 1 is perfect, 0 no better than chance. Undefined where map and reference hold the "
        "same single class.",
        "of": "map",
        "headline": True,
        "as_percent": False,
        "rank": 4,
    }
}


def kappa(totals: Totals) -> NDArray[np.float64]:
    """1 - errors / errors by chance, a form that stays precise where a class is rare."""
    return np.asarray(1 - totals.pixels_S * totals.errors_S / totals.chance_errors_S)
