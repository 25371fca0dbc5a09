"""Accuracy figures, one file each, listed in its ``FIGURES``; a new file is reported everywhere.

A file has a function for each of its figures, with the figure's name: it takes the `Totals` of S confusion
matrices and returns S values for a figure of the ``map``, SxK for one of the ``class``. NaN stands for an
undefined figure; a function may divide 0 by 0.
"""

from __future__ import annotations

from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from ...protocol import Figure
from .named import NamedFigures
from .totals import Totals

__all__ = ["NamedFigures", "Totals", "compute"]


def compute(figure: Figure, totals: Totals) -> NDArray[np.float64]:
    """The values of ``figure``: S values of the map, or SxK of the classes; NaN where it is undefined."""
    function = getattr(import_module(f".{figure.module}", __name__), figure.name)
    with np.errstate(invalid="ignore", divide="ignore"):
        values: NDArray[np.float64] = function(totals)
    return values
