"""The widget for model files: one or several, typed, set by the history, or fed by an earlier step of a
chain.
"""

import json

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
)
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialog
from raster_segmenter.engine.protocol import read_card

from .conftest import ROOT


@pytest.fixture
def widget(provider, qgis_parent):
    from processing.gui.wrappers import WidgetWrapperFactory

    dialog, context = QDialog(qgis_parent), QgsProcessingContext()
    wrapper = WidgetWrapperFactory.create_wrapper(
        provider.algorithm("classify").parameterDefinition("MODEL"), dialog
    )
    shown = wrapper.createWrappedWidget(context)
    yield wrapper
    for gone in (shown, dialog):  # before the provider goes
        sip.delete(gone)


@pytest.mark.parametrize(
    ("value", "shown", "files"),
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
    assert widget.files.filePath() == shown and widget.parameterValue() == files


def test_what_is_typed_is_told(widget):
    told = []
    widget.widgetValueHasChanged.connect(told.append)
    widget.files.lineEdit().setText(" /models/one.safetensors ")
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
    sip.delete(dialog)  # before the chain and the provider go, which it points to


COLOR = {"classes": [{"value": 0, "name": "a", "color": [1 << 40, 0, 0]}]}
DEMO = str(ROOT / "resources" / "demo" / "buildings.safetensors")


def test_the_card_of_a_model_is_shown(widget):
    assert widget.card.isHidden()
    widget.setValue([DEMO])
    text = widget.card.text()
    assert not widget.card.isHidden()
    for words in ("unet, 3 bands", "pixels of 0.26", "mean F1 0.8", "background", "buildings", "#d55e00"):
        assert words in text
    widget.setValue([])
    assert widget.card.isHidden()


def written(path, card, **header):
    text = json.dumps(
        {"__metadata__": {"raster_segmenter": card if isinstance(card, str) else json.dumps(card)}, **header}
    ).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)
    return str(path)


@pytest.mark.parametrize("content", [b"", b"\xff" * 20, b"\x02" + bytes(7) + b"[]", b"PK\x03\x04"])
def test_what_is_no_model_is_told(content, widget, tmp_path):
    path = tmp_path / "no.safetensors"
    path.write_bytes(content)
    widget.setValue([str(path)])
    assert "is not a Raster Segmenter model" in widget.card.text()
    widget.setValue([str(tmp_path / "missing.safetensors")])
    assert "cannot be opened" in widget.card.text()


def test_a_card_of_anyones_is_no_html(widget, tmp_path):
    card = read_card(DEMO)
    card["classes"][0]["name"] = "<img src='http://example.org/x'>"
    card["bands"][0]["name"] = "<b>red</b>"
    widget.setValue([written(tmp_path / "m.safetensors", card)])
    assert (
        "&lt;img" in widget.card.text()
        and "<img" not in widget.card.text()
        and "<b>" not in widget.card.text()
    )


@pytest.mark.parametrize(
    "change", [{"classes": 5}, {"best_epoch": 10**6}, {"bands": [{}]}, {"pixel_size_m": "x"}, COLOR]
)
def test_a_card_that_makes_no_sense_is_told(change, widget, tmp_path):
    widget.setValue([written(tmp_path / "m.safetensors", {**read_card(DEMO), **change})])
    assert "cannot be read" in widget.card.text()


def test_in_a_batch_there_is_no_room_for_the_card(provider, qgis_iface, qgis_parent):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from processing.gui.wrappers import WidgetWrapperFactory

    dialog = BatchAlgorithmDialog(provider.algorithm("classify").create(), qgis_parent)
    wrapper = WidgetWrapperFactory.create_wrapper(
        provider.algorithm("classify").parameterDefinition("MODEL"), dialog
    )
    shown = wrapper.createWrappedWidget(QgsProcessingContext())
    wrapper.setValue([DEMO])
    assert shown and wrapper.card.isHidden() and wrapper.value() == [DEMO]
    for gone in (shown, dialog):
        sip.delete(gone)


def test_a_card_of_anyones_stays_small(widget, tmp_path):
    card = read_card(DEMO)
    card["classes"] = [{"value": k, "name": "x" * 5000, "color": [0, 0, 0]} for k in range(200)]
    card["bands"] = [{"name": f"band {k}"} for k in range(3000)]
    widget.setValue([written(tmp_path / "m.safetensors", card)])
    assert (
        "3000 bands" in widget.card.text() and "176" in widget.card.text() and len(widget.card.text()) < 5000
    )
