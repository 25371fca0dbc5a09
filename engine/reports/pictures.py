"""Small pictures of class maps, errors and images as PNGs within a page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..core.legend import IGNORE, LegendClass
from ..core.thumbnail import Ids

BLANK = (255, 255, 255)
RIGHT_COLOR = (203, 208, 215)
WRONG_COLOR = (200, 16, 46)


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
