"""Polygons of a class map: each patch of one class with its area and mean confidence.

Areas and confidences are summed along the outlines (`rings`), so the maps are read once, window by window.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.legend import LegendClass
from ..core.windows import cover
from ..files.atomic import atomic_write, temporary_folder
from ..files.qgis_metadata import Provenance, metadata
from ..files.qgis_style import polygon_qml, xml_text
from ..protocol import Emit, EngineError, Progress, remove_file
from .gdal import created, followed, gdal, ogr, spatial_reference, write_errors
from .geopackage import put_style
from .grid import Grid
from .pixel_area import row_areas_m2
from .rings import rings_of, sum_of_rows, sum_within
from .source import RasterFile

_WINDOW_PX = 2048
_FEATURES_PER_STEP = 5000
_LARGEST_SIEVE_PX = 2**31 - 1
_ROUNDING = 1e-6
_FIELDS = (("value", "OFTInteger"), ("class", "OFTString"), ("area_m2", "OFTReal"), ("confidence", "OFTReal"))
_MEANING = (
    "Patches of one class each, with its code and name, "
    "their area in square metres and mean confidence in per cent"
)
_QGIS_STANDARD = "http://mrcc.com/qgis.dtd"
"""The standard that QGIS names for its own metadata in a GeoPackage."""


@dataclass(frozen=True)
class Patch:
    """Neighbouring pixels of one class; ``wkb`` is the outline, ``confidence`` a mean in per cent."""

    wkb: bytes
    value: int
    area_m2: float | None
    confidence: float


def write_polygons(
    path: str,
    class_map: str,
    confidence: str,
    classes: Sequence[LegendClass],
    minimum_area_m2: float,
    emit: Emit,
    provenance: Provenance | None = None,
) -> int:
    """Write the patches of ``class_map`` (pixels joined by sides) to a GeoPackage; returns their number.

    Fields: value, class, area_m2 (null without a CRS) and confidence,
    the mean of the map ``confidence`` in per
    cent. The file also has a QGIS style with the colours of the classes,
    and ``provenance`` as layer metadata.
    Patches below ``minimum_area_m2`` join their largest neighbour; where all neighbours are as small,
    they are
    left out. Raises `EngineError` for a minimum area without a CRS, and for a full disk. Memory: the largest
    outline, 8 bytes per patch, and GDAL's own (with a minimum area, some 20 bytes per patch).
    """
    with RasterFile.open(class_map) as source, RasterFile.open(confidence) as sure:
        require_areas(class_map, source.grid, minimum_area_m2)
        areas_m2 = row_areas_m2(source.grid)
        fewest_px = 0 if areas_m2 is None else math.ceil(minimum_area_m2 / areas_m2.max() - _ROUNDING)
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(temporary_folder())
            dataset = source.dataset
            if fewest_px > 1:
                dataset = stack.enter_context(_sieved(source, fewest_px, folder / "sieved.tif", emit))
            outlines = stack.enter_context(
                created("GPKG", folder / "outlines.gpkg", 0, 0, 0, gdal().GDT_Unknown)
            )
            layer = _outline(dataset.GetRasterBand(1), outlines, source.grid, emit)
            sums = _confidence_sums(layer, sure, emit)
            patches = _patches(layer, source.grid, areas_m2, sums)
            large = (
                patch
                for patch in patches
                if patch.area_m2 is None or patch.area_m2 >= minimum_area_m2 - _ROUNDING
            )
            return _write(path, source.grid, large, classes, emit, provenance)


def require_areas(name: str, grid: Grid, minimum_area_m2: float) -> None:
    """Raise `EngineError` for a minimum area if the size of pixels is unknown because there is no CRS."""
    if minimum_area_m2 and not grid.crs_wkt:
        raise EngineError(
            "no_crs",
            "The minimum area is {area:g} m², but {name} has no CRS, so areas are unknown.",
            "Assign the raster's CRS, or set the minimum area to 0.",
            area=minimum_area_m2,
            name=name,
        )


@contextlib.contextmanager
def _sieved(source: RasterFile, fewest_px: int, path: Path, emit: Emit) -> Iterator[Any]:
    """The map at ``path``, in which patches of fewer pixels have joined their largest neighbours."""
    band, grid = source.dataset.GetRasterBand(1), source.grid
    with created(
        "GTiff", path, grid.width, grid.height, 1, band.DataType, ["TILED=YES", "COMPRESS=DEFLATE"]
    ) as sieved:
        sieved.SetGeoTransform(grid.transform)
        if band.GetNoDataValue() is not None:
            sieved.GetRasterBand(1).SetNoDataValue(band.GetNoDataValue())
        with write_errors(path), followed("% of the small patches merged", emit) as callback:
            fewest_px = min(fewest_px, _LARGEST_SIEVE_PX)
            gdal().SieveFilter(
                band, band.GetMaskBand(), sieved.GetRasterBand(1), fewest_px, 4, callback=callback
            )
            sieved.FlushCache()
        yield sieved


def _outline(band: Any, outlines: Any, grid: Grid, emit: Emit) -> Any:
    """A layer of all patches, each with its class value, in ``outlines``."""
    with write_errors(outlines.GetDescription()), followed("% of the outlines drawn", emit) as callback:
        crs = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
        layer = outlines.CreateLayer("outlines", crs, ogr().wkbPolygon)
        layer.CreateField(ogr().FieldDefn("value", ogr().OFTInteger))
        outlines.StartTransaction()
        gdal().Polygonize(band, band.GetMaskBand(), layer, 0, [], callback=callback)
        outlines.CommitTransaction()
    return layer


def _confidence_sums(layer: Any, sure: RasterFile, emit: Emit) -> NDArray[np.int64]:
    """The sum of each patch's confidences in per cent, by feature id."""
    sums = np.zeros(layer.GetFeatureCount() + 1, np.int64)
    grid = sure.grid
    for done, window in enumerate(cover(grid.width, grid.height, _WINDOW_PX)):
        emit(Progress(done * _WINDOW_PX**2, grid.window.pixels, "px"))
        image_CHW, _ = sure.read(window)
        above_HW = np.zeros((window.height + 1, window.width + 1), np.int64)
        above_HW[1:, 1:] = image_CHW[0].astype(np.int64).cumsum(0).cumsum(1)
        layer.SetSpatialFilterRect(*grid.bounds(window))
        for feature in layer:
            rings = rings_of(feature.GetGeometryRef().ExportToWkb(ogr().wkbNDR), grid)
            sums[feature.GetFID()] += sum_within(rings, above_HW, window.x, window.y)
    layer.SetSpatialFilter(None)
    return sums


