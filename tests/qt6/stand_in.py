"""QGIS for the plugin to run in under PyQt6: the classes of `names` with as much life as windows need, and
Processing's dialog.

`install` puts the packages ``qgis`` and ``processing`` where imports find them. What is written here behaves
as in QGIS as far as the plugin can tell; all else that QGIS has answers by its signature alone.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

from names import QT_MODULES, moved_to_widgets, qgis
from PyQt6 import QtWidgets

core, gui = SimpleNamespace(**vars(qgis()["core"])), SimpleNamespace(**vars(qgis()["gui"]))
settings: dict[str, Any] = {}
messages: list[str] = []


def method(kind: Any, name: str = "") -> Any:
    """Put the function that follows into this class in place of what it has under that name, or its own."""

    def put(function: Any) -> Any:
        setattr(kind, name or function.__name__, function)
        return function

    return put


def one_of(kind: type) -> Any:
    """The only object of a class, made when it is first asked for."""
    found: list[Any] = []
    return lambda: found[0] if found else (found.append(kind()) or found[0])


registry, project, gui_registry = (
    one_of(kind) for kind in (core.QgsProcessingRegistry, core.QgsProject, gui.QgsProcessingGuiRegistry)
)
core.QgsApplication.processingRegistry = staticmethod(registry)
core.QgsApplication.clipboard = staticmethod(lambda: QtWidgets.QApplication.clipboard())
core.QgsApplication.locale = staticmethod(lambda: "en")
core.QgsProject.instance = staticmethod(project)
gui.QgsGui.processingGuiRegistry = staticmethod(gui_registry)
core.QgsMessageLog.logMessage = staticmethod(lambda text, *_: messages.append(text))
core.QgsSettings.value = lambda self, key, default=None, kind=None: settings.get(key, default)
core.QgsSettings.setValue = lambda self, key, value: settings.update({key: value})
core.Qgis.versionInt = staticmethod(lambda: 40400)
core.Qgis.version = staticmethod(lambda: "4.4.0")


# Algorithms, their parameters and their provider


@method(core.QgsProcessingAlgorithm)
def addParameter(self: Any, definition: Any, own: bool = True) -> bool:
    vars(self).setdefault("_definitions", []).append(definition)
    return True


@method(core.QgsProcessingAlgorithm)
def parameterDefinitions(self: Any) -> list[Any]:
    return list(vars(self).get("_definitions", []))


@method(core.QgsProcessingAlgorithm)
def parameterDefinition(self: Any, name: str) -> Any:
    return next((one for one in self.parameterDefinitions() if one.name() == name), None)


@method(core.QgsProcessingAlgorithm)
def destinationParameterDefinitions(self: Any) -> list[Any]:
    return [
        one for one in self.parameterDefinitions() if isinstance(one, core.QgsProcessingDestinationParameter)
    ]


@method(core.QgsProcessingAlgorithm)
def create(self: Any, configuration: Any = None) -> Any:
    made = self.createInstance()
    made.initAlgorithm(configuration or {})
    made._provider = vars(self).get("_provider")
    return made


@method(core.QgsProcessingAlgorithm)
def provider(self: Any) -> Any:
    return vars(self).get("_provider")


core.QgsProcessingAlgorithm.id = lambda self: f"{self.provider().id()}:{self.name()}"
core.QgsProcessingParameterDefinition.type = lambda self: type(self).typeName()
core.QgsProcessingParameterDefinition.metadata = lambda self: vars(self)["_values"].get("metadata", {})


def _type_name(kind: type) -> str:
    return kind.__name__.removeprefix("QgsProcessingParameter").lower()


for _name in [name for name in vars(core) if name.startswith("QgsProcessingParameter")]:
    _kind = getattr(core, _name)
    if isinstance(_kind, type) and issubclass(_kind, core.QgsProcessingParameterDefinition):
        _kind.typeName = classmethod(_type_name)
        _kind.type = core.QgsProcessingParameterDefinition.type


@method(core.QgsProcessingProvider)
def addAlgorithm(self: Any, algorithm: Any) -> bool:
    if not isinstance(algorithm, core.QgsProcessingModelAlgorithm):  # chains are XML, which only QGIS reads
        algorithm._provider = self
        algorithm.initAlgorithm({})
        self._algorithms.append(algorithm)
    return True


@method(core.QgsProcessingProvider)
def refreshAlgorithms(self: Any) -> None:
    self._algorithms = []
    self.loadAlgorithms()


core.QgsProcessingProvider.algorithms = lambda self: list(self._algorithms)
core.QgsProcessingProvider.algorithm = lambda self, name: next(
    one for one in self._algorithms if one.name() == name
)
core.QgsProcessingModelAlgorithm.fromFile = lambda self, file: True
core.QgsProcessingModelAlgorithm.canExecute = lambda self: (True, "")


@method(core.QgsProcessingRegistry)
def addProvider(self: Any, provider: Any) -> bool:
    vars(self).setdefault("_providers", {})[provider.id()] = provider
    provider.load()
    self.providerAdded.emit(provider.id())
    return True


@method(core.QgsProcessingRegistry)
def removeProvider(self: Any, provider: Any) -> bool:
    provider.unload()
    return self._providers.pop(provider.id()) is provider


core.QgsProcessingRegistry.providerById = lambda self, name: self._providers[name]
core.QgsProcessingRegistry.algorithmById = lambda self, name: self._providers[
    name.partition(":")[0]
].algorithm(name.partition(":")[2])


def install() -> None:
    """Make ``qgis`` and ``processing`` importable."""
    importlib.import_module("widgets")
    from dialogs import processing

    qt = ModuleType("qgis.PyQt")
    for name in (*QT_MODULES, "sip"):
        module, real = ModuleType(f"qgis.PyQt.{name}"), vars(importlib.import_module(f"PyQt6.{name}"))
        vars(module).update({key: value for key, value in real.items() if not key.startswith("__")})
        setattr(qt, name, module)
        sys.modules[module.__name__] = module
    vars(qt.QtWidgets).update(moved_to_widgets())
    package, utils = ModuleType("qgis"), ModuleType("qgis.utils")
    package.__path__, qt.__path__, utils.iface, package.utils = [], [], None, utils
    sys.modules.update({"qgis": package, "qgis.utils": utils, "qgis.PyQt": qt})
    sys.modules.update({f"qgis.{name}": module for name, module in qgis().items()})
    sys.modules.update(processing())
