"""Class maps and references for the tests of evaluations."""

import numpy as np
import pytest

from engine.core.legend import LegendClass
from engine.raster import ClassMapWriter, Grid

ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

WATER, LAND, WOOD = (
    LegendClass(3, "water", (0, 0, 200)),
    LegendClass(7, "land", (200, 180, 90)),
    LegendClass(9, "wood", (0, 90, 0)),
)
X, Y = 500_000.0, 5_300_000.0


def wkt(code):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(code)
    return crs.ExportToWkt()


GRID = Grid(40, 30, (X, 10.0, 0.0, Y, 0.0, -10.0), wkt(32633))


def write_map(path, values_HW, classes, grid=GRID):
    with ClassMapWriter(str(path), grid, classes) as writer:
        writer.write_codes(grid.window, values_HW)
    return str(path)


def write_plots(path, plots, crs=32633):
    """``plots``: class name, first and last column and row on `GRID` (exclusive)."""
    source, target = osr.SpatialReference(), osr.SpatialReference()
    for reference, code in ((source, 32633), (target, crs)):
        reference.ImportFromEPSG(code)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("plots", target, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("kind", ogr.OFTString))
    for name, left, top, right, bottom in plots:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        ring = ", ".join(f"{X + 10 * column} {Y - 10 * row}" for column, row in corners)
        geometry = ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))", source)
        geometry.TransformTo(target)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("kind", name)
        feature.SetGeometry(geometry)
        layer.CreateFeature(feature)
    return str(path)


def stripes():
    """Water on the left 20 columns and land on the right, with a corner of 5 x 5 without data."""
    values_HW = np.full((30, 40), 7, np.uint8)
    values_HW[:, :20] = 3
    values_HW[:5, :5] = 255
    return values_HW
