"""Processing parameters made from a job's fields, which alone hold the defaults and limits."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProcessingParameterVectorLayer,
)

from ...engine.protocol import UNLABELLED, Job
from ..text import tr

_PLUGIN = __package__.rpartition(".")[0]
MODEL_ENDING = ".safetensors"
MODEL_FILES = f"Raster Segmenter (*{MODEL_ENDING})"
WEIGHT_FILES = "Raster Segmenter, PyTorch (*.safetensors *.pth *.pt)"
WIDGETS_BY_TYPE: bool = Qgis.versionInt() >= 40300
"""Whether QGIS finds widgets of plugins by a name that a factory is registered for; older QGIS imports the
class.
"""


def field_of(job: type[Job], name: str) -> dataclasses.Field[Any]:
    """The job's field behind the parameter ``name``: the same name in lower case."""
    return {field.name: field for field in dataclasses.fields(job)}[name.lower()]


def number(
    job: type[Job], name: str, description: str, decimals: int = 2, *, optional: bool = False
) -> QgsProcessingParameterNumber:
    """A number, whole if the field's default is; ``decimals`` is the number of decimals in the dialog.

    ``optional`` is explained at `choice`.
    """
    field = field_of(job, name)
    whole = isinstance(field.default, int)
    parameter = QgsProcessingParameterNumber(
        name,
        description,
        QgsProcessingParameterNumber.Type.Integer if whole else QgsProcessingParameterNumber.Type.Double,
        field.default,
        optional,
        field.metadata["low"],
        field.metadata["high"],
    )
    if not whole:
        parameter.setMetadata({"widget_wrapper": {"decimals": decimals}})
    return parameter


def choice(
    job: type[Job], name: str, description: str, values: Sequence[str] = (), *, optional: bool = False
) -> QgsProcessingParameterEnum:
    """One of ``values``, or of those that the field allows, stored as words that never change.

    Parameters that are newer than chains that users have saved are ``optional``, so that the chains stay
    valid.
    """
    field = field_of(job, name)
    return QgsProcessingParameterEnum(
        name,
        description,
        options=list(values or field.metadata["values"]),
        defaultValue=field.default,
        optional=optional,
        usesStaticStrings=True,
    )


def enum(
    job: type[Job], name: str, description: str, values: Sequence[str], titles: dict[str, str]
) -> QgsProcessingParameterEnum:
    """One of ``values``, stored as its position among them and shown by ``titles``."""
    return QgsProcessingParameterEnum(
        name,
        description,
        options=[titles[value] for value in values],
        defaultValue=values.index(field_of(job, name).default),
    )


def unlabelled(job: type[Job]) -> QgsProcessingParameterEnum:
    """The meaning of pixels without a label."""
    titles = {"ignore": tr("Unknown: leave them out"), "background": tr("Background: a class of its own")}
    return enum(job, "UNLABELLED", tr("Pixels without a label are"), UNLABELLED, titles)


def references(description: str) -> list[QgsProcessingParameterDefinition]:
    """Labels, vector or raster, and the field that holds the class in vectors."""
    layers = QgsProcessingParameterMultipleLayers(
        "REFERENCE", description, QgsProcessing.SourceType.TypeMapLayer
    )
    field = QgsProcessingParameterField(
        "FIELD",
        tr("Field with the class of each polygon"),
        parentLayerParameterName="REFERENCE",
        optional=True,
    )
    set_widget(field, f"{_PLUGIN}.widgets.class_field.ClassField")
    return [layers, field]


def area(description: str, name: str = "AREA") -> QgsProcessingParameterVectorLayer:
    """An optional layer of polygons."""
    return QgsProcessingParameterVectorLayer(
        name, description, [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
    )


def extra() -> QgsProcessingParameterMultipleLayers:
    """Rasters on any grid whose bands follow those of the image."""
    return QgsProcessingParameterMultipleLayers(
        "EXTRA", tr("Rasters with further bands"), QgsProcessing.SourceType.TypeRaster, optional=True
    )


def model_files() -> QgsProcessingParameterMultipleLayers:
    """One or several model files."""
    parameter = QgsProcessingParameterMultipleLayers(
        "MODEL", tr("Model, or several to be averaged"), QgsProcessing.SourceType.TypeFile
    )
    set_widget(parameter, f"{_PLUGIN}.widgets.model_files.ModelFiles")
    return parameter


def switch(job: type[Job], name: str, description: str) -> QgsProcessingParameterBoolean:
    """Yes or no. It is optional, so that chains saved before it existed stay valid."""
    return QgsProcessingParameterBoolean(name, description, field_of(job, name).default, optional=True)


def file_output(
    name: str, description: str, files: str, *, optional: bool = True, offered: bool = False
) -> QgsProcessingParameterFileDestination:
    """An output file. An optional one is written only if it has a name.

    Dialogs suggest a name for one that is ``offered``.
    """
    return QgsProcessingParameterFileDestination(
        name, description, files, optional=optional, createByDefault=offered or not optional
    )


def raster_output(name: str, description: str) -> QgsProcessingParameterRasterDestination:
    """A raster that is written only if it has a name."""
    return QgsProcessingParameterRasterDestination(name, description, optional=True, createByDefault=False)


def polygon_output(name: str, description: str) -> QgsProcessingParameterVectorDestination:
    """A layer of polygons that is written only if it has a name."""
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    return QgsProcessingParameterVectorDestination(
        name, description, kind, optional=True, createByDefault=False
    )


def report() -> QgsProcessingParameterFileDestination:
    """The report of a run. Dialogs write it by default, and list it among QGIS's results."""
    return file_output("REPORT", tr("Report"), "HTML (*.html)", offered=True)


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Mark ``parameter`` as advanced, so that dialogs show it in their advanced part; returns it."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def set_widget(parameter: QgsProcessingParameterDefinition, name: str) -> None:
    """Have dialogs show ``parameter`` in our widget ``name``, a class with its module."""
    parameter.setMetadata({"widget_wrapper": {"widget_type" if WIDGETS_BY_TYPE else "class": name}})


def renames() -> QgsProcessingParameterString:
    """New names and colours of classes: a table in the dialog."""
    parameter = QgsProcessingParameterString("RENAMES", tr("Names and colours of the classes"), optional=True)
    set_widget(parameter, f"{_PLUGIN}.widgets.class_table.ClassTable")
    return parameter
