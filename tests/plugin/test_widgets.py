"""Widgets of Train segmenter: the table of classes and its text form, and the field of classes."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QLineEdit
from raster_segmenter.plugin.parameters.text_values import parse_renames

from .conftest import polygons, save, write_raster
from .test_legends import categorised


@pytest.fixture
def dialog(provider, qgis_iface, qgis_parent, context, monkeypatch):
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    monkeypatch.setattr(qgis_iface, "browserModel", lambda: None, raising=False)
    dialog = AlgorithmDialog(provider.algorithm("train").create(), parent=qgis_parent)
    yield dialog
    dialog.close()
    sip.delete(dialog)  # before the context, whose layers it shows


@pytest.fixture
def wrappers(dialog):
    return dialog.mainWidget().wrappers


@pytest.fixture
def put(wrappers, context):
    """Set a value of the dialog, as its user would."""
    return lambda name, value: wrappers[name].setParameterValue(value, context)


def rows(table):
    """Own name, name to be, and colour (empty for none) of each row."""
    found = []
    for row in range(table.rowCount()):
        color = table.cellWidget(row, 2).color()
        found.append(
            (table.item(row, 0).text(), table.item(row, 1).text(), color.name() if color.isValid() else "")
        )
    return found


@pytest.mark.parametrize("text", ["", "concerte=concrete", "concerte=concrete; 7=water #0000ff; 8=#102030"])
def test_a_text_is_shown_and_given_back(text, wrappers):
    wrappers["RENAMES"].setValue(text)
    assert wrappers["RENAMES"].value() == text
    assert wrappers["RENAMES"].parameterValue() == text


def test_a_text_that_renames_nothing_is_kept_for_the_algorithm_to_refuse(wrappers):
    wrappers["RENAMES"].setValue("water")
    assert wrappers["RENAMES"].value() == "water" and wrappers["RENAMES"].table.rowCount() == 0


def test_the_value_can_be_asked_for_at_each_change(wrappers):
    """As dialogs do since QGIS 3.44."""
    renames, told = wrappers["RENAMES"], []
    renames.widgetValueHasChanged.connect(lambda changed: told.append(renames.parameterValue()))
    renames.setValue("a=b; c=d")
    renames.add_button.click()
    renames.table.item(2, 0).setText("e")
    renames.table.item(2, 1).setText("f")
    assert told == ["a=b; c=d", "a=b; c=d", "a=b; c=d", "a=b; c=d; e=f"]


def test_rows_can_be_added_for_what_is_not_listed(wrappers):
    renames = wrappers["RENAMES"]
    renames.add_button.click()
    assert renames.value() == ""
    renames.table.item(0, 0).setText("background")
    renames.table.item(0, 1).setText("other; or none")
    assert renames.value() == r"background=other\; or none"
    assert parse_renames(renames.value()) == {"background": "other; or none"}
    renames.setValue("forest=forest")
    assert renames.value() == "forest=forest", "what the user says is no less for being the same"


def test_classes_of_the_labels_are_listed_with_their_style_and_renamed(wrappers, put):
    layer = categorised(polygons(), "kind", ("class 0", "#102030", "Wald"), ("class 1", "#0000ff", "class 1"))
    QgsProject.instance().addMapLayer(layer)
    put("REFERENCE", [layer.id()])
    put("FIELD", "kind")
    renames = wrappers["RENAMES"]
    renames.setValue("class 1=Water")
    renames.button.click()
    table = renames.table
    assert rows(table) == [("class 1", "Water", ""), ("class 0", "Wald", "#102030")]
    assert renames.value() == "class 1=Water", "what the style says goes with the layer, not with the table"
    told = []
    renames.widgetValueHasChanged.connect(told.append)
    table.item(1, 1).setText("Forest")
    table.cellWidget(0, 2).setColor(QColor("#00ff00"))
    assert len(told) == 2
    assert renames.value() == "class 1=Water #00ff00; class 0=Forest"
    assert not table.item(1, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_label_files_are_closed_once_their_classes_are_listed(wrappers, put, tmp_path):
    """A layer that stayed would keep its file open, and QGIS crashes where Python frees one after QGIS has
    ended.
    """
    put("REFERENCE", [save(polygons(), tmp_path / "labels.gpkg", "houses")])
    with wrappers["RENAMES"].references() as layers:
        (layer,) = layers
        assert layer.featureCount() == 2
        del layers
    assert sip.isdeleted(layer)


def test_selected_classes_are_joined_to_the_first(wrappers, put):
    layer = categorised(
        polygons(count=3), "kind", ("class 0", "#102030", "Wald"), ("class 1", "#0000ff", "class 1")
    )
    QgsProject.instance().addMapLayer(layer)
    put("REFERENCE", [layer.id()])
    put("FIELD", "kind")
    renames = wrappers["RENAMES"]
    renames.button.click()
    renames.join_button.click()
    assert renames.value() == "", "nothing is selected"
    renames.table.item(1, 0).setSelected(True)
    renames.table.item(2, 1).setSelected(True)
    renames.join_button.click()
    assert rows(renames.table)[1:] == [("class 1", "class 1", "#0000ff"), ("class 2", "class 1", "#0000ff")]
    assert parse_renames(renames.value()) == {"class 2": "class 1 #0000ff"}


def test_codes_of_a_raster_are_listed(wrappers, put, tmp_path):
    path = str(write_raster(tmp_path / "codes.tif"))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).WriteArray(np.full((5, 5), 7, np.uint8))
    del dataset
    put("REFERENCE", [path])
    wrappers["RENAMES"].button.click()
    assert [row[:2] for row in rows(wrappers["RENAMES"].table)] == [("1", "1"), ("7", "7")]


def test_codes_are_in_the_order_of_numbers(wrappers, put, tmp_path):
    layer = polygons("codes", 0)
    from qgis.core import QgsFeature, QgsGeometry

    for value in ("10", "9", "tree", "Bush", ""):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([value])
        feature.setGeometry(
            QgsGeometry.fromWkt("Polygon((500000 3000000, 500001 3000000, 500001 3000001, 500000 3000000))")
        )
        layer.dataProvider().addFeature(feature)
    source = save(layer, tmp_path / "codes.gpkg")
    put("REFERENCE", [source])
    put("FIELD", "kind")
    wrappers["RENAMES"].button.click()
    assert [row[0] for row in rows(wrappers["RENAMES"].table)] == ["9", "10", "Bush", "tree"]


def test_fields_of_the_vectors_among_the_labels_are_offered(wrappers, put, tmp_path):
    """Of a raster among them QGIS 3.22's own list of fields dies, and QGIS with it."""
    put("FIELD", "typed")
    put(
        "REFERENCE", [str(write_raster(tmp_path / "codes.tif")), save(polygons(), tmp_path / "polygons.gpkg")]
    )
    fields = wrappers["FIELD"].fields
    assert [fields.itemText(n) for n in range(fields.count())] == ["", "fid", "kind"]
    assert wrappers["FIELD"].parameterValue() == "typed"
    fields.setCurrentText(" kind ")
    assert wrappers["FIELD"].parameterValue() == "kind"
    put("REFERENCE", [str(write_raster(tmp_path / "codes.tif"))])
    assert fields.count() == 1 and wrappers["FIELD"].parameterValue() == "kind"
    fields.setCurrentText("")
    assert wrappers["FIELD"].parameterValue() is None


def test_batches_have_a_line_of_text(provider, qgis_iface, qgis_parent):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from processing.gui.wrappers import WidgetWrapperFactory

    dialog = BatchAlgorithmDialog(provider.algorithm("train").create(), qgis_parent)
    wrapper = WidgetWrapperFactory.create_wrapper(
        provider.algorithm("train").parameterDefinition("RENAMES"), dialog
    )
    widget = wrapper.createWrappedWidget(QgsProcessingContext())
    wrapper.setParameterValue("a=b", QgsProcessingContext())
    assert isinstance(widget, QLineEdit) and wrapper.parameterValue() == "a=b"
    for gone in (widget, dialog):  # before the provider goes
        sip.delete(gone)
