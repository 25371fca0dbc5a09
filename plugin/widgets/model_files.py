"""The widget for one or several model files, whose names it shows.

QGIS's own for a list of files shows how many they are, and takes no value from the history.
"""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget

from ..parameters import MODEL_FILES
from .own_widget import OwnWidget


class ModelFiles(OwnWidget):
    """A line for file names; several stand in quotation marks."""

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
