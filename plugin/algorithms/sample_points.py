"""Sample points for assessment: draws points in a class map, to be labelled by the user."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ...engine.protocol import SamplePointsJob
from ..parameters import definitions as make
from ..parameters.values import Values
from ..text import tr
from .base import EngineAlgorithm, Parameters


class SamplePointsAlgorithm(EngineAlgorithm):
    """The algorithm `samplepoints`, which draws a stratified random sample of points in a class map."""

    NAME = "samplepoints"
    LAYERS = ("OUTPUT",)

    def displayName(self) -> str:
        return tr("Sample points for assessment")

    def shortDescription(self) -> str:
        return tr("Draws random points from each class of a map, to be labelled for its assessment.")

    def tags(self) -> list[str]:
        return tr(
            "accuracy,assessment,stratified random sample,validation,reference,area estimation,"
            "response design"
        ).split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterRasterLayer("INPUT", tr("Class map")),
            make.number(
                SamplePointsJob, "STANDARD_ERROR", tr("Standard error of overall accuracy"), decimals=3
            ),
            make.number(SamplePointsJob, "ACCURACY", tr("Expected accuracy of each class")),
            make.number(
                SamplePointsJob, "POINTS", tr("Points in all (0: as many as the standard error asks for)")
            ),
            make.number(SamplePointsJob, "FEWEST", tr("Fewest points on each class")),
            make.advanced(make.area(tr("Draw points only inside these polygons"))),
            make.advanced(make.number(SamplePointsJob, "SEED", tr("Seed of the random numbers"))),
            QgsProcessingParameterVectorDestination(
                "OUTPUT", tr("Sample points"), QgsProcessing.SourceType.TypeVectorPoint
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Points drawn")))
        self.addOutput(QgsProcessingOutputNumber("PIXELS", tr("Pixels they stand for")))

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> SamplePointsJob:
        class_map = Values(self, parameters, context, feedback).layer("INPUT")
        return self.make_job(SamplePointsJob, parameters, context, feedback, class_map=class_map)
