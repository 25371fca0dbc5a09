"""The whole plugin under PyQt6: every module is imported, and menu, help, every dialog and every widget of
ours open and work.
"""

import importlib
import json
import os
import pkgutil
from pathlib import Path

import pytest
import stand_in
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QApplication

from .conftest import wait

ROOT = Path(__file__).parents[2]


def modules():
    import raster_segmenter.plugin as plugin

    return [found.name for found in pkgutil.walk_packages(plugin.__path__, f"{plugin.__name__}.")]


@pytest.mark.parametrize("name", modules())
def test_every_module_is_imported(name):
    assert importlib.import_module(name)


def test_there_are_as_many_modules_as_files():
    assert len(modules()) == len(list((ROOT / "plugin").rglob("*.py"))) - 1


def test_menu_and_help_open(window):
    names = {action.objectName() for action in window.menu}
    entries = ("train", "classify", "evaluate", "checkengine", "demo", "overlay", "legend", "help")
    assert names == {f"raster_segmenter_{name}" for name in entries}
    help_action = next(action for action in window.menu if action.objectName().endswith("help"))
    help_action.trigger()
    shown = window.plugin._window[1]._help
    assert shown.isVisible() and shown.pages.count() > 5
    for row in range(shown.pages.count()):
        shown.pages.setCurrentRow(row)
        assert len(shown.text.toPlainText()) > 200
    shown.back_button.click()


def algorithms(window):
    return {algorithm.name(): algorithm for algorithm in window.plugin._provider.algorithms()}


def test_every_dialog_opens(window):
    found = algorithms(window)
    assert len(found) == len(list((ROOT / "plugin" / "algorithms").glob("*.py"))) - 3
    for algorithm in found.values():
        assert (
            algorithm.shortHelpString()
            and algorithm.icon()
            and algorithm.group()
            and algorithm.canExecute()[0]
        )
        dialog = algorithm.create().createCustomParametersWidget(window.mainWindow())
        dialog.show()
        assert wait(lambda dialog=dialog: dialog.estimate_label.text() == "CPU: there is no other"), (
            algorithm.name()
        )
        assert not dialog.grab().isNull()
        dialog.close()
        dialog.deleteLater()


def test_a_dialog_estimates_copies_and_runs(window, monkeypatch):
    from raster_segmenter.engine.protocol import ClassifyJob
    from raster_segmenter.plugin.dialog import dialog as module

    dialog = algorithms(window)["classify"].create().createCustomParametersWidget(window.mainWindow())
    monkeypatch.setattr(
        module.Dialog, "_values", lambda self: ({"TILE_PX": 256}, stand_in.core.QgsProcessingContext())
    )
    monkeypatch.setattr(
        type(dialog.algorithm()), "job", lambda self, *_: ClassifyJob("a.tif", ("m.safetensors",), "b.tif")
    )
    dialog.show()
    assert wait(lambda: "CPU" in dialog.estimate_label.text() and not dialog.background.busy)
    dialog.estimate_button.click()
    assert wait(lambda: "windows: 2 of 9" in dialog.estimate_label.text()), dialog.estimate_label.text()
    for copy in dialog.copy_button.menu().actions():
        copy.trigger()
    assert json.loads(QApplication.clipboard().text())["image"] == "a.tif"
    assert wait(lambda: not dialog.background.busy)
    dialog.runAlgorithm()
    assert wait(lambda: dialog.runs == 1)
    dialog.reject()
    dialog.deleteLater()


def test_the_widgets_of_ours_take_and_give_values(window, tmp_path):
    dialog = algorithms(window)["train"].create().createCustomParametersWidget(window.mainWindow())
    table, field = (dialog.mainWidget().wrapper(name) for name in ("RENAMES", "FIELD"))
    assert type(table).__name__ == "ClassTable" and type(field).__name__ == "ClassField"
    table.setValue("7=water #0000ff; 8=forest")
    table.table.selectAll()
    table.join_button.click()
    assert table.parameterValue() == "7=water #0000ff; 8=water #0000ff"
    table.add_button.click()
    table.table.item(2, 0).setText("9")
    table.table.cellWidget(2, 2).setColor(QColor("#00ff00"))
    assert table.parameterValue().endswith("; 9=#00ff00")
    field.fields.setCurrentText("kind")
    assert field.parameterValue() == "kind"
    classify = algorithms(window)["classify"].create().createCustomParametersWidget(window.mainWindow())
    model = classify.mainWidget().wrapper("MODEL")
    model.setValue([str(ROOT / "resources" / "demo" / "buildings.safetensors")])
    assert "3 bands" in model.card.text() and not model.card.isHidden()
    for one in (dialog, classify):
        one.close()
        one.deleteLater()


def test_interpreters_and_their_errors_are_told_in_the_bar(window, monkeypatch):
    monkeypatch.setitem(os.environ, "RASTER_SEGMENTER_PYTHON", "/no/such/python")
    next(action for action in window.menu if action.objectName().endswith("_train")).trigger()
    assert "/no/such/python" in window.messageBar().texts[-1]
