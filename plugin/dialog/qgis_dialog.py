"""QGIS's own dialog of an algorithm, in the versions of QGIS that are supported.

It is no stable part of QGIS: its names and its methods differ by version.
"""

from __future__ import annotations

import importlib
from typing import Any

from qgis.core import QgsProcessingAlgorithm

from ..text import tr

_PLACES = (
    ("processing.gui.algorithm_widget", "AlgorithmWidget"),  # QGIS 4.2 and newer
    ("processing.gui.AlgorithmDialog", "AlgorithmDialog"),
)


def _found() -> Any:
    for module, name in _PLACES:
        try:
            found = getattr(importlib.import_module(module), name, None)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
        else:
            if found:
                return found
    return None


AlgorithmDialog: Any = _found()
"""QGIS's dialog class; None in a future QGIS that has no such class for Python any more."""


def wrappers_in(panel: Any) -> list[Any]:
    """The widgets of the parameters in the panel of a dialog."""
    found = panel.wrappers
    return list(found() if callable(found) else found.values())  # a method in QGIS 4.4 and newer


def values_in(panel: Any, algorithm: QgsProcessingAlgorithm) -> tuple[dict[str, Any], str]:
    """The values in the panel of a dialog, and a sentence about one that is wrong, or an empty text.

    The dialog itself would use other words, and in newer versions give no values in that case.
    """
    if hasattr(panel, "createAndValidateParameters"):
        return _validated(panel, algorithm)
    invalid_value, invalid_output = _errors()
    try:
        return dict(panel.createProcessingParameters()), ""
    except invalid_output as error:
        return {}, str(error.message)
    except invalid_value as error:
        return {}, _no_value(error.parameter.description())


def _validated(panel: Any, algorithm: QgsProcessingAlgorithm) -> tuple[dict[str, Any], str]:
    """The same as `values_in` in QGIS 4.4 and newer, where the panel raises no exception."""
    from qgis.gui import QgsProcessingParametersGenerator  # noqa: PLC0415 (lacks both names in older QGIS)

    kinds = QgsProcessingParametersGenerator.ValidationResult
    values, found = panel.createAndValidateParameters(QgsProcessingParametersGenerator.Flags())
    for one in found:
        if one.result == kinds.InvalidOutputExtension:
            return {}, str(one.message)
        if one.result == kinds.InvalidValue:
            return {}, _no_value(algorithm.parameterDefinition(one.parameterName).description())
    return dict(values), ""


def _errors() -> tuple[Any, Any]:
    """The exceptions that the panel raises for a value, and for an output's file ending, before QGIS 4.4."""
    try:
        from processing.core.exceptions import InvalidOutputExtension, InvalidParameterValue  # noqa: PLC0415
    except ImportError:  # before QGIS 4.2
        from processing.gui.AlgorithmDialogBase import AlgorithmDialogBase  # noqa: PLC0415

        return AlgorithmDialogBase.InvalidParameterValue, AlgorithmDialogBase.InvalidOutputExtension
    return InvalidParameterValue, InvalidOutputExtension


def _no_value(title: str) -> str:
    return tr("“{parameter}” has no value.").format(parameter=title)
