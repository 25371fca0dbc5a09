"""Vector references: features that carry a class, as ids on windows of the grid."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..legend import IGNORE, MOST_CLASSES
from ..protocol import EngineError, Log, Progress
from ..raster import Grid
from ..raster.library import gdal, ogr, open_dataset, spatial_reference, transformation, write_errors
from ..raster.warp import window_dataset
from ..windows import Window
from .catalogue import UNKNOWN, Catalogue, Found, too_many
from .reference import Box, Emit, require_crs

_FEATURES_PER_STEP = 5000
_WINDOW_SQL = """
    SELECT f.fid, f.id, f.geom FROM features f JOIN rtree_features_geom box ON f.fid = box.id
    WHERE box.maxx >= {} AND box.maxy >= {} AND box.minx <= {} AND box.miny <= {} ORDER BY f.id <> {}, f.fid
"""


class VectorReference:
    """One layer. `prepare` brings it to the grid's CRS once, with a spatial index; `read` burns windows."""

    def __init__(self, path: str, grid: Grid, field: str, catalogue: Catalogue) -> None:
        self.name, self._grid = path, grid
        self._source, self._layer = _open_layer(path)
        self.extent = _extent(path, self._layer)
        self._crs = self._layer.GetSpatialRef()
        require_crs(path, has_crs=self._crs is not None, grid=grid)
        self.reach = grid.bounds_in(self._crs)
        self._field = _field_index(path, self._layer, field)
        self._ids = self._collect(catalogue)
        self._prepared: Any = None

    def _collect(self, catalogue: Catalogue) -> dict[int | str | None, int]:
        """The id of each value of the field; without a field all features are of one class, named as the layer."""
        if self._field is None:
            return {None: catalogue.add(Found(self._layer.GetName()), self.name)}
        definition = self._layer.GetLayerDefn().GetFieldDefn(self._field)
        values = _distinct(self._layer, self._field, f"The field {definition.GetName()} of {self.name}")
        if not values:
            raise EngineError(
                "no_labels", f"The field {definition.GetName()} of {self.name} is empty everywhere.", "Choose another field."
            )
        founds = {v: Found(v) if isinstance(v, str) else Found(str(v), v) for v in sorted(values)}
        ids: dict[int | str | None, int] = {v: catalogue.add(found, self.name) for v, found in founds.items()}
        return {**ids, None: UNKNOWN}

    def prepare(self, folder: Path, emit: Emit) -> None:
        """Write the features near the grid to a file in ``folder``: geometry in the grid's CRS, and id."""
        path = folder / f"features-{len(list(folder.iterdir()))}.gpkg"
        with write_errors(path):
            target = gdal().GetDriverByName("GPKG").Create(str(path), 0, 0, 0, 0)
            layer = target.CreateLayer("features", spatial_reference(self._grid.crs_wkt), ogr().wkbUnknown)
            layer.CreateField(ogr().FieldDefn("id", ogr().OFTInteger))
            target.StartTransaction()
        if self.reach:
            self._layer.SetSpatialFilterRect(*self.reach)
        total, done, skipped = self._layer.GetFeatureCount(), 0, 0
        features = self._features()
        while step := list(itertools.islice(features, _FEATURES_PER_STEP)):
            with write_errors(path):
                skipped += sum(not _write(layer, geometry, class_id) for geometry, class_id in step)
            done += len(step)
            emit(Progress(done, max(done, total), "features"))
        with write_errors(path):
            target.CommitTransaction()
            layer = target = None
        if skipped:
            emit(Log(f"{self.name}: {skipped} feature(s) without a usable geometry were left out.", warning=True))
        self._prepared = gdal().OpenEx(str(path), gdal().OF_VECTOR)

    def _features(self) -> Iterator[tuple[Any, int]]:
        """Geometry in the grid's CRS (None where there is none that could be brought there) and id."""
        change = transformation(self._crs, spatial_reference(self._grid.crs_wkt))
        try:
            for feature in self._layer:
                value = None if self._field is None else _value(feature, self._field)
                yield _usable(feature.GetGeometryRef(), change), self._ids[value]
        except RuntimeError as error:
            raise _damaged(self.name, error) from None

    def read(self, window: Window) -> npt.NDArray[np.uint8]:
        """``ids_HW``: where features overlap, the later one and the one with a class wins; IGNORE where none lies."""
        sql = _WINDOW_SQL.format(*self._grid.bounds(window), UNKNOWN)
        layer = self._prepared.ExecuteSQL(sql)
        try:
            if layer is None or layer.GetNextFeature() is None:
                return np.full((window.height, window.width), IGNORE, np.uint8)
            layer.ResetReading()
            crs = layer.GetSpatialRef()
            dataset = window_dataset(self._grid, window, gdal().GDT_Byte, crs.ExportToWkt() if crs else "", IGNORE)
            gdal().RasterizeLayer(dataset, [1], layer, options=["ATTRIBUTE=id"])
            return dataset.ReadAsArray()
        finally:
            self._prepared.ReleaseResultSet(layer)

    def close(self) -> None:
        """Let go of the files."""
        self._source = self._layer = self._prepared = None


