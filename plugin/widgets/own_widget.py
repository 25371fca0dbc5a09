"""What the widgets share: where QGIS's own stand in for them, and what is chosen in the dialog beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from processing.gui.wrappers import WidgetWrapper, WidgetWrapperFactory, dialogTypes
from processing.tools.dataobjects import createContext
from qgis.core import QgsMapLayer, QgsProcessingParameterDefinition, QgsProcessingParameters
from qgis.gui import QgsProcessingGui
from qgis.PyQt.QtWidgets import QWidget


class OwnWidget(WidgetWrapper):  # type: ignore[misc]  # QGIS has no types
    """A widget for a parameter; ``ELSEWHERE`` are the kinds of dialogs that get QGIS's own instead.

    In the modeler that is the one which offers the outputs of earlier steps.
    """

    ELSEWHERE: tuple[Any, ...] = (QgsProcessingGui.WidgetType.Modeler,)
    _wrappers: dict[str, Any]

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, row: int = 0, column: int = 0) -> Any:
        if dialogTypes.get(type(dialog).__name__) not in cls.ELSEWHERE:
            return super().__new__(cls)
        plain = parameter.clone()
        plain.setMetadata({})
        widget = WidgetWrapperFactory.create_wrapper(plain, dialog, row, column)
        widget.definition = plain  # QGIS does not keep it alive
        return widget

    def postInitialize(self, wrappers: Sequence[Any]) -> None:
        """QGIS hands over the dialog's other widgets."""
        self._wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}

    def beside(self, name: str) -> Any:
        """The value of another parameter in the same dialog."""
        wrapper = getattr(self, "_wrappers", {}).get(name)
        return wrapper.parameterValue() if wrapper else None

    def references(self, name: str = "REFERENCE") -> list[QgsMapLayer]:
        """The layers chosen as labels, in the parameter ``name``; they live as long as `context`."""
        if name not in getattr(self, "_wrappers", {}):
            return []
        self.context = createContext()
        definition = self._wrappers[name].parameterDefinition()
        values = {name: self.beside(name)}
        return list(QgsProcessingParameters.parameterAsLayerList(definition, values, self.context))
