"""Names and colours of the classes in a project's layers, for maps that keep the user's legend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSimpleFillSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...engine.protocol import ClassTitle


def legend(
    layer: QgsMapLayer, field: str, project: QgsProject | None, *, own_colours: bool = False
) -> dict[str, str]:
    """The names and colours of ``layer``'s classes in its style, by value.

    The values are those of ``field``, or of the pixels of a raster. Without a field a vector layer is one
    class, which has the layer's own name and colour if it is one of ``project``: QGIS draws files that are
    not in a colour of its own choice. Colours that a raster has in its file, which the engine reads itself,
    are among these only with ``own_colours``.
    """
    if isinstance(layer, QgsRasterLayer):
        return dict(_of_raster(layer, own_colours))
    if isinstance(layer, QgsVectorLayer):
        known = project is not None and project.mapLayer(layer.id()) is not None
        return dict(_of_field(layer, field)) if field else dict(_of_layer(layer) if known else ())
    return {}


def _of_raster(layer: QgsRasterLayer, own_colours: bool) -> Iterator[tuple[str, str]]:
    renderer = layer.renderer()
    if isinstance(renderer, QgsPalettedRasterRenderer):
        own = {item.value: item.color for item in layer.dataProvider().colorTable(renderer.band())}
        for entry in renderer.classes():
            value, title = _titled(entry.value, entry.label, entry.color)
            if own_colours or ClassTitle.parse(title).name or own.get(entry.value) != entry.color:
                yield value, title


def _of_field(layer: QgsVectorLayer, field: str) -> Iterator[tuple[str, str]]:
    renderer = layer.renderer()
    if isinstance(renderer, QgsCategorizedSymbolRenderer) and _is_field(renderer.classAttribute(), field):
        for category in renderer.categories():
            values = category.value() if isinstance(category.value(), list) else [category.value()]
            for value in values:
                if value_text(value):  # what is empty stands for all other values
                    yield _titled(value, category.label(), _seen(category.symbol()))


def _of_layer(layer: QgsVectorLayer) -> Iterator[tuple[str, str]]:
    renderer = layer.renderer()
    color = _seen(renderer.symbol()) if isinstance(renderer, QgsSingleSymbolRenderer) else None
    yield "", ClassTitle(layer.name(), color.getRgb()[:3] if color else None).text


def _seen(symbol: QgsSymbol) -> QColor:
    """The main colour of a symbol; of an outline without a filling, the colour of the outline."""
    first = symbol.symbolLayer(0)
    hollow = isinstance(first, QgsSimpleFillSymbolLayer) and first.brushStyle() == Qt.BrushStyle.NoBrush
    return first.strokeColor() if hollow else symbol.color()


def _is_field(expression: str, field: str) -> bool:
    return expression == field or QgsExpression(expression).expression() == QgsExpression.quotedColumnRef(
        field
    )


def _titled(value: Any, label: str, color: QColor) -> tuple[str, str]:
    text = value_text(value)
    # A label as QGIS makes it from the value, such as 1,000, says no more than that.
    name = "" if label.replace(",", "").replace("\u202f", "") == text else label.strip()
    return text, ClassTitle(name, color.getRgb()[:3]).text


def value_text(value: Any) -> str:
    """A field's value as the engine writes it; an empty text for no value."""
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        value = int(value)
    return "" if value is None or str(value) == "NULL" else str(value).strip()
