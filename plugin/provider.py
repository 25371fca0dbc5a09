"""The Processing provider: each algorithm and model chain in ``algorithms``, and the engine's setting."""

from __future__ import annotations

import pkgutil
from typing import Any
from weakref import WeakSet

from processing.core.ProcessingConfig import ProcessingConfig, Setting
from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..engine.protocol import Started
from . import algorithms
from .algorithms import model_chains
from .algorithms.base import EngineAlgorithm
from .engine_client.interpreter import SETTING
from .text import icon, tr


class Provider(QgsProcessingProvider):  # type: ignore[misc]  # QGIS has no types
    """The provider ``rastersegmenter`` in the Processing toolbox."""

    def __init__(self) -> None:
        super().__init__()
        self.devices: dict[str, Started] = {}
        """The device on which each engine runs, by its interpreter, once it has reported it."""
        self.dialogs: WeakSet[Any] = WeakSet()
        """All open dialogs of our algorithms."""

    def id(self) -> str:
        return "rastersegmenter"

    def name(self) -> str:
        return "Raster Segmenter"

    def longName(self) -> str:
        return tr("Raster Segmenter: maps of classes by neural networks")

    def helpId(self) -> str:
        return self.id()

    def icon(self) -> QIcon:
        return icon("raster_segmenter")

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """The endings of outputs, temporary ones too, whatever formats the user prefers."""
        return ["tif", "tiff"]

    def supportedOutputVectorLayerExtensions(self) -> list[str]:
        return ["gpkg"]

    def supportsNonFileBasedOutput(self) -> bool:
        return False

    def load(self) -> bool:
        """Put the engine's entry into Processing's options, then the algorithms into the toolbox."""
        ProcessingConfig.settingIcons[self.name()] = self.icon()
        # Short, since QGIS makes the column as wide as its texts; the help of Check the engine says the rest.
        label = tr("Python of the engine")
        ProcessingConfig.addSetting(Setting(self.name(), SETTING, label, "", valuetype=Setting.FILE))
        ProcessingConfig.readSettings()
        QgsApplication.processingRegistry().providerAdded.connect(self._complete)
        self.refreshAlgorithms()
        return True

    def unload(self) -> None:
        """Remove the entry from Processing's options; the user's choice stays stored."""
        if (
            registry := QgsApplication.processingRegistry()
        ):  # qgis_process 3.44 ends it, and what was connected, before plugins
            registry.providerAdded.disconnect(self._complete)
        ProcessingConfig.removeSetting(SETTING)
        ProcessingConfig.settingIcons.pop(self.name(), None)

    def loadAlgorithms(self) -> None:
        for found in pkgutil.iter_modules(algorithms.__path__):
            # Not by importlib: QGIS keeps track of what it has to load anew with a plugin by watching
            # `__import__`.
            module = __import__(f"{algorithms.__name__}.{found.name}", fromlist=[found.name])
            for kind in vars(module).values():
                if isinstance(kind, type) and issubclass(kind, EngineAlgorithm) and kind.NAME:
                    self.addAlgorithm(kind())
        for path in model_chains.FILES:
            chain = model_chains.ModelChain(path)
            if not (chain.sound and self.addAlgorithm(chain)):
                self._warn(
                    tr("The model chain {file} is damaged. Reinstall Raster Segmenter.").format(file=path)
                )

    def _complete(self, added: str) -> None:
        """Read the chains again once QGIS knows this provider.

        They look for their steps among the algorithms of the providers that QGIS knows.
        """
        if added != self.id():
            return
        self.refreshAlgorithms()
        for chain in self.algorithms():
            if isinstance(chain, model_chains.ModelChain) and not chain.complete[0]:
                self._warn(f"{chain.displayName()}: {chain.complete[1]}")

    def _warn(self, text: str) -> None:
        QgsMessageLog.logMessage(text, self.name(), Qgis.MessageLevel.Warning)
