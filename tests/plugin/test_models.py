"""The Processing models in ``resources/models``: they hold together, and run from the first step to the last."""

import pytest
from qgis.core import QgsProcessingFeedback, QgsProcessingModelAlgorithm, QgsProcessingModelChildParameterSource

from .conftest import ROOT, polygons, save, write_raster

STEPS = """
import pathlib, shutil
job = json.loads(sys.stdin.readline())
for name in ('model', 'report', 'output'):
    if job.get(name):
        shutil.copy({source!r}, job[name])
figures = 'overall_accuracy kappa mean_f1 mean_iou best_epoch epochs_run seconds pixels'
figures += ' eroded_overall_accuracy eroded_mean_f1 estimated_overall_accuracy auc'
say(event='result', values=dict.fromkeys(figures.split(), 1))
"""
MODELS = sorted((ROOT / "resources" / "models").glob("*.model3"))


@pytest.fixture
def chain(provider):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(ROOT / "resources" / "models" / "train_classify_evaluate.model3"))
    return model


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_models_are_valid_and_name_no_file_of_their_maker(provider, path):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(path)) and model.validate() == (True, [])
    assert model.displayName() and model.shortHelpString()
    assert not [word for word in ("/home", "/tmp", "/root", "/work") if word in path.read_text(encoding="utf-8")]


def test_defaults_of_the_chain_are_those_of_the_algorithms(chain, provider):
    static = QgsProcessingModelChildParameterSource.fromStaticValue(None).source()
    for step in chain.childAlgorithms().values():
        definitions = {d.name(): d for d in step.algorithm().parameterDefinitions()}
        for name, (source, *_) in step.parameterSources().items():
            if source.source() == static:
                assert source.staticValue() == definitions[name].defaultValue(), name


def test_the_chain_runs(chain, context, stand_in, tmp_path):
    image = str(write_raster(tmp_path / "image.tif"))
    stand_in(STEPS.format(source=image))
    labels = save(polygons(), tmp_path / "labels.gpkg")
    outputs = {
        "train:Model": str(tmp_path / "m.safetensors"),
        "classify:Class map": str(tmp_path / "map.tif"),
        "evaluate:Evaluation report": str(tmp_path / "report.html"),
    }
    inputs = {"image": image, "training": [labels], "reference": [labels], "field": "kind", "minutes": 1}
    feedback = QgsProcessingFeedback()
    results, succeeded = chain.run({**inputs, **outputs}, context, feedback)
    assert succeeded, feedback.textLog()
    assert {name: results[name] for name in outputs} == outputs
