"""The tests of Qt 6, in an environment with PyQt6 and without QGIS (`make matrix-qt6`): the plugin in a
window that stands in.
"""

import importlib.util
import os
import stat
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path[:0] = [str(Path(__file__).parent)]

import stand_in  # noqa: E402 (found by the path above)
from dialogs import Bar  # noqa: E402
from PyQt6.QtWidgets import QApplication, QMainWindow, QToolBar  # noqa: E402

stand_in.install()
_SPEC = importlib.util.spec_from_file_location(
    "raster_segmenter", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
sys.modules["raster_segmenter"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["raster_segmenter"])
ENGINE = """
for line in sys.stdin:
    job = json.loads(line)
    if not job.get('cancel'):
        emit(event='started', device='CPU', reason='there is no other')
        emit(event='result', values={'windows': '2 of 9', 'precision': 'fp32', 'estimated_s': 5.0,
            'device': 'CPU'})
        print('\\x1e', file=sys.stderr, flush=True)
"""


def wait(until, seconds=10):
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
    return until()


@pytest.fixture(scope="session", autouse=True)
def application():
    return QApplication.instance() or QApplication(sys.argv[:1])


@pytest.fixture(autouse=True)
def nothing_is_raised_unseen(monkeypatch):
    """PyQt6 ends a program in which a slot raises; here the test fails."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: raised.append(error))
    yield
    QApplication.processEvents()
    assert not raised, raised


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """An interpreter that says that it has all modules, and answers each job at once."""
    program = tmp_path / "python"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        "if sys.argv[1] == '-c':\n    print(json.dumps([sys.base_prefix, []])); sys.exit()\n"
        f"def emit(**event):\n    print(json.dumps(event), flush=True)\n{ENGINE}",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("RASTER_SEGMENTER_PYTHON", str(program))


class Interface:
    """QGIS's window."""

    def __init__(self):
        self._window, self._bar, self.menu = QMainWindow(), Bar(), []
        self._canvas = stand_in.gui.QgsMapCanvas(self._window)
        self._window.setCentralWidget(self._canvas)
        self._window.resize(800, 600)
        self._window.show()
        self.mainWindow, self.mapCanvas, self.messageBar = (
            lambda: self._window,
            lambda: self._canvas,
            lambda: self._bar,
        )

    def addToolBar(self, name):
        toolbar = QToolBar(name, self._window)
        self._window.addToolBar(toolbar)
        return toolbar

    def addPluginToRasterMenu(self, name, action):
        self.menu.append(action)

    def removePluginRasterMenu(self, name, action):
        self.menu.remove(action)


@pytest.fixture
def window(engine):
    stand_in.settings.clear()
    interface = Interface()
    plugin = sys.modules["raster_segmenter"].classFactory(interface)
    plugin.initGui()
    interface.plugin = plugin
    yield interface
    plugin.unload()
    QApplication.processEvents()
    assert interface.menu == []
    interface.mainWindow().close()
