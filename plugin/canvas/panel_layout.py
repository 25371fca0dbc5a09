"""Panels in the corners of a canvas, those of one corner below each other."""

from __future__ import annotations

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QEvent, QObject, QPoint
from qgis.PyQt.QtWidgets import QWidget

from .panel import Panel

_SETTING = "raster_segmenter/panel_corner"
_GAP_PX = 8


class PanelLayout(QObject):  # type: ignore[misc]  # Qt has no types
    """Keeps panels in the corner that the user has chosen, also when the size of the canvas changes."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._panels: list[Panel] = []
        canvas.installEventFilter(self)

    @property
    def corner(self) -> tuple[bool, bool]:
        """Whether panels are at the right, and whether they are at the bottom."""
        word = str(QgsSettings().value(_SETTING, "right top"))
        return "right" in word, "bottom" in word

    def add(self, panel: Panel) -> None:
        self._panels.append(panel)
        panel.moved.connect(self._moved)
        panel.adjustSize()
        panel.show()
        self.arrange()

    def remove(self, panel: Panel) -> None:
        self._panels.remove(panel)
        panel.hide()
        panel.setParent(None)
        panel.deleteLater()
        self.arrange()

    def arrange(self) -> None:
        """Put each panel in its place; a panel that is higher than the canvas is folded."""
        right, bottom = self.corner
        for panel in self._panels:
            if panel.height() > self._canvas.height() and not panel.folded:
                panel.fold()
        y = _GAP_PX
        for panel in self._panels:
            x = self._canvas.width() - panel.width() - _GAP_PX if right else _GAP_PX
            panel.move(x, self._canvas.height() - panel.height() - y if bottom else y)
            y += panel.height() + _GAP_PX

    def _moved(self, middle: QPoint | None) -> None:
        """Move all panels to the corner that is nearest to the place where the user has put one."""
        if middle is not None:
            right, bottom = middle.x() > self._canvas.width() / 2, middle.y() > self._canvas.height() / 2
            QgsSettings().setValue(
                _SETTING, f"{'right' if right else 'left'} {'bottom' if bottom else 'top'}"
            )
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return False