def _open_layer(path: str) -> tuple[Any, Any]:
    """The dataset and layer of ``file``, ``file|layername=name`` or ``file|layerid=number``."""
    file, _, options = path.partition("|")
    dataset = open_dataset(file, gdal().OF_VECTOR, "a vector layer")
    names = [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    key, _, wanted = options.partition("=")
    if key not in ("", "layername", "layerid"):
        raise EngineError("bad_layer", f"{path} asks for {options!r}, which is not understood.", "Export the layer to a file.")
    if key == "layerid" and wanted.isdigit() and int(wanted) < len(names):
        return dataset, dataset.GetLayer(int(wanted))
    if key and wanted not in names:
        raise EngineError("no_layer", f"{file} has no layer {wanted!r}.", f"Its layers: {', '.join(names) or 'none'}.")
    return dataset, dataset.GetLayer(names.index(wanted) if key else 0)


def _extent(path: str, layer: Any) -> Box:
    if layer.GetFeatureCount() == 0:
        raise EngineError("no_labels", f"{path} has no features.", "Choose a layer with labelled features.")
    try:
        xmin, xmax, ymin, ymax = layer.GetExtent()
    except RuntimeError:
        raise EngineError("no_labels", f"No feature of {path} has a geometry.", "Choose a layer with geometries.") from None
    return xmin, ymin, xmax, ymax


def _field_index(path: str, layer: Any, field: str) -> int | None:
    if not field:
        return None
    definition = layer.GetLayerDefn()
    index = definition.GetFieldIndex(field)
    if index < 0:
        names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        raise EngineError("no_field", f"{path} has no field {field!r}.", f"Its fields: {', '.join(names) or 'none'}.")
    kinds = (ogr().OFTInteger, ogr().OFTInteger64, ogr().OFTReal, ogr().OFTString)
    if definition.GetFieldDefn(index).GetType() not in kinds:
        kind = definition.GetFieldDefn(index).GetTypeName()
        raise EngineError("bad_field", f"The field {field} of {path} holds {kind} values.", "Choose a field of numbers or text.")
    return int(index)


def _damaged(path: str, error: Exception) -> EngineError:
    return EngineError("unreadable", f"The features of {path} cannot be read: {error}.", "Make or copy the file again.")


def _distinct(layer: Any, field: int, holder: str) -> set[Any]:
    """The field's values, null and empty ones left out. Geometries are not read for it."""
    others = [d.GetName() for i, d in enumerate(layer.schema) if i != field]
    layer.SetIgnoredFields([*others, "OGR_GEOMETRY", "OGR_STYLE"])
    try:
        values = {_value(feature, field) for feature in layer} - {None}
    except RuntimeError as error:
        raise _damaged(holder, error) from None
    for value in values:
        if isinstance(value, float):
            raise EngineError("bad_code", f"{holder} holds {value:g}.", "Choose a field of whole numbers or text.")
    layer.SetIgnoredFields([])
    layer.ResetReading()
    if len(values) > MOST_CLASSES:
        raise too_many(f"{holder} holds", len(values))
    return values


def _value(feature: Any, field: int) -> Any:
    """The class a feature states: a code, a name, or None. A float is given back only where it is no whole number."""
    if not feature.IsFieldSetAndNotNull(field):
        return None
    value = feature.GetField(field)
    if isinstance(value, str):
        return value.strip() or None
    return int(value) if float(value).is_integer() else value


def _usable(geometry: Any, change: Any) -> Any:
    """A flat copy without curves in the grid's CRS; None where there is nothing or it cannot be brought there."""
    if geometry is None or geometry.IsEmpty():
        return None
    copy = geometry.GetLinearGeometry()
    copy.FlattenTo2D()
    try:
        copy.Transform(change)
    except RuntimeError:  # beyond the projection's domain
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
