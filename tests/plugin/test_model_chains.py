"""The Processing models in ``resources/models``: in the toolbox, and run from the first step to the last."""

import os
import sys

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from raster_segmenter.engine.protocol import figures

from .conftest import ROOT, polygons, results, save, write_raster

STEPS = """
import pathlib, shutil
job = json.loads(sys.stdin.readline())
for name in ('model', 'report', 'output'):
    if job.get(name):
        shutil.copy({source!r}, job[name])
values = {figures!r} + ' best_epoch epochs_run seconds pixels'
values += ' eroded_overall_accuracy eroded_mean_f1 estimated_overall_accuracy auc'
emit(event='result', values=dict.fromkeys(values.split(), 1))
"""
MODELS = sorted((ROOT / "resources" / "models").glob("*.model3"))
TRAIN, CLEAN = "rastersegmenter:train_classify_evaluate", "rastersegmenter:classify_polygons_clean"
DEMO = ROOT / "resources" / "demo"
NAMED = QgsProcessingModelChildParameterSource.fromStaticValue

each_model = pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)


def registry():
    return QgsApplication.processingRegistry()


def inputs(algorithm):
    return [
        definition.name() for definition in algorithm.parameterDefinitions() if not definition.isDestination()
    ]


@pytest.fixture
def training(stand_in, tmp_path):
    """The values of the chain that trains, with a stand-in for the engine; its outputs are the last three."""
    image = str(write_raster(tmp_path / "image.tif"))
    names = " ".join(figure.name for figure in figures("map"))
    stand_in(STEPS.format(source=image, figures=names))
    labels = save(polygons(), tmp_path / "labels.gpkg")
    outputs = {
        "train:Model": str(tmp_path / "m.safetensors"),
        "classify:Class map": str(tmp_path / "map.tif"),
        "evaluate:Evaluation report": str(tmp_path / "report.html"),
    }
    return {
        "image": image,
        "training": [labels],
        "reference": [labels],
        "field": "kind",
        "minutes": 1,
    }, outputs


@pytest.fixture
def cleaning(interpreter, tmp_path, monkeypatch):
    """The values of the chain that cleans: houses of the demo, for the real engine."""
    monkeypatch.setenv(interpreter.SETTING, sys.executable)
    gdal.Translate(str(tmp_path / "crop.tif"), str(DEMO / "image.tif"), srcWin=[1100, 200, 256, 256])
    return {
        "image": str(tmp_path / "crop.tif"),
        "model": [str(DEMO / "buildings.safetensors")],
        "classify:class_map": str(tmp_path / "map.tif"),
        "simplify:polygons": str(tmp_path / "clean.gpkg"),
    }


def test_there_are_two():
    assert [path.stem for path in MODELS] == ["classify_polygons_clean", "train_classify_evaluate"]


@each_model
def test_models_are_valid_and_name_no_file_of_their_maker(provider, path):
    """Also as a user of QGIS opens them in the modeler."""
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(path)) and model.validate() == (True, [])
    assert model.displayName() and model.shortHelpString()
    assert not [
        word for word in ("/home", "/tmp", "/root", "/work") if word in path.read_text(encoding="utf-8")
    ]


@each_model
def test_defaults_are_those_of_the_algorithms(provider, path):
    static = NAMED(None).source()
    for step in provider.algorithm(path.stem).childAlgorithms().values():
        definitions = {d.name(): d for d in step.algorithm().parameterDefinitions()}
        for name, (source, *_) in step.parameterSources().items():
            if source.source() == static:
                assert source.staticValue() == definitions[name].defaultValue(), name


@each_model
def test_all_is_explained(provider, path):
    chain = provider.algorithm(path.stem)
    explained = chain.helpContent()
    assert [name for name in inputs(chain) if not explained.get(name)] == []
    assert [
        d.name() for d in chain.destinationParameterDefinitions() if not (explained.get(d.name()) or d.help())
    ] == []


@each_model
def test_the_toolbox_shows_it_in_a_group_of_its_own(provider, path):
    from qgis.gui import QgsProcessingToolboxModel

    toolbox = QgsProcessingToolboxModel()
    provider.refreshAlgorithms()
    top = toolbox.indexForProvider("rastersegmenter")
    groups = {
        toolbox.data(index): index
        for index in (toolbox.index(row, 0, top) for row in range(toolbox.rowCount(top)))
    }
    model_chains = groups["Model chains"]
    shown = [
        toolbox.algorithmForIndex(toolbox.index(row, 0, model_chains)).id()
        for row in range(toolbox.rowCount(model_chains))
    ]
    assert sorted(shown) == [CLEAN, TRAIN]
    assert provider.algorithm(path.stem).validate() == (True, [])


