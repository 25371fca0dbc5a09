"""Classify raster: an image and a model in, a class map on the image's grid out."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ...engine.protocol import ClassifyJob
from .. import checks, layers
from .. import parameters as make
from ..text import tr
from .base import EngineAlgorithm, Parameters


class Algorithm(EngineAlgorithm):
    NAME = "classify"
    _job: ClassifyJob

    def displayName(self) -> str:
        return tr("Classify raster")

    def shortDescription(self) -> str:
        return tr("Gives each pixel of a raster its class, by a trained model.")

    def tags(self) -> list[str]:
        return tr("deep learning,neural network,semantic segmentation,inference,prediction,land cover,class map").split(",")

    def initAlgorithm(self, configuration: Any = None) -> None:
        self.addParameters(
            QgsProcessingParameterRasterLayer("INPUT", tr("Image")),
            QgsProcessingParameterFile(
                "MODEL", tr("Model"), QgsProcessingParameterFile.Behavior.File, fileFilter=make.MODEL_FILES
            ),
            make.advanced(make.number(ClassifyJob, "TILE_PX", tr("Side of a tile in pixels (0: automatic)"))),
            make.advanced(make.choice(ClassifyJob, "DEVICE", tr("Device"))),
            QgsProcessingParameterRasterDestination("OUTPUT", tr("Class map")),
        )
        self.addOutput(QgsProcessingOutputNumber("PIXELS", tr("Pixels classified")))
        self.addOutput(QgsProcessingOutputNumber("SECONDS", tr("Seconds")))

    def problems(self, parameters: Parameters, context: QgsProcessingContext) -> Iterator[str]:
        yield from checks.model_problems(self.parameterAsFile(parameters, "MODEL", context))
        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        if Path(output).suffix.lower() not in (".tif", ".tiff"):
            yield tr("The class map {path} is not named as a GeoTIFF. Let its name end in .tif.").format(path=output)

    def job(self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> ClassifyJob:
        return ClassifyJob(
            image=self.one_path(parameters, "INPUT", context, feedback),
            model=layers.absolute(self.parameterAsFile(parameters, "MODEL", context)),
            output=self.output_path(parameters, "OUTPUT", context),
            tile_px=self.parameterAsInt(parameters, "TILE_PX", context),
            device=self.parameterAsEnumString(parameters, "DEVICE", context),
        )

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        # Only here, since what is to be loaded must be told to the context of the thread that runs: the dialog keeps no other.
        output = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        self._job = dataclasses.replace(self._job, output=os.path.abspath(output))
        results = super().processAlgorithm(parameters, context, feedback)
        layers.style_when_loaded(output, context)
        return results
