"""The widget for one or several model files, whose names it shows.

QGIS's own for a list of files shows how many they are, and takes no value from the history.
"""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import WidgetWrapper, WidgetWrapperFactory, dialogTypes
from qgis.core import QgsProcessingParameterMultipleLayers
from qgis.gui import QgsFileWidget, QgsProcessingGui
from qgis.PyQt.QtWidgets import QWidget

from .parameters import MODEL_FILES


class ModelFiles(WidgetWrapper):  # type: ignore[misc]  # QGIS has no types
    """A line for file names; several stand in quotation marks."""

    def __new__(cls, parameter: QgsProcessingParameterMultipleLayers, dialog: QWidget, row: int = 0, column: int = 0) -> Any:
        """In the modeler QGIS's own widget instead, which offers the outputs of earlier steps."""
        if dialogTypes.get(type(dialog).__name__) != QgsProcessingGui.WidgetType.Modeler:
            return super().__new__(cls)
        plain = parameter.clone()
        plain.setMetadata({})
        widget = WidgetWrapperFactory.create_wrapper(plain, dialog, row, column)
        widget.definition = plain  # QGIS does not keep it alive
        return widget

    def createWidget(self) -> QgsFileWidget:
        widget = QgsFileWidget()
        widget.setStorageMode(QgsFileWidget.StorageMode.GetMultipleFiles)
        widget.setFilter(MODEL_FILES)
        widget.fileChanged.connect(lambda: self.widgetValueHasChanged.emit(self))
        return widget

    def setValue(self, value: Any) -> None:
        files = [value] if isinstance(value, str) else list(value or [])
        self.widget.setFilePath(files[0] if len(files) == 1 else " ".join(f'"{file}"' for file in files))

    def value(self) -> list[str] | None:
        files = QgsFileWidget.splitFilePaths(self.widget.filePath().strip())
        return [file for file in files if file] or None
