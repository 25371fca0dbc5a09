"""Label images: rasters in which each colour is a class, as the ISPRS benchmark has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE, MOST_CLASSES, hex_color
from ..core.windows import cover
from ..protocol import Emit, EngineError, info
from ..raster import RasterFile
from .class_catalogue import Catalogue, FoundClass
from .label_raster import RasterReference

BANDS = 3
_SCAN_PX = 1024
_ISPRS = {
    (255, 255, 255): FoundClass("impervious surfaces", 1),
    (0, 0, 255): FoundClass("building", 2),
    (0, 255, 255): FoundClass("low vegetation", 3),
    (0, 255, 0): FoundClass("tree", 4),
    (255, 255, 0): FoundClass("car", 5),
    (255, 0, 0): FoundClass("clutter", 6),
}
"""Source: ISPRS 2D Semantic Labeling Contest, Vaihingen and Potsdam."""
_FEWEST_OF_ISPRS = 3


class ColourReference(RasterReference):
    """A raster of three bands of bytes, in which each colour is a class.

    Classes have the names of their colours, or those of ISPRS if all colours are from there. Beside two or
    more other colours, black is no class: such images are black where nothing is known.
    """

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find the image's extent, and its colours as classes."""
        self._locate(emit)
        colours = self._colours()
        known = set(colours) <= set(_ISPRS) and len(colours) >= _FEWEST_OF_ISPRS
        if known:
            emit(
                info(
                    "{name} holds the colours of the ISPRS benchmark: its classes are named as there.",
                    name=self.name,
                )
            )
        self._ids_by_colour: dict[int, int] = {}
        for colour in sorted(colours):
            found = _ISPRS[colour] if known else FoundClass(hex_color(colour))
            (number,) = _numbers(np.array(colour)[:, None])
            self._ids_by_colour[int(number)] = catalogue.add(replace(found, color=colour), self.name)

    def _colours(self) -> list[tuple[int, int, int]]:
        found: set[int] = set()
        grid = self._source.grid
        for window in cover(grid.width, grid.height, _SCAN_PX):
            image_CHW, valid_HW = self._source.read(window)
            found.update(np.unique(_numbers(image_CHW)[valid_HW]).tolist())
            if len(found) > MOST_CLASSES + 1:
                raise EngineError(
                    "not_classes",
                    "{name} has more than {most} colours: it is a picture, not classes. At most {most} "
                    "classes are possible, because they are stored in 8 bits.",
                    "Give class codes in one band, or one plain colour for each class "
                    "(no JPEG, no smoothed borders).",
                    name=self.name,
                    most=MOST_CLASSES,
                )
        if len(found) > 2:  # with two colours, the raster is a mask, and black one of its classes
            found.discard(0)
        return [(number >> 16, number >> 8 & 255, number & 255) for number in found]

    def _to_ids(self, values_CN: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
        numbers_N = _numbers(values_CN)
        ids_N = np.full(numbers_N.shape, IGNORE, np.uint8)
        for number, class_id in self._ids_by_colour.items():
            ids_N[numbers_N == number] = class_id
        return ids_N


def is_coloured(source: RasterFile) -> bool:
    """Whether a raster has the three bands of bytes of a colour image."""
    return source.bands == BANDS and source.dtype == "uint8"


def _numbers(values_CN: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """One number for each colour; ``values_CN`` may have any number of axes after the first."""
    red_N, green_N, blue_N = values_CN.astype(np.int32)
    numbers_N: npt.NDArray[np.int32] = red_N << 16 | green_N << 8 | blue_N
    return numbers_N
