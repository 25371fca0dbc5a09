"""What QGIS asks an interpreter before it takes it for the engine: whether it has all, GDAL loads, and all is
recent enough.

PyTorch is not loaded, since a dialog waits for the answer. What is wrong with it the engine says when it is
started.
"""

from __future__ import annotations

import importlib
import json
import sys

from .protocol import EngineError
from .runtime.libraries import loading, missing, require_releases


def answer() -> str:
    """A line of JSON: the installation's folder, the modules that are missing, and an error's code, message
    and remedy if any.
    """
    lacking: list[str] = missing()
    failure: list[object] = []
    try:
        if not lacking:
            require_releases()
            with loading("numpy"):
                importlib.import_module("numpy")
            from .raster.bindings import bindings  # noqa: PLC0415 (its package needs numpy)

            bindings()
    except EngineError as error:
        failure = [error.code, *(text.to_json() or text for text in (error.message, error.remedy))]
    return json.dumps([sys.base_prefix, lacking, failure])
