"""Opening a vector layer, and the classes its features state."""

from __future__ import annotations

import hashlib
from typing import Any

from ..core.legend import MOST_CLASSES
from ..protocol import EngineError
from ..raster.gdal import Dataset, gdal, ogr, open_dataset
from .class_catalogue import too_many


def open_layer(path: str) -> tuple[Dataset, Any]:
    """The dataset and layer of ``file``, ``file|layername=name`` or ``file|layerid=number``."""
    file, _, options = path.partition("|")
    dataset = open_dataset(file, gdal().OF_VECTOR, "a vector layer")
    try:
        return dataset, dataset.GetLayer(_layer_index(dataset, path, file, options))
    except EngineError:
        dataset.close()
        raise


def layer_content(path: str) -> str:
    """SHA-256 of a layer's geometries and CRS. The file's would not do: copies differ in the times that they
    hold.
    """
    dataset, layer = open_layer(path)
    try:
        crs = layer.GetSpatialRef()
        digest = hashlib.sha256((crs.ExportToWkt() if crs else "").encode())
        for feature in layer:
            geometry = feature.GetGeometryRef()
            digest.update(b"" if geometry is None else bytes(geometry.ExportToIsoWkb()))
        return digest.hexdigest()
    except RuntimeError as error:
        raise damaged(path, error) from None
    finally:
        dataset.close()


def holds_points(layer: Any) -> bool:
    """Whether all features are points or groups of them: by what the layer declares, else by the features."""
    points = (ogr().wkbPoint, ogr().wkbMultiPoint)
    declared = ogr().GT_Flatten(layer.GetGeomType())
    if declared != ogr().wkbUnknown:
        return declared in points
    layer.ResetReading()
    kinds = (feature.GetGeometryRef() for feature in layer)
    are_points = all(
        geometry is None or ogr().GT_Flatten(geometry.GetGeometryType()) in points for geometry in kinds
    )
    layer.ResetReading()
    return are_points


def _layer_index(dataset: Any, path: str, file: str, options: str) -> int:
    names = [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    if not names:
        raise EngineError(
            "no_layer", f"{file} has no vector layers.", "Choose a layer with labelled features."
        )
    if not options:
        return 0
    key, _, wanted = options.partition("=")
    if key not in ("layername", "layerid"):
        raise EngineError(
            "bad_layer",
            f"{path} asks for {options!r}, which is not understood.",
            "Export the layer to a file.",
        )
    if key == "layerid" and wanted.isdigit() and int(wanted) < len(names):
        return int(wanted)
    if wanted not in names:
        raise EngineError("no_layer", f"{file} has no layer {wanted!r}.", f"Its layers: {', '.join(names)}.")
    return names.index(wanted)


def field_index(path: str, layer: Any, field: str) -> int | None:
    """Where ``field`` is in the layer; None for no field. Raises `EngineError` unless it can hold classes."""
    if not field:
        return None
    definition = layer.GetLayerDefn()
    index = definition.GetFieldIndex(field)
    if index < 0:
        names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        raise EngineError(
            "no_field", f"{path} has no field {field!r}.", f"Its fields: {', '.join(names) or 'none'}."
        )
    kinds = (ogr().OFTInteger, ogr().OFTInteger64, ogr().OFTReal, ogr().OFTString)
    if definition.GetFieldDefn(index).GetType() not in kinds:
        kind = definition.GetFieldDefn(index).GetTypeName()
        raise EngineError(
            "bad_field",
            f"The field {field} of {path} holds {kind} values.",
            "Choose a field of numbers or text.",
        )
    return int(index)


def stated_values(path: str, layer: Any, field: int | None) -> tuple[set[Any], int]:
    """The field's values (codes or names, without null and empty ones), and how many features lie nowhere.

    Raises `EngineError` for a layer without geometries, and a field that holds no classes.
    """
    others = [definition.GetName() for i, definition in enumerate(layer.schema) if i != field]
    layer.SetIgnoredFields([*others, "OGR_STYLE"])
    values, features, nowhere = set(), 0, 0
    try:
        for feature in layer:
            geometry = feature.GetGeometryRef()
            nowhere += geometry is None or geometry.IsEmpty()
            features += 1
            values.add(value_of(feature, field))
    except RuntimeError as error:
        raise damaged(path, error) from None
    layer.SetIgnoredFields([])
    layer.ResetReading()
    if nowhere == features:
        held = (
            f"None of the {features} feature(s) of {path} has a geometry."
            if features
            else f"{path} has no features."
        )
        raise EngineError("no_labels", held, "Choose a layer with labelled features.")
    if field is not None:
        _check_values(values - {None}, f"The field {layer.schema[field].GetName()} of {path}")
    return values - {None}, nowhere


def _check_values(values: set[Any], holder: str) -> None:
    if not values:
        raise EngineError("no_labels", f"{holder} is empty everywhere.", "Choose another field.")
    for value in values:
        if isinstance(value, float):
            raise EngineError(
                "bad_code", f"{holder} holds {value:g}.", "Choose a field of whole numbers or text."
            )
    if len(values) > MOST_CLASSES:
        raise too_many(holder, len(values))


def value_of(feature: Any, field: int | None) -> Any:
    """The class a feature states: a code, a name, or None. A float is given back only where it is no whole
    number.
    """
    if field is None or not feature.IsFieldSetAndNotNull(field):
        return None
    value = feature.GetField(field)
    if isinstance(value, str):
        return value.strip() or None
    return int(value) if float(value).is_integer() else value


def damaged(path: str, error: Exception) -> EngineError:
    """The error for features that GDAL gave up on."""
    return EngineError(
        "unreadable", f"The features of {path} cannot be read: {error}.", "Make or copy the file again."
    )
