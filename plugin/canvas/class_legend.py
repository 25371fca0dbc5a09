"""The classes of a run: colours, names, and a figure for each, such as its share of the area so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ..text import tr

_NAME, _FIGURE = range(2)
_SPARE_PX = 4
_MOST_ROWS = 10
"""The most rows that are visible at once; others are scrolled to."""


class ClassLegend(QTreeWidget):  # type: ignore[misc]  # Qt has no types
    """A table with a row for each class, no larger than its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Classes"))
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_FIGURE, QHeaderView.ResizeMode.ResizeToContents)
        self.viewport().setAutoFillBackground(False)

    def show_classes(self, names: Sequence[str], colors: Sequence[str], figure: str) -> None:
        """Show a row for each of these classes; ``figure`` is the heading of the column of figures."""
        self.clear()
        self.setHeaderLabels([tr("Class"), figure])
        for name, color in zip(names, colors):
            row = QTreeWidgetItem([name, ""])
            row.setIcon(_NAME, swatch(QColor(color), self.fontMetrics().height(), self.devicePixelRatioF()))
            row.setTextAlignment(_FIGURE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.addTopLevelItem(row)
        self.updateGeometry()

    def show_figures(self, figures: Iterable[float | None]) -> None:
        """Show fractions of 1 as per cent, class by class; nothing for None."""
        for number, value in enumerate(figures):
            text = "" if value is None else f"{value:.1%}"
            item = self.topLevelItem(number)
            if item and item.text(_FIGURE) != text:
                item.setText(_FIGURE, text)

    def sizeHint(self) -> QSize:
        rows = min(self.topLevelItemCount(), _MOST_ROWS)
        row_px = self.sizeHintForRow(0) if rows else 0
        around = (
            self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * self.frameWidth() + _SPARE_PX
        )
        return QSize(super().sizeHint().width(), self.header().sizeHint().height() + rows * row_px + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


def swatch(color: QColor, side_px: int, ratio: float) -> QIcon:
    """A square of ``color`` with a thin border, sharp on screens of ``ratio`` physical pixels to one."""
    pixmap = QPixmap(round(side_px * ratio), round(side_px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(color)
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
    painter.drawRect(0, 0, side_px - 1, side_px - 1)
    painter.end()
    return QIcon(pixmap)
