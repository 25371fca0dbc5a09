"""From a dialog's values to outputs in QGIS, with a stand-in for the engine."""

import json

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
)
from qgis.PyQt.QtCore import QEventLoop
from raster_segmenter.engine.protocol import figures

from .conftest import polygons, save, write_raster
from .test_layers import STYLE

CLASSIFIES = """
import pathlib, shutil
job = json.loads(sys.stdin.readline())
shutil.copy({source!r}, job['output'])
pathlib.Path(job['output']).with_suffix('.qml').write_text({style!r})
emit(event='result', values={{'output': job['output'], 'pixels': 1200, 'seconds': 0.5}})
"""


@pytest.fixture
def classifies(stand_in, tmp_path):
    stand_in(CLASSIFIES.format(source=str(write_raster(tmp_path / "made.tif")), style=STYLE))
    model = tmp_path / "model.safetensors"
    model.touch()
    return str(model)


def test_outputs_are_the_files_and_figures(provider, context, classifies, image, tmp_path):
    output = str(tmp_path / "map.tif")
    parameters = {"INPUT": image, "MODEL": classifies, "OUTPUT": output}
    results, succeeded = provider.algorithm("classify").run(parameters, context, QgsProcessingFeedback())
    assert succeeded and results == {"OUTPUT": output, "PIXELS": 1200, "SECONDS": 0.5}


def test_loaded_map_shows_its_legend(provider, classifies, image, layer_tree):
    import processing

    processing.runAndLoadResults(
        "rastersegmenter:classify", {"INPUT": image, "MODEL": classifies, "OUTPUT": "TEMPORARY_OUTPUT"}
    )
    (layer,) = QgsProject.instance().mapLayers().values()
    assert [entry.label for entry in layer.renderer().classes()] == ["building"]
    assert layer_tree.isExpanded(
        layer_tree.node2index(QgsProject.instance().layerTreeRoot().findLayer(layer))
    )
    QgsProject.instance().removeAllMapLayers()


def test_map_made_in_another_thread_is_loaded_with_its_legend(
    provider, context, classifies, image, layer_tree
):
    """As a dialog runs it: QGIS gives each thread a context of its own, and keeps of the first what the
    second has.
    """
    from processing.gui.Postprocessing import handleAlgorithmResults

    destination = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    parameters = {"INPUT": image, "MODEL": classifies, "OUTPUT": destination}
    algorithm, feedback = provider.algorithm("classify"), QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    waiting, executed = QEventLoop(), []
    task.executed.connect(lambda *values: (executed.extend(values), waiting.quit()))
    QgsApplication.taskManager().addTask(task)
    waiting.exec()
    succeeded, results = executed
    assert succeeded, feedback.textLog()
    assert handleAlgorithmResults(algorithm, context, feedback, parameters=results)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.source() == results["OUTPUT"]
    assert [entry.label for entry in layer.renderer().classes()] == ["building"]


def test_outputs_left_empty_in_a_batch_are_not_loaded(provider, context, classifies, image, tmp_path):
    output = str(tmp_path / "map.tif")
    empty = {
        name: QgsProcessingOutputLayerDefinition("", QgsProject.instance())
        for name in ("CONFIDENCE", "POLYGONS")
    }
    loaded = QgsProcessingOutputLayerDefinition(output, QgsProject.instance())
    parameters = {"INPUT": image, "MODEL": [classifies], "OUTPUT": loaded, **empty}
    assert provider.algorithm("classify").checkParameterValues(parameters, context) == (True, "")
    _, succeeded = provider.algorithm("classify").run(parameters, context, QgsProcessingFeedback())
    assert succeeded and list(context.layersToLoadOnCompletion()) == [output]


def test_files_that_were_not_asked_for_are_left_out(provider, context, stand_in, image, tmp_path):
    values = dict.fromkeys(figure.name for figure in figures("map"))
    values |= dict.fromkeys(
        ("eroded_overall_accuracy", "eroded_mean_f1", "estimated_overall_accuracy", "auc")
    )
    values |= {"overall_accuracy": 0.9, "kappa": 0.8, "mean_f1": 0.7, "mean_iou": 0.6, "more": 1}
    stand_in(f"emit(event='result', values=json.loads({json.dumps(values)!r}))")
    labels, report = save(polygons(), tmp_path / "labels.gpkg"), str(tmp_path / "report.html")
    parameters = {"INPUT": image, "REFERENCE": [labels], "FIELD": "kind", "REPORT": report}
    results, succeeded = provider.algorithm("evaluate").run(parameters, context, QgsProcessingFeedback())
    expected = {"REPORT": report, "OVERALL_ACCURACY": 0.9, "KAPPA": 0.8, "MEAN_F1": 0.7, "MEAN_IOU": 0.6}
    assert succeeded and results == expected


def test_a_missing_figure_fails(provider, context, stand_in):
    stand_in("emit(event='result', values={'device': 'CPU'})")
    feedback = QgsProcessingFeedback()
    _, succeeded = provider.algorithm("checkengine").run({}, context, feedback)
    assert not succeeded and "lacks reason" in feedback.textLog()


def test_a_failure_fails(provider, context, stand_in):
    stand_in("emit(event='failure', code='x', message='It broke.', remedy='Mend it.')")
    feedback = QgsProcessingFeedback()
    results, succeeded = provider.algorithm("checkengine").run({}, context, feedback)
    assert not succeeded and not results and "It broke.\nMend it." in feedback.textLog()


def test_model_chain_runs(provider, context, classifies, image, tmp_path):
    """Classify inside a Processing model: the output of one step feeds what comes next."""
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
    )

    step = QgsProcessingModelChildAlgorithm("rastersegmenter:classify")
    step.setChildId("classify")
    for name, value in {"INPUT": image, "MODEL": classifies}.items():
        step.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
    final = QgsProcessingModelOutput("map", "map")
    final.setChildId("classify")
    final.setChildOutputName("OUTPUT")
    step.setModelOutputs({"map": final})
    model = QgsProcessingModelAlgorithm("chain", "tests")
    model.addChildAlgorithm(step)
    model.initAlgorithm()
    output = str(tmp_path / "chain.tif")
    (destination,) = model.destinationParameterDefinitions()
    results, succeeded = model.run({destination.name(): output}, context, QgsProcessingFeedback())
    assert succeeded and results[destination.name()] == output
