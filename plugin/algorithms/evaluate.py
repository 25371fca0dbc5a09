"""Evaluate against reference: compares a class map with labels, and writes figures and a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
)

from ...engine.protocol import EngineError, EvaluateJob, figures
from ..parameters import definitions as make
from ..parameters.text_values import parse_renames
from ..parameters.values import Values
from ..text import error_text, tr, translated
from .base import EngineAlgorithm, Parameters


class EvaluateAlgorithm(EngineAlgorithm):
    """The algorithm `evaluate`, which compares a class map with reference labels."""

    NAME = "evaluate"
    LAYERS = ("ERRORS", "PLACES")

    def displayName(self) -> str:
        return tr("Evaluate against reference")

    def shortDescription(self) -> str:
        return tr("Compares a class map with reference labels, class by class.")

    def tags(self) -> list[str]:
        return tr(
            "accuracy,confusion matrix,kappa,F1,IoU,validation,assessment,reference,ground truth"
        ).split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterRasterLayer("INPUT", tr("Class map")),
            *make.references(tr("Reference: polygons, points or class rasters")),
            make.unlabelled(EvaluateJob),
            make.advanced(
                QgsProcessingParameterRasterLayer(
                    "PROBABILITIES", tr("Probabilities of the map"), optional=True
                )
            ),
            make.advanced(
                make.number(
                    EvaluateJob,
                    "ERODE_PX",
                    tr("Borders between classes to leave out, in pixels"),
                    optional=True,
                )
            ),
            make.advanced(make.area(tr("Regions that get figures of their own"), "REGIONS")),
            make.advanced(
                QgsProcessingParameterField(
                    "REGION_FIELD",
                    tr("Field with the name of each region"),
                    parentLayerParameterName="REGIONS",
                    optional=True,
                )
            ),
            make.advanced(make.area(tr("Use labels only inside these polygons"))),
            make.advanced(make.renames()),
            make.report(),
            make.raster_output("ERRORS", tr("Map of errors")),
            make.polygon_output("PLACES", tr("Worst places")),
            make.advanced(make.file_output("JSON", tr("Figures as JSON"), "JSON (*.json)")),
            make.file_output("CSV", tr("Confusion matrix as CSV"), "CSV (*.csv)"),
        )
        outputs = {figure.name.upper(): translated(figure.title) for figure in figures("map")}
        outputs |= {
            "ERODED_OVERALL_ACCURACY": tr("Overall accuracy without borders"),
            "ERODED_MEAN_F1": tr("Mean F1 without borders"),
            "ESTIMATED_OVERALL_ACCURACY": tr("Overall accuracy of the map, from points"),
            "AUC": tr("Mean area under the ROC curve"),
        }
        for name, title in outputs.items():
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        try:
            parse_renames(self.parameterAsString(parameters, "RENAMES", context))
        except EngineError as error:
            yield error_text(error)

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> EvaluateJob:
        references = self.references(parameters, context, feedback)
        return self.make_job(
            EvaluateJob,
            parameters,
            context,
            feedback,
            class_map=Values(self, parameters, context, feedback).layer("INPUT"),
            references=tuple(references),
            unlabelled=self.unlabelled(parameters, context),
            legends={path: titles for path, titles in references.items() if titles},
            renames=parse_renames(self.parameterAsString(parameters, "RENAMES", context)),
        )
