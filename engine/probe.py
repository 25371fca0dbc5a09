"""Checks an interpreter for QGIS before it runs the engine: packages, their releases, and GDAL.

PyTorch is not loaded, since a dialog waits for the answer; the engine itself reports its faults later.
"""

from __future__ import annotations

import importlib
import json
import sys

from .protocol import EngineError
from .runtime.libraries import loading, missing, require_releases


def answer() -> str:
    """A line of JSON: the installation's folder, the names of missing modules, and an error.

    The error is its code, message and remedy, the latter two as `Message.to_json` gives them; the list is
    empty if there is none.
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
