"""Processing's dialog and its setting, as far as the plugin builds on them."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

from PyQt6 import QtWidgets
from stand_in import core, gui, registry


class Bar:
    """QGIS's bar of messages."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def pushMessage(self, title: str, text: str, *rest: Any) -> None:
        assert isinstance(rest[-2], core.Qgis.MessageLevel) and isinstance(rest[-1], int), (
            "a level and seconds"
        )
        self.texts.append(text)

    def clearWidgets(self) -> None:
        self.texts.clear()


class Panel(QtWidgets.QWidget):
    """A widget for each parameter, as QGIS 4.4 has it."""

    def __init__(self, algorithm: Any) -> None:
        super().__init__()
        self._context = core.QgsProcessingContext()
        layout = QtWidgets.QFormLayout(self)
        self._wrappers = {}
        for definition in algorithm.parameterDefinitions():
            wrapper = gui.QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
                definition, gui.QgsProcessingGui.WidgetType.Standard
            )
            layout.addRow(definition.description(), wrapper.createWrappedWidget(self._context))
            self._wrappers[definition.name()] = wrapper
        for wrapper in self._wrappers.values():
            wrapper.postInitialize(list(self._wrappers.values()))

    def wrappers(self) -> list[Any]:
        return list(self._wrappers.values())

    def wrapper(self, name: str) -> Any:
        return self._wrappers[name]

    def setParameters(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self._wrappers[name].setParameterValue(value, self._context)

    def createAndValidateParameters(self, flags: Any) -> tuple[dict[str, Any], list[Any]]:
        return {name: wrapper.parameterValue() for name, wrapper in self._wrappers.items()}, []


class AlgorithmWidget(QtWidgets.QDialog):
    """The dialog of an algorithm."""

    def __init__(
        self, algorithm: Any, in_place: bool = False, parent: QtWidgets.QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._algorithm, self._bar, self._main = algorithm, Bar(), Panel(algorithm)
        self._buttons = QtWidgets.QDialogButtonBox(QtWidgets.QDialogButtonBox.StandardButton.Ok)
        layout = QtWidgets.QVBoxLayout(self)
        layout.addWidget(self._main)
        layout.addWidget(self._buttons)
        self.runs = 0

    def algorithm(self) -> Any:
        return self._algorithm

    def mainWidget(self) -> Panel:
        return self._main

    def buttonBox(self) -> QtWidgets.QDialogButtonBox:
        return self._buttons

    def messageBar(self) -> Bar:
        return self._bar

    def setParameters(self, values: dict[str, Any]) -> None:
        self._main.setParameters(values)

    def runAlgorithm(self) -> None:
        self.runs += 1


def exec_algorithm_dialog(name: str, values: dict[str, Any]) -> QtWidgets.QDialog:
    """Open the dialog of an algorithm, and give it back."""
    dialog = registry().algorithmById(name).create().createCustomParametersWidget(None)
    dialog.setParameters(values)
    dialog.show()
    return dialog


class Config:
    """Processing's options."""

    settingIcons: dict[str, Any] = {}  # noqa: RUF012 (QGIS has one for all)

    addSetting = removeSetting = staticmethod(lambda setting: None)
    readSettings = staticmethod(lambda: None)


def processing() -> dict[str, ModuleType]:
    """The modules of Processing that the plugin imports, under the names of QGIS 4.2 and newer."""
    contents: dict[str, dict[str, Any]] = {
        "processing": {"execAlgorithmDialog": exec_algorithm_dialog},
        "processing.gui": {},
        "processing.gui.algorithm_widget": {"AlgorithmWidget": AlgorithmWidget},
        "processing.core": {},
        "processing.core.ProcessingConfig": {
            "ProcessingConfig": Config,
            "Setting": type(
                "Setting", (SimpleNamespace,), {"FILE": "file", "__init__": lambda self, *_, **__: None}
            ),
        },
        "processing.tools": {},
        "processing.tools.dataobjects": {"createContext": core.QgsProcessingContext},
    }
    made = {}
    for name, values in contents.items():
        made[name] = ModuleType(name)
        vars(made[name]).update(values, __path__=[])
    return made
