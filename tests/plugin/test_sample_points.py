"""Sample points for assessment in the real QGIS, by the real engine: drawn, labelled, evaluated."""

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingFeedback, QgsProject, QgsVectorLayer

from .conftest import write_raster


@pytest.fixture
def class_map(tmp_path):
    """A quarter of the map is class 1, the rest class 2."""
    from osgeo import gdal

    path = str(write_raster(tmp_path / "map.tif"))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).WriteArray(np.full((30, 30), 2, np.uint8), 10, 0)
    return path


def test_points_are_drawn_loaded_and_evaluated(class_map, provider, tmp_path, qgis_parent):
    import processing

    parameters = {"INPUT": class_map, "POINTS": 40, "FEWEST": 10, "OUTPUT": "TEMPORARY_OUTPUT"}
    result = processing.runAndLoadResults("rastersegmenter:samplepoints", parameters)
    assert (result["COUNT"], result["PIXELS"]) == (40, 1200)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.featureCount() == 40 and layer.fields().names()[1:] == ["reference", "id", "stratum", "map_class", "weight"]
    assert layer.editorWidgetSetup(layer.fields().indexOf("map_class")).type() == "Hidden"
    assert layer.editorWidgetSetup(layer.fields().indexOf("reference")).type() == "ValueMap"

    labelled = QgsVectorLayer(layer.source(), "labelled")
    labelled.startEditing()
    for feature in labelled.getFeatures():
        labelled.changeAttributeValue(feature.id(), labelled.fields().indexOf("reference"), str(feature["map_class"]))
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
