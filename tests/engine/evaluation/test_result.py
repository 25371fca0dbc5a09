"""The plain forms of an evaluation: JSON that explains itself, CSV that a spreadsheet reads."""

import csv
import io
import json

import numpy as np
import pytest

from engine.core.legend import LegendClass
from engine.evaluation.result import Evaluation, to_csv, to_json
from engine.metrics.confusion import Metrics
from engine.protocol import EvaluateJob

JOB = EvaluateJob(class_map="maps/karte ä.tif", references=("truth.gpkg|layername=plots",), field="class")


def evaluation(names=("wald", "été"), matrix=((50, 10), (0, 0)), pixel_size_m=(10.0, 20.0)):
    size = len(names)
    return Evaluation(
        job=JOB,
        classes=tuple(LegendClass(10 * i, name, (i, 100, 255)) for i, name in enumerate(names)),
        metrics=Metrics.of(np.array(matrix)),
        without_class_px=4,
        pixel_size_m=pixel_size_m,
        map_HW=np.zeros((2, 2), np.uint8),
        reference_HW=np.full((2, 2), size - 1, np.uint8),
        notes=("a note",),
        warnings=("a warning",),
        versions={"raster_segmenter": "0.1.0"},
        date="2026-11-20T15:04:05+01:00",
    )


def test_json_holds_every_figure_and_defines_it():
    document = json.loads(to_json(evaluation()))
    assert document["overall_accuracy"] == pytest.approx(50 / 60) and document["confusion"] == [
        [50, 10],
        [0, 0],
    ]
    of_second = {
        "name": "été", "value": 10, "color": "#0164ff", "reference_pixels": 0, "map_pixels": 10,
        "precision": 0.0, "recall": None, "f1": 0.0, "iou": 0.0,
    }  # fmt: skip
    assert of_second.items() <= document["classes"][1].items()
    assert document["compared"]["references"] == ["truth.gpkg|layername=plots"]
    assert document["compared"]["unlabelled"] == "ignore" and document["area_ha"] == pytest.approx(1.2)
    told = {"classes", "compared", "notes", "warnings", "versions", "date", "definitions"}
    assert set(document) - told <= set(document["definitions"])
    assert all(text.endswith((".", ")")) for text in document["definitions"].values())


def test_json_of_a_map_without_crs():
    assert json.loads(to_json(evaluation(pixel_size_m=None)))["area_ha"] is None


def test_csv_has_totals_and_margins():
    text = to_csv(evaluation())
    assert text.startswith("\ufeffreference")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows == [
        ["reference \\ map", "wald", "été", "total", "recall"],
        ["wald", "50", "10", "60", "0.833333"],
        ["été", "0", "0", "0", ""],
        ["total", "50", "10", "60", ""],
        ["precision", "1.000000", "0.000000", "", "0.833333"],
    ]


def test_csv_names_are_text_and_never_formulas():
    rows = list(csv.reader(io.StringIO(to_csv(evaluation(("=1+1", 'a "b", c'))).lstrip("\ufeff"))))
    assert rows[0][1:3] == ["'=1+1", 'a "b", c'] and rows[1][0] == "'=1+1"