def test_a_model_of_the_user_that_is_read_first_finds_our_chains(interpreter):
    """QGIS reads the user's models as soon as it hears of a provider, which is before we do."""
    import raster_segmenter

    steps = []

    def read(added):
        step = QgsProcessingModelChildAlgorithm(CLEAN)
        steps.append([d.name() for d in step.algorithm().destinationParameterDefinitions()])

    registry().providerAdded.connect(read)
    plugin = raster_segmenter.classFactory(None)
    plugin.initProcessing()
    registry().providerAdded.disconnect(read)
    plugin.unload()
    assert steps == [["classify:class_map", "simplify:polygons"]]


def test_chains_come_and_go_with_the_plugin(interpreter):
    import raster_segmenter

    for _ in range(3):
        plugin = raster_segmenter.classFactory(None)
        plugin.initProcessing()
        chain = registry().createAlgorithmById(CLEAN)
        assert chain.validate() == (True, [])
        plugin.unload()
        assert registry().createAlgorithmById(CLEAN) is None and chain.displayName()


def test_what_cannot_be_added_is_told_and_harms_nothing_else(interpreter, tmp_path, monkeypatch):
    import raster_segmenter
    from raster_segmenter.plugin.algorithms import model_chains

    text = MODELS[0].read_text(encoding="utf-8")
    (tmp_path / "damaged.model3").write_text(text[:300], encoding="utf-8")
    (tmp_path / "newer.model3").write_text(
        text.replace("native:fixgeometries", "native:mend"), encoding="utf-8"
    )
    monkeypatch.setattr(
        model_chains, "FILES", (tmp_path / "damaged.model3", tmp_path / "newer.model3", MODELS[1])
    )
    told = []
    log = QgsApplication.messageLog()
    listener = log.messageReceived.connect(lambda text, tag, level: told.append((text, tag)))
    plugin = raster_segmenter.classFactory(None)
    plugin.initProcessing()
    log.messageReceived.disconnect(listener)
    names = [algorithm.name() for algorithm in plugin._provider.algorithms()]
    able, reason = plugin._provider.algorithm("newer").canExecute()
    plugin.unload()
    assert "damaged" not in names and {"train", "newer", "train_classify_evaluate"} <= set(names)
    assert not able and "native:mend" in reason
    ours = [text for text, tag in told if tag == "Raster Segmenter"]
    assert any("damaged.model3" in text for text in ours) and any("native:mend" in text for text in ours)


@each_model
def test_dialog_opens_and_takes_any_labels(provider, qgis_parent, monkeypatch, image, path):
    from processing.gui import AlgorithmDialog, ParametersPanel

    monkeypatch.setattr(ParametersPanel, "iface", None)
    dialog = AlgorithmDialog.AlgorithmDialog(provider.algorithm(path.stem).create(), parent=qgis_parent)
    wrappers = dialog.mainWidget().wrappers
    assert set(wrappers) >= set(inputs(dialog.algorithm()))
    if "training" in wrappers:
        labels, context = polygons(), QgsProcessingContext()
        context.setProject(QgsProject.instance())
        QgsProject.instance().addMapLayer(labels)
        for chosen in ([image], [image, labels.id()]):  # by QGIS's own widget for fields, 3.22 would end
            wrappers["training"].setParameterValue(chosen, context)
        fields = wrappers["field"].fields
        assert [fields.itemText(row) for row in range(fields.count())] == ["", "kind"]
    sip.delete(dialog)  # at once: a dialog that waits to be deleted hears of layers that other tests add
    QgsProject.instance().removeAllMapLayers()


def test_the_chain_that_trains_runs(provider, context, training):
    import processing

    values, outputs = training
    made = processing.run(TRAIN, {**values, **outputs}, context=context)
    assert {name: made[name] for name in outputs} == outputs


def test_chains_are_steps_of_other_models(provider, context, training):
    values, outputs = training
    step = QgsProcessingModelChildAlgorithm(TRAIN)
    step.setChildId("chain")
    for name, value in values.items():
        step.addParameterSources(name, [NAMED(value)])
    final = QgsProcessingModelOutput("map", "map")
    final.setChildId("chain")
    final.setChildOutputName("classify:Class map")
    step.setModelOutputs({"map": final})
    model = QgsProcessingModelAlgorithm("outer", "outer")
    model.addChildAlgorithm(step)
    (output,) = (definition.name() for definition in model.destinationParameterDefinitions())
    made, succeeded = model.run({output: outputs["classify:Class map"]}, context, QgsProcessingFeedback())
    assert succeeded and made[output] == outputs["classify:Class map"]


