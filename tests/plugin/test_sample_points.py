"""Sample points for assessment in the real QGIS, by the real engine: drawn, labelled, evaluated."""

import json
import sys

import numpy as np
import pytest
from qgis.core import QgsFeatureRequest, QgsProcessingFeedback, QgsProject, QgsVectorLayer
from raster_segmenter.engine.core.legend import LegendClass
from raster_segmenter.engine.protocol import SamplePointsJob, encode_job, parse_job
from raster_segmenter.engine.raster import ClassMapWriter, RasterFile

from .conftest import polygons, results, save, write_raster

CLASSES = (LegendClass(3, "Wälder & <Auen>", (0, 90, 0)), LegendClass(7, "water", (0, 0, 200)))


@pytest.fixture
def class_map(tmp_path):
    """A quarter of the map is class 1, the rest class 2."""
    from osgeo import gdal

    path = str(write_raster(tmp_path / "map.tif"))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).WriteArray(np.full((30, 30), 2, np.uint8), 10, 0)
    return path


def test_points_are_drawn_loaded_and_evaluated(class_map, provider, tmp_path, layer_tree):
    import processing

    parameters = {"INPUT": class_map, "POINTS": 40, "FEWEST": 10, "OUTPUT": "TEMPORARY_OUTPUT"}
    result = processing.runAndLoadResults("rastersegmenter:samplepoints", parameters)
    assert (result["COUNT"], result["PIXELS"]) == (40, 1200)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.featureCount() == 40 and layer.fields().names()[1:] == [
        "reference",
        "id",
        "stratum",
        "map_class",
        "weight",
    ]
    assert layer.editorWidgetSetup(layer.fields().indexOf("map_class")).type() == "Hidden"
    assert layer.editorWidgetSetup(layer.fields().indexOf("reference")).type() == "ValueMap"

    labelled = QgsVectorLayer(layer.source(), "labelled")
    labelled.startEditing()
    for feature in labelled.getFeatures():
        labelled.changeAttributeValue(
            feature.id(), labelled.fields().indexOf("reference"), str(feature["map_class"])
        )
    assert labelled.commitChanges()
    figures = str(tmp_path / "figures.json")
    parameters = {"INPUT": class_map, "REFERENCE": [labelled], "FIELD": "reference", "JSON": figures}
    result, succeeded = provider.algorithm("evaluate").run(parameters, *_around())
    assert succeeded and result["OVERALL_ACCURACY"] == 1.0
    with open(figures, encoding="utf-8") as file:
        estimate = json.load(file)["estimate"]
    assert [row["mapped_share"] for row in estimate["classes"]] == pytest.approx([0.25, 0.75])
    QgsProject.instance().removeAllMapLayers()


def _around():
    from processing.tools import dataobjects

    feedback = QgsProcessingFeedback()
    return dataobjects.createContext(feedback), feedback


@pytest.fixture
def named_map(image, tmp_path):
    """40 x 30 pixels: wood, and water in a quarter; the top row is without data."""
    path = str(tmp_path / "class map.tif")
    with RasterFile.open(image) as source:
        grid = source.grid
    values_HW = np.full((30, 40), 3, np.uint8)
    values_HW[:, :10], values_HW[0] = 7, 255
    with ClassMapWriter(path, grid, CLASSES) as writer:
        writer.write_codes(grid.window, values_HW)
    return path


@pytest.fixture
def engine(interpreter, monkeypatch):
    monkeypatch.setenv(interpreter.SETTING, sys.executable)


