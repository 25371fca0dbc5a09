"""Factories of our widgets for QGIS 4.3 and newer.

A factory has the name that parameters give in their metadata for its widget.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsGui, QgsProcessingParameterWidgetFactoryInterface
from qgis.PyQt import sip

from .class_field import ClassField
from .class_table import ClassTable
from .model_files import ModelFiles
from .widget_wrapper import WidgetWrapper


class Factory(QgsProcessingParameterWidgetFactoryInterface):  # type: ignore[misc]  # QGIS has no types
    """Makes one kind of widget."""

    def __init__(self, kind: type[WidgetWrapper]) -> None:
        super().__init__()
        self._kind = kind
        self._made: list[WidgetWrapper] = []

    def parameterType(self) -> str:
        return f"{self._kind.__module__}.{self._kind.__name__}"

    def createWidgetWrapper(self, parameter: QgsProcessingParameterDefinition, dialog: Any) -> WidgetWrapper:
        made: WidgetWrapper = self._kind(parameter, dialog)
        # QGIS owns it, but does not keep its Python half alive.
        self._made = [*(widget for widget in self._made if not sip.isdeleted(widget)), made]
        return made


class Factories:
    """The factories of all our widgets, known to QGIS until `close`."""

    def __init__(self) -> None:
        self._factories = [Factory(kind) for kind in (ClassField, ClassTable, ModelFiles)]
        for factory in self._factories:
            QgsGui.processingGuiRegistry().addParameterWidgetFactory(factory)

    def close(self) -> None:
        while self._factories:
            QgsGui.processingGuiRegistry().removeParameterWidgetFactory(self._factories.pop())
