"""The legend of the outlines that a training draws."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPainter, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from ..text import tr
from .overlay import pens

_INSET_PX = 3
_COLUMNS = 2


class OutlineLegend(QWidget):  # type: ignore[misc]  # Qt has no types
    """Each kind of outline, drawn as on the map, beside its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        names = {
            "training": tr("training block"),
            "validation": tr("validation block"),
            "batch": tr("last batch"),
        }
        for number, (kind, name) in enumerate(names.items()):
            row, column = divmod(number, _COLUMNS)
            sample = QLabel()
            sample.setPixmap(self._sample(kind))
            layout.addWidget(sample, row, 2 * column)
            layout.addWidget(QLabel(name), row, 2 * column + 1)
            layout.setColumnStretch(2 * column + 1, 1)

    def _sample(self, kind: str) -> QPixmap:
        side_px, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        pixmap = QPixmap(round(2 * side_px * ratio), round(side_px * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        for pen in pens(kind):
            painter.setPen(pen)
            painter.drawRect(_INSET_PX, _INSET_PX, 2 * side_px - 2 * _INSET_PX, side_px - 2 * _INSET_PX)
        painter.end()
        return pixmap
