"""Parameter values as the fields of a job that have the same names."""

from __future__ import annotations

import dataclasses
import os
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

from ...engine.protocol import Job
from ..layers import paths

_LAYERS = (QgsProcessingParameterRasterLayer.typeName(), QgsProcessingParameterVectorLayer.typeName())


class Values:
    """The values that a dialog, a batch or a script gives to ``algorithm`` for one run."""

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm, self._parameters = algorithm, parameters
        self._context, self._feedback = context, feedback

    def fields(self, job: type[Job], given: set[str]) -> dict[str, Any]:
        """The fields of ``job`` that have a parameter of the same name, without those ``given``."""
        wanted = {field.name: field for field in dataclasses.fields(job) if field.name not in given}
        definitions = {one.name().lower(): one for one in self._algorithm.parameterDefinitions()}
        return {
            name: self._value(definitions[name], isinstance(field.default, int))
            for name, field in wanted.items()
            if name in definitions
        }

    def _value(self, definition: QgsProcessingParameterDefinition, whole: bool) -> Any:
        name, kind = definition.name(), definition.type()
        if definition.isDestination():
            return self.output(name)
        if kind in _LAYERS:
            return self.layer(name)
        if kind == QgsProcessingParameterMultipleLayers.typeName():
            return self.layers(name)
        read = self._algorithm
        readers = {
            QgsProcessingParameterNumber.typeName(): read.parameterAsInt if whole else read.parameterAsDouble,
            QgsProcessingParameterBoolean.typeName(): read.parameterAsBoolean,
            QgsProcessingParameterEnum.typeName(): read.parameterAsEnumString,
        }
        return readers.get(kind, read.parameterAsString)(self._parameters, name, self._context)

    def layer(self, name: str) -> str:
        """The path of the layer ``name`` for the engine; empty if no layer is given."""
        layer = self._algorithm.parameterAsLayer(self._parameters, name, self._context)
        return paths.path(layer, self._context, self._feedback) if layer else ""

    def layers(self, name: str) -> tuple[str, ...]:
        """The paths of the layers ``name`` for the engine, in their order."""
        found = self._algorithm.parameterAsLayerList(self._parameters, name, self._context)
        return paths.paths(found, self._context, self._feedback)

    def output(self, name: str) -> str:
        """The absolute path of the file to write, since the engine runs in another folder; may be empty."""
        output = self._algorithm.parameterAsFileOutput(self._parameters, name, self._context)
        return os.path.abspath(output) if output else ""
