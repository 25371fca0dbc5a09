"""Export model and Describe model: values become jobs, what cannot run is refused, results become outputs."""

import json

import pytest
from qgis.core import QgsProcessingFeedback
from raster_segmenter.engine.protocol import DescribeJob, ExportJob, encode_job, parse_job


@pytest.fixture
def create(provider):
    return lambda name: provider.algorithm(name).create()


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "modèle.safetensors"
    path.touch()
    return str(path)


def translate(algorithm, parameters, context):
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    job = algorithm.job(parameters, context, QgsProcessingFeedback())
    assert parse_job(encode_job(job)) == job, "the engine would read another job"
    return job


def test_export(create, context, model, tmp_path):
    output = str(tmp_path / "m.onnx")
    assert translate(create("exportmodel"), {"MODEL": model, "OUTPUT": output}, context) == ExportJob(
        model, output
    )
    parameters = {"MODEL": model, "OUTPUT": output, "TILE_PX": 512}
    assert translate(create("exportmodel"), parameters, context) == ExportJob(model, output, 512)
    temporary = translate(create("exportmodel"), {"MODEL": model, "OUTPUT": "TEMPORARY_OUTPUT"}, context)
    assert temporary.output.endswith(".onnx")


def test_describe(create, context, model, tmp_path):
    files = {name: str(tmp_path / f"d.{name.lower()}") for name in ("REPORT", "JSON")}
    assert translate(create("describemodel"), {"MODEL": model}, context) == DescribeJob(model)
    assert translate(create("describemodel"), {"NETWORK": "segnet"}, context) == DescribeJob(network="segnet")
    described = translate(create("describemodel"), {"MODEL": model, **files}, context)
    assert described == DescribeJob(model, report=files["REPORT"], json=files["JSON"])


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("exportmodel", {"MODEL": ""}, "“Model” is empty"),
        ("exportmodel", {"MODEL": "/nowhere/m.safetensors"}, "There is no model /nowhere/m.safetensors"),
        ("exportmodel", {"OUTPUT": "/nowhere/m.onnx"}, "output folder /nowhere does not exist"),
        ("exportmodel", {"TILE_PX": -1}, "is -1. Give a number from 0 to 4096"),
        ("describemodel", {"MODEL": ""}, "Give either a model file or a network"),
        ("describemodel", {"NETWORK": "unet"}, "Give either a model file or a network"),
        ("describemodel", {"MODEL": "", "NETWORK": "wonder"}, "is 'wonder'. Choose one of: "),
        ("describemodel", {"MODEL": "/nowhere/m.safetensors"}, "There is no model /nowhere/m.safetensors"),
    ],
)
def test_what_cannot_run_is_refused(create, context, model, tmp_path, name, change, words):
    parameters = {"MODEL": model, "OUTPUT": str(tmp_path / "m.onnx"), **change}
    if name == "describemodel":
        parameters.pop("OUTPUT")
    accepted, reason = create(name).checkParameterValues(parameters, context)
    assert not accepted and words in reason


def test_relative_paths_are_those_of_qgis(create, context, model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parameters = {"MODEL": "modèle.safetensors", "OUTPUT": "m.onnx"}
    assert translate(create("exportmodel"), parameters, context) == ExportJob(model, str(tmp_path / "m.onnx"))
    assert translate(create("describemodel"), {"MODEL": "modèle.safetensors"}, context) == DescribeJob(model)


def test_what_is_described_becomes_outputs(provider, context, stand_in, model):
    values = {
        "network": "unet",
        "classes": "11 Wald, 42 Wasser",
        "bands": "Rot, Grün",
        "parameters": 481_900,
        "seconds": 0.1,
    }
    stand_in(f"emit(event='result', values=json.loads({json.dumps(values)!r}))")
    results, succeeded = provider.algorithm("describemodel").run(
        {"MODEL": model}, context, QgsProcessingFeedback()
    )
    expected = {
        "NETWORK": "unet",
        "CLASSES": "11 Wald, 42 Wasser",
        "BANDS": "Rot, Grün",
        "PARAMETERS": 481_900,
    }
    assert succeeded and results == expected
