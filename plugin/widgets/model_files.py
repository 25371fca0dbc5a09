"""The widget for one or several model files, with their names and a description of each.

QGIS's own widget for a list of files shows only their number, and takes no value from the history.
"""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget, QgsProcessingGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..dialog.model_cards import summary
from ..parameters.definitions import MODEL_ENDING, MODEL_FILES
from ..text import tr
from .widget_wrapper import WidgetWrapper


class ModelFiles(WidgetWrapper):
    """A line for file names, in quotation marks if there are several; dialogs show their cards below it."""

    def createWidget(self) -> QWidget:
        self.files = QgsFileWidget()
        self.files.setStorageMode(QgsFileWidget.StorageMode.GetMultipleFiles)
        self.files.setFilter(MODEL_FILES)
        self.files.fileChanged.connect(self._changed)
        self.card = QLabel()
        self.card.setWordWrap(True)
        self.card.setTextFormat(Qt.TextFormat.RichText)
        self.card.setAccessibleName(tr("What the model is"))
        self.card.hide()
        return self.around(self.files, self.card)

    def _changed(self) -> None:
        # A name that is still being typed is not looked for.
        files = [file for file in self.value() or [] if file.endswith(MODEL_ENDING)]
        self.card.setText("<br>".join(map(summary, files)))
        self.card.setVisible(bool(files) and self.type() != QgsProcessingGui.WidgetType.Batch)
        self.widgetValueHasChanged.emit(self)

    def setValue(self, value: Any) -> None:
        files = [value] if isinstance(value, str) else list(value or [])
        self.files.setFilePath(files[0] if len(files) == 1 else " ".join(f'"{file}"' for file in files))

    def value(self) -> list[str] | None:
        files = QgsFileWidget.splitFilePaths(self.files.filePath().strip())
        return [file for file in files if file] or None
