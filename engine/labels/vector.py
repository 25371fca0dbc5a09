"""Vector references: rasterizes features that have a class, as ids on windows of the grid."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.legend import IGNORE
from ..core.windows import Window
from ..protocol import Emit, Progress, message, warning
from ..raster import Grid
from ..raster.alignment import require_crs
from ..raster.gdal import (
    Dataset,
    created,
    gdal,
    ogr,
    open_dataset,
    spatial_reference,
    transformation,
    write_errors,
)
from ..raster.grid import Box
from ..raster.warp import window_dataset
from .class_catalogue import UNKNOWN, Catalogue, FoundClass
from .vector_layer import class_values, damaged, field_index, holds_points, open_layer, value_of

_FEATURES_PER_STEP = 5000
_WINDOW_SQL = """
    SELECT f.fid, f.id, f.geom FROM features f JOIN rtree_features_geom box ON f.fid = box.id
    WHERE box.maxx >= {} AND box.maxy >= {} AND box.minx <= {} AND box.miny <= {}
    ORDER BY f.id <> {}, f.fid {}
"""


class VectorReference:
    """A vector layer: `prepare` copies it to the grid's CRS with an index, `read` rasterizes windows."""

    def __init__(self, path: str, grid: Grid, field: str = "", by_name: bool = False) -> None:
        self.name, self._grid, self._field_name, self._by_name = path, grid, field, by_name
        self._source, self._layer = open_layer(path)
        self._prepared = Dataset(None)
        self.features, self.points, self.overlapping_px = Counter[int](), holds_points(self._layer), 0

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find the classes that the field holds, and the extent of the features."""
        self._field = field_index(self.name, self._layer, self._field_name)
        values, self._without_geometry = class_values(self.name, self._layer, self._field)
        self._crs = self._layer.GetSpatialRef()
        require_crs(self.name, has_crs=self._crs is not None, grid=self._grid)
        xmin, xmax, ymin, ymax = self._layer.GetExtent()
        self.extent = (xmin, ymin, xmax, ymax)
        self.reach = self._grid.bounds_in(self._crs)
        self._ids = self._collect(values, catalogue)

    def _collect(self, values: set[Any], catalogue: Catalogue) -> dict[int | str | None, int]:
        """The id of each value of the field; without a field, the layer is one class with its own name."""
        if self._field is None:
            return {None: catalogue.add(FoundClass(self._layer.GetName()), self.name)}
        founds = {
            v: FoundClass(str(v)) if isinstance(v, str) or self._by_name else FoundClass(str(v), v)
            for v in sorted(values)
        }
        ids: dict[int | str | None, int] = {v: catalogue.add(found, self.name) for v, found in founds.items()}
        return {**ids, None: UNKNOWN}

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Write the features near the grid to a file in ``folder``: geometries in the grid's CRS, and ids."""
        path = folder / f"features-{len(list(folder.iterdir()))}.gpkg"
        skipped = self._without_geometry
        with created("GPKG", path, 0, 0, 0, gdal().GDT_Unknown) as target:
            with write_errors(path):
                layer = target.CreateLayer(
                    "features", spatial_reference(self._grid.crs_wkt), ogr().wkbUnknown
                )
                layer.CreateField(ogr().FieldDefn("id", ogr().OFTInteger))
                target.StartTransaction()
            if self.reach:
                self._layer.SetSpatialFilterRect(*self.reach)
            total, done, features = self._layer.GetFeatureCount(), 0, self._features()
            while step := list(itertools.islice(features, _FEATURES_PER_STEP)):
                with write_errors(path):
                    written = [class_id for geometry, class_id in step if _write(layer, geometry, class_id)]
                self.features.update(written)
                skipped += len(step) - len(written)
                done += len(step)
                emit(Progress(done, max(done, total), "features"))
            with write_errors(path):
                target.CommitTransaction()
        if skipped:
            emit(
                warning(
                    "{name}: {n} feature(s) without a usable geometry were left out.",
                    name=self.name,
                    n=skipped,
                )
            )
        self._prepared = open_dataset(str(path), gdal().OF_VECTOR, message("a vector layer"))

    def _features(self) -> Iterator[tuple[Any, int]]:
        """Each feature's geometry in the grid's CRS (None where it has no place there) and id."""
        change = transformation(self._crs, spatial_reference(self._grid.crs_wkt))
        try:
            for feature in self._layer:
                geometry = feature.GetGeometryRef()
                if geometry is not None and not geometry.IsEmpty():
                    yield _transformed(geometry, change), self._ids[value_of(feature, self._field)]
        except RuntimeError as error:
            raise damaged(self.name, error) from None

    def prepared_extent(self) -> Box | None:
        """The extent of the features near the grid, in the grid's CRS, after `prepare`; None without any."""
        layer = self._prepared.GetLayer()
        if not layer.GetFeatureCount():
            return None
        xmin, xmax, ymin, ymax = layer.GetExtent()
        return xmin, ymin, xmax, ymax

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW`` of ``window``; IGNORE where no feature lies.

        Where features overlap, one with a class wins over one without, and a later one over an earlier one.
        """
        ids_HW = self._drawn(window, "ASC")
        if len(self.features) > 1 and (ids_HW != IGNORE).any():
            # Differs where the uppermost and the lowest feature are of two classes.
            other_HW = self._drawn(window, "DESC")
            known_HW = (ids_HW != UNKNOWN) & (other_HW != UNKNOWN)
            self.overlapping_px += int(((ids_HW != other_HW) & known_HW).sum())
        return ids_HW

    def _drawn(self, window: Window, order: str) -> npt.NDArray[np.uint8]:
        layer = self._prepared.ExecuteSQL(_WINDOW_SQL.format(*self._grid.bounds(window), UNKNOWN, order))
        try:
            if layer is None or layer.GetNextFeature() is None:
                return np.full((window.height, window.width), IGNORE, np.uint8)
            layer.ResetReading()
            crs = layer.GetSpatialRef()
            dataset = window_dataset(
                self._grid, window, gdal().GDT_Byte, crs.ExportToWkt() if crs else "", IGNORE
            )
            gdal().RasterizeLayer(dataset, [1], layer, options=["ATTRIBUTE=id"])
            return dataset.ReadAsArray()
        finally:
            self._prepared.ReleaseResultSet(layer)

    def close(self) -> None:
        """Close the files."""
        self._source.close()
        self._prepared.close()


def _transformed(geometry: Any, change: Any) -> Any:
    """A transformed copy of ``geometry``, in 2D and without curves; None outside the projection's domain."""
    copy = geometry.GetLinearGeometry()
    copy.FlattenTo2D()
    try:
        copy.Transform(change)
    except RuntimeError:
        return None
    return copy if np.isfinite(copy.GetEnvelope()).all() else None


def _write(layer: Any, geometry: Any, class_id: int) -> bool:
    if geometry is None:
        return False
    feature = ogr().Feature(layer.GetLayerDefn())
    feature.SetGeometryDirectly(geometry)
    feature.SetField(0, class_id)
    layer.CreateFeature(feature)
    return True
