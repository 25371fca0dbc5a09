"""Pixels near borders between classes, which benchmarks leave out.

They leave them out because nobody can say to the pixel where a class ends. Legend: H height, W width; ids are
class ids, `IGNORE` where unlabelled.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..core.legend import IGNORE

Ids = NDArray[np.uint8]


def near_border(ids_HW: Ids, radius_px: int) -> NDArray[np.bool_]:
    """``near_HW``: labelled pixels that have a pixel of another class within ``radius_px``, centre to centre.

    They are the pixels that are lost when every class is eroded by a disc of that radius, as the ISPRS
    benchmark does to its reference with 3 px. Unlabelled pixels, and everything outside the array, belong to
    no class and erode nothing. The least and the greatest id are taken over each row of the disc; where they
    differ over all rows, two classes are near.
    """
    if radius_px < 1:
        return np.zeros(ids_HW.shape, bool)
    # What has no class is greater than any id for the least one, and 0, less than any, for the greatest.
    least_HW = _over_disc(ids_HW, radius_px, np.minimum, IGNORE)
    greatest_HW = _over_disc(
        np.where(ids_HW == IGNORE, 0, ids_HW + 1).astype(np.uint8), radius_px, np.maximum, 0
    )
    near_HW: NDArray[np.bool_] = (ids_HW != IGNORE) & (least_HW + 1 != greatest_HW)
    return near_HW


def _over_disc(values_HW: Ids, radius_px: int, extreme: np.ufunc, beyond: int) -> Ids:
    """The ``extreme`` of the values in a disc around each pixel.

    It is taken over runs of columns, which widen row by row from the disc's top to its middle.
    """
    height, width = values_HW.shape
    padded = np.pad(values_HW, radius_px, constant_values=beyond)
    columns = [padded[:, first:][:, :width] for first in range(2 * radius_px + 1)]
    run = columns[radius_px].copy()
    found_HW, reach = values_HW.copy(), 0
    for row in range(radius_px, -1, -1):
        half = math.isqrt(radius_px**2 - row**2)
        for shift in range(reach + 1, half + 1):
            extreme(run, columns[radius_px - shift], out=run)
            extreme(run, columns[radius_px + shift], out=run)
        reach = half
        for first in {radius_px - row, radius_px + row}:
            extreme(found_HW, run[first:][:height], out=found_HW)
    return found_HW
