"""Vector references: features that carry a class, as ids on windows of the grid."""

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
from ..protocol import Emit, Log, Progress
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
from .class_catalogue import UNKNOWN, Catalogue, Found
from .vector_layer import damaged, field_index, holds_points, open_layer, stated_values, value_of

_FEATURES_PER_STEP = 5000
_WINDOW_SQL = """
    SELECT f.fid, f.id, f.geom FROM features f JOIN rtree_features_geom box ON f.fid = box.id
    WHERE box.maxx >= {} AND box.maxy >= {} AND box.minx <= {} AND box.miny <= {} ORDER BY f.id <> {}, f.fid {}
"""


class VectorReference:
    """One layer. `prepare` brings it to the grid's CRS once, with a spatial index; `read` burns windows."""

    def __init__(self, path: str, grid: Grid, field: str = "", by_name: bool = False) -> None:
        self.name, self._grid, self._field_name, self._by_name = path, grid, field, by_name
        self._source, self._layer = open_layer(path)
        self._prepared = Dataset(None)
        self.features, self.points, self.overlapping_px = Counter[int](), holds_points(self._layer), 0

    def examine(self, catalogue: Catalogue, emit: Emit) -> None:
        """Find what the field holds and where the features lie."""
        self._field = field_index(self.name, self._layer, self._field_name)
        values, self._nowhere = stated_values(self.name, self._layer, self._field)
        self._crs = self._layer.GetSpatialRef()
        require_crs(self.name, has_crs=self._crs is not None, grid=self._grid)
        xmin, xmax, ymin, ymax = self._layer.GetExtent()
        self.extent = (xmin, ymin, xmax, ymax)
        self.reach = self._grid.bounds_in(self._crs)
        self._ids = self._collect(values, catalogue)

    def _collect(self, values: set[Any], catalogue: Catalogue) -> dict[int | str | None, int]:
        """The id of each value of the field; without a field all features are of one class, named as the
        layer.
        """
        if self._field is None:
            return {None: catalogue.add(Found(self._layer.GetName()), self.name)}
        founds = {
            v: Found(str(v)) if isinstance(v, str) or self._by_name else Found(str(v), v)
            for v in sorted(values)
        }
        ids: dict[int | str | None, int] = {v: catalogue.add(found, self.name) for v, found in founds.items()}
        return {**ids, None: UNKNOWN}

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Write the features near the grid to a file in ``folder``: geometry in the grid's CRS, and id."""
        path = folder / f"features-{len(list(folder.iterdir()))}.gpkg"
        skipped = self._nowhere
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
                Log(
                    f"{self.name}: {skipped} feature(s) without a usable geometry were left out.",
                    warning=True,
                )
            )
        self._prepared = open_dataset(str(path), gdal().OF_VECTOR, "a vector layer")

    def _features(self) -> Iterator[tuple[Any, int]]:
        """Geometry in the grid's CRS (None where it cannot be brought there) and id."""
        change = transformation(self._crs, spatial_reference(self._grid.crs_wkt))
        try:
            for feature in self._layer:
                geometry = feature.GetGeometryRef()
                if geometry is not None and not geometry.IsEmpty():
                    yield _brought(geometry, change), self._ids[value_of(feature, self._field)]
        except RuntimeError as error:
            raise damaged(self.name, error) from None

    def prepared_extent(self) -> Box | None:
        """What the features near the grid cover, in the grid's CRS; None where there are none. After
        `prepare`.
        """
        layer = self._prepared.GetLayer()
        if not layer.GetFeatureCount():
            return None
        xmin, xmax, ymin, ymax = layer.GetExtent()
        return xmin, ymin, xmax, ymax

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``: where features overlap, the later one and the one with a class wins; IGNORE where none
        lies.
        """
        ids_HW = self._drawn(window, "ASC")
        if len(self.features) > 1 and (ids_HW != IGNORE).any():
            other_HW = self._drawn(
                window, "DESC"
            )  # differs where the feature on top and the lowest one are of two classes
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
        """Let go of the files."""
        self._source.close()
        self._prepared.close()


def _brought(geometry: Any, change: Any) -> Any:
    """A flat copy without curves, transformed; None beyond the reach of the projection."""
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