def test_every_parameter_becomes_the_jobs(provider, context, named_map, tmp_path):
    area = save(polygons(), tmp_path / "area.gpkg", "area")
    parameters = {
        "INPUT": named_map, "STANDARD_ERROR": 0.02, "ACCURACY": 0.7, "POINTS": 300, "FEWEST": 20,
        "AREA": area, "SEED": 4,
        "OUTPUT": str(tmp_path / "points.gpkg"),
    }  # fmt: skip
    algorithm = provider.algorithm("samplepoints").create()
    assert {d.name() for d in algorithm.parameterDefinitions()} >= set(parameters)
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    job = algorithm.job(parameters, context, QgsProcessingFeedback())
    assert (
        job
        == SamplePointsJob(named_map, parameters["OUTPUT"], 0.02, 0.7, 300, 20, area, 4)
        == parse_job(encode_job(job))
    )
    few = {"INPUT": named_map, "OUTPUT": "TEMPORARY_OUTPUT"}
    job = algorithm.job(few, context, QgsProcessingFeedback())
    assert job == SamplePointsJob(named_map, job.output) and job.output.endswith("/OUTPUT.gpkg")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"INPUT": ""}, "“Class map” is empty"),
        ({"OUTPUT": "/tmp/points.shp"}, "“Sample points” is /tmp/points.shp. Its name must end in .gpkg."),
        ({"FEWEST": 1}, "is 1. Give a number from 2 to 10000"),
        ({"ACCURACY": 1}, "is 1. Give a number from 0.01 to 0.99"),
    ],
)
def test_refusals(provider, context, named_map, change, words):
    parameters = {"INPUT": named_map, "OUTPUT": "TEMPORARY_OUTPUT", **change}
    accepted, reason = provider.algorithm("samplepoints").create().checkParameterValues(parameters, context)
    assert not accepted and words in reason


def test_points_are_loaded_ready_to_be_labelled(provider, engine, named_map, layer_tree):
    import processing

    parameters = {"INPUT": named_map, "POINTS": 60, "FEWEST": 20, "OUTPUT": "TEMPORARY_OUTPUT"}
    found = processing.runAndLoadResults("rastersegmenter:samplepoints", parameters)
    assert found["COUNT"] == 60 and found["PIXELS"] == 29 * 40
    (layer,) = QgsProject.instance().mapLayers().values()
    try:
        assert layer.featureCount() == 60 and layer.crs().authid() == "EPSG:32645"
        assert {f["map_class"] for f in layer.getFeatures()} == {c.name for c in CLASSES}
        fields = layer.fields()
        widget = layer.editorWidgetSetup(fields.indexOf("reference"))
        assert widget.type() == "ValueMap" and widget.config()["map"] == [{c.name: c.name} for c in CLASSES]
        hidden = {
            field.name()
            for field in fields
            if layer.editorWidgetSetup(fields.indexOf(field.name())).type() == "Hidden"
        }
        columns = {column.name for column in layer.attributeTableConfig().columns() if column.hidden}
        assert (
            hidden == {"stratum", "map_class", "weight"} and hidden <= columns and "reference" not in columns
        )
        cross, pixel = (layer.renderer().symbol().symbolLayer(number) for number in range(2))
        assert pixel.size() == 1 and pixel.sizeUnit() != cross.sizeUnit() and not pixel.fillColor().alpha()
    finally:
        QgsProject.instance().removeAllMapLayers()


def test_what_the_engine_says_is_shown(provider, context, engine, named_map, tmp_path):
    feedback = QgsProcessingFeedback()
    parameters = {"INPUT": named_map, "POINTS": 60, "OUTPUT": str(tmp_path / "points.gpkg")}
    _, succeeded = provider.algorithm("samplepoints").run(parameters, context, feedback)
    assert (
        not succeeded
        and "60 points are too few for 2 classes" in feedback.textLog()
        and "FEWEST" in feedback.textLog()
    )
    assert not (tmp_path / "points.gpkg").exists()


def test_in_qgis_process_with_polygons(qgis_process, named_map, tmp_path):
    area = save(
        polygons(), tmp_path / "area.gpkg", "area"
    )  # two squares of 10 x 10 px at the lower edge: one in water
    output = tmp_path / "punkte ü.gpkg"
    values = results(
        qgis_process(
            "--json", "run", "rastersegmenter:samplepoints", f"--INPUT={named_map}", f"--AREA={area}",
            "--POINTS=30",
            "--FEWEST=10", f"--OUTPUT={output}",
        )
    )  # fmt: skip
    assert (values["COUNT"], values["PIXELS"], values["OUTPUT"]) == (30, 200, str(output))
    layer = QgsVectorLayer(str(output), "points")
    request = QgsFeatureRequest().setFilterExpression('"weight" = 0.5 AND "reference" IS NULL')
    assert len(list(layer.getFeatures(request))) == layer.featureCount() == 30
