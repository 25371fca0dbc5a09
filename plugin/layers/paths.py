"""Gives layers of a project to the engine as paths, and shows its results in the project."""

from __future__ import annotations

import os
from collections.abc import Iterable

from qgis.core import (
    QgsFields,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from ...engine.protocol import EngineError
from ..text import tr

_stylers: list[OwnStyle] = []


def paths(
    layers: Iterable[QgsMapLayer], context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> tuple[str, ...]:
    """The path of each layer for the engine, in the given order."""
    return tuple(path(layer, context, feedback) for layer in layers)


def path(layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> str:
    """The path of the layer for the engine. Raises `EngineError` for a layer that it cannot open."""
    if isinstance(layer, QgsRasterLayer):
        return raster_path(layer)
    if isinstance(layer, QgsVectorLayer):
        return vector_path(layer, context, feedback)
    raise _unusable(layer)


def raster_path(layer: QgsRasterLayer) -> str:
    """The source of a layer that GDAL reads, without QGIS's own opening options."""
    if layer.providerType() != "gdal":
        raise _unusable(layer)
    return absolute(str(layer.source()).split("|", maxsplit=1)[0])


def vector_path(layer: QgsVectorLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> str:
    """``file|layername=name`` of the layer's own file, or of an export.

    It is exported if the file does not hold all that the layer shows: `_is_whole_file`.
    """
    if not layer.isSpatial():
        raise EngineError(
            "no_geometry",
            "The layer {name} is a table without geometries.",
            "Choose a layer of polygons.",
            name=layer.name(),
        )
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    file, name = str(parts.get("path") or ""), str(parts.get("layerName") or "")
    if not _is_whole_file(layer, file, name):
        # No format is declared compatible, so that QGIS always writes a file, of one layer.
        return str(
            QgsProcessingUtils.convertToCompatibleFormat(layer, False, "layer", [], "gpkg", context, feedback)
        )
    return f"{absolute(file)}|layername={name}" if name else absolute(file)


def absolute(file: str) -> str:
    """The absolute path of ``file``, because the engine runs in another folder; other sources unchanged."""
    return os.path.abspath(file) if os.path.exists(file) else file


def _is_whole_file(layer: QgsVectorLayer, file: str, name: str) -> bool:
    """True if ``file`` has all that the layer shows.

    That is, the layer has no filter, no unsaved edit, and no joined or computed field.
    """
    fields = layer.fields()
    return (
        layer.providerType() == "ogr"
        and not layer.isModified()
        and layer.source() in (file, f"{file}|layername={name}")
        and all(
            fields.fieldOrigin(index) == QgsFields.FieldOrigin.OriginProvider
            for index in range(fields.count())
        )
    )


def _unusable(layer: QgsMapLayer) -> EngineError:
    return EngineError(
        "not_a_file",
        "The layer {name} is not a raster or vector file (it comes from {provider}).",
        "Export it first: a raster to GeoTIFF, a vector to GeoPackage.",
        name=layer.name(),
        provider=layer.providerType(),
    )


def style_when_loaded(output: str, context: QgsProcessingContext) -> None:
    """Give ``output`` the style that was written with it, if QGIS loads it after the run."""
    if context.willLoadLayerOnCompletion(output):
        # The context deletes the styler in the end, but does not keep its Python half alive until then.
        _stylers[:] = [styler for styler in _stylers if not sip.isdeleted(styler)]
        _stylers.append(OwnStyle())
        context.layerToLoadOnCompletionDetails(output).setPostProcessor(_stylers[-1])


class OwnStyle(QgsProcessingLayerPostProcessorInterface):  # type: ignore[misc]  # QGIS has no types
    """Gives a loaded map the style and the metadata beside it, and polygons the style in their file."""

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        if isinstance(layer, QgsRasterLayer):  # a GeoPackage's is read by QGIS itself
            layer.loadDefaultMetadata()
        message, loaded = layer.loadDefaultStyle()
        if not loaded:
            feedback.pushWarning(
                tr("{name} has no style that can be read; QGIS chooses the colours. {message}").format(
                    name=layer.source(), message=message
                )
            )
            return
        layer.triggerRepaint()
        node = context.project().layerTreeRoot().findLayer(layer)
        if node:
            # The legend's entries are new, so QGIS shows them folded.
            node.setExpanded(False)
            node.setExpanded(True)
