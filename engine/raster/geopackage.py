"""GeoPackages that we write: boxes with figures, and the style that QGIS looks for in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from ..core.windows import Window
from ..files.atomic import whole
from ..files.qgis_style import outline_qml
from ..protocol import remove_file
from .gdal import created, gdal, ogr, spatial_reference, write_errors
from .grid import Grid

Row = Mapping[str, Union[int, float, str]]
_KINDS = {int: "OFTInteger64", float: "OFTReal", str: "OFTString"}


def put_style(dataset: Any, layer: Any, qml: str) -> None:
    """Put the layer's style where QGIS looks for it: into a table of the GeoPackage, made as QGIS makes
    it.
    """
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


def write_boxes(path: str, grid: Grid, windows: Sequence[Window], rows: Sequence[Row]) -> None:
    """Write a polygon around each window, with the values of its row, outlined in red: whole or not at
    all.
    """
    with whole(path) as partial:
        remove_file(partial)
        with created("GPKG", partial, 0, 0, 0, gdal().GDT_Unknown) as dataset, write_errors(path):
            crs = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
            layer = dataset.CreateLayer(Path(path).stem, crs, ogr().wkbPolygon)
            for name, value in rows[0].items() if rows else ():
                layer.CreateField(ogr().FieldDefn(name, getattr(ogr(), _KINDS[type(value)])))
            for window, row in zip(windows, rows):
                feature = ogr().Feature(layer.GetLayerDefn())
                feature.SetGeometryDirectly(_box(grid, window))
                for name, value in row.items():
                    feature.SetField(name, value)
                layer.CreateFeature(feature)
            put_style(dataset, layer, outline_qml())


def _box(grid: Grid, window: Window) -> Any:
    ring = ogr().Geometry(ogr().wkbLinearRing)
    for column, row in ((0, 0), (window.width, 0), (window.width, window.height), (0, window.height), (0, 0)):
        ring.AddPoint_2D(*grid.to_map(window.x + column, window.y + row))
    polygon = ogr().Geometry(ogr().wkbPolygon)
    polygon.AddGeometryDirectly(ring)
    return polygon
