"""Menu and toolbar, the demo project, the help window; and that nothing of them is left when the plugin
goes.
"""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QMainWindow

from .conftest import ROOT

WINDOW = """
from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QMainWindow
{source}
"""
ENTRIES = [
    "Train segmenter…", "Classify raster…", "Evaluate against reference…", "Check the engine…",
    "Demo project", "Show runs on the map", "Show legend and progress on the map", "Help",
]  # fmt: skip


class Window:
    """As much of QGIS's interface as the plugin asks for, with a real window and a real canvas."""

    def __init__(self):
        self.menu, self.messages, self.window = [], [], QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.lets_go = True

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def addToolBar(self, name):
        return self.window.addToolBar(name)

    def addPluginToRasterMenu(self, name, action):
        self.menu.append((name, action))

    def removePluginRasterMenu(self, name, action):
        self.menu.remove((name, action))

    def messageBar(self):
        return self

    def pushMessage(self, *arguments):
        self.messages.append(arguments)

    def newProject(self, prompt):
        assert prompt, "a project with changes would be lost"
        if self.lets_go:
            QgsProject.instance().clear()
        return self.lets_go


@pytest.fixture
def window(interpreter, qgis_app):
    import raster_segmenter

    window = Window()
    plugin = raster_segmenter.classFactory(window)
    yield window, plugin
    plugin.unload()
    QgsProject.instance().clear()


@pytest.fixture
def opened(stand_in, monkeypatch):
    """The dialogs that are opened, as they are called."""
    import processing

    stand_in("")
    opened = []
    monkeypatch.setattr(processing, "execAlgorithmDialog", lambda *arguments: opened.append(arguments))
    return opened


def toolbars(window):
    from qgis.PyQt.QtWidgets import QToolBar

    return window.window.findChildren(QToolBar, "raster_segmenter_toolbar")


def action(window, title):
    (found,) = (action for _, action in window.menu if action.text() == title)
    return found


def registry():
    return QgsApplication.processingRegistry()


def test_menu_and_toolbar_offer_the_same(window):
    window, plugin = window
    plugin.initGui()
    assert [(name, action.text()) for name, action in window.menu] == [
        ("Raster Segmenter", title) for title in ENTRIES
    ]
    (toolbar,) = toolbars(window)
    assert [action.text() for action in toolbar.actions() if not action.isSeparator()] == ENTRIES
    assert all(not action.icon().isNull() and action.toolTip() for _, action in window.menu)


def test_menu_says_what_is_missing_before_it_opens_a_dialog(window, interpreter, monkeypatch):
    window, plugin = window
    plugin.initGui()
    monkeypatch.setenv(interpreter.SETTING, "/nowhere/python")
    window.menu[0][1].trigger()
    title, text, more, *_ = window.messages[0]
    assert title == "Raster Segmenter" and "/nowhere/python" in text and "install.py" in more
    assert text not in more


def test_menu_opens_the_dialog_of_the_algorithm(window, opened):
    window, plugin = window
    plugin.initGui()
    action(window, "Evaluate against reference…").trigger()
    assert opened == [("rastersegmenter:evaluate", {})] and not window.messages


def test_switches_are_remembered(window):
    window, plugin = window
    for on in (False, True):
        plugin.initGui()
        for title in ("Show runs on the map", "Show legend and progress on the map"):
            assert action(window, title).isChecked() is not on
            action(window, title).trigger()
        plugin.unload()


def test_demo_project_needs_one_press_to_make_a_map(window, opened, tmp_path, monkeypatch):
    from raster_segmenter.plugin.window import demo

    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path / "profile ü"))
    window, plugin = window
    plugin.initGui()
    action(window, "Demo project").trigger()
    layers = QgsProject.instance().layerTreeRoot().layerOrder()
    assert [layer.name() for layer in layers][-1] == "Banepa, aerial image" and len(layers) == 4
    assert all(layer.isValid() and layer.source().startswith(str(demo.folder())) for layer in layers)
    assert window.canvas.extent().contains(layers[-1].extent())
    ((algorithm, values),) = opened
    image = QgsProject.instance().mapLayer(values["INPUT"])
    assert algorithm == "rastersegmenter:classify" and image is layers[-1]
    assert (
        all(Path(model).is_file() for model in values["MODEL"])
        and Path(values["OUTPUT"]).parent == demo.folder()
    )
    assert "Run" in window.messages[0][1]
    found, message = (
        registry().algorithmById("rastersegmenter:classify").checkParameterValues(values, plugin_context())
    )
    assert found, message


def plugin_context():
    from qgis.core import QgsProcessingContext

    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


def test_demo_project_leaves_a_project_alone_that_the_user_keeps(window, opened):
    window, plugin = window
    plugin.initGui()
    window.lets_go = False
    QgsProject.instance().setTitle("mine")
    action(window, "Demo project").trigger()
    assert QgsProject.instance().title() == "mine" and not opened and not QgsProject.instance().mapLayers()


