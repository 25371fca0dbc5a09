"""Raster references: class codes on their own grid, as ids on windows of ours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..legend import IGNORE
from ..protocol import EngineError
from ..raster import Grid, RasterFile
from ..raster.alignment import Emit, is_aligned
from ..raster.class_map import declared_colors, declared_names
from ..raster.library import spatial_reference
from ..raster.warp import nearest_on
from ..windows import Window
from .catalogue import Catalogue, Found

_CODES = 65_536


class RasterReference:
    """One raster of class codes: read as it is where it lies on the grid, else by nearest neighbour."""

    def __init__(self, source: RasterFile, grid: Grid) -> None:
        self.name, self._grid, self._source = source.name, grid, source
        self.features, self.overlapping_px = Counter[int](), 0

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find where the raster lies and what it calls its codes."""
        self._place(emit)
        if self._source.bands != 1:
            raise EngineError(
                "not_classes",
                f"{self.name} has {self._source.bands} bands; a label raster has one, or three whose colours are classes.",
                "Extract the class band.",
            )
        band = self._source.dataset.GetRasterBand(1)
        self._names, self._colors = declared_names(band), declared_colors(band)
        catalogue.declare(self.name, {str(code): name for code, name in self._names.items()})
        self._catalogue, self._ids = catalogue, np.full(_CODES, IGNORE, np.uint8)

    def _place(self, emit: Emit) -> None:
        self._aligned = is_aligned(self._source, self._grid, emit)
        self.extent = self._source.grid.bounds(self._source.grid.window)
        self.reach = self.extent if self._aligned else self._grid.bounds_in(spatial_reference(self._source.grid.crs_wkt))

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Nothing: a raster is read where it is."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``; IGNORE beyond the raster and where it has no data."""
        if self._aligned:
            values_CHW, covered_HW = self._source.read(window)
        else:
            values_CHW = nearest_on(self._grid, window, self._source)
            covered_HW = np.isfinite(values_CHW).all(axis=0)
        ids_HW = np.full(covered_HW.shape, IGNORE, np.uint8)
        if covered_HW.any():
            ids_HW[covered_HW] = self._to_ids(values_CHW[:, covered_HW])
        return ids_HW

    def _to_ids(self, values_CN: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
        values = values_CN[0]
        if values.dtype.kind == "f" and (odd := values[values != np.floor(values)]).size:
            raise EngineError(
                "not_classes", f"{self.name} holds the value {odd[0]:g}; class codes are whole numbers.", "Reclassify it."
            )
        for extreme in (int(values.min()), int(values.max())):
            if not 0 <= extreme < _CODES - 1:
                self._catalogue.add(Found(str(extreme), extreme), self.name)  # raises, naming the code
        codes = values.astype(np.int32)
        for code in np.flatnonzero(np.bincount(codes)).tolist():
            if self._ids[code] == IGNORE:
                found = Found(self._names.get(code, str(code)), code, self._colors.get(code))
                self._ids[code] = self._catalogue.add(found, self.name)
        return self._ids[codes]

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()
