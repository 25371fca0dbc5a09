"""What QGIS starts and stops: the Processing provider, and with a window the menu."""

from __future__ import annotations

from functools import partial
from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAction

from ..engine.protocol import EngineError
from . import environment
from .engines import pool
from .provider import Provider
from .text import icon

MENU = "Raster Segmenter"
_IN_MENU = ("train", "classify", "evaluate", "checkengine")


class Plugin:
    """Raster Segmenter in one QGIS session. ``iface`` is None in QGIS without a window."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._provider: Provider | None = None
        self._translator: QTranslator | None = None
        self._actions: list[QAction] = []

    def initProcessing(self) -> None:
        """Make the algorithms known. All that qgis_process calls."""
        translator = QTranslator()
        # Tries fr_CA, then fr, by itself; English needs none.
        if translator.load(f"raster_segmenter_{QgsApplication.locale()}", str(environment.ROOT / "i18n")):
            QCoreApplication.installTranslator(translator)
            self._translator = translator
        self._provider = Provider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Make the algorithms known and put the main ones into the Raster menu."""
        self.initProcessing()
        for name in _IN_MENU:
            algorithm = QgsApplication.processingRegistry().algorithmById(f"rastersegmenter:{name}")
            action = QAction(icon(name), f"{algorithm.displayName()}…", self._iface.mainWindow())
            action.setObjectName(f"raster_segmenter_{name}")
            action.triggered.connect(partial(self._open, algorithm.id()))
            self._iface.addPluginToRasterMenu(MENU, action)
            self._actions.append(action)

    def unload(self) -> None:
        """Undo all of the above, in reverse."""
        for action in reversed(self._actions):
            self._iface.removePluginRasterMenu(MENU, action)
            action.deleteLater()
        self._actions.clear()
        if self._provider:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        pool.close()

    def _open(self, algorithm_id: str, *_checked: bool) -> None:
        """Show the algorithm's dialog, or what is missing to run it."""
        try:
            environment.find()
        except EngineError as error:
            self._iface.messageBar().pushMessage(MENU, error.message, error.remedy, Qgis.MessageLevel.Warning, 0)
            return
        from processing import execAlgorithmDialog  # noqa: PLC0415 (needs QGIS's window)

        execAlgorithmDialog(algorithm_id, {})
