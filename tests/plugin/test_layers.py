"""Layers of a project as the engine can open them, and the style of class maps."""

import gc
import ntpath
import re
from types import SimpleNamespace

import pytest
from osgeo import ogr
from qgis.core import (
    QgsContrastEnhancement,
    QgsField,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import qAlpha
from raster_segmenter.engine.core.legend import LegendClass
from raster_segmenter.engine.files.qgis_style import is_ours, write_gray_qml, write_qml
from raster_segmenter.engine.protocol import EngineError
from raster_segmenter.engine.raster import Grid, ProbabilityWriter, write_polygons
from raster_segmenter.plugin.layers import paths

from .conftest import polygons, save, write_raster


def path_of(layer, context):
    return paths.path(layer, context, QgsProcessingFeedback())


def opened(path):
    """What the engine's library finds at ``path``: class field and number of features."""
    file, _, name = path.partition("|layername=")
    dataset = ogr.Open(file)
    layer = dataset.GetLayerByName(name) if name else dataset.GetLayer(0)
    return [field.name for field in layer.schema], layer.GetFeatureCount()


def test_raster_file_is_its_own_path(qgis_processing, context, image):
    assert path_of(QgsRasterLayer(image, "image"), context) == image


def test_raster_options_of_qgis_are_left_out(qgis_processing, context, image):
    layer = QgsRasterLayer(f"{image}|option:NUM_THREADS=1", "image")
    assert layer.isValid() and path_of(layer, context) == image


def test_raster_from_elsewhere_is_refused_with_a_remedy(qgis_processing, context):
    layer = QgsRasterLayer("url=file:///nowhere/{z}.png&type=xyz", "tiles", "wms")
    with pytest.raises(EngineError, match=r"tiles is not a raster or vector file .*wms.* Export it first"):
        path_of(layer, context)


def test_layer_of_a_file_with_several_is_named(qgis_processing, context, tmp_path):
    save(polygons("roofs", 1), tmp_path / "lab els.gpkg")
    source = save(polygons("roads", 3), tmp_path / "lab els.gpkg")
    path = path_of(QgsVectorLayer(source, "roads"), context)
    assert path == source and opened(path)[1] == 3


def test_single_layer_file_is_its_own_path(qgis_processing, context, tmp_path):
    file = tmp_path / "labels.geojson"
    file.write_text(polygons_as_geojson())
    assert path_of(QgsVectorLayer(str(file), "labels"), context) == str(file)


def polygons_as_geojson():
    from qgis.core import QgsJsonExporter

    layer = polygons()
    return QgsJsonExporter(layer).exportFeatures(layer.getFeatures())


def test_memory_layer_is_exported(qgis_processing, context):
    fields, count = opened(path_of(polygons(), context))
    assert "kind" in fields and count == 2


def test_filtered_layer_is_exported_as_seen(qgis_processing, context, tmp_path):
    source = save(polygons(), tmp_path / "labels.gpkg")
    layer = QgsVectorLayer(source, "labels")
    assert layer.setSubsetString("kind = 'class 1'")
    path = path_of(layer, context)
    assert str(tmp_path) not in path and opened(path)[1] == 1


def test_unsaved_edits_are_exported(qgis_processing, context, tmp_path):
    layer = QgsVectorLayer(save(polygons(), tmp_path / "labels.gpkg"), "labels")
    layer.startEditing()
    layer.deleteFeature(next(layer.getFeatures()).id())
    assert opened(path_of(layer, context))[1] == 1
    layer.rollBack()


def test_computed_fields_are_exported(qgis_processing, context, tmp_path):
    layer = QgsVectorLayer(save(polygons(), tmp_path / "labels.gpkg"), "labels")
    layer.addExpressionField("1 + 1", QgsField("two", QVariant.Int))
    assert "two" in opened(path_of(layer, context))[0]


def test_table_is_refused(qgis_processing, context):
    with pytest.raises(EngineError, match="words is a table without geometries"):
        path_of(QgsVectorLayer("NoGeometry?field=kind:string", "words", "memory"), context)


def test_order_is_kept(qgis_processing, context, image, tmp_path):
    many = [QgsRasterLayer(str(write_raster(tmp_path / f"{name}.tif")), name) for name in "zab"]
    assert paths.paths(many, context, QgsProcessingFeedback()) == tuple(layer.source() for layer in many)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("C:/Bilder/bild.tif", "C:\\Bilder\\bild.tif"),
        ("//server/share/bild.tif", "\\\\server\\share\\bild.tif"),
        ("\\\\?\\C:\\long\\bild.tif", "\\\\?\\C:\\long\\bild.tif"),
        ("/vsizip/C:/Bilder/b.zip/bild.tif", "/vsizip/C:/Bilder/b.zip/bild.tif"),
        ("/vsicurl/https://example.org/a.tif", "/vsicurl/https://example.org/a.tif"),
        ('NETCDF:"C:/Bilder/x.nc":band', 'NETCDF:"C:/Bilder/x.nc":band'),
    ],
)
def test_files_on_windows_and_what_is_no_file(monkeypatch, source, found):
    """What is a file gets its full path; names that only GDAL understands stay, slashes and all."""
    is_file = re.compile(r"(\w:|//|\\\\)").match
    monkeypatch.setattr(
        paths, "os", SimpleNamespace(path=SimpleNamespace(abspath=ntpath.abspath, exists=is_file))
    )
    assert paths.absolute(source) == found


STYLE = """<!DOCTYPE qgis><qgis><pipe>
<rasterrenderer type="paletted" band="1" opacity="1"><colorPalette>
<paletteEntry value="1" color="#d55e00" label="building" alpha="255"/>
</colorPalette></rasterrenderer></pipe></qgis>"""


