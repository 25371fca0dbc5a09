"""The plugin in the real qgis_process, in an empty profile."""

import subprocess
import sys

from qgis.core import Qgis

from .conftest import ROOT, results


def test_list_names_the_algorithms(qgis_process):
    listed = qgis_process("list")
    assert listed.returncode == 0
    for line in (
        "checkengine\tCheck the engine",
        "classify\tClassify raster",
        "evaluate\tEvaluate against",
        "train\tTrain seg",
    ):
        assert f"rastersegmenter:{line}" in listed.stdout


def test_help_explains(qgis_process):
    shown = qgis_process("help", "rastersegmenter:train")
    assert shown.returncode == 0
    for words in ("Trains a neural network", "LEARNING_RATE", "MEAN_IOU", "Polygon layers or class rasters"):
        assert words in shown.stdout
    assert "Traceback" not in shown.stderr


def test_run_gives_the_outputs(qgis_process):
    values = results(qgis_process("--json", "run", "rastersegmenter:checkengine", "--DEVICE=cpu"))
    assert set(values) == {"DEVICE", "REASON", "INTERPRETER", "PYTHON", "TORCH", "GDAL", "REPORT"}
    for words in ("write a class map: ", "train two steps: ", f"QGIS {Qgis.QGIS_VERSION}"):
        assert words in values["REPORT"]
    assert values["INTERPRETER"] == sys.executable and values["DEVICE"].startswith("CPU")


def test_refused_parameters_give_a_non_zero_exit(qgis_process):
    refused = qgis_process(
        "run", "rastersegmenter:classify", "--INPUT=/nowhere.tif", "--MODEL=m", "--OUTPUT=/tmp/map.tif"
    )
    assert refused.returncode != 0
    assert "/nowhere.tif" in refused.stdout + refused.stderr


def test_failed_run_gives_a_non_zero_exit(qgis_process, image, tmp_path):
    (tmp_path / "no model.safetensors").write_text("nothing")
    output = tmp_path / "map.tif"
    parameters = (
        f"--INPUT={image}",
        f"--MODEL={tmp_path / 'no model.safetensors'}",
        f"--OUTPUT={output}",
        "--DEVICE=cpu",
    )
    failed = qgis_process("run", "rastersegmenter:classify", *parameters)
    assert failed.returncode != 0
    assert "no model.safetensors is not a Raster Segmenter model" in failed.stdout + failed.stderr
    assert list(tmp_path.glob("map*")) == []


def test_missing_engine_gives_the_remedy_and_a_non_zero_exit(qgis_process):
    failed = qgis_process("run", "rastersegmenter:checkengine", RASTER_SEGMENTER_PYTHON="/nowhere/python")
    assert failed.returncode != 0
    assert (
        "/nowhere/python" in failed.stdout + failed.stderr and "install.py" in failed.stdout + failed.stderr
    )


def test_gdal_that_does_not_fit_is_told_before_the_run(qgis_process, tmp_path):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nGDAL_SKIP=GPKG exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    failed = qgis_process("run", "rastersegmenter:checkengine", RASTER_SEGMENTER_PYTHON=str(python))
    told = failed.stdout + failed.stderr
    assert (
        failed.returncode != 0
        and "GPKG (GeoPackage)" in told
        and "GDAL_SKIP" in told
        and "Traceback" not in told
    )


SESSION = """
import sys
sys.path.insert(0, sys.argv[1])  # QGIS's plugins
import importlib.util
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
application = QgsApplication([], False)
application.initQgis()
from processing.core.Processing import Processing
Processing.initialize()
spec = importlib.util.spec_from_file_location(
    "raster_segmenter", sys.argv[2] + "/__init__.py", submodule_search_locations=[sys.argv[2]])
module = sys.modules["raster_segmenter"] = importlib.util.module_from_spec(spec)
path, loaded = list(sys.path), set(sys.modules)
spec.loader.exec_module(module)
plugin = module.classFactory(None)
plugin.initProcessing()
algorithm = QgsApplication.processingRegistry().createAlgorithmById("rastersegmenter:checkengine")
results, succeeded = algorithm.run({"DEVICE": "cpu"}, QgsProcessingContext(), QgsProcessingFeedback())
assert succeeded and results["TORCH"]
plugin.unload()
heavy = {"torch", "numpy", "onnx", "onnxruntime", "safetensors", "jinja2", "PIL", "osgeo"}
assert sys.path == path, "sys.path was changed"
assert not heavy & {name.split(".")[0] for name in set(sys.modules) - loaded}, "something heavy was imported"
rooms = {name.split(".")[2] for name in sys.modules if name.startswith("raster_segmenter.engine.")}
assert rooms == {"protocol"}
print("untouched")
"""


def test_a_whole_session_imports_nothing_heavy_and_leaves_the_path(tmp_path, qgis_app, interpreter):
    plugins = f"{qgis_app.pkgDataPath()}/python/plugins"
    run = subprocess.run(
        [sys.executable, "-c", SESSION, plugins, str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert "untouched" in run.stdout, run.stdout + run.stderr
