"""The plugin's entries in QGIS's Raster menu and on its own toolbar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtWidgets import QAction

from ...engine.protocol import EngineError
from ..canvas.controller import CanvasController
from ..engine_client import interpreter
from ..text import icon, tr, translated
from . import demo
from .help_window import HelpWindow

NAME = "Raster Segmenter"
_ALGORITHMS = ("train", "classify", "evaluate", "checkengine")


class Menu:
    """Entries for algorithms, the demo project, the display of runs, and the help.

    ``iface`` is QGIS's window.
    """

    def __init__(self, iface: Any, controller: CanvasController) -> None:
        self._iface = iface
        self._help: HelpWindow | None = None
        self._actions: list[QAction] = []
        self._toolbar = iface.addToolBar(NAME)
        self._toolbar.setObjectName("raster_segmenter_toolbar")
        for name in _ALGORITHMS:
            algorithm = QgsApplication.processingRegistry().algorithmById(f"rastersegmenter:{name}")
            self._add(
                name,
                f"{algorithm.displayName()}…",
                partial(self._open, algorithm.id()),
                algorithm.shortDescription(),
            )
        self._toolbar.addSeparator()
        self._add(
            "demo",
            tr("Demo project"),
            self._open_demo,
            tr("Loads an aerial image, labels and a trained model."),
        )
        self._add_switch(
            "overlay", tr("Show runs on the map"), controller.shows_overlay, controller.show_overlay
        )
        self._add_switch(
            "legend", tr("Show legend and progress on the map"), controller.shows_panel, controller.show_panel
        )
        self._add("help", tr("Help"), self.show_help, tr("Tutorial, algorithms and troubleshooting."))

    def close(self) -> None:
        """Remove all entries."""
        for action in reversed(self._actions):
            self._iface.removePluginRasterMenu(NAME, action)
            action.deleteLater()
        self._actions.clear()
        self._iface.mainWindow().removeToolBar(self._toolbar)
        self._toolbar.deleteLater()
        if self._help:
            self._help.close()
            self._help.deleteLater()

    def show_help(self) -> None:
        """Show the help window."""
        self._help = self._help or HelpWindow(self._iface.mainWindow())
        self._help.show()
        self._help.raise_()

    def _add(self, name: str, title: str, react: Callable[[], object], about: str) -> QAction:
        action = QAction(icon(name), title, self._iface.mainWindow())
        action.setObjectName(f"raster_segmenter_{name}")
        action.setStatusTip(about)
        action.setToolTip(f"{title}\n{about}".strip())
        action.triggered.connect(lambda _checked=False: react())
        self._iface.addPluginToRasterMenu(NAME, action)
        self._toolbar.addAction(action)
        self._actions.append(action)
        return action

    def _add_switch(self, name: str, title: str, on: bool, switch: Callable[[bool], None]) -> None:
        action = self._add(name, title, lambda: None, "")
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(switch)

    def _open_demo(self) -> None:
        if values := demo.open_project(self._iface):
            self._open("rastersegmenter:classify", values)

    def _open(self, algorithm_id: str, values: dict[str, Any] | None = None) -> None:
        """Show the algorithm's dialog, or a message about what is missing to run it."""
        try:
            interpreter.find()
        except EngineError as error:
            self._iface.messageBar().pushMessage(
                NAME, translated(error.message), translated(error.remedy), Qgis.MessageLevel.Warning, 0
            )
            return
        from processing import execAlgorithmDialog  # noqa: PLC0415 (needs QGIS's window)

        execAlgorithmDialog(algorithm_id, values or {})
