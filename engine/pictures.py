"""Small pictures of large class maps, for reports: kept while the map streams by, so memory stays flat."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .legend import IGNORE, LegendClass
from .windows import Window

Ids = NDArray[np.uint8]
BLANK = (255, 255, 255)
RIGHT_COLOR = (203, 208, 215)
WRONG_COLOR = (200, 16, 46)
_MARGIN = 0.04


class Decimated:
    """Every n-th pixel of class ids that pass by window after window; ``ids_HW`` is at most ``most_px`` a side."""

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
    """Rows and columns around all labelled pixels, with a small margin; everything where none is labelled."""
    slices = []
    for axis in (1, 0):
        labelled = np.flatnonzero((ids_HW != IGNORE).any(axis=axis))
        length_px = ids_HW.shape[1 - axis]
        if labelled.size == 0:
            return slice(None), slice(None)
        margin_px = math.ceil(_MARGIN * (labelled[-1] - labelled[0] + 1))
        slices.append(slice(max(0, int(labelled[0]) - margin_px), min(length_px, int(labelled[-1]) + 1 + margin_px)))
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


def class_picture(ids_HW: Ids, classes: Sequence[LegendClass]) -> str:
    """Class ids in their colours as the ``data:`` address of a PNG; unlabelled pixels are blank."""
    return _png(ids_HW, [c.color for c in classes])


def error_picture(reference_HW: Ids, predicted_HW: Ids) -> str:
    """Grey where both agree, red where not, blank where either has no class; a ``data:`` address of a PNG."""
    wrong_HW = (reference_HW != predicted_HW).astype(np.uint8)
    wrong_HW[(reference_HW == IGNORE) | (predicted_HW == IGNORE)] = IGNORE
    return _png(wrong_HW, [RIGHT_COLOR, WRONG_COLOR])


def photo(image_HW3: NDArray[np.uint8]) -> str:
    """Red, green and blue as the ``data:`` address of a PNG."""
    return _address(Image.fromarray(np.ascontiguousarray(image_HW3), mode="RGB"))


def _png(ids_HW: Ids, colors: Sequence[tuple[int, int, int]]) -> str:
    palette = np.full((256, 3), BLANK, np.uint8)
    palette[: len(colors)] = colors
    image = Image.fromarray(np.ascontiguousarray(ids_HW), mode="L")
    image.putpalette(palette.tobytes())
    return _address(image)


def _address(image: Image.Image) -> str:
    file = io.BytesIO()
    image.save(file, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")
