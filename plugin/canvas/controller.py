"""Shows running jobs on QGIS's map.

It reads their events a few times a second, in the window's thread, and removes its drawings after each job.
"""

from __future__ import annotations

import time
from collections import deque

from qgis.core import Qgis, QgsMessageLog, QgsProject, QgsSettings
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer

from ...engine.protocol import Classes, EngineError, Event, Frame, Started
from ..engine_client.runs import Run, Runs
from ..text import error_text
from .overlay import Overlay
from .panel import Panel
from .panel_layout import PanelLayout

_EVERY_MS = 250
"""Time between two drawings: often enough to look alive, and not so often that it slows the run."""
_MOST_S = 0.02
"""Seconds of drawing at a time; the rest waits for the next time."""
_OVERLAY_SETTING, _PANEL_SETTING = "raster_segmenter/show_overlay", "raster_segmenter/show_panel"


class _Shown:
    """The overlay and the panel of one run; nothing is drawn before the run says where it works."""

    def __init__(self) -> None:
        self.waiting: deque[Event] = deque()
        self.started: Started | None = None
        self.overlay: Overlay | None = None
        self.panel: Panel | None = None


class CanvasController(QObject):  # type: ignore[misc]  # Qt has no types
    """Gives each run of ``runs`` an overlay and a panel of its own on ``canvas``."""

    def __init__(self, canvas: QgsMapCanvas, runs: Runs) -> None:
        super().__init__(canvas)
        self._canvas, self._runs = canvas, runs
        self._shown: dict[Run, _Shown] = {}
        self._layout = PanelLayout(canvas.viewport())
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.poll)
        runs.begun.connect(self._begin)
        runs.ended.connect(self._end)
        runs.watching = True
        QgsProject.instance().cleared.connect(self.clear)

    def close(self) -> None:
        """Stop showing runs, and remove everything from the canvas."""
        self._runs.watching = False
        self._runs.begun.disconnect(self._begin)
        self._runs.ended.disconnect(self._end)
        QgsProject.instance().cleared.disconnect(self.clear)
        self.clear()
        self._canvas.viewport().removeEventFilter(self._layout)
        for mine in (self._layout, self):
            mine.setParent(None)
            mine.deleteLater()

    def clear(self) -> None:
        """Remove all drawings, as when the project closes; runs that still work are not shown any more."""
        for run in list(self._shown):
            self._end(run)

    @property
    def shows_overlay(self) -> bool:
        return bool(QgsSettings().value(_OVERLAY_SETTING, True, bool))

    @property
    def shows_panel(self) -> bool:
        return bool(QgsSettings().value(_PANEL_SETTING, True, bool))

    def show_overlay(self, wished: bool) -> None:
        """Whether runs are drawn over the map, now and later."""
        QgsSettings().setValue(_OVERLAY_SETTING, wished)
        for shown in self._shown.values():
            if shown.overlay:
                shown.overlay.setVisible(wished)

    def show_panel(self, wished: bool) -> None:
        """Whether runs have a panel with legend and curve, now and later."""
        QgsSettings().setValue(_PANEL_SETTING, wished)
        for shown in self._shown.values():
            if shown.panel:
                shown.panel.setVisible(wished)

    def poll(self) -> None:
        """Draw the events that have arrived since the last call."""
        end_s = time.monotonic() + _MOST_S
        for run, shown in list(self._shown.items()):
            shown.waiting.extend(run.drain())
            try:
                while shown.waiting and time.monotonic() < end_s:
                    self._on_event(run, shown, shown.waiting.popleft())
            except EngineError as error:
                QgsMessageLog.logMessage(error_text(error), run.title, Qgis.MessageLevel.Warning)
                self._end(run)
            else:
                if shown.overlay and shown.panel and (shares := shown.overlay.shares()):
                    shown.panel.legend.show_figures(shares)

    def _begin(self, run: Run) -> None:
        self._shown[run] = _Shown()
        self._timer.start()

    def _end(self, run: Run) -> None:
        shown = self._shown.pop(run, None)
        if shown and shown.overlay:
            shown.overlay.remove()
        if shown and shown.panel:
            self._layout.remove(shown.panel)
        if not self._shown:
            self._timer.stop()

    def _on_event(self, run: Run, shown: _Shown, event: Event) -> None:
        if isinstance(event, Started):
            shown.started = event
        if isinstance(event, (Classes, Frame)) and not shown.overlay:
            self._raise(run, shown)
        if shown.overlay and shown.panel:
            shown.overlay.on_event(event)
            shown.panel.on_event(event)

    def _raise(self, run: Run, shown: _Shown) -> None:
        shown.overlay, shown.panel = Overlay(self._canvas), Panel(self._canvas.viewport(), run)
        if shown.started:
            shown.panel.on_event(shown.started)
        shown.overlay.setVisible(self.shows_overlay)
        self._layout.add(shown.panel)
        shown.panel.setVisible(self.shows_panel)
