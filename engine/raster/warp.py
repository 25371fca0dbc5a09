"""A raster of another grid or CRS, seen through windows of ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..protocol import EngineError
from ..windows import Window
from .grid import Grid
from .library import gdal
from .source import RasterFile

_ERROR_PX = 0.05
"""How far PROJ's positions may be interpolated; for labels a twentieth of a pixel is nothing."""


def window_dataset(grid: Grid, window: Window, kind: int, crs_wkt: str, fill: float) -> Any:
    """An in-memory raster of one band of ``kind``, full of ``fill``, on the part of ``grid`` in ``window``."""
    dataset = gdal().GetDriverByName("MEM").Create("", window.width, window.height, 1, kind)
    dataset.SetGeoTransform(grid.window_transform(window))
    dataset.SetProjection(crs_wkt)
    dataset.GetRasterBand(1).Fill(fill)
    return dataset


def nearest_on(grid: Grid, window: Window, source: RasterFile) -> npt.NDArray[np.float64]:
    """``values_HW`` of the nearest pixels of ``source``'s only band; NaN beyond it and where it has no data."""
    dataset = window_dataset(grid, window, gdal().GDT_Float64, grid.crs_wkt, np.nan)
    try:
        # Overviews may hold means of codes, which are other codes: only the pixels themselves count.
        gdal().Warp(dataset, source.dataset, resampleAlg="near", errorThreshold=_ERROR_PX, overviewLevel="NONE")
    except RuntimeError as error:
        raise EngineError(
            "unreadable",
            f"{source.name} cannot be brought to the image's grid: {error}.",
            "The file may be damaged: copy or make it again. Else warp it to the image's CRS first.",
        ) from None
    return dataset.ReadAsArray()