def test_chains_run_in_qgis_process(qgis_process, training, interpreter):
    values, outputs = training
    listed = qgis_process("list").stdout
    assert f"{TRAIN}\tTrain, classify and evaluate" in listed and CLEAN in listed
    assert "Trains a network on labels" in qgis_process("help", TRAIN).stdout
    given = [
        f"--{name}={one}"
        for name, value in values.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    given += [f"--{name}={value}" for name, value in outputs.items()]
    run = qgis_process(
        "--json", "run", TRAIN, *given, RASTER_SEGMENTER_PYTHON=os.environ[interpreter.SETTING]
    )
    made = results(run)
    assert {name: made[name] for name in outputs} == outputs


def features(source):
    layer = QgsVectorLayer(source)
    assert layer.isValid()
    return list(layer.getFeatures())


def points(found):
    return sum(feature.geometry().constGet().nCoordinates() for feature in found)


def classes(found):
    return {feature["class"] for feature in found}


@pytest.mark.parametrize(("tolerance", "keep"), [(0, "true"), (3e-6, "\"class\" <> 'background'")])
def test_the_chain_that_cleans_runs(provider, context, cleaning, tolerance, keep):
    """Three millionths of a degree are about a pixel."""
    import processing

    made = processing.run(
        CLEAN, {**cleaning, "tolerance": tolerance, "keep": keep, "smallest": 1}, context=context
    )
    before, clean = (
        features(made["CHILD_RESULTS"]["classify"]["POLYGONS"]),
        features(cleaning["simplify:polygons"]),
    )
    assert len(before) > 10 and classes(before) == {"background", "buildings"}
    assert all(feature.geometry().isGeosValid() and feature["area_m2"] >= 1 for feature in clean)
    kept = [feature for feature in before if keep == "true" or feature["class"] == "buildings"]
    assert sorted(feature["area_m2"] for feature in clean) == sorted(feature["area_m2"] for feature in kept)
    assert classes(clean) == classes(kept)
    assert points(clean) == points(kept) if tolerance == 0 else points(clean) < points(kept) / 2
    area, whole = (sum(feature.geometry().area() for feature in found) for found in (clean, kept))
    assert area == pytest.approx(whole, rel=0.05 if tolerance else 1e-6)


def test_defaults_of_the_chain_leave_outlines_as_they_are_and_the_background_out(provider, context, cleaning):
    """QGIS's own default of the tolerance is 1, which is a degree here."""
    import processing

    made = processing.run(CLEAN, cleaning, context=context)
    before, clean = (
        features(made["CHILD_RESULTS"]["classify"]["POLYGONS"]),
        features(cleaning["simplify:polygons"]),
    )
    kept = [feature for feature in before if feature["class"] == "buildings"]
    assert 0 < len(clean) == len(kept) < len(before) and points(clean) == points(kept)


@pytest.mark.parametrize("temporary", [False, True])
def test_clean_polygons_have_colours_and_history(provider, context, cleaning, layer_tree, temporary):
    file = "TEMPORARY_OUTPUT" if temporary else cleaning["simplify:polygons"]
    cleaning["simplify:polygons"] = QgsProcessingOutputLayerDefinition(file, QgsProject.instance())
    assert_coloured(clean_layer(cleaning, context))
    if not temporary:
        assert_coloured(QgsVectorLayer(file))


def clean_layer(values, context):
    """The layer that the project shows in the end."""
    from processing.gui.Postprocessing import handleAlgorithmResults

    algorithm, feedback = registry().createAlgorithmById(CLEAN), QgsProcessingFeedback()
    _, succeeded = algorithm.run(values, context, feedback)
    assert succeeded, feedback.textLog()
    assert handleAlgorithmResults(algorithm, context, feedback, parameters=values)
    assert "no style" not in feedback.textLog()
    (layer,) = QgsProject.instance().mapLayers().values()
    return layer


def assert_coloured(layer):
    entries = {entry.label(): entry.symbol().color().name() for entry in layer.renderer().categories()}
    assert entries == {"background": "#e1e1e1", "buildings": "#d55e00"}
    history = layer.metadata().history()
    assert history[0].startswith("Image: ") and history[0].endswith("crop.tif")
    assert history[-1].startswith(f'Command: processing.run("{CLEAN}"') and "'tolerance':0" in history[-1]
