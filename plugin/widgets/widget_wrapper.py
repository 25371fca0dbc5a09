"""The base of our widgets: it knows where QGIS's own stand in for them, and the dialog's other values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from processing.tools.dataobjects import createContext
from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameters,
)
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

_KINDS = {
    "ModelerParametersDialog": QgsProcessingGui.WidgetType.Modeler,
    "BatchAlgorithmDialog": QgsProcessingGui.WidgetType.Batch,
}


class WidgetWrapper(QgsAbstractProcessingParameterWidgetWrapper):  # type: ignore[misc]  # QGIS has no types
    """A widget for a parameter; ``QGIS_WIDGET_IN`` are the kinds of dialogs that get QGIS's own instead.

    In the modeler, QGIS's own widget is the one that offers the outputs of earlier steps. QGIS names the
    dialog up to version 4.2, and the kind of dialog in newer ones.
    """

    QGIS_WIDGET_IN: tuple[Any, ...] = (QgsProcessingGui.WidgetType.Modeler,)
    _wrappers: dict[str, Any]

    def __new__(
        cls, parameter: QgsProcessingParameterDefinition, dialog: Any, row: int = 0, column: int = 0
    ) -> Any:
        if _kind(dialog) not in cls.QGIS_WIDGET_IN:
            return super().__new__(cls)
        plain = parameter.clone()
        plain.setMetadata({})
        widget = _of_qgis(plain, dialog)
        widget.definition = plain  # QGIS does not keep it alive
        return widget

    def __init__(
        self, parameter: QgsProcessingParameterDefinition, dialog: Any, row: int = 0, column: int = 0
    ) -> None:
        super().__init__(parameter, _kind(dialog))

    def around(self, *parts: QWidget) -> QWidget:
        """A widget for `createWidget`, with ``parts`` below each other.

        Up to QGIS 3.40 the Python object that is returned there is lost: the widget and its parts live on
        without it.
        """
        self._outside = QWidget()
        layout = QVBoxLayout(self._outside)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            layout.addWidget(part)
        return self._outside

    def setValue(self, value: Any) -> None:
        """Show ``value``, which may be anything that the parameter accepts."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value in the widget; None if it is empty."""
        raise NotImplementedError

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        self.setValue(value)

    def widgetValue(self) -> Any:
        return self.value()

    def postInitialize(self, wrappers: Sequence[Any]) -> None:
        """Take the dialog's other widgets, which QGIS passes here."""
        self._wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}

    def sibling_value(self, name: str) -> Any:
        """The value of another parameter in the same dialog."""
        wrapper = getattr(self, "_wrappers", {}).get(name)
        return wrapper.parameterValue() if wrapper else None

    @contextmanager
    def references(self, name: str = "REFERENCE") -> Iterator[list[QgsMapLayer]]:
        """The layers chosen as labels, in the parameter ``name``.

        Layers that are not in the project are closed at the end of the block.
        """
        if name not in getattr(self, "_wrappers", {}):
            yield []
            return
        context, definition = createContext(), self._wrappers[name].parameterDefinition()
        yield list(
            QgsProcessingParameters.parameterAsLayerList(
                definition, {name: self.sibling_value(name)}, context
            )
        )


def _kind(dialog: Any) -> Any:
    """Whether a widget is for the dialog of one run, for a batch or for the modeler."""
    if isinstance(dialog, QgsProcessingGui.WidgetType):
        return dialog
    return _KINDS.get(type(dialog).__name__, QgsProcessingGui.WidgetType.Standard)


def _of_qgis(parameter: QgsProcessingParameterDefinition, dialog: Any) -> Any:
    """QGIS's own widget for the parameter."""
    registry = QgsGui.processingGuiRegistry()
    if _kind(dialog) == QgsProcessingGui.WidgetType.Modeler:
        widget = registry.createModelerParameterWidget(
            dialog.model, dialog.childId, parameter, dialog.context
        )
    else:
        widget = registry.createParameterWidgetWrapper(parameter, _kind(dialog))
    if isinstance(dialog, QWidget):
        widget.setDialog(dialog)
    return widget
