"""GeoPackages: features with values of fields, and the style that QGIS looks for in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from ..core.windows import Window
from ..files.atomic import atomic_write
from ..protocol import remove_file
from .gdal import created, gdal, ogr, spatial_reference, write_errors
from .grid import Grid

Row = Mapping[str, Union[int, float, str]]
Position = tuple[float, float]
"""Column and row on a grid; (0, 0) is the outer corner of the first pixel."""
_TYPES = {int: "OFTInteger64", float: "OFTReal", str: "OFTString"}


def write_features(
    path: str,
    grid: Grid,
    geometry: str,
    fields: Mapping[str, type],
    features: Iterable[tuple[Sequence[Position], Row]],
    qml: str,
) -> None:
    """Write features, and the layer's style ``qml``, to a GeoPackage: completely or not at all.

    ``geometry`` is "Point" or "Polygon". A feature is its position, or the closed ring of its outline, with
    its values of ``fields`` (int, float or str); a field without a value is null. Raises `EngineError` for a
    full disk.
    """
    with atomic_write(path) as partial:
        remove_file(partial)
        with created("GPKG", partial, 0, 0, 0, gdal().GDT_Unknown) as dataset, write_errors(path):
            crs = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
            layer = dataset.CreateLayer(Path(path).stem, crs, getattr(ogr(), f"wkb{geometry}"))
            for name, kind in fields.items():
                layer.CreateField(ogr().FieldDefn(name, getattr(ogr(), _TYPES[kind])))
            dataset.StartTransaction()
            for positions, row in features:
                feature = ogr().Feature(layer.GetLayerDefn())
                feature.SetGeometryDirectly(_geometry(geometry, [grid.to_map(*at) for at in positions]))
                for name, value in row.items():
                    feature.SetField(name, value)
                layer.CreateFeature(feature)
            dataset.CommitTransaction()
            put_style(dataset, layer, qml)


def outline(window: Window) -> list[Position]:
    """The closed ring around a window."""
    left, top, right, bottom = window.x, window.y, window.right, window.bottom
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _geometry(kind: str, points: Sequence[Position]) -> Any:
    line = ogr().Geometry(ogr().wkbPoint if kind == "Point" else ogr().wkbLinearRing)
    for point in points:
        line.AddPoint_2D(*point)
    if kind == "Point":
        return line
    polygon = ogr().Geometry(ogr().wkbPolygon)
    polygon.AddGeometryDirectly(line)
    return polygon


def put_style(dataset: Any, layer: Any, qml: str) -> None:
    """Put a layer's style into the table ``layer_styles`` of its GeoPackage, where QGIS looks for it."""
    name = layer.GetName()
    texts = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": name,
        "f_geometry_column": layer.GetGeometryColumn(),
    }
    texts |= {"styleName": name, "styleQML": qml, "styleSLD": "", "description": "", "owner": "", "ui": ""}
    styles = dataset.CreateLayer("layer_styles", None, ogr().wkbNone, ["FID=id"])
    for field, kind in (
        *dict.fromkeys(texts, "OFTString").items(),
        ("useAsDefault", "OFTInteger"),
        ("update_time", "OFTDateTime"),
    ):
        styles.CreateField(ogr().FieldDefn(field, getattr(ogr(), kind)))
    row = ogr().Feature(styles.GetLayerDefn())
    row.SetField("useAsDefault", 1)
    for field, text in texts.items():
        row.SetField(field, text)
    styles.CreateFeature(row)
