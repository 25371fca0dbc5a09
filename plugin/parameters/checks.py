"""Checks of every algorithm before it runs; their sentences say what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
    QgsProcessingUtils,
)

from ..text import tr

_LAYER_TYPES = (
    QgsProcessingParameterMultipleLayers.typeName(),
    QgsProcessingParameterRasterLayer.typeName(),
    QgsProcessingParameterVectorLayer.typeName(),
)

_ENDINGS = {
    QgsProcessingParameterRasterDestination.typeName(): (".tif", ".tiff"),
    QgsProcessingParameterVectorDestination.typeName(): (".gpkg",),
}


def layer_problems(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Iterator[str]:
    """Layers that are needed but not given, or given but cannot be opened."""
    for definition in algorithm.parameterDefinitions():
        if definition.type() in _LAYER_TYPES and not _is_of_files(definition):
            values = given(parameters.get(definition.name()))
            if not values and not _is_optional(definition):
                yield tr("“{parameter}” is empty. Choose a layer.").format(parameter=definition.description())
            for value in values:
                if isinstance(value, str) and QgsProcessingUtils.mapLayerFromString(value, context) is None:
                    yield tr(
                        "{value} in “{parameter}” cannot be opened. "
                        "Check that it exists and is a complete raster or vector file."
                    ).format(value=value, parameter=definition.description())


def value_problems(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> Iterator[str]:
    """Values that are not among the choices, and numbers out of their limits.

    Values that QGIS computes are left to QGIS.
    """
    for definition in algorithm.parameterDefinitions():
        value = parameters.get(definition.name())
        if isinstance(value, (str, int, float)) and not _is_acceptable(definition, value):
            if definition.type() == QgsProcessingParameterEnum.typeName():
                remedy = tr("Choose one of: {choices}.").format(choices=", ".join(definition.options()))
            else:
                remedy = tr("Give a number from {low:g} to {high:g}.").format(
                    low=definition.minimum(), high=definition.maximum()
                )
            yield tr("“{parameter}” is {value}. {remedy}").format(
                parameter=definition.description(), value=repr(value), remedy=remedy
            )


def _is_acceptable(definition: QgsProcessingParameterDefinition, value: Any) -> bool:
    kind = definition.type()
    checked = (QgsProcessingParameterEnum.typeName(), QgsProcessingParameterNumber.typeName())
    return kind not in checked or bool(definition.checkValueIsAcceptable(value))


def output_problems(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Iterator[str]:
    """Output files that cannot be written to their folders, or that have an ending of another format."""
    for definition in algorithm.destinationParameterDefinitions():
        if parameters.get(definition.name()) in (None, ""):
            continue
        output = algorithm.parameterAsFileOutput(parameters, definition.name(), context)
        if not output:  # a batch leaves it out in this way
            continue
        folder = Path(output).absolute().parent
        if Path(output).is_dir():
            yield tr("The output {path} is a folder. Give the name of a file in it.").format(path=output)
        elif not folder.is_dir():
            yield tr("The output folder {folder} does not exist. Create it, or choose another one.").format(
                folder=folder
            )
        elif not os.access(folder, os.W_OK):
            yield tr("The output folder {folder} may not be written to. Choose another one.").format(
                folder=folder
            )
        elif Path(output).suffix.lower() not in (
            endings := _ENDINGS.get(definition.type(), (Path(output).suffix.lower(),))
        ):
            yield tr("“{parameter}” is {path}. Its name must end in {ending}.").format(
                parameter=definition.description(), path=output, ending=endings[0]
            )


def model_problems(path: str) -> Iterator[str]:
    """A model file that is needed but not given, or does not exist."""
    if not path:
        yield tr("“Model” is empty. Choose a .safetensors file made by Train segmenter.")
    elif not Path(path).is_file():
        yield tr("There is no model {path}. Choose a .safetensors file made by Train segmenter.").format(
            path=path
        )


def _is_of_files(definition: QgsProcessingParameterDefinition) -> bool:
    """Whether the parameter is a list of files of any kind, which are no layers."""
    several = definition.type() == QgsProcessingParameterMultipleLayers.typeName()
    return several and bool(definition.layerType() == QgsProcessing.SourceType.TypeFile)


def given(value: Any) -> list[Any]:
    """The layers in a parameter's value, which is one of them or a list.

    Layers of the project are objects or texts.
    """
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if isinstance(one, QgsMapLayer) or one not in (None, "")]


def _is_optional(definition: QgsProcessingParameterDefinition) -> bool:
    return bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
