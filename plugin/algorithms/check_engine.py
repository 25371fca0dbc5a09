"""Check the engine: tries each part of its work, and says with which Python and on which device."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputString

from ...engine.protocol import CheckJob
from ..parameters import definitions as make
from ..text import tr
from .base import EngineAlgorithm, Parameters


class CheckEngineAlgorithm(EngineAlgorithm):
    """The algorithm `checkengine`, which tries every part of the engine."""

    NAME = "checkengine"

    def displayName(self) -> str:
        return tr("Check the engine")

    def shortDescription(self) -> str:
        return tr(
            "Tries every part of the engine on a small scene, and names its Python, libraries and device."
        )

    def tags(self) -> list[str]:
        return tr("GPU,CUDA,device,PyTorch,diagnose,installation,version").split(",")

    def group(self) -> str:
        return tr("Engine")

    def groupId(self) -> str:
        return "engine"

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(make.choice(CheckJob, "DEVICE", tr("Device")))
        for name, title in self._findings().items():
            self.addOutput(QgsProcessingOutputString(name, title))

    def _findings(self) -> dict[str, str]:
        return {
            "DEVICE": tr("Device in use"),
            "REASON": tr("Why this device"),
            "INTERPRETER": tr("Python interpreter"),
            "PYTHON": tr("Version of Python"),
            "TORCH": tr("Version of PyTorch"),
            "GDAL": tr("Version of GDAL"),
            "REPORT": tr("What was tried, for a report of a problem"),
        }

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> CheckJob:
        return self.make_job(CheckJob, parameters, context, feedback, qgis=Qgis.version())