def _patches(
    layer: Any, grid: Grid, areas_m2: NDArray[np.float64] | None, sums: NDArray[np.int64]
) -> Iterator[Patch]:
    """The features of ``layer`` with their areas and mean confidences."""
    rows = np.arange(grid.height + 1)
    ground_m2 = None if areas_m2 is None else np.append(0.0, areas_m2.cumsum())
    layer.ResetReading()
    for feature in layer:
        wkb = bytes(feature.GetGeometryRef().ExportToWkb(ogr().wkbNDR))
        rings = rings_of(wkb, grid)
        area_m2 = None if ground_m2 is None else sum_of_rows(rings, ground_m2)
        yield Patch(wkb, feature.GetField(0), area_m2, sums[feature.GetFID()] / sum_of_rows(rings, rows))


def _write(
    path: str,
    grid: Grid,
    patches: Iterable[Patch],
    classes: Sequence[LegendClass],
    emit: Emit,
    provenance: Provenance | None,
) -> int:
    """Write ``path`` whole or not at all; returns the number of patches."""
    count, names = 0, {c.value: c.name for c in classes}
    with atomic_write(path) as partial:
        remove_file(partial)
        with created("GPKG", partial, 0, 0, 0, gdal().GDT_Unknown) as dataset:
            with write_errors(path):
                crs = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
                layer = dataset.CreateLayer(Path(path).stem, crs, ogr().wkbPolygon)
                for name, kind in _FIELDS:
                    layer.CreateField(ogr().FieldDefn(name, getattr(ogr(), kind)))
            while step := list(itertools.islice(patches, _FEATURES_PER_STEP)):
                with write_errors(path):
                    dataset.StartTransaction()
                    for patch in step:
                        layer.CreateFeature(_feature(layer, patch, names))
                    dataset.CommitTransaction()
                count += len(step)
                emit(Progress(count, count, "polygons"))
            with write_errors(path):
                put_style(dataset, layer, polygon_qml("value", classes))
                if provenance:
                    place = grid.crs_wkt, grid.bounds(grid.window)
                    _put_metadata(dataset, layer, xml_text(metadata(provenance, path, _MEANING, *place)))
    return count


def _put_metadata(dataset: Any, layer: Any, xml: str) -> None:
    """Put a layer's metadata where QGIS looks for it: into the tables of GeoPackage's metadata extension."""
    layer.SetMetadataItem("LANGUAGE", "en")  # GDAL makes the tables for metadata of its own
    dataset.FlushCache()
    name, text = (words.replace("'", "''") for words in (layer.GetName(), xml))
    for table, columns, values in (
        ("gpkg_metadata", "md_standard_uri, metadata", f"'{_QGIS_STANDARD}', '{text}'"),
        (
            "gpkg_metadata_reference",
            "reference_scope, table_name, md_file_id",
            f"'table', '{name}', last_insert_rowid()",
        ),
    ):
        # Quotes are doubled.
        dataset.ExecuteSQL(f"INSERT INTO {table} ({columns}) VALUES ({values})")  # noqa: S608 # nosec B608


def _feature(layer: Any, patch: Patch, names: dict[int, str]) -> Any:
    feature = ogr().Feature(layer.GetLayerDefn())
    feature.SetGeometryDirectly(ogr().CreateGeometryFromWkb(patch.wkb))
    values = (patch.value, names.get(patch.value, str(patch.value)), patch.area_m2, patch.confidence)
    for (name, _), value in zip(_FIELDS, values):
        if value is not None:
            feature.SetField(name, value)
    return feature