def test_demo_project_that_cannot_be_copied_is_told_and_loses_nothing(window, opened, tmp_path, monkeypatch):
    (tmp_path / "raster_segmenter").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path))
    window, plugin = window
    plugin.initGui()
    QgsProject.instance().setTitle("mine")
    action(window, "Demo project").trigger()
    assert QgsProject.instance().title() == "mine" and not opened
    assert "cannot be copied" in window.messages[0][1] and str(tmp_path) in window.messages[0][1]


def test_demo_files_that_are_there_are_not_touched(window, opened, tmp_path, monkeypatch):
    from raster_segmenter.plugin.window import demo

    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path))
    window, plugin = window
    plugin.initGui()
    action(window, "Demo project").trigger()
    before = {path.name: path.stat().st_mtime_ns for path in demo.folder().iterdir()}
    (demo.folder() / "buildings.geojson").write_text("{}", encoding="utf-8")
    action(window, "Demo project").trigger()
    after = {path.name: path.stat().st_mtime_ns for path in demo.folder().iterdir()}
    assert {name for name in before if after[name] != before[name]} == {"buildings.geojson"}
    assert (demo.folder() / "buildings.geojson").stat().st_size > 1000


def test_help_shows_tutorial_algorithms_and_troubleshooting(window):
    window, plugin = window
    plugin.initGui()
    action(window, "Help").trigger()
    shown = plugin._window[1]._help
    titles = [shown.pages.item(row).text() for row in range(shown.pages.count())]
    assert (
        titles[0].startswith("Tutorial") and titles[-1] == "Troubleshooting" and "Classify raster" in titles
    )
    texts = set()
    for row in range(shown.pages.count()):
        shown.pages.setCurrentRow(row)
        texts.add(shown.text.toPlainText())
    assert len(texts) == len(titles) and all(len(text) > 200 for text in texts)
    shown._follow(QUrl("train.md"))
    assert shown.text.source().toLocalFile() == str(ROOT / "resources" / "help" / "train.md")
    assert "Train" in shown.text.toPlainText()
    shown.back_button.click()
    assert "Troubleshooting" in shown.text.toPlainText()
    shown._follow(QUrl("train.md"))
    shown.pages.itemClicked.emit(shown.pages.currentItem())
    assert "Troubleshooting" in shown.text.toPlainText(), (
        "a click on a page shows it, wherever a link has led"
    )


def test_unload_leaves_nothing_behind(window, interpreter):
    from processing.core.ProcessingConfig import ProcessingConfig

    window, plugin = window
    settings, icons = set(ProcessingConfig.settings), set(ProcessingConfig.settingIcons)
    children, items = len(window.window.actions()), len(window.canvas.items())
    plugin.initGui()
    action(window, "Help").trigger()
    assert (
        interpreter.SETTING in ProcessingConfig.settings
        and "Raster Segmenter" in ProcessingConfig.settingIcons
    )
    plugin.unload()
    QgsApplication.sendPostedEvents(None, 52)  # what was to be deleted later is deleted now
    assert (
        window.menu == [] and len(window.window.actions()) == children and len(window.canvas.items()) == items
    )
    assert not toolbars(window)
    assert registry().providerById("rastersegmenter") is None
    assert set(ProcessingConfig.settings) == settings and set(ProcessingConfig.settingIcons) == icons
    plugin.initGui()
    assert len(window.menu) == len(ENTRIES) and registry().providerById("rastersegmenter")


RELOAD = """
import sys
sys.path[:0] = [{plugins!r}, {tests!r}]
from qgis.core import QgsApplication
application = QgsApplication([], True)
application.initQgis()
sys.path.append(application.pkgDataPath() + "/python/plugins")
from processing.core.Processing import Processing
Processing.initialize()
import qgis.utils
from test_menu import Window
qgis.utils.iface, qgis.utils.plugin_paths = Window(), [{plugins!r}]
qgis.utils.updateAvailablePlugins()
assert qgis.utils.loadPlugin("raster_segmenter") and qgis.utils.startPlugin("raster_segmenter")
registry = QgsApplication.processingRegistry()
before = registry.algorithmById("rastersegmenter:classify")
classes = [type(before), type(before).__mro__[1],
sys.modules["raster_segmenter.plugin.engine_client.runs"].Runs]
assert qgis.utils.reloadPlugin("raster_segmenter")
after = registry.algorithmById("rastersegmenter:classify")
now = [type(after), type(after).__mro__[1], sys.modules["raster_segmenter.plugin.engine_client.runs"].Runs]
assert not set(classes) & set(now), "old code stays"
names = "algorithms.base", "engine_client.runs"
base, client = (sys.modules["raster_segmenter.plugin." + name] for name in names)
assert type(after).__mro__[1].__module__ == base.__name__ and base.runs is client.runs
assert sorted(a.name() for a in registry.providerById("rastersegmenter").algorithms())
qgis.utils.unloadPlugin("raster_segmenter")
print("reloaded")
"""


def test_qgis_reloads_all_of_the_plugin(tmp_path):
    """What a new version brings takes the old one's place in the same session."""
    (tmp_path / "raster_segmenter").symlink_to(ROOT)
    (tmp_path / "test_menu.py").write_text(WINDOW.format(source=inspect.getsource(Window)), encoding="utf-8")
    script = RELOAD.format(plugins=str(tmp_path), tests=str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert "reloaded" in run.stdout, run.stderr[-3000:]
