"""Label images whose colours are the classes, as the ISPRS benchmark ships them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..legend import IGNORE, LIMIT, MOST_CLASSES
from ..protocol import EngineError, Log
from ..raster import Grid, RasterFile
from ..raster.alignment import Emit, is_aligned
from ..raster.library import spatial_reference
from ..raster.warp import nearest_on
from ..windows import Window, cover
from .catalogue import Catalogue, Found

BANDS = 3
_SCAN_PX = 1024
_ISPRS = {
    (255, 255, 255): Found("impervious surfaces", 1),
    (0, 0, 255): Found("building", 2),
    (0, 255, 255): Found("low vegetation", 3),
    (0, 255, 0): Found("tree", 4),
    (255, 255, 0): Found("car", 5),
    (255, 0, 0): Found("clutter", 6),
}
"""Source: ISPRS 2D Semantic Labeling Contest, Vaihingen and Potsdam."""
_FEWEST_OF_ISPRS = 3


class ColourReference:
    """One image of three bands of bytes, in which each colour is a class: named by its colour, or as ISPRS does.

    Black is no class beside two others or more: such images are black where nothing is known.
    """

    def __init__(self, path: str, grid: Grid) -> None:
        self.name, self._grid = path, grid
        self._source = RasterFile.open(path)

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find where the image lies and which colours it holds."""
        self._aligned = is_aligned(self._source, self._grid, emit)
        self.extent = self._source.grid.bounds(self._source.grid.window)
        self.reach = self.extent if self._aligned else self._grid.bounds_in(spatial_reference(self._source.grid.crs_wkt))
        colours = self._colours()
        known = set(colours) <= set(_ISPRS) and len(colours) >= _FEWEST_OF_ISPRS
        if known:
            emit(Log(f"{self.name} holds the colours of the ISPRS benchmark, and gets the names of its classes."))
        self._ids: dict[int, int] = {}
        for colour in sorted(colours):
            found = _ISPRS[colour] if known else Found("#{:02x}{:02x}{:02x}".format(*colour))
            self._ids[_number(*colour)] = catalogue.add(Found(found.name, found.value, colour), self.name)

    def _colours(self) -> list[tuple[int, int, int]]:
        found: set[int] = set()
        grid = self._source.grid
        for window in cover(grid.width, grid.height, _SCAN_PX):
            image_CHW, valid_HW = self._source.read(window)
            found.update(np.unique(_numbers(image_CHW)[valid_HW]).tolist())
            if len(found) > MOST_CLASSES + 1:
                raise EngineError(
                    "not_classes",
                    f"{self.name} has more than {MOST_CLASSES} colours: it is a picture, not classes. Of those, {LIMIT}.",
                    "Give class codes in one band, or one plain colour for each class (no JPEG, no smoothed borders).",
                )
        if len(found) > 2:  # else it is a mask
            found.discard(0)
        return [(number >> 16, number >> 8 & 255, number & 255) for number in found]

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Nothing: an image is read where it is."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``; IGNORE beyond the image and where it has no data or no class."""
        if self._aligned:
            image_CHW, covered_HW = self._source.read(window)
        else:
            image_CHW = nearest_on(self._grid, window, self._source, BANDS)
            covered_HW = np.isfinite(image_CHW).all(axis=0)
            image_CHW = np.where(covered_HW, image_CHW, 0)
        numbers_HW = _numbers(image_CHW)
        ids_HW = np.full(numbers_HW.shape, IGNORE, np.uint8)
        for number, class_id in self._ids.items():
            ids_HW[numbers_HW == number] = class_id
        ids_HW[~covered_HW] = IGNORE
        return ids_HW

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()


def is_coloured(path: str) -> bool:
    """Whether a raster has the three bands of bytes of a colour image."""
    with RasterFile.open(path) as source:
        return source.bands == BANDS and source.dtype == "uint8"


def _number(red: int, green: int, blue: int) -> int:
    return red << 16 | green << 8 | blue


def _numbers(image_CHW: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    red_HW, green_HW, blue_HW = image_CHW.astype(np.int32)
    numbers_HW: npt.NDArray[np.int32] = red_HW << 16 | green_HW << 8 | blue_HW
    return numbers_HW
