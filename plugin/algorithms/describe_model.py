"""Describe model: describes a model file, or a network and how its paper trained it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
)

from ...engine.protocol import DescribeJob, choices
from ..layers import paths
from ..parameters import checks
from ..parameters import definitions as make
from ..text import tr
from .base import EngineAlgorithm, Parameters


class DescribeModelAlgorithm(EngineAlgorithm):
    """The algorithm `describemodel`, which describes a model file or a network."""

    NAME = "describemodel"

    def displayName(self) -> str:
        return tr("Describe model")

    def shortDescription(self) -> str:
        return tr(
            "Says what a model was trained for and how well, or what a network is and how it was published."
        )

    def tags(self) -> list[str]:
        return tr("model card,metadata,classes,bands,accuracy,network,paper,published settings").split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterFile(
                "MODEL",
                tr("Model"),
                QgsProcessingParameterFile.Behavior.File,
                fileFilter=make.MODEL_FILES,
                optional=True,
            ),
            QgsProcessingParameterEnum(
                "NETWORK",
                tr("Network, where no model is given"),
                options=list(choices("models")),
                optional=True,
                usesStaticStrings=True,
            ),
            make.report(),
            make.file_output("JSON", tr("Description as JSON"), "JSON (*.json)"),
        )
        self.addOutput(QgsProcessingOutputString("NETWORK", tr("Network")))
        self.addOutput(QgsProcessingOutputString("CLASSES", tr("Classes")))
        self.addOutput(QgsProcessingOutputString("BANDS", tr("Bands")))
        self.addOutput(QgsProcessingOutputNumber("PARAMETERS", tr("Trainable parameters")))

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        model, network = self._subject(parameters, context)
        if bool(model) == bool(network):
            yield tr("Give either a model file or a network to describe.")
        elif model:
            yield from checks.model_problems(model)

    def _subject(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[str, str]:
        network = (
            self.parameterAsEnumString(parameters, "NETWORK", context) if parameters.get("NETWORK") else ""
        )
        return self.parameterAsFile(parameters, "MODEL", context), network

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> DescribeJob:
        model, network = self._subject(parameters, context)
        given = {"model": paths.absolute(model), "network": network}
        return self.make_job(DescribeJob, parameters, context, feedback, **given)
