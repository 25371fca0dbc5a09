"""The map and the widgets of QGIS under PyQt6, as far as the plugin can tell them from the real ones."""

from __future__ import annotations

from typing import Any

from PyQt6 import QtCore, QtGui, QtWidgets
from stand_in import core, gui, method

# The map


@method(gui.QgsMapCanvas, "__init__")
def canvas_begins(self: Any, parent: Any = None) -> None:
    QtWidgets.QGraphicsView.__init__(self, parent)
    self.setScene(QtWidgets.QGraphicsScene(self))
    self.setFrameShape(QtWidgets.QFrame.Shape.NoFrame)
    for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
        policy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


@method(gui.QgsMapCanvas)
def resizeEvent(self: Any, event: QtGui.QResizeEvent) -> None:
    self.setSceneRect(QtCore.QRectF(self.viewport().rect()))


gui.QgsMapCanvas.extent = lambda self: core.QgsRectangle()


@method(gui.QgsMapCanvasItem, "__init__")
def item_begins(self: Any, canvas: Any) -> None:
    QtWidgets.QGraphicsItem.__init__(self)
    canvas.scene().addItem(self)


gui.QgsMapCanvasItem.toCanvasCoordinates = lambda self, point: QtCore.QPointF(point.x(), point.y())
core.QgsPointXY.__init__ = lambda self, x, y=None: vars(self).update(
    _xy=(x.x(), x.y()) if y is None else (x, y)
)
core.QgsPointXY.x = lambda self: self._xy[0]
core.QgsPointXY.y = lambda self: self._xy[1]
core.QgsCoordinateTransform.isShortCircuited = lambda self: True


# Widgets


@method(gui.QgsFileWidget, "__init__")
def files_begin(self: Any, parent: Any = None) -> None:
    QtWidgets.QWidget.__init__(self, parent)
    self._line = QtWidgets.QLineEdit(self)
    self._line.textChanged.connect(lambda text: self.fileChanged.emit(text))


gui.QgsFileWidget.lineEdit = lambda self: self._line
gui.QgsFileWidget.filePath = lambda self: self._line.text()
gui.QgsFileWidget.setFilePath = lambda self, path: self._line.setText(path)
gui.QgsFileWidget.splitFilePaths = staticmethod(
    lambda path: [one for one in path.strip('"').split('" "') if one]
)


@method(gui.QgsColorButton, "__init__")
def color_begins(self: Any, parent: Any = None) -> None:
    QtWidgets.QToolButton.__init__(self, parent)
    self._color = QtGui.QColor()


@method(gui.QgsColorButton)
def setColor(self: Any, color: QtGui.QColor) -> None:
    self._color = color
    self.colorChanged.emit(color)


gui.QgsColorButton.color = lambda self: QtGui.QColor(self._color)
_Wrapper = gui.QgsAbstractProcessingParameterWidgetWrapper


@method(_Wrapper, "__init__")
def wrapper_begins(self: Any, parameter: Any, kind: Any, parent: Any = None) -> None:
    QtCore.QObject.__init__(self, parent)
    self._definition, self._kind = parameter, kind


@method(_Wrapper)
def createWrappedWidget(self: Any, context: Any) -> Any:
    self._wrapped = self.createWidget()
    self.setWidgetValue(self._definition.defaultValue(), context)
    return self._wrapped


_Wrapper.parameterDefinition = lambda self: self._definition
_Wrapper.type = lambda self: self._kind
_Wrapper.setParameterValue = lambda self, value, context: self.setWidgetValue(value, context)
_Wrapper.parameterValue = lambda self: self.widgetValue()


class Line(_Wrapper):
    """QGIS's own widget, of whatever kind."""

    def createWidget(self) -> QtWidgets.QWidget:
        self._line, self._value = QtWidgets.QLineEdit(), None
        return self._line

    def setWidgetValue(self, value: Any, context: Any) -> None:
        self._value = value
        self._line.setText(str(value))
        self.widgetValueHasChanged.emit(self)

    def widgetValue(self) -> Any:
        return self._value


@method(gui.QgsProcessingGuiRegistry)
def addParameterWidgetFactory(self: Any, factory: Any) -> bool:
    vars(self).setdefault("_factories", {})[factory.parameterType()] = factory
    return True


@method(gui.QgsProcessingGuiRegistry)
def createParameterWidgetWrapper(self: Any, parameter: Any, kind: Any) -> Any:
    wanted = parameter.metadata().get("widget_wrapper", {}).get("widget_type")
    return self._factories[wanted].createWidgetWrapper(parameter, kind) if wanted else Line(parameter, kind)


gui.QgsProcessingGuiRegistry.removeParameterWidgetFactory = lambda self, factory: self._factories.pop(
    factory.parameterType()
)
