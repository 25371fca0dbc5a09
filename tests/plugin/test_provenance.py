"""Where results come from, as QGIS itself reads it: from beside rasters, and out of GeoPackages."""

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsLayerMetadata, QgsRasterLayer, QgsVectorLayer
from raster_segmenter.engine.core.legend import LegendClass
from raster_segmenter.engine.files.qgis_metadata import Provenance, UsedModel
from raster_segmenter.engine.files.qgis_style import is_ours
from raster_segmenter.engine.raster import (
    ClassMapWriter,
    ConfidenceWriter,
    Grid,
    ProbabilityWriter,
    write_polygons,
)

from .conftest import UTM, write_raster

CLASSES = (LegendClass(1, "Bäume & <Wald>", (1, 120, 3)), LegendClass(7, "road \x07", (9, 9, 9)))
FIGURES = {"overall accuracy": 0.912, "mean F1": 0.9, "mean IoU": 0.85}
PROVENANCE = Provenance(
    ("/data/it's a <town>.tif",),
    (
        UsedModel(
            "/m/roads.safetensors",
            "ab12",
            "U-Net (unet)",
            "epoch 3 of 9, trained on a CPU with torch 2",
            FIGURES,
        ),
    ),
    CLASSES,
    {"blending": "on", "precision": "fp32"},
    "CPU: no GPU was found",
    {"raster_segmenter": "1.2"},
    "2024-05-06T07:08:09+02:00",
)
LAMBERT = "+proj=lcc +lat_1=48.5 +lat_2=46.5 +lat_0=47 +lon_0=13 +x_0=1234 +ellps=bessel +units=m"
"""A CRS that has no code."""


def as_text(crs):
    return QgsCoordinateReferenceSystem(crs).toWkt(QgsCoordinateReferenceSystem.WKT_PREFERRED_GDAL)


def assert_told(metadata, title, abstract, crs):
    """All of the run, and what belongs to this result alone."""
    metadata = QgsLayerMetadata(metadata)
    assert metadata.history() == list(PROVENANCE.history) and len(metadata.history()) == 7
    assert metadata.history()[0] == "Image: /data/it's a <town>.tif"
    accuracy = metadata.history()[-1]
    assert accuracy.endswith("overall accuracy 91.2%, mean F1 90.0%, mean IoU 85.0%; model roads.safetensors")
    assert metadata.keywords() == {"Classes": ["Bäume & <Wald>", "road  "], "Software": ["Raster Segmenter"]}
    assert (metadata.title(), metadata.type(), metadata.language()) == (title, "dataset", "ENG")
    assert metadata.abstract().startswith(abstract) and "1 Bäume & <Wald>, 7 road" in metadata.abstract()
    assert metadata.identifier().startswith("file:///")
    whole = QgsLayerMetadata.Extent(metadata.extent())
    (place,) = whole.spatialExtents()
    box = place.bounds
    assert (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) == (
        500000,
        3000000,
        500040,
        3000030,
    )
    assert metadata.crs() == place.extentCrs == QgsCoordinateReferenceSystem(crs)


@pytest.mark.parametrize("crs", [UTM, "EPSG:4326", f"PROJ:{LAMBERT}", ""])
def test_qgis_reads_it_beside_a_class_map(qgis_processing, tmp_path, crs):
    path = str(tmp_path / "ü map's.tif")
    grid = Grid(40, 30, (500000, 1, 0, 3000030, 0, -1), as_text(crs) if crs else "")
    with ClassMapWriter(path, grid, CLASSES) as writer:
        writer.complete(PROVENANCE)
    layer = QgsRasterLayer(path, "map")
    assert layer.metadata().history() == [], (
        "QGIS reads it when asked to, as its window does for each layer that is added"
    )
    assert layer.loadDefaultMetadata()[1]
    assert_told(layer.metadata(), "ü map's", "Class of each pixel, by its code; 255: no data. Classes: ", crs)
    html = layer.htmlMetadata()
    assert "overall accuracy 91.2%" in html and "roads.safetensors" in html


def test_qgis_reads_it_beside_maps_of_per_cent(qgis_processing, tmp_path):
    grid = Grid(40, 30, (500000, 1, 0, 3000030, 0, -1), as_text(UTM))
    for name, make in (
        ("sure", ConfidenceWriter),
        ("percent", lambda path, grid: ProbabilityWriter(path, grid, CLASSES)),
    ):
        with make(str(tmp_path / f"{name}.tif"), grid) as writer:
            writer.complete(PROVENANCE)
        layer = QgsRasterLayer(str(tmp_path / f"{name}.tif"), name)
        assert layer.loadDefaultMetadata()[1]
        assert_told(layer.metadata(), name, "Probability of", UTM)


@pytest.mark.parametrize("source", ["{}|layername=it's map", "{}"])
def test_qgis_reads_it_out_of_the_polygons(qgis_processing, tmp_path, source):
    class_map, confidence, output = (
        write_raster(tmp_path / "c.tif"),
        write_raster(tmp_path / "s.tif"),
        tmp_path / "it's map.gpkg",
    )
    assert (
        write_polygons(
            str(output), str(class_map), str(confidence), CLASSES, 0.0, lambda event: None, PROVENANCE
        )
        == 1
    )
    layer = QgsVectorLayer(source.format(output), "map")
    assert layer.isValid() and layer.featureCount() == 1
    assert_told(layer.metadata(), "it's map", "Patches of one class each", UTM)
    message, loaded = layer.loadDefaultStyle()
    assert loaded and len(layer.renderer().categories()) == 2, message
    assert not list(tmp_path.glob("*.qmd"))
    dataset = gdal.OpenEx(str(output))
    assert [dataset.GetLayer(k).GetName() for k in range(dataset.GetLayerCount())] == [
        "it's map",
        "layer_styles",
    ]


def test_what_a_user_has_saved_is_theirs(qgis_processing, tmp_path):
    path, beside = str(tmp_path / "map.tif"), tmp_path / "map.qmd"
    grid = Grid(40, 30, (500000, 1, 0, 3000030, 0, -1), as_text(UTM))
    for _ in range(2):
        with ClassMapWriter(path, grid, CLASSES) as writer:
            writer.complete(PROVENANCE)
        layer = QgsRasterLayer(path, "map")
        assert layer.loadDefaultMetadata()[1]
        assert layer.metadata().title() == ("map" if is_ours(beside) else "Mine")
        mine = QgsLayerMetadata(layer.metadata())
        mine.setTitle("Mine")
        layer.setMetadata(mine)
        assert layer.saveDefaultMetadata()[1] and not is_ours(beside)
    assert len(mine.history()) == 7
