"""Vector references: features that carry a class, as ids on windows of the grid."""

from __future__ import annotations

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
from .reference import Emit, require_crs

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
        self._crs = self._layer.GetSpatialRef()
        require_crs(path, has_crs=self._crs is not None, grid=grid)
        if self._layer.GetFeatureCount() == 0:
            raise EngineError("no_labels", f"{path} has no features.", "Choose a layer with labelled features.")
        xmin, xmax, ymin, ymax = self._layer.GetExtent()
        self.extent = (xmin, ymin, xmax, ymax)
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
        path = folder / f"reference-{len(list(folder.iterdir()))}.gpkg"
        with write_errors(path):
            target = gdal().GetDriverByName("GPKG").Create(str(path), 0, 0, 0, 0)
            layer = target.CreateLayer("features", spatial_reference(self._grid.crs_wkt), ogr().wkbUnknown)
            layer.CreateField(ogr().FieldDefn("id", ogr().OFTInteger))
            target.StartTransaction()
            skipped = self._copy(layer, emit)
            target.CommitTransaction()
            layer = target = None
        if skipped:
            emit(Log(f"{self.name}: {skipped} feature(s) without a usable geometry were left out.", warning=True))
        self._source = self._layer = None
        self._prepared = gdal().OpenEx(str(path), gdal().OF_VECTOR)

    def _copy(self, target: Any, emit: Emit) -> int:
        """Copy the features; returns how many had no geometry that could be brought over."""
        change = transformation(self._crs, spatial_reference(self._grid.crs_wkt))
        if self.reach:
            self._layer.SetSpatialFilterRect(*self.reach)
        total, skipped = self._layer.GetFeatureCount(), 0
        for done, feature in enumerate(self._layer, start=1):
            geometry = _usable(feature.GetGeometryRef(), change)
            if geometry is None:
                skipped += 1
            else:
                copy = ogr().Feature(target.GetLayerDefn())
                copy.SetGeometryDirectly(geometry)
                copy.SetField(0, self._ids[None if self._field is None else _value(feature, self._field)])
                target.CreateFeature(copy)
            if done % _FEATURES_PER_STEP == 0:
                emit(Progress(done, total, "features"))
        return skipped

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


def _distinct(layer: Any, field: int, holder: str) -> set[Any]:
    """The field's values, null and empty ones left out. Geometries are not read for it."""
    others = [d.GetName() for i, d in enumerate(layer.schema) if i != field]
    layer.SetIgnoredFields([*others, "OGR_GEOMETRY", "OGR_STYLE"])
    values: set[int | str] = set()
    for feature in layer:
        value = _value(feature, field)
        if isinstance(value, float):
            raise EngineError("bad_code", f"{holder} holds {value:g}.", "Choose a field of whole numbers or text.")
        if value is not None:
            values.add(value)
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