@pytest.mark.parametrize("named", [True, False])
def test_loaded_map_has_the_legend_beside_it(qgis_processing, tmp_path, named):
    output = write_raster(tmp_path / "map.tif")
    if named:
        (tmp_path / "map.qml").write_text(STYLE)
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    details = QgsProcessingContext.LayerDetails("map", QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion(str(output), details)
    paths.style_when_loaded(str(output), context)
    gc.collect()
    layer = QgsRasterLayer(str(output), "map", "gdal", QgsRasterLayer.LayerOptions(False))
    assert layer.renderer().type() == "singlebandgray"
    context.layerToLoadOnCompletionDetails(str(output)).postProcessor().postProcessLayer(
        layer, context, feedback
    )
    if named:
        assert [entry.label for entry in layer.renderer().classes()] == [
            "building"
        ] and not feedback.textLog().strip()
    else:
        assert layer.renderer().type() == "singlebandgray" and "map.tif has no style" in feedback.textLog()


def test_styles_as_the_engine_writes_them_are_loaded_and_the_users_own_when_saved_again(
    qgis_processing, tmp_path
):
    layer = QgsRasterLayer(
        str(write_raster(tmp_path / "map.tif")), "map", "gdal", QgsRasterLayer.LayerOptions(False)
    )
    style = tmp_path / "map.qml"
    write_qml(style, [LegendClass(1, "Bäume", (1, 120, 3))], 255)
    assert is_ours(style) and layer.loadDefaultStyle()[1]
    assert [(entry.label, entry.color.name()) for entry in layer.renderer().classes()] == [
        ("Bäume", "#017803")
    ]
    write_gray_qml(style, 0, 100, 255)
    assert is_ours(style) and layer.loadDefaultStyle()[1]
    assert (
        layer.renderer().type() == "singlebandgray"
        and layer.renderer().contrastEnhancement().maximumValue() == 100
    )
    layer.saveDefaultStyle()
    assert not is_ours(style)


def test_loaded_probabilities_show_one_class_in_grey(qgis_processing, tmp_path):
    """As the engine writes them; QGIS itself would mix the first three classes to colours."""
    output, grid = str(tmp_path / "percent.tif"), Grid(6, 4, (0, 1, 0, 0, 0, -1), "")
    classes = [
        LegendClass(k, name, (9, 9, k)) for k, name in enumerate(("background", "roof", "road", "tree"))
    ]
    with ProbabilityWriter(output, grid, classes):
        pass
    layer = QgsRasterLayer(output, "percent")
    renderer = layer.renderer()
    assert layer.bandCount() == 4 and renderer.type() == "singlebandgray" and renderer.grayBand() == 2
    contrast = renderer.contrastEnhancement()
    assert (contrast.minimumValue(), contrast.maximumValue()) == (0, 100)
    assert contrast.contrastEnhancementAlgorithm() == QgsContrastEnhancement.StretchToMinimumMaximum
    drawn = renderer.block(2, layer.extent(), 6, 4)
    assert all(
        drawn.isNoData(row, column) or qAlpha(drawn.color(row, column)) == 0
        for row in range(4)
        for column in range(6)
    )
    (tmp_path / "percent.qml").unlink()
    assert QgsRasterLayer(output, "percent").renderer().type() != "singlebandgray"


def test_loaded_polygons_have_the_colours_of_the_classes(qgis_processing, context, tmp_path):
    """As the engine writes them; the style of the map, which often has the same name, lies beside them."""
    class_map, confidence = write_raster(tmp_path / "map.tif"), write_raster(tmp_path / "sure.tif")
    (tmp_path / "map.qml").write_text(STYLE)
    output = str(tmp_path / "map.gpkg")
    classes = [LegendClass(1, "Bäume & <Wald>", (1, 120, 3)), LegendClass(7, "road", (9, 9, 9))]
    assert write_polygons(output, str(class_map), str(confidence), classes, 0.0, lambda event: None) == 1
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("Polygons", QgsProject.instance(), "POLYGONS")
    )
    paths.style_when_loaded(output, context)
    layer = QgsVectorLayer(output, "Polygons", "ogr", QgsVectorLayer.LayerOptions(False))
    feedback = QgsProcessingFeedback()
    context.layerToLoadOnCompletionDetails(output).postProcessor().postProcessLayer(layer, context, feedback)
    categories = [
        (str(c.value()), c.label(), c.symbol().color().name()) for c in layer.renderer().categories()
    ]
    assert categories == [("1", "Bäume & <Wald>", "#017803"), ("7", "road", "#090909")]
    (feature,) = layer.getFeatures()
    drawn, rendering = layer.renderer().clone(), QgsRenderContext()
    drawn.startRender(rendering, layer.fields())
    assert drawn.symbolForFeature(feature, rendering).color().name() == "#017803", (
        "no category for a value of the layer"
    )
    drawn.stopRender(rendering)
    assert not feedback.textLog().strip()


def test_map_that_is_not_loaded_is_left_alone(qgis_processing, tmp_path):
    context = QgsProcessingContext()
    paths.style_when_loaded(str(tmp_path / "map.tif"), context)
    assert context.layersToLoadOnCompletion() == {}


def test_stylers_do_not_pile_up(qgis_processing, tmp_path):
    others = sum(
        not sip.isdeleted(styler) for styler in paths._stylers
    )  # of contexts that other tests have left to Python
    for _ in range(3):
        context = QgsProcessingContext()
        details = QgsProcessingContext.LayerDetails("map", QgsProject.instance(), "OUTPUT")
        context.addLayerToLoadOnCompletion("map.tif", details)
        paths.style_when_loaded("map.tif", context)
        del context
        gc.collect()
    assert len(paths._stylers) <= others + 1
