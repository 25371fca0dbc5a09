"""Polygons of a class map: each patch of one class with its area and mean confidence.

A patch's sums over pixels are taken along its outline (Green's theorem): with ``S[y, x]`` the sum of all
pixels above and to the left, each vertical side from row a to row b in column x adds ``S[b, x] - S[a, x]``.
So the maps pass by once, window by window, and no patch is ever drawn again.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import struct
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
from .source import RasterFile

_WINDOW_PX = 2048
_FEATURES_PER_STEP = 5000
_LARGEST_SIEVE_PX = 2**31 - 1
_ROUNDING = 1e-6
_FIELDS = (("value", "OFTInteger"), ("class", "OFTString"), ("area_m2", "OFTReal"), ("confidence", "OFTReal"))
_MEANING = "Patches of one class each, with its code and name, their area in square metres and mean confidence in per cent"
_QGIS_STANDARD = "http://mrcc.com/qgis.dtd"
"""By what QGIS knows, in a GeoPackage, the metadata that are its own."""
Rings = list[NDArray[np.float64]]
"""A patch's outlines in pixels, ``xy_N2`` each; closed, and the outer one first."""


@dataclass(frozen=True)
class Patch:
    """Neighbouring pixels of one class value. Its outline is in OGR's binary form."""

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
    """Write the patches of ``class_map`` (pixels joined by their sides) to a GeoPackage, and return how many
    they are.

    Fields: value, class, area_m2 (empty without a CRS) and confidence, the mean of the map ``confidence`` in per cent.
    The file holds a QGIS style as well, with the colours of the classes, and the ``provenance`` as a layer's metadata.
    Patches below ``minimum_area_m2`` join their largest neighbour; those whose neighbours are all as small are left out.
    Raises `EngineError` where an area is asked for and the map has no CRS, and for a full disk. Memory: the largest patch's
    outline, 8 bytes per patch, and what GDAL needs to follow patches (with a minimum area, some 20 bytes for each).
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
    """Raise `EngineError` where polygons of ``name`` are to have a least area, but nobody knows how large a
    pixel is.
    """
    if minimum_area_m2 and not grid.crs_wkt:
        message = f"A minimum area of {minimum_area_m2:g} m² is asked for, but {name} has no CRS."
        raise EngineError("no_crs", message, "Assign the raster's CRS, or set the minimum area to 0.")


@contextlib.contextmanager
def _sieved(source: RasterFile, fewest_px: int, path: Path, emit: Emit) -> Iterator[Any]:
    """The map at ``path``, with patches of fewer pixels given to their largest neighbours."""
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
    """Per cent of each patch's pixels, added up; by feature id. Memory: one window's, and 8 bytes per
    patch.
    """
    sums = np.zeros(layer.GetFeatureCount() + 1, np.int64)
    grid = sure.grid
    for done, window in enumerate(cover(grid.width, grid.height, _WINDOW_PX)):
        emit(Progress(done * _WINDOW_PX**2, grid.window.pixels, "px"))
        image_CHW, _ = sure.read(window)
        above_HW = np.zeros((window.height + 1, window.width + 1), np.int64)
        above_HW[1:, 1:] = image_CHW[0].astype(np.int64).cumsum(0).cumsum(1)
        layer.SetSpatialFilterRect(*grid.bounds(window))
        for feature in layer:
            rings = _rings(feature.GetGeometryRef().ExportToWkb(ogr().wkbNDR), grid)
            sums[feature.GetFID()] += _inside(rings, above_HW, window.x, window.y)
    layer.SetSpatialFilter(None)
    return sums


def _inside(rings: Rings, above_HW: NDArray[Any], left: int, top: int) -> Any:
    """The sum of a window's pixels within ``rings``, from ``above_HW``: the sums above and to the left of
    each corner.
    """
    total = 0
    for number, ring in enumerate(rings):
        x = np.clip(ring[:, 0] - left, 0, above_HW.shape[1] - 1).astype(np.intp)
        y = np.clip(ring[:, 1] - top, 0, above_HW.shape[0] - 1).astype(np.intp)
        ringed = abs((above_HW[y[1:], x[:-1]] - above_HW[y[:-1], x[:-1]]).sum())
        total += -ringed if number else ringed
    return total


def _patches(
    layer: Any, grid: Grid, areas_m2: NDArray[np.float64] | None, sums: NDArray[np.int64]
) -> Iterator[Patch]:
    """The features of ``layer``, measured."""
    rows = np.arange(grid.height + 1)
    ground_m2 = None if areas_m2 is None else np.append(0.0, areas_m2.cumsum())
    layer.ResetReading()
    for feature in layer:
        wkb = bytes(feature.GetGeometryRef().ExportToWkb(ogr().wkbNDR))
        rings = _rings(wkb, grid)
        area_m2 = None if ground_m2 is None else _between(rings, ground_m2)
        yield Patch(wkb, feature.GetField(0), area_m2, sums[feature.GetFID()] / _between(rings, rows))


def _between(rings: Rings, above_H: NDArray[Any]) -> float:
    """As `_inside`, where all pixels of a row count the same: ``above_H`` is the sum of the rows above each
    corner.
    """
    ringed = [
        abs(float((ring[:-1, 0] * np.diff(above_H[ring[:, 1].astype(np.intp)])).sum())) for ring in rings
    ]
    return ringed[0] - sum(ringed[1:])


def _rings(wkb: bytes, grid: Grid) -> Rings:
    """The outlines of a polygon: byte order, type and number of rings, then each ring's number of points and
    the points.
    """
    rings: Rings = []
    at = 9
    for _ in range(int.from_bytes(wkb[5:9], "little")):
        (points,) = struct.unpack_from("<I", wkb, at)
        places_N2: Any = np.frombuffer(wkb, "<f8", 2 * points, at + 4).reshape(points, 2)
        columns_N, rows_N = grid.to_pixels(places_N2[:, 0], places_N2[:, 1])
        rings.append(np.stack((columns_N, rows_N), 1).round())
        at += 4 + 16 * points
    return rings


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
    """Put a layer's metadata where QGIS looks for it in a GeoPackage: into the tables of the standard's
    extension.
    """
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
        dataset.ExecuteSQL(f"INSERT INTO {table} ({columns}) VALUES ({values})")  # noqa: S608 # nosec B608 (quotes are doubled)


def _feature(layer: Any, patch: Patch, names: dict[int, str]) -> Any:
    feature = ogr().Feature(layer.GetLayerDefn())
    feature.SetGeometryDirectly(ogr().CreateGeometryFromWkb(patch.wkb))
    values = (patch.value, names.get(patch.value, str(patch.value)), patch.area_m2, patch.confidence)
    for (name, _), value in zip(_FIELDS, values):
        if value is not None:
            feature.SetField(name, value)
    return feature
