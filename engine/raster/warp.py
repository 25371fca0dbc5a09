"""Rasters on another grid or in another CRS, warped to windows of the image's grid."""

from __future__ import annotations

import functools
import itertools
import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.windows import Window
from ..protocol import EngineError
from .gdal import gdal, spatial_reference, transformation
from .grid import Grid, share_area
from .source import RasterFile, Source

_ERROR_PX = 0.05
"""Largest error in pixels of positions interpolated between PROJ's; for labels a twentieth of a pixel is
nothing.
"""
_VALUE_ERROR_PX = 0.01
"""The largest error for measured values, which change between pixels."""
_CELL_PX = 256
_CELLS_BYTES, _CELLS_BYTES_OF_ANOTHER = 64 * 2**20, 8 * 2**20
"""Cells are kept as the next window may need them too; further readers have few neighbouring windows."""
_LARGEST_CELL = 2**24
"""Largest number of pixels of the warped raster for one cell."""


def window_dataset(grid: Grid, window: Window, kind: int, crs_wkt: str, fill: float, bands: int = 1) -> Any:
    """A raster in memory on ``window`` of ``grid``, its ``bands`` of GDAL's ``kind`` full of ``fill``."""
    dataset = gdal().GetDriverByName("MEM").Create("", window.width, window.height, bands, kind)
    dataset.SetGeoTransform(grid.window_transform(window))
    dataset.SetProjection(crs_wkt)
    for number in range(1, bands + 1):
        dataset.GetRasterBand(number).Fill(fill)
    return dataset


def nearest_on(grid: Grid, window: Window, source: RasterFile) -> npt.NDArray[np.float64]:
    """``values_CHW`` of the nearest pixels of ``source``; NaN beyond it and where it has no data."""
    dataset = window_dataset(grid, window, gdal().GDT_Float64, grid.crs_wkt, np.nan, source.bands)
    _warp(source.dataset.handle, dataset, source.name, resampleAlg="near", errorThreshold=_ERROR_PX)
    values: npt.NDArray[np.float64] = dataset.ReadAsArray()
    return values.reshape(source.bands, window.height, window.width)


def _warp(source: Any, target: Any, name: str, **options: Any) -> None:
    try:
        # Overviews may hold other values (means of codes, or nearest pixels): only the pixels themselves
        # count.
        gdal().Warp(target, source, overviewLevel="NONE", **options)
    except RuntimeError as error:
        raise EngineError(
            "unreadable",
            "{name} cannot be warped to the image's grid: {error}.",
            "The file may be damaged: copy or make it again. If it is not, reproject it to the image's CRS "
            "first.",
            name=name,
            error=error,
        ) from None


class Warped(Source):
    """A raster of measured values on another grid or in another CRS, as a source on ``grid``.

    Values are bilinear between its pixels, and means over the grid's pixels where its own are finer. They are
    computed when asked for, by cells with a fixed place on the grid and each as a whole: no value depends on
    the window read.
    """

    def __init__(self, file: RasterFile, grid: Grid, cells_bytes: int = _CELLS_BYTES) -> None:
        self._file, self.grid = file, grid
        self.name, self.bands, self.band_names, self.alpha_bands = (
            file.name,
            file.bands,
            file.band_names,
            file.alpha_bands,
        )
        self.dtype = np.result_type(file.dtype, np.float32).name
        self._dataset = _alpha_last(file)
        self._options, finer_px = _resampling(file.grid, grid)
        self._cell_px = max(1, min(_CELL_PX, int((_LARGEST_CELL / finer_px) ** 0.5)))
        cell_bytes = self._cell_px**2 * self.bands * np.dtype(self.dtype).itemsize
        self._cell = functools.lru_cache(max(1, cells_bytes // cell_bytes))(self._warp_cell)

    def _read_inside(self, window: Window) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        image_CHW = np.empty((self.bands, window.height, window.width), self.dtype)
        side = self._cell_px
        columns, rows = (
            range(window.x // side, -(-window.right // side)),
            range(window.y // side, -(-window.bottom // side)),
        )
        for cell in (
            Window(column * side, row * side, side, side) for row, column in itertools.product(rows, columns)
        ):
            shared = cell.intersect(window)
            image_CHW[(..., *shared.within(window))] = self._cell(cell)[(..., *shared.within(cell))]
        valid_HW = np.isfinite(image_CHW).all(axis=0)
        image_CHW[:, ~valid_HW] = 0
        return image_CHW, valid_HW

    def _warp_cell(self, cell: Window) -> npt.NDArray[Any]:
        """``image_CHW`` of a cell, which may reach beyond the grid; NaN where there is no data."""
        kind = gdal().GDT_Float32 if self.dtype == "float32" else gdal().GDT_Float64
        target = window_dataset(self.grid, cell, kind, self.grid.crs_wkt, np.nan, self.bands)
        _warp(
            self._dataset,
            target,
            self.name,
            errorThreshold=_VALUE_ERROR_PX,
            dstNodata=np.nan,
            **self._options,
        )
        return target.ReadAsArray().reshape(self.bands, cell.height, cell.width)

    def is_empty(self, window: Window) -> bool:
        """True for a window that lies beyond the raster."""
        reach = self.grid.bounds_in(spatial_reference(self._file.grid.crs_wkt), window)
        return reach is not None and not share_area(reach, self._file.grid.bounds(self._file.grid.window))

    @property
    def files(self) -> tuple[str, ...]:
        return self._file.files

    def reopen(self) -> Warped:
        """The same raster on the same grid, on a file that is opened once more."""
        return Warped(self._file.reopen(), self.grid, _CELLS_BYTES_OF_ANOTHER)

    def close(self) -> None:
        """Close the file. Nothing can be read any more."""
        self._cell.cache_clear()
        self._dataset = None
        self._file.close()


def _alpha_last(file: RasterFile) -> Any:
    """The file's dataset with its alpha band, if any, at the end: only there GDAL's warper respects it."""
    if not file.alpha_bands:
        return file.dataset.handle
    return gdal().Translate(
        "", file.dataset.handle, format="VRT", bandList=[*file.band_numbers, file.alpha_bands[0]]
    )


def _resampling(source: Grid, grid: Grid) -> tuple[dict[str, Any], float]:
    """GDAL's options for warping ``source`` to ``grid``, and how many of its pixels (1 or more) cover one.

    Measured at the centre and kept for all cells, so that they fit. Where the grids are turned against each
    other, GDAL does not average over the pixel itself: there its bilinear kernel, as wide as the grid's
    pixels, has to do.
    """
    change = transformation(spatial_reference(grid.crs_wkt), spatial_reference(source.crs_wkt))
    column, row = grid.width / 2, grid.height / 2
    places = [
        change.TransformPoint(*grid.to_map(column + right, row + down))[:2]
        for right, down in ((0, 0), (1, 0), (0, 1))
    ]
    origin, right, down = np.array([source.to_pixels(*place) for place in places])
    (right_x, right_y), (down_x, down_y) = right - origin, down - origin
    pixels = abs(right_x * down_y - right_y * down_x)
    averaged = abs((right_x + down_x) * (right_y + down_y))
    widths = {"XSCALE": math.hypot(right_x, down_x), "YSCALE": math.hypot(right_y, down_y)}
    options = [
        "UNIFIED_SRC_NODATA=NO",
        *(f"{name}={1 / max(1.0, width):.9g}" for name, width in widths.items()),
    ]
    average = pixels > 1 and 0.75 < averaged / pixels < 1.33
    return {"resampleAlg": "average" if average else "bilinear", "warpOptions": options}, max(
        1.0, float(pixels)
    )
