"""Raster references: reads class codes on another grid as ids on windows of the image's grid."""

from __future__ import annotations

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
from .class_catalogue import Catalogue, FoundClass
from .labels import CodedLabels

_CODES, _WINDOW_PX = 65_536, 1024


class RasterReference:
    """A raster of class codes; if its pixels are not those of the grid, it is read by nearest neighbour."""

    def __init__(self, source: RasterFile, grid: Grid) -> None:
        self.name, self._grid, self._source = source.name, grid, source
        self.features, self.points, self.overlapping_px = Counter[int](), False, 0

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find the raster's extent, and the names that it has for its codes."""
        self._locate(emit)
        if self._source.bands != 1:
            raise EngineError(
                "not_classes",
                "{name} has {bands} bands; a label raster has one band of class codes, or three bands that "
                "give each class a colour.",
                "Extract the class band.",
                name=self.name,
                bands=self._source.bands,
            )
        band = self._source.dataset.GetRasterBand(1)
        self._names, self._colors = declared_names(band), declared_colors(band)
        catalogue.declare(self.name, {str(code): name for code, name in self._names.items()})
        self._catalogue, self._ids = catalogue, np.full(_CODES, IGNORE, np.uint8)

    def _locate(self, emit: Emit) -> None:
        self._aligned = is_aligned(self._source, self._grid, emit)
        self.extent = self._source.grid.bounds(self._source.grid.window)
        self.reach = (
            self.extent
            if self._aligned
            else self._grid.bounds_in(spatial_reference(self._source.grid.crs_wkt))
        )

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Do nothing: a raster is read where it is."""

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW`` of ``window``; IGNORE beyond the raster and where it has no data."""
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
                "{name} holds the value {value:g}; class codes are whole numbers.",
                "Reclassify it.",
                name=self.name,
                value=odd[0],
            )
        for extreme in (int(values.min()), int(values.max())):
            self._require_code(extreme)
        codes = values.astype(np.int32)
        self._add_codes(np.flatnonzero(np.bincount(codes)).tolist())
        return self._ids[codes]

    @property
    def is_plain(self) -> bool:
        """Whether the file's pixels are the grid's, and its codes can be looked up in a table."""
        return self._aligned and self._source.dtype in ("uint8", "uint16")

    def count(self) -> npt.NDArray[np.int64]:
        """The number of pixels of each id (256 entries; IGNORE: no data), for a raster that `is_plain`.

        This is faster than counting the results of `read`.
        """
        codes_px, grid = np.zeros(_CODES, np.int64), self._grid
        with self._source.reopen() as again, Prefetcher(again.read) as reader:
            for values_CHW, covered_HW in reader.map(cover(grid.width, grid.height, _WINDOW_PX)):
                values = values_CHW[0] if covered_HW.all() else values_CHW[0][covered_HW]
                found = histogram(values.ravel(), _CODES)
                codes_px[: len(found)] += found
        codes = np.flatnonzero(codes_px)
        self._require_code(int(codes.max(initial=0)))
        self._add_codes(codes.tolist())
        ids_px = np.bincount(self._ids, weights=codes_px, minlength=IGNORE + 1).astype(np.int64)
        ids_px[IGNORE] = grid.window.pixels - codes_px.sum()
        return ids_px

    def labels(self, classes: Sequence[LegendClass], translation: npt.NDArray[np.uint8]) -> CodedLabels:
        """The raster itself as labels, after `count`; ``translation`` has the class of each id."""
        return CodedLabels(self._source, classes, translation[self._ids], int(translation[IGNORE]))

    def _require_code(self, code: int) -> None:
        if not 0 <= code < _CODES - 1:
            self._catalogue.add(FoundClass(str(code), code), self.name)  # raises, naming the code

    def _add_codes(self, codes: list[int]) -> None:
        """Add codes that are new to the catalogue."""
        for code in codes:
            if self._ids[code] == IGNORE:
                found = FoundClass(self._names.get(code, str(code)), code, self._colors.get(code))
                self._ids[code] = self._catalogue.add(found, self.name)

    def close(self) -> None:
        """Close the file."""
        self._source.close()
