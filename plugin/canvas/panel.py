"""The panel of a run: its progress, its learning curve and its classes."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...engine.protocol import Classes, Epoch, Event, Outlines, Progress, Started, TrainJob
from ..engine_client.feedback import device_line, progress_line
from ..engine_client.runs import Run
from ..text import tr
from .class_legend import ClassLegend
from .learning_curve import LearningCurve
from .outline_legend import OutlineLegend

_OPAQUE = 235
_DARK, _LIGHT, _MIDDLE, _LEAST_CONTRAST = "#232323", "#f5f5f5", 128, 90
_LETTERS_WIDE = 48
_MILLION = 1e6
_MARGIN_PX = 6


class Panel(QFrame):  # type: ignore[misc]  # Qt has no types
    """A panel over the canvas, in one of its corners.

    Users move it to another corner with the mouse, or with Ctrl and the arrow keys.
    """

    moved = pyqtSignal(object)
    """Asks to be moved to where its middle is now, a `QPoint` in the canvas; None if only its size has
    changed.
    """

    def __init__(self, canvas: QWidget, run: Run) -> None:
        super().__init__(canvas)
        self._is_training = isinstance(run.job, TrainJob)
        self._names: tuple[str, ...] = ()
        self._grip: QPoint | None = None
        self.setObjectName("raster_segmenter_panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(run.title)
        self.setToolTip(tr("Drag it to another corner, or press Ctrl and an arrow key."))
        self._title, self._device, self._progress, self._outlines = (
            QLabel(run.title),
            QLabel(),
            QLabel(),
            OutlineLegend(),
        )
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self._title.setToolTip(run.title)
        for label in (self._device, self._progress):
            label.setWordWrap(True)
        self._progress.setAccessibleName(tr("Progress"))
        self.curve, self.legend = LearningCurve(), ClassLegend()
        self.curve.setVisible(self._is_training)
        self.legend.hide()
        self.fold_button = QToolButton()
        self.fold_button.setAutoRaise(True)
        self.fold_button.setArrowType(Qt.ArrowType.DownArrow)
        self.fold_button.setAccessibleName(tr("Fold or unfold"))
        self.fold_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.fold_button.clicked.connect(self.fold)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.fold_button)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        for widget in (self._device, self.curve, self._outlines, self.legend):
            body.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(_MARGIN_PX // 2)
        layout.addLayout(head)
        layout.addWidget(self._progress)
        layout.addWidget(self._body)
        self._outlines.hide()
        self._take_colors()
        self._progress.setText(tr("Starting …"))

    def _take_colors(self) -> None:
        """Take the text and background colours of QGIS's theme, from its palette or its style sheet.

        If they have too little contrast, the background is a light or dark one of our own.
        """
        self._title.ensurePolished()
        text = self._title.palette().color(QPalette.ColorRole.WindowText)
        self._ground = QColor(self.window().palette().color(QPalette.ColorRole.Window))
        if abs(text.lightness() - self._ground.lightness()) < _LEAST_CONTRAST:
            self._ground = QColor(_DARK if text.lightness() > _MIDDLE else _LIGHT)
        self._ground.setAlpha(_OPAQUE)
        self.curve.text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the background, which style sheets leave out."""
        painter = QPainter(self)
        painter.setPen(self.curve.text)
        painter.setBrush(self._ground)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def on_event(self, event: Event) -> None:
        """Show an event of the run in words."""
        if isinstance(event, Progress):
            self._progress.setText(progress_line(_in_millions(event)))
        elif isinstance(event, Epoch):
            self.curve.add(event)
            self.legend.show_figures(event.f1.get(name) for name in self._names)
        elif isinstance(event, Started):
            self._device.setText(device_line(event))
            self._fit()
        elif isinstance(event, Classes):
            self._names = event.names
            self.legend.show_classes(
                event.names, event.colors, "F1" if self._is_training else tr("Share so far")
            )
            self.legend.show()
            self._fit()
        elif isinstance(event, Outlines) and self._is_training and self._outlines.isHidden():
            self._outlines.show()
            self._fit()

    @property
    def folded(self) -> bool:
        return self._body.isHidden()

    def fold(self) -> None:
        """Show only title and progress, or everything."""
        self._body.setVisible(self._body.isHidden())
        self.fold_button.setArrowType(
            Qt.ArrowType.RightArrow if self._body.isHidden() else Qt.ArrowType.DownArrow
        )
        self._fit()

    def _fit(self) -> None:
        self.adjustSize()
        self.moved.emit(None)

    def adjustSize(self) -> None:
        """Make the panel as high as its content needs, but always equally wide, so it does not flicker."""
        self.setFixedWidth(_LETTERS_WIDE * self.fontMetrics().averageCharWidth())
        self.layout().activate()
        self.resize(self.width(), self.sizeHint().height())

    # The mouse and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.move(self.mapToParent(event.pos() - self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            self.moved.emit(self.geometry().center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, tuple[int, int]]
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x, y = steps[event.key()]
            size = self.parentWidget().size()
            self.moved.emit(self.geometry().center() + QPoint(x * size.width(), y * size.height()))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_ground"):
            QTimer.singleShot(0, self._take_colors)  # once what stands in it has them, too


def _in_millions(progress: Progress) -> Progress:
    """``progress`` in Mpx for large rasters, because the numbers are shorter."""
    if progress.unit != "px" or progress.total < _MILLION:
        return progress
    done, total, rate = (number / _MILLION for number in (progress.done, progress.total, progress.rate))
    return Progress(done, total, "Mpx", rate, progress.remaining_s)
