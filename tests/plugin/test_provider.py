"""The provider and the plugin's life in a QGIS session."""

import re

import pytest
from qgis.core import QgsApplication, QgsProcessingFeedback, QgsProcessingParameterDefinition, QgsSettings
from qgis.PyQt import sip
from raster_segmenter.plugin.parameters.values import Values

from .conftest import ROOT

MODULES = {path.stem for path in (ROOT / "plugin" / "algorithms").glob("*.py")} - {
    "__init__",
    "base",
    "model_chains",
}
NAMES = sorted(module.replace("_", "") for module in MODULES)
CHAINS = ["classify_polygons_clean", "train_classify_evaluate"]


def registry():
    return QgsApplication.processingRegistry()


def test_lists_every_module_with_an_algorithm(provider):
    assert sorted(algorithm.name() for algorithm in provider.algorithms()) == sorted(NAMES + CHAINS)
    assert registry().providerById("rastersegmenter") is provider
    assert provider.name() == "Raster Segmenter" and provider.longName().startswith("Raster Segmenter")
    assert not provider.icon().isNull()


@pytest.mark.parametrize("name", NAMES)
def test_algorithm_presents_itself(provider, name):
    algorithm = registry().createAlgorithmById(f"rastersegmenter:{name}")
    assert re.fullmatch(r"[a-z]+", algorithm.name()) and re.fullmatch(r"[a-z]+", algorithm.groupId())
    assert (
        algorithm.displayName()
        and algorithm.group()
        and algorithm.shortDescription()
        and len(algorithm.tags()) > 3
    )
    assert algorithm.icon().availableSizes() or not algorithm.icon().pixmap(24, 24).isNull()
    assert "<p>" in algorithm.shortHelpString() and "`" not in algorithm.shortHelpString()
    assert algorithm.helpUrl().startswith("file:") and algorithm.helpUrl().endswith(f"{name}.md")
    assert type(algorithm.createInstance()) is type(algorithm)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_explained_and_few_are_basic(provider, name):
    definitions = provider.algorithm(name).parameterDefinitions()
    assert [d.name() for d in definitions if not d.help()] == []
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    assert len([d for d in definitions if not d.flags() & advanced]) <= 8


@pytest.mark.parametrize("name", NAMES)
def test_help_page_speaks_only_of_what_exists(provider, name):
    from raster_segmenter.plugin.text import parameter_help

    algorithm = provider.algorithm(name)
    assert set(parameter_help(name)) == {d.name() for d in algorithm.parameterDefinitions()}


@pytest.mark.parametrize("name", NAMES)
def test_defaults_and_limits_are_the_jobs(provider, name):
    from raster_segmenter.engine.protocol import JOBS
    from raster_segmenter.plugin.parameters.definitions import field_of

    job = JOBS[name.removesuffix("engine").removesuffix("model")]
    numbers = [d for d in provider.algorithm(name).parameterDefinitions() if d.type() == "number"]
    for definition in numbers:
        field = field_of(job, definition.name())
        limits = (field.default, field.metadata["low"], field.metadata["high"])
        assert (definition.defaultValue(), definition.minimum(), definition.maximum()) == limits
    least = {"train": 7, "classify": 2, "evaluate": 1, "exportmodel": 1, "samplepoints": 5}
    assert least.get(name, 0) <= len(numbers)


