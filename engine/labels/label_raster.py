"""Raster references: class codes on their own grid, as ids on windows of ours."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.counting import histogram
from ..core.legend import IGNORE, LegendClass
from ..core.prefetch import Prefetcher
from ..core.windows import Window, cover
from ..protocol import Emit, EngineError
from ..raster import Grid, RasterFile
from ..raster.alignment import is_aligned
from ..raster.class_map import declared_colors, declared_names
from ..raster.gdal import spatial_reference
from ..raster.warp import nearest_on
from .class_catalogue import Catalogue, Found
from .labels import CodedLabels

_CODES, _WINDOW_PX = 65_536, 1024


class RasterReference:
    """One raster of class codes: read as it is where it lies on the grid, else by nearest neighbour."""

    def __init__(self, source: RasterFile, grid: Grid) -> None:
        self.name, self._grid, self._source = source.name, grid, source
        self.features, self.points, self.overlapping_px = Counter[int](), False, 0

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
        self.reach = (
            self.extent
            if self._aligned
            else self._grid.bounds_in(spatial_reference(self._source.grid.crs_wkt))
        )

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
                "not_classes",
                f"{self.name} holds the value {odd[0]:g}; class codes are whole numbers.",
                "Reclassify it.",
            )
        for extreme in (int(values.min()), int(values.max())):
            self._check(extreme)
        codes = values.astype(np.int32)
        self._know(np.flatnonzero(np.bincount(codes)).tolist())
        return self._ids[codes]

    @property
    def is_plain(self) -> bool:
        """Whether the file's pixels are the grid's, and codes as they can be counted by a table."""
        return self._aligned and self._source.dtype in ("uint8", "uint16")

    def count(self) -> npt.NDArray[np.int64]:
        """Pixels of each id, of a raster that `is_plain`, and of IGNORE where it has no data; faster than by
        `read`.
        """
        codes_px, grid = np.zeros(_CODES, np.int64), self._grid
        with self._source.reopen() as apart, Prefetcher(apart.read) as reader:
            for values_CHW, covered_HW in reader.each(cover(grid.width, grid.height, _WINDOW_PX)):
                values = values_CHW[0] if covered_HW.all() else values_CHW[0][covered_HW]
                found = histogram(values.ravel(), _CODES)
                codes_px[: len(found)] += found
        codes = np.flatnonzero(codes_px)
        self._check(int(codes.max(initial=0)))
        self._know(codes.tolist())
        ids_px = np.bincount(self._ids, weights=codes_px, minlength=IGNORE + 1).astype(np.int64)
        ids_px[IGNORE] = grid.window.pixels - codes_px.sum()
        return ids_px

    def labels(
        self, classes: Sequence[LegendClass], translation: npt.NDArray[np.uint8], owned: contextlib.ExitStack
    ) -> CodedLabels:
        """The raster itself as labels, of which all windows are counted; ``translation`` is from ids to
        places in ``classes``.
        """
        return CodedLabels(self._source, classes, translation[self._ids], int(translation[IGNORE]), owned)

    def _check(self, code: int) -> None:
        if not 0 <= code < _CODES - 1:
            self._catalogue.add(Found(str(code), code), self.name)  # raises, naming the code

    def _know(self, codes: list[int]) -> None:
        """Give codes that are new their ids."""
        for code in codes:
            if self._ids[code] == IGNORE:
                found = Found(self._names.get(code, str(code)), code, self._colors.get(code))
                self._ids[code] = self._catalogue.add(found, self.name)

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()
