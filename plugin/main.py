"""The parts of the plugin that QGIS starts and stops.

They are the Processing provider and, if QGIS has a window, the menu and the drawings on the map.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .engine_client import interpreter
from .engine_client.pool import pool
from .provider import Provider


class Plugin:
    """Raster Segmenter in one QGIS session. ``iface`` is None in QGIS without a window."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._provider: Provider | None = None
        self._translator: QTranslator | None = None
        self._window: list[Any] = []
        """The objects to close at the end, in the order in which they were made."""

    def initProcessing(self) -> None:
        """Register the algorithms. The program qgis_process calls nothing else."""
        translator = QTranslator()
        # Tries fr_CA, then fr, by itself; English needs none.
        if translator.load(f"raster_segmenter_{QgsApplication.locale()}", str(interpreter.ROOT / "i18n")):
            QCoreApplication.installTranslator(translator)
            self._translator = translator
        self._provider = Provider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Register the algorithms, put the main ones into menu and toolbar, and show runs on the map."""
        # Only here: qgis_process has no window to draw in.
        from .canvas.controller import CanvasController  # noqa: PLC0415
        from .engine_client.runs import runs  # noqa: PLC0415
        from .parameters.definitions import WIDGETS_BY_TYPE  # noqa: PLC0415
        from .widgets.factories import Factories  # noqa: PLC0415
        from .window.menu import Menu  # noqa: PLC0415

        self.initProcessing()
        controller = CanvasController(self._iface.mapCanvas(), runs)
        self._window = [
            controller,
            Menu(self._iface, controller),
            *([Factories()] if WIDGETS_BY_TYPE else []),
        ]

    def unload(self) -> None:
        """Undo `initGui` and `initProcessing`, in reverse order."""
        if self._window and self._provider:
            from .window.shutdown import close_all  # noqa: PLC0415 (needs QGIS's window)

            close_all(self._provider)
        while self._window:
            self._window.pop().close()
        if self._provider:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        pool.close()
