"""An image written as a GeoTIFF: what the engine's check works on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy.typing as npt

from .gdal import Dataset, gdal, named_reference, write_errors
from .grid import Grid


def wkt_of(crs: str) -> str:
    """A coordinate reference system as text, by its code, such as EPSG:4326. `RuntimeError` if PROJ does not
    know it.
    """
    return str(named_reference(crs).ExportToWkt())


def begin_image(path: Path, grid: Grid, image_CHW: npt.NDArray[Any]) -> Dataset:
    """Write bytes to a new GeoTIFF. It is whole once the dataset is closed, which is left to the caller."""
    bands, height, width = image_CHW.shape
    with write_errors(path):
        dataset = Dataset(
            gdal().GetDriverByName("GTiff").Create(str(path), width, height, bands, gdal().GDT_Byte)
        )
        dataset.SetGeoTransform(grid.transform)
        dataset.SetProjection(grid.crs_wkt)
        dataset.WriteArray(image_CHW)
    return dataset
