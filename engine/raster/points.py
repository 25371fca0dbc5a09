"""Points in a GeoPackage, at the centres of pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Union

from ..files.atomic import whole
from ..protocol import remove_file
from .gdal import created, gdal, ogr, spatial_reference, write_errors
from .geopackage import put_style
from .grid import Grid

_KINDS = {int: "OFTInteger64", float: "OFTReal", str: "OFTString"}


def write_points(
    path: str,
    grid: Grid,
    fields: Mapping[str, type],
    points: Iterable[tuple[int, int, Mapping[str, Union[int, float, str]]]],
    qml: str,
) -> None:
    """Write each point (column, row, values of fields) with the layer's style: whole or not at all.

    Fields that a point has no value of are null. Raises `EngineError` for a full disk.
    """
    with whole(path) as partial:
        remove_file(partial)
        with created("GPKG", partial, 0, 0, 0, gdal().GDT_Unknown) as dataset, write_errors(path):
            crs = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
            layer = dataset.CreateLayer(Path(path).stem, crs, ogr().wkbPoint)
            for name, kind in fields.items():
                layer.CreateField(ogr().FieldDefn(name, getattr(ogr(), _KINDS[kind])))
            dataset.StartTransaction()
            for column, row, values in points:
                layer.CreateFeature(_feature(layer, grid.to_map(column + 0.5, row + 0.5), values))
            dataset.CommitTransaction()
            put_style(dataset, layer, qml)


def _feature(layer: Any, place: tuple[float, float], values: Mapping[str, Union[int, float, str]]) -> Any:
    feature = ogr().Feature(layer.GetLayerDefn())
    point = ogr().Geometry(ogr().wkbPoint)
    point.AddPoint_2D(*place)
    feature.SetGeometryDirectly(point)
    for name, value in values.items():
        feature.SetField(name, value)
    return feature
