"""The Processing provider: every module in ``algorithms`` that holds an `Algorithm`, and the setting for the engine."""

from __future__ import annotations

import importlib
import pkgutil

from processing.core.ProcessingConfig import ProcessingConfig, Setting
from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from . import algorithms
from .environment import SETTING
from .text import icon, tr


class Provider(QgsProcessingProvider):  # type: ignore[misc]  # QGIS has no types
    """``rastersegmenter`` in the toolbox."""

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
        """Also for temporary outputs, whatever the user's own formats are."""
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
        self.refreshAlgorithms()
        return True

    def unload(self) -> None:
        """Take the entry out again; what the user has chosen stays stored."""
        ProcessingConfig.removeSetting(SETTING)
        ProcessingConfig.settingIcons.pop(self.name(), None)

    def loadAlgorithms(self) -> None:
        for found in pkgutil.iter_modules(algorithms.__path__):
            module = importlib.import_module(f"{algorithms.__name__}.{found.name}")
            if hasattr(module, "Algorithm"):
                self.addAlgorithm(module.Algorithm())
