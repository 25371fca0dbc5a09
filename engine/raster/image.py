"""Writing an image as a GeoTIFF, for the check of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy.typing as npt

from .gdal import Dataset, gdal, named_reference, write_errors
from .grid import Grid


def wkt_of(crs: str) -> str:
    """The WKT of a coordinate reference system, by its code, such as EPSG:4326; `RuntimeError` for others."""
    return str(named_reference(crs).ExportToWkt())


def begin_image(path: Path, grid: Grid, image_CHW: npt.NDArray[Any]) -> Dataset:
    """Write bytes to a new GeoTIFF; it is complete once the caller has closed the dataset."""
    bands, height, width = image_CHW.shape
    with write_errors(path):
        dataset = Dataset(
            gdal().GetDriverByName("GTiff").Create(str(path), width, height, bands, gdal().GDT_Byte)
        )
        dataset.SetGeoTransform(grid.transform)
        dataset.SetProjection(grid.crs_wkt)
        dataset.WriteArray(image_CHW)
    return dataset
