"""A filled-in dialog as a command: for Python, for a terminal, and for the engine on another machine."""

from __future__ import annotations

import ast
import json
import os
import shlex
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ...engine.protocol import Job, encode_job
from ..engine_client import system
from ..parameters.checks import given
from ..text import tr

Parameters = dict[str, Any]


def plain(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> Parameters:
    """The values that differ from the defaults, as Python literals; layers are given by their sources."""
    values = {}
    for definition in algorithm.parameterDefinitions():
        if definition.name() in parameters:
            text = definition.valueAsPythonString(parameters[definition.name()], context)
            try:
                value = ast.literal_eval(text)
            except (
                ValueError,
                SyntaxError,
            ):  # an expression or an output's settings, which have no plain value
                value = text
            if value not in (None, "", definition.defaultValue()):
                values[definition.name()] = value
    return values


def unsaved(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> list[str]:
    """The names of layers that are not saved in a file, or have unsaved edits."""
    found: dict[str, None] = {}
    for definition in algorithm.parameterDefinitions():
        for value in given(parameters.get(definition.name())):
            layer = (
                value
                if isinstance(value, QgsMapLayer)
                else QgsProcessingUtils.mapLayerFromString(str(value), context, False)
            )
            if isinstance(layer, QgsVectorLayer) and (layer.providerType() == "memory" or layer.isModified()):
                found[layer.name()] = None
    return list(found)


def python_command(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> str:
    """The run as Python code for QGIS's Python console."""
    lines = [f"    {name!r}: {value!r}," for name, value in plain(algorithm, parameters, context).items()]
    return "\n".join(["import processing", "", f"processing.run({algorithm.id()!r}, {{", *lines, "})"])


def terminal_command(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> str:
    """The run as a command of `qgis_process` for a shell; on Windows for cmd."""
    windows = os.name == "nt"
    words = [
        system.process_program(Path(QgsApplication.applicationFilePath()), os.path.isfile),
        "run",
        algorithm.id(),
    ]
    for name, value in plain(algorithm, parameters, context).items():
        for one in value if isinstance(value, (list, tuple)) else [value]:
            words.append(f"--{name}={str(one).lower() if isinstance(one, bool) else one}")
    return " ".join(map(system.cmd_word if windows else shlex.quote, words))


def engine_job(job: Job) -> str:
    """The job as JSON, to be saved in a file for ``python -m engine`` on a machine without QGIS."""
    return json.dumps(json.loads(encode_job(job)), indent=2, ensure_ascii=False)


def engine_hint(job: Job) -> str:
    """A sentence that says how to run the job of `engine_job`."""
    return tr("Save it as job.json, and run: python -m engine {kind} job.json").format(kind=job.kind)
