"""The titles of classes as the styles of layers have them."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from raster_segmenter.plugin.layers.legends import legend

from .conftest import polygons, write_raster


def categorised(layer, attribute, *categories):
    """``layer`` drawn by (value, colour, label)."""
    symbols = [
        (value, QgsFillSymbol.createSimple({"color": color}), label) for value, color, label in categories
    ]
    layer.setRenderer(
        QgsCategorizedSymbolRenderer(attribute, [QgsRendererCategory(*category) for category in symbols])
    )
    return layer


@pytest.mark.parametrize("attribute", ["kind", '"kind"'])
def test_categories_of_the_field_are_the_titles(attribute, qgis_processing):
    layer = categorised(
        polygons(),
        attribute,
        ("class 0", "#102030", "Wald"),
        ("class 1", "#0000ff", "class 1"),
        (None, "#ffffff", ""),
    )
    wanted = {"class 0": "Wald #102030", "class 1": "#0000ff"}
    assert legend(layer, "kind", None) == wanted
    assert legend(layer, "other", None) == {}, "the style is of another field"


def test_codes_are_written_as_the_engine_does_and_lists_taken_apart(qgis_processing):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32645&field=code:double", "codes", "memory")
    categorised(
        layer, "code", (2.0, "#010101", "Water"), ([3, 4], "#020202", "Both"), (1000, "#030303", "1,000")
    )
    assert legend(layer, "code", None) == {
        "2": "Water #010101",
        "3": "Both #020202",
        "4": "Both #020202",
        "1000": "#030303",
    }


def test_without_a_field_a_layer_of_the_project_is_called_and_drawn_as_there(qgis_processing, context):
    layer = polygons("My roofs")
    layer.renderer().symbol().setColor(QColor(200, 10, 20))
    assert legend(layer, "", QgsProject.instance()) == {}, "QGIS's own choice of colour is nobody's legend"
    QgsProject.instance().addMapLayer(layer)
    assert legend(layer, "", QgsProject.instance()) == {"": "My roofs #c80a14"}


def test_a_palette_is_the_legend_of_a_raster(qgis_processing, tmp_path):
    layer = QgsRasterLayer(str(write_raster(tmp_path / "codes.tif")), "codes")
    assert legend(layer, "", None) == {}, "a grey raster has none"
    classes = [
        QgsPalettedRasterRenderer.Class(1, QColor(1, 2, 3), "Gras"),
        QgsPalettedRasterRenderer.Class(2, QColor(9, 9, 9)),
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    assert legend(layer, "", None) == {"1": "Gras #010203", "2": "#090909"}


def test_colours_that_the_file_has_itself_are_left_to_the_engine(qgis_processing, tmp_path):
    path = write_raster(tmp_path / "codes.tif")
    dataset = gdal.GetDriverByName("GTiff").CreateCopy(str(tmp_path / "drawn.tif"), gdal.Open(str(path)))
    table = gdal.ColorTable()
    table.SetColorEntry(1, (5, 6, 7))
    dataset.GetRasterBand(1).WriteArray(np.ones((30, 40), np.uint8))
    del dataset
    dataset = gdal.Open(str(tmp_path / "drawn.tif"), gdal.GA_Update)
    dataset.GetRasterBand(1).SetColorTable(table)
    del dataset
    layer = QgsRasterLayer(str(tmp_path / "drawn.tif"), "drawn")
    assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    assert legend(layer, "", None) == {}
    assert legend(layer, "", None, own_colours=True)["1"] == "#050607"


def test_of_outlines_without_a_filling_the_outline_is_the_colour(qgis_processing, context):
    layer = polygons("Roofs")
    layer.renderer().setSymbol(
        QgsFillSymbol.createSimple({"style": "no", "color": "#123456", "outline_color": "#e69f00"})
    )
    QgsProject.instance().addMapLayer(layer)
    assert legend(layer, "", QgsProject.instance()) == {"": "Roofs #e69f00"}
