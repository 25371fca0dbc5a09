"""The learning curve: loss of training and validation, and mean F1, epoch by epoch."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

from ...engine.protocol import Epoch, message
from ..text import tr, translated

_COLORS = ("#0072b2", "#d55e00", "#009e73")
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine)
_LINES_HIGH, _LETTERS_WIDE = 9, 36


class LearningCurve(QWidget):  # type: ignore[misc]  # Qt has no types
    """A chart with a scale for losses at the left, and one for the mean F1 from 0 to 1 at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: dict[int, Epoch] = {}
        self.text = self.palette().color(self.foregroundRole())
        """Colour of scales and names."""
        self.setAccessibleName(tr("Learning curve"))

    def add(self, epoch: Epoch) -> None:
        self._epochs[epoch.number] = epoch
        self.setAccessibleDescription(
            translated(
                message(
                    "Epoch {number}: loss {training:.3f}, in validation {validation:.3f}; mean F1 {f1:.3f}",
                    number=epoch.number,
                    training=epoch.training_loss,
                    validation=epoch.validation_loss,
                    f1=epoch.mean_f1,
                )
            )
        )
        self.setToolTip(self.accessibleDescription())
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(_LETTERS_WIDE * metrics.averageCharWidth(), _LINES_HIGH * metrics.height())

    def _series(self) -> tuple[list[float], ...]:
        epochs = self._epochs.values()
        return (
            [e.training_loss for e in epochs],
            [e.validation_loss for e in epochs],
            [e.mean_f1 for e in epochs],
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line_px, letter_px = self.fontMetrics().height(), self.fontMetrics().averageCharWidth()
        area = QRectF(self.rect()).adjusted(6 * letter_px, 1.4 * line_px, -5 * letter_px, -1.2 * line_px)
        faint = QColor(self.text)
        faint.setAlpha(70)
        painter.setPen(QPen(faint, 1))
        painter.drawRect(area)
        losses = [*self._series()[0], *self._series()[1]]
        highest = max(losses, default=1.0) or 1.0
        for values, color, style, top in zip(self._series(), _COLORS, _STYLES, (highest, highest, 1.0)):
            painter.setPen(QPen(QColor(color), 2, style))
            _draw(painter, area, values, top)
        painter.setPen(self.text)
        self._label(painter, area, highest, line_px)

    def _label(self, painter: QPainter, area: QRectF, highest: float, line_px: float) -> None:
        """Write the scales at both sides, the number of epochs below, and the names of the lines above."""
        right, left, centre = (
            Qt.AlignmentFlag.AlignRight,
            Qt.AlignmentFlag.AlignLeft,
            Qt.AlignmentFlag.AlignHCenter,
        )
        for share in (0.0, 1.0):
            y = area.bottom() - share * area.height() - line_px / 2
            painter.drawText(QRectF(0, y, area.left() - 4, line_px), right, f"{share * highest:.2g}")
            painter.drawText(
                QRectF(area.right() + 4, y, self.width() - area.right(), line_px), left, f"{share:.1f}"
            )
        epochs = tr("{count} epochs").format(count=len(self._epochs))
        painter.drawText(QRectF(area.left(), area.bottom() + 1, area.width(), line_px), centre, epochs)
        x = float(self.fontMetrics().averageCharWidth())
        for name, color, style in zip((tr("Loss"), tr("in validation"), tr("mean F1")), _COLORS, _STYLES):
            painter.setPen(QPen(QColor(color), 2, style))
            painter.drawLine(QPointF(x, line_px / 2), QPointF(x + 1.5 * line_px, line_px / 2))
            painter.setPen(self.text)
            x += 2 * line_px
            painter.drawText(QPointF(x, self.fontMetrics().ascent()), name)
            x += self.fontMetrics().horizontalAdvance(name) + line_px


def _draw(painter: QPainter, area: QRectF, values: Sequence[float], top: float) -> None:
    """Draw ``values`` from left to right, with 0 at the bottom; a single value is a point."""
    step = area.width() / max(1, len(values) - 1)
    points = [
        QPointF(area.left() + n * step, area.bottom() - area.height() * min(v / top, 1.0))
        for n, v in enumerate(values)
    ]
    if len(points) == 1:
        painter.drawEllipse(points[0], 2.0, 2.0)
    else:
        painter.drawPolyline(QPolygonF(points))
