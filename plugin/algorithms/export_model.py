"""Export model: makes an ONNX file for other programs from a model file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterFile

from ...engine.protocol import ExportJob
from ..layers import paths
from ..parameters import checks
from ..parameters import definitions as make
from ..text import tr
from .base import EngineAlgorithm, Parameters


class ExportModelAlgorithm(EngineAlgorithm):
    """The algorithm `exportmodel`, which writes a model as ONNX."""

    NAME = "exportmodel"

    def displayName(self) -> str:
        return tr("Export model")

    def shortDescription(self) -> str:
        return tr(
            "Writes a model as ONNX, for Deepness and other programs, and checks that it gives the same."
        )

    def tags(self) -> list[str]:
        return tr("ONNX,Deepness,convert,interchange,neural network,deployment").split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterFile(
                "MODEL", tr("Model"), QgsProcessingParameterFile.Behavior.File, fileFilter=make.MODEL_FILES
            ),
            make.number(ExportJob, "TILE_PX", tr("Side of a tile in pixels (0: automatic)")),
            make.file_output("OUTPUT", tr("ONNX file"), "ONNX (*.onnx)", optional=False),
        )

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        yield from checks.model_problems(self.parameterAsFile(parameters, "MODEL", context))

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> ExportJob:
        model = paths.absolute(self.parameterAsFile(parameters, "MODEL", context))
        return self.make_job(ExportJob, parameters, context, feedback, model=model)
