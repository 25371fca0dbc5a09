"""Vector layers: opens them, and reads the classes in their fields."""

from __future__ import annotations

import hashlib
from typing import Any

from ..core.legend import MOST_CLASSES
from ..protocol import EngineError, message
from ..raster.gdal import Dataset, gdal, ogr, open_dataset
from .class_catalogue import too_many


def open_layer(path: str) -> tuple[Dataset, Any]:
    """Open ``file``, ``file|layername=name`` or ``file|layerid=number``; returns dataset and layer."""
    file, _, options = path.partition("|")
    dataset = open_dataset(file, gdal().OF_VECTOR, message("a vector layer"))
    try:
        return dataset, dataset.GetLayer(_layer_index(dataset, path, file, options))
    except EngineError:
        dataset.close()
        raise


def geometry_sha256(path: str) -> str:
    """SHA-256 of a layer's geometries and CRS; whole files of the same layer differ by the dates in them."""
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
    """Whether all features are points or multipoints, by the type of the layer or of its features."""
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
            "no_layer", "{file} has no vector layers.", "Choose a layer with labelled features.", file=file
        )
    if not options:
        return 0
    key, _, wanted = options.partition("=")
    if key not in ("layername", "layerid"):
        raise EngineError(
            "bad_layer",
            "The layer {path} has the option {options!r}, which the engine does not support.",
            "Export the layer to a file.",
            path=path,
            options=options,
        )
    if key == "layerid" and wanted.isdigit() and int(wanted) < len(names):
        return int(wanted)
    if wanted not in names:
        raise EngineError(
            "no_layer",
            "{file} has no layer {wanted!r}.",
            "Its layers: {names}.",
            file=file,
            wanted=wanted,
            names=", ".join(names),
        )
    return names.index(wanted)


def field_index(path: str, layer: Any, field: str) -> int | None:
    """The index of ``field``; None for "". Raises `EngineError` for a field that cannot hold classes."""
    if not field:
        return None
    definition = layer.GetLayerDefn()
    index = definition.GetFieldIndex(field)
    if index < 0:
        names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        raise EngineError(
            "no_field",
            "{path} has no field {field!r}.",
            "Its fields: {names}.",
            path=path,
            field=field,
            names=", ".join(names) or message("none"),
        )
    kinds = (ogr().OFTInteger, ogr().OFTInteger64, ogr().OFTReal, ogr().OFTString)
    if definition.GetFieldDefn(index).GetType() not in kinds:
        kind = definition.GetFieldDefn(index).GetTypeName()
        raise EngineError(
            "bad_field",
            "The field {field} of {path} holds {kind} values.",
            "Choose a field of numbers or text.",
            field=field,
            path=path,
            kind=kind,
        )
    return int(index)


def class_values(path: str, layer: Any, field: int | None) -> tuple[set[Any], int]:
    """The codes or names in a field, without empty ones, and the number of features without geometry.

    Raises `EngineError` for a layer without geometries, and for a field that holds no classes.
    """
    others = [definition.GetName() for i, definition in enumerate(layer.schema) if i != field]
    layer.SetIgnoredFields([*others, "OGR_STYLE"])
    values, features, without = set(), 0, 0
    try:
        for feature in layer:
            geometry = feature.GetGeometryRef()
            without += geometry is None or geometry.IsEmpty()
            features += 1
            values.add(value_of(feature, field))
    except RuntimeError as error:
        raise damaged(path, error) from None
    layer.SetIgnoredFields([])
    layer.ResetReading()
    if without == features:
        problem = (
            message("None of the {n} feature(s) of {path} has a geometry.", n=features, path=path)
            if features
            else message("{path} has no features.", path=path)
        )
        raise EngineError("no_labels", problem, "Choose a layer with labelled features.")
    if field is not None:
        name = layer.schema[field].GetName()
        _require_classes(values - {None}, message("The field {field} of {path}", field=name, path=path))
    return values - {None}, without


def _require_classes(values: set[Any], holder: str) -> None:
    if not values:
        raise EngineError(
            "no_labels", "{holder} is empty in all features.", "Choose another field.", holder=holder
        )
    for value in values:
        if isinstance(value, float):
            raise EngineError(
                "bad_code",
                "{holder} holds {value:g}.",
                "Choose a field of whole numbers or text.",
                holder=holder,
                value=value,
            )
    if len(values) > MOST_CLASSES:
        raise too_many(holder, len(values))


def value_of(feature: Any, field: int | None) -> Any:
    """The class in a feature's field: a code, a name, or None; a float if it is not a whole number."""
    if field is None or not feature.IsFieldSetAndNotNull(field):
        return None
    value = feature.GetField(field)
    if isinstance(value, str):
        return value.strip() or None
    return int(value) if float(value).is_integer() else value


def damaged(path: str, error: Exception) -> EngineError:
    """The error for features that GDAL cannot read."""
    return EngineError(
        "unreadable",
        "The features of {path} cannot be read: {error}.",
        "Make or copy the file again.",
        path=path,
        error=error,
    )
