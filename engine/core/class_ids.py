"""Values of a class map as ids: the place of each class in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .counting import look_up
from .legend import IGNORE


def class_ids(values_HW: NDArray[Any], class_values: Sequence[int]) -> NDArray[np.uint8]:
    """The place of each whole number in ``class_values``; 255 where it is not among them."""
    if values_HW.dtype.kind == "u" and values_HW.itemsize <= 2:
        table = np.full(np.iinfo(values_HW.dtype).max + 1, IGNORE, np.uint8)
        known = [(value, place) for place, value in enumerate(class_values) if 0 <= value < len(table)]
        table[[value for value, _ in known]] = [place for _, place in known]
        return look_up(table, values_HW)
    order = np.argsort(class_values).astype(np.uint8)
    ordered = np.asarray(class_values)[order]
    at_HW = np.searchsorted(ordered, values_HW)
    at_HW[at_HW == len(ordered)] = 0
    return np.where(ordered[at_HW] == values_HW, order[at_HW], IGNORE).astype(np.uint8)
