"""The widget for names and colours of classes: a table in dialogs, a text in batches and the modeler."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import QgsMapLayer, QgsPalettedRasterRenderer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsColorButton, QgsProcessingGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from ...engine.protocol import ClassTitle, EngineError
from ..layers.legends import legend, value_text
from ..parameters.text_values import parse_renames, renames_text
from ..text import tr
from .widget_wrapper import WidgetWrapper

_OWN, _NAME, _COLOR = range(3)
_MOST_CLASSES = 254
_MOST_SCANNED_PX = 50_000_000
"""The most pixels of a raster whose values are searched: more would keep QGIS waiting."""
_HEIGHT_PX = 160


class ClassTable(WidgetWrapper):
    """A table with a row for each class: its name in the labels, and its name and colour in the map."""

    QGIS_WIDGET_IN = (QgsProcessingGui.WidgetType.Modeler, QgsProcessingGui.WidgetType.Batch)

    def createWidget(self) -> QWidget:
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("In the labels"), tr("Name in the map"), tr("Colour")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setFixedHeight(_HEIGHT_PX)
        self.table.itemChanged.connect(self._emit)
        self.table.setAccessibleName(tr("Names and colours of the classes"))
        self.button, self.add_button = (
            QPushButton(tr("List the classes of the labels")),
            QPushButton(tr("Add a row")),
        )
        self.join_button = QPushButton(tr("Join the selected"))
        self.join_button.setToolTip(
            tr("Gives all selected classes the name and the colour of the first of them")
        )
        self.join_button.clicked.connect(self.join)
        self.button.clicked.connect(self.list_classes)
        self.add_button.clicked.connect(self._add)
        self._unread = ""
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.button, self.join_button, self.add_button):
            row.addWidget(button)
        return self.around(self.table, buttons)

    def join(self) -> None:
        """Join the selected classes: all get the name and the colour of the first.

        Classes with the same name are one class.
        """
        first, *others = sorted({index.row() for index in self.table.selectedIndexes()}) or [-1]
        for row in others:
            self.table.item(row, _NAME).setText(self.table.item(first, _NAME).text())
            color = self._button(first).color()
            if color.isValid():
                self._button(row).setColor(color)

    def _button(self, row: int) -> QgsColorButton:
        return self.table.cellWidget(row, _COLOR)

    def list_classes(self) -> None:
        """Add a row for each class of the labels chosen in the dialog; typed values stay."""
        typed = self.value()
        titles = dict(self._titles())
        self.setValue(typed)
        known = {self.table.item(row, _OWN).text().casefold() for row in range(self.table.rowCount())}
        for own, title in titles.items():
            if own.casefold() not in known:
                self._append(own, title)
        self._emit()

    def _add(self) -> None:
        self._append("", ClassTitle(), chosen=True)
        self._emit()

    def _emit(self, *_: Any) -> None:
        """Say that the value has changed. A listener may ask for it at once, so all rows must be complete."""
        self.widgetValueHasChanged.emit(self)

    def _titles(self) -> Iterator[tuple[str, ClassTitle]]:
        """The classes of the labels, with the names and colours of their styles."""
        field = self.sibling_value("FIELD") or ""
        with self.references() as layers:
            for layer in layers:
                titles = legend(layer, field, QgsProject.instance(), own_colours=True)
                for own in classes_of(layer, field):
                    yield own, ClassTitle.parse(titles.get(own, ""))

    def _append(self, own: str, title: ClassTitle, chosen: bool = False) -> None:
        """Add a row. A ``title`` from the layer's style is shown, but is no value of the table.

        If the user has ``chosen`` the row, all of it is a value, and the first cell can be edited too.
        """
        self.table.blockSignals(True)
        row = self.table.rowCount()
        self.table.insertRow(row)
        first, second = QTableWidgetItem(own), QTableWidgetItem(title.name or own)
        if not chosen:
            first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        second.setData(Qt.ItemDataRole.UserRole, None if chosen else second.text())
        self.table.setItem(row, _OWN, first)
        self.table.setItem(row, _NAME, second)
        button = QgsColorButton()
        button.setShowNull(True)
        button.setColor(QColor(*title.color) if title.color else QColor())
        button.setProperty("given", None if chosen else button.color())
        button.colorChanged.connect(self._emit)
        self.table.setCellWidget(row, _COLOR, button)
        self.table.blockSignals(False)

    def setValue(self, value: Any) -> None:
        self.table.setRowCount(0)
        text = str(value or "")
        try:
            renames, self._unread = parse_renames(text), ""
        except EngineError:  # kept as it is: the algorithm says what is wrong with it
            renames, self._unread = {}, text
        for own, title in renames.items():
            self._append(own, ClassTitle.parse(title), chosen=True)
        self._emit()

    def value(self) -> str:
        return renames_text(dict(self._changed())) or self._unread

    def _changed(self) -> Iterator[tuple[str, str]]:
        for row in range(self.table.rowCount()):
            own, second = self.table.item(row, _OWN).text().strip(), self.table.item(row, _NAME)
            button = self._button(row)
            given, name = second.data(Qt.ItemDataRole.UserRole), second.text().strip()
            color = (
                button.color()
                if button.color().isValid() and button.color() != button.property("given")
                else None
            )
            if name == given or (given is None and name == own and color):
                name = ""
            if own and (name or color):
                yield own, ClassTitle(name, color and color.getRgb()[:3]).text


def classes_of(layer: QgsMapLayer, field: str) -> list[str]:
    """The names or codes of the classes in a layer of labels, as far as they can be found quickly."""
    if isinstance(layer, QgsVectorLayer):
        index = layer.fields().lookupField(field)
        values = layer.uniqueValues(index, _MOST_CLASSES) if field and index >= 0 else ()
        return sorted(filter(None, map(value_text, values)), key=_by_number)
    if isinstance(layer, QgsRasterLayer) and layer.bandCount() == 1:
        renderer, provider = layer.renderer(), layer.dataProvider()
        if (
            layer.width() * layer.height() <= _MOST_SCANNED_PX
        ):  # a palette may have many entries that do not occur
            found = QgsPalettedRasterRenderer.classDataFromRaster(provider, 1)[:_MOST_CLASSES]
        else:
            found = renderer.classes() if isinstance(renderer, QgsPalettedRasterRenderer) else []
        return [value_text(entry.value) for entry in found]
    return []


def _by_number(text: str) -> tuple[bool, float, str]:
    return (False, float(text), "") if text.lstrip("-").isdigit() else (True, 0.0, text.casefold())
