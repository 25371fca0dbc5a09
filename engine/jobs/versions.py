"""Versions of the engine and its libraries, which a reader needs to repeat a run."""

from __future__ import annotations

import platform

from .. import __version__
from ..raster import gdal_version
from ..runtime.libraries import release


def versions() -> dict[str, str]:
    """Versions of the engine, Python, the libraries and the system, by name. Only GDAL is loaded for this."""
    packages = ("torch", "numpy", "onnxruntime", "openvino")
    return {
        "raster_segmenter": __version__,
        "python": platform.python_version(),
        **{package: found for package in packages if (found := release(package))},
        "gdal": gdal_version(),
        "system": platform.platform(),
    }
