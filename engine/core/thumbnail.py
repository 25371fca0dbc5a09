"""Small versions of large maps of class ids, made window by window, so that they take little memory."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .legend import IGNORE
from .windows import Window

Ids = NDArray[np.uint8]
_MARGIN = 0.04


class Decimated:
    """Every n-th pixel of a map that is added window by window; ``ids_HW`` is at most ``most_px`` a side."""

    def __init__(self, width: int, height: int, most_px: int = 2048) -> None:
        self.step_px = max(1, math.ceil(max(width, height) / most_px))
        self.ids_HW: Ids = np.full((-(-height // self.step_px), -(-width // self.step_px)), IGNORE, np.uint8)

    def add(self, window: Window, ids_HW: NDArray[Any]) -> None:
        """Keep the pixels of ``window`` whose row and column are multiples of the step."""
        step_px = self.step_px
        rows, columns = (slice(-start % step_px, None, step_px) for start in (window.y, window.x))
        part_HW = ids_HW[rows, columns]
        y, x = -(-window.y // step_px), -(-window.x // step_px)
        self.ids_HW[slice(y, y + len(part_HW)), slice(x, x + part_HW.shape[1])] = part_HW


def labelled_part(ids_HW: Ids) -> tuple[slice, slice]:
    """Rows and columns around all labelled pixels, with a small margin; the whole map if none is labelled."""
    slices = []
    for axis in (1, 0):
        labelled = np.flatnonzero((ids_HW != IGNORE).any(axis=axis))
        length_px = ids_HW.shape[1 - axis]
        if labelled.size == 0:
            return slice(None), slice(None)
        margin_px = math.ceil(_MARGIN * (labelled[-1] - labelled[0] + 1))
        slices.append(
            slice(max(0, int(labelled[0]) - margin_px), min(length_px, int(labelled[-1]) + 1 + margin_px))
        )
    return slices[0], slices[1]


def fit(ids_HW: Ids, pixel_size: tuple[float, float] = (1.0, 1.0), longest_px: int = 640) -> Ids:
    """The same scene with square pixels and ``longest_px`` on its longer side, by nearest neighbour.

    ``pixel_size`` is a pixel's width and height on the ground, in any unit.
    """
    height_px, width_px = ids_HW.shape
    width, height = width_px * pixel_size[0], height_px * pixel_size[1]
    scale = longest_px / max(width, height)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    return ids_HW[(np.arange(rows) * height_px // rows)[:, None], np.arange(columns) * width_px // columns]
