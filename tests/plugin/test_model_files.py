"""The widget for model files: one or several, typed, set by the history, or fed by an earlier step of a chain."""

import pytest
from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingModelChildAlgorithm, QgsProcessingModelChildParameterSource
from qgis.PyQt.QtWidgets import QDialog


@pytest.fixture
def widget(provider, qgis_parent):
    from processing.gui.wrappers import WidgetWrapperFactory

    dialog = QDialog(qgis_parent)
    return WidgetWrapperFactory.create_wrapper(provider.algorithm("classify").parameterDefinition("MODEL"), dialog)


@pytest.mark.parametrize(
    "value, shown, files",
    [
        ("/a b/ü.safetensors", "/a b/ü.safetensors", ["/a b/ü.safetensors"]),
        (["/a b/ü.safetensors"], "/a b/ü.safetensors", ["/a b/ü.safetensors"]),
        (["/a b/1", "/c/2"], '"/a b/1" "/c/2"', ["/a b/1", "/c/2"]),
        ([], "", None),
        (None, "", None),
    ],
)
def test_a_value_is_shown_and_given_back(widget, value, shown, files):
    widget.setValue(value)
    assert widget.widget.filePath() == shown and widget.parameterValue() == files


def test_what_is_typed_is_told(widget):
    told = []
    widget.widgetValueHasChanged.connect(told.append)
    widget.widget.lineEdit().setText(" /models/one.safetensors ")
    assert told and widget.parameterValue() == ["/models/one.safetensors"]


def test_the_modeler_offers_the_model_of_an_earlier_step(provider, qgis_parent):
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog

    chain = QgsProcessingModelAlgorithm("chain", "tests")
    train = QgsProcessingModelChildAlgorithm("rastersegmenter:train")
    train.setChildId("train")
    chain.addChildAlgorithm(train)
    dialog = ModelerParametersDialog(provider.algorithm("classify").create(), chain)
    wrapper = dialog.widget.widget.wrappers["MODEL"]
    source = QgsProcessingModelChildParameterSource.fromChildOutput("train", "MODEL")
    wrapper.setWidgetValue(source)
    assert wrapper.value() == source
    dialog.deleteLater()
