"""Classify raster: makes a class map on an image's grid, with a trained model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterExtent,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ...engine.protocol import ClassifyJob
from ..layers import paths
from ..parameters import checks
from ..parameters import definitions as make
from ..parameters.values import Values
from ..text import tr
from .base import EngineAlgorithm, Parameters


class ClassifyAlgorithm(EngineAlgorithm):
    """The algorithm `classify`, which makes a class map of an image with a trained model."""

    NAME = "classify"
    CAN_BE_ESTIMATED = True
    LAYERS = ("OUTPUT", "PROBABILITIES", "CONFIDENCE", "POLYGONS")

    def displayName(self) -> str:
        return tr("Classify raster")

    def shortDescription(self) -> str:
        return tr("Gives each pixel of a raster its class, by a trained model.")

    def tags(self) -> list[str]:
        return tr(
            "deep learning,neural network,semantic segmentation,inference,prediction,land cover,class map"
        ).split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterRasterLayer("INPUT", tr("Image")),
            make.model_files(),
            make.area(tr("Classify only inside these polygons")),
            *map(make.advanced, self._expert_parameters()),
            QgsProcessingParameterRasterDestination("OUTPUT", tr("Class map")),
            *self._side_outputs(),
        )
        self.addOutput(QgsProcessingOutputNumber("PIXELS", tr("Pixels classified")))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", tr("Seconds")))

    def _expert_parameters(self) -> list[Any]:
        return [
            make.extra(),
            QgsProcessingParameterExtent("EXTENT", tr("Extent to classify"), optional=True),
            make.switch(
                ClassifyJob, "AUGMENT", tr("Average over turned and flipped views (eight times the work)")
            ),
            make.choice(ClassifyJob, "BLEND", tr("Blend overlapping windows")),
            make.choice(ClassifyJob, "RESOLUTION", tr("Resolution to classify at")),
            make.choice(ClassifyJob, "PRECISION", tr("Precision of the computation")),
            make.number(ClassifyJob, "TILE_PX", tr("Side of a tile in pixels (0: automatic)")),
            make.choice(ClassifyJob, "DEVICE", tr("Device")),
            make.number(ClassifyJob, "MINIMUM_AREA_M2", tr("Smallest polygon in square metres")),
            make.switch(ClassifyJob, "CLOUD_OPTIMISED", tr("Write the maps as cloud-optimised GeoTIFFs")),
            make.switch(ClassifyJob, "KEEP", tr("Keep the finished part when cancelled, to continue later")),
        ]

    def _side_outputs(self) -> list[Any]:
        return [
            make.raster_output("PROBABILITIES", tr("Probabilities of the classes")),
            make.raster_output("CONFIDENCE", tr("Confidence")),
            make.polygon_output("POLYGONS", tr("Polygons")),
            make.file_output("SUMMARY", tr("Summary of the areas"), "HTML (*.html)"),
            make.advanced(make.file_output("JSON", tr("Areas as JSON"), "JSON (*.json)")),
        ]

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        for model in self.parameterAsFileList(parameters, "MODEL", context) or [""]:
            yield from checks.model_problems(model)

    def job(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> ClassifyJob:
        return self.make_job(
            ClassifyJob,
            parameters,
            context,
            feedback,
            image=Values(self, parameters, context, feedback).layer("INPUT"),
            models=tuple(map(paths.absolute, self.parameterAsFileList(parameters, "MODEL", context))),
            extent=self._extent(parameters, context),
        )

    def _extent(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """The extent as text, or an empty text if none is given.

        If its CRS is not that of the image, it follows the numbers.
        """
        if not parameters.get("EXTENT"):
            return ""
        box = self.parameterAsExtent(parameters, "EXTENT", context)
        text = f"{box.xMinimum()!r},{box.yMinimum()!r},{box.xMaximum()!r},{box.yMaximum()!r}"
        own = self.parameterAsExtentCrs(parameters, "EXTENT", context)
        crs = self.parameterAsRasterLayer(parameters, "INPUT", context).crs()
        if not (own.isValid() and crs.isValid()) or own == crs:
            return text
        # Codes of the user's own are known to QGIS alone.
        return f"{text} [{own.authid() if own.authid().startswith('EPSG:') else own.toWkt()}]"
