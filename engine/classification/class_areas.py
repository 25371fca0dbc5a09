"""Pixels and hectares of each class of a class map, counted while the map is written.

Legend: K classes, H height, W width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.classified import Classified
from ..core.legend import IGNORE, LegendClass
from ..core.thumbnail import Decimated, Ids, fit
from ..raster import Grid, row_areas_m2

_M2_PER_HA = 10_000.0


class ClassCounter:
    """A sink that counts the area of each class, and draws a small picture of the map.

    ``pixels_K`` are its pixels, ``area_m2_K`` its square metres; the latter is None without a CRS.
    """

    wants_confidence = False
    wants_percent = False

    def __init__(self, grid: Grid, classes: Sequence[LegendClass]) -> None:
        self._row_areas_m2 = row_areas_m2(grid)
        self.pixel_size_m = grid.pixel_size_m()
        self.grid_pixels = grid.window.pixels
        self.pixels_K = np.zeros(len(classes), np.int64)
        self.area_m2_K = None if self._row_areas_m2 is None else np.zeros(len(classes))
        self._picture = Decimated(grid.width, grid.height)

    def write(self, part: Classified) -> None:
        """Count the classes of a window."""
        ids_HW = (
            part.ids_HW if part.valid_HW.all() else np.where(part.valid_HW, part.ids_HW, np.uint8(IGNORE))
        )
        self._picture.add(part.window, ids_HW)
        counts_HK = np.stack(
            [(ids_HW == k).sum(1, dtype=np.uint32) for k in range(len(self.pixels_K))], axis=1
        )
        self.pixels_K += counts_HK.sum(0, dtype=np.int64)
        if self._row_areas_m2 is not None:
            rows = slice(part.window.y, part.window.bottom)
            self.area_m2_K += self._row_areas_m2[rows] @ counts_HK

    def picture(self) -> Ids:
        """The map drawn small, with its proportions on the ground."""
        return fit(self._picture.ids_HW, self.pixel_size_m or (1.0, 1.0))

    def __enter__(self) -> ClassCounter:
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing: there is nothing to close."""


@dataclass(frozen=True)
class ClassArea:
    """The area of one class in the map.

    ``share`` is its share of the classified area; ``area_ha`` (hectares) is None without a CRS.
    """

    legend: LegendClass
    pixels: int
    area_ha: float | None
    share: float


def class_areas(counter: ClassCounter, classes: Sequence[LegendClass]) -> tuple[ClassArea, ...]:
    """The counts of ``counter`` as one `ClassArea` for each class."""
    weights_K = counter.pixels_K if counter.area_m2_K is None else counter.area_m2_K
    total = weights_K.sum() or 1
    has_area = counter.area_m2_K is not None
    return tuple(
        ClassArea(c, int(pixels), float(weight) / _M2_PER_HA if has_area else None, float(weight / total))
        for c, pixels, weight in zip(classes, counter.pixels_K, weights_K)
    )