PUBLIC = {
    "train": """
        INPUT EXTRA REFERENCE FIELD UNLABELLED AREA NETWORK SCHEDULE OPTIONS LOSS AUXILIARY INITIAL
        EPOCHS MINUTES PATCH_PX BATCH LEARNING_RATE VALIDATION SEED DEVICE RENAMES AUGMENTATION
        VALIDATION_AREA RESUME DETERMINISTIC MODEL REPORT OVERALL_ACCURACY MEAN_F1 MEAN_IOU BEST_EPOCH
        EPOCHS_RUN SECONDS
    """,
    "classify": """
        INPUT EXTRA MODEL AREA EXTENT AUGMENT TILE_PX BLEND RESOLUTION PRECISION DEVICE MINIMUM_AREA_M2
        CLOUD_OPTIMISED KEEP OUTPUT PROBABILITIES CONFIDENCE POLYGONS SUMMARY JSON PIXELS SECONDS
    """,
    "evaluate": """
        INPUT REFERENCE FIELD UNLABELLED AREA RENAMES PROBABILITIES ERODE_PX REGIONS REGION_FIELD REPORT
        JSON CSV ERRORS PLACES OVERALL_ACCURACY KAPPA MEAN_F1 MEAN_IOU ERODED_OVERALL_ACCURACY
        ERODED_MEAN_F1 ESTIMATED_OVERALL_ACCURACY AUC
    """,
    "samplepoints": "INPUT STANDARD_ERROR ACCURACY POINTS FEWEST AREA SEED OUTPUT COUNT PIXELS",
    "exportmodel": "MODEL TILE_PX OUTPUT",
    "describemodel": "MODEL NETWORK REPORT JSON CLASSES BANDS PARAMETERS",
    "checkengine": "DEVICE REASON INTERPRETER PYTHON TORCH GDAL REPORT",
}
"""Parameters and outputs that users' scripts and models name. More may come, none may go."""


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_stay(provider, name):
    algorithm = provider.algorithm(name)
    definitions = (*algorithm.parameterDefinitions(), *algorithm.outputDefinitions())
    assert set(PUBLIC[name].split()) <= {definition.name() for definition in definitions}


def test_each_figure_of_a_map_is_an_output(provider):
    from raster_segmenter.engine.protocol import figures

    outputs = {definition.name() for definition in provider.algorithm("evaluate").outputDefinitions()}
    assert {figure.name.upper() for figure in figures("map")} <= outputs


def test_dialogs_offer_the_report_and_scripts_need_not_make_it(provider, context):
    for name in ("train", "evaluate", "describemodel"):
        report = provider.algorithm(name).parameterDefinition("REPORT")
        assert report.createByDefault() and provider.algorithm(name).hasHtmlOutputs()
        algorithm = provider.algorithm(name)
        assert Values(algorithm, {}, context, QgsProcessingFeedback()).output("REPORT") == ""
    for name in ("JSON", "CSV"):
        assert not provider.algorithm("evaluate").parameterDefinition(name).createByDefault()


def test_the_chosen_interpreter_is_stored_where_it_is_read(provider, interpreter):
    from processing.core.ProcessingConfig import ProcessingConfig

    ProcessingConfig.setSettingValue(interpreter.SETTING, str(ROOT / "LICENSE"))
    assert QgsSettings().value(interpreter.SETTING_KEY) == str(ROOT / "LICENSE")


@pytest.mark.parametrize("name", NAMES)
def test_dialog_opens_and_gives_the_defaults(provider, qgis_parent, monkeypatch, name):
    """Every parameter has a widget, and what the widgets say is what the job's fields say."""
    from processing.gui import AlgorithmDialog, ParametersPanel

    monkeypatch.setattr(ParametersPanel, "iface", None)
    dialog = AlgorithmDialog.AlgorithmDialog(provider.algorithm(name).create(), parent=qgis_parent)
    panel = dialog.mainWidget()
    for definition in provider.algorithm(name).parameterDefinitions():
        if definition.type() in ("number", "enum"):
            assert panel.wrappers[definition.name()].parameterValue() == definition.defaultValue()
        else:
            assert definition.isDestination() or definition.name() in panel.wrappers
    sip.delete(dialog)


def test_help_of_train_shows_every_network_with_its_published_settings(provider):
    from raster_segmenter.engine.protocol import choices

    page = provider.algorithm("train").shortHelpString()
    for name, entry in choices("models").items():
        assert f"<b>{name}</b>" in page and entry.about.split(",")[0] in page
    assert "an epoch 40,000 patches" in page and "learning rate 0.0001, stays the same" in page


def test_temporary_outputs_are_of_the_kinds_that_the_engine_writes(provider):
    """Whatever formats the user has set for others."""
    assert (
        provider.supportedOutputVectorLayerExtensions() == ["gpkg"]
        and provider.defaultVectorFileExtension(True) == "gpkg"
    )
    assert (
        provider.supportedOutputRasterLayerExtensions()[0] == provider.defaultRasterFileExtension() == "tif"
    )


def test_it_unloads_where_qgis_has_ended_its_registry_before(provider, monkeypatch):
    """As qgis_process 3.44 does."""
    from qgis.core import QgsApplication

    QgsApplication.processingRegistry().providerAdded.disconnect(provider._complete)
    with monkeypatch.context() as ending:
        ending.setattr(QgsApplication, "processingRegistry", lambda: None)
        provider.unload()
    provider.load()
