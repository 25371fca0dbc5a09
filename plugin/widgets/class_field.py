"""The widget for the field that holds the class: the fields of the label layers that are vectors.

QGIS's own widget takes all layers for vectors: in QGIS 3.22 a raster among them crashes the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from .widget_wrapper import WidgetWrapper


class ClassField(WidgetWrapper):
    """A list of fields, in which users may also type."""

    def createWidget(self) -> QWidget:
        self.fields = QComboBox()
        self.fields.setEditable(True)
        self.fields.addItem("")
        self.fields.currentTextChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return self.around(self.fields)

    def postInitialize(self, wrappers: Sequence[Any]) -> None:
        super().postInitialize(wrappers)
        if self._labels() in self._wrappers:
            self._wrappers[self._labels()].widgetValueHasChanged.connect(self.list_fields)
            self.list_fields()

    def list_fields(self) -> None:
        """Offer the fields of the chosen layers; a field that is already set stays."""
        with self.references(self._labels()) as layers:
            vectors = [layer for layer in layers if isinstance(layer, QgsVectorLayer)]
            names = dict.fromkeys(name for layer in vectors for name in layer.fields().names())
        kept = self.fields.currentText()
        self.fields.blockSignals(True)
        self.fields.clear()
        self.fields.addItems(["", *names])
        self.fields.setCurrentText(kept)
        self.fields.blockSignals(False)

    def setValue(self, value: Any) -> None:
        self.fields.setCurrentText(str(value or ""))

    def value(self) -> str | None:
        return self.fields.currentText().strip() or None

    def _labels(self) -> str:
        """The parameter that holds the label layers; chains have their own names for it."""
        return str(self.parameterDefinition().parentLayerParameterName())
